"""A store that holds the convention, and small workbooks to load in it."""

from pathlib import Path

from graphmodel import open_store
from loaders.convention import load_convention
from loaders.reference import reference_batch
from loaders.template import Content, Identity, write_template

CONTRACT = "CES-ESS-RA-2014-2016"
Rows = dict[str, list[dict[str, object]]]


def store_with_convention(path: Path) -> str:
    """Write a store that holds the convention and return its URL."""
    url = f"sqlite:///{path}"
    with open_store(url, create=True) as store:
        store.apply(store.plan([reference_batch(), load_convention()]), author="essai")
    return url


def workbook(path: Path, rows: Rows, identity: str = "bilans-essai") -> Path:
    """Write a fictional workbook of the template."""
    write_template(path, Content(Identity(identity, CONTRACT, "Essai", fictional=True), rows), lists={})
    return path


GOOD: Rows = {
    "Organisations": [
        {"id": "FICTIASSO-LICHEN", "name": "Fictiasso Lichen", "world": "économie sociale et solidaire"},
        {"id": "FICTISCOP-SAFRAN", "name": "Fictiscop Safran", "world": "économie sociale et solidaire"},
    ],
    "Participations": [
        {
            "organisation": "FICTIASSO-LICHEN", "action": "II.1.1", "year": 2015, "role": "porteur",
            "basis": "bilan",
        },
    ],
}  # fmt: skip
CHANGED: Rows = {
    "Organisations": [
        {"id": "FICTIASSO-LICHEN", "name": "Fictiasso Lichens", "world": "économie sociale et solidaire"},
    ],
    "Participations": GOOD["Participations"],
}
FAULTY: Rows = {
    "Organisations": [{"id": "FICTIASSO-LICHEN", "name": "Fictiasso Lichen", "siren": "123456789"}],
    "Participations": [
        {
            "organisation": "FICTIASSO-LICHEN", "action": "IV.1.1", "year": 2015, "role": "porteur",
            "basis": "bilan",
        },
    ],
}  # fmt: skip
