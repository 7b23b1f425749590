"""Signs of the map of a measure: units by class for several methods, and the poles of cooperation."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from branca.element import Figure

from dashboards.maps.bundle import BundledScript
from dashboards.maps.elements import MapElement, Point

LETTERS = {"zero": "z", "no_data": "n", "secret": "s"}
"""How a status travels; a class is its digit."""


class MeasureElement(MapElement):
    """Base of the signs that need the scripts of a measure beside those of every map."""

    def add_assets(self, figure: Figure) -> None:
        """Add the scripts of maps, then those of measures."""
        super().add_assets(figure)
        figure.header.add_child(BundledScript("map-measure.js"), name="map-measure.js")


class Measured(MeasureElement):
    """The units of a level, filled by the class of the method chosen; what is pointed at is told to the page.

    Parameters
    ----------
    level
        `commune`, `epci` or `departement`.
    order
        Codes of the units in the order of the ground.
    methods
        For each method, class as a digit or status of each unit, by code.
    method
        Method drawn at first.
    palette
        Palette of the tokens.
    filled
        False leaves classes out: a count is drawn by circles over white units.
    """

    def __init__(
        self, level: str, order: Sequence[str], methods: Mapping[str, Mapping[str, str]], method: str,
        palette: str = "sequential", *, filled: bool = True,
    ) -> None:  # fmt: skip
        signs = {
            name: "".join(LETTERS.get(found.get(code, "no_data"), found.get(code, "")) for code in order)
            for name, found in methods.items()
        }
        super().__init__(
            "measured",
            {"level": level, "signs": signs, "method": method, "palette": palette, "filled": filled},
        )


@dataclass(frozen=True, slots=True)
class Pole:
    """A pole of cooperation (PTCE): its name and the place of its seat."""

    name: str
    at: Point


class Poles(MeasureElement):
    """Poles of cooperation as ink diamonds, named from zoom 10 on."""

    def __init__(self, poles: Sequence[Pole], sign: str = "ptce") -> None:
        super().__init__("poles", {"poles": [asdict(pole) for pole in poles], "sign": sign})
