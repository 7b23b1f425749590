"""The folder of a meeting: wall time, peak memory and sizes, with and without the evaluation on the disk."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

_CODE = "from dashboards.cli import main; main()"
_MEETING = "2016-10-18"


def run() -> None:
    """Make the folder of the demonstration's last assembly twice in one run; print figures (Unix only)."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        store = folder / "demo.sqlite"
        for words in (
            ("load", "convention", "--store", str(store)),
            ("load", "demonstration", "--store", str(store)),
        ):
            _timed(folder, *words)
        out = folder / "dossier"
        pack = ("pack", "--store", str(store), "--meeting", _MEETING, "--out", str(out))
        first, second = _timed(folder, *pack), _timed(folder, *pack)
        files = [path for path in out.rglob("*") if path.is_file()]
        total = sum(path.stat().st_size for path in files)
        heaviest = max(files, key=lambda path: path.stat().st_size)
        size = heaviest.stat().st_size
        told = f"{heaviest.relative_to(out)} {size / 2**20:.1f} Mio"
    print(
        f"maillage pack : {first:.1f} s avec l’évaluation, {second:.1f} s une fois qu’elle est sur le disque "
        f"(× {first / second:.1f}), {_peak():.0f} Mio pour le plus gros processus"
    )
    print(f"  {len(files)} fichiers, {total / 2**20:.1f} Mio ; le plus lourd : {told}")


def _timed(folder: Path, *words: str) -> float:
    """Run the program with folders of its own and return the seconds it took.

    Raises
    ------
    RuntimeError
        When it failed, with what it said.
    """
    homes = {name: str(folder) for name in ("XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME")}
    start = time.perf_counter()
    ended = subprocess.run(
        [sys.executable, "-c", _CODE, *words],
        env=os.environ | homes,
        capture_output=True,
        text=True,
        check=False,
    )
    if ended.returncode:
        raise RuntimeError(f"{' '.join(words)} : {ended.stderr.strip()[-500:]}")
    return time.perf_counter() - start


def _peak() -> float:
    """Return the peak memory of the largest process that was run, in mebibytes."""
    import resource

    # Linux counts in kibibytes, macOS in bytes.
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * unit / 2**20


if __name__ == "__main__":
    run()
