"""The map of a measure of territories, as a folium page: what it shows, then how it is drawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from dashboards import words
from dashboards.class_limits import METHODS, Method
from dashboards.maps import elements, facts, legend
from dashboards.maps.ground import GroundData
from dashboards.maps.measure_legend import MeasureLegend, MeasureLegendContent, MethodRow, classes_svg
from dashboards.maps.measured_elements import Measured, Pole, Poles
from dashboards.maps.offline import OfflineMap
from dashboards.measured import Reading, Series, status_words
from dashboards.measures import Level
from dashboards.territory_units import Unit
from dashboards.theme import Scheme

MAP_PATH: Final = "/carte/territoires"
"""Address of the map in the dashboard: `mesure`, `an`, `niveau`, `classes`."""
SIGNS = (("qpv", "QPV"), ("zrr", "ZRR"), ("ptce", "PTCE"), ("perimetres", "Périmètres"))
"""Optional signs: name in the address, word."""
SHOWN_FIRST = ("qpv", "perimetres")
"""Signs shown when the address does not say."""
_COUNTS = {"commune": "de communes", "epci": "d’EPCI", "departement": "de départements"}


@dataclass(frozen=True, slots=True)
class Signs:
    """What can be laid over any measure.

    Attributes
    ----------
    parties
        Territories of the parties, and where they cross.
    zrr
        Communes classed in ZRR.
    neighbourhoods, poles
        Priority neighbourhoods; poles of cooperation.
    """

    parties: facts.PartyPerimeters
    zrr: tuple[str, ...]
    neighbourhoods: tuple[elements.Neighbourhood, ...]
    poles: tuple[Pole, ...]


@dataclass(frozen=True, slots=True)
class TerritoryMap:
    """Everything the map of a measure says, before it is drawn.

    Attributes
    ----------
    series, year, method
        Measure and level, year, and how limits are set at first.
    units
        Units of the level by code.
    ground
        Contours.
    actions
        Number of actions of the year in each unit, by code; None when nothing is known of the year.
    signs
        What is laid over.
    """

    series: Series
    year: int
    method: Method
    units: dict[str, Unit]
    ground: GroundData
    actions: dict[str, int] | None
    signs: Signs

    @property
    def title(self) -> str:
        """Question the map answers."""
        return self.series.measure.asked(self.year)

    @property
    def readings(self) -> dict[str, Reading]:
        """What each unit bears in the year."""
        return dict(self.series.readings.get(self.year, {}))

    @property
    def filled(self) -> bool:
        """True for a ratio: units are filled by class; a count is drawn by circles."""
        return self.series.measure.nature == "ratio"


def territory_map(
    content: TerritoryMap, *, scheme: Scheme = "light", prefix: str | None = None
) -> OfflineMap:
    """Return the map of a measure.

    Parameters
    ----------
    content
        What it shows.
    scheme
        Light or dark set of tokens at first.
    prefix
        None for a file that stands alone; else the address of the bundled assets on the same server.
    """
    (south, west), (north, east) = content.ground.bounds
    made = OfflineMap(content.title, ((south + north) / 2, (west + east) / 2), scheme=scheme, prefix=prefix)
    for sign in _drawing(content, alone=prefix is None):
        sign.add_to(made)
    MeasureLegend(legend_content(content)).add_to(made)
    made.page.lead = legend.hidden_title(content.title)
    elements.PlaceNames(content.ground.towns).add_to(made)
    elements.Frame(content.ground.bounds, _label(content)).add_to(made)
    elements.Signs([name for name, _ in SIGNS]).add_to(made)
    return made


def _drawing(content: TerritoryMap, *, alone: bool) -> list[elements.MapElement]:
    """Signs from the ground up; `alone` for a file without the page that opens a sheet."""
    level, ground, signs = content.series.level, content.ground, content.signs
    order = ground.topology["codes"] if level == "commune" else ground.levels[level].codes
    assert isinstance(order, Sequence)
    methods: dict[str, dict[str, str]] = {
        name: content.series.signs(content.year, name) for name, _, _ in _methods(content)
    }
    edges = {"commune": level == "commune", "epci": level != "departement", "departement": True}
    drawn: list[elements.MapElement] = [
        elements.Ground(ground.topology, ground.levels),
        Measured(
            level, order, methods, content.method, content.series.measure.palette, filled=content.filled
        ),
        elements.Hatch(signs.zrr),
        elements.Edges(edges, filled=content.filled),
    ]
    if signs.parties.drawn:
        drawn += [elements.Crossings(signs.parties.crossings), elements.Perimeters(signs.parties.drawn)]
    if not content.filled:
        drawn.append(elements.Circles(_circles(content), content.series.largest))
    drawn += [elements.Neighbourhoods(signs.neighbourhoods), Poles(signs.poles)]
    return [*drawn, elements.Cards(cards(content, alone=alone))]


def _methods(content: TerritoryMap) -> Sequence[tuple[Method, str, str]]:
    # Without classes there is nothing to choose: the ground alone is drawn.
    return METHODS if content.filled else METHODS[:1]


def _circles(content: TerritoryMap) -> list[elements.Circle]:
    """A circle a unit; communes of value zero have none: two thousand rings would hide the others."""
    few = content.series.level != "commune"
    return [
        elements.Circle(content.units[code].at, reading.value)
        for code, reading in content.readings.items()
        if reading.value is not None and (few or reading.value > 0)
    ]


def cards(content: TerritoryMap, *, alone: bool = False) -> dict[str, tuple[str, str, str, str, str]]:
    """Return the card of each unit: name, what it is, value, unit or reason, what to do."""
    measure, found = content.series.measure, {}
    for code, reading in content.readings.items():
        unit = content.units[code]
        if reading.value is None:
            value, said = ("–", status_words(reading))
        else:
            value, said = measure.number(reading.value), measure.unit_of(reading.value)
        found[code] = (unit.short, unit.about, value, said, _note(content, code, reading, alone=alone))
    return found


def _note(content: TerritoryMap, code: str, reading: Reading, *, alone: bool) -> str:
    parts = []
    if reading.covered:
        parts.append("couvert par le secret : ne pas publier")
    if content.actions is not None:
        count = content.actions.get(code, 0)
        parts.append(f"{words.counted(count, 'action')} du contrat" if count else "aucune action localisée")
    return words.typeset(" · ".join(parts if alone else [*parts, "cliquer pour la fiche"]))


def legend_content(content: TerritoryMap) -> MeasureLegendContent:
    """Return the legend: every class, ground and sign that is drawn, with its count."""
    series, measure = content.series, content.series.measure
    units = words.LEVELS[series.level][1]
    if content.filled:
        about = f"{measure.unit} · nombre {_COUNTS[series.level]} par classe"
    else:
        about = f"{measure.unit.split('|')[-1]} · {words.number(len(content.units))} {units}"
    methods = (
        [_method_row(content, *method) for method in METHODS] if content.filled and series.largest else []
    )
    return MeasureLegendContent(
        title=measure.name,
        about=words.typeset(about),
        method=content.method,
        methods=methods,
        nested=_nested(series) if not content.filled and series.largest else Markup(""),
        signs=_sign_rows(content),
        unknown_perimeters=content.signs.parties.unknown,
        empty="" if series.largest else "Aucune valeur ne peut être montrée.",
    )


def _nested(series: Series) -> Markup:
    most = round(series.largest)
    steps = tuple(dict.fromkeys(max(1, round(most / part)) for part in (1, 4, 20)))
    return legend.nested_circles(series.largest, steps)


def _method_row(content: TerritoryMap, name: Method, told: str, about: str) -> MethodRow:
    series = content.series
    limits, counts = series.limits(name), series.counts(content.year, name)
    number, values = series.measure.number, series.positive()
    # With limits of its own, a measure may have no value in its lowest classes.
    lowest = number(values[0] if not limits or values[0] < limits[0] else 0.0)
    # A positive value that rounds to zero is not zero.
    ends = [lowest if lowest.strip("0,") else f">{words.NNBSP}0", *(number(limit) for limit in limits)]
    # A class that holds nothing but its lower limit has no wider end to write.
    ends.append(number(max(values[-1], *limits)) if limits else number(values[-1]))
    each = [counts[str(rank)] for rank in range(len(limits) + 1)]
    said = [
        f"de {ends[rank]} à {ends[rank + 1]}{words.NBSP}: {words.number(count)}"
        for rank, count in enumerate(each)
    ]
    drawing = classes_svg(each, ends, series.measure.palette)
    return MethodRow(name, told, drawing, words.typeset(f"{told}, {about}. {' ; '.join(said)}."))


def _sign_rows(content: TerritoryMap) -> list[legend.SignRow]:
    counts, signs = content.series.counts(content.year), content.signs
    number = words.number
    grounds = (
        ("zero", "zero", words.ZERO),
        ("no_data", "blank", words.NO_DATA),
        ("secret", "secret", words.SECRET),
    )
    rows = [
        legend.SignRow(
            kind if content.filled or kind != "zero" else "circle_zero", f"{said} ({number(counts[name])})"
        )
        for name, kind, said in grounds
        if counts[name]
    ]
    over = (
        ("qpv", len(signs.neighbourhoods), f"QPV ({number(len(signs.neighbourhoods))})"),
        ("zrr", len(signs.zrr), "ZRR"),
        ("ptce", len(signs.poles), f"PTCE ({number(len(signs.poles))})"),
        ("perimetres", len(signs.parties.drawn), "périmètre partenaire"),
    )
    rows += [legend.SignRow(kind, said, kind) for kind, there, said in over if there]
    if signs.parties.crossings:
        rows.append(legend.SignRow("recoupement", "recoupement", "perimetres"))
    return rows


def _label(content: TerritoryMap) -> str:
    return words.typeset(
        f"Carte : {content.title} {content.series.measure.name}. Flèches pour déplacer, + et − pour "
        "agrandir ou réduire. Un territoire se choisit dans le tableau ou par la recherche ; le tableau dit "
        "la même chose."
    )


def map_level(name: str) -> Level | None:
    """Return a level by its name in the address; None for an unknown one."""
    return next((level for level in ("commune", "epci", "departement") if level == name), None)
