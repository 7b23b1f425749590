"""Maps M4 to M6 and M8: n that sum, degrees never summed, what is not loaded is refused in French."""

from collections import Counter
from datetime import date

import pytest

from dashboards.map_kinds import MapKind, MapOptions
from dashboards.prints.checks import audit
from dashboards.prints.compositions_data import (
    CompositionsMapData,
    PartyChange,
    compositions_map_data,
)
from dashboards.prints.compositions_map import legend_rows as composition_rows
from dashboards.prints.compositions_map import party_words
from dashboards.prints.coverage_data import (
    QuartersMapData,
    RuralMapData,
    quarters_map_data,
    rural_map_data,
)
from dashboards.prints.ground import PrintGround
from dashboards.prints.maps import map_page
from dashboards.prints.page import printing
from dashboards.prints.poles_data import PolesMapData, poles_map_data
from dashboards.prints.poles_map import pushed_apart
from dashboards.prints.quarters_map import degree_words
from dashboards.prints.rural_map import legend_rows as rural_rows
from graphmodel import ContractGraph, UsageError
from tests.dashboards.prints.conftest import said_on


@pytest.fixture(scope="module")
def quarters(demonstration: ContractGraph, ground: PrintGround) -> QuartersMapData:
    return quarters_map_data(demonstration, ground)


@pytest.fixture(scope="module")
def rural(demonstration: ContractGraph, ground: PrintGround) -> RuralMapData:
    return rural_map_data(demonstration, ground)


@pytest.fixture(scope="module")
def poles(demonstration: ContractGraph, ground: PrintGround) -> PolesMapData:
    return poles_map_data(demonstration, ground)


@pytest.fixture(scope="module")
def compositions(demonstration: ContractGraph, ground: PrintGround) -> CompositionsMapData:
    return compositions_map_data(demonstration, ground)


def test_each_quarter_has_one_sign_and_the_degrees_overlap(quarters: QuartersMapData) -> None:
    assert sum(quarters.counts.values()) == len(quarters.states) == 48
    named = {state.quarter.code for state in quarters.states if state.intention == "targeted"}
    reached = {state.quarter.code for state in quarters.states if state.reached}
    assert len(quarters.degrees["targeted"].covered) == len(named)
    assert len(quarters.degrees["reached"].covered) == len(reached)
    assert set(quarters.degrees["targeted"].covered) <= set(quarters.degrees["included"].covered)
    assert named & reached, "some are both: the three numbers must not be added"
    assert "ne pas additionner" in degree_words(quarters)


def test_places_named_in_the_graph_are_the_quarters_targeted(
    quarters: QuartersMapData, demonstration: ContractGraph
) -> None:
    places = demonstration.relationships("TAKES_PLACE_IN")
    territories = demonstration.nodes("Territory")
    own = places[(places["degree"] == "targeted") & (places["target"].map(territories["level"]) == "qpv")]
    codes = {str(territories["code"][key]) for key in own["target"]}
    assert {s.quarter.code for s in quarters.states if s.intention == "targeted"} == codes


def test_every_commune_is_in_one_class_of_the_map_of_the_zrr(
    rural: RuralMapData, ground: PrintGround
) -> None:
    assert sum(count for _, _, count in rural_rows(rural)) == len(ground.communes) == 2738
    classed = {code for code, cover in rural.rows.items() if cover not in ("outside", "left_out")}
    assert classed == set(rural.zonings.rural)
    covered = rural.counts["targeted"] + rural.counts["reached"]
    assert covered == rural.wider.covered
    assert rural.counts["targeted"] == rural.targeted.covered
    assert sum(classed for classed, _ in rural.by_departement.values()) == rural.wider.total
    assert sum(covered for _, covered in rural.by_departement.values()) == covered


def test_members_are_counted_once_and_those_without_a_place_are_said(
    poles: PolesMapData, demonstration: ContractGraph
) -> None:
    rows = demonstration.relationships("MEMBER_OF")
    rows = rows[(rows["target_label"] == "Ptce") & (rows["year"] == poles.year)]
    assert set(poles.members) == set(rows["source"])
    assert sum(len(pole.members) for pole in poles.poles) == len(rows)
    assert sum(poles.counts.values()) + poles.unplaced == len(poles.members)
    several = Counter(rows["source"])
    assert poles.several == sum(count > 1 for count in several.values())


def test_signs_at_one_place_are_pushed_apart_and_poles_stay() -> None:
    free = {"a": (10.0, 10.0), "b": (10.0, 10.0), "c": (10.5, 10.0)}
    found = pushed_apart(free, {"pole": (10.0, 10.2)}, distance=2.0)
    assert found["pole"] == (10.0, 10.2)
    points = list(found.values())
    for rank, (x, y) in enumerate(points):
        for other in points[rank + 1 :]:
            assert (x - other[0]) ** 2 + (y - other[1]) ** 2 > 1.9**2
    assert found == pushed_apart(free, {"pole": (10.0, 10.2)}, distance=2.0)


def test_the_two_compositions_are_compared_by_hand(
    compositions: CompositionsMapData, ground: PrintGround
) -> None:
    assert compositions.dates == (date(2019, 1, 1), date(2025, 1, 1))
    assert compositions.moved == ("26258",)
    assert compositions.people == ground.populations["26258"]
    assert sum(count for _, _, count in composition_rows(compositions)) == 2738
    changed = [party for party in compositions.parties if party.gained or party.lost]
    assert [(party.name, party.gained, party.lost) for party in changed] == [("Val de Drôme", 0, 1)]
    assert changed[0].people == -(ground.populations["26258"] or 0)


def test_a_change_of_perimeter_is_said_with_its_sign() -> None:
    assert party_words(PartyChange("X", 0, 0, 0)) == "inchangé"
    assert party_words(PartyChange("X", 2, 1, 1500)).replace("\u202f", " ") == "+2, −1 ; +1 500 hab."
    assert party_words(PartyChange("X", 0, 1, None)) == "−1, population inconnue"


@pytest.mark.parametrize("kind", ["quarters", "rural", "poles", "compositions"])
@pytest.mark.parametrize("grey", [False, True])
def test_the_audit_finds_nothing(demonstration: ContractGraph, kind: MapKind, grey: bool) -> None:
    with printing():
        page, _ = map_page(demonstration, kind, MapOptions(grey=grey))
        assert audit(page) == []
    said = said_on(page)
    assert "Ne pas conclure" in said
    assert f"maillage export map --kind {kind}" in said
    assert ("DONNÉES FICTIVES" in said) == (kind != "compositions")


@pytest.mark.parametrize(
    ("kind", "refusal"),
    [
        ("quarters", "Aucun quartier prioritaire"),
        ("rural", "Aucune commune classée en ZRR"),
        ("poles", "Aucun PTCE n’a de membre connu"),
        ("compositions", "Aucune composition des EPCI"),
    ],
)
def test_what_is_not_loaded_is_said(convention: ContractGraph, kind: MapKind, refusal: str) -> None:
    with printing(), pytest.raises(UsageError, match=refusal):
        map_page(convention, kind)


def test_a_year_without_members_or_reports_is_refused(demonstration: ContractGraph) -> None:
    for kind in ("poles", "rural"):
        with printing(), pytest.raises(UsageError, match="2011"):
            map_page(demonstration, kind, MapOptions(year=2011))


def test_dates_stand_in_the_title_of_the_map_of_compositions(demonstration: ContractGraph) -> None:
    with printing():
        page, title = map_page(demonstration, "compositions")
    assert title == "Périmètres des EPCI : écart du 1er janvier 2019 au 1er janvier 2025"
    assert "9 communes ont disparu par fusion" in said_on(page)
