"""The life of communes: which codes exist at a date, what became of each, of which year a list is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from geodata.movements import Movement, Movements, load_movements
from geodata.reference.files import read_manifest, read_table
from graphmodel.errors import UsageError

START = "2014-01-01"
"""First day that conversions reach: that of the contract's frozen perimeters."""

Shares = dict[str, float | None]
"""Share of a commune's inhabitants by the code they went to; None where unknown."""


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """Of which year a list of codes is.

    Attributes
    ----------
    years
        Years (1 January) whose communes hold the most codes of the list, in order; when the list is nearly
        complete, those that also miss the fewest.
    unknown
        Codes that the first of those years does not have.
    outside
        Codes of départements the history does not cover.
    """

    years: tuple[int, ...]
    unknown: tuple[str, ...]
    outside: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """The diagnosis in French."""
        if not self.years:
            return "Aucun code de la liste n’est celui d’une commune connue."
        span = str(self.years[0]) if len(self.years) == 1 else f"{self.years[0]} à {self.years[-1]}"
        text = f"Codes des communes au 1er janvier {span}"
        if len(self.years) > 1:
            text += " (la liste ne permet pas de choisir)"
        count = len(self.unknown)
        if count:
            text += f" ; {count} code{'s' if count > 1 else ''} inconnu{'s' if count > 1 else ''}"
        return text + "."


class CommuneHistory:
    """The communes of a territory through time.

    Parameters
    ----------
    movements
        Changes of communes, those of the départements concerned at least.
    codes
        Every commune at the date `on`.
    on
        ISO date at which `codes` are those that exist.
    people
        Inhabitants by code, of the communes of that date; None or absent where unknown.
    parts
        Inhabitants of former communes that are now parts of another, by (part, present commune).
    """

    def __init__(
        self,
        movements: Movements,
        codes: Iterable[str],
        on: str,
        people: Mapping[str, int | None] | None = None,
        parts: Mapping[tuple[str, str], int | None] | None = None,
    ) -> None:
        self.movements = movements
        self.on = on
        self._codes = frozenset(codes)
        self._people = dict(people or {})
        self._parts = dict(parts or {})
        changes = sorted((row for row in movements.rows if row.kind != "name"), key=_moment)
        self._moments = [(moment, tuple(rows)) for moment, rows in groupby(changes, key=_moment)]
        self._from: dict[str, list[Movement]] = {}
        for row in changes:
            self._from.setdefault(row.from_code, []).append(row)
        self._sets: dict[str, frozenset[str]] = {}
        self._inhabitants: dict[str, dict[str, int | None]] = {}
        self.departements = frozenset(code[:2] for code in self._codes)

    def communes_at(self, day: str) -> frozenset[str]:
        """Return the codes that exist at the end of a day (ISO date)."""
        if day not in self._sets:
            found = set(self._codes)
            for _, rows in reversed(self._between(day, self.on)):
                found = (found - self._ends(rows)) | self._starts(rows)
            for _, rows in self._between(self.on, day):
                found = (found - self._starts(rows)) | self._ends(rows)
            self._sets[day] = frozenset(found)
        return self._sets[day]

    def successors(self, code: str, start: str, end: str) -> tuple[str, ...]:
        """Return the codes at the end of day `end` of a commune that exists at the end of day `start`."""
        return tuple(sorted(self._forward(code, start, end)))

    def moved(self, start: str, end: str) -> dict[str, Shares]:
        """Return where the inhabitants of each commune of `start` are at `end`, unchanged communes included.

        Raises
        ------
        UsageError
            When `end` is before `start`.
        """
        if end < start:
            raise UsageError(f"La date d’arrivée ({end}) précède la date de départ ({start}).")
        known = self.people_at(end)
        found: dict[str, Shares] = {}
        for code in sorted(self.communes_at(start)):
            targets = self._forward(code, start, end)
            found[code] = self._weighed(targets, known)
        return found

    def name_at(self, code: str, day: str) -> str | None:
        """Return the name a commune had at the end of a day; None when it never changed."""
        before = [row for row in self.movements.rows if row.to_code == code and row.date <= day]
        after = [row for row in self.movements.rows if row.from_code == code and row.date > day]
        return after[0].from_name if after else before[-1].to_name if before else None

    def people_at(self, day: str) -> dict[str, int | None]:
        """Return the present inhabitants of the communes of a day; None where no source tells them apart.

        A commune that merged since is the sum of its delegated communes; the one left over of a merger is the
        rest of the present commune.
        """
        if day not in self._inhabitants:
            merged: dict[str, list[str]] = {}
            for code in self.communes_at(day):
                for target in self._forward(code, day, self.on) if day < self.on else (code,):
                    merged.setdefault(target, []).append(code)
            found: dict[str, int | None] = {}
            for target, codes in merged.items():
                found.update(self._apart(target, sorted(codes), day))
            self._inhabitants[day] = found
        return self._inhabitants[day]

    def change_of(self, code: str, start: str, end: str) -> Movement | None:
        """Return the first movement that a commune of `start` knew before `end`; None when it knew none."""
        rows = [row for row in self._from.get(code, ()) if start < row.date <= end]
        # A commune that gives its code on stands twice on the day; the row that leaves it says more.
        return min(rows, key=lambda row: (row.date, row.to_code == code), default=None)

    def diagnose(self, codes: Iterable[str], first: int = 2014) -> Diagnosis:
        """Tell of which year a list of codes is, between a first year and the last one known."""
        listed = {code.strip() for code in codes}
        inside = {code for code in listed if code[:2] in self.departements}
        scores: dict[int, tuple[int, int]] = {}
        for year in range(first, int(self.on[:4]) + 1):
            there = self.communes_at(f"{year}-01-01")
            missing = len(there - inside) if len(inside) > 0.9 * len(there) else 0
            scores[year] = (len(inside - there), missing)
        best = min(scores.values())
        years = tuple(year for year, score in scores.items() if score == best)
        unknown = sorted(inside - self.communes_at(f"{years[0]}-01-01"))
        if len(unknown) == len(inside):
            years = ()
        return Diagnosis(years, tuple(unknown), tuple(sorted(listed - inside)))

    def _between(self, start: str, end: str) -> list[tuple[str, tuple[Movement, ...]]]:
        """Return the moments with changes after the day `start` and up to the day `end`, in order."""
        return [(moment, rows) for moment, rows in self._moments if _end_of(start) < moment <= _end_of(end)]

    def _starts(self, rows: Iterable[Movement]) -> set[str]:
        """Return the communes of the territory that rows start from."""
        return {row.from_code for row in rows if row.from_code[:2] in self.departements}

    def _ends(self, rows: Iterable[Movement]) -> set[str]:
        """Return the communes of the territory that rows lead to."""
        return {row.to_code for row in rows if row.to_code[:2] in self.departements}

    def _forward(self, code: str, start: str, end: str) -> set[str]:
        return self._followed(code, _end_of(start), _end_of(end))

    def _followed(self, code: str, after: str, until: str) -> set[str]:
        """Return what a code became between two moments."""
        rows = [row for row in self._from.get(code, ()) if after < _moment(row) <= until]
        if not rows:
            return {code}
        first = _moment(rows[0])
        targets = {row.to_code for row in rows if _moment(row) == first}
        return set[str]().union(*(self._followed(target, first, until) for target in targets))

    def _weighed(self, targets: set[str], people: Mapping[str, int | None]) -> Shares:
        """Return the share of each commune that a commune split into, by inhabitants."""
        if len(targets) == 1:
            return dict.fromkeys(targets, 1.0)
        counts = {code: people.get(code) for code in sorted(targets)}
        total = sum(count or 0 for count in counts.values())
        if None in counts.values() or not total:
            return dict.fromkeys(counts, None)
        return {code: (count or 0) / total for code, count in counts.items()}

    def _apart(self, target: str, codes: list[str], day: str) -> dict[str, int | None]:
        """Return the inhabitants of the communes of a day that one present commune is made of."""
        whole = self._people.get(target)
        if len(codes) == 1:
            return {codes[0]: whole}
        sums: dict[str, int | None] = dict.fromkeys(codes)
        for (part, owner), people in self._parts.items():
            home = self.home_of(part, day, codes) if owner == target else None
            if home is not None and people is not None:
                sums[home] = (sums[home] or 0) + people
        left = [code for code in codes if sums[code] is None]
        known = sum(count or 0 for count in sums.values())
        if len(left) == 1 and whole is not None and whole >= known:
            sums[left[0]] = whole - known
        return sums

    def home_of(self, part: str, day: str, codes: Iterable[str]) -> str | None:
        """Return the commune of a day, among `codes`, that a former commune was or already belonged to."""
        codes = set(codes)
        if part in codes:
            return part
        earlier = [row for row in self.movements.rows
                   if row.from_code == part and row.to_code != part and row.date <= day]  # fmt: skip
        reached = self._forward(earlier[-1].to_code, earlier[-1].date, day) if earlier else set()
        inside = sorted(reached & codes)
        return inside[0] if inside else None


def _moment(row: Movement) -> str:
    """Return when a movement happens: its day, new codes before mergers.

    A commune that changes département to merge there has both on the same day, the first into a code that the
    second starts from.
    """
    return f"{row.date} {'0' if row.kind == 'code' else '1'}"


def _end_of(day: str) -> str:
    """Return a moment after every movement of a day."""
    return f"{day} 9"


def extended(reference: Movements, official: Movements) -> Movements:
    """Return an official file's movements, then those the reference knows after its last day.

    The official file has the day of every change; the reference knows some to the year only.
    """
    last = max((row.date for row in official.rows), default="")
    later = tuple(row for row in reference.rows if row.date > last)
    return Movements((*official.rows, *later))


@lru_cache(maxsize=1)
def load_history() -> CommuneHistory:
    """Return the history of the communes of the eight départements that the package carries."""
    return reference_history(load_movements())


def reference_history(movements: Movements) -> CommuneHistory:
    """Return the history of the reference's communes told by other movements, such as an official file's."""
    manifest = read_manifest()
    rows = read_table("communes")
    people = {row["code"]: int(row["population"]) if row["population"] else None for row in rows}
    parts = {(row["code"], row["parent"]): int(row["population"]) if row["population"] else None
             for row in read_table("parts") if row["kind"] != "arrondissement"}  # fmt: skip
    return CommuneHistory(movements, people, str(manifest["vintage_date"]), people, parts)
