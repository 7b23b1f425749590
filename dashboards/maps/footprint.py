"""The small map of a selection: how many of its actions take place in each EPCI."""

from collections.abc import Mapping
from functools import lru_cache

import folium
from branca.element import Figure

from dashboards import words
from dashboards.maps import elements, legend
from dashboards.maps.bundle import BundledScript
from dashboards.maps.ground import compact_topology, ground_data, reference
from dashboards.maps.offline import OfflineMap

RADIUS = 9.0
"""Radius of the largest circle, px at 16 px a rem."""
NAMED_TOWNS = 8


class FootprintSign(elements.MapElement):
    """EPCI reached in a soft colour, a circle on each: area in proportion to the number of actions.

    Parameters
    ----------
    counts
        Number of actions by code of EPCI, 1 or more.
    centers
        A point of each EPCI.
    largest
        Number of actions of the largest circle.
    token
        Token of the colour.
    bounds
        South-west and north-east corners to show.
    label
        What the map says, for screen readers.
    """

    def __init__(
        self,
        counts: Mapping[str, int],
        centers: Mapping[str, elements.Point],
        largest: int,
        token: str,
        bounds: tuple[elements.Point, elements.Point],
        label: str,
    ) -> None:
        circles = [
            {"code": code, "at": centers[code], "value": count}
            for code, count in sorted(counts.items())
            if code in centers
        ]
        data = {"circles": circles, "largest": max(largest, 1), "radius": RADIUS, "token": token}
        super().__init__("footprint", {**data, "bounds": bounds, "label": label})

    def add_assets(self, figure: Figure) -> None:
        """Add the scripts of maps, and its own after them."""
        super().add_assets(figure)
        name = "map-footprint.js"
        figure.header.add_child(BundledScript(name), name=name)


@lru_cache(maxsize=1)
def _epci_topology() -> dict[str, object]:
    """Return the contours of the EPCI alone: a small map does not need the communes."""
    return compact_topology(reference().frame("epci", ground_data().epci_vintage))


def footprint_map(
    counts: Mapping[str, int], largest: int, tone: int, caption: str, *, prefix: str | None = None
) -> folium.Map:
    """Return the map.

    Parameters
    ----------
    counts
        Number of actions by code of EPCI, 1 or more.
    largest
        Number of actions of the largest circle, the same for every selection of a year.
    tone
        Category of the colour, 1 to 6; 0 for the colour of values.
    caption
        What the map says in words.
    prefix
        None for a file that stands alone, else the address of the bundled assets.
    """
    ground = ground_data()
    (south, west), (north, east) = ground.bounds
    title = words.typeset(f"Où l’on agit : {caption}")
    made = OfflineMap(title, ((south + north) / 2, (west + east) / 2), prefix=prefix)
    label = words.typeset(f"{title}. La liste des actions est dans le panneau et dans le tableau.")
    signs: list[elements.MapElement] = [
        elements.Ground(_epci_topology(), {}),
        elements.Surface("commune"),
        FootprintSign(
            counts, ground.centers, largest, f"categories-{tone}" if tone else "acc", ground.bounds, label
        ),
        elements.Cards(_cards(counts)),
        elements.PlaceNames(ground.towns[:NAMED_TOWNS]),
        elements.Signs(()),
    ]
    made.page.lead = legend.hidden_title(title)
    for sign in signs:
        sign.add_to(made)
    return made


def _cards(counts: Mapping[str, int]) -> dict[str, tuple[str, str, str, str, str]]:
    ground = ground_data()
    return {
        code: (
            name,
            f"dép. {ground.departement_of.get(code, '')}",
            words.number(counts.get(code, 0)),
            words.plural(counts.get(code, 0), "action"),
            "cliquer pour ses acteurs",
        )
        for code, name in ground.epci_names.items()
    }
