"""Question 3, money by territory: targeting of priority zones (T04) and euros per inhabitant (T06)."""

import pandas as pd

from graphmodel.attribution import Attribution, ZoneAmount
from graphmodel.indicators.collector import Collector
from graphmodel.indicators.context import EvaluationContext
from graphmodel.indicators.registry import register
from graphmodel.indicators.territories import ground, money_cards
from graphmodel.indicators.territories.ground import UBIQUITOUS, About, Place
from graphmodel.indicators.value import IndicatorValue

NO_LOCATED = "aucun montant localisé"
NO_ZONE_PEOPLE = "la zone n’a pas d’habitant ici"
NO_PEOPLE = "population inconnue"
NO_AMOUNT = "aucun paiement de montant connu"
NO_POPULATION = (
    "population inconnue d’un lieu de l’action : à donner dans la feuille des territoires (communes et QPV)"
)
NO_BASIS = "action non localisable"

TABLES = ("Funding", "TAKES_PLACE_IN", "Territory", "CONTAINS")


def missing_input(context: EvaluationContext) -> str | None:
    """Return the French sentence for what attributed money lacks; None when nothing."""
    if not ground.has_places(context):
        return ground.NO_PLACE
    return None if ground.years_of_money(context) else ground.NO_MONEY


@register(money_cards.T04)
def t04(context: EvaluationContext) -> list[IndicatorValue]:
    """Return the money of QPV, of ZRR and of both, with and without region-wide actions.

    MINI, 2014: QPV 36,537.27 € of 190,000 = 0.1923, index 1.282; without region-wide actions 0.2393 and
    1.5954. ZRR: 22,484.47 € = 0.1183, index 1.1834; without 0.1387 and 1.3872.
    """
    found = Collector(money_cards.T04, context, (*TABLES, "CLASSED_IN"))
    lacking = missing_input(context)
    if lacking:
        return found.missing(lacking)
    zones = ground.zones(context)
    if not zones:
        return found.missing("Aucune zone prioritaire n’est connue : charger la liste des QPV ou des ZRR.")
    for year in ground.years_of_money(context):
        money, shares = ground.euros(context, year), ground.attribution(context, year)
        unsettled = shares.unsettled(money)
        for place in ground.places_at(context, "RDE"):
            weights = shares.model.weights(place.key) * unsettled
            lacking_of = {name: (bool((weights * zone.inside).any()), bool(weights.any()))
                          for name, zone in zones.items()}  # fmt: skip
            for run in UBIQUITOUS:
                for name, zone in zones.items():
                    told = shares.zone_amount(money, zone, place.key, region_wide=run == "with")
                    params = {"year": str(year), **place.params, "ubiquitous": run, "zone": name}
                    _add_zone(found, told, place.about((year,), params), lacking_of[name])
    return found.values


def _add_zone(found: Collector, told: ZoneAmount, about: About, lacking: tuple[bool, bool]) -> None:
    inside, around = lacking
    reason = NO_LOCATED if told.people else NO_ZONE_PEOPLE
    missing = NO_POPULATION if around else reason
    found.add("amount", told.amount if told.total and not inside else None,
              reason=NO_POPULATION if inside else NO_LOCATED, **about)  # fmt: skip
    found.add("share", None if around else told.share, reason=missing, **about)
    found.add("index", None if around else told.index, reason=missing, **about)


@register(money_cards.T06)
def t06(context: EvaluationContext) -> list[IndicatorValue]:
    """Return what was paid for each action, its shares by commune, and euros by territory and inhabitant.

    MINI, 2014: K1 1.7286; K2 2.1522; K3 1.6522; K4 3.0807; K5 1.0000 € per inhabitant; 190,000 € in all.
    """
    found = Collector(money_cards.T06, context, TABLES)
    lacking = missing_input(context)
    if lacking:
        return found.missing(lacking)
    for year in ground.years_of_money(context):
        shares = ground.attribution(context, year)
        _add_actions(found, year, shares)
        _add_totals(found, year, shares)
        _add_amounts(found, year, shares)
    return found.values


def _add_actions(found: Collector, year: int, shares: Attribution) -> None:
    """Add what was paid for each action that has a payment, and its shares unless it is region-wide."""
    context = found.context
    paid = ground.payments(context, year)
    codes = context.graph.nodes("Territory")["code"]
    wide, bases = shares.actions["region_wide"].to_dict(), shares.actions["basis"].to_dict()
    told = shares.shares[shares.shares["action"].isin(paid.index)]
    for action, amount in zip(map(str, paid.index), paid["amount"], strict=True):
        params = {"year": str(year), "action": context.actions[action].id}
        value = None if pd.isna(amount) else _plain(amount / 100)
        found.add("amount_paid", value, years=[year], reason=NO_AMOUNT, params=params)
        if not wide[action]:
            found.add("phi_basis", None, word=bases[action], years=[year], reason=NO_BASIS, params=params)
    by_commune = told.groupby(["action", "commune"], as_index=False)["share"].sum()
    for action, commune, share in by_commune.itertuples(index=False):
        params = {"year": str(year), "action": context.actions[action].id, "commune": str(codes[commune])}
        found.add("phi", float(share), years=[year], perimeter="frozen", params=params)


def _plain(euros: float) -> int | float:
    return int(euros) if euros == int(euros) else float(euros)


def _add_totals(found: Collector, year: int, shares: Attribution) -> None:
    context = found.context
    ledger = shares.ledger(ground.euros(context, year))
    nothing = ground.all_unknown(context, year)
    for run in UBIQUITOUS:
        params = {"year": str(year), "ubiquitous": run}
        located = ledger.located + (ledger.region_wide if run == "with" else 0.0)
        for measure, total in (("total_located", located), ("total_unlocated", ledger.unlocated)):
            value = None if nothing else total
            found.add(measure, value, years=[year], reason=NO_AMOUNT, perimeter="frozen", params=params)
    unknown = int(ground.payments(context, year)["unknown"].sum())
    found.add("unknown_payments", unknown, years=[year], params={"year": str(year)})


def _add_amounts(found: Collector, year: int, shares: Attribution) -> None:
    context = found.context
    money, nothing = ground.euros(context, year), ground.all_unknown(context, year)
    places = ground.places_at(context, "RDEK")
    # An authority’s perimeter may be the département or commune listed before it: each key once, one amount.
    keys = list(dict.fromkeys(place.key for place in places if place.key is not None))
    ledger = shares.ledger(money)
    touched = shares.model.rows(keys) @ shares.unsettled(money) > 0
    unsettled: dict[str | None, bool] = dict(zip(keys, touched, strict=True))
    unsettled[None] = any(unsettled.values())
    for run in UBIQUITOUS:
        wide = run == "with"
        amounts: dict[str | None, float] = dict(shares.amounts(money, keys, region_wide=wide))
        amounts[None] = ledger.located + (ledger.region_wide if wide else 0.0)
        for place in places:
            about = place.about((year,), {"year": str(year), **place.params, "ubiquitous": run})
            lacking = NO_POPULATION if unsettled[place.key] else NO_AMOUNT if nothing else None
            _add_amount(found, None if lacking else float(amounts[place.key]), place, about, lacking)


def _add_amount(
    found: Collector, amount: float | None, place: Place, about: About, lacking: str | None
) -> None:
    people = _people(found.context, place)
    n = None if people is None else round(people)
    each = amount / people if people and amount is not None else None
    found.add("amount", amount, n=n, reason=lacking, **about)
    found.add("per_inhabitant", each, n=n, reason=lacking or NO_PEOPLE, **about)


def _people(context: EvaluationContext, place: Place) -> float | None:
    model = ground.cells_of(context)
    if place.key is None:
        return model.population()
    return context.kept(("people", place.key), lambda: model.population_of(str(place.key)))
