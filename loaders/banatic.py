"""BANATIC: groupings whose members are named by SIREN, some of them groupings; and the SIREN of communes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from geodata.territories import load_reference
from graphmodel import Batch
from graphmodel.batch import Place, Ref
from graphmodel.keys import NOT_DECLARED
from loaders.commune_codes import CommuneCodes, Where, departements, in_reach, present_names, successors_of
from loaders.declared_vintage import said_year, settle, year_of_columns
from loaders.findings import Findings
from loaders.groupings import add_commune_sirens, add_group, composition_of, group_ref, is_siren_table
from loaders.perimeter_tables import contain
from loaders.sirens import Sirens
from loaders.tables import Table, TableRow, cell_text, read_sheets

_GROUPS = ("n_siren", "siren", "siren_groupement", "n_siren_groupement")
_GROUP_NAMES = ("nom_du_groupement", "raison_sociale", "nom_groupement")
_MEMBERS = ("siren_membre", "siren_du_membre", "n_siren_membre")
_MEMBER_NAMES = ("nom_membre", "nom_du_membre")
_CATEGORIES = ("categorie_des_membres_du_groupement", "type", "type_membre", "categorie")
_SEATS = ("departement_siege", "dept", "departement")


def is_banatic(columns: Mapping[str, int]) -> bool:
    """Tell whether a header is that of BANATIC's members by SIREN, or of its table of SIREN."""
    members = any(name in columns for name in _MEMBERS) and any(name in columns for name in _GROUPS)
    return (members and "insee" not in columns) or is_siren_table(columns)


@dataclass(slots=True)
class _Group:
    """A grouping: its present communes with their rows, codes as read, member groupings with their rows."""

    name: str | None
    nature: str | None
    seat: str
    row: int
    communes: dict[str, int] = field(default_factory=dict)
    read: set[str] = field(default_factory=set)
    groups: dict[str, int] = field(default_factory=dict)
    unknown: dict[str, tuple[int, str | None]] = field(default_factory=dict)
    others: int = 0


def read_banatic(path: Path, vintage: int | None = None, sirens: Mapping[str, str] | None = None) -> Batch:
    """Return the groupings that have communes of the reference, each with its members.

    Parameters
    ----------
    path
        The list of members (tabulations, cp1252), the table from SIREN to INSEE code, or a ZIP of both.
    vintage
        Year declared: the export does not say it.
    sirens
        Codes of communes by SIREN, as the store knows them from a table loaded before.

    Raises
    ------
    InputFaultsError
        Every fault of the file.
    """
    findings = Findings.of(path, "banatic")
    known = Sirens(findings, dict(sirens or {}))
    sheets = read_sheets(path)
    tables = [table for sheet in sheets if (table := sheet.table(is_siren_table))]
    members = [table for sheet in sheets if (table := sheet.table(_is_member_table))]
    if not tables and not members:
        message = "Ce fichier n’est ni une liste de membres ni une table de SIREN."
        findings.error("missing_column", message, expected="N° SIREN, Nom du groupement, Siren membre")
    for table in tables:
        _add_sirens(findings, table, vintage, known)
    for table in members:
        _add_members(findings, table, vintage, known)
    known.close()
    return findings.batch()


def _is_member_table(columns: Mapping[str, int]) -> bool:
    return is_banatic(columns) and not is_siren_table(columns)


def _add_sirens(findings: Findings, table: Table, declared: int | None, known: Sirens) -> None:
    """Say the SIREN of the communes of the reference; those elsewhere are kept to tell them apart."""
    findings.sheet = table.sheet.name
    codes = CommuneCodes(findings)
    for row in table.rows():
        siren = known.read(row.raw("siren"), Where(row.number, table.written("siren")))
        code = codes.code(row.raw("insee"), Where(row.number, table.written("insee"), row.text("nom_com")))
        if siren is not None and code is not None:
            known.communes[siren] = code
            known.names[code] = row.text("nom_com") or code
    codes.close()
    ours = {siren: code for siren, code in known.communes.items() if in_reach(code)}
    gone = any(code not in present_names() for code in ours.values())
    vintage = settle(findings, declared, year_of_columns(table), "cette table") if gone else NOT_DECLARED
    add_commune_sirens(findings, ours, vintage, known.names)
    outside = len(known.communes) - len(ours)
    if outside:
        count = f"{outside:,}".replace(",", "\u202f")
        findings.note("outside_reference", f"{count} communes hors de la référence : laissées de côté.")
    findings.sheet = None


def _add_members(findings: Findings, table: Table, declared: int | None, known: Sirens) -> None:
    """Add the groupings of a list of members that have, themselves or by a member, a commune of ours."""
    findings.sheet = table.sheet.name
    vintage = settle(findings, declared, said_year([table.titles(), table.sheet.name]), "ces compositions")
    groups = _groups(table, vintage, known)
    _say_loops(findings, groups)
    kept = _kept(groups)
    for siren in sorted(kept):
        group = groups[siren]
        add_group(findings, siren, group.name, group.nature or "SM", vintage, group.row)
        ref = group_ref(siren, group.nature or "SM", vintage)
        contain(findings, ref, group.communes, group.read, vintage, composition_of(vintage))
        for member, row in group.groups.items():
            _contain_group(findings, ref, member, groups, kept, vintage, row)
        _say_unknown(findings, siren, group)
    if len(kept) < len(groups):
        message = f"{len(groups) - len(kept)} groupements sans commune de la référence : laissés de côté."
        findings.note("outside_reference", message)
    findings.sheet = None


def _groups(table: Table, vintage: str, known: Sirens) -> dict[str, _Group]:
    """Return the groupings of a table, by SIREN, with their members sorted out."""
    group_column, member_column = table.first(*_GROUPS) or "", table.first(*_MEMBERS) or ""
    listed = {(cell_text(row.raw(group_column)) or "").removesuffix(".0").zfill(9) for row in table.rows()}
    found: dict[str, _Group] = {}
    for row in table.rows():
        siren = known.read(row.raw(group_column), Where(row.number, table.written(group_column)))
        if siren is None:
            continue
        if siren not in found:
            name = row.text(table.first(*_GROUP_NAMES))
            seat = row.text(table.first(*_SEATS)) or ""
            nature = row.text(table.first("nature_juridique", "nature_juridique_du_groupement"))
            found[siren] = _Group(name.replace("'", "’") if name else None, nature, seat, row.number)
        member = known.read(row.raw(member_column), Where(row.number, table.written(member_column)))
        if member is not None:
            _sort_member(found[siren], member, row, listed, vintage, known)
    return found


def _sort_member(
    group: _Group, member: str, row: TableRow, listed: set[str], vintage: str, known: Sirens
) -> None:
    """Put a member where it belongs: communes, groupings, others, or unknown."""
    name = row.text(row.table.first(*_MEMBER_NAMES))
    category = (row.text(row.table.first(*_CATEGORIES)) or "").casefold()
    code = known.commune(member, name)
    if member in listed or "groupement" in category:
        group.groups[member] = row.number
    elif code is not None:
        present = successors_of(code, vintage if vintage != NOT_DECLARED else load_reference().vintage)
        if len(present) == 1:
            group.communes.setdefault(present[0], row.number)
            group.read.add(code)
        elif in_reach(code):
            group.unknown[member] = (row.number, name)
    elif category and not category.startswith("commune"):
        group.others += 1
    else:
        group.unknown[member] = (row.number, name)


def _kept(groups: Mapping[str, _Group]) -> set[str]:
    """Return the groupings that reach a commune of the reference, or may, themselves or through members."""
    kept = {
        siren
        for siren, group in groups.items()
        if group.communes or (group.unknown and group.seat[:2] in departements())
    }
    while more := {
        siren for siren, group in groups.items() if siren not in kept and kept & group.groups.keys()
    }:
        kept |= more
    return kept


def _contain_group(findings: Findings, whole: Ref, member: str, groups: Mapping[str, _Group],
                   kept: set[str], vintage: str, row: int) -> None:  # fmt: skip
    """Say that a grouping is a member of another, wholly, when the file or the reference knows it."""
    if member in kept:
        part = group_ref(member, groups[member].nature or "SM", vintage)
    elif member in groups:
        return
    elif member in set(load_reference().composition().values()):
        part = group_ref(member, "CC", load_reference().vintage)
    else:
        message = f"Le groupement membre {member} n’est ni dans ce fichier ni dans la référence."
        fix = "Ajoutez les lignes qui donnent ses membres."
        findings.error("unknown_member", message, row, value=member, fix=fix)
        return
    values = {**composition_of(vintage), "population_share": 1.0, "area_share": 1.0}
    findings.builder.relationship("CONTAINS", whole, part, values, place=Place(findings.sheet, row))


def _say_unknown(findings: Findings, siren: str, group: _Group) -> None:
    """Refuse members whose commune nobody knows; count those that are neither communes nor groupings."""
    elsewhere = group.seat[:2].isdigit() and group.seat[:2] not in departements()
    for member, (row, name) in group.unknown.items():
        message = f"Le membre {name or ''} ({member}) n’a pas de code INSEE connu.".replace("  ", " ")
        fix = "Chargez d’abord la table de BANATIC des SIREN et codes INSEE (--as banatic)."
        if elsewhere:
            findings.warning("unknown_member", message, row, value=member)
        else:
            findings.error("unknown_member", message, row, value=member, fix=fix)
    if group.others:
        plural = "s" if group.others > 1 else ""
        message = f"Le groupement {siren} a {group.others} membre{plural} ni commune ni groupement."
        findings.warning("member_without_perimeter", message, group.row, value=siren)


def _say_loops(findings: Findings, groups: Mapping[str, _Group]) -> None:
    """Refuse a grouping that is a member of itself, directly or through others."""
    for siren, group in groups.items():
        seen, todo = set[str](), list(group.groups)
        while todo:
            member = todo.pop()
            if member == siren:
                message = f"Le groupement {siren} est membre de lui-même, directement ou par un autre."
                findings.error("member_of_itself", message, group.row, value=siren)
                break
            if member not in seen:
                seen.add(member)
                todo.extend(groups[member].groups if member in groups else ())
