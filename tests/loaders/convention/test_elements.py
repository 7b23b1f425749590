"""Funding, questions, governance, named entities, ambiguities, and what the contract declares."""

import datetime

from graphmodel.contract_graph import ContractGraph
from graphmodel.frames import known, records_of


def test_three_amounts_for_2014_and_their_total(graph: ContractGraph) -> None:
    funding = graph.nodes("Funding")
    assert {row["id"]: row["amount"] for row in records_of(funding)} == {
        "REGION-RA-2014": 238_750_000,
        "ETAT-2014": 100_000_000,
        "CDC-2014": 108_520_000,
    }
    assert funding["amount"].sum() == 447_270_000
    assert list(funding.loc[funding["provisional"].astype(bool), "id"]) == ["ETAT-2014"]
    assert set(funding["year"]) == {2014}


def test_shares_of_the_three_funders(graph: ContractGraph) -> None:
    funding = graph.nodes("Funding").set_index("id")["amount"].astype(float)
    shares = (funding / funding.sum()).round(4).to_dict()
    assert shares == {"REGION-RA-2014": 0.5338, "ETAT-2014": 0.2236, "CDC-2014": 0.2426}


def test_conditions_of_the_next_years_are_statements_without_amount(graph: ContractGraph) -> None:
    statements = graph.nodes("Statement")
    conditions = statements[statements["kind"] == "condition"]
    about = graph.relationships("ABOUT").set_index("source")
    assert {str(about.loc[key, "target"]).rsplit("/", 1)[-1] for key in conditions.index} == {
        "REGION-RA",
        "ETAT",
        "CDC",
    }


def test_fourteen_effects_under_four_questions_with_both_wordings(graph: ContractGraph) -> None:
    part = graph.relationships("PART_OF")
    effects = part[part["source_label"] == "ExpectedEffect"]
    counts = effects["target"].str.rsplit("/", n=1).str[-1].value_counts().to_dict()
    assert counts == {"Q1": 5, "Q2": 3, "Q3": 3, "Q4": 3}
    third = graph.nodes("Question").set_index("id").loc["Q3"]
    assert third["list_wording"] == "Quel a été l’impact des actions sur les territoires ?"
    assert third["table_wording"] == "Quel a été l’impact du contrat sur les territoires ?"
    assert third["debated_in"] == "ADT"


def test_meetings_due_each_year(graph: ContractGraph) -> None:
    """G01: COPIL 1, ADT 1, ERDS 2, three technical committees 2 each, gathering 1: 11 a year."""
    bodies = graph.nodes("GovernanceBody").set_index("id")
    minimum = bodies["minimum_per_year"]
    assert minimum.sum() == 11
    assert {known(minimum[i]) for i in ("GT-THEMATIQUES", "REUNIONS-THEMATIQUES", "COPIL-DLA")} == {None}
    assert sorted(bodies.index[bodies["kind"] == "CT"]) == ["CT-I", "CT-II", "CT-III"]
    assert sorted(bodies.index[bodies["weak_obligation"].fillna(False)]) == ["CT-I", "CT-II", "CT-III"]


def test_who_keeps_the_secretariat(graph: ContractGraph) -> None:
    hosted = graph.relationships("HOSTED_BY")
    bodies = hosted[hosted["source_label"] == "GovernanceBody"]
    pairs = {
        (s.rsplit("/", 1)[-1], t.rsplit("/", 1)[-1], n)
        for s, t, n in zip(bodies["source"], bodies["target"], bodies["nature"], strict=True)
    }
    assert pairs == {
        ("COPIL", "CRESS-RA", "secrétariat"),
        ("ADT", "REGION-RA", "secrétariat"),
        ("ERDS", "CRESS-RA", "animation"),
        ("CT-I", "CRESS-RA", "animation"),
        ("CT-II", "CRESS-RA", "animation"),
        ("CT-III", "CRESS-RA", "animation"),
    }


def test_the_dialogue_body_is_not_the_action_it_serves(graph: ContractGraph) -> None:
    serves = graph.relationships("SERVES")
    row = serves[serves["source"].str.endswith("/ERDS")].iloc[0]
    assert row["target"].endswith("action/II_1.1@2014")


def test_the_steering_committee_seats_every_party(graph: ContractGraph) -> None:
    seats = graph.relationships("SITS_IN")
    steering = seats[seats["target"].str.endswith("/COPIL")]
    assert set(steering["source"]) == set(graph.relationships("SIGNED")["source"])
    assert steering["college"].value_counts().to_dict() == {
        "collectivités partenaires": 16,
        "signataires": 4,
        "financeurs": 3,
    }


def test_fifty_six_ambiguities_each_with_a_finding_and_an_undated_rule(graph: ContractGraph) -> None:
    rows = records_of(graph.nodes("Ambiguity"))
    assert len(rows) == 56
    assert all(row["finding"] and row["rule"] and row["passages"] for row in rows)
    assert {row["decided_by"] for row in rows} == {"outil (proposition)"}
    assert not any("date" in row for row in rows)
    assert sum(row["severity"] == "high" for row in rows) == 7


def test_an_ambiguity_points_at_its_parties(graph: ContractGraph) -> None:
    about = graph.relationships("ABOUT")
    every = about[about["source"].str.endswith("/ambiguity/R15")]
    assert len(every) == 20
    one = about[about["source"].str.endswith("/ambiguity/R01")]
    assert [t.rsplit("/", 1)[-1] for t in one["target"]] == ["SAINT-ETIENNE-METROPOLE"]


def test_links_of_named_entities_say_who_makes_them(graph: ContractGraph) -> None:
    about = graph.relationships("ABOUT")
    named = about[about["source_label"].isin(["Instrument"])]
    assert set(named["strength"]) == {"explicit", "proposed"}
    aravis = about[about["source"].str.endswith("/organisation/ARAVIS")]
    links = {t.rsplit("/", 1)[-1]: s for t, s in zip(aravis["target"], aravis["strength"], strict=True)}
    assert links == {"II": "explicit", "II_1.1@2014": "proposed"}


def test_what_is_known_from_outside_says_so_and_quotes_nothing(graph: ContractGraph) -> None:
    statements = graph.nodes("Statement")
    context = statements[statements["kind"] == "context"]
    assert len(context) == 7
    assert context["source"].notna().all()
    assert statements.loc[statements["kind"] != "context", "source"].isna().all()


def test_what_the_contract_declares_is_data(graph: ContractGraph) -> None:
    contract = graph.contract
    assert contract["years"] == [2014, 2015, 2016]
    assert contract["t0"] == 2014
    assert contract["pivot"] == "CRESS-RA"
    assert contract["contract_funders"] == ["REGION-RA", "ETAT", "CDC"]
    assert len(contract["possible_families"]) == 5
    assert set(contract["commercial_families"]) < set(contract["possible_families"])
    assert contract["chain_links"] == ["mise en œuvre", "coopération", "réponse", "stratégie"]
    assert contract["perimeter_date"] == datetime.date(2014, 1, 1)
    assert len(contract["policy_criteria"]) == 6
    assert contract.get("signature_date") is None
    uses = graph.relationships("USES")
    assert set(uses.loc[uses["target_label"] == "Zoning", "target"]) == {"zoning/QPV@2015", "zoning/ZRR@2014"}
    assert contract["territory"] in set(uses["target"])


def test_nothing_of_the_convention_is_fictional(graph: ContractGraph) -> None:
    assert not graph.fictional
