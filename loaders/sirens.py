"""SIREN numbers of communes and groupings: read from any cell, and traced to a commune's code."""

import re
from dataclasses import dataclass, field

from geodata.movements import load_movements
from geodata.names import normalize
from graphmodel import Store
from loaders.commune_codes import Where, departements, present_names
from loaders.findings import Findings
from loaders.tables import cell_text

NONE = ("ZZZZZZZZZ", "NR", "")
"""How official tables write that there is no grouping."""

_DIGITS = re.compile(r"\d{6,9}")
_COMMUNE = re.compile(r"21(\d{2}|2[AB])0(\d{3})\d")
"""SIREN of a commune that has never merged: 21, département, number in it, a key."""
_EXPECTED = "un numéro SIREN à neuf chiffres"


@dataclass(slots=True)
class Sirens:
    """Reads the SIREN numbers of one file.

    Attributes
    ----------
    findings
        Where faults go.
    communes
        Code of each commune whose SIREN a table gave, by SIREN.
    names
        Name of each of those communes, by code.
    """

    findings: Findings
    communes: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    _padded: list[tuple[str, Where]] = field(default_factory=list)

    def read(self, raw: object, where: Where) -> str | None:
        """Return a cell as nine digits; None for none of it, or with a recorded fault."""
        text = (cell_text(raw) or "").replace(" ", "").replace("\u00a0", "").upper().removesuffix(".0")
        if text in NONE:
            return None
        if not _DIGITS.fullmatch(text):
            message = "Cette valeur n’est pas un numéro SIREN."
            self.findings.error("invalid_siren", message, where.row, where.column, text, _EXPECTED)
            return None
        if len(text) < 9:
            self._padded.append((text, where))
        return text.zfill(9)

    def commune(self, siren: str, name: str | None) -> str | None:
        """Return the code of the commune of a SIREN: as a table gave it, else as its number says.

        The number alone is trusted only where the name agrees with one the commune bears or bore.
        """
        if siren in self.communes:
            return self.communes[siren]
        found = _COMMUNE.fullmatch(siren)
        code = f"{found[1]}{found[2]}" if found else None
        if code is None or found is None:
            return None
        if found[1] not in departements():
            return code
        return code if name is not None and normalize(name) in _names(code) else None

    def close(self) -> None:
        """Say how many numbers had lost their zeros."""
        if self._padded:
            text, where = self._padded[0]
            message = f"{len(self._padded)} SIREN lus comme des nombres, complétés à neuf chiffres."
            self.findings.warning("mended_siren", message, where.row, where.column, text, _EXPECTED)
        self._padded = []


def _names(code: str) -> set[str]:
    """Return the names a commune bears or bore, as they are compared."""
    borne = {move.from_name for move in load_movements().rows if move.from_code == code}
    return {normalize(name) for name in (*borne, present_names().get(code, ""))}


def codes_by_siren(store: Store) -> dict[str, str]:
    """Return the codes of communes by SIREN, as a store knows them from the tables loaded into it."""
    columns = store.columns("Territory", None)
    if "siren" not in columns:
        return {}
    pairs = zip(columns["key"], columns["siren"], strict=True)
    return {str(siren): str(key)[8:13] for key, siren in pairs if siren and str(key).startswith("commune/")}
