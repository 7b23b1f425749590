"""A report as a Word document, all editable: styles, numbered captions, contents, pictures with alt text."""

import datetime
import io
from typing import Any, Final

import docx
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, RGBColor

from dashboards import words
from dashboards.fixed_zip import rewritten
from dashboards.report.blocks import Block, Box, Bullets, Heading, Paragraph, Picture, Report, Table
from dashboards.report.outline import bare, pieces
from dashboards.report.typeset import MODE_WORDS
from dashboards.report.word_styles import NAMES, set_page, set_styles
from dashboards.report.word_table import add_table
from dashboards.theme import LIGHT

_LEVELS: Final = (1, 2)
"""Levels of heading that the contents show."""


def report_docx(report: Report) -> bytes:
    """Return a numbered report as a Word document; the same report gives the same bytes."""
    document = docx.Document()
    set_styles(document)
    set_page(document.sections[0])
    _properties(document, report)
    _settings(document)
    _running(document.sections[0], report)
    _cover(document, report)
    _contents(document, report)
    for part in report.parts:
        title = document.add_paragraph(style=NAMES[1])
        title.add_run(f"{part.number}  {part.title}")
        title.paragraph_format.page_break_before = True
        document.add_paragraph(part.lead, style="Subtitle")
        around = zip((None, *part.blocks[:-1]), part.blocks, (*part.blocks[1:], None), strict=True)
        for before, block, after in around:
            if _turns(before, block, after):
                _turn(document, sideways=True)
            _add(document, block)
            if isinstance(block, Table) and block.wide:
                _turn(document, sideways=False)
    stream = io.BytesIO()
    document.save(stream)
    return rewritten(stream.getvalue())


def _properties(document: Any, report: Report) -> None:
    said = document.core_properties
    said.title, said.subject, said.language = report.title, report.subtitle, "fr-FR"
    said.author, said.last_modified_by, said.revision = words.APP_NAME, words.APP_NAME, 1
    said.keywords = ", ".join(report.keywords)
    said.comments = words.FICTIONAL if report.fictional else ""
    said.created = said.modified = datetime.datetime.combine(report.dated, datetime.time())


def _settings(document: Any) -> None:
    """Ask the word processor to fill the contents when it opens the document; pages face each other."""
    settings = document.settings.element
    for name in ("w:updateFields", "w:mirrorMargins"):
        mark = OxmlElement(name)
        mark.set(qn("w:val"), "true")
        settings.insert(0, mark) if name == "w:mirrorMargins" else settings.append(mark)


def _running(section: Any, report: Report) -> None:
    head = section.header.paragraphs[0]
    head.style = "Header"
    head.add_run(report.running)
    if report.fictional:
        badge = head.add_run(f"\t{words.FICTIONAL.upper()}")
        badge.bold, badge.font.color.rgb = True, RGBColor.from_string(LIGHT.sig.lstrip("#").upper())
    foot = section.footer.paragraphs[0]
    foot.style = "Footer"
    foot.add_run(f"{report.foot} · {MODE_WORDS[report.mode]}\t")
    _field(foot, "PAGE", "1")
    section.footer.add_paragraph(report.command, style="Footer")


def _cover(document: Any, report: Report) -> None:
    document.add_paragraph("Rapport d’évaluation", style="Kicker")
    document.add_paragraph(report.title, style="Title")
    document.add_paragraph(report.subtitle, style="Subtitle")
    for name, said in report.facts:
        line = document.add_paragraph()
        line.add_run(f"{name}{words.NBSP}: ").bold = True
        line.add_run(said)
    for text in report.opening:
        _rich(document.add_paragraph(), text)


def _contents(document: Any, report: Report) -> None:
    """Add a field of contents that already shows the headings; the word processor adds the pages."""
    title = document.add_paragraph("Sommaire", style="Contents")
    title.paragraph_format.page_break_before = True
    lines = []
    for part in report.parts:
        lines.append((1, f"{part.number}  {part.title}"))
        headings = [block for block in part.blocks if isinstance(block, Heading)]
        lines += [(2, f"{h.number}  {h.text}") for h in headings if h.level in _LEVELS]
    instruction = f' TOC \\o "1-{_LEVELS[-1]}" \\h \\z \\u '
    for rank, (level, text) in enumerate(lines):
        line = document.add_paragraph(style=f"TOC {level}")
        if rank == 0:
            _mark(line, "begin")
            _instruction(line, instruction)
            _mark(line, "separate")
        line.add_run(text)
        if rank == len(lines) - 1:
            _mark(line, "end")


def _mark(paragraph: Any, kind: str) -> None:
    mark = OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    paragraph.add_run()._r.append(mark)


def _instruction(paragraph: Any, text: str) -> None:
    told = OxmlElement("w:instrText")
    told.set(qn("xml:space"), "preserve")
    told.text = text
    paragraph.add_run()._r.append(told)


def _field(paragraph: Any, instruction: str, shown: str) -> None:
    _mark(paragraph, "begin")
    _instruction(paragraph, f" {instruction} ")
    _mark(paragraph, "separate")
    paragraph.add_run(shown)
    _mark(paragraph, "end")


def _rich(paragraph: Any, text: str) -> Any:
    for piece, strong in pieces(text):
        paragraph.add_run(piece).bold = strong or None
    return paragraph


def _caption(document: Any, block: Table | Picture) -> Any:
    """Add a caption whose number is a field: it follows when a table or a picture is added or taken out."""
    name, _, number = block.number.rpartition(" ")
    line = document.add_paragraph(style="Caption")
    line.add_run(f"{name} ").bold = True
    _field(line, f"SEQ {name} \\* ARABIC", number)
    line.add_run(". ").bold = True
    line.add_run(block.caption)
    if block.source:
        line.add_run(f" {block.source}").italic = True
    return line


def _add(document: Any, block: Block) -> None:
    if isinstance(block, Heading):
        document.add_paragraph(f"{block.number}  {block.text}", style=NAMES[block.level])
    elif isinstance(block, Paragraph):
        style = "Command" if block.mono else "Note" if block.small else None
        line = document.add_paragraph(style=style)
        if block.mono:
            line.add_run(block.text)
        else:
            _rich(line, block.text)
    elif isinstance(block, Bullets):
        for item in block.items:
            _rich(document.add_paragraph(style="List Bullet"), item)
    elif isinstance(block, Box):
        title = document.add_paragraph(block.title, style=f"Box {block.kind} title")
        title.paragraph_format.keep_with_next = True
        _rich(document.add_paragraph(style=f"Box {block.kind}"), block.text)
    elif isinstance(block, Table):
        _table(document, block)
    else:
        _picture(document, block)


def _table(document: Any, table: Table) -> None:
    _caption(document, table).paragraph_format.keep_with_next = True
    add_table(document, table, width=247.0 if table.wide else 166.0)
    letters = "abcdefghijklmnopqrstuvwxyz"
    told = [
        f"{letters[min(rank, 25)]} {note}" if table.lettered else note
        for rank, note in enumerate(table.notes)
    ]
    document.add_paragraph(" ".join(told), style="Note")


def _turns(before: Block | None, block: Block, after: Block | None) -> bool:
    """Tell whether pages held sideways begin with a block: a heading goes with the wide table under it."""
    if isinstance(block, Heading):
        return isinstance(after, Table) and after.wide
    return isinstance(block, Table) and block.wide and not isinstance(before, Heading)


def _turn(document: Any, *, sideways: bool) -> None:
    """Begin pages held sideways, or upright again."""
    section = document.add_section(WD_SECTION.NEW_PAGE)
    set_page(section, sideways=sideways)
    section.orientation = WD_ORIENT.LANDSCAPE if sideways else WD_ORIENT.PORTRAIT


def _picture(document: Any, picture: Picture) -> None:
    line = document.add_paragraph()
    line.alignment = WD_ALIGN_PARAGRAPH.LEFT
    line.paragraph_format.keep_with_next = True
    shape = line.add_run().add_picture(io.BytesIO(picture.png()), width=Mm(picture.width))
    properties = shape._inline.docPr
    properties.set("descr", bare(picture.alt))
    properties.set("title", picture.number)
    _caption(document, picture)
