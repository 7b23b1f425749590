"""The parties, who represents them, what they deliberated: recounted from the graph."""

from graphmodel.contract_graph import ContractGraph
from graphmodel.frames import known, records_of

DIFFERENT_READINGS = {
    "SAINT-ETIENNE-METROPOLE", "CG-ISERE", "GRENOBLE-ALPES-METROPOLE", "VAL-DE-DROME", "VILLE-GRENOBLE",
    "ROANNAIS-AGGLOMERATION",
}  # fmt: skip


def authorities(graph: ContractGraph) -> set[str]:
    signed = graph.relationships("SIGNED")
    return set(signed.loc[signed["category"] == "collectivité partenaire", "source"])


def mandates_of(graph: ContractGraph, organisation: str) -> list[dict[str, object]]:
    represented = graph.relationships("REPRESENTED_BY")
    keys = represented.loc[represented["source"] == organisation, "target"]
    return records_of(graph.nodes("Mandate").loc[list(keys)])


def key_of(graph: ContractGraph, identifier: str) -> str:
    organisations = graph.nodes("Organisation")
    return str(organisations.index[organisations["id"] == identifier][0])


def test_twenty_parties_of_which_sixteen_authorities(graph: ContractGraph) -> None:
    signed = graph.relationships("SIGNED")
    assert len(signed) == 20
    assert len(authorities(graph)) == 16
    assert signed["date"].isna().all()


def test_contractual_categories_add_up(graph: ContractGraph) -> None:
    parties = graph.nodes("Organisation").loc[list(graph.relationships("SIGNED")["source"])]
    count = {
        word: sum(word in categories for categories in parties["contractual_categories"])
        for word in ("signataire", "financeur", "partenaire")
    }
    assert count == {"signataire": 4, "financeur": 3, "partenaire": 16}


def test_kinds_of_authorities(graph: ContractGraph) -> None:
    kinds = graph.nodes("Organisation").loc[sorted(authorities(graph)), "kind"]
    starts = ("département", "communauté urbaine", "communauté d’agglomération", "EPCI",
              "communauté de communes", "syndicat mixte", "commune")  # fmt: skip
    counts = [sum(kind == start or kind.startswith(f"{start} (") for kind in kinds) for start in starts]
    assert counts == [2, 1, 3, 2, 1, 4, 3]


def test_every_party_keeps_both_readings(graph: ContractGraph) -> None:
    for party in graph.relationships("SIGNED")["source"]:
        assert {m["source"] for m in mandates_of(graph, party)} == {"preamble", "signature"}, party


def test_the_six_parties_whose_readings_differ_keep_both(graph: ContractGraph) -> None:
    delegates = graph.relationships("DELEGATES_TO")
    assert len(delegates) == 6
    for identifier in DIFFERENT_READINGS:
        mandates = mandates_of(graph, key_of(graph, identifier))
        assert len(mandates) == 3
        capacities = sorted(str(m["capacity"]) for m in mandates if m["source"] == "signature")
        assert capacities == (
            ["holder", "to_confirm"] if identifier == "CG-ISERE" else ["delegate", "holder"]
        )
    named = {
        (mandate["id"], mandate.get("person"))
        for mandate in mandates_of(graph, key_of(graph, "SAINT-ETIENNE-METROPOLE"))
    }
    assert named == {
        ("SAINT-ETIENNE-METROPOLE-preamble", "Jean-Michel PAUZE"),
        ("SAINT-ETIENNE-METROPOLE-signature", "Gaël PERDRIAU"),
        ("SAINT-ETIENNE-METROPOLE-delegate", "Jean-Michel PAUZE"),
    }


def test_who_delegates_without_being_named_stays_without_a_name(graph: ContractGraph) -> None:
    mandates = {m["id"]: m for m in mandates_of(graph, key_of(graph, "ROANNAIS-AGGLOMERATION"))}
    assert mandates["ROANNAIS-AGGLOMERATION-signature"].get("person") is None
    assert mandates["ROANNAIS-AGGLOMERATION-delegate"]["person"] == "Dominique BRUYERE"


def test_delegations_that_name_the_social_economy(graph: ContractGraph) -> None:
    """7 of 16; 6 in the strict wording; 5 without the one to be confirmed (`ambiguities.md`, section 2)."""
    by_party = {party: mandates_of(graph, party) for party in authorities(graph)}

    def count(keep: object) -> int:
        return sum(any(m.get("ess") and keep(m) for m in mandates) for mandates in by_party.values())  # type: ignore[operator]

    def strict(mandate: dict[str, object]) -> bool:
        return mandate.get("ess_wording") is None

    assert count(lambda _: True) == 7
    assert count(strict) == 6
    assert count(lambda m: strict(m) and m["capacity"] != "to_confirm") == 5


def test_domains_of_delegation_are_those_of_the_worked_example(graph: ContractGraph) -> None:
    """T14: 11 domains over 7 authorities."""
    found = {}
    for party in authorities(graph):
        lists = [m["domains"] for m in mandates_of(graph, party) if m.get("ess")]
        if lists:
            found[str(party).rsplit("/", 1)[-1]] = len({domain for domains in lists for domain in domains})  # type: ignore[attr-defined]
    assert found == {
        "CG-ISERE": 0, "GRENOBLE-ALPES-METROPOLE": 2, "SAINT-ETIENNE-METROPOLE": 0,
        "ROANNAIS-AGGLOMERATION": 2, "CAPI": 1, "VILLE-LYON": 1, "VILLE-VILLEURBANNE": 5,
    }  # fmt: skip


def test_domains_belong_to_the_grid_the_contract_declares(graph: ContractGraph) -> None:
    grid = set(graph.contract["policy_domains"])
    used = {d for domains in graph.nodes("Mandate")["domains"] for d in (domains or ())}
    assert used <= grid


def test_eight_authorities_without_a_whole_deliberation(graph: ContractGraph) -> None:
    deliberations = graph.nodes("Deliberation")
    incomplete = deliberations[~deliberations["complete"].astype(bool)]
    assert set(incomplete["id"]) == {
        "CG-ARDECHE", "GRAND-LYON", "SAINT-ETIENNE-METROPOLE", "ROANNAIS-AGGLOMERATION", "RHONE-PLURIEL",
        "SUD-GRESIVAUDAN", "VILLE-LYON", "VILLE-VILLEURBANNE",
    }  # fmt: skip


def test_an_incomplete_date_stays_text(graph: ContractGraph) -> None:
    rows = {row["id"]: row for row in records_of(graph.nodes("Deliberation"))}
    assert rows["CG-ARDECHE"]["date_text"] == "??/12/2014"
    assert "date" not in rows["CG-ARDECHE"]
    assert str(rows["CAPI"]["date"]) == "2014-11-04"
    assert rows["CAPI"]["number"] == "14_11-04_456"


def test_a_lack_of_deliberation_is_recorded_without_a_deed(graph: ContractGraph) -> None:
    assert key_of(graph, "GRAND-LYON") not in set(graph.relationships("DELIBERATED")["source"])
    assert key_of(graph, "CAPI") in set(graph.relationships("DELIBERATED")["source"])


def test_a_party_and_its_territory_are_two_objects(graph: ContractGraph) -> None:
    administers = graph.relationships("ADMINISTERS")
    assert authorities(graph) <= set(administers["source"])
    territories = graph.nodes("Territory").loc[list(administers["target"])]
    unknown = set(territories.loc[territories["level"].isin(["syndicat_mixte", "pnr"]), "code"])
    assert unknown == {"RHONE-PLURIEL", "ARDECHE-MERIDIONALE", "SUD-GRESIVAUDAN", "PNR-PILAT"}


def test_worlds_of_the_parties(graph: ContractGraph) -> None:
    organisations = graph.nodes("Organisation")
    parties = organisations.loc[list(graph.relationships("SIGNED")["source"])]
    assert list(parties.loc[parties["world"] == "ess", "id"]) == ["CRESS-RA"]
    assert (parties["world"] == "public").sum() == 19
    named = organisations.drop(parties.index)
    assert {known(world) for world in named["world"]} == {None}
