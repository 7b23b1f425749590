"""Exact scales: the list they come from, the map frame that obeys one, the bar that says it."""

from dataclasses import dataclass
from typing import Final

import shapely
from matplotlib.patches import Polygon
from pyproj import Proj, Transformer
from shapely.geometry.base import BaseGeometry

from dashboards import words
from dashboards.prints.page import INSET, Page, Z
from dashboards.prints.text import Box, Face, french, width_of
from dashboards.theme import LIGHT, PRINT
from graphmodel.errors import UsageError

SCALES: Final = (
    250_000, 300_000, 400_000, 500_000, 600_000, 750_000,
    1_000_000, 1_250_000, 1_500_000, 1_800_000, 2_000_000, 2_500_000, 3_250_000, 4_500_000,
)  # fmt: skip
"""Denominators a map may have, the largest scale first."""
BARS_KM: Final = (1, 2, 5, 10, 20, 50, 100)
_LONGEST_BAR = 36.0
_WIDE_MM = 89.5
"""Width from which a frame is that of a main map."""
_NUMBERS, _RATIO = Face(7.0), Face(6.5)
_METRIC = "EPSG:2154"
_BACK = Transformer.from_crs(_METRIC, "EPSG:4326", always_xy=True)


@dataclass(frozen=True, slots=True)
class MapFrame:
    """A rectangle of the page that shows a piece of the ground at an exact scale.

    Attributes
    ----------
    box
        Its place on the page.
    scale
        Denominator: 1 500 000 for 1:1 500 000.
    center
        Ground at its centre, metres east and north in EPSG:2154.
    """

    box: Box
    scale: int
    center: tuple[float, float]

    def point(self, east: float, north: float) -> tuple[float, float]:
        """Return where a point of the ground is on the page."""
        ratio = 1000 / self.scale
        x = self.box.x + self.box.w / 2 + (east - self.center[0]) * ratio
        return x, self.box.y + self.box.h / 2 - (north - self.center[1]) * ratio

    def shape(self, geometry: BaseGeometry) -> BaseGeometry:
        """Return a geometry of the ground in millimetres of the page, not cut at the frame."""
        ratio = 1000 / self.scale
        x, y = self.point(0.0, 0.0)
        moved: BaseGeometry = shapely.transform(geometry, lambda at: at * (ratio, -ratio) + (x, y))
        return moved

    @property
    def outline(self) -> shapely.Polygon:
        """The frame as a rectangle of the page."""
        return self.box.polygon

    @property
    def ground(self) -> shapely.Polygon:
        """What the frame shows, as a rectangle of the ground."""
        half_w, half_h = (side * self.scale / 2000 for side in (self.box.w, self.box.h))
        east, north = self.center
        return shapely.box(east - half_w, north - half_h, east + half_w, north + half_h)

    @property
    def factor(self) -> float:
        """Length in the projection of one metre of ground at the centre: 0.999 to 1 in the region."""
        longitude, latitude = _BACK.transform(*self.center)
        return float(Proj(_METRIC).get_factors(longitude, latitude).meridional_scale)


def frame_for(bounds: tuple[float, float, float, float], box: Box, around: float = 2.5) -> MapFrame:
    """Return the frame of the largest scale at which some ground fits a box.

    Parameters
    ----------
    bounds
        West, south, east, north in EPSG:2154 metres.
    box
        Room on the page.
    around
        Millimetres kept free on each side.

    Raises
    ------
    UsageError
        When it does not fit at the smallest scale.
    """
    west, south, east, north = bounds
    for scale in SCALES:
        wide, high = ((b - a) * 1000 / scale + 2 * around for a, b in ((west, east), (south, north)))
        if wide <= box.w and high <= box.h:
            return MapFrame(box, scale, ((west + east) / 2, (south + north) / 2))
    raise UsageError("Ce territoire est trop grand pour une page à l’une des échelles prévues.")


def bar_length(frame: MapFrame) -> int:
    """Return the length in kilometres of the longest bar that is not too long for the frame."""
    # On a main map a long bar would lie over the land; an inset has nothing else to be read by.
    longest = min(_LONGEST_BAR, frame.box.w * (0.22 if frame.box.w > _WIDE_MM else 0.4))
    fitting = [km for km in BARS_KM if km * 1e6 / frame.scale <= longest]
    return fitting[-1] if fitting else BARS_KM[0]


def bar_size(frame: MapFrame, *, inset: bool = False, paper: str = "A4") -> tuple[float, float]:
    """Return the width and height in millimetres of the plate of the scale bar."""
    km = bar_length(frame)
    bar = km * 1e6 * frame.factor / frame.scale
    numbers = bar + width_of(french(f"{km} km"), _NUMBERS) - width_of(str(km), _NUMBERS) / 2
    ratio = width_of(ratio_words(frame, inset=inset, paper=paper), _RATIO)
    # An inset has no room to lose: its ratio stands beside the bar, not under it.
    return (numbers + ratio + 7.0, 6.6) if inset else (max(numbers, ratio) + 4.4, 10.2)


def ratio_words(frame: MapFrame, *, inset: bool = False, paper: str = "A4") -> str:
    """Return « 1:1 500 000 sur papier A4 »: nobody scales a photocopy."""
    return french(f"1:{words.number(frame.scale)}" + ("" if inset else f" sur papier {paper}"))


def draw_bar(page: Page, frame: MapFrame, right: float, bottom: float, *, inset: bool = False,
             ground: str = PRINT["print_ground"]) -> Box:  # fmt: skip
    """Draw the scale bar and the ratio on a plate whose lower right corner is given; return the plate.

    The length of the bar takes the scale factor of the projection at the centre of the frame.
    """
    km, z = bar_length(frame), INSET if inset else 0
    wide, high = bar_size(frame, inset=inset, paper=page.paper)
    plate = Box(right - wide, bottom - high, wide, high)
    page.rectangle(plate, Z["panel"] + z, fill=LIGHT.casing if inset else ground,
                   edge=LIGHT.ink if inset else "none", line=0.5, said="échelle")  # fmt: skip
    half = km * 1e6 * frame.factor / frame.scale / 2
    left, top = plate.x + 2.0, plate.y + (4.1 if inset else 4.3)
    for rank, colour in enumerate((LIGHT.ink, LIGHT.casing)):
        page.rectangle(Box(left + rank * half, top, half, 1.1), Z["frame"] + z,
                       fill=colour, edge=LIGHT.ink, line=0.5)  # fmt: skip
    middle, over = words.number(km / 2, km % 2), Z["text"] + z
    page.line(left, top - 1.1, "0", _NUMBERS, align="center", z=over)
    page.line(left + half, top - 1.1, middle, _NUMBERS, align="center", z=over)
    page.line(left + 2 * half - width_of(str(km), _NUMBERS) / 2, top - 1.1, f"{km} km", _NUMBERS, z=over)
    ratio = ratio_words(frame, inset=inset, paper=page.paper)
    at = (plate.right - 2.0 - width_of(ratio, _RATIO), top - 1.1) if inset else (left, top + 4.2)
    page.line(*at, ratio, _RATIO, z=over)
    return plate


def draw_north(page: Page, x: float, bottom: float) -> Box:
    """Draw the north arrow, its tip up, and return the room it takes.

    Grid north is up; true north lies within 3° of it in the region, less than the arrow can show.
    """
    top = bottom - 7.0
    for side, colour in ((-1.3, LIGHT.casing), (1.3, LIGHT.ink)):
        corners = [(x, top), (x + side, bottom), (x, bottom - 1.6)]
        page.add(Polygon(corners, closed=True, facecolor=colour, edgecolor=LIGHT.ink, linewidth=0.5,
                         zorder=Z["frame"]))  # fmt: skip
    page.line(x, top - 0.9, "N", Face(7.0, 600), align="center")
    return Box(x - 2, top - 3.6, 4, 10.6)
