"""Checks over several rows of a sheet: years of the contract, shares that make one, rows said twice."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from loaders.template.model import Sheet
from loaders.workbook.assemble import identifier_of
from loaders.workbook.known import Known, KnownNode
from loaders.workbook.report import Report
from loaders.workbook.rows import ReadRow
from loaders.workbook.trouble import Trouble

_DUST = 1e-6
"""Shares written with six decimals still make one."""

Said = tuple[tuple[str, str], ...]


def check_sheet(sheet: Sheet, rows: Sequence[ReadRow], known: Known, report: Report) -> None:
    """Record what is wrong with the rows of a sheet taken together."""
    _check_repeats(sheet, rows, report)
    if known.trusting:
        return
    _check_years(sheet, rows, sorted(known.years), report)
    if sheet.name == "Lieux":
        _check_shares(rows, report)


def _check_years(sheet: Sheet, rows: Sequence[ReadRow], years: Sequence[int], report: Report) -> None:
    fields = [column.field for column in sheet.columns if column.kind == "year"]
    if not years:
        return
    for row in rows:
        for field in fields:
            year = row.values.get(field)
            if year is not None and year not in years:
                trouble = Trouble(
                    "year_outside",
                    "Cette année est hors du contrat.",
                    f"une année de {years[0]} à {years[-1]}",
                )
                report.cell(row.spot, field, trouble, year)


def _check_repeats(sheet: Sheet, rows: Sequence[ReadRow], report: Report) -> None:
    """Record rows said twice; an answer and a support have a history and may repeat."""
    if sheet.record in ("ANSWERS", "SUPPORTS"):
        return
    seen: dict[Said, ReadRow] = {}
    for row in rows:
        if not row.sound:
            continue
        identity = _identity(sheet, row)
        before = seen.setdefault(identity, row)
        if before is row:
            continue
        same = before.values == row.values
        report.cell(
            row.spot,
            None,
            Trouble(
                "repeated_row" if same else "duplicate",
                f"Cette ligne répète la ligne {before.spot.row}"
                + (" : elle est comptée une fois." if same else ", avec d’autres valeurs."),
                fix=None if same else "Garder une seule des deux lignes.",
                severity="warning" if same else "error",
            ),
        )


def _identity(sheet: Sheet, row: ReadRow) -> Said:
    """Return what tells a row of a sheet from another: its identifier, or every cell that is no quantity."""
    identifier = identifier_of(sheet, row)
    if identifier is not None and sheet.record != "Organisation":
        return (("id", identifier),)
    if identifier is not None:
        return (("id", identifier.casefold()),)
    told = _TOLD.get(sheet.name)
    fields = told if told is not None else tuple(sheet.by_field)
    return tuple((field, _word(row.values.get(field))) for field in fields)


_TOLD: Mapping[str, tuple[str, ...]] = {
    "Participations": ("organisation", "action", "year", "role", "basis", "authority"),
    "Lieux": ("action", "year", "level", "code", "degree"),
    "Membres des PTCE": ("organisation", "ptce", "year"),
    "Membres des filières": ("organisation", "sector", "year"),
    "Membres des instances": ("organisation", "body", "role"),
    "Présences": ("meeting", "organisation"),
    "Emploi": ("year", "level", "code", "vintage", "id"),
    "Comparaison": ("level", "code"),
    "Cotations": ("action", "effect", "link", "rater"),
}
"""Fields that tell two rows apart in the sheets whose rows have no identifier."""


def _word(value: object) -> str:
    return value.key if isinstance(value, KnownNode) else str(value)


def _check_shares(rows: Sequence[ReadRow], report: Report) -> None:
    """Record the actions and years whose declared shares do not make one."""
    groups: defaultdict[tuple[str, str], list[ReadRow]] = defaultdict(list)
    for row in rows:
        if "action" in row.values and row.values.get("degree") == "targeted":
            groups[_word(row.values["action"]), _word(row.values.get("year"))].append(row)
    for group in groups.values():
        shares = [share for row in group if isinstance(share := row.values.get("share"), float)]
        total = sum(shares)
        if not shares or not all(row.sound for row in group):
            continue
        first = next(row for row in group if "share" in row.values)
        if len(shares) < len(group) or abs(total - 1) > _DUST * len(shares):
            said = f"{total:.4f}".rstrip("0").rstrip(".").replace(".", ",")
            report.cell(first.spot, "share", _share_trouble(first, said, len(shares), len(group)), total)


def _share_trouble(row: ReadRow, said: str, count: int, places: int) -> Trouble:
    action, year = row.node("action"), row.text("year") or "toutes années"
    name = action.id.replace("_", ".") if action else ""
    some = f" ({count} lieux sur {places} ont une part)" if count < places else ""
    return Trouble(
        "shares", f"Les parts des lieux ciblés de {name} ({year}) font {said}{some}.",
        "des parts qui font 1, sur tous les lieux ciblés de l’action",
        "Corriger les parts, ou les laisser toutes vides.",
    )  # fmt: skip
