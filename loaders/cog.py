"""INSEE's official geographic code: the movements of communes (`mvt_commune`) and their yearly list.

A commune between two changes bears the vintage of the last 1 January it saw, so that successions follow one
another from file to file; one that saw none bears the day it began.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from geodata.movements import Movement, load_movements
from geodata.territories import load_reference
from graphmodel import Batch, InputFaultsError
from graphmodel.batch import Place, Ref
from loaders.commune_codes import departements, present_names
from loaders.commune_list import add_communes, is_commune_list
from loaders.findings import Findings
from loaders.tables import Table, TableRow, read_sheets

KINDS = {
    "10": "name", "20": "split", "21": "split", "30": "split", "31": "merger", "32": "merger", "33": "merger",
    "34": "merger", "35": "merger", "41": "code", "50": "code",
}  # fmt: skip
"""INSEE's code of an event (MOD) to our kinds."""

SINCE = "2014-01-01"
"""Day from which codes are converted: what changed up to it is in the codes of that year already."""

_FRENCH_DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_WANTED = frozenset(
    {"mod", "date_eff", "typecom_av", "com_av", "libelle_av", "typecom_ap", "com_ap", "libelle_ap"}
)


def is_movement_table(columns: Mapping[str, int]) -> bool:
    """Tell whether a header is that of `mvt_commune`, in any case."""
    return columns.keys() >= _WANTED


def is_cog_table(columns: Mapping[str, int]) -> bool:
    """Tell whether a header is that of one of the tables read here."""
    return is_movement_table(columns) or is_commune_list(columns)


def read_cog(path: Path, vintage: int | None = None) -> Batch:
    """Return the successions of communes, or the communes of a year, as a batch.

    Parameters
    ----------
    path
        `mvt_commune…` or `v_commune…` of any edition: CSV, or the ZIP that holds several tables.
    vintage
        Year of the list of communes, which never says it; movements bear their dates.

    Raises
    ------
    InputFaultsError
        Every fault of the file.
    """
    findings = Findings.of(path, "cog")
    sheets = read_sheets(path)
    moves = [table for sheet in sheets if (table := sheet.table(is_movement_table))]
    lists = [table for sheet in sheets if (table := sheet.table(is_commune_list))]
    if not moves and not lists:
        message = "Ce fichier n’est ni une liste ni un historique des communes de l’INSEE."
        findings.error(
            "missing_column", message, expected="TYPECOM, COM, LIBELLE ou MOD, DATE_EFF, COM_AV, COM_AP"
        )
    for table in moves:
        _add_movements(findings, table)
    for table in lists:
        add_communes(findings, table, vintage)
    return findings.batch()


def read_movements(path: Path) -> tuple[Movement, ...]:
    """Return the movements of communes of a file, by date, one for each pair of communes.

    Raises
    ------
    InputFaultsError
        Every fault of the file.
    """
    findings = Findings.of(path, "cog")
    tables = [table for sheet in read_sheets(path) if (table := sheet.table(is_movement_table))]
    found = [move.movement for table in tables for move in _moves(findings, table)]
    if findings.failed:
        raise InputFaultsError(findings.builder.faults)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Move:
    """A movement and the row that says it."""

    movement: Movement
    row: int


def _moves(findings: Findings, table: Table) -> list[_Move]:
    """Return the changes of communes of a table, by date: rows from COM to COM, each pair once.

    A merger also stands as COM to COMD or COMA: those rows, and the changes of COMD and COMA, change no
    commune. What stays in the same commune, under the same name, with nobody else, is no change either.
    """
    found: dict[tuple[str, str, str], _Move] = {}
    for row in table.rows():
        if (row.text("typecom_av"), row.text("typecom_ap")) != ("COM", "COM"):
            continue
        day = _day(findings, table, row)
        before, after = row.text("com_av"), row.text("com_ap")
        if day is None or before is None or after is None:
            continue
        kind = KINDS.get(row.text("mod") or "", "merger")
        move = Movement(day.isoformat(), "day", kind, before.zfill(5), _name(row, "libelle_av"),
                        after.zfill(5), _name(row, "libelle_ap"))  # fmt: skip
        found.setdefault((move.date, move.from_code, move.to_code), _Move(move, row.number))
    return sorted(_real(found.values()), key=lambda one: (one.movement.date, one.movement.from_code))


def _real(moves: Iterable[_Move]) -> Iterator[_Move]:
    """Yield the moves that change something."""
    listed = list(moves)
    befores, afters = defaultdict(set), defaultdict(set)
    for one in listed:
        befores[one.movement.date, one.movement.to_code].add(one.movement.from_code)
        afters[one.movement.date, one.movement.from_code].add(one.movement.to_code)
    for one in listed:
        move = one.movement
        alone = len(befores[move.date, move.to_code]) == 1 == len(afters[move.date, move.from_code])
        if not (alone and move.from_code == move.to_code and move.from_name == move.to_name):
            yield one


def _day(findings: Findings, table: Table, row: TableRow) -> date | None:
    """Return the day of effect; None, with a fault, when it is none."""
    raw = row.raw("date_eff")
    text = raw.isoformat()[:10] if isinstance(raw, date) else str(raw or "").strip()
    french = _FRENCH_DATE.fullmatch(text)
    try:
        if french:
            return date(int(french[3]), int(french[2]), int(french[1]))
        return date.fromisoformat(text)
    except ValueError:
        message = "Cette valeur n’est pas une date."
        findings.error("wrong_type", message, row.number, table.written("date_eff"), text, "AAAA-MM-JJ")
        return None


def _name(row: TableRow, column: str) -> str:
    return (row.text(column) or "").replace("'", "’")


def _add_movements(findings: Findings, table: Table) -> None:
    """Add the successions that touch the départements of the reference."""
    every = _moves(findings, table)
    ours = [one for one in every if {one.movement.from_code[:2], one.movement.to_code[:2]} & departements()]
    if len(ours) < len(every):
        count = f"{len(every) - len(ours):,}".replace(",", "\u202f")
        message = f"{count} mouvements de communes d’autres départements : laissés de côté."
        findings.note("outside_reference", message)
    older = sum(one.movement.date <= SINCE for one in ours)
    if older:
        message = f"{older} mouvements d’avant 2014, déjà dans les codes de 2014 : laissés de côté."
        findings.note("older_movements", message)
    ours = [one for one in ours if one.movement.date > SINCE]
    if not ours:
        message = "Aucun mouvement ne touche les départements de la référence depuis 2014."
        findings.warning("outside_reference", message)
        return
    states = _States([one.movement for one in ours])
    gone = {one.movement.from_code for one in ours}
    parts: defaultdict[tuple[str, str], int] = defaultdict(int)
    for one in ours:
        parts[one.movement.date, one.movement.from_code] += 1
    for one in ours:
        _add_succession(findings, states, one, parts[one.movement.date, one.movement.from_code])
    _check_ends(findings, ours, gone)


def _add_succession(findings: Findings, states: "_States", one: _Move, parts: int) -> None:
    """Add a succession; the share of people is 1 towards an only successor, unknown towards several."""
    move, place = one.movement, Place(row=one.row)
    values = {"date": date.fromisoformat(move.date), "kind": move.kind}
    if parts == 1:
        values["population_share"] = 1.0
    before = _territory(findings, move.from_code, states.before(move.from_code, move.date), move.from_name)
    after = _territory(findings, move.to_code, states.after(move.to_code, move.date), move.to_name)
    findings.builder.relationship("SUCCEEDED_BY", before, after, values, place=place)


def _territory(findings: Findings, code: str, vintage: str, name: str) -> Ref:
    """Add a commune of a vintage; at that of the reference, under the name the reference gives."""
    if vintage == load_reference().vintage:
        name = present_names().get(code, name)
    return findings.builder.territory("commune", code, vintage, name=name)


def _check_ends(findings: Findings, ours: list[_Move], gone: set[str]) -> None:
    """Say which communes the movements lead to that neither the reference nor the movements know."""
    known = present_names()
    last = ours[-1].movement.date
    for one in ours:
        code = one.movement.to_code
        lost = code[:2] in departements() and code not in known and code not in gone
        if lost and successor_after(code, last) is None:
            message = f"{one.movement.to_name} ({code}) n’est ni dans la référence ni dans son histoire."
            findings.warning("unknown_commune", message, one.row, value=code)


def successor_after(code: str, day: str) -> str | None:
    """Return the first day after another on which the reference's own history changes a commune."""
    later = [move.date for move in load_movements().rows if move.from_code == code and move.date > day]
    return min(later, default=None)


class _States:
    """The vintages of communes between two of their changes."""

    def __init__(self, moves: list[Movement]) -> None:
        self._changes: defaultdict[str, set[str]] = defaultdict(set)
        for move in moves:
            self._changes[move.from_code].add(move.date)
            self._changes[move.to_code].add(move.date)
        self._last = max(move.date for move in moves)

    def before(self, code: str, day: str) -> str:
        """Return the vintage of a commune that a change ends."""
        earlier = [change for change in self._changes[code] if change < day]
        return _vintage(max(earlier, default=None), day)

    def after(self, code: str, day: str) -> str:
        """Return the vintage of a commune that a change begins."""
        later = [change for change in self._changes[code] if change > day]
        end = min(later, default=None) or successor_after(code, max(self._last, day))
        return load_reference().vintage if end is None else _vintage(day, end)


def _vintage(begin: str | None, end: str) -> str:
    """Return the year of the last 1 January from `begin` to the eve of `end`, else the day it began."""
    year = int(end[:4]) if end[5:] > "01-01" else int(end[:4]) - 1
    return begin if begin is not None and begin > f"{year}-01-01" else str(year)
