"""The demonstration as a user meets it: wall time and peak memory of `maillage demo --no-serve`."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

_CODE = "from dashboards.cli import main; main()"


def run() -> None:
    """Run the demonstration into an empty folder and print its figures (Unix only: memory of the child)."""
    import resource

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        environment = os.environ | {"XDG_DATA_HOME": str(folder), "XDG_STATE_HOME": str(folder)}
        command = [sys.executable, "-c", _CODE, "demo", "--no-serve", "--out", str(folder / "out")]
        start = time.perf_counter()
        ended = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        seconds = time.perf_counter() - start
        files = [path for path in (folder / "out").rglob("*") if path.is_file()]
        written = sum(path.stat().st_size for path in files)
    if ended.returncode:
        print(f"maillage demo a échoué (code {ended.returncode}) : {ended.stderr.strip()[-500:]}")
        return
    # Linux counts in kibibytes, macOS in bytes.
    unit = 1 if sys.platform == "darwin" else 1024
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * unit / 2**20
    print(
        f"maillage demo --no-serve : {seconds:.1f} s, {peak:.0f} Mio au plus haut, "
        f"{len(files)} fichiers, {written / 2**20:.1f} Mio"
    )
