"""A printed page: one figure, one system of axes in millimetres, a register of what was written and where."""

import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Literal

import matplotlib
from matplotlib.artist import Artist
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.patheffects import Stroke
from matplotlib.text import Text

from dashboards.prints import fonts
from dashboards.prints.text import ASCENT, MM_PER_PT, Box, Face, Fitted, fit, french
from dashboards.theme import LIGHT
from graphmodel.errors import UsageError

DPI: Final = 300
"""Resolution of the pictures."""
FORMATS: Final = (".png", ".svg", ".pdf")
STYLE: Final[Any] = {
    "svg.hashsalt": "maillage",
    "svg.fonttype": "none",
    "pdf.fonttype": 42,
    "text.hinting": "none",
    "path.simplify": False,
}
"""Settings on which the bytes of a page depend."""

Z: Final = {
    "ground": 1, "fill": 2, "thin": 3, "edge": 4, "hatch": 5, "perimeter": 6, "mark": 8, "panel": 10,
    "frame": 12, "plate": 14, "text": 16,
}  # fmt: skip
"""The one table of what lies over what; an inset adds `INSET` to all of them."""
INSET: Final = 20

_LOCK = threading.Lock()

Align = Literal["left", "center", "right"]


@contextmanager
def printing() -> Iterator[None]:
    """Hold matplotlib's settings for the time of a page; one page at a time in a process."""
    with _LOCK, matplotlib.rc_context(STYLE):
        yield


@dataclass(frozen=True, slots=True)
class Written:
    """A text of the page, as the audit needs it: its artist, what it must stay in, how it looks."""

    artist: Text
    face: Face
    container: Box | None = None


@dataclass(slots=True)
class Page:
    """A page under construction.

    Attributes
    ----------
    width, height
        Paper in millimetres.
    figure, axes
        The figure and its axes in millimetres, origin top left.
    written
        Every text.
    boxes
        Plates, panels and frames that must stay on the page, by what they are.
    unplaced
        Names that found no place on the map.
    paper
        Name of the paper, as the scale says it.
    grey
        True for the edition to be photocopied: some signs are then told apart by their shape or texture.
    """

    width: float
    height: float
    paper: str = "A4"
    grey: bool = False
    figure: Figure = field(init=False)
    axes: Any = field(init=False)
    written: list[Written] = field(default_factory=list)
    boxes: list[tuple[str, Box]] = field(default_factory=list)
    unplaced: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        fonts.register()
        self.figure = Figure(figsize=(self.width / 25.4, self.height / 25.4), facecolor=LIGHT.surface)
        self.axes = self.figure.add_axes((0.0, 0.0, 1.0, 1.0))
        self.axes.set(xlim=(0, self.width), ylim=(self.height, 0))
        self.axes.set_axis_off()

    def add(self, artist: Artist, clip: Box | None = None) -> None:
        """Draw an artist, cut at the edges of a box."""
        self.axes.add_artist(artist)
        if clip is not None:
            artist.set_clip_path(Rectangle((clip.x, clip.y), clip.w, clip.h, transform=self.axes.transData))

    def rectangle(self, box: Box, z: float, *, fill: str = "none", edge: str = "none", line: float = 0.0,
                  said: str = "") -> None:  # fmt: skip
        """Draw a rectangle; `line` in points; `said` registers it for the audit."""
        if said:
            self.boxes.append((said, box))
        self.add(
            Rectangle(
                (box.x, box.y), box.w, box.h, facecolor=fill, edgecolor=edge, linewidth=line, zorder=z,
                joinstyle="miter",
            )
        )  # fmt: skip

    def line(self, x: float, y: float, text: str, face: Face, *, color: str = LIGHT.ink,
             align: Align = "left", halo: float = 0.0, container: Box | None = None,
             z: float = Z["text"]) -> None:  # fmt: skip
        """Write one line, its baseline at `y`; `halo` in points; see `Written` for `container`."""
        artist = _text(x, y, french(text), face, color, align, z)
        self.axes.add_artist(artist)
        if halo:
            # The halo is an outline of its own, under every letter: texts stay texts and none eats another.
            outline = _text(x, y, french(text), face, LIGHT.casing, align, z - 0.5)
            outline.set_path_effects([Stroke(linewidth=2 * halo, foreground=LIGHT.casing)])
            self.axes.add_artist(outline)
        self.written.append(Written(artist, face, container))

    def lines(self, x: float, y: float, fitted: Fitted, *, color: str = LIGHT.ink, align: Align = "left",
              halo: float = 0.0, container: Box | None = None, z: float = Z["text"]) -> float:  # fmt: skip
        """Write fitted lines from the top `y`; return where the next text may begin."""
        baseline = y + ASCENT * fitted.face.size * MM_PER_PT
        for rank, line in enumerate(fitted.lines):
            self.line(x, baseline + rank * fitted.step, line, fitted.face,
                      color=color, align=align, halo=halo, container=container, z=z)  # fmt: skip
        return y + fitted.height

    def paragraph(self, box: Box, text: str, face: Face, *, floor: float = 6.5, color: str = LIGHT.ink,
                  align: Align = "left", leading: float = 1.22, z: float = Z["text"]) -> float:  # fmt: skip
        """Write a text in a box and return the height where it ends.

        Raises
        ------
        TextOverflowError
            When the text does not fit at the floor.
        """
        fitted = fit(text, face, box.w, box.h, floor=floor, leading=leading)
        x = {"left": box.x, "center": box.x + box.w / 2, "right": box.right}[align]
        return self.lines(x, box.y, fitted, color=color, align=align, container=box, z=z)

    def save(self, path: Path, title: str) -> Path:
        """Write the page; the extension of the path is the format.

        Raises
        ------
        UsageError
            An extension of no known format.
        """
        suffix = path.suffix.lower()
        if suffix not in FORMATS:
            raise UsageError(f"« {path.suffix} » n’est pas un format de page : {', '.join(FORMATS)}.")
        stream = io.BytesIO()
        self.figure.savefig(stream, format=suffix[1:], dpi=DPI, metadata=_metadata(suffix, title))
        content = stream.getvalue()
        if suffix == ".svg":
            content = self._embedded(content.decode("utf-8")).encode("utf-8")
        path.write_bytes(content)
        return path

    def _embedded(self, svg: str) -> str:
        return fonts.embed(
            svg, [(text.face.weight, text.face.italic, text.artist.get_text()) for text in self.written]
        )


def _text(x: float, y: float, text: str, face: Face, color: str, align: Align, z: float) -> Text:
    font = fonts.properties(face.size, face.weight, face.italic)
    return Text(
        x, y, text, color=color, fontproperties=font, ha=align, va="baseline", zorder=z, parse_math=False,
        clip_on=False,
    )  # fmt: skip


def _metadata(suffix: str, title: str) -> dict[str, str | None]:
    """Return what a file says of itself: never a date nor a library's version, which change alone."""
    if suffix == ".pdf":
        return {
            "Title": title,
            "Creator": "Maillage",
            "Producer": None,
            "CreationDate": None,
            "ModDate": None,
        }
    if suffix == ".svg":
        return {"Title": title, "Creator": "Maillage", "Date": None}
    return {"Title": title, "Software": None}
