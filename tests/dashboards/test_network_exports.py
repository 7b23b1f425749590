"""The cooperation network as files: each reads back in NetworkX with the same content."""

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

from dashboards.cli import run
from dashboards.network_exports import released_network, write_network
from dashboards.spreadsheet import inert
from graphmodel import ContractGraph, UsageError, open_store
from graphmodel.cooperation.exchange import NetworkView, exchange_network, from_graphology
from graphmodel.cooperation.participations import Lens, Participations
from graphmodel.cooperation.projection import project
from graphmodel.secrecy import PERSONAL
from tests.dashboards.conftest import CONTRACT, HOSTILE, graph_of, small_builder

PIVOT = f"{CONTRACT}/organisation/CRESS"
VIEWS = [
    NetworkView(),
    NetworkView(2014),
    NetworkView(2015, without=frozenset((PIVOT,))),
    NetworkView(2014, projection=True),
    NetworkView(projection=True, without=frozenset((PIVOT,))),
]


def read_gexf(out: Path) -> "nx.Graph[str]":
    network = nx.read_gexf(out)
    for _, _, about in network.edges(data=True):
        del about["id"]
    return network


def read_json(out: Path) -> "nx.Graph[str]":
    return from_graphology(json.loads(out.read_text(encoding="utf-8")))


def read_csv(out: Path) -> "nx.Graph[str]":
    made: nx.Graph[str] = nx.Graph()
    for row in rows(out.with_name(f"{out.stem}-noeuds.csv")):
        made.add_node(row.pop("Id"), label=row.pop("Label"), **known(row))
    for row in rows(out.with_name(f"{out.stem}-liens.csv")):
        assert row.pop("Type") == "Undirected"
        about: dict[str, Any] = known(row) | {"weight": float(row["Weight"].replace(",", "."))}
        del about["Weight"]
        if "actions_communes" in about:
            about["actions_communes"] = int(about["actions_communes"])
        made.add_edge(about.pop("Source"), about.pop("Target"), **about)
    return made


def known(row: dict[str, str]) -> dict[str, str]:
    return {name: text for name, text in row.items() if text and name not in ("avertissement", "origine")}


def rows(path: Path) -> list[dict[str, str]]:
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream, delimiter=";"))


def content(network: "nx.Graph[str]") -> tuple[dict[str, Any], dict[frozenset[str], Any]]:
    """Return nodes and edges with their attributes, whatever their order."""
    return (
        {key: dict(about) for key, about in network.nodes(data=True)},
        {frozenset((a, b)): dict(about) for a, b, about in network.edges(data=True)},
    )


READERS: dict[str, Callable[[Path], "nx.Graph[str]"]] = {
    ".gexf": read_gexf,
    ".graphml": nx.read_graphml,
    ".json": read_json,
    ".csv": read_csv,
}


@pytest.mark.parametrize("suffix", READERS)
@pytest.mark.parametrize("view", VIEWS)
def test_every_file_reads_back_with_the_same_content(
    hostile_graph: ContractGraph, tmp_path: Path, suffix: str, view: NetworkView
) -> None:
    out = tmp_path / f"reseau{suffix}"
    written = write_network(hostile_graph, out, view)
    assert all(path.is_file() for path in written)
    expected = released_network(hostile_graph, view)
    assert expected.number_of_edges() > 0
    assert content(READERS[suffix](out)) == content(expected)


@pytest.mark.parametrize("suffix", READERS)
def test_every_file_says_that_its_data_are_fictional(
    graph: ContractGraph, tmp_path: Path, suffix: str
) -> None:
    assert graph.fictional
    for path in write_network(graph, tmp_path / f"reseau{suffix}", NetworkView(2014)):
        assert "données fictives" in path.read_text(encoding="utf-8").lower()


@pytest.mark.parametrize("suffix", READERS)
def test_the_same_network_gives_the_same_file(graph: ContractGraph, tmp_path: Path, suffix: str) -> None:
    first = write_network(graph, tmp_path / f"un{suffix}")
    second = write_network(graph, tmp_path / f"deux{suffix}")
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]


@pytest.mark.parametrize("suffix", [".gexf", ".graphml", ".json"])
def test_the_title_comes_back(graph: ContractGraph, tmp_path: Path, suffix: str) -> None:
    (out,) = write_network(graph, tmp_path / f"reseau{suffix}", NetworkView(2014), "working")
    title = READERS[suffix](out).graph["name"]
    assert title == "Coopération, 2014 — Données fictives — document de travail"


def test_the_two_modes_are_those_of_the_measures(graph: ContractGraph) -> None:
    network = exchange_network(graph, NetworkView(2014))
    measured = Participations(graph).network(2014)
    kinds = nx.get_node_attributes(network, "genre").values()
    assert list(kinds).count("organisation") == len(measured.operators)
    assert list(kinds).count("action") == len(measured.actions)
    assert network.number_of_edges() == sum(measured.sizes)
    assert nx.is_bipartite(network)


def test_a_projection_has_the_weights_of_the_measures(graph: ContractGraph) -> None:
    without = frozenset((PIVOT,))
    network = exchange_network(graph, NetworkView(2014, projection=True, without=without))
    measured = project(Participations(graph).network(2014, Lens(without=without)))
    weights = {
        frozenset((f"Organisation:{a}", f"Organisation:{b}")): about["weight"]
        for a, b, about in measured.to_networkx().edges(data=True)
    }
    assert {frozenset((a, b)): about["weight"] for a, b, about in network.edges(data=True)} == weights
    assert network.graph["sans"] == "CRESS Rhône-Alpes"
    assert f"Organisation:{PIVOT}" not in network


def test_all_years_together_keep_the_years_of_each_link(graph: ContractGraph) -> None:
    network = exchange_network(graph, NetworkView())
    for _, _, about in network.edges(data=True):
        assert about["weight"] == len(about["annees"].split(", "))
    assert {about["annees"] for _, _, about in network.edges(data=True)} >= {"2014", "2014, 2015"}


def test_formulas_stay_texts_and_hostile_names_stay_names(tmp_path: Path) -> None:
    made = small_builder()
    action = made.node("Action", "IV_1.1", name='=HYPERLINK("http://x";"y")')
    other = made.node("Organisation", "X\x07Y", name="\x01\r\n@SUM(1)" + HOSTILE)
    made.relationship("TAKES_PART_IN", other, action, {"role": "pilot", "basis": "report", "year": 2014})
    graph = graph_of(made)
    labels = {row["Label"] for row in rows(write_network(graph, tmp_path / "r.csv")[0])}
    assert '\'=HYPERLINK("http://x";"y")' in labels
    assert all(label == inert(label) for label in labels)
    for suffix in (".gexf", ".graphml", ".json"):
        (out,) = write_network(graph, tmp_path / f"r{suffix}")
        assert content(READERS[suffix](out)) == content(released_network(graph, NetworkView()))


def test_a_natural_person_has_no_name_in_any_file(tmp_path: Path) -> None:
    made = small_builder()
    action = made.node("Action", "IV_1.1", name="Une action")
    person = made.node(
        "Organisation", "DUPONT-JEANNE", {"natural_person": True, "address": "3 rue des Lilas"},
        name="Jeanne Dupont",
    )  # fmt: skip
    made.relationship("TAKES_PART_IN", person, action, {"role": "pilot", "basis": "report", "year": 2014})
    graph = graph_of(made)
    for suffix in READERS:
        for path in write_network(graph, tmp_path / f"r{suffix}", mode="working"):
            text = path.read_text(encoding="utf-8").lower()
            assert "personne-physique-1" in text
            assert not any(word in text for word in ("dupont", "jeanne", "lilas"))
    attributes = {
        name for _, about in released_network(graph, NetworkView()).nodes(data=True) for name in about
    }
    assert not attributes & PERSONAL


def test_what_cannot_be_written_is_said(graph: ContractGraph, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"\.gexf, \.graphml, \.csv, \.json"):
        write_network(graph, tmp_path / "reseau.doc")
    with pytest.raises(UsageError, match="2014 et 2015"):
        write_network(graph, tmp_path / "reseau.gexf", NetworkView(1999))
    assert not list(tmp_path.iterdir())


def test_the_command_writes_the_network(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store = tmp_path / "essai.sqlite"
    with open_store(store, create=True) as opened:
        opened.apply(opened.plan(small_builder().build()))
    words = ["export", "network", "--store", str(store), "--year", "2014", "--out"]
    assert run([*words, str(tmp_path / "dossier" / "r.csv"), "--projection", "--without-pivot"]) == 0
    assert "r-liens.csv" in capsys.readouterr().out
    labels = [row["Label"] for row in rows(tmp_path / "dossier" / "r-noeuds.csv")]
    assert len(labels) == 6
    assert "CRESS Rhône-Alpes" not in labels
    assert run([*words, str(tmp_path / "r.txt")]) == 2
    assert ".gexf" in capsys.readouterr().err
