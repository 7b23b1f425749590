"""What stands where in the graph: the table « Into the graph » of the form, line by line."""

from datetime import date
from typing import Any

import pytest

from graphmodel import ContractGraph
from graphmodel.frames import records_of
from loaders.contract_json import read_contract_json
from tests.loaders.contract_json.conftest import FULL
from tests.support.graphs import graph_of

ID = "FICTI-2014-2016"


@pytest.fixture(scope="module")
def graph() -> ContractGraph:
    """Return the graph of the file that has every key."""
    return graph_of(read_contract_json(FULL))


def links(graph: ContractGraph, kind: str, *columns: str, **wanted: Any) -> set[tuple[Any, ...]]:
    """Return the columns of the relationships of a type that have the wanted values, contract apart."""
    return {
        tuple(short(row.get(column)) for column in columns)
        for row in records_of(graph.relationships(kind))
        if all(row.get(name) == value for name, value in wanted.items())
    }


def short(value: Any) -> Any:
    """Return a key without its contract."""
    return value.removeprefix(f"{ID}/").removeprefix(f"{ID}:") if isinstance(value, str) else value


def node(graph: ContractGraph, label: str, identifier: str) -> dict[str, Any]:
    """Return a node of the contract by its identifier."""
    (row,) = [row for row in records_of(graph.nodes(label)) if row["id"] == identifier]
    return row


def test_every_row_is_fictional_and_of_the_contract(graph: ContractGraph) -> None:
    for name, frame in graph.frames.items():
        assert bool(frame["fictional"].all())
        if name not in ("Territory", "Zoning"):
            assert set(frame["contract"]) <= {ID}


def test_the_contract_declares_its_waves_and_hub(graph: ContractGraph) -> None:
    contract = graph.contract
    assert contract["years"] == [2014, 2015, 2016]
    assert (contract["t0"], contract["pivot"], contract["seed"]) == (2014, "FICTI-RESEAU", 20140101)
    assert contract["contract_funders"] == ["Région", "Etat", "CDC"]
    assert contract["territory"] == f"{ID}:R"
    assert contract["population_region"] == 101_000


def test_worlds_are_words_of_the_schema(graph: ContractGraph) -> None:
    worlds = {row["id"]: row.get("world") for row in records_of(graph.nodes("Organisation"))}
    assert worlds["FICTI-RECYCLE"] == "ess_company"
    assert worlds["FICTI-LABO"] == "research"
    assert worlds["FICTI-SANS-RIEN"] is None
    assert worlds["Région"] is None
    assert worlds["900000003"] is None


def test_authorities_are_told_even_when_the_file_does_not(graph: ContractGraph) -> None:
    frame = graph.nodes("Organisation").set_index("id")["local_authority"]
    assert bool(frame["FICTI-AGGLO"])
    assert not frame["FICTI-COOP"]


def test_operators_are_partners_and_one_is_pilot(graph: ContractGraph) -> None:
    found = links(
        graph, "TAKES_PART_IN", "source", "role", "position",
        target=f"{ID}/action/II_1.1", year=2014, basis="report",
    )  # fmt: skip
    assert found == {
        ("organisation/FICTI-BOIS", "partner", 1),
        ("organisation/FICTI-RECYCLE", "partner", 2),
        ("organisation/FICTI-RESEAU", "pilot", 3),
    }


def test_a_pilot_outside_the_list_has_no_rank(graph: ContractGraph) -> None:
    found = links(graph, "TAKES_PART_IN", "source", "position", target=f"{ID}/action/I_2.1", role="pilot")
    assert found == {("organisation/FICTI-COOP", None)}


def test_authorities_commit_through_their_organisation(graph: ContractGraph) -> None:
    found = links(graph, "TAKES_PART_IN", "source", "authority", "role", year=2015, basis="commitment")
    assert found == {
        ("organisation/FICTI-AGGLO", "CC-X", "partner"),
        ("organisation/collectivite:CC-Y", "CC-Y", "funder"),
        ("organisation/FICTI-AGGLO", "Z", "partner"),
    }


def test_territories_nest(graph: ContractGraph) -> None:
    assert links(graph, "CONTAINS", "source", target=f"{ID}:K3") == {("D1",), ("Y",), ("Z",), ("CC-Y",)}
    assert links(graph, "CONTAINS", "source", target=f"{ID}:Q1") == {("K1",)}
    assert links(graph, "CONTAINS", "target", source=f"{ID}:R") == {("D1",), ("D2",)}
    assert links(graph, "CONTAINS", "target", composition="current") == {("K1",), ("K2",), ("N1",)}
    assert links(graph, "CONTAINS", "date", composition="frozen") == {(date(2014, 1, 1),)}


def test_a_commune_of_a_later_vintage_stands_at_it(graph: ContractGraph) -> None:
    assert node(graph, "Territory", "N1")["vintage"] == "2016"
    assert node(graph, "Territory", "K1")["vintage"] == "2014"


def test_an_urban_unit_may_have_the_code_of_a_commune(graph: ContractGraph) -> None:
    frame = graph.nodes("Territory")
    same = frame[frame["code"] == "K5"]
    assert dict(zip(same.index, same["level"], strict=True)) == {
        f"{ID}:K5": "commune",
        f"{ID}:uu:K5": "urban_unit",
    }


def test_zrr_is_told_where_it_is_known(graph: ContractGraph) -> None:
    assert links(graph, "CLASSED_IN", "source", status="classed", target=f"{ID}:zrr") == {("K4",), ("K5",)}
    assert links(graph, "CLASSED_IN", "source", status="not_classed") == {("K1",), ("K2",), ("K3",)}


def test_places_are_targeted_or_reached_with_unknown_and_zero_apart(graph: ContractGraph) -> None:
    found = links(
        graph, "TAKES_PLACE_IN", "target", "degree", "share", "beneficiaries",
        source=f"{ID}/action/II_1.1", year=2014,
    )  # fmt: skip
    assert found == {
        ("K4", "targeted", 0.25, None),
        ("D2", "targeted", 0.75, None),
        ("K4", "reached", None, 0),
        ("Z", "reached", None, 312),
    }
    assert links(graph, "TAKES_PLACE_IN", "year", "target", source=f"{ID}/action/I_1.1") == {(None, "R")}
    assert bool(graph.nodes("Action").set_index("id").loc["I_1.1", "region_wide"])


def test_money_is_in_cents(graph: ContractGraph) -> None:
    planned = graph.nodes("Funding")
    kinds = planned[planned["kind"] == "agreed"]
    assert list(kinds["amount"]) == [11_800_007]
    assert node(graph, "Funding", "contrat-CDC-2014-planned")["amount"] == 0
    assert "amount" not in node(graph, "Funding", "II_1.1-Etat-2015-paid")
    assert ("organisation/Etat", "funding/II_1.1-Etat-2015-paid") in links(graph, "FUNDS", "source", "target")
    about = links(graph, "ABOUT", "target", source=f"{ID}/funding/contrat-CDC-2014-planned")
    assert about == {(ID,)}


def test_observations_are_about_their_subject(graph: ContractGraph) -> None:
    subjects = links(graph, "ABOUT", "source", "target")
    for name, target in (
        ("turnover-2015-900000001", "organisation/900000001"),
        ("audience-2014-site", "instrument/site"),
        ("total_cost-2014-I_1.1", "action/I_1.1"),
        ("employment_ess-2013-K1", "K1"),
        ("largest_ess-2013-Q1", "Q1"),
    ):
        assert (f"observation/{name}", target) in subjects
    assert node(graph, "Observation", "turnover-2015-900000001")["amount"] == 9_123_456
    assert node(graph, "Observation", "employment_ess-2013-K4")["value"] == 0
    assert node(graph, "Observation", "employment_total-2016-N1")["vintage"] == "2017"
    assert "value" not in node(graph, "Observation", "audience-2014-salon")


def test_supports_keep_their_history(graph: ContractGraph) -> None:
    found = links(graph, "SUPPORTS", "year", "jobs", "commune", target=f"{ID}/organisation/900000001")
    assert found == {(2014, 2.5, "K4"), (2015, None, "K4")}
    assert node(graph, "Organisation", "900000001")["siren"] == "900000001"


def test_reports_and_measures(graph: ContractGraph) -> None:
    late = node(graph, "Report", "FICTI-BOIS-II_1.1-2014")
    assert late["due_on"] == date(2015, 3, 31)
    assert "received_on" not in late
    assert links(graph, "SUBMITTED_BY", "target", source=late["key"]) == {("organisation/FICTI-BOIS",)}
    assert node(graph, "Measure", "emplois-II_1.1-2014")["status"] == "missing"


def test_needs_answers_policy_and_delegations(graph: ContractGraph) -> None:
    assert links(graph, "EXPRESSES", "source", "target") == {("CC-X", "need/B1"), ("CC-Y", "need/B2")}
    assert links(graph, "ANSWERS", "status", "date", target=f"{ID}/need/B1") == {
        ("planned", date(2014, 9, 1)),
        ("operational", date(2015, 9, 1)),
    }
    assert "present" not in node(graph, "PolicyAct", "CC-X-2014-budget")
    assert not node(graph, "PolicyAct", "CC-X-2014-deliberation")["present"]
    mandate = node(graph, "Mandate", "delegation-CC-X")
    assert (mandate["source"], mandate["ess"]) == ("dataset", True)
    assert mandate["domains"] == ["emploi", "achats responsables"]


def test_governance_and_ratings(graph: ContractGraph) -> None:
    assert node(graph, "GovernanceBody", "COPIL")["minimum_per_year"] == 2
    meeting = f"{ID}/meeting/COPIL-2014-03-04"
    assert links(graph, "PART_OF", "target", source=meeting) == {("governance_body/COPIL",)}
    assert links(graph, "EXCUSED", "source", target=meeting) == {("organisation/FICTI-COOP",)}
    assert ("organisation/FICTI-RESEAU", "associations") in links(graph, "SITS_IN", "source", "college")
    effect = f"{ID}/expected_effect/E1"
    assert links(graph, "CONTRIBUTES_TO", "link", "rater", "level", target=effect) == {
        ("ressources", "C1", 3),
        ("ressources", "C2", 2),
        ("résultats", "C1", None),
    }
    assert node(graph, "Ptce", "Ficti-pôle")["years"] == [2014, 2015, 2016]


def test_every_row_can_be_walked_back_to_its_place_in_the_file() -> None:
    batch = read_contract_json(FULL)
    places = {row.key.removeprefix(f"{ID}/"): row.place.column for row in batch.rows["Funding"]}
    assert places["funding/contrat-CDC-2014-planned"] == "financements[4]"
    key = f"{ID}/organisation/FICTI-RESEAU>TAKES_PART_IN>{ID}/action/II_1.1|role=pilot|year=2014|basis=report"
    (part,) = [row for row in batch.rows["TAKES_PART_IN"] if row.key == key]
    assert part.place.column == "participe.2014.II_1.1[2]"


def test_an_action_is_coded_unless_the_file_says_not(graph: ContractGraph) -> None:
    coded = graph.nodes("Action").set_index("id")["coded"]
    assert {name: bool(value) for name, value in coded.items()} == {
        "I_1.1": True, "I_2.1": True, "II_1.1": True, "III_1.1": True, "ANIMATION": False,
    }  # fmt: skip
