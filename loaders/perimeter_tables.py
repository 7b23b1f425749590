"""Perimeters as a table of two columns, territory and commune: made of whole communes, drawn from theirs."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

import numpy as np
import shapely

from geodata.names import AmbiguousNameError, UnknownNameError, reference_gazetteer
from geodata.perimeters import Perimeter
from geodata.territories import load_reference
from geodata.territory import LEVEL_FRENCH, OFFICIAL_LEVELS, Level, level_of
from graphmodel.batch import Place, Ref
from loaders.commune_codes import CommuneCodes, Where, commune_ref, label_of, predecessors_of
from loaders.declared_vintage import settle, years_in
from loaders.findings import Findings
from loaders.perimeter_nodes import add_territory
from loaders.tables import Table, TableRow, cell_text

_TERRITORIES = ("territoire", "code_territoire", "perimetre")
_COMMUNES = ("commune", "code_commune", "insee_com", "codgeo", "code_insee")
_NAMES = ("nom", "nom_territoire", "libelle")
_LEVELS = ("niveau", "level")
_VINTAGES = ("millesime", "vintage", "annee")


@dataclass(slots=True)
class _Told:
    """A territory as its rows tell it."""

    level: Level
    vintage: str
    name: str | None
    row: int
    communes: dict[str, int] = field(default_factory=dict)
    read: set[str] = field(default_factory=set)


def is_perimeter_table(columns: Mapping[str, int]) -> bool:
    """Tell whether a header is that of a table of perimeters."""
    return any(name in columns for name in _TERRITORIES) and any(name in columns for name in _COMMUNES)


def add_table(findings: Findings, table: Table, declared: int | None, level: Level = "custom") -> None:
    """Add the territories of a table and the communes each contains, whole.

    Parameters
    ----------
    table
        Columns territoire and commune (code or name), and if need be niveau, millesime and nom, which may be
        said in one row of each territory only.
    declared, level
        Vintage and level of the territories whose rows say none.
    """
    findings.sheet = table.sheet.name
    told = _told(findings, table, declared, level)
    for code, one in told.items():
        if not one.communes:
            message = f"Le territoire « {code} » n’a aucune commune."
            findings.error("empty_perimeter", message, one.row, value=code)
            continue
        place = Place(table.sheet.name, one.row)
        perimeter = Perimeter(code, one.name or code, one.level, one.vintage, polygon=_united(one.communes),
                              population=_people(one.communes))  # fmt: skip
        ref = add_territory(findings.builder, perimeter, place)
        contain(findings, ref, one.communes, one.read, one.vintage, {"composition": "declared"})
    findings.sheet = None


def _told(findings: Findings, table: Table, declared: int | None, level: Level) -> dict[str, _Told]:
    """Return the territories of a table, by code."""
    territory, commune = table.first(*_TERRITORIES), table.first(*_COMMUNES)
    rows = list(table.rows())
    said = {row.text(territory): year for row in rows if (year := row.text(table.first(*_VINTAGES)))}
    general = None
    found: dict[str, _Told] = {}
    readers: dict[str, CommuneCodes] = {}
    for row in rows:
        code = row.text(territory)
        if code is None:
            message = "Cette ligne ne dit pas de quel territoire il s’agit."
            findings.error("empty_cell", message, row.number, table.written(territory or ""), "")
            continue
        if code not in said and general is None:
            general = settle(findings, declared, None, "ces périmètres")
        if code not in found:
            vintage = _vintage(findings, table, row, said[code]) if code in said else general or ""
            found[code] = _Told(level, vintage, None, row.number)
        _complete(findings, table, row, found[code])
        reader = readers.setdefault(found[code].vintage, CommuneCodes(findings, found[code].vintage))
        _add_commune(reader, table, row, found[code], commune or "")
    for reader in readers.values():
        reader.close()
    return found


def _vintage(findings: Findings, table: Table, row: TableRow, text: str) -> str:
    """Return the year a territory's rows say."""
    if years_in(text) != {text}:
        message = "Ce millésime n’est pas une année."
        column = table.written(table.first(*_VINTAGES) or "")
        findings.error("wrong_type", message, row.number, column, text, "une année à quatre chiffres")
    return text


def _complete(findings: Findings, table: Table, row: TableRow, one: _Told) -> None:
    """Take the name and the level a row gives."""
    one.name = one.name or (row.text(table.first(*_NAMES)) or "").replace("'", "’") or None
    column = table.first(*_LEVELS)
    word = row.text(column)
    if word is None:
        return
    level = level_of(word)
    if level is None or level in OFFICIAL_LEVELS:
        known = ", ".join(french for key, french in LEVEL_FRENCH.items() if key not in OFFICIAL_LEVELS)
        message = "Ce niveau n’est pas de ceux qu’un périmètre peut avoir."
        findings.error("unknown_level", message, row.number, table.written(column or ""), word, known)
    else:
        one.level = level


def _add_commune(codes: CommuneCodes, table: Table, row: TableRow, one: _Told, column: str) -> None:
    """Add the commune of a row, read by its code or its name; said once, whatever the file repeats."""
    where = Where(row.number, table.written(column))
    text = cell_text(row.raw(column))
    if text is None:
        codes.findings.error(
            "empty_cell", "Cette ligne ne nomme aucune commune.", row.number, where.column, ""
        )
        return
    said = codes.code(text, where) if text[0].isdigit() else _by_name(codes.findings, text, where)
    present = codes.read(said, where) if said is not None else None
    if said is not None and said in one.read:
        message = "Cette commune est déjà dans le territoire : comptée une fois."
        codes.findings.warning("repeated_row", message, row.number, where.column, text)
    elif said is not None and present is not None:
        # A present name means the whole commune of today, whatever it was made of.
        one.read |= (
            {said} if text[0].isdigit() else predecessors_of(one.vintage).get(present, frozenset()) | {said}
        )
        one.communes.setdefault(present, row.number)


def _by_name(findings: Findings, text: str, where: Where) -> str | None:
    try:
        return reference_gazetteer().resolve(text, level="commune").territory.code
    except (UnknownNameError, AmbiguousNameError) as error:
        message = str(error).splitlines()[0].rstrip(".") + "."
        findings.error("unresolved_name", message, where.row, where.column, text,
                       "un code INSEE, ou un nom et son département entre parenthèses")  # fmt: skip
        return None


def contain(
    findings: Findings,
    whole: Ref,
    communes: Mapping[str, int],
    read: Collection[str],
    vintage: str,
    values: Mapping[str, object],
) -> None:
    """Say that a territory contains present communes, each with the row that says so.

    A present commune is whole there, share 1, when all it was made of at the vintage was read; otherwise the
    share is unknown and a warning says so.
    """
    before = predecessors_of(vintage)
    for commune, row in communes.items():
        missing = sorted(before.get(commune, frozenset()) - set(read))
        shares = {} if missing else {"population_share": 1.0, "area_share": 1.0}
        if missing:
            message = (
                f"{label_of(commune)} n’y est qu’en partie : sans {', '.join(missing)}, commune de {vintage}."
            )
            findings.warning("partly_contained", message, row, value=commune)
        place = Place(findings.sheet, row)
        findings.builder.relationship(
            "CONTAINS", whole, commune_ref(commune), {**values, **shares}, place=place
        )


def _united(communes: Mapping[str, int]) -> shapely.Geometry:
    """Return the contour of whole communes of the reference."""
    shapes = load_reference().frame("commune").geometry.loc[sorted(communes)]
    return shapely.coverage_union_all(np.array(list(shapes), dtype=object))


def _people(communes: Mapping[str, int]) -> int | None:
    """Return the inhabitants of communes; None when those of one are unknown."""
    people = load_reference().frame("commune")["population"].loc[sorted(communes)]
    return None if people.isna().any() else int(people.sum())
