"""Run commands of the program one after another in one process: `make_all.py STORE COMMANDS.json`."""

import json
import sys
from pathlib import Path

from dashboards.cli import run

if __name__ == "__main__":
    store, commands = sys.argv[1], json.loads(Path(sys.argv[2]).read_text(encoding="utf-8"))
    codes = [run(["--quiet", "--store", store, *words]) for words in commands]
    sys.exit(max(codes))
