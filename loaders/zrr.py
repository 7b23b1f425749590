"""Zonings by commune (ZRR, FRR): the workbooks of ANCT and INSEE, one sheet or one a year, and plain CSV."""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from graphmodel import Batch
from graphmodel.batch import Place
from graphmodel.french import number
from loaders.commune_codes import CommuneCodes, Where, commune_ref, label_of, present_names
from loaders.declared_vintage import said_year, settle, years_in
from loaders.findings import Findings
from loaders.tables import Table, TableRow, read_sheets
from loaders.zonings import add_zoning, class_in

CODES = ("codgeo", "code_insee", "insee_com", "depcom", "code_commune", "com", "insee")
"""Folded names of the column of communes, the surest first."""
NAMES = ("libgeo", "nom_com", "libelle", "nom_commune", "nom")
_DETAILS = ("zonage_zrr", "zonage_frr")
_SCHEME = re.compile(r"(?:^|_)(zrr|frr)(?:_|$)")
_YEAR_COLUMN = re.compile(r"(?:^|_)(?:19|20)\d\d(?:_|$)")
_CODE = re.compile(r"^(CM|PA|PM|PC|NC|C|P|A|M|D)(?=$|[\s:\u2013\u2014\x96-])", re.IGNORECASE)
_EXPECTED = "C, NC, P, PC ou un code transitoire (A, M, D, CM, PA, PM), suivi ou non de son libellé"

STATUS = {
    "C": "classed", "NC": "not_classed", "P": "partly", "PC": "partly",
    "A": "transitional", "M": "transitional", "D": "transitional",
    "CM": "transitional", "PA": "transitional", "PM": "transitional",
}  # fmt: skip
"""Codes of the source to our statuses."""

_WORDS = (
    (re.compile(r"partiel"), "partly"),
    (re.compile(r"b[ée]n[ée]fici|maintien|transitoire|sortante"), "transitional"),
    (re.compile(r"^(commune )?non|^pas |^hors|^(faux|false|0)$"), "not_classed"),
    (re.compile(r"^(commune )?class[ée]e|^frr\+?$|^zrr$|^(oui|vrai|true|1)$"), "classed"),
)
"""Whole words of sources that give no code."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a row says of a present commune: its status, the words of the source, the row."""

    status: str
    wording: str
    row: int
    code: str


def is_zoning_table(columns: Mapping[str, int]) -> bool:
    """Tell whether a header is that of a list of communes with their status in a zoning."""
    return any(name in columns for name in CODES) and _status_column(columns) is not None


def read_zrr(path: Path, vintage: int | None = None) -> Batch:
    """Return the communes of the reference that a file classes, or not, in a zoning.

    Parameters
    ----------
    path
        A workbook or a CSV; every sheet with a list is read, one zoning a sheet when its name is a year.
    vintage
        Year declared; of a workbook of several years, the only sheet to read.

    Raises
    ------
    InputFaultsError
        Every fault of the file.
    """
    findings = Findings.of(path, "zrr")
    tables = [table for sheet in read_sheets(path) if (table := sheet.table(is_zoning_table))]
    if not tables:
        message = "Aucune feuille n’a une colonne de communes et une colonne de classement."
        findings.error("missing_column", message, expected="CODGEO et ZRR_SIMP", fix=_header_fix())
    for table in _chosen(findings, tables, vintage):
        _add_table(findings, table, vintage)
    return findings.batch()


def _header_fix() -> str:
    return "Vérifiez que la ligne des noms de colonnes est dans les trente premières."


def _chosen(findings: Findings, tables: list[Table], vintage: int | None) -> list[Table]:
    """Return the tables to read: all, or of a workbook with a sheet a year, that of the year declared."""
    yearly = {year: table for table in tables if (year := _sheet_year(table)) is not None}
    if len(tables) > 1 and len(yearly) < len(tables):
        said = ", ".join(f"« {table.sheet.name or table.sheet.file} »" for table in tables)
        message = f"Plusieurs feuilles ont une liste et leur nom ne dit pas l’année : {said}."
        findings.error(
            "several_lists", message, fix="Gardez une seule liste, ou nommez chaque feuille par son année."
        )
        return []
    if len(tables) > 1 and vintage is not None:
        if str(vintage) not in yearly:
            message = f"Le classeur n’a pas de feuille pour {vintage}."
            findings.error("missing_sheet", message, expected=", ".join(sorted(yearly)))
            return []
        return [yearly[str(vintage)]]
    return tables


def _sheet_year(table: Table) -> str | None:
    return said_year([table.sheet.name])


def _status_column(columns: Mapping[str, int]) -> str | None:
    """Return the column of statuses: the simplified one first, a year's last."""
    found = [name for name in columns if _SCHEME.search(name) and name not in CODES]
    ranked = sorted(found, key=lambda name: (name not in ("zrr_simp", "frr_simp"), name in _DETAILS,
                                             not name.startswith("statut"), columns[name]))  # fmt: skip
    return ranked[0] if ranked else None


def _add_table(findings: Findings, table: Table, declared: int | None) -> None:
    """Add the zoning of a table and the status of each commune."""
    findings.sheet = table.sheet.name
    column = _status_column(table.columns)
    found = _SCHEME.search(column or "")
    if column is None or found is None:
        return
    scheme = found[1].upper()
    vintage = settle(findings, declared, _said(table, column), f"son zonage {scheme}")
    zoning = add_zoning(findings.builder, scheme, vintage)
    for commune, said in _statuses(findings, table, column, vintage).items():
        status, wording = _merged(findings, commune, said)
        place = Place(table.sheet.name, said[0].row)
        class_in(findings.builder, commune_ref(commune), zoning, status, wording, place)
    findings.sheet = None


def _said(table: Table, column: str) -> str | None:
    """Return the year of a list: its sheet's name, its column's, or the only one of its titles."""
    column_years = column if _YEAR_COLUMN.search(column) else None
    titles = "\n".join(line for line in table.titles().splitlines() if re.search("zrr|frr|zon", line, re.I))
    return said_year([table.sheet.name, column_years, titles if len(years_in(titles)) == 1 else None])


def _statuses(findings: Findings, table: Table, column: str, vintage: str) -> dict[str, list[Said]]:
    """Return what the rows say, by present commune."""
    codes = CommuneCodes(findings, vintage)
    code_column, name_column = table.first(*CODES), table.first(*NAMES)
    detail = table.first(*(name for name in _DETAILS if name != column))
    found: defaultdict[str, list[Said]] = defaultdict(list)
    rows: dict[str, Said] = {}
    for row in table.rows():
        if row.raw(code_column) is None and row.raw(column) is None:
            continue
        where = Where(row.number, table.written(code_column or ""), row.text(name_column))
        status = _status(findings, table, row, column, detail)
        commune = codes.read(row.raw(code_column), where)
        if commune is None or status is None:
            continue
        said = Said(status[0], status[1], row.number, row.text(code_column) or "")
        if _repeated(findings, rows.setdefault(said.code, said), said, where):
            continue
        found[commune].append(said)
    codes.close()
    _say_counts(findings, found)
    return found


def _status(
    findings: Findings, table: Table, row: TableRow, column: str, detail: str | None
) -> tuple[str, str] | None:
    """Return the status of a row and its words; None, with a fault, when it cannot be read."""
    text = row.text(column)
    status = status_of(text or "")
    if status is None:
        message = "Ce classement n’est pas connu."
        findings.error("unknown_status", message, row.number, table.written(column), text or "", _EXPECTED)
        return None
    more = row.text(detail)
    detailed = status_of(more) if more else None
    if detailed == "transitional":
        return detailed, _short(more or "")
    return status, _short(text or "")


def _short(text: str) -> str:
    """Return the code that opens a status, without its label: lists that agree must not seem to differ.

    >>> _short("nc - Commune non classée"), _short("Classée en ZRR")
    ('NC', 'Classée en ZRR')
    """
    code = _CODE.match(text.strip())
    return code[1].upper() if code else text


def status_of(text: str) -> str | None:
    """Return the status a source's words say; None when they say none.

    >>> status_of("C - Classée en ZRR"), status_of("NC"), status_of("PC"), status_of("PM - …")
    ('classed', 'not_classed', 'partly', 'transitional')
    """
    said = text.strip()
    folded = said.casefold()
    code = _CODE.match(said)
    if code:
        return STATUS[code[1].upper()]
    return next((status for pattern, status in _WORDS if pattern.search(folded)), None)


def _repeated(findings: Findings, first: Said, said: Said, where: Where) -> bool:
    """Tell whether a code was met before; a fault when the two rows differ."""
    if first is said:
        return False
    if first.status == said.status:
        message = f"Le code {said.code} répète la ligne {first.row} : compté une fois."
        findings.warning("repeated_row", message, said.row, where.column, said.code)
    else:
        message = f"Le code {said.code} est déjà à la ligne {first.row}, avec un autre classement."
        fix = "Gardez une seule des deux lignes."
        findings.error("duplicate_code", message, said.row, where.column, said.code, fix=fix)
    return True


def _merged(findings: Findings, commune: str, said: list[Said]) -> tuple[str, str]:
    """Return the status of a present commune: partly when communes of several statuses merged into it."""
    statuses = {one.status for one in said}
    if len(statuses) == 1:
        return said[0].status, said[0].wording
    wording = " + ".join(f"{one.code} : {one.wording}" for one in said)
    message = f"{label_of(commune)} réunit des communes de classements différents : partiellement classée."
    findings.warning("partly_after_merger", message, said[0].row, value=wording)
    return "partly", wording


def _say_counts(findings: Findings, found: Mapping[str, list[Said]]) -> None:
    """Say how many communes count neither as classed nor as not classed, and how many are not in the list."""
    partly = sum(any(one.status == "partly" for one in said) for said in found.values())
    passing = sum(any(one.status == "transitional" for one in said) for said in found.values())
    for count, word, code in ((partly, "partiellement classée", "partly_classed"),
                              (passing, "en classement transitoire", "transitional")):  # fmt: skip
        if count:
            plural = "s" if count > 1 else ""
            word = word.replace("classée", f"classée{plural}")
            message = f"{count} commune{plural} {word} : ni au numérateur ni au dénominateur."
            findings.warning(code, message)
    negative = any(one.status == "not_classed" for said in found.values() for one in said)
    absent = len(present_names().keys() - found.keys())
    if negative and absent:
        message = (
            f"{number(absent)} communes de la référence ne sont pas dans la liste : classement inconnu."
            if absent > 1
            else "Une commune de la référence n’est pas dans la liste : classement inconnu."
        )
        findings.warning("missing_communes", message)
