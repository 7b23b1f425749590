"""Reads INSEE's official file of the movements of communes (`mvt_commune`, any edition).

Only changes of full communes are movements here. The file also tells delegated and associated communes: a
merger stands there twice (towards COM and towards COMD), which would double every sum.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from pathlib import Path

from geodata.movements import Movement, Movements
from graphmodel.errors import InputFaultsError, UsageError
from graphmodel.faults import Fault

KIND_OF_MOD = {
    "10": "name",
    "20": "split",
    "21": "split",
    "30": "merger",
    "31": "merger",
    "32": "merger",
    "33": "merger",
    "34": "merger",
    "41": "code",
    "50": "code",
}
"""INSEE's `MOD` to our kind; the other values (35, 70, 71) change delegated and associated communes only."""

COLUMNS = ("MOD", "DATE_EFF", "TYPECOM_AV", "COM_AV", "LIBELLE_AV", "TYPECOM_AP", "COM_AP", "LIBELLE_AP")


def read_insee_movements(path: Path) -> Movements:
    """Return the movements of full communes that an official file tells.

    Parameters
    ----------
    path
        CSV in UTF-8 or Windows-1252, separated by commas or semicolons, its header in any case.

    Raises
    ------
    UsageError
        When the file cannot be opened.
    InputFaultsError
        When columns are missing, or for every line whose date or codes cannot be read.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(f"Le fichier « {path.name} » ne peut pas être ouvert : {error.strerror}.") from error
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    head = text.split("\n", 1)[0]
    rows = csv.DictReader(
        io.StringIO(text, newline=""), delimiter=";" if head.count(";") > head.count(",") else ","
    )
    names = {name.strip().upper(): name for name in rows.fieldnames or ()}
    missing = [column for column in COLUMNS if column not in names]
    if missing:
        told = ", ".join(missing)
        raise InputFaultsError([
            Fault("error", "missing_column", f"Colonnes absentes : {told}.", file=path.name, row=1,
                  expected="le fichier des mouvements de communes de l’INSEE (mvt_commune)")
        ])  # fmt: skip
    cleaned = ({column: (row[names[column]] or "").strip() for column in COLUMNS} for row in rows)
    return movements_of_rows(cleaned, path.name)


def movements_of_rows(rows: Iterable[Mapping[str, str]], file: str = "") -> Movements:
    """Return the movements of full communes among the rows of an official file.

    Raises
    ------
    InputFaultsError
        For every row whose date or codes cannot be read.
    """
    faults: list[Fault] = []
    found: set[Movement] = set()
    for number, row in enumerate(rows, start=2):
        kind = KIND_OF_MOD.get(row["MOD"])
        if kind is None or not (row["TYPECOM_AV"] == row["TYPECOM_AP"] == "COM"):
            continue
        if not _sound(row):
            value = ", ".join(row[name] for name in ("DATE_EFF", "COM_AV", "COM_AP"))
            faults.append(
                Fault("error", "wrong_movement", "Date ou code de commune illisible.", file=file, row=number,
                      value=value, expected="une date AAAA-MM-JJ, deux codes INSEE")
            )  # fmt: skip
            continue
        found.add(Movement(row["DATE_EFF"], "day", kind, row["COM_AV"], row["LIBELLE_AV"],
                           row["COM_AP"], row["LIBELLE_AP"]))  # fmt: skip
    if faults:
        raise InputFaultsError(faults)
    ordered = sorted(found, key=lambda row: (row.date, row.from_code, row.to_code, row.kind))
    return Movements(tuple(_without_still_ones(ordered)))


def extended(reference: Movements, official: Movements) -> Movements:
    """Return an official file's movements, then those the reference knows after its last day.

    The official file has the day of every change; the reference knows some to the year only.
    """
    last = max((row.date for row in official.rows), default="")
    later = tuple(row for row in reference.rows if row.date > last)
    return Movements((*official.rows, *later))


def _sound(row: Mapping[str, str]) -> bool:
    day = row["DATE_EFF"]
    parts = day.split("-")
    dated = len(day) == 10 and len(parts) == 3 and all(part.isdigit() for part in parts)
    return dated and len(row["COM_AV"]) == 5 and len(row["COM_AP"]) == 5


def _without_still_ones(ordered: list[Movement]) -> Iterator[Movement]:
    """Drop the rows of a commune that receives nobody else that day: an associated commune was absorbed."""
    for _, of_day in groupby(ordered, key=lambda row: row.date):
        rows = list(of_day)
        moved = {row.to_code for row in rows if row.from_code != row.to_code}
        moved |= {row.from_code for row in rows if row.from_code != row.to_code}
        for row in rows:
            if row.kind == "name" or row.from_code != row.to_code or row.from_code in moved:
                yield row
