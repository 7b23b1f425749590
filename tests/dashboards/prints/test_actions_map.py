"""Map M2: full counting, three signs that are no circle, partners all named, n that sum."""

import logging
import math
from collections.abc import Sequence
from dataclasses import replace

import pytest

from dashboards import view_data
from dashboards.map_kinds import MapOptions
from dashboards.maps import facts
from dashboards.prints.actions_data import ActionsMapData, actions_map_data, active_codes
from dashboards.prints.actions_legend import legend_rows, nested_values, radius_of
from dashboards.prints.actions_map import BELOW, draw_actions_map
from dashboards.prints.checks import audit
from dashboards.prints.ground import PrintGround
from dashboards.prints.labels import Candidate, Name, UnnamedPartnerError, place
from dashboards.prints.layout import layout_of
from dashboards.prints.maps import map_page
from dashboards.prints.page import Page, printing
from geodata.territories import load_reference
from graphmodel import ContractGraph, UsageError
from tests.dashboards.prints.conftest import said_on, texts_of

GRENOBLE, LYON, DIOIS = "200040715", "200046977", "242600534"


def page_of(data: ActionsMapData, ground: PrintGround) -> Page:
    """Return the page of some data."""
    with printing():
        page = Page(210, 297)
        draw_actions_map(page, layout_of("a4", "portrait", insets=1, below=BELOW), data, ground)
        return page


@pytest.fixture(scope="module")
def small(graph: ContractGraph, ground: PrintGround) -> ActionsMapData:
    """Return the data of the small contract, all years."""
    return actions_map_data(graph, ground)


def test_full_counting_by_hand(small: ActionsMapData) -> None:
    # Grenoble: I_1.1 (commune), I_1.2 (metro), II_1.1 (whole Isère), II_2.1 (quarter), 2014 and 2015.
    values = {row.code: row.value for row in small.rows}
    assert values[GRENOBLE] == 8
    assert values[LYON] == 4
    assert values[DIOIS] == 4
    assert small.years == (2014, 2015)
    assert small.silent == (2016,)


def test_region_wide_and_placeless_actions_are_counted_apart(small: ActionsMapData) -> None:
    assert small.located == 2 * 6
    assert small.region_wide == 2
    assert small.elsewhere == 2


def test_a_year_has_the_radii_of_its_series(graph: ContractGraph, ground: PrintGround) -> None:
    years = [actions_map_data(graph, ground, year) for year in (2014, 2015)]
    assert {data.largest for data in years} == {4}
    assert not any(data.cumulative for data in years)


def test_the_cumulated_value_is_the_sum_of_the_years(
    demonstration: ContractGraph, ground: PrintGround
) -> None:
    total = actions_map_data(demonstration, ground)
    years = [actions_map_data(demonstration, ground, year) for year in (2014, 2015, 2016)]
    for rank, row in enumerate(total.rows):
        assert row.value == sum(data.rows[rank].value or 0 for data in years)
    assert total.located == sum(data.located for data in years)


def test_the_values_are_those_of_the_screen_map(demonstration: ContractGraph, ground: PrintGround) -> None:
    resolver = facts.Resolver(demonstration, load_reference())
    places = facts.places_of(demonstration, 2015, resolver, dict(ground.epci_of))
    data = actions_map_data(demonstration, ground, 2015)
    assert {row.code: row.value for row in data.rows} == {c: len(a) for c, a in places.by_epci.items()}
    assert active_codes(demonstration, 2015) >= set(places.located)


def test_n_of_the_signs_sum_to_the_number_of_epci(
    small: ActionsMapData, convention: ContractGraph, demonstration: ContractGraph, ground: PrintGround
) -> None:
    for data in (small, actions_map_data(convention, ground), actions_map_data(demonstration, ground)):
        said = [int(words.rsplit("= ", 1)[1].rstrip(")")) for _, words in legend_rows(data)]
        assert sum(said) == len(data.rows) == 126
        assert min(said) > 0


def test_a_year_out_of_the_contract_is_refused(graph: ContractGraph, ground: PrintGround) -> None:
    with pytest.raises(UsageError, match="2013 n’est pas une année du contrat"):
        actions_map_data(graph, ground, 2013)


def test_nothing_known_is_not_zero(convention: ContractGraph, ground: PrintGround) -> None:
    data = actions_map_data(convention, ground)
    assert {row.sign for row in data.rows} == {"no_data"}
    assert {row.value for row in data.rows} == {None}
    with printing():
        page, _ = map_page(convention)
        assert audit(page) == []
    assert "Aucun bilan reçu pour 2014-2016" in said_on(page)
    assert "Ce n’est pas zéro" in said_on(page)
    assert "DONNÉES FICTIVES" not in texts_of(page)


def test_a_silent_year_of_a_told_contract_says_so(graph: ContractGraph) -> None:
    with printing():
        page, title = map_page(graph, options=MapOptions(year=2016))
        assert audit(page) == []
    assert title.endswith("2016")
    assert "Aucun bilan reçu pour 2016" in said_on(page)


def test_reports_without_any_place_are_zeros(small: ActionsMapData, ground: PrintGround) -> None:
    rows = tuple(replace(row, value=0, sign="zero") for row in small.rows)
    page = page_of(replace(small, rows=rows, largest=0, located=0), ground)
    with printing():
        assert audit(page) == []
    assert "Aucun disque : aucune action n’a de lieu connu." in said_on(page)


def test_a_secret_value_is_nowhere_on_the_page(demonstration: ContractGraph, ground: PrintGround) -> None:
    data = actions_map_data(demonstration, ground, secret={GRENOBLE})
    row = next(row for row in data.rows if row.code == GRENOBLE)
    assert (row.sign, row.value) == ("secret", None)
    page = page_of(data, ground)
    assert "secret : moins de 3 structures (n = 1)" in said_on(page)
    known = {row.value for row in data.rows}
    clear = actions_map_data(demonstration, ground)
    value = next(row.value for row in clear.rows if row.code == GRENOBLE)
    if value not in known and value != data.largest:
        assert str(value) not in texts_of(page)


def test_the_audit_finds_nothing(demonstration: ContractGraph, actions: Page) -> None:
    with printing():
        assert audit(actions) == []
        page, _ = map_page(demonstration, options=MapOptions(year=2016))
        assert audit(page) == []
    assert "DONNÉES FICTIVES" in texts_of(actions)


def test_every_partner_is_named(demonstration: ContractGraph, actions: Page, ground: PrintGround) -> None:
    partners = [row for row in actions_map_data(demonstration, ground).rows if row.partner]
    assert len(partners) == 7
    for row in partners:
        assert any(text.startswith(row.name) for text in texts_of(actions)), row.name


def test_every_other_epci_is_named_or_said_to_be_missing(
    demonstration: ContractGraph, actions: Page, ground: PrintGround
) -> None:
    written = [*texts_of(actions), *actions.unplaced]
    for row in actions_map_data(demonstration, ground).rows:
        assert any(text.startswith(row.name) for text in written), row.name
    assert len(actions.unplaced) <= 8


def test_a_name_without_a_place_is_logged_counted_and_said(
    small: ActionsMapData,
    ground: PrintGround,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def but_one(names: Sequence[tuple[Name, Sequence[Candidate]]]) -> dict[str, Candidate]:
        return {key: at for key, at in place(names).items() if key != DIOIS}

    monkeypatch.setattr("dashboards.prints.circles_map.place", but_one)
    with caplog.at_level(logging.INFO, "dashboards.prints"):
        page = page_of(small, ground)
    assert [name.split()[0].split("\u00a0")[0] for name in page.unplaced] == ["Diois"]
    assert "noms sans place sur la carte : 1" in caplog.text
    assert "Sans place pour leur nom (1) : Diois" in said_on(page)


def test_a_map_that_cannot_name_a_partner_is_refused(
    small: ActionsMapData, ground: PrintGround, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dashboards.prints.circles_map.place", lambda _: {})
    with pytest.raises(UnnamedPartnerError, match="Grenoble-Alpes Métropole"):
        page_of(small, ground)


def test_circles_added_up_would_count_an_action_as_often_as_it_is_drawn(
    demonstration: ContractGraph, ground: PrintGround
) -> None:
    data = actions_map_data(demonstration, ground, 2015)
    drawn = sum(row.value or 0 for row in data.rows)
    assert data.double_count == pytest.approx(drawn / data.located)
    assert actions_map_data(demonstration, ground, 2015, secret={"200046977"}).double_count is None


def test_the_page_says_how_it_was_made(demonstration: ContractGraph, actions: Page) -> None:
    said = said_on(actions)
    assert "maillage export map --out carte-m2.png" in said
    assert "additionnés, les disques la compteraient" in said
    assert "Licence Ouverte 2.0" in said
    assert "EPCI au 1er janvier 2019" in said
    due = sum(view_data.reports_of(demonstration, year).due for year in (2014, 2015, 2016))
    assert f"sur {due}" in said


@pytest.mark.parametrize(("largest", "heaviest"), [(1, 1), (2, 9), (13, 60), (36, 900), (400, 400)])
def test_areas_are_in_proportion_and_never_crowd_the_map(
    small: ActionsMapData, largest: int, heaviest: int
) -> None:
    data = replace(small, largest=largest, heaviest=heaviest)
    radius = radius_of(largest, data)
    assert radius <= 10.5 + 1e-9
    assert radius_of(1, data) <= 2.3 + 1e-9
    assert radius**2 == pytest.approx(largest * radius_of(1, data) ** 2)
    assert math.pi * radius_of(heaviest, data) ** 2 <= 4_000 + 1e-6
    assert radius_of(1, replace(data, reach=0.5)) == pytest.approx(radius_of(1, data) / 2)


@pytest.mark.parametrize("largest", [1, 2, 5, 13, 36, 51, 400])
def test_the_nested_circles_are_distinct(largest: int) -> None:
    nested = nested_values(largest)
    assert nested[0] == largest
    assert nested == sorted(set(nested), reverse=True)
    assert min(nested) >= 1
