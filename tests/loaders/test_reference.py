"""The territory reference as rows of the graph."""

from collections import defaultdict
from pathlib import Path

from graphmodel import open_store
from graphmodel.contract_graph import ContractGraph
from loaders.convention import load_convention
from loaders.reference import reference_batch


def snapshot(tmp_path: Path) -> ContractGraph:
    with open_store(tmp_path / "reference.sqlite", create=True) as store:
        store.apply(store.plan([reference_batch(), load_convention()]))
        return store.snapshot()


def test_levels_nest_without_loss(tmp_path: Path) -> None:
    graph = snapshot(tmp_path)
    territories = graph.nodes("Territory")
    people = territories["population"]
    communes = territories[territories["level"] == "commune"]
    assert len(communes) == 2738
    assert int(communes["population"].sum()) == 6_584_131
    inside: dict[str, int] = defaultdict(int)
    contains = graph.relationships("CONTAINS")
    for whole, part, composition in zip(
        contains["source"], contains["target"], contains["composition"], strict=True
    ):
        if composition == "current":
            inside[str(whole)] += int(people[part])
    wholes = territories[territories["level"].isin(["departement", "region"])]
    assert {key: int(value) for key, value in wholes["population"].items()} == {
        key: inside[key] for key in wholes.index
    }


def test_every_commune_has_at_most_one_epci_at_each_date(tmp_path: Path) -> None:
    contains = snapshot(tmp_path).relationships("CONTAINS")
    epci = contains[contains["source"].str.startswith("epci/")]
    for composition in ("current", "frozen"):
        members = epci.loc[epci["composition"] == composition, "target"]
        assert members.is_unique
        assert len(members) > 2700
    assert epci.groupby("composition")["date"].nunique().eq(1).all()


def test_the_parties_territories_are_those_of_the_reference(tmp_path: Path) -> None:
    graph = snapshot(tmp_path)
    administered = graph.nodes("Territory").loc[graph.relationships("ADMINISTERS")["target"]]
    known = administered[administered["perimeter"] == "known"]
    assert known["population"].notna().all()
    assert sorted(administered.loc[administered["perimeter"].isna(), "code"]) == [
        "ARDECHE-MERIDIONALE",
        "PNR-PILAT",
        "RHONE-PLURIEL",
        "SUD-GRESIVAUDAN",
    ]


def test_loading_the_reference_again_changes_nothing(tmp_path: Path) -> None:
    with open_store(tmp_path / "twice.sqlite", create=True) as store:
        assert store.apply(store.plan(reference_batch())) is not None
        assert store.plan(reference_batch()).empty
