"""What the template has no way to say, counted by sheet."""

from collections import Counter
from dataclasses import dataclass, field


@dataclass(slots=True)
class LeftOut:
    """Rows and cells of a store that were left out of a workbook.

    Attributes
    ----------
    rows, cells
        Numbers by name of sheet.
    """

    rows: Counter[str] = field(default_factory=Counter)
    cells: Counter[str] = field(default_factory=Counter)

    def row(self, sheet: str) -> None:
        """Count a row."""
        self.rows[sheet] += 1

    def cell(self, sheet: str, count: int = 1) -> None:
        """Count cells."""
        self.cells[sheet] += count

    def sentences(self) -> list[str]:
        """Return one French sentence for each sheet that lacks something."""
        found = []
        for word, counts in (("ligne", self.rows), ("valeur", self.cells)):
            for sheet, count in sorted(counts.items()):
                if count:
                    plural = "s" if count > 1 else ""
                    left = f"{count} {word}{plural} que le modèle ne sait pas dire"
                    found.append(f"Feuille « {sheet} » : {left}, laissée{plural} de côté.")
        return found
