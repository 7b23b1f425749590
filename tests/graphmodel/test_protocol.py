"""The protocol: hashed rules, a document that cannot be changed unseen, deviations in French."""

import copy
from datetime import date
from pathlib import Path

import pytest

from graphmodel import ContractGraph
from graphmodel.errors import UsageError
from graphmodel.frames import frame_of
from graphmodel.protocol import (
    DOCUMENT_KIND,
    SECTIONS,
    Protocol,
    deviations,
    protocol_of,
    read_protocol,
    registered_deviations,
)
from tests.graphmodel.indicators.sets import context_of


@pytest.fixture
def graph(tmp_path: Path) -> ContractGraph:
    return context_of(tmp_path).graph


def changed(protocol: Protocol, section: str, name: str, content: object) -> Protocol:
    sections = copy.deepcopy(dict(protocol.sections))
    sections[section][name] = content
    return Protocol(protocol.contract, sections)


def remembering(graph: ContractGraph, protocol: Protocol) -> ContractGraph:
    """Return the graph of a store that remembers a protocol."""
    columns: dict[str, list[object]] = {
        "key": ["d"], "id": ["PROTOCOLE"], "name": [protocol.summary], "kind": [DOCUMENT_KIND],
        "sha256": [protocol.sha256], "date": [date(2026, 1, 5)], "fictional": [False],
    }  # fmt: skip
    frames = graph.frames
    return ContractGraph({**frames, "Document": frame_of("Document", columns)}, {})


def test_the_same_rules_have_the_same_hash_and_read_back(graph: ContractGraph) -> None:
    protocol = protocol_of(graph)
    assert set(protocol.sections) == set(SECTIONS)
    assert protocol_of(graph).sha256 == protocol.sha256
    assert read_protocol(protocol.to_json()) == protocol
    assert deviations(protocol, protocol_of(graph)) == []


def test_a_protocol_changed_after_the_fact_is_refused(graph: ContractGraph) -> None:
    content = copy.deepcopy(protocol_of(graph).to_json())
    content["sections"]["thresholds"]["niveau des intervalles"] = 0.9
    with pytest.raises(UsageError, match="modifié après coup"):
        read_protocol(content)
    with pytest.raises(UsageError, match="n’est pas un protocole"):
        read_protocol({"schema": "maillage/evaluate/1"})


def test_each_deviation_is_named(graph: ContractGraph) -> None:
    current = protocol_of(graph)
    before = changed(current, "thresholds", "niveau des intervalles", 0.9)
    (told,) = deviations(before, current)
    assert "les seuils" in told
    assert "0.9 devient 0.95" in told
    card = dict(current.sections["indicators"]["T01"]) | {"formula": "autre"}
    (told,) = deviations(changed(current, "indicators", "T01", card), current)
    assert told.endswith("formula.")
    (told,) = deviations(changed(current, "rulings", "Z99", {"rule": "une règle"}), current)
    assert "Z99 a été retiré" in told


def test_the_store_names_the_sections_that_changed_since(graph: ContractGraph) -> None:
    current = protocol_of(graph)
    assert registered_deviations(graph, current) is None
    assert registered_deviations(remembering(graph, current), current) == []
    before = changed(current, "seeds", "modèle nul du réseau : graine", 1)
    (told,) = registered_deviations(remembering(graph, before), current) or []
    assert "les graines et tirages ont changé" in told
    assert "2026-01-05" in told
