"""A part of a graph: by contract, by year, by axis, by territory; nothing dangles."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphmodel import BatchBuilder, ContractGraph, Selection, Source, UsageError, open_store
from graphmodel.schema import SCHEMA
from graphmodel.selection import contained
from tests.support.graphs import graph_of


def contract(name: str) -> BatchBuilder:
    """Return a contract of two axes and three actions, from 2014 to 2016, in two EPCI and their region."""
    builder = BatchBuilder(Source(name, f"{name}.xlsx", "0" * 64, "workbook"), contract=name)
    made = builder.node("Contract", name)
    region = builder.territory("region", "82", "2025")
    for epci, communes in (("X", "12"), ("Y", "34")):
        group = builder.territory("epci", epci, "2025")
        builder.relationship("CONTAINS", region, group, {"composition": "current"})
        for commune in communes:
            inside = builder.territory("commune", f"K{commune}", "2025")
            builder.relationship("CONTAINS", group, inside, {"composition": "current"})
    axes = {}
    for axis in ("I", "II"):
        axes[axis] = builder.node("Axis", axis)
        builder.relationship("PART_OF", axes[axis], made)
    for action, axis, commune in (("I_1", "I", "K1"), ("I_2", "I", "K3"), ("II_1", "II", "K3")):
        ref = builder.node("Action", action)
        builder.relationship("PART_OF", ref, axes[axis])
        where = ("Territory", f"commune/{commune}@2025")
        builder.relationship("TAKES_PLACE_IN", ref, where, {"degree": "targeted"})
        operator = builder.node("Organisation", f"FICTI-{action}")
        for year in (2014, 2015, 2016):
            part = {"role": "partner", "year": year, "basis": "report"}
            builder.relationship("TAKES_PART_IN", operator, ref, part)
            funding = builder.node("Funding", f"{action}-{year}", {"year": year, "amount": 100})
            builder.relationship("ABOUT", funding, ref)
    whole = builder.node("Funding", "contrat", {"amount": 5})
    builder.relationship("ABOUT", whole, made)
    return builder


@pytest.fixture(scope="module")
def graph() -> ContractGraph:
    return graph_of(contract("UN").build())


def both() -> ContractGraph:
    """Return two contracts that share their territories."""
    one, other = (graph_of(contract(name).build()).frames for name in ("UN", "DEUX"))
    frames = {t: pd.concat([one[t], other[t]]) for t in SCHEMA.tables}
    return ContractGraph({t: f[~f.index.duplicated()].sort_index() for t, f in frames.items()}, {})


def ids(graph: ContractGraph, label: str) -> set[str]:
    """Return the identifiers of a label."""
    return set(map(str, graph.nodes(label)["id"]))


def dangling(graph: ContractGraph) -> list[str]:
    """Return the relationships that lost an end, looked up one by one."""
    return [
        str(key)
        for kind in SCHEMA.relationships
        for key, row in graph.relationships(kind).iterrows()
        for end in ("source", "target")
        if row[end] not in graph.nodes(row[f"{end}_label"]).index
    ]


def test_without_anything_chosen_all_is_kept(graph: ContractGraph) -> None:
    assert graph.select().equals(graph)


def test_one_contract_leaves_the_others_out_and_keeps_the_territories() -> None:
    chosen = both().select(contract="UN")
    assert chosen.contracts == ("UN",)
    assert chosen.equals(graph_of(contract("UN").build()))
    assert len(chosen.nodes("Territory")) == 7


def test_years_keep_what_has_none(graph: ContractGraph) -> None:
    chosen = graph.select(years=[2015])
    assert set(chosen.relationships("TAKES_PART_IN")["year"]) == {2015}
    assert ids(chosen, "Funding") == {"I_1-2015", "I_2-2015", "II_1-2015", "contrat"}
    assert ids(chosen, "Action") == ids(graph, "Action")
    assert len(chosen.relationships("ABOUT")) == 4
    assert dangling(chosen) == []


def test_a_year_of_nothing_leaves_what_has_no_year(graph: ContractGraph) -> None:
    chosen = graph.select(years=[])
    assert chosen.relationships("TAKES_PART_IN").empty
    assert ids(chosen, "Funding") == {"contrat"}


def test_an_axis_keeps_its_actions_and_what_hangs_on_them(graph: ContractGraph) -> None:
    chosen = graph.select(axis="I")
    assert ids(chosen, "Action") == {"I_1", "I_2"}
    assert ids(chosen, "Funding") == {f"{a}-{y}" for a in ("I_1", "I_2") for y in (2014, 2015, 2016)} | {
        "contrat"
    }
    assert ids(chosen, "Organisation") == ids(graph, "Organisation")
    assert dangling(chosen) == []


@pytest.mark.parametrize(
    ("territory", "actions"),
    [
        ("commune/K1@2025", {"I_1"}),
        ("epci/X@2025", {"I_1"}),
        ("epci/Y@2025", {"I_2", "II_1"}),
        ("region/82@2025", {"I_1", "I_2", "II_1"}),
        ("commune/K2@2025", set()),
    ],
)
def test_a_territory_keeps_the_actions_in_it_and_in_what_it_contains(
    graph: ContractGraph, territory: str, actions: set[str]
) -> None:
    chosen = graph.select(territory=territory)
    assert ids(chosen, "Action") == actions
    assert dangling(chosen) == []


def test_choices_add_up(graph: ContractGraph) -> None:
    chosen = graph.select(contract="UN", years=[2014], axis="I", territory="epci/Y@2025")
    assert ids(chosen, "Action") == {"I_2"}
    assert ids(chosen, "Funding") == {"I_2-2014", "contrat"}


@settings(max_examples=15, deadline=None)
@given(
    st.none() | st.sets(st.sampled_from([2013, 2014, 2015, 2016])),
    st.none() | st.sampled_from(["I", "II"]),
    st.none() | st.sampled_from(["epci/X@2025", "epci/Y@2025", "commune/K3@2025"]),
    st.permutations(range(3)),
)
def test_a_selection_is_a_part_whose_order_of_choices_does_not_matter(
    years: set[int] | None, axis: str | None, territory: str | None, order: list[int]
) -> None:
    graph = GRAPH
    chosen = graph.select(years=years, axis=axis, territory=territory)
    assert dangling(chosen) == []
    for table in SCHEMA.tables:
        assert set(chosen.frames[table].index) <= set(graph.frames[table].index)
    steps: list[dict[str, object]] = [{"years": years}, {"axis": axis}, {"territory": territory}]
    found = graph
    for at in order:
        found = found.select(**steps[at])  # type: ignore[arg-type]
    assert found.equals(chosen)
    assert chosen.select(years=years, axis=axis, territory=territory).equals(chosen)


GRAPH = graph_of(contract("UN").build())


@pytest.mark.parametrize(
    ("choice", "words"),
    [
        ({"contract": "TROIS"}, "Contrat « TROIS » inconnu"),
        ({"axis": "IX"}, "Axe « IX » inconnu. Axes : I, II"),
        ({"territory": "commune/K9@2025"}, "Territoire « commune/K9@2025 » inconnu"),
    ],
)
def test_what_is_not_there_is_told(graph: ContractGraph, choice: dict[str, str], words: str) -> None:
    with pytest.raises(UsageError, match=words):
        graph.select(**choice)  # type: ignore[arg-type]


def test_nesting_that_runs_in_a_circle_ends() -> None:
    frame = pd.DataFrame({"source": ["a", "b", "c"], "target": ["b", "c", "a"]})
    assert contained(frame, "a") == {"a", "b", "c"}
    assert contained(frame, "z") == {"z"}


def test_a_store_selects_as_the_graph_does(tmp_path: object) -> None:
    with open_store(f"{tmp_path}/two.sqlite", create=True) as store:
        for name in ("UN", "DEUX"):
            store.apply(store.plan(contract(name).build()))
        assert set(store.snapshot().contracts) == {"UN", "DEUX"}
        selection = Selection("UN", frozenset({2015}), "I", "epci/Y@2025")
        chosen = store.snapshot(selection)
        assert ids(chosen, "Action") == {"I_2"}
        whole = store.snapshot(Selection("UN"))
        assert chosen.equals(whole.select(years=[2015], axis="I", territory="epci/Y@2025"))
        assert chosen.version.number == 2
