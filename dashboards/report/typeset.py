"""A report as a tagged PDF: typst sets the pages, this module hands it the words and the pictures."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import typst

from dashboards.report.blocks import Block, Box, Bullets, Heading, Paragraph, Picture, Report, Table
from dashboards.report.outline import pieces
from dashboards.theme import LIGHT, PRINT

MODE_WORDS: Final = {"working": "document de travail", "publication": "publication"}
_LONG: Final = 18
"""Rows from which a table may go on over a page; shorter ones are never parted."""
_MANY: Final = 8
"""Columns from which a table is set smaller."""


def report_pdf(report: Report) -> bytes:
    """Return a numbered report as a PDF that conforms to PDF/UA-1; the same report gives the same bytes."""
    with TemporaryDirectory() as folder:
        root = Path(folder)
        root.joinpath("report.typ").write_bytes((files("dashboards.report") / "report.typ").read_bytes())
        content = _plain(report, root)
        root.joinpath("report.json").write_text(
            json.dumps(content, ensure_ascii=False, sort_keys=True), encoding="utf-8"
        )
        day = datetime(report.dated.year, report.dated.month, report.dated.day, tzinfo=UTC)
        compiled = typst.compile(
            str(root / "report.typ"), root=folder, format="pdf", pdf_standards=["ua-1"],
            ignore_system_fonts=True, font_paths=[str(files("dashboards.prints") / "fonts")],
            timestamp=int(day.timestamp()),
        )  # fmt: skip
    return bytes(compiled or b"")


def _plain(report: Report, root: Path) -> dict[str, Any]:
    """Return what the template reads; the pictures are written beside it."""
    colors = {
        "ink": LIGHT.ink, "acc": LIGHT.acc, "accs": LIGHT.accs, "sig": LIGHT.sig, "sigs": LIGHT.sigs,
        "mut": PRINT["print_secondary"], "line": PRINT["print_hairline"], "text": PRINT["print_text"],
    }  # fmt: skip
    pictures = _Pictures(root)
    return {
        "title": report.title,
        "subtitle": report.subtitle,
        "kicker": "Rapport d’évaluation",
        "facts": report.facts,
        "opening": [pieces(text) for text in report.opening],
        "parts": [
            {
                "number": str(part.number),
                "title": part.title,
                "lead": part.lead,
                "blocks": list(_blocks(part.blocks, pictures)),
            }
            for part in report.parts
        ],
        "fictional": report.fictional,
        "mode_words": MODE_WORDS[report.mode],
        "running": report.running,
        "foot": report.foot,
        "command": report.command,
        "dated": [report.dated.year, report.dated.month, report.dated.day],
        "keywords": list(report.keywords),
        "colors": colors,
    }


class _Pictures:
    """Writes the pictures of a report as files that the template reads."""

    def __init__(self, root: Path) -> None:
        self.root, self.count = root, 0

    def write(self, picture: Picture) -> str:
        """Write a picture and return its file name."""
        self.count += 1
        name = f"picture-{self.count}.svg"
        (self.root / name).write_bytes(picture.svg())
        return name


def _blocks(blocks: Sequence[Block], pictures: _Pictures) -> Iterator[dict[str, Any]]:
    """Yield the blocks as plain data.

    Two boxes one after the other stand together; a heading goes to the page held sideways of its table.
    """
    waiting: list[Box] = []
    above: Heading | None = None
    for block, after in zip(blocks, (*blocks[1:], None), strict=True):
        if isinstance(block, Heading) and isinstance(after, Table) and after.wide:
            above = block
            continue
        if isinstance(block, Box):
            waiting.append(block)
            if len(waiting) == 2:
                yield _boxes(waiting)
                waiting = []
            continue
        if waiting:
            yield _boxes(waiting)
            waiting = []
        yield {**_block(block, pictures), "above": asdict(above) if above else None}
        above = None
    if waiting:
        yield _boxes(waiting)


def _boxes(boxes: Sequence[Box]) -> dict[str, Any]:
    plain = [
        {"kind": box.kind, "title": box.title, "runs": pieces(box.text), "length": len(box.text)}
        for box in boxes
    ]
    return {"is": "boxes", "boxes": plain}


def _block(block: Block, pictures: _Pictures) -> dict[str, Any]:
    if isinstance(block, Heading):
        return {"is": "heading", **asdict(block)}
    if isinstance(block, Paragraph):
        return {"is": "paragraph", **asdict(block), "runs": pieces(block.text)}
    if isinstance(block, Bullets):
        return {"is": "bullets", "items": [pieces(item) for item in block.items]}
    if isinstance(block, Table):
        return {"is": "table", **asdict(block), "lettered": block.lettered, "long": len(block.rows) > _LONG,
                "size": 8.6 if len(block.columns) < _MANY else 7.6}  # fmt: skip
    assert isinstance(block, Picture)
    told = {
        name: getattr(block, name)
        for name in ("number", "kind", "caption", "source", "alt", "width", "height")
    }
    return {"is": "picture", **told, "file": pictures.write(block)}
