"""Small files of every format, built byte by byte: XLS, ODS, damaged and oversized workbooks."""

import struct
import zipfile
from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape

Line = Sequence[object]

_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_SECTOR = 512


def write_xls(path: Path, lines: Sequence[Line], name: str = "Feuille") -> Path:
    """Write an XLS workbook of one sheet (BIFF8 in an OLE container)."""
    return write_ole(path, "Workbook", _biff(lines, name))


def write_ole(path: Path, name: str, content: bytes) -> Path:
    """Write an OLE container of one stream, long enough to stand in plain sectors."""
    content = content.ljust(4096, b"\0")
    sectors = -(-len(content) // _SECTOR)
    content = content.ljust(sectors * _SECTOR, b"\0")
    chain = [_FAT, _END, *range(3, sectors + 2), _END]
    fat = struct.pack("<128I", *chain, *[_FREE] * (128 - len(chain)))
    header = struct.pack(
        "<8s16sHHHHH6sIIIIIIIII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3, 0xFFFE, 9, 6, b"",
        0, 1, 1, 0, 4096, _END, 0, _END, 0,
    ) + struct.pack("<109I", 0, *[_FREE] * 108)  # fmt: skip
    directory = _entry("Root Entry", 5, 1, _END, 0) + _entry(name, 2, _FREE, 2, len(content))
    path.write_bytes(header + fat + directory.ljust(_SECTOR, b"\0") + content)
    return path


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    word = name.encode("utf-16-le") + b"\0\0"
    head = word.ljust(64, b"\0") + struct.pack("<HBBIII", len(word), kind, 1, _FREE, _FREE, child)
    return head + bytes(16 + 4 + 16) + struct.pack("<IQ", start, size)


def _record(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def _biff(lines: Sequence[Line], name: str) -> bytes:
    start = _record(0x0809, struct.pack("<HHHHII", 0x0600, 5, 0, 0, 0, 0))
    end = _record(0x000A, b"")
    title = name.encode("utf-16-le")
    bound = struct.pack("<IHBB", 0, 0, len(name), 1) + title
    offset = len(start) + 4 + len(bound) + len(end)
    bound = struct.pack("<I", offset) + bound[4:]
    sheet = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x10, 0, 0, 0, 0))
    for row, line in enumerate(lines):
        for column, cell in enumerate(line):
            place = struct.pack("<HHH", row, column, 0)
            if isinstance(cell, int | float):
                sheet += _record(0x0203, place + struct.pack("<d", cell))
            elif cell:
                text = str(cell)
                said = struct.pack("<HB", len(text), 1) + text.encode("utf-16-le")
                sheet += _record(0x0204, place + said)
    return start + _record(0x0085, bound) + end + sheet + end


ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"


def write_ods(path: Path, lines: Sequence[Line], name: str = "Feuille", kind: str = ODS_TYPE) -> Path:
    """Write an OpenDocument file of one sheet; `kind` may say another document."""
    rows = "".join(f"<table:table-row>{''.join(map(_ods_cell, line))}</table:table-row>" for line in lines)
    content = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
        f'<table:table table:name="{escape(name)}">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>'
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), kind)
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", manifest)
    return path


def _ods_cell(cell: object) -> str:
    if isinstance(cell, int | float):
        return f'<table:table-cell office:value-type="float" office:value="{cell}"/>'
    if not cell:
        return "<table:table-cell/>"
    text = f"<text:p>{escape(str(cell))}</text:p>"
    return f'<table:table-cell office:value-type="string">{text}</table:table-cell>'


def write_csv(path: Path, lines: Sequence[Line], delimiter: str = ";", encoding: str = "utf-8") -> Path:
    """Write a text table as a French spreadsheet program does: a comma in the numbers."""
    words = [
        delimiter.join(str(cell).replace(".", ",") if isinstance(cell, float) else str(cell) for cell in line)
        for line in lines
    ]
    path.write_bytes("\r\n".join([*words, ""]).encode(encoding))
    return path


def with_part(path: Path, name: str, content: bytes) -> Path:
    """Add a part to a workbook."""
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return path
