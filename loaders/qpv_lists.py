"""Lists of quarters by commune, several in one cell: quarters known by their communes, without perimeter."""

from dataclasses import dataclass, field

from graphmodel.batch import Place, Ref
from loaders.commune_codes import CommuneCodes, Where, commune_ref
from loaders.findings import Findings
from loaders.qpv_codes import (
    CODES,
    COMMUNE_CODES,
    COMMUNE_NAMES,
    NAMES,
    communes_named,
    departement_of,
    generation,
    in_reference,
    outside_sentence,
)
from loaders.tables import Table, TableRow
from loaders.zonings import add_zoning, class_in


@dataclass(slots=True)
class _Quarter:
    """A quarter as the rows tell it: first row, name when one is sure, communes by code."""

    vintage: str
    row: int
    name: str | None = None
    communes: dict[str, int] = field(default_factory=dict)


def add_list(findings: Findings, table: Table) -> None:
    """Add the quarters of a list: perimeter unknown, in their communes without any share.

    A quarter named in several rows lies in several communes. Its point, where the list gives one, is the
    centre of a commune: it is not kept, as it says nothing of where the quarter lies.
    """
    findings.sheet = table.sheet.name
    quarters = _quarters(findings, table)
    zonings: dict[str, Ref] = {}
    for code, quarter in quarters.items():
        if quarter.vintage not in zonings:
            zonings[quarter.vintage] = add_zoning(findings.builder, "QPV", quarter.vintage)
        place = Place(table.sheet.name, quarter.row)
        # A list says nothing of the perimeter: « unknown » would contradict the contours another file gives.
        ref = findings.builder.territory("qpv", code, quarter.vintage, name=quarter.name, place=place)
        class_in(findings.builder, ref, zonings[quarter.vintage], "classed", None, place)
        for commune, row in quarter.communes.items():
            findings.builder.relationship(
                "CONTAINS", commune_ref(commune), ref, {"composition": "declared"},
                place=Place(table.sheet.name, row),
            )  # fmt: skip
    if quarters:
        plural = "s" if len(quarters) > 1 else ""
        message = (
            f"{len(quarters)} quartier{plural} sans périmètre : hors des surfaces et des parts de population."
        )
        findings.warning("unknown_perimeter", message)
    findings.sheet = None


def _quarters(findings: Findings, table: Table) -> dict[str, _Quarter]:
    """Return the quarters of the reference's départements, by code."""
    codes = CommuneCodes(findings)
    found: dict[str, _Quarter] = {}
    outside: set[str] = set()
    column = table.first(*CODES)
    for row in table.rows():
        names = _names(findings, table, row)
        listed = _split(row.text(column))
        if not listed:
            message = "Cette ligne ne nomme aucun quartier."
            findings.error("empty_cell", message, row.number, table.written(column or ""), "")
        for place, text in enumerate(listed):
            said = generation(findings, text, row.number, table.written(column or ""))
            if said is None:
                continue
            code, vintage = said
            if not in_reference(code):
                outside.add(code)
                continue
            quarter = found.setdefault(code, _Quarter(vintage, row.number))
            quarter.name = quarter.name or (names[place] if len(names) == len(listed) else None)
            for commune in _communes(findings, codes, table, row, code):
                quarter.communes.setdefault(commune, row.number)
    codes.close()
    _say_left_out(findings, found, outside)
    return found


def _split(text: str | None) -> list[str]:
    """Return the parts of a cell, between commas, semicolons or slashes."""
    parts = (text or "").replace(";", ",").replace("/", ",").split(",")
    return [part.strip() for part in parts if part.strip()]


def _names(findings: Findings, table: Table, row: TableRow) -> list[str]:
    """Return the names of the quarters of a row, when there are as many as codes."""
    column = table.first(*NAMES)
    codes = _split(row.text(table.first(*CODES)))
    text = row.text(column)
    if text is None or column is None:
        return []
    if len(codes) == 1:
        return [text.replace("'", "’")]
    names = [part.strip().replace("'", "’") for part in text.split(",")]
    if len(names) != len(codes):
        counts = f"{len(codes)} et {len(names)}"
        message = f"Codes et noms en nombre différent ({counts}) : les noms ne sont pas attribués."
        findings.warning("names_do_not_match", message, row.number, table.written(column), text)
    return names


def _communes(findings: Findings, codes: CommuneCodes, table: Table, row: TableRow, code: str) -> list[str]:
    """Return the present communes of a row: by code, else by name."""
    by_code, by_name = table.first(*COMMUNE_CODES), table.first(*COMMUNE_NAMES)
    if by_code is not None and row.raw(by_code) is not None:
        where = Where(row.number, table.written(by_code), row.text(by_name))
        commune = codes.read(row.raw(by_code), where)
        return [commune] if commune is not None else []
    if by_name is None:
        return []
    where = Where(row.number, table.written(by_name))
    return communes_named(findings, row.text(by_name), departement_of(code), where)


def _say_left_out(findings: Findings, found: dict[str, _Quarter], outside: set[str]) -> None:
    """Say which quarters have no commune, and how many are in other départements."""
    for code, quarter in found.items():
        if not quarter.communes:
            message = f"Le quartier {code} n’a aucune commune connue."
            findings.error(
                "no_commune", message, quarter.row, value=code, fix="Donnez le code de sa commune."
            )
    if outside:
        findings.note("outside_reference", outside_sentence(len(outside)))
