"""The outputs of the small contract, made once by the program itself."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from graphmodel import ContractGraph, Selection, open_store
from graphmodel.evaluation import Evaluation, evaluate_contract
from tests.support.small_store import small_store

MAKER = Path(__file__).with_name("make_all.py")
ROOT = Path(__file__).parents[3]
SHEET = "26113"
COMMANDS = (
    "export map --out carte-m2.svg",
    "export map --out carte-m2.pdf",
    "export map --out carte-m2.png",
    "export map --out carte-communes.html",
    "export network --out reseau.gexf",
    "export network --out reseau.graphml",
    "export network --out reseau.json",
    "export network --out reseau.csv",
    "export network --projection --year 2015 --out reseau.xlsx",
    "export data --out donnees.xlsx",
    "export data --out donnees.zip",
    "export data --out donnees.gpkg",
    "export data --mode working --out travail.xlsx",
    "export data --out donnees.json",
    "export amounts --out montants.csv",
    f"export sheet --territory {SHEET} --out fiche-{SHEET}.pdf",
    f"export sheet --territory {SHEET} --out fiche-{SHEET}.html",
    "evaluate --indicator T13 --mode publication --format json --out t13.json",
    "evaluate --indicator T13 --mode publication --format xlsx --out t13.xlsx",
    "reminders --on 01/02/2017 --out lettres",
    "template modele.xlsx --filled",
)
"""Every kind of output, on the small contract."""


def make(store: Path, commands: Sequence[Sequence[str]], folder: Path, seed: str) -> Path:
    """Run commands in another process, in a folder, with a hash seed and a cache of its own."""
    folder.mkdir(parents=True)
    asked = folder.with_name(f"{folder.name}.json")
    asked.write_text(json.dumps(commands), encoding="utf-8")
    home = str(folder.with_name(f"{folder.name}-home"))
    homes = dict.fromkeys(("XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"), home)
    done = subprocess.run(
        [sys.executable, str(MAKER), str(store), str(asked)],
        cwd=folder, env={**os.environ, **homes, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
        capture_output=True, text=True, timeout=900, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="session")
def small_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the file of the store of the small contract."""
    folder = tmp_path_factory.mktemp("small")
    small_store(folder).close()
    return folder / "small.sqlite"


@pytest.fixture(scope="session")
def made(small_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder where every kind of output was made."""
    folder = tmp_path_factory.mktemp("outputs") / "first"
    return make(small_path, [command.split() for command in COMMANDS], folder, "1")


@pytest.fixture(scope="session")
def published(small_path: Path) -> tuple[ContractGraph, Evaluation]:
    """Return the snapshot of the small contract, and its whole evaluation as the gate lets it out."""
    with open_store(f"sqlite:///{small_path}") as store:
        graph = store.snapshot(Selection())
    return graph, evaluate_contract(graph, None, "publication")
