"""Question 4: bodies (G01), reports returned (G02), measures filled (G03), money spent (G04)."""

from collections import defaultdict
from collections.abc import Sequence
from statistics import median
from typing import cast

import pandas as pd

from graphmodel.frames import known, records_of
from graphmodel.indicators import governance_cards as cards
from graphmodel.indicators.collector import Collector
from graphmodel.indicators.context import EvaluationContext
from graphmodel.indicators.intervals import wilson
from graphmodel.indicators.registry import register
from graphmodel.indicators.reports import ExpectedReport
from graphmodel.indicators.spending import add_sums
from graphmodel.indicators.value import IndicatorValue

TECHNICAL = "CT"
"""Kind of the bodies that « may » meet: left out of a variant of G01."""

NO_MINIMUM = "aucune instance n’a de nombre minimal de réunions"
NOBODY_INVITED = "aucune convocation connue cette année"
NO_REPORT = "aucun bilan attendu"
NO_REPORT_DATED = "aucun bilan reçu dont les deux dates soient connues"
NO_MEASURE = "aucune mesure attendue"
NO_SOURCE = "le nombre de sources d’aucune mesure renseignée n’est connu"
UNKNOWN_AMOUNT = "un montant du périmètre est inconnu"
NOTHING_PLANNED = "aucun montant prévu"


@register(cards.G01)
def g01(context: EvaluationContext) -> list[IndicatorValue]:
    """Return the meetings held out of those planned, and attendance by body and college, by year.

    Worked example: steering committee 2 (1 planned), assembly 1 (1), dialogue space 1 (2), technical
    committees 2 + 1 + 0 (2 each), regional meeting 1 (1): 7 / 11 = 0.6364. Attendance 12 / 20 = 0.6
    [0.3866; 0.7812].
    """
    found = Collector(cards.G01, context, ("GovernanceBody", "Meeting", "INVITED_TO", "ATTENDED"))
    bodies, meetings = _bodies(context), _meetings(context)
    if not bodies or meetings.empty:
        return found.missing("Aucune réunion n’est connue : remplir la feuille « Instances et réunions ».")
    for year in sorted({*context.years, *meetings["year"].tolist()}):
        held = meetings.loc[meetings["year"] == year, "body"].value_counts()
        for kept in ("all", "without_CT"):
            _add_held(found, year, kept, bodies, held)
        _add_attendance(found, year, bodies, meetings[meetings["year"] == year])
    return found.values


def _bodies(context: EvaluationContext) -> dict[str, tuple[str, int | None, str | None]]:
    """Return the bodies by key: identifier, minimum of meetings a year, kind."""
    return {
        str(row["key"]): (
            str(row["id"]),
            cast("int | None", row.get("minimum_per_year")),
            cast("str | None", row.get("kind")),
        )
        for row in records_of(context.graph.nodes("GovernanceBody"))
    }


def _meetings(context: EvaluationContext) -> pd.DataFrame:
    """Return the meetings dated: `year` and `body` (key), indexed by key."""
    bodies = context.graph.ends("PART_OF", "Meeting", "GovernanceBody")
    dates = context.graph.nodes("Meeting")["date"].dropna()
    rows = [(key, date.year, bodies[key]) for key, date in dates.items() if key in bodies]
    return pd.DataFrame(rows, columns=["key", "year", "body"]).set_index("key")


def _add_held(
    found: Collector,
    year: int,
    kept: str,
    bodies: dict[str, tuple[str, int | None, str | None]],
    held: "pd.Series[int]",
) -> None:
    planned = {
        key: minimum
        for key, (_, minimum, kind) in bodies.items()
        if minimum is not None and not (kept == "without_CT" and kind == TECHNICAL)
    }
    total = sum(planned.values())
    done = sum(min(int(held.get(key, 0)), minimum) for key, minimum in planned.items())
    params = {"year": str(year), "bodies": kept}
    found.add(
        "held", done / total if total else None, years=[year], n=total, reason=NO_MINIMUM, params=params
    )


def _add_attendance(
    found: Collector, year: int, bodies: dict[str, tuple[str, int | None, str | None]], meetings: pd.DataFrame
) -> None:
    """Add attendance of each body that met, for all and for each college invited."""
    invited, attended = (_pairs(found.context, kind) for kind in ("INVITED_TO", "ATTENDED"))
    colleges = _colleges(found.context)
    for body in sorted(set(meetings["body"]), key=lambda key: bodies[key][0]):
        held = set(meetings.index[meetings["body"] == body])
        called = [pair for pair in sorted(invited) if pair[1] in held]
        groups: dict[str, list[tuple[str, str]]] = defaultdict(list)
        groups["all"] = called
        for organisation, meeting in called:
            if organisation in colleges:
                groups[colleges[organisation]].append((organisation, meeting))
        for college, pairs in groups.items():
            n, present = len(pairs), sum(pair in attended for pair in pairs)
            params = {"year": str(year), "body": bodies[body][0], "college": college}
            value = present / n if n else None
            interval = wilson(present, n)
            found.add(
                "attendance",
                value,
                years=[year],
                n=n,
                interval=interval,
                reason=NOBODY_INVITED,
                params=params,
            )


def _pairs(context: EvaluationContext, kind: str) -> set[tuple[str, str]]:
    rows = context.graph.relationships(kind)
    return {(str(source), str(target)) for source, target in zip(rows["source"], rows["target"], strict=True)}


def _colleges(context: EvaluationContext) -> dict[str, str]:
    rows = context.graph.relationships("SITS_IN")
    rows = rows[rows["college"].notna()]
    return {
        str(source): str(college) for source, college in zip(rows["source"], rows["college"], strict=True)
    }


@register(cards.G02)
def g02(context: EvaluationContext) -> list[IndicatorValue]:
    """Return the reports received and received in time out of those expected, and the median delay.

    Worked example: in time 15 / 20 = 0.75 [0.5313; 0.8881]; received 18 / 20 = 0.90 [0.6990; 0.9721].
    """
    found = Collector(cards.G02, context, ("Report", "SUBMITTED_BY"))
    expected = [report for report in context.reports.expected if report.year is not None]
    if not expected:
        return found.missing("Aucun bilan attendu n’est connu : remplir la feuille « Bilans ».")
    for year in sorted({*context.years, *(cast(int, report.year) for report in expected)}):
        of_year = [report for report in expected if report.year == year]
        _add_reports(found, year, "R", "R", of_year)
        for axis in sorted({report.axis for report in of_year if report.axis is not None}):
            _add_reports(found, year, "axis", axis, [r for r in of_year if r.axis == axis])
        for operator in sorted({report.operator for report in of_year if report.operator is not None}):
            name = context.names[operator]
            _add_reports(found, year, "operator", name, [r for r in of_year if r.operator == operator])
    return found.values


def _add_reports(
    found: Collector, year: int, level: str, scope: str, expected: Sequence[ExpectedReport]
) -> None:
    n = len(expected)
    received = [report for report in expected if report.received_on is not None]
    delays = [
        (report.received_on - report.due_on).days
        for report in received
        if report.received_on is not None and report.due_on is not None
    ]
    params = {"year": str(year), "level": level, "scope": scope}
    for measure, count in (("received", len(received)), ("on_time", sum(delay <= 0 for delay in delays))):
        value, interval = (count / n if n else None), wilson(count, n)
        found.add(measure, value, years=[year], n=n, interval=interval, reason=NO_REPORT, params=params)
    middle = float(median(delays)) if delays else None
    found.add("median_delay_days", middle, years=[year], n=len(delays), reason=NO_REPORT_DATED, params=params)


@register(cards.G03)
def g03(context: EvaluationContext) -> list[IndicatorValue]:
    """Return how complete the measures expected are, and the share that two sources attest.

    Worked example: 100 expected, 10 not applicable, 63 reported: 63 / 90 = 0.70.
    """
    found = Collector(cards.G03, context, ("Measure",))
    measures = _measures(context)
    if measures.empty:
        return found.missing("Aucune mesure attendue n’est connue : remplir la feuille « Mesures ».")
    _add_measures(found, "all", "R", measures)
    for level in ("year", "action", "key"):
        for scope, rows in measures.groupby(level, sort=True):
            _add_measures(found, level, str(scope), rows)
    return found.values


def _measures(context: EvaluationContext) -> pd.DataFrame:
    """Return the measures expected: status, number of sources, year, action (identifier) and key."""
    about = context.graph.ends("ABOUT", "Measure", "Action")
    actions = {measure: context.actions[action].id for measure, action in about.items()}
    frame = context.graph.nodes("Measure")
    frame = frame[frame["status"].notna()]
    return pd.DataFrame(
        {
            "status": frame["status"],
            "sources": frame["sources_declared"],
            "attested": frame["source_count"],
            "year": frame["year"],
            "action": frame.index.map(lambda key: actions.get(key)),
            "key": frame["metric"],
        },
        index=frame.index,
    ).rename_axis(None)


def _add_measures(found: Collector, level: str, scope: str, rows: pd.DataFrame) -> None:
    years = [int(year) for year in rows["year"].dropna().unique()]
    params = {"level": level, "scope": scope}
    reported = rows[rows["status"] == "reported"]
    n, count = int((rows["status"] != "not_applicable").sum()), len(reported)
    value, interval = (count / n if n else None), wilson(count, n)
    found.add("completeness", value, years=years, n=n, interval=interval, reason=NO_MEASURE, params=params)
    # Several documents that attest the row count as sources where the file declares no number of its own.
    several = reported["attested"].where(reported["attested"] >= 2).astype("Int64")
    sources = reported["sources"].fillna(several).dropna()
    n, count = len(sources), int((sources >= 2).sum())
    value, interval = (count / n if n else None), wilson(count, n)
    found.add(
        "share_two_sources", value, years=years, n=n, interval=interval, reason=NO_SOURCE, params=params
    )


@register(cards.G04)
def g04(context: EvaluationContext) -> list[IndicatorValue]:
    """Return the money paid and agreed over the money planned, by funder, axis and in all.

    Worked example: Région 2014, 2,150,000 (fictional) / 2,387,500 = 0.9005.
    """
    found = Collector(cards.G04, context, ("Funding", "FUNDS"))
    lines = funding_lines(context)
    if not (lines["kind"] == "planned").any():
        return found.missing("Aucun montant prévu n’est connu : remplir la feuille « Financements ».")
    for year in sorted({*context.years, *(int(y) for y in lines["year"].dropna().unique())}):
        of_year = lines[lines["year"] == year]
        add_sums(found, year, of_year, planned_once(of_year))
        _add_execution(found, year, "total", "R", of_year)
        for level in ("funder", "axis"):
            for scope, rows in of_year.groupby(level, sort=True):
                _add_execution(found, year, level, str(scope), rows)
    return found.values


def funding_lines(context: EvaluationContext) -> pd.DataFrame:
    """Return the lines of funding: kind, year, cents, funder, axis, action, basis, whole (of no action)."""
    funds = context.graph.relationships("FUNDS")
    funders = dict(zip(funds["target"], funds["source"], strict=True))
    about = context.graph.ends("ABOUT", "Funding", "Action")
    axes = {funding: context.actions[action].axis for funding, action in about.items()}
    frame = context.graph.nodes("Funding")
    return pd.DataFrame(
        {
            "kind": frame["kind"],
            "year": frame["year"],
            "amount": frame["amount"],
            "funder": frame.index.map(lambda key: context.names.get(funders.get(key, ""))),
            "axis": frame.index.map(lambda key: axes.get(key)),
            "action": frame.index.map(lambda key: about.get(key)),
            "basis": frame["basis"],
            "whole": ~frame.index.isin(list(axes)),
        },
        index=frame.index,
    )


def _add_execution(found: Collector, year: int, level: str, scope: str, rows: pd.DataFrame) -> None:
    planned = rows.loc[planned_once(rows), "amount"]
    for measure, kind in (("paid_over_planned", "paid"), ("agreed_over_planned", "agreed")):
        done = rows.loc[rows["kind"] == kind, "amount"]
        value, reason = _ratio(done, planned)
        params = {"year": str(year), "level": level, "scope": scope}
        n = len(done) + len(planned)
        found.add(measure, value, years=[year], n=n, reason=reason, params=params)


def planned_once(rows: pd.DataFrame) -> "pd.Index[str]":
    """Return the lines of the amounts planned, each once.

    Where deliberations share among actions what the convention promises as a whole, for one funder and year,
    the promise and its parts are the same money: the promise counts.
    """
    planned = rows[rows["kind"] == "planned"]
    promised = planned["whole"] & (planned["basis"] == "convention")
    parts = ~planned["whole"] & (planned["basis"] == "deliberation")
    repeated = parts & planned["funder"].isin(planned.loc[promised, "funder"].dropna())
    return planned.index[~repeated]


def _ratio(done: "pd.Series[int]", planned: "pd.Series[int]") -> tuple[float | None, str]:
    """Return the ratio of two sums of cents, or None and why."""
    total = known(planned.sum())
    if planned.empty or not total:
        return None, NOTHING_PLANNED
    if done.isna().any() or planned.isna().any():
        return None, UNKNOWN_AMOUNT
    if done.empty:
        return None, "aucun montant connu de cette nature"
    return int(done.sum()) / int(planned.sum()), ""
