"""What is wrong with a cell, before it is known where the cell stands."""

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from graphmodel.faults import Severity

_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Trouble:
    """A fault without its place: see `graphmodel.Fault` for the fields."""

    code: str
    message: str
    expected: str | None = None
    fix: str | None = None
    severity: Severity = "error"


class CellError(Exception):
    """A cell cannot be read; carries its trouble."""

    def __init__(self, trouble: Trouble) -> None:
        self.trouble = trouble
        super().__init__(trouble.message)


def refuse(code: str, message: str, expected: str | None = None, fix: str | None = None) -> CellError:
    """Return the error of a cell that cannot be read."""
    return CellError(Trouble(code, message, expected, fix))


def suggestion(word: str, candidates: Iterable[str], key: Sequence[str] | None = None) -> str | None:
    """Return « Vouliez-vous dire « x » ? » when a candidate is near, else None.

    Parameters
    ----------
    word
        What was read.
    candidates
        What could be meant, as shown.
    key
        The candidates as they are compared, in the same order; None compares them as they are.
    """
    shown = list(candidates)
    compared = list(key) if key is not None else shown
    near = difflib.get_close_matches(word, compared, 1, 0.6)
    return f"Vouliez-vous dire « {shown[compared.index(near[0])]} » ?" if near else None


def one_of(words: Iterable[str]) -> str:
    """Return « une valeur parmi : a, b, c… », cut when the list is long."""
    listed = list(words)
    more = "…" if len(listed) > _SHOWN else ""
    return f"une valeur parmi : {', '.join(listed[:_SHOWN])}{more}"


def figures(number: float, decimals: int = 0) -> str:
    """Return a number as French writes it: « 1 234,50 » with narrow spaces."""
    return f"{number:,.{decimals}f}".replace(",", "\u202f").replace(".", ",")
