"""Text tables: encoding and delimiter found by looking, read row by row so that memory stays bounded."""

import codecs
import csv
import re
from functools import lru_cache
from pathlib import Path

from graphmodel import Fault, InputFaultsError
from graphmodel.french import number

MAX_BYTES = 200_000_000
MAX_ROWS = 1_000_000
MAX_CELLS = 12_000_000
"""Limits of a text table: read whole, the largest takes about one gigabyte."""

TEXT_SUFFIXES = (".csv", ".txt", ".tsv")
_SAMPLE = 65_536
_SAMPLE_LINES = 30
_DELIMITERS = ("\t", ";", ",", "|")
_PIECE = 1 << 20
_SHARED = 200_000
"""Texts kept to be shared between the cells that repeat them."""
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f]")

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def read_text_rows(path: Path) -> list[list[object]]:
    """Return the rows of a text table, its encoding and its delimiter found by looking; not to be changed.

    Raises
    ------
    InputFaultsError
        Too large, binary, or a cell that never ends.
    """
    facts = path.stat()
    if facts.st_size > MAX_BYTES:
        raise refused(path, "too_large", f"Ce fichier dépasse {MAX_BYTES // 1_000_000} Mo.", _SPLIT)
    return _read(path, facts.st_mtime_ns, facts.st_size)


_SPLIT = "Le découper en plusieurs fichiers, par année par exemple."


@lru_cache(maxsize=1)
def _read(path: Path, _changed: int, _size: int) -> list[list[object]]:
    """Read a file once for its recognition and its loading."""
    encoding = encoding_of(path)
    with path.open(encoding=encoding, errors="replace") as stream:
        sample = stream.read(_SAMPLE)
    if _CONTROL.search(sample):
        raise refused(path, "not_a_table", "Ce fichier n’est pas un texte.", "Donner un CSV ou un classeur.")
    return _rows(path, encoding, delimiter_of(sample))


def forget_text() -> None:
    """Let go of the text read last."""
    _read.cache_clear()


def _rows(path: Path, encoding: str, delimiter: str) -> list[list[object]]:
    rows: list[list[object]] = []
    shared: dict[str, object] = {}
    cells = 0
    try:
        with path.open(encoding=encoding, errors="replace", newline="") as stream:
            for line in csv.reader(stream, delimiter=delimiter):
                if len(shared) > _SHARED:
                    shared.clear()
                # Tables repeat the same words from row to row: each is kept once.
                rows.append([shared.setdefault(cell, cell) for cell in line])
                cells += len(line)
                if len(rows) > MAX_ROWS or cells > MAX_CELLS:
                    said = f"Ce fichier dépasse {number(MAX_ROWS)} lignes ou {number(MAX_CELLS)} cases."
                    raise refused(path, "too_large", said, _SPLIT)
    except csv.Error as error:
        raise refused(path, "malformed_csv", f"Le CSV est illisible à la ligne {len(rows) + 1}.",
                      "Vérifiez les guillemets de cette ligne.") from error  # fmt: skip
    return rows


def encoding_of(path: Path) -> str:
    """Return the encoding of a file: byte-order mark, then strict UTF-8 to its end, then cp1252."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as stream:
        piece = stream.read(_PIECE)
        for mark, encoding in _MARKS:
            if piece.startswith(mark):
                return encoding
        silent = _silent_utf16(piece[:_SAMPLE])
        if silent:
            return silent
        try:
            while piece:
                decoder.decode(piece)
                piece = stream.read(_PIECE)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "cp1252"
    return "utf-8"


def _silent_utf16(sample: bytes) -> str | None:
    """Return which UTF-16 a sample without mark is: in French nearly every second byte is then zero."""
    half = len(sample) // 2
    if half < 2:
        return None
    for encoding, zeros in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[::2])):
        others = sample[::2] if encoding == "utf-16-le" else sample[1::2]
        if zeros.count(0) > 0.9 * half and others.count(0) < 0.1 * half:
            return encoding
    return None


def decoded(content: bytes) -> str:
    """Return the text of bytes: byte-order mark, then strict UTF-8, then cp1252."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content.decode(encoding, errors="replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def delimiter_of(text: str) -> str:
    """Return the delimiter that most of the first lines hold, the most often; a comma when none does."""
    lines = [line for line in text[:_SAMPLE].splitlines()[:_SAMPLE_LINES] if line.strip()]

    def weight(delimiter: str) -> tuple[int, int]:
        counts = sorted(count for line in lines if (count := line.count(delimiter)))
        return (len(counts), counts[len(counts) // 2]) if counts else (0, 0)

    best = max(_DELIMITERS, key=weight)
    return best if weight(best) > (0, 0) else ","


def refused(path: Path, code: str, message: str, fix: str | None = None) -> InputFaultsError:
    """Return the error of a file that cannot be read at all."""
    return InputFaultsError([Fault("error", code, message, path.name, fix=fix)])
