"""Small data sets in the exchange form, for the worked examples of the catalogue."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from graphmodel import open_store
from graphmodel.indicators import EvaluationContext, IndicatorValue
from loaders.contract_json import read_contract_json

BASE: dict[str, Any] = {
    "operateurs": {name: {"monde": "ESS", "famille": "association", "siege": "K1"} for name in "ABCDE"},
    "familles_possibles": ["association", "cooperative"],
    "actions": {"a1": {"axe": "I"}, "a2": {"axe": "II"}, "a3": {"axe": "II"}},
    "annees": ["2014", "2015"],
    "participe": {"2014": {"a1": ["A", "B"]}, "2015": {"a1": ["A", "B"]}},
    "communes": {
        "K1": {"pop": 1000, "dep": "D1", "epci": "X", "zrr": False},
        "K2": {"pop": 500, "dep": "D1", "epci": "Y", "zrr": False},
    },
    "qpv": {"Q1": {"pop": 200, "commune": "K1"}},
}


def context_of(folder: Path, **extra: Any) -> EvaluationContext:
    """Return the evaluation of the base set with more keys, through a file and a store."""
    path = folder / "jeu.json"
    path.write_text(json.dumps({**BASE, **extra}, ensure_ascii=False), encoding="utf-8")
    with open_store(folder / "jeu.sqlite", create=True) as store:
        store.apply(store.plan(read_contract_json(path)))
        return EvaluationContext(store.snapshot())


def one(values: Sequence[IndicatorValue], measure: str, **params: str) -> IndicatorValue:
    """Return the only value of a measure with some parameters."""
    found = [v for v in values if v.measure == measure and params.items() <= v.params.items()]
    assert len(found) == 1, (measure, params, [v.params for v in found])
    return found[0]
