"""Styles and pages of a Word report: one font named in all four scripts, French, the sizes of the print."""

from collections.abc import Mapping
from typing import Any, Final

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from dashboards.theme import LIGHT, PRINT

FONT: Final = "Source Sans 3"
LANGUAGE: Final = "fr-FR"
NAMES: Final[Mapping[int, str]] = {1: "Heading 1", 2: "Heading 2", 3: "Heading 3"}
"""Styles of the headings by level."""
_SCRIPTS: Final = ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs")
_MUTED, _ACCENT, _SIGNAL = PRINT["print_secondary"], LIGHT.acc, LIGHT.sig
_Look = tuple[str, float, bool, str, tuple[float, float]]
_STYLES: Final[tuple[_Look, ...]] = (
    ("Normal", 10.0, False, LIGHT.ink, (0, 6)),
    ("Title", 28.0, True, LIGHT.ink, (60, 6)),
    ("Subtitle", 10.6, False, _MUTED, (0, 10)),
    ("Heading 1", 22.0, True, LIGHT.ink, (0, 8)),
    ("Heading 2", 13.0, True, _ACCENT, (16, 6)),
    ("Heading 3", 10.6, True, LIGHT.ink, (10, 4)),
    ("Caption", 8.6, False, LIGHT.ink, (4, 6)),
    ("List Bullet", 10.0, False, LIGHT.ink, (0, 3)),
    ("Header", 8.0, False, _MUTED, (0, 0)),
    ("Footer", 7.5, False, _MUTED, (0, 0)),
)
_OWN: Final[tuple[_Look, ...]] = (
    ("Kicker", 10.0, True, _ACCENT, (60, 0)),
    ("Contents", 16.0, True, LIGHT.ink, (0, 8)),
    ("TOC 1", 10.0, True, LIGHT.ink, (6, 2)),
    ("TOC 2", 10.0, False, LIGHT.ink, (0, 1)),
    ("Note", 7.8, False, PRINT["print_text"], (2, 10)),
    ("Command", 8.6, False, PRINT["print_text"], (0, 6)),
    ("Cell", 8.6, False, LIGHT.ink, (1, 1)),
    ("Box definition title", 9.4, True, _ACCENT, (8, 0)),
    ("Box definition", 9.4, False, LIGHT.ink, (0, 10)),
    ("Box limit title", 9.4, True, _SIGNAL, (8, 0)),
    ("Box limit", 9.4, False, LIGHT.ink, (0, 10)),
)
"""Name, size, strong, colour, space before and after, in points."""


def set_styles(document: Any) -> None:
    """Give every style of a document the font, the sizes and the colours of the report."""
    _defaults(document)
    for look in _STYLES:
        _set(document.styles[look[0]], look)
    for look in _OWN:
        style = document.styles.add_style(look[0], WD_STYLE_TYPE.PARAGRAPH)
        style.base_style, style.quick_style = document.styles["Normal"], True
        _set(style, look)
    document.styles["TOC 2"].paragraph_format.left_indent = Mm(6)
    document.styles["Command"].paragraph_format.left_indent = Mm(3)
    for kind, fill, edge in (("definition", LIGHT.accs, _ACCENT), ("limit", LIGHT.sigs, _SIGNAL)):
        for name in (f"Box {kind} title", f"Box {kind}"):
            _shade(document.styles[name], fill, edge)
            document.styles[name].paragraph_format.keep_together = True
    for name in ("Header", "Footer"):
        stops = document.styles[name].paragraph_format.tab_stops
        stops.clear_all()
        stops.add_tab_stop(Mm(166), WD_TAB_ALIGNMENT.RIGHT)


def _set(style: Any, look: _Look) -> None:
    _, size, strong, color, space = look
    font = style.font
    font.name, font.size, font.bold, font.italic = FONT, Pt(size), strong, False
    font.color.rgb = RGBColor.from_string(color.lstrip("#").upper())
    before, after = space
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    name_font(style.element.get_or_add_rPr())
    # Title has a rule under it in the template of the library.
    for rule in style.element.findall(f".//{qn('w:pBdr')}"):
        rule.getparent().remove(rule)


def name_font(properties: Any) -> None:
    """Name the font in all four scripts, without the theme, which would bring another font back."""
    fonts = properties.find(qn("w:rFonts"))
    if fonts is None:
        fonts = OxmlElement("w:rFonts")
        properties.insert(0, fonts)
    fonts.attrib.clear()
    for script in _SCRIPTS:
        fonts.set(qn(script), FONT)


def _defaults(document: Any) -> None:
    properties = document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    name_font(properties)
    language = properties.find(qn("w:lang"))
    if language is None:
        language = OxmlElement("w:lang")
        properties.append(language)
    for script in ("w:val", "w:eastAsia", "w:bidi"):
        language.set(qn(script), LANGUAGE if script != "w:bidi" else "ar-SA")


def _shade(style: Any, fill: str, edge: str) -> None:
    properties = style.element.get_or_add_pPr()
    borders = OxmlElement("w:pBdr")
    left = OxmlElement("w:left")
    for name, value in (("val", "single"), ("sz", "24"), ("space", "6"), ("color", edge.lstrip("#").upper())):
        left.set(qn(f"w:{name}"), value)
    borders.append(left)
    properties.insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:outlineLvl"
    )
    shade = OxmlElement("w:shd")
    shade.set(qn("w:val"), "clear")
    shade.set(qn("w:fill"), fill.lstrip("#").upper())
    properties.insert_element_before(
        shade, "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:outlineLvl"
    )


def set_page(section: Any, *, sideways: bool = False) -> None:
    """Set an A4 page with the margins of the print reference, upright or sideways."""
    width, height = (297, 210) if sideways else (210, 297)
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.left_margin, section.right_margin = Mm(24 if not sideways else 25), Mm(20 if not sideways else 25)
    section.top_margin, section.bottom_margin = Mm(24), Mm(22)
    section.header_distance, section.footer_distance = Mm(12), Mm(10)
