"""The snapshot: what it answers, what it refuses, and that nobody can change it."""

import subprocess
import sys

import pandas as pd
import pytest

import graphmodel
from graphmodel import BatchBuilder, ContractGraph, Source, UsageError, Version
from graphmodel.schema import SCHEMA
from tests.support.graphs import graph_of


def small(contract: str = "FICTI", *, fictional: bool = False) -> ContractGraph:
    """Return a contract with two organisations and one funding of an action."""
    builder = BatchBuilder(
        Source("s", "s.xlsx", "0" * 64, "workbook", fictional=fictional), contract=contract
    )
    made = builder.node("Contract", contract, {"years": [2014, 2015], "comparison": {"traites": ["K1"]}})
    first = builder.node("Organisation", "A", {"family": "mutuelle", "roles": ["chef de file"]})
    builder.node("Organisation", "B")
    action = builder.node("Action", "I_1", {"coded": True})
    builder.relationship("SIGNED", first, made)
    funding = builder.node("Funding", "F", {"amount": 0, "year": 2014})
    builder.relationship("FUNDS", first, funding)
    builder.relationship("ABOUT", funding, action)
    return graph_of(builder.build())


@pytest.fixture
def graph() -> ContractGraph:
    return small()


def test_tables_are_frames_by_key(graph: ContractGraph) -> None:
    assert list(graph.nodes("Organisation").index) == ["FICTI/organisation/A", "FICTI/organisation/B"]
    assert graph.relationships("SIGNED").iloc[0]["target"] == "FICTI"
    assert graph.nodes("Meeting").empty
    assert graph.frames.keys() == SCHEMA.tables.keys()


@pytest.mark.parametrize("ask", [lambda g: g.nodes("SIGNED"), lambda g: g.relationships("Action"),
                                 lambda g: g.nodes("Planet"), lambda g: g.relationships("")])  # fmt: skip
def test_a_table_of_nowhere_is_refused_in_french(graph: ContractGraph, ask: object) -> None:
    with pytest.raises(UsageError, match="n’est pas au schéma"):
        ask(graph)  # type: ignore[operator]


def test_counts_leave_empty_tables_out(graph: ContractGraph) -> None:
    assert graph.count_nodes() == {"Contract": 1, "Action": 1, "Organisation": 2, "Funding": 1}
    assert graph.count_relationships() == {"SIGNED": 1, "FUNDS": 1, "ABOUT": 1}


def test_the_contract_is_a_dictionary_of_what_is_known(graph: ContractGraph) -> None:
    contract = graph.contract
    assert contract["id"] == "FICTI"
    assert contract["years"] == [2014, 2015]
    assert "title" not in contract
    assert graph.contracts == ("FICTI",)
    assert ContractGraph({}, {}).contract == {}


def test_one_node_and_what_leaves_and_arrives(graph: ContractGraph) -> None:
    node = graph.node("Funding", "FICTI/funding/F")
    assert (node["amount"], node["year"]) == (0, 2014)
    assert "kind" not in node
    assert list(graph.targets("FUNDS", "FICTI/organisation/A")["target"]) == ["FICTI/funding/F"]
    assert list(graph.sources("ABOUT", "FICTI/action/I_1")["source"]) == ["FICTI/funding/F"]
    assert graph.targets("FUNDS", "FICTI/organisation/B").empty
    with pytest.raises(KeyError):
        graph.node("Funding", "ailleurs")


def test_several_contracts_have_to_be_told_apart(graph: ContractGraph) -> None:
    other = small("AUTRE")
    both = ContractGraph({t: pd.concat([graph.frames[t], other.frames[t]]) for t in SCHEMA.tables}, {})
    assert both.contracts == ("FICTI", "AUTRE")
    with pytest.raises(UsageError, match="plusieurs contrats"):
        _ = both.contract


def test_a_graph_is_fictional_when_one_row_is(graph: ContractGraph) -> None:
    assert not graph.fictional
    assert small(fictional=True).fictional


def test_writing_on_a_frame_changes_no_graph(graph: ContractGraph) -> None:
    before = small()
    frame = graph.nodes("Organisation")
    frame.loc["FICTI/organisation/A", "family"] = "association"
    frame["family"] = "fondation"
    money = graph.frames["Funding"]
    money["amount"] = 5
    targets = graph.targets("FUNDS", "FICTI/organisation/A")
    targets["target"] = "x"
    graph.frames.clear()
    assert graph.equals(before)


def test_writing_on_what_it_answers_changes_no_graph(graph: ContractGraph) -> None:
    before = small()
    for answer in (graph.contract, graph.node("Contract", "FICTI")):
        answer["years"].append(1999)  # type: ignore[attr-defined]
        answer["comparison"]["traites"].clear()  # type: ignore[index]
    graph.node("Organisation", "FICTI/organisation/A")["roles"].clear()  # type: ignore[attr-defined]
    network = graph.to_networkx()
    network.nodes["Contract:FICTI"]["years"].append(1999)
    assert graph.equals(before)


def test_equality_is_of_rows_not_of_versions(graph: ContractGraph) -> None:
    again = ContractGraph(graph.frames, {}, Version(7, "7.1"))
    assert graph.equals(again)
    assert again.version.number == 7
    assert not graph.equals(small(fictional=True))
    assert not graph.equals(ContractGraph({}, {}))


def test_everything_offered_can_be_had() -> None:
    namespace: dict[str, object] = {}
    exec("from graphmodel import *", namespace)
    assert namespace.keys() - {"__builtins__"} == set(graphmodel.__all__)


def test_the_library_reads_and_writes_without_any_other_folder(tmp_path: object) -> None:
    """A program of its own, with the heavy libraries made impossible to import."""
    program = f"""
import sys
for name in ("dash", "folium", "neo4j", "geopandas", "geodata", "loaders", "dashboards"):
    sys.modules[name] = None
from graphmodel import BatchBuilder, Source, open_store
builder = BatchBuilder(Source("s", "s", "0" * 64, "json"), contract="C")
contract = builder.node("Contract", "C")
builder.relationship("SIGNED", builder.node("Organisation", "A"), contract)
with open_store({str(tmp_path) + "/x.sqlite"!r}, create=True) as store:
    store.apply(store.plan(builder.build()))
    graph = store.snapshot()
print(graph.count_nodes(), graph.to_networkx().number_of_edges())
"""
    run = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert run.stdout.strip() == "{'Contract': 1, 'Organisation': 1} 1"
