"""Where things stand on a page: one table of paper sizes, orientations and their frames, in millimetres.

Frames follow the paper; type sizes do not. Half a page is half an A4: it has no room for insets.
"""

from dataclasses import dataclass
from typing import Final

from dashboards.map_kinds import Orientation, Paper
from dashboards.prints.text import Box
from graphmodel.errors import UsageError

MARGIN: Final = 10.0
TOP: Final = 26.0
"""Where the map begins, under the header."""
GAP: Final = 3.0
_SIZES: Final[dict[Paper, tuple[float, float]]] = {
    "a4": (297.0, 210.0), "a3": (420.0, 297.0), "demi": (210.0, 148.0),
}  # fmt: skip
"""Width and height in landscape."""
NAMES: Final[dict[Paper, str]] = {"a4": "A4", "a3": "A3", "demi": "A5"}
"""Papers as a scale names them: nobody scales a photocopy."""
_FOOTERS: Final = ((250.0, 19.6), (180.0, 21.4), (0.0, 31.0))
"""Height of the foot of a page from a width of its text on: narrow pages take more lines."""
BELOW: Final = 90.0
"""Height under the map of a portrait A4 for the legend and the insets, where the map asks for no other."""


class LayoutError(UsageError):
    """A map does not fit the page asked for: nothing is written."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The frames of a page.

    Attributes
    ----------
    paper
        « A4 », « A3 » or « A5 ».
    width, height
        Millimetres.
    main
        Frame of the map.
    insets
        Frames of the insets; none on half a page.
    columns
        Columns of the legend, in the order in which they are filled.
    foot
        Height of the rule above the footer.
    """

    paper: str
    width: float
    height: float
    main: Box
    insets: tuple[Box, ...]
    columns: tuple[Box, ...]
    foot: float


def layout_of(paper: Paper, orientation: Orientation, *, insets: int = 2, below: float = BELOW) -> Layout:
    """Return the frames of a page.

    Parameters
    ----------
    paper, orientation
        Page.
    insets
        Number of insets the map has; 0 gives their room to the legend.
    below
        Millimetres under the map of a portrait A4; other papers follow.
    """
    wide, high = _SIZES[paper]
    if orientation == "landscape":
        return _landscape(paper, wide, high, insets if paper != "demi" else 0)
    return _portrait(paper, high, wide, insets if paper != "demi" else 0, below)


def _foot(width: float, height: float) -> float:
    text = width - 2 * MARGIN
    return height - next(tall for least, tall in _FOOTERS if text >= least)


def _landscape(paper: Paper, width: float, height: float, insets: int) -> Layout:
    """The map at left, a column of insets, the legend at right."""
    foot = _foot(width, height)
    high = foot - 2.4 - TOP
    main = Box(MARGIN, TOP, {"a4": 158.0, "a3": 243.0, "demi": 90.0}[paper], high)
    legend = {"a4": 54.0, "a3": 62.0, "demi": 46.0}[paper]
    x, right = main.right + GAP, width - MARGIN
    column = Box(right - legend, TOP, legend, high)
    between = column.x - (4 if paper != "demi" else GAP) - x
    frames: tuple[Box, ...] = ()
    columns: tuple[Box, ...] = (column,)
    tall = (high - GAP) / 2
    if insets:
        frames = tuple(Box(x, TOP + rank * (tall + GAP), between, tall) for rank in range(min(insets, 2)))
    if insets < 2:
        top = TOP + insets * (tall + GAP)
        beside = Box(x + 1, top, between - 1, TOP + high - top)
        columns = (column, beside) if insets else (beside, column)
    return Layout(NAMES[paper], width, height, main, frames, columns, foot)


def _portrait(paper: Paper, width: float, height: float, insets: int, below: float) -> Layout:
    """The map on top, the columns of the legend under it, the insets at their right."""
    foot = _foot(width, height)
    inside = width - 2 * MARGIN
    low = {"a4": below, "a3": 150.0 if below == BELOW else below * 1.414, "demi": 60.0}[paper]
    top = foot - 2.0 - low
    main = Box(MARGIN, TOP, inside, top - 4.0 - TOP)
    frames: tuple[Box, ...] = ()
    room = inside
    if insets:
        wide = {"a4": 58.0, "a3": 88.0}[paper] if insets > 1 else {"a4": 62.0, "a3": 88.0}[paper]
        tall = low if insets == 1 else (low - GAP) / 2
        x = width - MARGIN - wide
        frames = tuple(Box(x, top + rank * (tall + GAP), wide, tall) for rank in range(min(insets, 2)))
        room = inside - wide - 4.0
    count = {"a4": 2 if insets else 3, "a3": 3, "demi": 2}[paper]
    each = (room - 4.0 * (count - 1)) / count
    columns = tuple(Box(MARGIN + rank * (each + 4.0), top, each, low) for rank in range(count))
    return Layout(NAMES[paper], width, height, main, frames, columns, foot)
