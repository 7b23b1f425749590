"""What map M2 shows: the number of actions in each EPCI, by full counting. No drawing here."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Literal

from dashboards import view_data, words
from dashboards.maps import facts
from dashboards.prints.ground import PrintGround
from geodata.territories import load_reference
from graphmodel import ContractGraph, UsageError

Sign = Literal["partner", "other", "zero", "no_data", "secret"]
"""How an EPCI is drawn: a circle of a partner or another, or one of three signs that are no circle."""
SIGNS: tuple[Sign, ...] = ("partner", "other", "zero", "no_data", "secret")


@dataclass(frozen=True, slots=True)
class UnitCount:
    """A unit, an EPCI on map M2: `value` is None when not known or not said; `partner` when it signed."""

    code: str
    name: str
    value: float | None
    sign: Sign
    partner: bool


@dataclass(frozen=True, slots=True)
class ActionsMapData:
    """Everything map M2 says.

    Attributes
    ----------
    rows
        Every EPCI, by code.
    years
        Years counted, in order; empty when nothing is known of any.
    silent
        Years asked for of which nothing is known.
    cumulative
        True counts actions × years, False actions of one year.
    largest
        Value of the largest circle: of this map, or of all the years when one is shown; 0 without any.
    heaviest
        Sum of the values of this map, or the largest of the years when one is shown.
    located, region_wide, elsewhere
        Actions (× years) with a place; that cover the region and are not drawn; known without a place. Each
        counted once.
    reports
        Annual reports due and received for the years shown.
    received_until
        Date of the last report received; None when not known.
    fictional
        True when anything counted is fictional.
    reach
        Share of their full radius that circles have at the scale of the page.
    """

    rows: tuple[UnitCount, ...]
    years: tuple[int, ...]
    silent: tuple[int, ...]
    cumulative: bool
    largest: int
    heaviest: int
    located: int
    region_wide: int
    elsewhere: int
    reports: view_data.Reports
    received_until: date | None
    fictional: bool
    reach: float = 1.0

    @property
    def counts(self) -> Counter[str]:
        """Number of EPCI by sign; the sum is the number of EPCI."""
        return Counter(row.sign for row in self.rows)

    @property
    def double_count(self) -> float | None:
        """How many times the circles, added up, would count an action; None when that is not known."""
        values = [row.value for row in self.rows]
        if not self.located or None in values:
            return None
        return sum(value or 0 for value in values) / self.located

    @property
    def unit(self) -> str:
        """What is counted, in French."""
        return "actions × années" if self.cumulative else "actions"

    @property
    def asked(self) -> str:
        """The years asked for: « 2015 », « 2014-2016 »."""
        every = sorted({*self.years, *self.silent})
        if not every:
            return "année inconnue"
        return f"{every[0]}-{every[-1]}" if len(every) > 1 else str(every[0])


def actions_map_data(
    graph: ContractGraph, ground: PrintGround, year: int | None = None, secret: Collection[str] = ()
) -> ActionsMapData:
    """Return what map M2 shows.

    Parameters
    ----------
    graph
        Snapshot with one contract.
    ground
        Composition of the EPCI.
    year
        None cumulates the years of the contract.
    secret
        Codes of EPCI whose number must not be said.

    Raises
    ------
    UsageError
        A year that is not one of the contract's.
    """
    declared = view_data.years_of(graph)
    if year is not None and declared and year not in declared:
        said = words.listed(map(str, declared))
        raise UsageError(f"L’année {year} n’est pas une année du contrat. Années du contrat : {said}.")
    asked = declared if year is None else (year,)
    told = tuple(y for y in asked if y in view_data.reported_years(graph))
    resolver = facts.Resolver(graph, load_reference())
    epci_of = dict(ground.epci_of)
    every = {y: facts.places_of(graph, y, resolver, epci_of) for y in (declared or asked)}
    shown = [every[y] for y in told]
    totals = {code: sum(len(places.by_epci.get(code, ())) for places in shown) for code in ground.epci}
    known = [every[y] for y in every if y in view_data.reported_years(graph)]
    shown_values = [v for code, v in totals.items() if code not in secret]
    series = [shown_values] if year is None else [_values(places, secret) for places in known]
    return ActionsMapData(
        rows=_rows(graph, ground, resolver, totals if told else {}, secret),
        years=told,
        silent=tuple(y for y in asked if y not in told),
        cumulative=year is None,
        largest=max((max(values, default=0) for values in series), default=0),
        heaviest=max((sum(values) for values in series), default=0),
        located=sum(len(places.located) for places in shown),
        region_wide=sum(len(active_codes(graph, y) & set(every[y].region_wide)) for y in told),
        elsewhere=sum(len(active_codes(graph, y) & set(every[y].elsewhere)) for y in told),
        reports=_reports(graph, told or asked),
        received_until=_last_report(graph, told),
        fictional=graph.fictional,
    )


def _values(places: facts.Places, secret: Collection[str]) -> list[int]:
    """Return what a year's circles show: the years of a series share their radii, so that they compare."""
    return [len(codes) for code, codes in places.by_epci.items() if code not in secret]


def _rows(graph: ContractGraph, ground: PrintGround, resolver: facts.Resolver, totals: dict[str, int],
          secret: Collection[str]) -> tuple[UnitCount, ...]:  # fmt: skip
    partners = partner_units(graph, resolver)
    rows = []
    for code in sorted(ground.epci):
        partner, value = code in partners, totals.get(code)
        sign: Sign = "partner" if partner else "other"
        if value is None:
            sign = "no_data"
        elif code in secret:
            sign, value = "secret", None
        elif value == 0:
            sign = "zero"
        rows.append(UnitCount(code, ground.epci_names[code], value, sign, partner))
    return tuple(rows)


def partner_units(graph: ContractGraph, resolver: facts.Resolver, level: str = "epci") -> frozenset[str]:
    """Return the codes of the units of a level that are the territory of a party to the contract."""
    signed = set(graph.relationships("SIGNED")["source"])
    administers = graph.relationships("ADMINISTERS")
    keys = administers.loc[administers["source"].isin(signed), "target"]
    codes = graph.nodes("Territory")["code"]
    return frozenset(str(codes[key]) for key in keys if resolver.level(str(key)) == level)


def active_codes(graph: ContractGraph, year: int) -> frozenset[str]:
    """Return the codes of the actions of which something is known in a year: operators, a report, a place."""
    reports = graph.nodes("Report")
    received = set(reports.index[(reports["year"] == year).fillna(False) & reports["received_on"].notna()])
    about = graph.relationships("ABOUT")
    places = graph.relationships("TAKES_PLACE_IN")
    keys = {part.action for part in view_data.participations(graph, year)}
    keys |= set(about.loc[about["source"].isin(received) & (about["target_label"] == "Action"), "target"])
    keys |= set(places.loc[(places["year"] == year).fillna(False), "source"])
    identifiers = graph.nodes("Action")["id"]
    return frozenset(view_data.action_code(str(identifiers[key])) for key in keys)


def _reports(graph: ContractGraph, years: tuple[int, ...]) -> view_data.Reports:
    every = [view_data.reports_of(graph, year) for year in years]
    return view_data.Reports(sum(r.due for r in every), sum(r.received for r in every))


def _last_report(graph: ContractGraph, years: tuple[int, ...]) -> date | None:
    reports = graph.nodes("Report")
    dates = reports.loc[reports["year"].isin(years), "received_on"].dropna()
    return max(dates) if len(dates) else None
