"""A fault in an input: where it stands, what was read, what was expected, how to mend it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from graphmodel.errors import InputFaultsError

Severity = Literal["error", "warning", "note"]

MOST_ALIKE = 100
"""Faults of one kind said one by one; what is beyond is counted."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of an input, in French for the user.

    Attributes
    ----------
    severity
        `error` blocks the load, `warning` asks to be looked at, `note` tells a fact that needs no mending
        (rows of other régions left out): no severity of reading makes it an error.
    code
        Short stable English word for programs (`unknown_property`, `wrong_type`, …).
    message
        French sentence: what is wrong.
    file, sheet, row, column
        Place in the input; `row` counts from 1 as a spreadsheet shows it; None where it has no meaning.
    value
        What was read, as text.
    expected, fix
        What was expected, and how to mend it, in French; None when the message says it all.
    """

    severity: Severity
    code: str
    message: str
    file: str | None = None
    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    value: str | None = None
    expected: str | None = None
    fix: str | None = None

    def place(self) -> str:
        """Return the place in French: « fichier, feuille « x », ligne 3, colonne « y » »."""
        parts = [self.file] if self.file else []
        if self.sheet:
            parts.append(f"feuille « {self.sheet} »")
        if self.row is not None:
            parts.append(f"ligne {self.row}")
        if self.column:
            parts.append(f"colonne « {self.column} »")
        return ", ".join(parts)

    def sentence(self) -> str:
        """Return the whole fault as French text: place, message, value read, expected, remedy."""
        place = self.place()
        text = f"{place} : {self.message}" if place else self.message
        if self.value is not None:
            text += f" Lu : « {self.value} »." if self.value.strip() else " Lu : rien."
        if self.expected:
            text += f" Attendu : {self.expected.rstrip('.')}."
        if self.fix:
            text += f" {self.fix}"
        return text

    def at_file(self, file: str) -> "Fault":
        """Return the same fault with the name of its file."""
        return replace(self, file=file)


def raise_on_errors(faults: Iterable[Fault], *, strict: bool = False) -> tuple[Fault, ...]:
    """Return the faults when none blocks.

    Parameters
    ----------
    faults
        Faults of one input.
    strict
        True promotes warnings to errors; notes stay notes.

    Raises
    ------
    InputFaultsError
        When at least one fault is an error; it carries them all.
    """
    every = tuple(replace(f, severity="error") if strict and f.severity == "warning" else f for f in faults)
    if any(fault.severity == "error" for fault in every):
        raise InputFaultsError(every)
    return every


def without_repeats(faults: Iterable[Fault]) -> list[Fault]:
    """Return faults with at most `MOST_ALIKE` of each kind, and a last one that counts the others."""
    said: Counter[tuple[Severity, str, str | None]] = Counter()
    kept: list[Fault] = []
    for fault in faults:
        said[fault.severity, fault.code, fault.file] += 1
        if said[fault.severity, fault.code, fault.file] <= MOST_ALIKE:
            kept.append(fault)
    for (severity, code, file), count in said.items():
        if count > MOST_ALIKE:
            text = f"et {count - MOST_ALIKE} autres lignes de même sorte que les précédentes."
            kept.append(Fault(severity, code, text, file=file))
    return kept
