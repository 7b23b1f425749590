"""The legend of a map: each sign that is drawn, the same drawing, its French words and its count."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from dashboards import words
from dashboards.maps.bundle import PageElement
from dashboards.maps.elements import CIRCLE_RADIUS

_BOX = '<rect x="0.5" y="0.5" width="15" height="11" class="{classes}"/>'
_BLANK_LINES = '<path d="M1 3.5H15M1 8.5H15" class="s-blank"/>'
_DOTS = "".join(f'<circle cx="{x}" cy="{y}" r="0.9" class="f-ink"/>' for x in (3, 8, 13) for y in (3.5, 8.5))
_RING = (
    '<circle cx="8" cy="6" r="4.4" class="f-none s-casing" stroke-width="4.2"/>'
    '<circle cx="8" cy="6" r="4.4" class="f-none s-qpv" stroke-width="2"/>'
)

_SIGNS = {
    "zero": _BOX.format(classes="f-land s-line2")
    + '<text x="8" y="10" text-anchor="middle" font-size="9">0</text>',
    "blank": _BOX.format(classes="f-blank s-line2") + _BLANK_LINES,
    "secret": _BOX.format(classes="f-blank s-line2") + _DOTS,
    "circle_zero": '<circle cx="8" cy="6" r="2.6" class="f-surface s-mut"/>',
    "qpv": _RING,
    "zrr": _BOX.format(classes="f-land s-line2")
    + '<path d="M1 11L12 1M5 11L15 2.5M1 6.5L7 1M10 11L15 6.5" class="s-ink" stroke-opacity="0.7"/>',
    "perimetres": '<path d="M0 6H22" class="s-casing" stroke-width="4"/>'
    '<path d="M0 6H22" class="s-ink" stroke-width="1.9" stroke-dasharray="7 3"/>',
    "recoupement": _BOX.format(classes="f-land s-line2")
    + '<path d="M8 2.5V9.5M4.5 6H11.5" class="s-ink" stroke-width="1.4"/>',
    "ptce": '<path d="M8 1L13 6L8 11L3 6Z" class="f-ink s-casing" stroke-width="1.5"/>',
}


def sign_svg(kind: str) -> Markup:
    """Return the drawing of a sign, 16 by 12 px, hidden from screen readers (its words stand beside it).

    Parameters
    ----------
    kind
        `zero`, `blank`, `secret`, `circle_zero`, `qpv`, `zrr`, `perimetres`, `recoupement` or `ptce`.
    """
    width = 22 if kind == "perimetres" else 16
    body = _SIGNS[kind]
    return Markup(
        f'<svg width="{width}" height="12" viewBox="0 0 {width} 12" aria-hidden="true">{body}</svg>'
    )


def circle_steps(largest: int) -> tuple[int, ...]:
    """Return up to three values for nested circles, the largest first; empty when nothing is counted.

    Examples
    --------
    >>> circle_steps(17)
    (17, 5, 1)
    """
    if largest < 1:
        return ()
    return tuple(sorted({largest, max(1, round(largest / 3.4)), 1}, reverse=True))


def nested_circles(largest: float, steps: Sequence[int] = ()) -> Markup:
    """Return circles tangent at the bottom with a leader to each number, at the scale of the map.

    Parameters
    ----------
    largest
        Value of the largest circle of the map; radii follow `CIRCLE_RADIUS`.
    steps
        Values drawn, the largest first; none takes `circle_steps`.
    """
    steps = steps or circle_steps(int(largest))
    height = max(2 * CIRCLE_RADIUS + 10, 14.0 * len(steps) + 2)
    parts = []
    for rank, value in enumerate(steps):
        radius = CIRCLE_RADIUS * math.sqrt(value / largest)
        top = height - 2 * radius - 4
        label_y = 8 + rank * 14.0
        middle = height - radius - 4
        parts.append(
            f'<circle cx="18" cy="{middle:.1f}" r="{radius:.1f}" class="f-acc s-ink" stroke-width="1.2"/>'
            f'<path d="M18 {top:.1f}H40L46 {label_y:.1f}" class="f-none s-mut" stroke-width="0.8"/>'
            f'<text x="50" y="{label_y + 4:.1f}">{words.number(value)}</text>'
        )
    svg = "".join(parts)
    size = f'width="{110 / 16:.4g}rem" height="{height / 16:.4g}rem" viewBox="0 0 110 {height:.0f}"'
    return Markup(f'<svg {size} aria-hidden="true">{svg}</svg>')


@dataclass(frozen=True, slots=True)
class ClassRow:
    """One class of a ratio: words of its limits and number of units in it."""

    words: str
    count: int


@dataclass(frozen=True, slots=True)
class SignRow:
    """One sign of the legend.

    Attributes
    ----------
    kind
        Name of its drawing; see `sign_svg`.
    words
        What it stands for, with its count where it has one.
    toggle
        Name of the sign that a press shows or hides; None for a sign that is always there.
    """

    kind: str
    words: str
    toggle: str | None = None


@dataclass(frozen=True, slots=True)
class LegendContent:
    """Everything a legend says.

    Attributes
    ----------
    title, about
        What is measured; unit and number of units.
    largest
        Value of the largest circle; None for a map without circles.
    classes, palette
        Classes of a ratio, lowest first, and their palette; none for a map of counts.
    signs
        Signs in the order they are read.
    unknown_perimeters
        Names of territories that cannot be drawn.
    reading
        One sentence that reads one value, and what not to conclude.
    """

    title: str
    about: str
    signs: tuple[SignRow, ...] = ()
    largest: int | None = None
    classes: tuple[ClassRow, ...] = ()
    palette: str = "sequential"
    unknown_perimeters: tuple[str, ...] = ()
    reading: str = ""


TEMPLATES = Path(__file__).parent.parent / "templates"
"""Folder of the templates."""
_ESCAPING = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True)


def legend_html(content: LegendContent) -> str:
    """Return the legend as HTML; every text is escaped."""
    nested = nested_circles(content.largest) if content.largest else Markup("")
    return _ESCAPING.get_template("legend.html").render(
        content=content,
        nested=nested,
        number=words.number,
        drawing=sign_svg,
        unknown=words.UNKNOWN_PERIMETER,
        nbsp=words.NBSP,
    )


class Html(PageElement):
    """HTML already escaped, beside the drawing."""

    def __init__(self, name: str, html: str) -> None:
        super().__init__(name)
        self.html = html

    def html_text(self) -> str:
        """Return the HTML."""
        return self.html


class Legend(Html):
    """The legend of a map, at its lower left."""

    def __init__(self, content: LegendContent) -> None:
        super().__init__("legend", legend_html(content))
        self.content = content


_TITLE = _ESCAPING.from_string(
    '<header class="map-title"><h1>{{ title }}</h1><p>{{ subtitle }}</p>'
    '{% if fictional %}<span class="badge" title="{{ sentence }}">{{ badge }}</span>{% endif %}</header>'
)
_SOURCES = _ESCAPING.from_string(
    '<footer class="source-line">{% for part in parts %}<span>{{ part }}</span>{% endfor %}</footer>'
)
_TABLE = _ESCAPING.from_string(
    '<button type="button" class="open-table" data-open-table data-obstacle>Voir en tableau (T)</button>'
    '<dialog class="table-alternative" aria-label="{{ title }}"><div class="table-head"><h2>{{ title }}</h2>'
    '<button type="button" data-close-table>Fermer</button></div>'
    '<div class="table-scroll" data-table tabindex="0" role="region" aria-label="{{ title }}"></div></dialog>'
)
_HIDDEN_TITLE = _ESCAPING.from_string('<h1 class="sr-only">{{ title }}</h1>')


def title_bar(title: str, subtitle: str, *, fictional: bool) -> str:
    """Return the title row of a map that stands alone, with its badge when its data are fictional."""
    return _TITLE.render(
        title=title,
        subtitle=subtitle,
        fictional=fictional,
        badge=words.FICTIONAL,
        sentence=words.FICTIONAL_SENTENCE,
    )


def hidden_title(title: str) -> str:
    """Return the title of a framed map, for screen readers only."""
    return _HIDDEN_TITLE.render(title=title)


def source_line(parts: Sequence[str]) -> Html:
    """Return the line under a map: source, n, vintages, contract, version."""
    return Html("source_line", _SOURCES.render(parts=list(parts)))


def table_dialog(title: str) -> Html:
    """Return the button and the empty dialog of the table with the same content as the map."""
    return Html("table_dialog", _TABLE.render(title=title))
