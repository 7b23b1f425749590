"""What communes have become since 1943: the movements the reference carries."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache

from geodata.reference.files import read_table

SINCE_ALWAYS = "1943-01-01"
"""Where the history starts: the first day any movement can follow."""


@dataclass(frozen=True, slots=True)
class Movement:
    """One commune becomes another.

    Attributes
    ----------
    date
        ISO date from which it holds.
    dated
        `day`, or `year` when only the year is known: the date is then 1 January.
    kind
        `merger`, `split`, `name` (new name) or `code` (new code).
    from_code, from_name, to_code, to_name
        Communes before and after; one row for each pair, the commune that keeps its code included.
    """

    date: str
    dated: str
    kind: str
    from_code: str
    from_name: str
    to_code: str
    to_name: str


@dataclass(frozen=True)
class Movements:
    """Every movement known, by date."""

    rows: tuple[Movement, ...]

    @cached_property
    def _by_source(self) -> dict[str, list[Movement]]:
        """Movements that change a code, by the code they start from, by date."""
        index: dict[str, list[Movement]] = {}
        for row in self.rows:
            if row.kind != "name":
                index.setdefault(row.from_code, []).append(row)
        return index

    def successors(self, code: str, after: str = SINCE_ALWAYS) -> tuple[str, ...]:
        """Return the codes a commune has today.

        Parameters
        ----------
        code
            Code it had at the end of the day `after`.
        after
            ISO date; movements of that day are already in the code. Codes were used again: the date matters.
        """
        later = [row for row in self._by_source.get(code, []) if row.date > after]
        if not later:
            return (code,)
        first = later[0].date
        found: set[str] = set()
        for row in later:
            if row.date == first:
                found.update(self.successors(row.to_code, first))
        return tuple(sorted(found))

    def last(self, code: str) -> Movement | None:
        """Return the last movement by which a code became another one; None when it never did."""
        moved = [row for row in self._by_source.get(code, []) if row.to_code != code]
        return moved[-1] if moved else None


@lru_cache(maxsize=1)
def load_movements() -> Movements:
    """Return the movements of the eight départements from 1943 to 1 January 2025."""
    return Movements(_rows(read_table("movements")))


def _rows(table: Iterable[dict[str, str]]) -> tuple[Movement, ...]:
    """Return movements from a table, by date."""
    return tuple(sorted((Movement(**row) for row in table), key=lambda row: (row.date, row.from_code)))
