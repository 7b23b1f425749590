"""Question 3, what the actions cover: communes and inhabitants (T01), QPV (T02), ZRR (T03)."""

from graphmodel.coverage import INCLUDED, CommuneCoverage, QuarterCoverage
from graphmodel.indicators.collector import Collector
from graphmodel.indicators.context import EvaluationContext
from graphmodel.indicators.intervals import wilson
from graphmodel.indicators.registry import register
from graphmodel.indicators.territories import coverage_cards as cards
from graphmodel.indicators.territories import ground
from graphmodel.indicators.territories.ground import ALL_WAVES, WHOLE, Place
from graphmodel.indicators.value import IndicatorValue
from graphmodel.places import REACHED, TARGETED
from graphmodel.zonings import Zone

DEGREES = {"cible": (TARGETED,), "cible+atteint": (TARGETED, REACHED)}
"""Degrees of place that count, by the value of `places`."""

QUARTER_DEGREES = {"cible": TARGETED, "inclus": INCLUDED, "atteint": REACHED}

NO_COMMUNE = "aucune commune de cette sorte"
NO_QUARTER = "aucun QPV"
NO_PEOPLE = "population inconnue"

_TABLES = ("TAKES_PLACE_IN", "Territory", "CONTAINS")


@register(cards.T01)
def t01(context: EvaluationContext) -> list[IndicatorValue]:
    """Return the share of communes and inhabitants that the actions cover, region-wide ones apart.

    MINI, 2014: {K1, K2, K3, K4} of five → 0.80; 96,000 of 100,000 inhabitants → 0.96.
    """
    found = Collector(cards.T01, context, _TABLES)
    if not ground.has_places(context):
        return found.missing(ground.NO_PLACE)
    for year, said, used in _years(context):
        for places, degrees in DEGREES.items():
            covered = ground.coverage(context, year, degrees)
            for place in ground.places_at(context, "RDE"):
                params = {"year": said, **place.params, "places": places}
                _add_communes(found, covered.communes(place.key), used, place, params)
            params = {"year": said, **WHOLE.params, "places": places}
            found.add("unknown_places", len(covered.unknown), years=used, params=params)
    return found.values


def _years(context: EvaluationContext) -> list[tuple[int | None, str, tuple[int, ...]]]:
    """Return each year as read, as said and as used for coverage of the reports; then all waves together."""
    each: list[tuple[int | None, str, tuple[int, ...]]] = [
        (year, str(year), (year,)) for year in ground.years_of_places(context)
    ]
    return [*each, (None, ALL_WAVES, context.years)]


def _add_communes(
    found: Collector, told: CommuneCoverage, years: tuple[int, ...], place: Place, params: dict[str, str]
) -> None:
    interval = wilson(told.covered, told.total)
    reason = NO_PEOPLE if told.total else NO_COMMUNE
    said = place.about(years, params)
    found.add(
        "share_communes", told.share_communes, n=told.total, interval=interval, reason=NO_COMMUNE, **said
    )
    people = round(told.all_people)
    found.add("share_population", told.share_population, n=people, reason=reason, **said)
    found.add("share_population_strict", told.share_population_strict, n=people, reason=reason, **said)
    found.add("partial_communes", told.partial, n=told.total, **said)
    if "left_out_communes" in found.card.measures:
        found.add("left_out_communes", told.left_out, n=told.total, **said)


@register(cards.T02)
def t02(context: EvaluationContext) -> list[IndicatorValue]:
    """Return the share of QPV targeted, included and reached, and of their inhabitants.

    MINI: targeted {Q1} → 1/3 = 0.3333 and 8,000 of 15,000 = 0.5333; included: all; reached: none.
    """
    found = Collector(cards.T02, context, _TABLES)
    if not ground.has_places(context):
        return found.missing(ground.NO_PLACE)
    if "qpv" not in ground.zones(context):
        return found.missing("Aucun QPV n’est connu : charger la liste des QPV et leurs populations.")
    for year, said, used in _years(context):
        covered = ground.coverage(context, year, (TARGETED,))
        for place in ground.places_at(context, "RDE"):
            for degree, asked in QUARTER_DEGREES.items():
                params = {"year": said, **place.params, "degree": degree}
                _add_quarters(found, covered.quarters(asked, place.key), used, place, params)
    return found.values


def _add_quarters(
    found: Collector, told: QuarterCoverage, years: tuple[int, ...], place: Place, params: dict[str, str]
) -> None:
    total, reason = len(told.total), NO_PEOPLE if told.total else NO_QUARTER
    said = place.about(years, params)
    interval = wilson(len(told.covered), total)
    found.add("share_qpv", told.share_qpv, n=total, interval=interval, reason=reason, **said)
    found.add("share_population", told.share_population, n=round(told.all_people), reason=reason, **said)


@register(cards.T03)
def t03(context: EvaluationContext) -> list[IndicatorValue]:
    """Return the coverage of the communes classed ZRR in 2014, and of the others.

    MINI: {K4} of two → 0.5; 6,000 of 10,000 inhabitants → 0.6.
    """
    found = Collector(cards.T03, context, (*_TABLES, "CLASSED_IN"))
    if not ground.has_places(context):
        return found.missing(ground.NO_PLACE)
    zone = ground.zones(context).get("zrr")
    if zone is None:
        return found.missing("Aucun classement en ZRR n’est connu : charger la liste ZRR de 2014.")
    zones: dict[str, Zone] = {"zrr": zone, "non_zrr": zone.complement()}
    for year, said, used in _years(context):
        for places, degrees in DEGREES.items():
            covered = ground.coverage(context, year, degrees)
            for place in ground.places_at(context, "RDE"):
                for name, inside in zones.items():
                    params = {"year": said, **place.params, "zone": name, "places": places}
                    _add_communes(found, covered.communes(place.key, inside), used, place, params)
    return found.values
