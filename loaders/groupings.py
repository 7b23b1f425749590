"""Composition of groupings of communes: the tables of DGCL and INSEE, and the SIREN of each commune."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path

from geodata.territories import load_reference
from graphmodel import Batch
from graphmodel.batch import Place, Ref
from graphmodel.keys import NOT_DECLARED
from loaders.commune_codes import CommuneCodes, Where, in_reach, present_names
from loaders.declared_vintage import said_year, settle, year_of_columns
from loaders.findings import Findings
from loaders.perimeter_tables import contain
from loaders.sirens import Sirens
from loaders.tables import Table, TableRow, read_sheets

FROZEN_YEAR = "2014"
"""Year whose composition is the frozen one: 1 January 2014."""

_SIRENS = ("siren", "epci", "siren_epci", "siren_groupement")
_GROUP_NAMES = ("raison_sociale", "libepci", "nom_groupement", "nom_epci", "nom_du_groupement")
_NATURES = ("nature_juridique", "nature_epci", "nature_jur")
_CODES = ("insee", "codgeo", "insee_com", "code_insee")
_NAMES = ("nom_membre", "libgeo", "nom_com", "nom_commune")
_EPCI_NATURES = ("CC", "CA", "CU", "ME", "METRO", "MET69", "METLYON", "SAN", "EPT")


def is_composition(columns: Mapping[str, int]) -> bool:
    """Tell whether a header is that of a table of groupings by commune (DGCL or INSEE)."""
    names = set(columns)
    return bool(names & set(_CODES)) and bool(names & set(_SIRENS)) and bool(names & set(_GROUP_NAMES))


def is_siren_table(columns: Mapping[str, int]) -> bool:
    """Tell whether a header is that of a table from SIREN to INSEE code."""
    return {"siren", "insee"} <= set(columns) and not is_composition(columns)


def level_of_nature(nature: str | None) -> str:
    """Return the level of a grouping by its legal kind, in letters or in words.

    >>> level_of_nature("CC"), level_of_nature("Communauté d'agglomération"), level_of_nature("SMO")
    ('epci', 'epci', 'syndicat_mixte')
    """
    said = (nature or "").strip()
    whole = said.casefold().startswith(("communaut", "métropole", "metropole"))
    return "epci" if whole or said.upper() in _EPCI_NATURES else "syndicat_mixte"


def composition_of(vintage: str) -> dict[str, object]:
    """Return what the links of a composition say of it: frozen for 2014, else declared, at 1 January."""
    if vintage == NOT_DECLARED:
        return {"composition": "declared"}
    kind = "frozen" if vintage == FROZEN_YEAR else "declared"
    return {"composition": kind, "date": date(int(vintage), 1, 1)}


@dataclass(slots=True)
class _Group:
    """A grouping as its rows tell it; communes by code with the row, codes as read."""

    name: str | None
    nature: str | None
    row: int
    communes: dict[str, int] = field(default_factory=dict)
    read: set[str] = field(default_factory=set)


def read_groupings(path: Path, vintage: int | None = None) -> Batch:
    """Return the groupings of the communes of the reference, and the communes of each.

    Parameters
    ----------
    path
        « Epcicom » of DGCL, « Intercommunalité – Métropole » of INSEE.
    vintage
        Year declared, when neither columns nor titles say it.

    Raises
    ------
    InputFaultsError
        Every fault of the file.
    """
    findings = Findings.of(path, "epci")
    sheets = read_sheets(path)
    tables = [table for sheet in sheets if (table := sheet.table(is_composition))]
    if not tables:
        message = "Aucune feuille n’a une colonne de communes et une colonne de groupements."
        findings.error(
            "missing_column", message, expected="insee, siren, raison_sociale ou CODGEO, EPCI, LIBEPCI"
        )
    natures = _natures([table for sheet in sheets if (table := sheet.table(_is_nature_table))])
    for table in tables:
        _add_table(findings, table, vintage, natures)
    return findings.batch()


def _is_nature_table(columns: Mapping[str, int]) -> bool:
    return {"epci", "nature_epci"} <= set(columns) and not set(columns) & set(_CODES)


def _natures(tables: list[Table]) -> dict[str, str]:
    """Return the legal kind of each EPCI, from the sheet where INSEE lists them."""
    return {
        siren.zfill(9): nature
        for table in tables
        for row in table.rows()
        if (siren := row.text("epci")) and (nature := row.text("nature_epci"))
    }


def _add_table(findings: Findings, table: Table, declared: int | None, natures: Mapping[str, str]) -> None:
    findings.sheet = table.sheet.name
    said = year_of_columns(table) or said_year([table.titles(), table.sheet.name])
    listed = (row.text(table.first(*_CODES)) for row in table.rows())
    vintage = settle(findings, declared, said, "ces compositions", listed)
    sirens = Sirens(findings)
    groups = _groups(findings, table, vintage, sirens)
    for siren, group in sorted(groups.items()):
        if group.communes:
            add_group(findings, siren, group.name, group.nature or natures.get(siren), vintage, group.row)
            ref = group_ref(siren, group.nature or natures.get(siren), vintage)
            contain(findings, ref, group.communes, group.read, vintage, composition_of(vintage))
    add_commune_sirens(findings, sirens.communes, vintage, sirens.names)
    sirens.close()
    findings.sheet = None


def _groups(findings: Findings, table: Table, vintage: str, sirens: Sirens) -> dict[str, _Group]:
    """Return the groupings of a table, by SIREN, with the present communes of each."""
    codes = CommuneCodes(findings, vintage)
    siren_column, code_column = table.first(*_SIRENS) or "", table.first(*_CODES) or ""
    found: dict[str, _Group] = {}
    owners: dict[str, str] = {}
    for row in table.rows():
        where = Where(row.number, table.written(code_column), row.text(table.first(*_NAMES)))
        siren = sirens.read(row.raw(siren_column), Where(row.number, table.written(siren_column)))
        if siren is None:
            continue
        code = codes.code(row.raw(code_column), where)
        present = codes.read(code, where) if code is not None else None
        if code is None or present is None:
            continue
        if not _alone(findings, owners, code, siren, where):
            continue
        nature = row.text(table.first(*_NATURES))
        group = found.setdefault(siren, _Group(_typographic(row, _GROUP_NAMES), nature, row.number))
        group.communes.setdefault(present, row.number)
        group.read.add(code)
        member = sirens.read(row.raw("siren_membre"), Where(row.number, "siren_membre"))
        if member is not None:
            sirens.communes[member] = code
            sirens.names[code] = where.name or code
    codes.close()
    return found


def _alone(findings: Findings, owners: dict[str, str], code: str, siren: str, where: Where) -> bool:
    """Tell whether a commune is met for the first time; a fault when it is in another grouping already."""
    first = owners.setdefault(code, siren)
    if first != siren:
        message = f"La commune {code} est déjà dans le groupement {first}."
        findings.error("duplicate_code", message, where.row, where.column, code,
                       "un seul EPCI à fiscalité propre par commune")  # fmt: skip
        return False
    return True


def _typographic(row: TableRow, names: tuple[str, ...]) -> str | None:
    text = row.text(row.table.first(*names))
    return text.replace("'", "’") if text else None


def group_ref(siren: str, nature: str | None, vintage: str) -> Ref:
    """Return the reference of a grouping of a vintage."""
    return "Territory", f"{level_of_nature(nature or 'CC')}/{siren}@{vintage}"


def add_group(
    findings: Findings, siren: str, name: str | None, nature: str | None, vintage: str, row: int
) -> None:
    """Add a grouping; one of the reference at its own vintage keeps the name and the kind it has there."""
    level = level_of_nature(nature or "CC")
    known = _reference_names(vintage).get(siren) if level == "epci" else None
    values: dict[str, object] = {"perimeter": "known", "siren": siren}
    if known is None:
        values["kind"] = nature
    name = known or name
    place = Place(findings.sheet, row)
    findings.builder.territory(level, siren, vintage, values, name=name or siren, place=place)


@lru_cache(maxsize=4)
def _reference_names(vintage: str) -> dict[str, str]:
    """Return the names of the EPCI the reference puts in the graph at a vintage, by SIREN."""
    territories = load_reference()
    if vintage not in (territories.vintages["epci"][0], territories.vintage):
        return {}
    return {territory.code: territory.name for territory in territories.every("epci", vintage)}


def add_commune_sirens(
    findings: Findings, sirens: Mapping[str, str], vintage: str, names: Mapping[str, str]
) -> None:
    """Say the SIREN of each commune, by which BANATIC names members.

    Parameters
    ----------
    sirens
        Codes of communes by SIREN; those elsewhere in France are left out.
    vintage, names
        Year and names under which communes that have gone since are kept.
    """
    present, reference = present_names(), load_reference().vintage
    for siren, code in sorted(sirens.items(), key=lambda pair: pair[1]):
        if code in present:
            findings.builder.territory("commune", code, reference, {"siren": siren}, name=present[code])
        elif in_reach(code):
            name = names.get(code, code).replace("'", "’")
            findings.builder.territory("commune", code, vintage, {"siren": siren}, name=name)
