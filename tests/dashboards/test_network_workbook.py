"""The workbook of the network: the reading, the ranks and whether they hold, what each measure says."""

from pathlib import Path

import python_calamine

from dashboards.cli.network import Choices, lens_of
from dashboards.network_exports import write_network
from dashboards.network_workbook import STABLE_RANK, UNSTABLE
from graphmodel import ContractGraph
from graphmodel.cooperation.exchange import NetworkView, exchange_network
from graphmodel.cooperation.measures import NETWORK_MEASURES, NODE_MEASURES
from graphmodel.cooperation.participations import Lens


def test_each_measure_has_its_range_unit_reading_and_caveat(graph: ContractGraph, tmp_path: Path) -> None:
    (out,) = write_network(graph, tmp_path / "reseau.xlsx", NetworkView(2015))
    book = python_calamine.CalamineWorkbook.from_path(str(out))
    assert book.sheet_names == ["À lire", "Lecture", "Réseau", "Opérateurs", "Définitions"]
    rows = book.get_sheet_by_name("Définitions").to_python()
    assert len(rows) == 1 + len(NODE_MEASURES) + len(NETWORK_MEASURES)
    assert all(all(row) for row in rows)


def test_a_rank_that_hangs_on_one_action_says_so(graph: ContractGraph, tmp_path: Path) -> None:
    (out,) = write_network(graph, tmp_path / "reseau.xlsx", NetworkView(2015))
    rows = python_calamine.CalamineWorkbook.from_path(str(out)).get_sheet_by_name("Opérateurs").to_python()
    at = rows[0].index("Nombre de partenaires : tenue")
    held = {row[at] for row in rows[1:]}
    assert UNSTABLE in held
    assert held <= {UNSTABLE, STABLE_RANK}


def test_the_same_network_gives_the_same_workbook(graph: ContractGraph, tmp_path: Path) -> None:
    files = [write_network(graph, tmp_path / f"{name}.xlsx", NetworkView(2015))[0] for name in "ab"]
    assert files[0].read_bytes() == files[1].read_bytes()


def test_a_part_of_the_cooperation_can_be_chosen(graph: ContractGraph) -> None:
    lens = lens_of(graph, Choices(world="ess"))
    assert lens == Lens(worlds=frozenset({"ess"}))
    whole, part = (exchange_network(graph, NetworkView(lens=one)) for one in (Lens(), lens))
    assert 0 < len(part) < len(whole)


def test_the_command_names_what_was_chosen() -> None:
    chosen = Choices(year=2016, axis="II", territory="Isère sud", mode="working")
    assert chosen.command(Path("x/r.gexf")) == (
        "maillage export network --out r.gexf --year 2016 --axis II --territory 'Isère sud' --mode working"
    )
