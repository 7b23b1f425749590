"""The secrecy of results: statuses, what a publication keeps, and an attacker who reads all of it."""

from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np

from graphmodel.evaluation import Evaluation, evaluate_contract
from graphmodel.indicators import EvaluationContext, IndicatorValue, compute
from graphmodel.indicators.disclosure import GATED, Disclosure
from graphmodel.indicators.disclosure.money import Name
from graphmodel.secrecy import WIDTH_PERCENT, bounds
from graphmodel.secrecy.attacker import Array
from tests.graphmodel.indicators.sets import context_of
from tests.support.demonstration import demonstration_graph


def funding(action: str, amount: int, kind: str = "paye") -> dict[str, Any]:
    return {"action": action, "financeur": "Région", "annee": "2014", "nature": kind, "montant": amount}


def evaluated(folder: Path, mode: str = "working", **extra: Any) -> Evaluation:
    data: dict[str, Any] = {
        "actions": {f"a{i}": {"axe": "I"} for i in range(1, 5)},
        "participe": {"2014": {f"a{i}": [name] for i, name in enumerate("ABCD", 1)}},
        "porteur": {"2014": {f"a{i}": name for i, name in enumerate("ABCD", 1)}},
        "lieux": {
            "2014": {
                "a1": [{"territoire": "K1", "degre": "cible"}],
                "a2": [{"territoire": "K1", "degre": "cible"}],
                "a3": [{"territoire": "K1", "degre": "cible"}],
                "a4": [{"territoire": "K2", "degre": "cible"}],
            }
        },
        "financements": [funding(f"a{i}", 10_000 * i) for i in range(1, 5)],
    }
    context = context_of(folder, **(data | extra))
    return evaluate_contract(context.graph, None, "publication" if mode == "publication" else "working")


def amounts(evaluation: Evaluation) -> dict[tuple[str, str], IndicatorValue]:
    return {
        (value.params["level"], value.params["territory"]): value
        for value in evaluation.values
        if value.indicator == "T06" and value.measure == "amount" and value.params["year"] == "2014"
        if value.params["ubiquitous"] == "without"
    }


def test_an_amount_of_one_pilot_is_secret_and_so_is_what_would_give_it_back(tmp_path: Path) -> None:
    found = amounts(evaluated(tmp_path))
    assert found["K", "K2"].secrecy == "A"
    # K1 rests on three pilots: with the region's total out, publishing it would give K2 by subtraction.
    assert found["R", "R"].secrecy == "V"
    assert found["K", "K1"].secrecy == "D"


def test_a_publication_keeps_neither_value_nor_count_nor_run(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    working, published = evaluated(tmp_path / "a"), evaluated(tmp_path / "b", "publication")
    assert [v.secrecy for v in working.values] == [v.secrecy for v in published.values]
    hidden = [value for value in published.values if value.secrecy != "V"]
    assert hidden
    for value in hidden:
        assert (value.value, value.n, value.interval, value.conclusion) == (None, None, None, None)
        assert all(run.value is None for run in value.sensitivity)
        assert value.reason
    told = {value.identity for value in hidden}
    for value in published.values:
        if value.identity not in told and value.indicator == "T06" and value.measure == "amount":
            other = {"with": "without", "without": "with"}[value.params["ubiquitous"]]
            twin = frozenset({**value.params, "ubiquitous": other}.items())
            if (value.indicator, value.measure, twin) in told:
                assert all(run.value is None for run in value.sensitivity)


def test_a_single_business_supported_in_a_quarter_is_secret(tmp_path: Path) -> None:
    def support(business: str, commune: str, qpv: str | None = None) -> dict[str, Any]:
        return {
            "action": "a1", "siren": business, "annee": "2014", "issue": "creation",
            "commune": commune, "qpv": qpv, "etp": 2,
        }  # fmt: skip

    rows = [support("E1", "K1", "Q1"), *(support(f"E{i}", "K1") for i in range(2, 6))]
    evaluation = evaluated(tmp_path, soutiens=rows)
    found = {
        (v.params["level"], v.params["territory"]): v
        for v in evaluation.values
        if v.indicator == "E01" and v.measure == "businesses" and v.params["year"] == "2014"
    }
    assert found["Q", "Q1"].value == 1
    assert found["Q", "Q1"].secrecy == "A"
    assert found["R", "R"].secrecy == "V"


def test_no_secret_of_the_demonstration_is_found_by_linear_programming() -> None:
    context = EvaluationContext(demonstration_graph())
    disclosure = Disclosure(context)
    seen: defaultdict[Name, list[Array]] = defaultdict(list)
    sought: defaultdict[Name, list[Array]] = defaultdict(list)
    for value in disclosure.examined(compute(context, GATED)):
        # A value that is not known gives nothing away, whatever it would have summed.
        for name, figure in disclosure.sums(value) if value.value is not None else ():
            (seen if value.secrecy == "V" else sought)[name].append(figure)
    attacked = 0
    for name, figures in sought.items():
        block = disclosure.block(name)
        known = _distinct(seen[name], len(block.amounts))
        hidden = _distinct(figures, len(block.amounts))
        for figure, status in zip(hidden, block.statuses(hidden), strict=True):
            total = float(figure @ block.amounts)
            if status == "V" or total == 0:
                # A ratio is secret for its other half: this half may stand in the open.
                continue
            low, high = bounds(known, known @ block.amounts, figure)
            assert high - low > total * WIDTH_PERCENT / 100, (name, status, total, low, high)
            attacked += 1
    assert attacked > 100


def _distinct(figures: list[Array], width: int) -> Array:
    table = np.array(figures).reshape(-1, width)
    largest = table.max(axis=1)
    scaled = table[largest > 0] / largest[largest > 0, None]
    return np.asarray(np.unique(np.round(scaled, 9), axis=0))
