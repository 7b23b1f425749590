"""Aligned columns and shortened texts, for what a person reads on a terminal."""

from collections.abc import Sequence
from datetime import datetime

from dashboards import words
from graphmodel.batch import Place
from graphmodel.provenance import Document

WIDEST = 60
"""Characters of a cell; the JSON gives all of it."""


def shortened(text: str, widest: int = WIDEST) -> str:
    """Return a text of one line, its middle left out when it is too long: both ends of a key tell it.

    >>> shortened("CES-ESS-RA-2014-2016/organisation/CRESS", 20)
    'CES-ESS-RA…ion/CRESS'
    """
    line = "".join(letter if letter.isprintable() or letter == words.NNBSP else " " for letter in text)
    if len(line) <= widest:
        return line
    head = widest // 2
    return f"{line[:head]}…{line[len(line) - (widest - head - 1) :]}"


def aligned(rows: Sequence[Sequence[str]], indent: str = "", last: int = WIDEST) -> list[str]:
    """Return rows of cells as lines whose columns are aligned; `last` bounds the last column."""
    shown = [[*map(shortened, row[:-1]), shortened(row[-1], last)] for row in rows]
    widths = [max(map(len, cells)) for cells in zip(*shown, strict=True)] if shown else []
    return [
        indent + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in shown
    ]


def moment(at: str) -> str:
    """Return an ISO date and time as « 24/11/2026 à 22 h 05 » of this machine's zone.

    A day alone gives « 24/11/2026 », an empty text « date inconnue ».
    """
    if not at:
        return "date inconnue"
    said = datetime.fromisoformat(at)
    if len(at) <= len("2026-11-24"):
        return f"{said:%d/%m/%Y}"
    local = said.astimezone()
    return f"{local:%d/%m/%Y} à {local:%H} h {local:%M}"


def place_of(place: Place, column: str | None = None) -> str:
    """Return where in a document: « feuille « Actions », ligne 7 », « lignes 3 à 5 »; empty for nowhere."""
    parts = [f"feuille « {place.sheet} »"] if place.sheet else []
    if place.row is not None:
        parts.append(f"ligne {place.row}")
    if place.column or column:
        parts.append(f"colonne « {place.column or column} »")
    if place.lines:
        first, last = place.lines
        parts.append(f"ligne {first}" if first == last else f"lignes {first} à {last}")
    return ", ".join(parts)


def described(document: Document, place: str = "") -> str:
    """Return a document in a few words: its name, the place in it, who says it, who loaded it and when."""
    name = document.name + (" (fictif)" if document.fictional else "") + (f", {place}" if place else "")
    if document.said_by or document.known_on:
        said = f"dit par {document.said_by}" if document.said_by else "dit"
        name += f", {said}" + (f" le {moment(document.known_on)}" if document.known_on else "")
    if not document.at:
        return name
    return f"{name}, chargé le {moment(document.at)} par {document.author or 'un auteur non déclaré'}"
