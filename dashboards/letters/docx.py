"""A letter as a Word document: French page, language set, tables with repeated headings."""

import datetime
import io
from pathlib import Path
from typing import Any

import docx
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from dashboards import words
from dashboards.fixed_zip import rewritten
from dashboards.letters.letter import Letter, Table

_FONT, _SIZE = "Calibri", 11
_PAGE = (21.0, 29.7)
_WIDTH = 16.0
"""Width of the text, in centimetres."""
_WIDTHS = {2: (13.5, 2.5), 4: (8.6, 1.6, 3.2, 2.6)}
"""Widths of the columns of a table by their number."""


def write_docx(letter: Letter, path: Path) -> Path:
    """Write a letter as a DOCX file and return its path."""
    document = docx.Document()
    _set_page(document)
    _set_properties(document, letter)
    if letter.fictional:
        _badge(document)
    _lines(document, letter.sender, bold=True)
    _lines(document, letter.recipient, indent=8.5)
    dated = document.add_paragraph(letter.dated)
    dated.paragraph_format.left_indent = Cm(8.5)
    dated.paragraph_format.space_after = Pt(18)
    subject = document.add_paragraph()
    subject.add_run(f"Objet{words.NBSP}: ").bold = True
    subject.add_run(letter.subject).bold = True
    document.add_paragraph(letter.greeting)
    for paragraph in letter.opening:
        document.add_paragraph(paragraph).alignment = WD_ALIGN_PARAGRAPH.LEFT
    for table in letter.tables:
        _table(document, table)
    for paragraph in letter.closing:
        document.add_paragraph(paragraph).alignment = WD_ALIGN_PARAGRAPH.LEFT
    _lines(document, letter.signature, indent=8.5)
    stream = io.BytesIO()
    document.save(stream)
    path.write_bytes(rewritten(stream.getvalue()))
    return path


def _set_page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(_PAGE[0]), Cm(_PAGE[1])
    section.left_margin = section.right_margin = Cm((_PAGE[0] - _WIDTH) / 2)
    section.top_margin = section.bottom_margin = Cm(2)
    style = document.styles["Normal"]
    style.font.name, style.font.size = _FONT, Pt(_SIZE)
    style.paragraph_format.space_after = Pt(8)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "fr-FR")
    style.element.get_or_add_rPr().append(language)


def _set_properties(document: Any, letter: Letter) -> None:
    said = document.core_properties
    said.title, said.subject, said.language = letter.subject, letter.recipient[1], "fr-FR"
    said.author = letter.sender[0] if letter.sender else ""
    said.comments = words.FICTIONAL if letter.fictional else ""
    # The day a file is made is no part of what it says: same letter, same bytes.
    said.created = said.modified = datetime.datetime(2014, 1, 1)


def _badge(document: Any) -> None:
    paragraph = document.add_paragraph()
    run = paragraph.add_run(words.FICTIONAL.upper())
    run.bold = True
    run.font.color.rgb = RGBColor(0x9A, 0x34, 0x12)


def _lines(document: Any, lines: tuple[str, ...], *, indent: float = 0, bold: bool = False) -> None:
    """Add lines without space between them, the first one bold where asked."""
    for number, line in enumerate(lines):
        paragraph = document.add_paragraph()
        paragraph.add_run(line).bold = bold and number == 0
        paragraph.paragraph_format.left_indent = Cm(indent)
        paragraph.paragraph_format.space_after = Pt(14 if number == len(lines) - 1 else 0)


def _table(document: Any, table: Table) -> None:
    lead = document.add_paragraph(table.lead)
    lead.paragraph_format.keep_with_next = True
    grid = document.add_table(rows=1, cols=len(table.headings))
    grid.style, grid.alignment, grid.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
    for cell, heading in zip(grid.rows[0].cells, table.headings, strict=True):
        _fill(cell, heading, head=True)
    _repeat(grid.rows[0])
    for row in table.rows:
        for cell, text in zip(grid.add_row().cells, row, strict=True):
            _fill(cell, text)
    for row in grid.rows:
        _keep_whole(row)
        for cell, width in zip(row.cells, _WIDTHS[len(table.headings)], strict=True):
            cell.width = Cm(width)
    document.add_paragraph().paragraph_format.space_after = Pt(2)


def _fill(cell: Any, text: str, *, head: bool = False) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(2)
    run = paragraph.add_run(text)
    run.font.size, run.bold = Pt(9.5), head
    if head:
        shade = OxmlElement("w:shd")
        shade.set(qn("w:val"), "clear")
        shade.set(qn("w:fill"), "E2F0F0")
        cell._tc.get_or_add_tcPr().append(shade)


def _repeat(row: Any) -> None:
    """Repeat a row of headings at the top of every page."""
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)


def _keep_whole(row: Any) -> None:
    """Never part a row between two pages."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
