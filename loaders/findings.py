"""Faults of one file on their way to its batch: placed, and bounded where a file repeats the same one."""

import hashlib
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from graphmodel import Batch, BatchBuilder, Fault, Source
from graphmodel.faults import MOST_ALIKE, Severity

CODE_EXPECTED = "un code INSEE de commune à cinq caractères"


@dataclass(slots=True)
class Findings:
    """Collects the faults of a file into its batch.

    Attributes
    ----------
    builder
        Batch being built.
    sheet
        Sheet or layer that is being read; None for a file of one table.
    """

    builder: BatchBuilder
    sheet: str | None = None
    _said: Counter[tuple[Severity, str]] = field(default_factory=Counter)

    @classmethod
    def of(cls, path: Path, kind: str) -> "Findings":
        """Return the findings of a file, with an empty batch of that kind; its name is its identity."""
        with path.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        return cls(BatchBuilder(Source(path.name, path.name, digest, kind)))

    def batch(self) -> Batch:
        """Return the batch.

        Raises
        ------
        InputFaultsError
            With every fault, when one blocks.
        """
        self.close()
        return self.builder.build()

    def error(self, code: str, message: str, row: int | None = None, column: str | None = None,
              value: object = None, expected: str | None = None, fix: str | None = None) -> None:  # fmt: skip
        """Record a fault that blocks the load; see `Fault` for the fields."""
        self._add("error", code, message, row, column, value, expected, fix)

    def warning(self, code: str, message: str, row: int | None = None, column: str | None = None,
                value: object = None, expected: str | None = None,
                fix: str | None = None) -> None:  # fmt: skip
        """Record a fault that does not block; see `Fault` for the fields."""
        self._add("warning", code, message, row, column, value, expected, fix)

    def note(self, code: str, message: str, row: int | None = None, value: object = None) -> None:
        """Record a fact that needs no mending; see `Fault` for the fields."""
        self._add("note", code, message, row, None, value, None, None)

    def close(self) -> None:
        """Say how many more faults of each kind there are beyond those said one by one."""
        for (severity, code), count in self._said.items():
            if count > MOST_ALIKE:
                text = f"et {count - MOST_ALIKE} autres lignes de même sorte que les précédentes."
                self.builder.fault(Fault(severity, code, text))
        self._said.clear()

    @property
    def failed(self) -> bool:
        """True when the file has a fault that blocks."""
        return any(fault.severity == "error" for fault in self.builder.faults)

    def _add(self, severity: Severity, code: str, message: str, row: int | None,
             column: str | None, value: object, expected: str | None, fix: str | None) -> None:  # fmt: skip
        self._said[severity, code] += 1
        if self._said[severity, code] <= MOST_ALIKE:
            read = None if value is None else str(value)[:200]
            self.builder.fault(
                Fault(severity, code, message, None, self.sheet, row, column, read, expected, fix)
            )
