"""Signs that can be added to any folium map: territories, circles, zonings, perimeters, names.

Each class carries its data as a JSON block and one call of the bundled scripts. Names are data, never markup:
the block is escaped, and the scripts write text nodes only.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from branca.element import Figure

from dashboards.maps.bundle import BundledScript, BundledStyle, PageElement

SCRIPTS = ("leaflet.js", "topojson.js", "map-ground.js", "map-layers.js", "map-names.js", "map-page.js")
"""Bundled scripts of a map, in the order they must run."""
STYLES = ("leaflet.css", "map.css")
"""Bundled style sheets of a map."""

Point = tuple[float, float]
"""Latitude and longitude in degrees (EPSG:4326), in the order of Leaflet."""

CIRCLE_RADIUS = 14.0
"""Radius of the largest circle, px at 16 px a rem."""
ZERO_RADIUS = 2.4
"""Radius of the empty ring of a value of zero, px at 16 px a rem."""


def json_block(value: object) -> str:
    """Return JSON that can stand inside a `<script>` element: no `<`, `>`, `&` or line separator in it."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


class MapElement(PageElement):
    """Base of the signs: data as JSON, drawn by one function of the bundled scripts.

    Parameters
    ----------
    function
        Name of the function of `Maillage` that draws it.
    data
        What the function reads: texts, finite numbers, lists and mappings.
    """

    def __init__(self, function: str, data: Mapping[str, object]) -> None:
        super().__init__(function)
        self.function = function
        self.data = dict(data)

    def html_text(self) -> str:
        """Return the data as a JSON block."""
        return f'<script type="application/json" id="{self.get_name()}">{json_block(self.data)}</script>'

    def script_text(self) -> str:
        """Return the call that draws it on the map it was added to."""
        owner = self._parent
        return f'Maillage.{self.function}({owner.get_name() if owner else ""}, "{self.get_name()}");\n'

    def add_assets(self, figure: Figure) -> None:
        """Add the bundled scripts and styles of maps, once a page."""
        for name in STYLES:
            figure.header.add_child(BundledStyle(name), name=name)
        for name in SCRIPTS:
            figure.header.add_child(BundledScript(name), name=name)


@dataclass(frozen=True, slots=True)
class Level:
    """Units of a level that are unions of communes.

    Attributes
    ----------
    codes
        Codes of the units.
    of
        For each commune of the topology, in its order: rank of its unit in `codes`, None outside every unit.
    """

    codes: tuple[str, ...]
    of: tuple[int | None, ...]


class Ground(MapElement):
    """The territories themselves: communes, and the levels made of them. Nothing is drawn.

    Parameters
    ----------
    topology
        Communes as `dashboards.maps.ground.compact_topology` writes them.
    levels
        Units by level name (`epci`, `departement`).
    """

    def __init__(self, topology: Mapping[str, object], levels: Mapping[str, Level]) -> None:
        super().__init__(
            "ground",
            {"topology": topology, "levels": {name: asdict(level) for name, level in levels.items()}},
        )


class Surface(MapElement):
    """The units of one level, filled by class or left white; pointing at one opens its card.

    Parameters
    ----------
    level
        `commune`, `epci` or `departement`.
    classes
        Rank of the class by code, from 0; units left out are white.
    statuses
        `zero`, `blank` (no data) or `secret` by code: never a class.
    palette
        Palette of the tokens: `sequential` or `diverging`.
    """

    def __init__(
        self,
        level: str,
        classes: Mapping[str, int] | None = None,
        statuses: Mapping[str, str] | None = None,
        palette: str = "sequential",
    ) -> None:
        super().__init__(
            "surface",
            {"level": level, "classes": classes or {}, "statuses": statuses or {}, "palette": palette},
        )


class Edges(MapElement):
    """Lines between the units of some levels.

    Parameters
    ----------
    levels
        Level names, thinnest first; True draws them at every zoom, False from zoom 10 on.
    filled
        True when the units are filled by class: their edges are then white.
    """

    def __init__(self, levels: Mapping[str, bool], *, filled: bool = False) -> None:
        drawn = [{"level": level, "always": always} for level, always in levels.items()]
        super().__init__("edges", {"levels": drawn, "filled": filled})


class Hatch(MapElement):
    """Communes of a zoning, hatched at 45° in two strokes that read on pale and on dark fills."""

    def __init__(self, communes: Sequence[str], sign: str = "zrr") -> None:
        super().__init__("hatch", {"communes": list(communes), "sign": sign})


@dataclass(frozen=True, slots=True)
class Perimeter:
    """A territory drawn by its outline.

    Attributes
    ----------
    name
        Name on its tag.
    communes
        Official codes of its communes.
    contour
        GeoJSON geometry of its own, where a file gives one; None draws the union of its communes.
    """

    name: str
    communes: tuple[str, ...]
    contour: Mapping[str, object] | None = None


class Perimeters(MapElement):
    """Outlines of territories, ink dashes on a white casing, named from zoom 10 on."""

    def __init__(self, perimeters: Sequence[Perimeter], sign: str = "perimetres") -> None:
        super().__init__("perimeters", {"perimeters": [asdict(item) for item in perimeters], "sign": sign})


class Crossings(MapElement):
    """Communes that lie in two perimeters of which neither holds the other, as plus signs."""

    def __init__(self, communes: Sequence[str], sign: str = "perimetres") -> None:
        super().__init__("crossings", {"communes": list(communes), "sign": sign})


@dataclass(frozen=True, slots=True)
class Circle:
    """A count at a place: `value` from 0."""

    at: Point
    value: float


class Circles(MapElement):
    """Counts as circles whose area is in proportion to the value; zero is a small empty ring.

    Parameters
    ----------
    circles
        Counts and where they stand.
    largest
        Value of the largest circle, the same on every map of a series.
    """

    def __init__(self, circles: Sequence[Circle], largest: float) -> None:
        sizes = {"largest": max(largest, 1), "radius": CIRCLE_RADIUS, "zero_radius": ZERO_RADIUS}
        super().__init__("circles", {"circles": [asdict(circle) for circle in circles], **sizes})


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """A priority neighbourhood: a point, and its contour as GeoJSON when it is known."""

    at: Point
    contour: Mapping[str, object] | None = None


class Neighbourhoods(MapElement):
    """Priority neighbourhoods: a ring of one size below zoom 10, the real contour above."""

    def __init__(self, places: Sequence[Neighbourhood], sign: str = "qpv") -> None:
        super().__init__("neighbourhoods", {"places": [asdict(place) for place in places], "sign": sign})


@dataclass(frozen=True, slots=True)
class PlaceName:
    """A name on the map.

    Attributes
    ----------
    name, at
        Text and place.
    rank
        1 large, 2 medium, 3 small.
    zoom
        Smallest zoom at which it may appear.
    """

    name: str
    at: Point
    rank: int
    zoom: float


class PlaceNames(MapElement):
    """Names with a halo, first come first placed; one that finds no room is left out."""

    def __init__(self, places: Sequence[PlaceName]) -> None:
        super().__init__("names", {"places": [asdict(place) for place in places]})


class Cards(MapElement):
    """Card of the unit under the pointer.

    Parameters
    ----------
    units
        By code: name, what it is, value, unit of the value, note (empty for none).
    """

    def __init__(self, units: Mapping[str, tuple[str, str, str, str, str]]) -> None:
        # Words that most units repeat travel once: a file of all the communes stays light.
        said = sorted({text for card in units.values() for text in card[3:]})
        rank = {text: position for position, text in enumerate(said)}
        shared = {code: [*card[:3], *(rank[text] for text in card[3:])] for code, card in units.items()}
        super().__init__("card", {"units": shared, "said": said})


class Frame(MapElement):
    """Controls in French, a scale in kilometres, and the first view.

    Parameters
    ----------
    bounds
        South-west and north-east corners to show beside the legend.
    label
        What the map is and how to use it from the keyboard, for screen readers.
    """

    def __init__(self, bounds: tuple[Point, Point], label: str) -> None:
        super().__init__("frame", {"bounds": bounds, "label": label})


class Signs(MapElement):
    """Which optional signs are shown at first; the legend and the page around may change them."""

    def __init__(self, shown: Sequence[str]) -> None:
        super().__init__("signs", {"shown": list(shown)})
