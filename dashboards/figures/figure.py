"""A figure of the report: its words, its drawing, and the two forms it leaves in."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from dashboards.prints import furniture
from dashboards.prints.grey import make_grey
from dashboards.prints.page import Page, printing
from dashboards.prints.text import Box, Face, fit
from dashboards.theme import PRINT
from graphmodel.secrecy import Mode

ALT_LENGTH: Final = 350
"""Most characters of an alternative text."""
REPORT_WIDTH: Final = 166.0
"""Millimetres of the text of the report."""
PAPER: Final = (297.0, 210.0)
FOOT_TOP: Final = 190.4
_EDGE: Final = 0.4
"""Millimetres left empty around a bare figure."""
_FRAME: Final = Box(furniture.MARGIN, 26.0, PAPER[0] - 2 * furniture.MARGIN, 161.0)
"""Where a figure stands on its own page."""

Draw = Callable[[Page, Box], None]
"""Draws in a box of a page, the page's own type sizes whatever the box."""


@dataclass(frozen=True, slots=True)
class Words:
    """What a figure says around its drawing.

    Attributes
    ----------
    title, subtitle
        Head of its own page: measure, place, year; contract, question, unit, what is excluded.
    caption
        Under it in a document: one or two sentences, without its number nor its source.
    source
        « Source : … ».
    alt
        What, where, when, the main fact: at most `ALT_LENGTH` characters.
    reading, limit
        How one value is read; what must not be concluded. Written under the drawing on its own page.
    """

    title: str
    subtitle: str
    caption: str
    source: str
    alt: str
    reading: str = ""
    limit: str = ""

    def __post_init__(self) -> None:
        if len(self.alt) > ALT_LENGTH:
            raise ValueError(f"an alternative text has {len(self.alt)} characters: {self.alt}")


@dataclass(frozen=True, slots=True)
class Drawing:
    """How a figure is drawn: in any box, and how high it is, bare, at a width in millimetres.

    Attributes
    ----------
    draw
        Draws it.
    height
        Millimetres of the bare version.
    stretch
        How many times this height the drawing may take on its own page.
    """

    draw: Draw
    height: Callable[[float], float]
    stretch: float = 1.5


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure, from one graph and one evaluation.

    Attributes
    ----------
    kind, number
        « f1 », « Figure F1 ».
    words, drawing
        See their classes.
    imprint
        Returns the foot of its page for a command.
    fictional, mode, year, grey
        What it shows and for whom; no year for a figure of all of them.
    empty
        Why there is nothing to draw; None otherwise.
    """

    kind: str
    number: str
    words: Words
    drawing: Drawing
    imprint: Callable[[str], furniture.Imprint]
    fictional: bool
    mode: Mode
    year: int | None = None
    grey: bool = False
    empty: str | None = None

    @property
    def title(self) -> str:
        """Head of its page."""
        return self.words.title

    @property
    def subtitle(self) -> str:
        """Line under the head."""
        return self.words.subtitle

    @property
    def caption(self) -> str:
        """Words under it in a document."""
        return self.words.caption

    @property
    def source(self) -> str:
        """« Source : … »."""
        return self.words.source

    @property
    def alt(self) -> str:
        """Alternative text."""
        return self.words.alt

    def height(self, width: float = REPORT_WIDTH) -> float:
        """Return the millimetres of the bare version at a width."""
        return self.drawing.height(width - 2 * _EDGE) + 2 * _EDGE

    def svg(self, width: float = REPORT_WIDTH) -> bytes:
        """Return the bare version as SVG, its texts as texts."""
        return self._bare(width, ".svg")

    def png(self, width: float = REPORT_WIDTH) -> bytes:
        """Return the bare version as PNG, 300 dots an inch."""
        return self._bare(width, ".png")

    def save(self, path: Path, command: str) -> Path:
        """Write its page; the extension of the path is the format.

        Raises
        ------
        UsageError
            An extension of no known format.
        TextOverflowError
            When a text does not fit: nothing is written.
        """
        with printing():
            return self.page(command).save(path, self.title)

    def page(self, command: str) -> Page:
        """Return its page, A4 landscape; inside `printing()`."""
        page = Page(*PAPER)
        heading = furniture.Heading(self.title, self.subtitle, self.number, self.fictional)
        furniture.draw_header(page, heading)
        strip = _strip_height(self.words)
        height = min(self.drawing.height(_FRAME.w) * self.drawing.stretch, _FRAME.h - strip)
        self.drawing.draw(page, Box(_FRAME.x, _FRAME.y, _FRAME.w, height))
        if strip:
            _draw_strip(page, Box(_FRAME.x, _FRAME.bottom - strip, _FRAME.w, strip), self.words)
        furniture.draw_footer(page, self.imprint(command), FOOT_TOP)
        if self.grey:
            make_grey(page)
        return page

    def bare(self, width: float = REPORT_WIDTH, margin: float = 0.0) -> Page:
        """Return the bare version as a page with an empty margin; inside `printing()`."""
        height = self.height(width)
        page = Page(width + 2 * margin, height + 2 * margin)
        # Half a line of a frame and the side of a letter may lie over the edge of a box.
        room = Box(margin + _EDGE, margin + _EDGE, width - 2 * _EDGE, height - 2 * _EDGE)
        self.drawing.draw(page, room)
        if self.grey:
            make_grey(page)
        return page

    def _bare(self, width: float, suffix: str) -> bytes:
        with printing(), TemporaryDirectory() as folder:
            return self.bare(width).save(Path(folder) / f"figure{suffix}", self.title).read_bytes()


def _sections(said: Words) -> list[tuple[str, str]]:
    told = [("Lire", said.reading), ("Ce qu’on ne peut pas dire", said.limit)]
    return [(title, text) for title, text in told if text]


def _strip_height(said: Words) -> float:
    """Return the millimetres that the sections under a drawing take on its page."""
    sections = _sections(said)
    if not sections:
        return 0.0
    wide = _column(len(sections))
    return 8.0 + max(fit(text, furniture.BODY, wide, 60.0, leading=1.25).height for _, text in sections)


def _column(count: int) -> float:
    return (_FRAME.w - 8.0 * (count - 1)) / count


def _draw_strip(page: Page, box: Box, said: Words) -> None:
    sections = _sections(said)
    wide = _column(len(sections))
    for rank, (title, text) in enumerate(sections):
        furniture.draw_section(
            page, Box(box.x + rank * (wide + 8.0), box.y + 3.0, wide, box.h - 3.0), title, text
        )


def nothing(reason: str) -> Drawing:
    """Return the drawing of a figure that has nothing to draw: its reason, in words."""

    def draw(page: Page, box: Box) -> None:
        page.rectangle(box.grown(-0.3), 1, fill=PRINT["print_ground"], edge=PRINT["print_hairline"], line=0.5)
        inner = box.grown(-6)
        page.paragraph(Box(inner.x, inner.y, inner.w, 5), "Rien à dessiner", Face(9.0, 600))
        page.paragraph(Box(inner.x, inner.y + 5.5, inner.w, inner.h - 5.5), reason, Face(8.0))

    return Drawing(draw, lambda _: 28.0, stretch=1.0)
