"""The communes of a year as INSEE lists them (`v_commune`, `commune2019`, `comsimp2014`)."""

from collections.abc import Mapping

from geodata.territories import load_reference
from graphmodel.batch import Place, Ref
from loaders.commune_codes import CommuneCodes, Where, departements, present_names
from loaders.declared_vintage import said_year, settle
from loaders.findings import Findings
from loaders.tables import Table, TableRow

_LEVELS = {
    "COM": "commune",
    "ARM": "arrondissement",
    "COMD": "delegated_commune",
    "COMA": "delegated_commune",
}
_KINDS = {"COMD": "déléguée", "COMA": "associée"}


def is_commune_list(columns: Mapping[str, int]) -> bool:
    """Tell whether a header is that of a list of communes: since 2019, or before (DEP and COM apart)."""
    recent = {"typecom", "com", "libelle"} <= columns.keys()
    return recent or {"dep", "com", "ncc", "nccenr", "artmaj"} <= columns.keys()


def add_communes(findings: Findings, table: Table, declared: int | None) -> None:
    """Add the communes of a list, their parts and what holds them, at the year of the list."""
    listed = (_code(row) for row in table.rows() if (row.text("typecom") or "COM").upper() == "COM")
    vintage = settle(findings, declared, said_year([table.titles()]), "cette liste de communes", listed)
    codes = CommuneCodes(findings, vintage)
    found: dict[tuple[str, str], Ref] = {}
    parts: list[tuple[Ref, str, TableRow]] = []
    outside = 0
    for row in table.rows():
        level = _LEVELS.get((row.text("typecom") or "COM").upper())
        code = codes.code(_code(row), Where(row.number, table.written("com")))
        if level is None or code is None:
            continue
        if code[:2] not in departements():
            outside += 1
        elif (level, code) in found:
            message = f"Le code {code} est déjà pris."
            findings.error("duplicate_code", message, row.number, table.written("com"), code)
        else:
            found[level, code] = ref = _add(findings, level, code, vintage, row)
            if level != "commune":
                parts.append((ref, row.text("comparent") or "", row))
    codes.close()
    _add_parts(findings, table, found, parts)
    if outside:
        message = f"{outside} lignes d’autres départements : laissées de côté."
        findings.note("outside_reference", message)


def _code(row: TableRow) -> str | None:
    """Return the code of a row: whole, or its département and its number within it."""
    departement, number = row.text("dep"), row.text("com")
    if number is None or "typecom" in row.table.columns:
        return number
    return f"{(departement or '').zfill(2)}{number.zfill(3)}"


def _name(row: TableRow) -> str | None:
    """Return the name of a row, its article in front."""
    name = row.text("libelle")
    if name is None and (short := row.text("nccenr")) is not None:
        article = (row.text("artmin") or "").strip("()")
        name = f"{article}{'' if article.endswith(chr(39)) or not article else ' '}{short}"
    return name.replace("'", "’") if name else None


def _add(findings: Findings, level: str, code: str, vintage: str, row: TableRow) -> Ref:
    name = _name(row)
    if level == "commune" and vintage == load_reference().vintage:
        name = present_names().get(code, name or code)
    kind = _KINDS.get(row.text("typecom") or "")
    values = {"kind": kind} if kind else {}
    return findings.builder.territory(level, code, vintage, values, name=name, place=Place(row=row.number))


def _add_parts(
    findings: Findings,
    table: Table,
    found: Mapping[tuple[str, str], Ref],
    parts: list[tuple[Ref, str, TableRow]],
) -> None:
    """Add what holds the arrondissements and the delegated communes."""
    for ref, parent, row in parts:
        whole = found.get(("commune", parent.zfill(5)))
        if whole is None:
            message = "La commune de rattachement n’est pas dans la liste."
            findings.error("unknown_reference", message, row.number, table.written("comparent"), parent)
            continue
        values = {"composition": "declared", "population_share": 1.0, "area_share": 1.0}
        findings.builder.relationship("CONTAINS", whole, ref, values, place=Place(row=row.number))
