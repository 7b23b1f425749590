"""Read, check and write a workbook of 50,000 rows and a CSV of 1,000,000, against pandas reading alone.

Each work runs in a process of its own, in one run, so that the peak of memory is its own. Ours is the whole
road: recognised, read, checked cell by cell, compared with the store, written. Theirs is `pandas.read_excel`
or `pandas.read_csv` and nothing more: no check, no graph.
"""

import argparse
import csv
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

ROWS, LINES = 50_000, 1_000_000
SEED = 20_140_203
_KILO = 1 if sys.platform == "darwin" else 1024
_SIRENS = 20_000
_YEARS = (2014, 2015, 2016)


def write_workbook(path: Path, rows: int) -> None:
    """Write a workbook of the template: organisations, participations and amounts, 1 : 3 : 1."""
    from loaders.convention import load_convention
    from loaders.template import write_template
    from loaders.template.content import Content, Identity

    draw = random.Random(SEED)
    batch = load_convention()
    actions = sorted(str(row.values["id"]) for row in batch.rows["Action"] if row.values["coded"])
    content = Content(Identity("banc", str(batch.rows["Contract"][0].values["id"])))
    count = rows // 5
    names = [f"BANC-{at:05}" for at in range(count)]
    for name in names:
        content.add("Organisations", id=name, name=f"Structure {name}", world="ESS", family="associations")
    pairs = [(name, action, year) for name in names for action in actions for year in _YEARS]
    for name, action, year in draw.sample(pairs, 3 * count):
        role = draw.choice(("porteur", "partenaire"))
        content.add("Participations", organisation=name, action=action, year=year, role=role)
    for name, action, year in draw.sample(pairs, count):
        cents = draw.randrange(10_000_000)
        content.add("Financements", funder=name, action=action, year=year, kind="payé", amount=cents / 100)
    write_template(path, content)


def write_grants(path: Path, lines: int) -> None:
    """Write grants in the national form, header included in the number of lines."""
    draw = random.Random(SEED)
    sirets = [siret_of(at) for at in range(_SIRENS)]
    header = (
        "nomAttribuant", "idAttribuant", "nomBeneficiaire", "idBeneficiaire", "dateConvention", "objet",
        "nature", "montant", "conditionsVersement", "datesPeriodeVersement", "notificationUE",
        "pourcentageSubvention",
    )  # fmt: skip
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(header)
        for at in range(lines - 1):
            taker = draw.randrange(_SIRENS)
            day = f"{draw.choice(_YEARS)}-{draw.randint(1, 12):02}-{draw.randint(1, 28):02}"
            writer.writerow(
                ("Région", sirets[0], f"Structure {taker}", sirets[taker], day, f"Action {at}",
                 "aide en numéraire", f"{draw.randrange(10**7) / 100:.2f}", "unique", day, "non", "1")
            )  # fmt: skip


def siret_of(rank: int) -> str:
    """Return the SIRET of an invented establishment, its SIREN and itself with the right keys."""
    siren = _keyed(f"{30_000_000 + rank}")
    return _keyed(f"{siren}0001")


def _keyed(digits: str) -> str:
    """Return digits and their Luhn key."""
    total = sum(sum(divmod(int(d) * (2 - at % 2), 10)) for at, d in enumerate(reversed(digits)))
    return f"{digits}{-total % 10}"


def load(path: Path) -> dict[str, float]:
    """Load a file into a new store; return the seconds of each step."""
    from graphmodel import open_store
    from loaders.registry import FileRequest, read

    seconds: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "x.sqlite", create=True) as store:
        store.apply(store.plan(read(FileRequest(Path("convention"), store))))
        start = time.perf_counter()
        batches = read(FileRequest(path, store))
        seconds["lecture et contrôle"] = time.perf_counter() - start
        start = time.perf_counter()
        plan = store.plan(batches)
        seconds["comparaison"] = time.perf_counter() - start
        start = time.perf_counter()
        store.apply(plan)
        seconds["écriture"] = time.perf_counter() - start
    return seconds


def read_alone(path: Path) -> dict[str, float]:
    """Read a file with pandas and do nothing of it."""
    import pandas as pd

    start = time.perf_counter()
    if path.suffix == ".csv":
        pd.read_csv(path)
    else:
        pd.read_excel(path, sheet_name=None)
    return {"lecture": time.perf_counter() - start}


def measure(work: str, path: Path) -> tuple[dict[str, float], float]:
    """Return the seconds of each step of a work and its peak of memory in megabytes, in its own process."""
    command = [sys.executable, "-m", "benchmarks.bench_imports", "--work", work, "--file", str(path)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    told = json.loads(done.stdout.splitlines()[-1])
    return told["seconds"], told["megabytes"]


def compared(name: str, path: Path, rows: int) -> Iterator[str]:
    """Yield the lines of the table for one file."""
    ours, memory = measure("load", path)
    theirs, other = measure("pandas", path)
    whole, alone = sum(ours.values()), sum(theirs.values())
    steps = ", ".join(f"{step} {seconds:.1f} s" for step, seconds in ours.items())
    yield f"{name} : {rows} lignes, {path.stat().st_size / 1e6:.0f} Mo"
    pace = f"{rows / whole:,.0f} lignes/s, {memory:,.0f} Mo"
    yield f"  maillage, tout le chemin : {whole:.1f} s, {pace} ({steps})"
    yield f"  pandas, lecture seule    : {alone:.1f} s, {rows / alone:,.0f} lignes/s, {other:,.0f} Mo"
    yield f"  rapport des temps {whole / alone:.2f}, des mémoires {memory / other:.2f}"


def run(rows: int = ROWS, lines: int = LINES) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_workbook(folder / "banc.xlsx", rows)
        print("\n".join(compared("Classeur du modèle", folder / "banc.xlsx", rows)), flush=True)
        write_grants(folder / "banc.csv", lines)
        print("\n".join(compared("CSV SCDL", folder / "banc.csv", lines)), flush=True)


def main() -> None:
    """Measure everything, or do one work and print what it took."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bench_imports")
    parser.add_argument("--rows", type=int, default=ROWS, help="lignes du classeur")
    parser.add_argument("--lines", type=int, default=LINES, help="lignes du CSV")
    parser.add_argument("--work", choices=("load", "pandas"))
    parser.add_argument("--file", type=Path)
    given = parser.parse_args()
    if given.work is None:
        run(given.rows, given.lines)
        return
    seconds = load(given.file) if given.work == "load" else read_alone(given.file)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _KILO / 1e6
    print(json.dumps({"seconds": seconds, "megabytes": peak}))


if __name__ == "__main__":
    main()
