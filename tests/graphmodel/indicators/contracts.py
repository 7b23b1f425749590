"""Contracts written as the JSON form, and the evaluation's view of them."""

import copy
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from graphmodel.contract_graph import ContractGraph
from graphmodel.frames import frame_of
from graphmodel.indicators import EvaluationContext, IndicatorValue, compute
from graphmodel.schema import SCHEMA
from loaders.contract_json import read_contract_json

Data = dict[str, Any]

MINI: Data = {
    "operateurs": {
        "A": {"monde": "ESS", "famille": "association"},
        "B": {"monde": "ESS", "famille": "cooperative"},
        "C": {"monde": "ESS", "famille": "association"},
        "D": {"monde": "ESS", "famille": "mutuelle"},
        "E": {"monde": "CLASSIQUE"},
        "F": {"monde": "CLASSIQUE"},
    },
    "familles_possibles": ["association", "cooperative", "mutuelle", "fondation"],
    "actions": {
        "a1": {"axe": "I", "innovation_sociale": True},
        "a2": {"axe": "II", "innovation_sociale": False},
        "a3": {"axe": "II", "innovation_sociale": True},
        "a4": {"axe": "III", "innovation_sociale": False},
    },
    "participe": {
        "2014": {"a1": ["A", "B", "C"], "a2": ["A", "D"], "a3": ["C", "E"], "a4": ["B"]},
        "2015": {"a1": ["A", "B", "C", "E"], "a2": ["D", "F"], "a3": ["C", "E", "F"], "a4": ["B", "D"]},
    },
    "montants_2014": {"a1": 100000, "a2": 40000, "a3": 20000, "a4": 30000},
}
"""The operators, actions and payments of MINI; the places are left out."""


def mini(**changes: Any) -> Data:
    """Return a copy of MINI with keys replaced or added; None takes a key away."""
    data = copy.deepcopy(MINI) | copy.deepcopy(changes)
    return {key: value for key, value in data.items() if value is not None}


def graph_of(path: Path) -> ContractGraph:
    """Return the graph of a JSON file, as a store that holds nothing else would give it."""
    batch = read_contract_json(path)
    frames = {}
    for table, rows in batch.rows.items():
        columns: dict[str, list[object]] = {
            name: [row.values.get(name) for row in rows] for name in SCHEMA.columns(table)
        }
        columns["fictional"] = [batch.source.fictional] * len(rows)
        frames[table] = frame_of(table, columns)
    return ContractGraph(frames, {})


class Evaluated:
    """The values of one indicator for a contract, found by their parameters."""

    def __init__(self, data: Data, folder: Path, *identifiers: str) -> None:
        path = folder / "essai.json"
        path.write_text(json.dumps(data), "utf-8")
        self.context = EvaluationContext(graph_of(path))
        self.values = compute(self.context, identifiers or None)

    def all(self, measure: str, **params: str) -> list[IndicatorValue]:
        """Return the values of a measure whose parameters include those given."""
        return [v for v in self.values if v.measure == measure and params.items() <= v.params.items()]

    def one(self, measure: str, **params: str) -> IndicatorValue:
        """Return the only value of a measure whose parameters include those given."""
        found = self.all(measure, **params)
        assert len(found) == 1, [value.name for value in found]
        return found[0]

    def value(self, measure: str, **params: str) -> float | int | None:
        """Return what `one` holds."""
        return self.one(measure, **params).value


def report(operator: str, action: str, year: str, received: bool) -> Mapping[str, object]:
    """Return a row of `bilans`."""
    return {
        "operateur": operator,
        "action": action,
        "annee": year,
        "attendu_le": f"{int(year) + 1}-03-31",
        "recu_le": f"{int(year) + 1}-03-15" if received else None,
    }
