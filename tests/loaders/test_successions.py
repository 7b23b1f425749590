"""The communes of 2014 in the graph, and what each became."""

from pathlib import Path

import pytest

from graphmodel import open_store
from graphmodel.contract_graph import ContractGraph
from graphmodel.elementary_cells import CellModel
from graphmodel.passage import Passage
from loaders.convention import load_convention
from loaders.reference import reference_batch
from loaders.successions import successions_batch


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> ContractGraph:
    """Return a store with the reference, the successions and the convention."""
    file: Path = tmp_path_factory.mktemp("successions") / "s.sqlite"
    with open_store(file, create=True) as store:
        store.apply(store.plan([reference_batch(), successions_batch(), load_convention()]))
        return store.snapshot()


def test_every_commune_that_merged_leads_to_one_of_today(graph: ContractGraph) -> None:
    rows = graph.relationships("SUCCEEDED_BY")
    assert len(rows) == 221
    assert rows["source"].is_unique
    assert rows["population_share"].eq(1).all()
    assert set(rows["target"]) <= set(graph.nodes("Territory").index)
    assert rows["date"].map(lambda day: day.year).between(2014, 2025).all()
    assert set(rows["kind"]) == {"merger"}


def test_former_communes_know_what_is_known_of_them(graph: ContractGraph) -> None:
    former = graph.nodes("Territory").query("level == 'commune' and vintage == '2014'")
    assert len(former) == 221
    assert (former["perimeter"] == "unknown").sum() == 42
    assert former.loc["commune/73006@2014", "name"] == "Aime"
    assert former.loc["commune/73006@2014", "population"] == 3_607
    assert former["population"].isna().sum() == 44


def test_the_graph_passes_tables_both_ways(graph: ContractGraph) -> None:
    passage = Passage.from_graph(graph)
    assert passage.forward("commune/01312@2014") == {"commune/01426@2025": 1.0}
    back = passage.back("commune/01426@2025")
    assert back == pytest.approx({"commune/01312@2014": 250 / 2_601, "commune/01426@2014": 2_351 / 2_601})


def test_cells_stay_those_of_today_and_read_the_others(graph: ContractGraph) -> None:
    model = CellModel.from_graph(graph)
    assert len(model.communes) == 2738
    assert model.population_of("commune/73006@2014") == pytest.approx(3_607)
    # Whose inhabitants nobody tells apart is placed in the commune it went to, and never weighed.
    assert model.communes_in("commune/38145@2014") == ["commune/38359@2025"]
    assert model.population_of("commune/38145@2014") is None
