"""Networks cut from a contract graph by year, axis, world, family and territory."""

import pytest

from graphmodel.contract_graph import ContractGraph
from graphmodel.cooperation.participations import Lens, Participations, without_pivot
from tests.graphmodel.mini import MiniBuilder, action


def org(code: str) -> str:
    return f"MINI/organisation/{code}"


@pytest.fixture(scope="module")
def graph() -> ContractGraph:
    """Return MINI with worlds, axes, a funder, a commitment and an animation."""
    mini = MiniBuilder()
    worlds = {"A": "ess", "B": "ess", "C": "ess", "D": "ess_company", "E": "classic", "F": "classic"}
    families = {"A": "association", "B": "cooperative", "C": "association"}
    for code, world in worlds.items():
        mini.builder.node("Organisation", code, {"world": world, "family": families.get(code)})
    for code, axis in {"a1": "I", "a2": "II", "a3": "II", "a4": "III", "anim": "I"}.items():
        made = mini.builder.node("Action", code, {"coded": code != "anim"})
        mini.builder.relationship("PART_OF", made, mini.builder.node("Axis", axis))
    mini.takes_part("A", "anim", 2014, "pilot")
    mini.takes_part("F", "a1", 2014, "funder")
    mini.takes_part("E", "a3", 2014, "pilot")
    authority = mini.builder.node("Organisation", "Ville")
    said = {"role": "partner", "year": 2014, "basis": "commitment"}
    mini.builder.relationship("TAKES_PART_IN", authority, ("Action", action("a1")), said)
    return mini.graph()


def parts(graph: ContractGraph, year: int | None, lens: Lens) -> dict[str, str]:
    network = Participations(graph).network(year, lens)
    return {
        key.rsplit("/", 1)[1]: "".join(name.rsplit("/", 1)[1] for name in names)
        for key, names in network.parts.items()
    }


def test_operators_are_pilots_and_partners_of_reports_without_animation(graph: ContractGraph) -> None:
    assert parts(graph, 2014, Lens()) == {"a1": "ABC", "a2": "AD", "a3": "CE", "a4": "B"}
    assert Participations(graph).years == (2014, 2015)


@pytest.mark.parametrize(
    ("lens", "expected"),
    [
        (Lens(axis="II"), {"a2": "AD", "a3": "CE"}),
        (Lens(worlds=frozenset({"ess"})), {"a1": "ABC", "a2": "A", "a3": "C", "a4": "B"}),
        (Lens(families=frozenset({"association"})), {"a1": "AC", "a2": "A", "a3": "C"}),
        (Lens(territory="MINI:D2"), {"a1": "B", "a4": "B"}),
        (Lens(without=frozenset({org("B")})), {"a1": "AC", "a2": "AD", "a3": "CE"}),
        (Lens(animation=True), {"a1": "ABC", "a2": "AD", "a3": "CE", "a4": "B", "anim": "A"}),
        (Lens(roles=frozenset({"funder"})), {"a1": "F"}),
        (Lens(roles=frozenset({"pilot"})), {"a3": "E"}),
        (Lens(axis="IX"), {}),
    ],
)
def test_a_lens_keeps_what_it_names(graph: ContractGraph, lens: Lens, expected: dict[str, str]) -> None:
    assert parts(graph, 2014, lens) == expected


def test_all_years_together(graph: ContractGraph) -> None:
    assert parts(graph, None, Lens()) == {"a1": "ABCE", "a2": "ADF", "a3": "CEF", "a4": "BD"}
    assert parts(graph, 2013, Lens()) == {}


def test_roles_are_kept_apart(graph: ContractGraph) -> None:
    roles = Participations(graph).roles(2014)
    assert roles[org("E"), action("a3")] == {"partner", "pilot"}
    assert roles[org("F"), action("a1")] == {"funder"}


def test_without_pivot_adds_it_to_those_taken_away() -> None:
    lens = Lens(without=frozenset({"x"}))
    assert without_pivot(lens, "p").without == {"x", "p"}
    assert without_pivot(lens, None) is lens


def test_a_graph_without_reports_has_no_year() -> None:
    empty = Participations(ContractGraph({}, {}))
    assert empty.years == ()
    assert empty.network(2014).parts == {}
