"""`make bench`: the short measurements, or smaller ones with `ARGS="--nodes 5000 --relationships 20000"`.

Imports of a large workbook and of a million lines take minutes: `python -m benchmarks.bench_imports`.
"""

import argparse
import os

from benchmarks import bench_demo, bench_overlaps, bench_stores


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Mesures de maillage.")
    parser.add_argument("--nodes", type=int, default=50_000, help="nombre de nœuds")
    parser.add_argument("--relationships", type=int, default=200_000, help="nombre de relations")
    parser.add_argument("--repeats", type=int, default=3, help="tours de chaque mesure")
    given = parser.parse_args()
    bench_demo.run()
    bench_overlaps.run()
    bench_stores.run(given.nodes, given.relationships, given.repeats, os.environ.get("NEO4J_URI"))


if __name__ == "__main__":
    main()
