"""The sheet « Lisez-moi »: which file, which contract, who says it, fictional or not."""

import datetime
import hashlib
from collections.abc import Callable
from pathlib import Path

from graphmodel.batch import BatchBuilder, Source
from graphmodel.errors import InputFaultsError
from graphmodel.faults import Fault
from loaders.template.content import Identity
from loaders.template.model import README_SHEET, VERSION
from loaders.template.readme import README_FIELDS
from loaders.workbook.cells import is_empty, read_boolean, read_date, read_text
from loaders.workbook.known import Known, fold
from loaders.workbook.rows import Grid
from loaders.workbook.trouble import CellError, Trouble

_READERS: dict[str, Callable[[object], object]] = {
    "known_on": read_date,
    "fictional": read_boolean,
    "copy": read_boolean,
}


def read_identity(grid: Grid, file: str) -> Identity:
    """Return what the first sheet says of the file.

    Parameters
    ----------
    grid
        Cells of the sheet: labels in the first column, values in the second.
    file
        Name of the file, which stands for its identity when the sheet gives none.

    Raises
    ------
    InputFaultsError
        A value cannot be read.
    """
    labels = {fold(label): field for field, (label, _) in README_FIELDS.items()}
    values: dict[str, object] = {}
    faults = []
    for number, line in enumerate(grid, 1):
        label = line[0] if line else ""
        field = labels.get(fold(label)) if isinstance(label, str) else None
        if field is None or len(line) < 2 or is_empty(line[1]):
            continue
        try:
            values[field] = _READERS.get(field, read_text)(line[1])
        except CellError as error:
            trouble = error.trouble
            faults.append(
                Fault(
                    "error", trouble.code, trouble.message, file, README_SHEET, number, "B",
                    str(line[1])[:200], trouble.expected, trouble.fix,
                )
            )  # fmt: skip
    if faults:
        raise InputFaultsError(faults)
    known_on = values.get("known_on")
    return Identity(
        id=str(values.get("id") or file),
        contract=str(values.get("contract") or ""),
        author=str(values["author"]) if "author" in values else None,
        known_on=known_on if isinstance(known_on, datetime.date) else None,
        fictional=values.get("fictional") is True,
        version=str(values.get("version") or ""),
        note=str(values["note"]) if "note" in values else None,
        copy=values.get("copy") is True,
    )


def builder_of(path: Path, identity: Identity, known: Known) -> BatchBuilder:
    """Return the builder of the batch of a workbook.

    Raises
    ------
    InputFaultsError
        The contract is not the one known, or the template is of a later version than ours.
    """
    contract = str(known.contract.get("id") or "")
    faults = []
    if not contract:
        faults.append(
            _fault(
                path, "no_contract", "Aucun contrat n’est chargé : ce classeur n’a pas à quoi se rattacher.",
                "Charger d’abord la convention : maillage load convention.",
            )
        )  # fmt: skip
    elif identity.contract and fold(identity.contract) != fold(contract):
        faults.append(
            _fault(
                path, "other_contract",
                f"Ce classeur est celui du contrat « {identity.contract} », la base tient « {contract} ».",
                "Corriger le contrat dans « Lisez-moi », ou choisir le contrat avec --contract.",
            )
        )  # fmt: skip
    if identity.version and identity.version.isdigit() and int(identity.version) > int(VERSION):
        faults.append(
            _fault(
                path, "later_version",
                f"Ce classeur suit la version {identity.version} du modèle, plus récente que {VERSION}.",
                "Mettre maillage à jour.",
            )
        )  # fmt: skip
    if faults:
        raise InputFaultsError(faults)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    source = Source(
        id=identity.id,
        name=path.name,
        sha256=digest,
        kind="workbook",
        author=identity.author,
        known_on=identity.known_on,
        fictional=identity.fictional,
        echo=identity.copy,
    )
    return BatchBuilder(source, contract=contract)


def is_known_version(version: str) -> bool:
    """Tell whether a version of the template is one this program reads without doubt."""
    return version.isdigit() and 1 <= int(version) <= int(VERSION)


def unknown_version(version: str) -> Trouble:
    """Return the warning of a copy whose version is missing or is none of ours."""
    said = (
        f"« {version} » n’est pas une version du modèle" if version else "La version du modèle n’est pas dite"
    )
    return Trouble(
        "unknown_version",
        f"{said} : le classeur est lu comme la version {VERSION}.",
        fix="Partir du modèle à jour : maillage template FICHIER.xlsx.",
        severity="warning",
    )


def _fault(path: Path, code: str, message: str, fix: str) -> Fault:
    return Fault("error", code, message, path.name, README_SHEET, fix=fix)
