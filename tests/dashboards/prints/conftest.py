"""Contracts to print: the real convention alone, with the demonstration, and pages made from them."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from dashboards.prints.ground import PrintGround, print_ground
from dashboards.prints.maps import map_page
from dashboards.prints.page import Page, printing
from graphmodel import Batch, BatchBuilder, ContractGraph, Selection, Source, open_store
from loaders.convention import load_convention
from loaders.demonstration import load_demonstration
from loaders.reference import reference_batch

CONTRACT = "CES-ESS-RA-2014-2016"
PERIMETERS = {
    "pnr/PNR-PILAT@2014": ("42168", "42218", "42207", "42246"),
    "syndicat_mixte/RHONE-PLURIEL@2014": ("38544", "38157", "42207", "38298"),
}
"""Communes of two perimeters made up for the tests; they share 42207, and 42218 is Saint-Étienne."""


def stored(folder: Path, batches: Iterable[Batch]) -> ContractGraph:
    """Return the snapshot of a store that holds batches, applied in order."""
    with open_store(f"sqlite:///{folder / 'prints.sqlite'}", create=True) as store:
        for batch in batches:
            store.apply(store.plan(batch), author="essai")
        return store.snapshot(Selection())


def declared_perimeters() -> Batch:
    """Return a fictional file that gives two of the unknown perimeters."""
    source = Source("perimetres", "perimetres.csv", "1" * 64, "perimeter", fictional=True)
    made = BatchBuilder(source, contract=CONTRACT)
    for key, communes in PERIMETERS.items():
        level, code = key.split("@")[0].split("/")
        said = {"code": code, "level": level, "vintage": "2014"}
        whole = made.node("Territory", code, said, key=key, name=code)
        for commune in communes:
            part = made.territory("commune", commune, "2025", name=commune)
            made.relationship("CONTAINS", whole, part, {"composition": "declared"})
    return made.build()


@pytest.fixture(scope="session")
def ground() -> PrintGround:
    """Return the ground of the reference."""
    return print_ground()


@pytest.fixture(scope="session")
def convention(tmp_path_factory: pytest.TempPathFactory) -> ContractGraph:
    """Return the real convention: no action took place yet."""
    return stored(tmp_path_factory.mktemp("convention"), [load_convention()])


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> ContractGraph:
    """Return the convention with the fictional reports."""
    batches = [reference_batch(), load_convention(), *load_demonstration()]
    return stored(tmp_path_factory.mktemp("demonstration"), batches)


@pytest.fixture(scope="session")
def with_perimeters(tmp_path_factory: pytest.TempPathFactory) -> ContractGraph:
    """Return the convention with two perimeters that it leaves unknown."""
    folder = tmp_path_factory.mktemp("perimeters")
    return stored(folder, [load_convention(), declared_perimeters()])


@pytest.fixture(scope="session")
def actions(demonstration: ContractGraph) -> Page:
    """Return map M2 of the demonstration, all years."""
    with printing():
        return map_page(demonstration)[0]


@pytest.fixture(scope="session")
def perimeters(convention: ContractGraph) -> Page:
    """Return map M1 of the real convention."""
    with printing():
        return map_page(convention, "perimeters")[0]


def texts_of(page: Page) -> list[str]:
    """Return every line written on a page."""
    return [written.artist.get_text() for written in page.written]


def said_on(page: Page) -> str:
    """Return everything written on a page as one text, no-break spaces as spaces."""
    return " ".join(texts_of(page)).replace("\u00a0", " ").replace("\u202f", " ")
