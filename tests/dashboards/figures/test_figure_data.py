"""What figures draw, held to hand counts: money, ties, curves, intervals, deals, scores, ratings."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from dashboards.figures.asked import Asked, probability
from dashboards.figures.dumbbells import dumbbells_data
from dashboards.figures.forest import TICKS, forest_data
from dashboards.figures.lorenz import lorenz_data
from dashboards.figures.mixing import mixing_data
from dashboards.figures.money_data import money_flow
from dashboards.figures.network_data import two_modes, waves
from dashboards.figures.plot import Scale
from dashboards.figures.theory import UNRATED, theory_data
from dashboards.network_view import network_of
from graphmodel import ContractGraph
from graphmodel.evaluation import Evaluation, evaluate_contract
from graphmodel.indicators import EvaluationContext, compute
from tests.graphmodel.indicators.sets import context_of
from tests.support.told_demonstration import evaluation_of_values

Told = tuple[ContractGraph, Evaluation]


def paid(funder: str, amount: float | None, action: str | None = "a1") -> dict[str, Any]:
    return {"action": action, "financeur": funder, "annee": "2014", "nature": "paye", "montant": amount}


def flow_of(folder: Path, mode: str = "working") -> Any:
    lines = [paid("R", 60), paid("R", 30, "a2"), paid("R", 10, None), paid("V", 5), paid("W", None, "a3")]
    planned = paid("R", 200, None) | {"nature": "prevu", "base": "convention"}
    context = context_of(folder, financements=[*lines, planned], concours_contrat=["R"])
    told = evaluate_contract(context.graph, ["G04", "T06"], "publication" if mode != "working" else "working")
    return money_flow(Asked(context.graph, told), 2014)


def test_money_goes_from_funder_to_axis_to_action(tmp_path: Path) -> None:
    flow = flow_of(tmp_path)
    assert flow.total.euros == 105
    assert {one.id: one.euros for one in flow.funders} == {"R": 100, "autres": 5}
    assert {one.id: (one.euros, one.unknown) for one in flow.axes} == {
        "I": (65, 0), "II": (30, 1), "hors_axe": (10, 0),
    }  # fmt: skip
    assert {(f.funder, f.axis): f.euros for f in flow.flows} == {
        ("R", "I"): 60, ("R", "II"): 30, ("R", "hors_axe"): 10, ("autres", "I"): 5, ("autres", "II"): None,
    }  # fmt: skip
    for axis in flow.axes:
        known = [f.euros for f in flow.flows if f.axis == axis.id and f.euros is not None]
        assert sum(known) == axis.euros
    assert not flow.secret


def test_money_of_one_pilot_does_not_leave_in_publication(tmp_path: Path) -> None:
    flow = flow_of(tmp_path, "publication")
    assert flow.secret
    assert all(one.euros is None and one.secret for one in flow.axes if one.id == "I")


def test_ties_are_kept_new_or_lost_since_the_year_before(graph: ContractGraph) -> None:
    context = EvaluationContext(graph)
    asked = Asked(graph, evaluation_of_values(context, tuple(compute(context, ["S02"]))))
    first, second = two_modes(asked, 2014), two_modes(asked, 2015)
    # Pilots and the pivot stay; the other partner of each of 8 actions is another organisation in 2015.
    assert (first.before, second.before) == (None, 2014)
    assert {fate: second.count(fate) for fate in ("kept", "new", "lost")} == {"kept": 12, "new": 8, "lost": 8}
    assert sum(tie.pilot for tie in first.ties) == 8
    screen = network_of(graph, 2014).places.positions
    for operator in first.operators:
        assert operator.at == pytest.approx((screen[operator.key][0] / 632, screen[operator.key][1] / 446))
    assert [o.at for o in first.operators] == [o.at for o in second.operators]


def test_weights_of_a_projection_sum_to_the_places_in_joint_actions(graph: ContractGraph) -> None:
    context = EvaluationContext(graph)
    asked = Asked(graph, evaluation_of_values(context, tuple(compute(context, ["S02"]))))
    found, pivot = waves(asked)
    assert pivot == "CRESS Rhône-Alpes"
    for wave in found:
        weights = [pair.weight for pair in wave.pairs if pair.fate != "lost"]
        # Newman: each action of k ≥ 2 operators gives k/2 in all; 4 actions of 2 and 4 of 3.
        assert sum(weights) == pytest.approx(4 * 2 / 2 + 4 * 3 / 2)
        assert wave.null.pairs == len(weights)


def test_curves_rise_from_nothing_to_all_and_agree_with_the_gini(demonstration: Told) -> None:
    curves = lorenz_data(Asked(*demonstration))
    assert {(curve.year, curve.run) for curve in curves} == {
        (year, run) for year in (2014, 2015, 2016) for run in ("with", "without")
    }
    for curve in curves:
        shares = np.array(curve.points)
        assert shares[0].tolist() == [0, 0]
        assert shares[-1].tolist() == [1, 1]
        assert (np.diff(shares[:, 1], 2) >= -1e-12).all()
        area = float(np.trapezoid(shares[:, 1], shares[:, 0]))
        # Ten chords lie a little above the curve: the index they give is a little lower.
        assert curve.gini is not None
        assert curve.gini - 0.03 < 1 - 2 * area <= curve.gini
        assert curve.half == pytest.approx(dict(curve.points)[0.5])


def test_the_forest_holds_every_urban_unit_once(demonstration: Told) -> None:
    asked = Asked(*demonstration)
    data = forest_data(asked, 2016)
    units = asked.of("T05", "rate_ratio", year="2016", level="UU")
    assert len(data.rows) - 1 + len(data.nobody) == len(units)
    assert data.rows[0].whole
    for row in data.rows:
        if row.ratio is not None and row.low is not None and row.high is not None:
            assert row.low <= row.ratio <= row.high
    assert [row.n or 0 for row in data.rows[1:]] == sorted((r.n or 0 for r in data.rows[1:]), reverse=True)
    scale = Scale(TICKS[0], TICKS[-1], 0, 60, log=True)
    assert scale.at(1) == pytest.approx(30)
    assert scale.at(100) == 60


def test_the_deals_are_those_the_indicator_compares_with(demonstration: Told) -> None:
    for row in mixing_data(Asked(*demonstration)):
        assert row.observed is not None
        assert row.p_le is not None
        assert row.expected is not None
        assert sum(share for _, share in row.bars) == pytest.approx(1)
        mean = sum(index * share for index, share in row.bars)
        assert mean == pytest.approx(row.expected, abs=0.01)
        below = sum(share for index, share in row.bars if index <= row.observed + 1e-12)
        assert row.p_le == pytest.approx((below * row.draws + 1) / (row.draws + 1))


def test_scores_are_sorted_by_what_they_gained(demonstration: Told) -> None:
    data = dumbbells_data(Asked(*demonstration))
    assert data is not None
    known = [row.change for row in data.rows if row.change is not None]
    assert known == sorted(known, reverse=True)
    assert data.rows[0].text == f"{data.rows[0].before} → {data.rows[0].after} (+{known[0]})"
    lacking = [row for row in data.rows if row.change is None]
    assert lacking
    assert all("recherché" in row.text for row in lacking)
    assert data.progress == f"{sum(change > 0 for change in known)} sur {len(known)}"


def test_an_effect_is_worth_its_weakest_link(demonstration: Told) -> None:
    data = theory_data(Asked(*demonstration))
    assert data is not None
    degrees = ("non établi", "plausible, non établi", "orienté", "établi")
    for row in data.effects:
        levels = [mark.level for mark in row.marks]
        if all(level is None for level in levels):
            assert row.degree == UNRATED
        else:
            assert row.degree == degrees[min(level or 0 for level in levels)]
    assert [title.split(" · ")[0] for title, _ in data.questions] == [f"Question {n}" for n in range(1, 5)]


def test_a_small_probability_is_not_written_as_zero() -> None:
    assert probability(0.00025) == "p(≤) < 0,001"
    assert probability(0.0549) == "p(≤) = 0,055"
