"""The legend of a measure of territories: classes and their counts, circles, grounds that are no class.

The choice of how limits are set lives here: the page holds the classes of every method, one is shown.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from dashboards import words
from dashboards.maps.legend import TEMPLATES, Html, SignRow, sign_svg

_NOTHING = Markup("")
_ESCAPING = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True)
_WIDTH, _TOP, _BAR, _STRIP = 262.0, 14.0, 22.0, 14.0
"""Pixels of the drawing of the classes at 16 px a rem: width, room of the counts, tallest bar, strip."""


@dataclass(frozen=True, slots=True)
class MethodRow:
    """The classes of one method: name in the address, words, drawing, and the same in words."""

    name: str
    words: str
    drawing: Markup
    said: str


@dataclass(frozen=True, slots=True)
class MeasureLegendContent:
    """Everything the legend of a measure says.

    Attributes
    ----------
    title, about
        What is measured; its unit and what is counted.
    method, methods
        Method shown at first; the classes of each, none for a count.
    nested
        Circles of a count, else empty.
    signs
        Grounds that are no class, then optional signs.
    unknown_perimeters
        Names of territories that cannot be drawn.
    empty
        What to say when nothing is measured.
    """

    title: str
    about: str
    method: str
    methods: Sequence[MethodRow] = ()
    nested: Markup = _NOTHING
    signs: Sequence[SignRow] = ()
    unknown_perimeters: Sequence[str] = ()
    empty: str = ""


class MeasureLegend(Html):
    """The legend of a measure, at the lower left, under the map where there is little room."""

    def __init__(self, content: MeasureLegendContent) -> None:
        super().__init__("legend", measure_legend_html(content))
        self.content = content


def measure_legend_html(content: MeasureLegendContent) -> str:
    """Return the legend as HTML; every text is escaped."""
    return _ESCAPING.get_template("measure_legend.html").render(
        content=content, drawing=sign_svg, unknown=words.UNKNOWN_PERIMETER, nbsp=words.NBSP
    )


def classes_svg(counts: Sequence[int], ends: Sequence[str], palette: str) -> Markup:
    """Return the classes side by side: bars and counts above, colours, limits below.

    Parameters
    ----------
    counts
        Number of units by class, lowest first.
    ends
        Words of the lowest value, of each limit, of the largest value: one more than the classes.
    palette
        Palette of the tokens.
    """
    if not counts:
        return Markup("")
    step, most = _WIDTH / len(counts), max(*counts, 1)
    base = _TOP + _BAR
    parts = []
    for rank, count in enumerate(counts):
        left, top = rank * step, base - _BAR * count / most
        box = f'x="{left + 4:.1f}" y="{top:.1f}" width="{step - 8:.1f}" height="{base - top:.1f}"'
        at = f'x="{left + step / 2:.1f}" y="{top - 3:.1f}" text-anchor="middle"'
        strip = f'x="{left:.1f}" y="{base:.1f}" width="{step:.1f}" height="{_STRIP}"'
        parts.append(
            f'<rect {box} class="f-bars"/><text {at}>{words.number(count)}</text>'
            f'<rect {strip} class="f-{palette}-{rank + 1}"/>'
        )
    parts.append(f'<rect x="0" y="{base:.1f}" width="{_WIDTH}" height="{_STRIP}" class="f-none s-mut"/>')
    for rank, end in enumerate(ends):
        anchor = "start" if rank == 0 else "end" if rank == len(counts) else "middle"
        parts.append(
            f'<text x="{rank * step:.1f}" y="{base + _STRIP + 13:.1f}" text-anchor="{anchor}">{end}</text>'
        )
    height = base + _STRIP + 17
    size = f'width="{_WIDTH / 16:.4g}rem" height="{height / 16:.4g}rem" viewBox="0 0 {_WIDTH:g} {height:g}"'
    return Markup(f'<svg {size} aria-hidden="true" class="class-bars">{"".join(parts)}</svg>')
