"""Small workbooks written by the template and read back."""

from collections.abc import Callable
from pathlib import Path

import pytest

from graphmodel import Batch, Fault, InputFaultsError
from loaders.convention import load_convention
from loaders.template import Content, Identity, write_template
from loaders.workbook import Known, known_of_batches, read_workbook

CONTRACT = "CES-ESS-RA-2014-2016"

Cells = dict[str, object]
Rows = dict[str, list[Cells]]
Reader = Callable[[Rows], Batch]


@pytest.fixture(scope="session")
def known() -> Known:
    """Return what the bundled convention and territories make known."""
    return known_of_batches([load_convention()])


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return where the workbook of a test is written."""
    return tmp_path / "bilan.xlsx"


@pytest.fixture
def read(path: Path, known: Known) -> Reader:
    """Return a function that writes rows in the template and reads them back."""

    def write_and_read(rows: Rows) -> Batch:
        content = Content(Identity("essai", CONTRACT, "moi"), rows)
        write_template(path, content, lists=known.lists)
        return read_workbook(path, known)

    return write_and_read


@pytest.fixture
def faults(read: Reader) -> Callable[[Rows], list[Fault]]:
    """Return a function that gives the faults of rows, warnings included."""

    def faults_of(rows: Rows) -> list[Fault]:
        try:
            return list(read(rows).warnings)
        except InputFaultsError as error:
            return list(error.faults)

    return faults_of
