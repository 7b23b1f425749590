"""Cells of a workbook whose formula has no value: in error, or never calculated.

The reader of cells gives nothing for both; nothing means « unknown » here, so they are looked for in the
sheets' XML.
"""

import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

from loaders.workbook.cells import BrokenCell
from loaders.workbook.extent import column_number, pieces

_BOOK = "xl/workbook.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_ELEMENT = re.compile(rb"<((?:\w+:)?)c\s([^>]*?)(?<!/)>(.*?)</\1c>", re.DOTALL)
_REFERENCE = re.compile(rb'\br="([A-Z]{1,3})([1-9][0-9]{0,6})"')
_VALUE = re.compile(rb"<(?:\w+:)?v(?:\s[^>]*)?>([^<]+)</")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")

Spots = dict[tuple[int, int], BrokenCell]
"""Broken cells by row and column, from 0."""


@dataclass(slots=True)
class Formulas:
    """What the formulas of a workbook are worth.

    Attributes
    ----------
    broken
        Cells without a value, by name of sheet.
    unsure
        Number of formulas of each sheet whose values no spreadsheet program has worked out: the file was
        written by a program that asks for it at the next opening.
    """

    broken: dict[str, Spots] = field(default_factory=dict)
    unsure: dict[str, int] = field(default_factory=dict)


def formulas_of(path: Path) -> Formulas:
    """Return what the formulas of an XLSX workbook, looked at before, are worth."""
    found = Formulas()
    with zipfile.ZipFile(path) as archive:
        asks = b'fullCalcOnLoad="1"' in archive.read(_BOOK)
        for name, part in _sheets(archive).items():
            spots: Spots = {}
            count = 0
            for spot, cell in _cells(archive, part):
                count += cell is None
                if cell is not None:
                    spots[spot] = cell
            if spots:
                found.broken[name] = spots
            if asks and count:
                found.unsure[name] = count
    return found


def _sheets(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """Return the part that holds each sheet, by its name; none when the parts are unreadable."""
    try:
        book = ElementTree.fromstring(archive.read(_BOOK))
        relations = ElementTree.fromstring(archive.read(_RELATIONS))
        targets = {item.get("Id"): item.get("Target", "") for item in relations}
        found = {}
        for sheet in book.iter():
            target = targets.get(sheet.get(_ID)) if sheet.tag.endswith("}sheet") else None
            if target:
                path = target.lstrip("/") if target.startswith("/") else posixpath.join("xl", target)
                found[sheet.get("name", "")] = archive.getinfo(posixpath.normpath(path))
    except (ElementTree.ParseError, KeyError):
        return {}
    return found


def _cells(
    archive: zipfile.ZipFile, part: zipfile.ZipInfo
) -> Iterator[tuple[tuple[int, int], BrokenCell | None]]:
    """Yield the place of each formula or error of a sheet, and its broken cell; None when it has a value."""
    rest = b""
    for piece in pieces(archive, part):
        text = rest + piece
        cut = text.rfind(b"row>") + 4
        if cut < 4:
            rest = text
            continue
        yield from _marked(text[:cut])
        rest = text[cut:]
    yield from _marked(rest)


def _marked(text: bytes) -> Iterator[tuple[tuple[int, int], BrokenCell | None]]:
    if b't="e"' not in text and not _FORMULA.search(text):
        return
    for found in _ELEMENT.finditer(text):
        head, content = found[2], found[3]
        place = _REFERENCE.search(head)
        if place is None:
            continue
        spot = int(place[2]) - 1, column_number(place[1]) - 1
        value = _VALUE.search(content)
        if b't="e"' in head:
            yield spot, BrokenCell(value[1].decode("utf-8", "replace") if value else "#ERREUR")
        elif _FORMULA.search(content):
            empty = value is None and b't="str"' not in head
            yield spot, BrokenCell("") if empty else None
