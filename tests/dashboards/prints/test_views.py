"""Views of a measure and maps of the jobs: classes around 1, series, circles, what is unknown is refused."""

from itertools import pairwise
from pathlib import Path

import pytest

from dashboards.map_kinds import MapOptions
from dashboards.measures import MEASURES
from dashboards.prints.checks import audit
from dashboards.prints.employment_map import QUOTIENT
from dashboards.prints.ground import PrintGround
from dashboards.prints.maps import map_page, print_map
from dashboards.prints.page import printing
from dashboards.prints.ratio_data import RatioMapData, measured_data
from dashboards.prints.series_map import moves, year_of
from dashboards.prints.view_map import number_of
from graphmodel import ContractGraph, UsageError
from graphmodel.indicators import IndicatorValue
from graphmodel.indicators.intervals import Interval
from tests.dashboards.prints.conftest import said_on

YEARS = (2014, 2015, 2016)


def quotients(ground: PrintGround) -> list[IndicatorValue]:
    """Return a quotient of every EPCI and year, 0.4 to 2: some are secret, some unknown."""
    found = []
    for year in YEARS:
        for rank, code in enumerate(sorted(ground.epci)):
            value = 0.4 * 5 ** ((rank + 7 * (year - 2014)) % 126 / 125)
            unknown, secret = rank % 11 == 5, rank % 10 == 3
            found.append(
                IndicatorValue(
                    indicator="T07", measure="lq", question=3, effect="E3.1", reach="contract",
                    unit="rapport", value=None if unknown else value,
                    params={"year": str(year), "level": "E", "territory": code, "perimeter": "frozen"},
                    reason="inconnu" if unknown else None, fictional=True,
                    interval=None if unknown else Interval(value * 0.9, value * 1.1, "delta"),
                    secrecy="A" if secret else "V",
                )
            )  # fmt: skip
    return found


@pytest.fixture(scope="module")
def jobs(ground: PrintGround) -> RatioMapData:
    return measured_data(quotients(ground), QUOTIENT, ground, 2015, level="epci", mode="publication")


def test_classes_stand_around_one_in_ratios_and_their_number_is_odd(jobs: RatioMapData) -> None:
    assert len(jobs.limits) == 4
    assert [low * high for low, high in zip(jobs.limits, reversed(jobs.limits), strict=True)] == [
        pytest.approx(1)
    ] * 4
    assert jobs.limits[1] < 1 < jobs.limits[2]
    assert all(low < high for low, high in pairwise(jobs.limits))
    assert sum(jobs.counts.values()) == 126


def test_the_same_limits_hold_every_year(jobs: RatioMapData) -> None:
    years = [year_of(jobs, year, YEARS) for year in YEARS]
    assert {one.limits for one in years} == {jobs.limits}
    assert {one.top for one in years} == {max(one.top or 0 for one in years)}
    for one in years:
        assert sum(one.counts.values()) == 126


def test_moves_between_classes_by_hand(jobs: RatioMapData) -> None:
    first, last = year_of(jobs, 2014, YEARS), year_of(jobs, 2016, YEARS)
    up, same, down, compared = moves(first, last)
    assert up + same + down == compared
    told = [c for c in jobs.rows if first.rows[c].status == "value" and last.rows[c].status == "value"]
    assert compared == len(told)
    assert up == sum(int(last.sign(c)) > int(first.sign(c)) for c in told)


@pytest.mark.parametrize("options", [MapOptions(), MapOptions(series=True), MapOptions(grey=True)])
def test_the_map_of_jobs_has_no_fault(graph: ContractGraph, ground: PrintGround, options: MapOptions) -> None:
    values = quotients(ground)
    with printing():
        page, title = map_page(graph, "employment", options, values=lambda _: values)
        assert audit(page) == []
    assert "emploi de l’ESS, par EPCI" in title
    said = said_on(page)
    assert "Ne pas conclure" in said
    assert ("2014, 2015, 2016" in title) == options.series


def test_a_series_asks_for_a_page_that_is_wide_enough(graph: ContractGraph, ground: PrintGround) -> None:
    values, options = quotients(ground), MapOptions(series=True, paper="demi")
    with printing(), pytest.raises(UsageError, match="Une série se dessine sur une page A4 ou A3"):
        map_page(graph, "employment", options, values=lambda _: values)


def test_jobs_that_nobody_observed_are_asked_for(graph: ContractGraph) -> None:
    with printing(), pytest.raises(UsageError, match="L’emploi observé manque"):
        map_page(graph, "employment", values=lambda _: [])


@pytest.mark.parametrize(
    ("options", "refusal"),
    [
        (MapOptions(measure="T99"), "« T99 » n’est pas une mesure : T06"),
        (MapOptions(measure="T02", level="commune"), "n’est pas connu par « commune »"),
        (MapOptions(measure="actions", year=2031), "Aucun bilan reçu pour 2031"),
        (MapOptions(measure="actions", series=True), "se dessine en cercles"),
    ],
)
def test_a_view_that_cannot_be_is_refused(graph: ContractGraph, options: MapOptions, refusal: str) -> None:
    with printing(), pytest.raises(UsageError, match=refusal):
        map_page(graph, "view", options, values=lambda _: [])


def test_a_view_of_counts_has_circles_and_n_that_sum(graph: ContractGraph) -> None:
    options = MapOptions(measure="actions", level="departement")
    with printing():
        page, title = map_page(graph, "view", options)
        assert audit(page) == []
    said = said_on(page)
    assert title == "Nombre d’actions, par département, en 2015"
    assert "Total : 8 départements." in said
    assert "maillage export map --kind view --measure actions --level departement" in said


def test_amounts_beside_circles_are_in_thousands() -> None:
    amounts = next(measure for measure in MEASURES if measure.nature == "count" and measure.kind == "euros")
    said = number_of(amounts)
    told = [said(value).replace("\u202f", " ") for value in (0.0, 1_270.0, 3_571_400.0)]
    assert told == ["0 k€", "1,3 k€", "3 571 k€"]


@pytest.mark.parametrize("suffix", [".svg", ".pdf", ".png"])
def test_the_same_view_made_twice_has_the_same_bytes(
    graph: ContractGraph, ground: PrintGround, tmp_path: Path, suffix: str
) -> None:
    values = quotients(ground)
    files = [
        print_map(graph, "employment", tmp_path / f"{name}{suffix}", values=lambda _: values)
        for name in ("one", "two")
    ]
    first, second = (file.read_bytes() for file in files)
    assert first == second
    assert len(first) > 50_000
