"""Text whose size is known before it is placed, and that never leaves its box."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Final

import shapely
from matplotlib import rc_context
from matplotlib.backends.backend_agg import RendererAgg

from dashboards import words
from dashboards.prints import fonts
from graphmodel.errors import MaillageError

MM_PER_PT: Final = 25.4 / 72
FLOOR: Final = 6.0
"""Smallest size of a text in points."""
STEP: Final = 0.25
"""Step in points by which a text shrinks to fit."""
ASCENT, DESCENT = 0.74, 0.21
"""Height above and below the baseline that letters take, as shares of the size."""

_MONTHS = "|".join(words.MONTHS)
_TIED = (
    (re.compile(r"[\s\x00-\x1f\u2028\u2029]*[\n\r\t\x00-\x1f\u2028\u2029][\s\x00-\x1f]*"), " "),
    (re.compile(r"(?<=\d) (?=\d{3}\b)"), words.NNBSP),
    (re.compile(r"(?<=\d) (?=[^\W\d_])"), words.NBSP),
    (re.compile(r"(?<=\d)(er)? (?=(" + _MONTHS + r")\b)"), r"\1" + words.NBSP),
    (re.compile(rf"\b({_MONTHS}) (?=\d{{4}}\b)"), r"\1" + words.NBSP),
    (re.compile(r" (?=[×=])|(?<=[×=]) "), words.NBSP),
)


class TextOverflowError(MaillageError):
    """A text does not fit its box at the smallest size allowed."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of the page in millimetres, origin top left."""

    x: float
    y: float
    w: float
    h: float

    @property
    def right(self) -> float:
        """Right edge."""
        return self.x + self.w

    @property
    def bottom(self) -> float:
        """Lower edge."""
        return self.y + self.h

    @property
    def polygon(self) -> shapely.Polygon:
        """The rectangle as a geometry of the page."""
        return shapely.box(self.x, self.y, self.right, self.bottom)

    def grown(self, by: float) -> "Box":
        """Return the box larger by a margin on its four sides; smaller when negative."""
        return Box(self.x - by, self.y - by, self.w + 2 * by, self.h + 2 * by)


@dataclass(frozen=True, slots=True)
class Face:
    """A size in points, a weight (400, 600, 700), a slant."""

    size: float
    weight: int = 400
    italic: bool = False

    @property
    def height(self) -> float:
        """Height in millimetres from the lowest to the highest letter."""
        return (ASCENT + DESCENT) * self.size * MM_PER_PT

    def at(self, size: float) -> "Face":
        """Return the face at another size."""
        return replace(self, size=size)


@dataclass(frozen=True, slots=True)
class Fitted:
    """A text cut into lines, at the size at which it fits."""

    lines: tuple[str, ...]
    face: Face
    leading: float

    @property
    def step(self) -> float:
        """Distance in millimetres from one baseline to the next."""
        return self.face.size * MM_PER_PT * self.leading

    @property
    def height(self) -> float:
        """Height in millimetres of all the lines."""
        return self.face.height + (len(self.lines) - 1) * self.step

    @property
    def width(self) -> float:
        """Width in millimetres of the longest line."""
        return max(width_of(line, self.face) for line in self.lines)


def french(text: str) -> str:
    """Return a text with the spaces of French typography; every string of a page passes here.

    No number is parted from its unit, no day from its month; line ends and control characters are spaces.

    Examples
    --------
    >>> french("126 EPCI : n = 7").encode("ascii", "backslashreplace").decode()
    '126\\\\xa0EPCI\\\\xa0: n\\\\xa0=\\\\xa07'
    """
    for pattern, replacement in _TIED:
        text = pattern.sub(replacement, text)
    return words.typeset(text).strip(" ")


@lru_cache(maxsize=8192)
def width_of(text: str, face: Face) -> float:
    """Return the width of a line in millimetres, the same for every format of file."""
    with rc_context({"text.hinting": "none"}):
        # Ten times the size, so that the rounding to whole pixels does not count.
        font = fonts.properties(face.size * 10, face.weight, face.italic)
        renderer: Any = RendererAgg
        pixels, _, _ = renderer(1, 1, 72).get_text_width_height_descent(text, font, False)
    return float(pixels) / 10 * MM_PER_PT


def wrap(text: str, face: Face, width: float) -> tuple[str, ...]:
    """Return the lines of a text that has been set in French; a word that is too wide has its own line."""
    lines: list[str] = []
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(longer, face) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return tuple(lines)


def fit(
    text: str, face: Face, width: float, height: float, *, floor: float = FLOOR, leading: float = 1.22
) -> Fitted:
    """Return a text cut and, where needed, reduced to fit.

    Parameters
    ----------
    text
        Any text; it is set in French here.
    face
        Wanted face.
    width, height
        Room in millimetres.
    floor
        Smallest size in points, at least `FLOOR`.
    leading
        Distance of baselines as a multiple of the size.

    Raises
    ------
    TextOverflowError
        When it does not fit at the floor: with the text, the room and what it would take.
    """
    said, smallest = french(text), max(floor, FLOOR)
    tried = face
    while True:
        made = Fitted(wrap(said, tried, width), tried, leading)
        if made.width <= width + 0.01 and made.height <= height + 0.01:
            return made
        if tried.size - STEP < smallest - 1e-9:
            raise TextOverflowError(
                f"Un texte de la page ne tient pas dans sa place : « {said} » demande {made.width:.1f} × "
                f"{made.height:.1f} mm à {tried.size:g} points, la place en a {width:.1f} × {height:.1f}."
            )
        tried = tried.at(tried.size - STEP)
