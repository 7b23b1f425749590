"""Question 3, support inside priority quarters and around them (T05)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from scipy import stats

from graphmodel.indicators.collector import Collector
from graphmodel.indicators.context import EvaluationContext
from graphmodel.indicators.deployment import Support, supports
from graphmodel.indicators.intervals import rate_ratio
from graphmodel.indicators.registry import register
from graphmodel.indicators.territories import ground, spatial_cards
from graphmodel.indicators.territories.ground import WHOLE, Place
from graphmodel.indicators.value import IndicatorValue

NOBODY = "aucune structure soutenue dans l’unité urbaine"
NOBODY_AROUND = "aucune structure soutenue hors QPV : seule la borne basse est connue"
NO_QUARTER = "l’unité urbaine n’a pas de QPV, ou sa population est inconnue"


@dataclass(frozen=True, slots=True)
class Setting:
    """The quarters of some urban units and what is around them: codes inside, inhabitants of both."""

    quarters: frozenset[str]
    communes: frozenset[str]
    inside: float
    outside: float


@register(spatial_cards.T05)
def t05(context: EvaluationContext) -> list[IndicatorValue]:
    """Return the rate of supported structures in QPV over that of the same urban unit outside them.

    Worked example: 12 for 15,000 inhabitants and 34 for 85,000: ratio 2.0, exact [0.943; 3.959], p = 0.0588;
    the interval holds 1, so no difference is established.
    """
    found = Collector(spatial_cards.T05, context, ("SUPPORTS", "Territory", "CONTAINS"))
    every = supports(context)
    if not every:
        return found.missing(
            "Aucune entreprise soutenue n’est connue : remplir la feuille « Entreprises soutenues »."
        )
    units = ground.places_at(context, "U")
    if not units or "qpv" not in ground.zones(context):
        return found.missing("Les unités urbaines ou les QPV manquent : charger leurs listes.")
    settings = settings_of(context, units)
    for year in sorted({*context.years, *(row.year for row in every if row.year is not None)}):
        located = list(located_by_business(row for row in every if row.year == year).values())
        for place, setting in settings.items():
            _add_ratio(found, place, year, setting, located)
        nowhere = sum(commune is None and quarter is None for commune, quarter in located)
        params = {"year": str(year), **WHOLE.params}
        found.add("unlocated", nowhere, years=[year], n=len(located), params=params)
    return found.values


def settings_of(context: EvaluationContext, units: Sequence[Place]) -> dict[Place, Setting]:
    """Return the setting of each urban unit, and of the region: the units that have a quarter, together."""
    settings = {unit: _setting(context, [unit]) for unit in units}
    settings[WHOLE] = _setting(context, [unit for unit in units if settings[unit].quarters])
    return settings


def _setting(context: EvaluationContext, units: Iterable[Place]) -> Setting:
    model = ground.cells_of(context)
    codes = context.graph.nodes("Territory")["code"]
    communes = {commune for unit in units for commune in model.communes_in(unit.key)}
    cells = model.cells[model.cells["commune"].isin(communes)]
    quarters = cells[cells["qpv"].notna()]
    return Setting(
        frozenset(str(codes[key]) for key in set(quarters["qpv"])),
        frozenset(str(codes[key]) for key in communes),
        float(quarters["population"].sum()),
        float(cells.loc[cells["qpv"].isna(), "population"].sum()),
    )


def located_by_business(rows: Iterable[Support]) -> dict[str, tuple[str | None, str | None]]:
    """Return commune and quarter of each business: what any of its rows knows."""
    found: dict[str, tuple[str | None, str | None]] = {}
    for row in rows:
        commune, quarter = found.get(row.business, (None, None))
        found[row.business] = (commune or row.commune, quarter or row.qpv)
    return found


def _add_ratio(
    found: Collector,
    place: Place,
    year: int,
    setting: Setting,
    located: Iterable[tuple[str | None, str | None]],
) -> None:
    places = list(located)
    inside = sum(quarter in setting.quarters for _, quarter in places)
    around = sum(quarter is None and commune in setting.communes for commune, quarter in places)
    known = setting.inside > 0 and setting.outside > 0
    value = (inside / setting.inside) / (around / setting.outside) if known and around else None
    interval = rate_ratio(inside, setting.inside, around, setting.outside) if known else None
    reason = NO_QUARTER if not known else NOBODY_AROUND if inside else NOBODY
    about = place.about((year,), {"year": str(year), **place.params})
    n = inside + around
    found.add("rate_ratio", value, n=n, interval=interval, reason=reason, bounded=True, **about)
    expected = setting.inside / (setting.inside + setting.outside) if known else 0.0
    p = float(stats.binomtest(inside, n, expected).pvalue) if known and n else None
    found.add("p_exact", p, n=n, reason=NO_QUARTER if not known else NOBODY, **about)
