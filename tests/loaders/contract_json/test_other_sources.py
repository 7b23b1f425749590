"""A graph that no JSON file made is exported as one that can be read."""

import json
from pathlib import Path

from loaders.contract_json import export_contract_json, read_contract_json
from tests.dashboards.conftest import graph_of as snapshot_of
from tests.dashboards.conftest import small_builder
from tests.support.graphs import graph_of


def test_an_export_of_other_sources_is_read_and_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "export.json"
    written = export_contract_json(snapshot_of(small_builder()))
    path.write_text(json.dumps(written), "utf-8")
    again = export_contract_json(graph_of(read_contract_json(path)))
    assert again == written


def test_what_other_sources_say_is_in_the_export() -> None:
    written = export_contract_json(snapshot_of(small_builder()))
    assert written["contrat"] == {"id": "ESSAI-2014-2016", "nom": "Contrat d’essai", "fictif": True}
    assert written["qpv"]["QF38001"]["commune"] == "38185"
    places = [p for action in written["territoires_action"].values() for p in action["mailles"]]
    assert "69123" in places
    assert all(row.keys() >= {"monde"} for row in written["operateurs"].values())
