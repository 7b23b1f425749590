"""Question 2: businesses and jobs (E01), leverage (E02), turnover (E03), new sectors (E04)."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from statistics import median
from typing import cast

from scipy import stats

from graphmodel.cooperation.projection import project
from graphmodel.elementary_cells import CellModel
from graphmodel.frames import records_of
from graphmodel.indicators import deployment_cards as cards
from graphmodel.indicators.collector import Collector
from graphmodel.indicators.context import EvaluationContext
from graphmodel.indicators.intervals import Interval, median_interval
from graphmodel.indicators.registry import register
from graphmodel.indicators.value import IndicatorValue

COUNTED = ("creation", "reprise")
"""Outcomes that make a business count in E01."""

MINIMUM_FOLLOWED = 3
"""Structures followed under which E03 has no value."""

MINIMUM_MEMBERS, MINIMUM_LINKS, MINIMUM_KINDS = 3, 2, 2
"""What makes a sector active (E04): members, links between them, families or worlds."""

NOBODY_SUPPORTED = "aucune entreprise créée ou reprise"
NO_JOBS = "aucun emploi connu"
NO_MONEY = "aucun concours du contrat payé, ou coût total inconnu"
FEW_FOLLOWED = "moins de trois structures suivies"
ALL_TIED = "aucune structure dont le chiffre d’affaires ait changé"


@dataclass(frozen=True, slots=True)
class Support:
    """One support of a business by an action: keys, year, outcome, jobs, codes of its place."""

    action: str
    business: str
    year: int | None
    outcome: str | None
    jobs: float | None
    reported: date | None
    commune: str | None
    qpv: str | None
    sector: str | None


def supports(context: EvaluationContext) -> tuple[Support, ...]:
    """Return every support known, in the order of the graph."""
    return context.kept(
        "supports",
        lambda: tuple(_support(row) for row in records_of(context.graph.relationships("SUPPORTS"))),
    )


def _support(row: Mapping[str, object]) -> Support:
    return Support(
        action=str(row["source"]),
        business=str(row["target"]),
        year=cast("int | None", row.get("year")),
        outcome=cast("str | None", row.get("outcome")),
        jobs=cast("float | None", row.get("jobs")),
        reported=cast("date | None", row.get("report_date")),
        commune=cast("str | None", row.get("commune")),
        qpv=cast("str | None", row.get("qpv")),
        sector=cast("str | None", row.get("sector")),
    )


@register(cards.E01)
def e01(context: EvaluationContext) -> list[IndicatorValue]:
    """Return the businesses created or taken over and their jobs, by year and territory.

    Worked example: a2 supports s1 (2), s2 (1.5), s3 (4), a3 supports s3 (4), s4 (0.5): 5 supports, 4
    businesses, 20 % of duplicates; 12.0 jobs gross, 8.0 once each.
    """
    found = Collector(cards.E01, context, ("SUPPORTS", "Organisation"))
    every = supports(context)
    if not every:
        return found.missing(
            "Aucune entreprise soutenue n’est connue : remplir la feuille « Entreprises soutenues »."
        )
    counted = [row for row in every if row.outcome in COUNTED]
    places = e01_places(context)
    for year in sorted({*context.years, *(row.year for row in every if row.year is not None)}):
        of_year = [row for row in counted if row.year == year]
        for level, territory, inside in places:
            rows = of_year if inside is None else [row for row in of_year if lies_in(row, level, inside)]
            _add_businesses(found, {"year": str(year), "level": level, "territory": territory}, year, rows)
        _add_fractional(found, year, of_year)
    return found.values


def e01_places(context: EvaluationContext) -> list[tuple[str, str, frozenset[str] | None]]:
    """Return level, code and codes inside (communes and quarters; a quarter itself) of each place of E01."""
    model = CellModel.from_graph(context.graph)
    codes = context.graph.nodes("Territory")["code"]
    found: list[tuple[str, str, frozenset[str] | None]] = [("R", "R", None)]
    for level, labels in (("D", ("departement",)), ("E", ("epci", "syndicat_mixte", "authority"))):
        for key in model.territories(*labels):
            communes = set(model.communes_in(key))
            quarters = model.cells.loc[model.cells["commune"].isin(communes), "qpv"].dropna()
            inside = frozenset(str(codes[part]) for part in communes | set(quarters))
            found.append((level, str(codes[key]), inside))
    found.extend(("Q", str(codes[key]), frozenset([str(codes[key])])) for key in model.territories("qpv"))
    return found


def lies_in(row: Support, level: str, inside: frozenset[str]) -> bool:
    """Tell whether a support lies in a place of E01: by its commune, else its quarter; at level Q by this."""
    return (row.qpv if level == "Q" or row.commune is None else row.commune) in inside


def _add_businesses(found: Collector, params: dict[str, str], year: int, rows: Sequence[Support]) -> None:
    by_action = {(row.action, row.business) for row in rows}
    businesses = {row.business for row in rows}
    n = len(businesses)
    duplicates = 1 - n / len(by_action) if by_action else None
    gross = latest_jobs(rows, lambda row: (row.action, row.business))
    once = latest_jobs(rows, lambda row: row.business)
    found.add("businesses", n, years=[year], n=n, params=params)
    found.add(
        "duplicate_rate", duplicates, years=[year], n=len(by_action), reason=NOBODY_SUPPORTED, params=params
    )
    for measure, jobs in (("fte_gross", gross), ("fte", once)):
        # No business, no job: a known zero. Businesses whose jobs nobody knows are another thing.
        value = sum(jobs.values()) if jobs or not rows else None
        found.add(measure, value, years=[year], n=len(jobs), reason=NO_JOBS, params=params)


def latest_jobs(rows: Iterable[Support], group: Callable[[Support], object]) -> dict[object, float]:
    """Return the known jobs of each group of supports: those of the most recent report, undated ones last."""
    groups: dict[object, list[Support]] = {}
    for row in rows:
        if row.jobs is not None:
            groups.setdefault(group(row), []).append(row)
    return {name: cast(float, latest_support(told).jobs) for name, told in groups.items()}


def latest_support(rows: Sequence[Support]) -> Support:
    """Return the support of the most recent report, the last one told of those of one day."""
    return max(reversed(rows), key=lambda row: row.reported or date.min)


def _add_fractional(found: Collector, year: int, rows: Sequence[Support]) -> None:
    actions: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        actions[row.business].add(row.action)
    shares: dict[str, float] = defaultdict(float)
    for supporting in actions.values():
        for action in supporting:
            shares[action] += 1 / len(supporting)
    for action, share in sorted(shares.items()):
        params = {"year": str(year), "action": found.context.actions[action].id}
        n = len({row.business for row in rows if row.action == action})
        found.add("businesses_fractional", share, years=[year], n=n, params=params)


@register(cards.E02)
def e02(context: EvaluationContext) -> list[IndicatorValue]:
    """Return the euros raised beside each euro of the contract, by year, for the region, axes and actions.

    Worked example: 500,000 € of cost, 200,000 € of the contract → 1.5; 2011-2013: 2.0666.
    """
    found = Collector(cards.E02, context, ("Funding", "FUNDS", "Observation"))
    costs = _costs(context)
    if not costs or not context.contract.get("contract_funders"):
        return found.missing(
            "Le coût total des actions ou les financeurs du contrat manquent : feuille « Observations »."
        )
    for year in sorted({*context.years, *(year for year, _ in costs)}):
        known = contract_money(context, year)
        _add_leverage(found, year, "R", "R", known.values())
        for axis in context.axes:
            rows = [pair for action, pair in known.items() if context.actions[action].axis == axis]
            _add_leverage(found, year, "axis", axis, rows)
        for action in sorted(action for at, action in costs if at == year):
            rows = [known[action]] if action in known else []
            _add_leverage(found, year, "action", context.actions[action].id, rows)
    return found.values


def contract_money(context: EvaluationContext, year: int) -> dict[str, tuple[int, int]]:
    """Return the total cost and what the contract paid, in cents, of the actions where both are known."""
    costs = context.kept("total costs", lambda: _costs(context))
    grants = context.kept("grants", lambda: _grants(context))
    found: dict[str, tuple[int, int]] = {}
    for (at, action), cost in costs.items():
        grant = grants.get((year, action), 0)
        if at == year and cost is not None and grant is not None:
            found[action] = (cost, grant)
    return found


def _costs(context: EvaluationContext) -> dict[tuple[int, str], int | None]:
    """Return the total cost in cents by year and action; None where it is unknown."""
    return dict(_observed(context, "total_cost", "Action"))


def _observed(
    context: EvaluationContext, metric: str, label: str
) -> list[tuple[tuple[int, str], int | None]]:
    targets = context.graph.ends("ABOUT", "Observation", label)
    return [
        ((cast(int, row["year"]), str(targets[row["key"]])), cast("int | None", row.get("amount")))
        for row in records_of(context.graph.nodes("Observation"))
        if row["metric"] == metric and row["key"] in targets and "year" in row
    ]


def _grants(context: EvaluationContext) -> dict[tuple[int, str], int | None]:
    """Return what the contract's funders paid, in cents, by year and action; None when a part is unknown."""
    funders = set(cast(Sequence[str], context.contract.get("contract_funders") or ()))
    funds = context.graph.relationships("FUNDS")
    wanted = {
        t for s, t in zip(funds["source"], funds["target"], strict=True) if context.names.get(s) in funders
    }
    actions = context.graph.ends("ABOUT", "Funding", "Action")
    found: dict[tuple[int, str], int | None] = {}
    for row in records_of(context.graph.nodes("Funding")):
        key = row["key"]
        if row.get("kind") == "paid" and "year" in row and key in wanted and key in actions:
            name = (cast(int, row["year"]), str(actions[key]))
            before, amount = found.get(name, 0), cast("int | None", row.get("amount"))
            found[name] = None if before is None or amount is None else before + amount
    return found


def _add_leverage(
    found: Collector, year: int, level: str, scope: str, rows: Iterable[tuple[int, int]]
) -> None:
    pairs = list(rows)
    cost, grant = sum(pair[0] for pair in pairs), sum(pair[1] for pair in pairs)
    value = (cost - grant) / grant if grant else None
    params = {"year": str(year), "level": level, "scope": scope}
    found.add("leverage", value, years=[year], n=len(pairs), reason=NO_MONEY, params=params)


@register(cards.E03)
def e03(context: EvaluationContext) -> list[IndicatorValue]:
    """Return the median change of turnover of the structures supported, between each two waves.

    Worked example: ratios {0.95, 1.00, 1.02, 1.10, 1.20}: +2 %, [0.95; 1.20] covers 93.75 %; p = 0.625.
    """
    found = Collector(cards.E03, context, ("SUPPORTS", "Observation"))
    turnover = dict(_observed(context, "turnover", "Organisation"))
    every = supports(context)
    if not turnover or not every:
        return found.missing(
            "Le chiffre d’affaires des structures soutenues manque : feuille « Observations »."
        )
    groups: dict[tuple[str, str], set[str]] = {("R", "R"): {row.business for row in every}}
    for sector in sorted({row.sector for row in every if row.sector is not None}):
        groups["filiere", sector] = {row.business for row in every if row.sector == sector}
    years = sorted({*context.years, *(year for year, _ in turnover)})
    for first, later in combinations(years, 2):
        for (level, scope), businesses in groups.items():
            ratios = _ratios(turnover, businesses, first, later)
            params = {"year": str(first), "year2": str(later), "level": level, "scope": scope}
            _add_change(found, (first, later), ratios, params)
    return found.values


def _ratios(
    turnover: Mapping[tuple[int, str], int | None], businesses: set[str], first: int, later: int
) -> list[float]:
    pairs = [(turnover.get((first, name)), turnover.get((later, name))) for name in sorted(businesses)]
    return [after / before for before, after in pairs if before and after is not None]


def _add_change(
    found: Collector, years: tuple[int, int], ratios: Sequence[float], params: dict[str, str]
) -> None:
    n = len(ratios)
    enough = n >= MINIMUM_FOLLOWED
    value = median(ratios) - 1 if enough else None
    bounds = median_interval(ratios) if enough else None
    interval = (
        None if bounds is None else Interval(bounds.low - 1, bounds.high - 1, bounds.method, bounds.level)
    )
    found.add("median_change", value, years=years, n=n, interval=interval, reason=FEW_FOLLOWED, params=params)
    rises, falls = sum(ratio > 1 for ratio in ratios), sum(ratio < 1 for ratio in ratios)
    test = float(stats.binomtest(rises, rises + falls).pvalue) if enough and rises + falls else None
    reason = ALL_TIED if enough else FEW_FOLLOWED
    found.add("sign_test_p", test, years=years, n=n, reason=reason, params=params)


@register(cards.E04)
def e04(context: EvaluationContext) -> list[IndicatorValue]:
    """Return the sectors active in a wave that were not in the reference year.

    Worked example (members, links, families or worlds): reuse (2,0,1)→(4,2,2) yes, food (3,2,2)→(5,4,3)
    already active, services (0,0,0)→(3,1,1) no: 1.
    """
    found = Collector(cards.E04, context, ("Sector", "MEMBER_OF", "TAKES_PART_IN"))
    members = _members(context)
    if not members or context.t0 is None:
        return found.missing("Aucune filière n’a de membre connu : remplir la feuille « Filières ».")
    sectors = sorted({sector for sector, _ in members})
    before = {
        sector for sector in sectors if _active(context, members.get((sector, context.t0), ()), context.t0)
    }
    for year in (year for year in context.years if year > context.t0):
        now = {sector for sector in sectors if _active(context, members.get((sector, year), ()), year)}
        params = {"year": str(year), "t0": str(context.t0), "level": "R"}
        found.add("new_sectors", len(now - before), years=[context.t0, year], n=len(sectors), params=params)
    return found.values


def _members(context: EvaluationContext) -> dict[tuple[str, int], tuple[str, ...]]:
    rows = context.graph.relationships("MEMBER_OF")
    rows = rows[(rows["target_label"] == "Sector") & rows["year"].notna()]
    found: dict[tuple[str, int], list[str]] = defaultdict(list)
    for source, target, year in zip(rows["source"], rows["target"], rows["year"], strict=True):
        found[str(target), int(year)].append(str(source))
    return {name: tuple(sorted(set(keys))) for name, keys in found.items()}


def _active(context: EvaluationContext, members: Sequence[str], year: int) -> bool:
    """Tell whether a sector meets the three criteria in a year."""
    projection = context.kept(("links", year), lambda: project(context.network(year)))
    inside = set(members)
    links = sum(first in inside and second in inside for first, second in projection.links)
    organisations = context.graph.nodes("Organisation")
    rows = organisations[organisations.index.isin(inside)]
    families, worlds = rows["family"].nunique(), rows["world"].nunique()
    return (
        len(inside) >= MINIMUM_MEMBERS and links >= MINIMUM_LINKS and max(families, worlds) >= MINIMUM_KINDS
    )
