"""Commune codes of official files, read into the communes of the territory reference.

A code read as a number gets its zero back; a commune that has gone becomes the one it went to, when there is
one only; a commune elsewhere in France is counted and left out.
"""

import re
from dataclasses import dataclass, field
from functools import lru_cache

from geodata.movements import load_movements
from geodata.reference.files import read_table
from geodata.territories import load_reference
from graphmodel.batch import Ref
from graphmodel.keys import NOT_DECLARED, territory_key
from loaders.findings import CODE_EXPECTED, Findings
from loaders.tables import cell_text

_CODE = re.compile(r"\d{5}|2[AB]\d{3}")
_SHORT = re.compile(r"\d{4}")
_YEAR = re.compile(r"\d{4}")


@dataclass(frozen=True, slots=True)
class Where:
    """Where a code was read: row, column, and the name beside it when there is one."""

    row: int | None = None
    column: str | None = None
    name: str | None = None


@dataclass(slots=True)
class CommuneCodes:
    """Reads the commune codes of one file.

    Attributes
    ----------
    findings
        Where faults go.
    vintage
        Year of the codes; « non déclaré » when nobody knows.
    """

    findings: Findings
    vintage: str = NOT_DECLARED
    _mended: list[tuple[str, Where]] = field(default_factory=list)
    _outside: int = 0

    def read(self, raw: object, where: Where) -> str | None:
        """Return the present commune that a cell names; None for one elsewhere, or with a recorded fault."""
        code = self.code(raw, where)
        if code is None:
            return None
        if not in_reach(code):
            self._outside += 1
            return None
        return self._present(code, where)

    def code(self, raw: object, where: Where) -> str | None:
        """Return a cell as a code of five characters; None, with a fault, when it is none."""
        text = (cell_text(raw) or "").upper().removesuffix(".0")
        if _CODE.fullmatch(text):
            return text
        if _SHORT.fullmatch(text):
            self._mended.append((text, where))
            return f"0{text}"
        message = "Cette valeur n’est pas un code de commune."
        self.findings.error("invalid_code", message, where.row, where.column, text, CODE_EXPECTED)
        return None

    def close(self) -> None:
        """Say how many codes were mended, and how many communes are elsewhere."""
        if self._mended:
            text, where = self._mended[0]
            count = len(self._mended)
            codes = (
                "1 code lu comme un nombre, complété"
                if count == 1
                else (f"{count} codes lus comme des nombres, complétés")
            )
            message = f"{codes} à cinq caractères (« {text} » : « 0{text} »)."
            self.findings.warning("mended_code", message, where.row, where.column, text, CODE_EXPECTED)
        if self._outside:
            left = "laissée" if self._outside == 1 else "laissées"
            message = f"{_communes(self._outside)} hors des départements de la référence : {left} de côté."
            self.findings.note("outside_reference", message)
        self._mended, self._outside = [], 0

    def _present(self, code: str, where: Where) -> str | None:
        """Return what a commune has become; None, with the reason, when it is not one commune."""
        found = successors_of(code, self.vintage)
        if found == (code,) or code in _arrondissements():
            return found[0]
        name = f"{where.name} ({code})" if where.name else code
        if not found:
            message = f"La commune {name} est inconnue de la référence et de l’historique des communes."
            fix = "Corrigez le code, ou déclarez le millésime du fichier avec --vintage."
            self.findings.error("unknown_commune", message, where.row, where.column, code, CODE_EXPECTED, fix)
            return None
        listed = ", ".join(label_of(each) for each in found)
        if len(found) > 1:
            message = f"La commune {name} n’existe plus et a plusieurs successeurs ({listed})."
            fix = "Donnez la valeur de chaque commune actuelle."
            self.findings.error("several_successors", message, where.row, where.column, code, fix=fix)
            return None
        message = f"La commune {name} n’existe plus : convertie en {listed}."
        self.findings.warning("converted_commune", message, where.row, where.column, code)
        return found[0]


def commune_ref(code: str) -> Ref:
    """Return the reference of a present commune in the graph."""
    return "Territory", territory_key("commune", code, load_reference().vintage)


@lru_cache(maxsize=1)
def present_names() -> dict[str, str]:
    """Return the names of the present communes of the reference, by code; not to be changed."""
    return {row["code"]: row["name"] for row in read_table("communes")}


@lru_cache(maxsize=1)
def departements() -> frozenset[str]:
    """Return the codes of the départements of the reference."""
    return frozenset(row["code"] for row in read_table("departements"))


def in_reach(code: str) -> bool:
    """Tell whether a code is, or was, one of a commune of the reference's départements."""
    return code[:2] in departements() or any(
        successor in present_names() for successor in successors_of(code, NOT_DECLARED)
    )


def successors_of(code: str, vintage: str) -> tuple[str, ...]:
    """Return the present communes a code of a vintage stands for; empty when it is unknown.

    Parameters
    ----------
    code
        Five characters; an arrondissement stands for its commune.
    vintage
        Year whose 1 January the code is of, or « non déclaré »: a present code then stands for itself.
    """
    names, moves = present_names(), load_movements()
    if code in _arrondissements():
        return (_arrondissements()[code],)
    if _YEAR.fullmatch(vintage) and vintage < load_reference().vintage:
        found = moves.successors(code, f"{vintage}-01-01")
        if found != (code,) or code in names:
            return tuple(each for each in found if each in names)
    if code in names:
        return (code,)
    last = moves.last(code)
    found = moves.successors(last.to_code, last.date) if last is not None else ()
    return tuple(each for each in found if each in names)


@lru_cache(maxsize=16)
def predecessors_of(vintage: str) -> dict[str, frozenset[str]]:
    """Return the communes of a vintage that each present commune is made of; not to be changed.

    A year nobody knows, or that of the reference, gives each commune itself.
    """
    if not _YEAR.fullmatch(vintage) or vintage >= load_reference().vintage:
        return {code: frozenset({code}) for code in present_names()}
    later = [move for move in load_movements().rows if move.date > f"{vintage}-01-01" and move.kind != "name"]
    ended: dict[str, str] = {}
    for move in later:
        ended.setdefault(move.from_code, move.date)
    # A code that only appears later, with nothing before it, was no commune of that year.
    begun = {move.to_code for move in later if ended.get(move.to_code, "9") > move.date}
    found: dict[str, set[str]] = {}
    for code in (present_names().keys() | ended.keys()) - begun:
        for successor in successors_of(code, vintage):
            found.setdefault(successor, set()).add(code)
    return {code: frozenset(before) for code, before in found.items()}


def label_of(code: str) -> str:
    """Return « Nivigne et Suran (01095) »."""
    return f"{present_names().get(code, 'commune')} ({code})"


@lru_cache(maxsize=1)
def _arrondissements() -> dict[str, str]:
    return {row["code"]: row["parent"] for row in read_table("parts") if row["kind"] == "arrondissement"}


def _communes(count: int) -> str:
    return "1 commune" if count == 1 else f"{count:,} communes".replace(",", "\u202f")
