"""The text of a convention as clean lines that keep their numbers: any slice of it is a quote.

Cleaning only takes blanks and line-end hyphens away and drops the lines of page layout, so that a quote
equals the source when those are set aside.
"""

import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from statistics import mean, pstdev

from graphmodel import InputFaultsError
from loaders.archives import is_zip, member_names
from loaders.convention_text.repair import Vocabulary
from loaders.tables import decoded, refused

DOCX_PART = "word/document.xml"
MAX_BYTES = 50_000_000
"""Largest file read: a convention is a few hundred kilobytes."""

_PAGE = re.compile(r"\W*(?:p(?:age|\.)?\s*)?\d{1,4}(?:\s*(?:/|sur|de)\s*\d{1,4})?\W*", re.IGNORECASE)
_FOOTER = re.compile(r".{0,80}[–—|•-]\s*page\s*\d+(?:\s*(?:/|sur|de)\s*\d+)?\W*", re.IGNORECASE)
_MARKED_PAGE = re.compile(r"\bpage\s*\d|(?<![\d/])\d{1,3}\s*/\s*\d{1,3}\W*$", re.IGNORECASE)
_REPEATS = 3
"""Times a line that bears no page number comes back before it may be a header or a footer."""
_PAGE_LINES = 15
"""Fewest lines between two headers."""

_SIGNS = (
    r"\brepr[ée]sent[ée]+s?\s+par\b",
    r"\bil est (?:convenu|arrêté|expos)",
    r"^\s*article\s+(?:1|premier|i)\b",
    r"\bd['’](?:une|autre) part\b",
    r"\bla présente convention\b",
    r"^\s*entre\b.{0,30}$",
    r"\bplan d['’]\s?actions\b",
)
_NEEDED = 4
"""Signs that tell a convention from another text."""
_HEAD, _FIRST = 65_536, 2
"""Bytes looked at first, and the signs they must hold."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of the text and the first and last line they stand on, from 1."""

    quote: str
    lines: tuple[int, int]


@dataclass(frozen=True)
class ConventionText:
    """The text of one file.

    Attributes
    ----------
    file, sha256
        Name of the file and SHA-256 of its bytes.
    body
        The clean lines, one after the other.
    numbers
        Number in the source of each line of `body`, from 1; for a DOCX, of each paragraph or table row.
    """

    file: str
    sha256: str
    body: str
    numbers: tuple[int, ...]
    _starts: tuple[int, ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        ends = (match.end() for match in re.finditer("\n", self.body))
        object.__setattr__(self, "_starts", (0, *ends))

    def passage(self, start: int, end: int) -> Passage:
        """Return the quote of a slice of `body`, its blanks collapsed."""
        words = self.body[start:end]
        start += len(words) - len(words.lstrip())
        end -= len(words) - len(words.rstrip())
        return Passage(" ".join(words.split()), (self._line(start), self._line(max(start, end - 1))))

    def _line(self, offset: int) -> int:
        return self.numbers[bisect_right(self._starts, offset) - 1]


def read_text(path: Path) -> ConventionText:
    """Return the text of a file: UTF-8, UTF-16 or cp1252, or the paragraphs of a DOCX.

    Raises
    ------
    InputFaultsError
        The file is too large, damaged, or no text.
    """
    if path.stat().st_size > MAX_BYTES:
        raise refused(path, "too_large", f"Le fichier dépasse {MAX_BYTES // 1_000_000} Mo.", "Découpez-le.")
    content = path.read_bytes()
    lines = _docx_lines(path) if is_zip(path) else _text_lines(path, content)
    return text_of(lines, path.name, hashlib.sha256(content).hexdigest())


def text_of(lines: Sequence[str], file: str = "texte", sha256: str = "") -> ConventionText:
    """Return the text of some lines."""
    layout = _layout(lines)
    kept = [(number, line) for number, line in enumerate(lines, 1) if number not in layout]
    vocabulary = Vocabulary.of(line for _, line in kept)
    whole = vocabulary.rejoined([vocabulary.mended(line) for _, line in kept])
    return ConventionText(file, sha256, "\n".join(whole), tuple(number for number, _ in kept) or (1,))


def is_convention_text(path: Path) -> bool:
    """Tell whether a file is the text of a convention: several of the formulas of such a text are in it."""
    try:
        if not is_zip(path) and _signs(_head(path)) < _FIRST:
            return False
        return _signs(read_text(path).body) >= _NEEDED
    except (InputFaultsError, OSError):
        return False


def _head(path: Path) -> str:
    """Return the beginning of a file, so that a large table is not read for nothing."""
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
    # Cut at a line end: half a character at the end would have it taken for another encoding.
    return decoded(head.rpartition(b"\n")[0] or head)


def _signs(words: str) -> int:
    return sum(bool(re.search(sign, words, re.IGNORECASE | re.MULTILINE)) for sign in _SIGNS)


def _text_lines(path: Path, content: bytes) -> list[str]:
    text = decoded(content)
    if "\0" in text:
        fix = "Enregistrer la convention en texte (.txt) ou en document Word (.docx)."
        raise refused(path, "not_a_text", "Ce fichier n’est pas un texte.", fix)
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _docx_lines(path: Path) -> list[str]:
    """Return the paragraphs of a document, and each row of its tables as one line."""
    if DOCX_PART not in member_names(path):
        raise refused(
            path, "not_a_text", "Ce fichier n’est pas un document Word.", "Donner un .docx ou un .txt."
        )
    import docx
    from docx.opc.exceptions import OpcError
    from docx.table import Table

    try:
        document = docx.Document(str(path))
        found: list[str] = []
        for block in document.iter_inner_content():
            if isinstance(block, Table):
                # A merged cell comes once for each column it spans.
                cells = [list(dict.fromkeys(cell.text for cell in row.cells)) for row in block.rows]
                found.extend(" ".join(" ".join(cell.split()) for cell in row) for row in cells)
            else:
                found.extend((*block.text.split("\n"), ""))
    except (OpcError, KeyError, ValueError) as error:
        raise refused(path, "damaged_document", "Ce document ne peut pas être lu.",
                      "L’ouvrir et l’enregistrer de nouveau.") from error  # fmt: skip
    return found


def _layout(lines: Sequence[str]) -> set[int]:
    """Return the numbers of the lines that are page layout: page numbers, running headers and footers."""
    found: set[int] = set()
    places: dict[str, list[int]] = {}
    for number, line in enumerate(lines, 1):
        words = line.strip()
        if words and ((_PAGE.fullmatch(words) and _alone(lines, number)) or _FOOTER.fullmatch(words)):
            found.add(number)
        elif line.strip():
            places.setdefault(re.sub(r"\d+", "0", " ".join(line.split())), []).append(number)
    for numbers in places.values():
        if _numbered(lines, numbers) or _regular(numbers):
            found.update(numbers)
    return found | _blanks_beside(lines, found)


def _blanks_beside(lines: Sequence[str], layout: set[int]) -> set[int]:
    """Return the blank lines on one side of page layout when there is none on the other: the text goes on."""
    found: set[int] = set()
    for number in sorted(layout):
        before, after = _blanks(lines, number, -1, layout), _blanks(lines, number, 1, layout)
        if not (before and after):
            found |= before | after
    return found


def _blanks(lines: Sequence[str], number: int, step: int, layout: set[int]) -> set[int]:
    """Return the blank lines next to a line on one side, other lines of layout passed over."""
    found: set[int] = set()
    number += step
    while 1 <= number <= len(lines) and (number in layout or not lines[number - 1].strip()):
        if number not in layout:
            found.add(number)
        number += step
    return found


def _alone(lines: Sequence[str], number: int) -> bool:
    """Tell whether a line stands between blank lines: a lone number may also be the rest of an amount."""
    around = [lines[at] for at in (number - 2, number) if 0 <= at < len(lines)]
    return "\f" in lines[number - 1] or all(not line.strip() for line in around)


def _numbered(lines: Sequence[str], numbers: Iterable[int]) -> bool:
    """Tell whether lines that are alike bear a page number that changes."""
    words = [lines[number - 1] for number in numbers]
    return len(set(words)) > 1 and all(_MARKED_PAGE.search(word) for word in words)


def _regular(numbers: Sequence[int]) -> bool:
    """Tell whether a line comes back at an even pace, as a header does."""
    gaps = [after - before for before, after in pairwise(numbers)]
    return len(gaps) >= _REPEATS and min(gaps) >= _PAGE_LINES and pstdev(gaps) < mean(gaps) / 5
