"""T07, T17, T18: the worked examples from a file to values, the maps of two years, what is unknown."""

import math
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphmodel.indicators.disclosure import Disclosure, released
from graphmodel.indicators.territories.comparison import permuted, t17
from graphmodel.indicators.territories.observation import location_quotient, t07, t18
from tests.graphmodel.indicators.sets import context_of, one

COMMUNES: dict[str, Any] = {
    "K1": {"pop": 3000, "dep": "D1", "epci": "X", "zrr": False},
    "K2": {"pop": 2000, "dep": "D1", "epci": "X", "zrr": False},
    "K3": {"pop": 1000, "dep": "D2", "epci": "Y", "zrr": False},
}


def jobs(ess: int | None, total: int | None) -> dict[str, int | None]:
    """Return the figures of a territory."""
    return {"ess": ess, "total": total}


def test_the_worked_example_of_the_quotient(tmp_path: Path) -> None:
    employment = {"2014": {"K1": jobs(100, 500), "K2": jobs(20, 300), "K3": jobs(880, 9200)}}
    values = t07(context_of(tmp_path, communes=COMMUNES, emploi=employment))
    quotient = one(values, "lq", year="2014", level="E", territory="X", perimeter="frozen")
    assert quotient.value == pytest.approx(1.5)
    assert quotient.n == 800
    assert quotient.interval is not None
    assert (quotient.interval.low, quotient.interval.high) == pytest.approx((1.284, 1.752), abs=5e-4)
    assert quotient.interval.method == "delta"
    assert one(values, "lq", level="D", territory="D1", perimeter="current").value == pytest.approx(1.5)


def test_the_quotient_of_a_quarter_is_that_of_its_own_figures(tmp_path: Path) -> None:
    employment = {"2014": {code: jobs(10, 100) for code in COMMUNES}}
    values = t07(
        context_of(tmp_path, communes=COMMUNES, emploi=employment, emploi_qpv={"2014": {"Q1": jobs(6, 20)}})
    )
    assert one(values, "lq", level="Q", territory="Q1", perimeter="frozen").value == pytest.approx(3.0)


def test_what_is_unknown_is_not_zero(tmp_path: Path) -> None:
    employment = {
        "2013": {"K1": jobs(1, 10), "K2": jobs(0, 10), "K3": jobs(None, 10)},
        "2014": {"K1": jobs(1, 10), "K2": jobs(0, 0), "K3": jobs(0, 10)},
    }
    values = t07(context_of(tmp_path, communes=COMMUNES, emploi=employment))
    whole = one(values, "lq", year="2013", level="E", territory="X", perimeter="frozen")
    assert (whole.value, whole.interval) == (None, None)
    assert "région" in str(whole.reason)
    none = one(values, "lq", year="2014", level="E", territory="Y", perimeter="frozen")
    assert (none.value, none.interval) == (0.0, None)
    (tmp_path / "vide").mkdir()
    (missing,) = t07(context_of(tmp_path / "vide", communes=COMMUNES))
    assert missing.measure is None
    assert "Emploi" in str(missing.reason)


@given(st.integers(1, 400), st.integers(0, 400), st.integers(0, 4000), st.integers(1, 400))
def test_the_interval_holds_the_quotient_and_a_whole_region_is_one(
    ess: int, rest_ess: int, rest: int, more: int
) -> None:
    zone, region = (ess, ess + more), (ess + rest_ess, ess + more + rest_ess + rest)
    quotient, interval = location_quotient(zone, region)
    assert interval is not None
    assert interval.low <= quotient <= interval.high
    whole, around = location_quotient(zone, zone)
    assert whole == pytest.approx(1)
    assert around is not None
    assert around.high - around.low < 1e-6


def test_the_worked_example_of_the_map(tmp_path: Path) -> None:
    employment = {
        "2014": {"K1": jobs(2500, 9000), "K2": jobs(1500, 9000), "K3": jobs(400, 900)},
        "2016": {"K1": jobs(2600, 9000), "K2": jobs(1650, 9000), "K3": jobs(450, 900)},
    }
    current = {"K1": "X", "K2": "X", "K3": "X"}
    values = t18(context_of(tmp_path, communes=COMMUNES, emploi=employment, epci_courant=current))
    params = {"year": "2014", "year2": "2016", "territory": "X", "key": "ess"}
    found = {
        m: one(values, m, **params).value for m in ("gross", "constant_p1", "constant_p0", "perimeter_share")
    }
    assert found == {
        "gross": pytest.approx(0.175),
        "constant_p1": pytest.approx(300 / 4400),
        "constant_p0": pytest.approx(0.0625),
        "perimeter_share": pytest.approx(400 / 700),
    }
    assert one(values, "perimeter_effect", **params).value == 400
    assert one(values, "real_change", **params).value == 300
    gone = one(values, "gross", year="2014", year2="2016", territory="Y", key="ess")
    assert gone.value is None


MERGED: dict[str, Any] = {
    "communes": COMMUNES,
    "passage": [
        {"de": "K2", "vers": "N", "date": "2016-01-01", "part_pop": 0.25},
        {"de": "K2", "vers": "K1", "date": "2016-01-01", "part_pop": 0.75},
        {"de": "K3", "vers": "N", "date": "2016-01-01", "part_pop": 1},
    ],
    "epci_courant": {"K1": "X", "N": "W"},
    "millesime_emploi": {"2013": "2014", "2016": "2016"},
    "emploi": {
        "2013": {"K1": jobs(30, 300), "K2": jobs(20, 100), "K3": jobs(10, 100)},
        "2016": {"K1": jobs(50, 400), "N": jobs(24, 200)},
    },
}
"""K2 went to K1 and, by a quarter, with K3 to N: two maps of the same territory."""


def test_jobs_pass_from_one_map_to_the_other_by_the_inhabitants(tmp_path: Path) -> None:
    values = t18(context_of(tmp_path, **MERGED))
    params = {"year": "2013", "year2": "2016", "key": "ess"}
    # X: K1 and K2 (50), then K1 alone with three quarters of K2.
    start, start_after, end_after = 30 + 20, 30 + 0.75 * 20, 50
    # Of N's 1,500 inhabitants 500 came from K2; K1's 4,500 are all of X.
    end_before = 50 + 24 * 500 / 1500
    measures = ("gross", "constant_p1", "constant_p0")
    told = {m: one(values, m, territory="X", **params).value for m in measures}
    assert told["gross"] == pytest.approx(end_after / start - 1)
    assert told["constant_p1"] == pytest.approx(end_after / start_after - 1)
    assert told["constant_p0"] == pytest.approx(end_before / start - 1)
    new = one(values, "constant_p1", territory="W", **params)
    assert new.value == pytest.approx(24 / (10 + 0.25 * 20) - 1)
    assert one(values, "gross", territory="W", **params).value is None


def test_a_quotient_is_read_on_both_maps(tmp_path: Path) -> None:
    values = t07(context_of(tmp_path, **MERGED))
    frozen = one(values, "lq", year="2016", level="E", territory="Y", perimeter="frozen")
    # Y is K3: 1,000 of the 1,500 inhabitants of N, in 74 of 600.
    assert frozen.value == pytest.approx((24 / 200) / (74 / 600))
    current = one(values, "lq", year="2013", level="E", territory="W", perimeter="current")
    assert current.value == pytest.approx(((10 + 5) / (100 + 25)) / (60 / 500))
    assert current.vintage == "2014"
    assert one(values, "lq", year="2013", level="E", territory="W", perimeter="frozen").value is None


GROWTHS = {"K1": 0.08, "K2": 0.05, "K3": 0.03, "X": 0.02, "Y": 0.04, "D1": 0.01}
COMPARED: dict[str, Any] = {
    "cle": "ess", "annee0": "2014", "annee1": "2016", "traites": ["K1", "K2"],
    "temoins": ["K3", "X", "Y", "D1"],
    "valeurs": GROWTHS,
}  # fmt: skip


def test_the_worked_example_of_the_comparison(tmp_path: Path) -> None:
    values = t17(context_of(tmp_path, communes=COMMUNES, comparaison=COMPARED))
    params = {"year": "2014", "year2": "2016", "key": "ess"}
    told = {m: one(values, m, **params).value for m in ("gap", "p_upper", "p_two_sided", "p_min")}
    assert told == {
        "gap": pytest.approx(0.04), "p_upper": pytest.approx(1 / 15),
        "p_two_sided": pytest.approx(1 / 15), "p_min": pytest.approx(1 / 15),
    }  # fmt: skip
    assert one(values, "gap").n == 6


def test_growths_come_from_the_jobs_with_the_trend_before(tmp_path: Path) -> None:
    employment = {
        "2013": {"K1": jobs(10, 50), "K2": jobs(10, 50), "K3": jobs(10, 50)},
        "2014": {"K1": jobs(11, 50), "K2": jobs(11, 50), "K3": jobs(10, 50)},
        "2016": {"K1": jobs(22, 50), "K2": jobs(11, 50), "K3": jobs(20, 50)},
    }
    said = {"cle": "ess", "annee0": "2014", "annee1": "2016", "traites": ["K1"], "temoins": ["K2", "K3"]}
    values = t17(context_of(tmp_path, communes=COMMUNES, emploi=employment, comparaison=said))
    assert one(values, "gap").value == pytest.approx(math.log(2) - math.log(2) / 2)
    assert one(values, "p_upper").value == pytest.approx(2 / 3)
    assert one(values, "p_min").value == pytest.approx(1 / 3)
    before = one(values, "pretrend", year="2013", year2="2014")
    assert before.value == pytest.approx(math.log(1.1) / 2)


@pytest.mark.parametrize(
    ("changed", "word"),
    [
        ({"traites": []}, "témoin"),
        ({"valeurs": {"K1": 0.1}}, "inconnu"),
    ],
)
def test_groups_that_cannot_be_compared_say_why(tmp_path: Path, changed: dict[str, Any], word: str) -> None:
    values = t17(context_of(tmp_path, communes=COMMUNES, comparaison=COMPARED | changed))
    assert all(value.value is None for value in values)
    assert {word in str(value.reason) for value in values} == {True}


def test_no_comparison_says_which_sheet_to_fill(tmp_path: Path) -> None:
    (value,) = t17(context_of(tmp_path))
    assert (value.measure, value.value) == (None, None)
    assert "Comparaison" in str(value.reason)


@given(
    st.lists(st.integers(-9, 9), min_size=1, max_size=4), st.lists(st.integers(-9, 9), min_size=1, max_size=4)
)
def test_the_place_among_reassignments_is_that_of_a_plain_count(
    treated: list[int], control: list[int]
) -> None:
    found = permuted([float(x) for x in treated], [float(x) for x in control])
    everything = [*treated, *control]
    gaps = []
    for chosen in combinations(range(len(everything)), len(treated)):
        inside = [everything[i] for i in chosen]
        outside = [x for i, x in enumerate(everything) if i not in chosen]
        gaps.append(sum(inside) / len(inside) - sum(outside) / len(outside))
    assert found.upper == pytest.approx(sum(gap >= found.gap - 1e-9 for gap in gaps) / len(gaps))
    assert found.two_sided == pytest.approx(
        sum(abs(gap) >= abs(found.gap) - 1e-9 for gap in gaps) / len(gaps)
    )
    assert found.least == pytest.approx(1 / len(gaps))


def test_too_many_reassignments_are_drawn_with_their_seed() -> None:
    found = permuted([1.0] * 10, [0.0] * 12)
    assert found.simulation is not None
    assert (found.simulation.draws, found.simulation.seed) == (9_999, 2014)
    assert found.upper == pytest.approx(1 / 10_000)
    assert found.least < 1e-5


def cell(ess: int, establishments: int | None, largest: int | None) -> dict[str, int | None]:
    """Return the figures of a territory with what secrecy asks for."""
    return {"ess": ess, "total": 1000, "etab_ess": establishments, "max_ess": largest}


@pytest.mark.parametrize(
    ("figures", "status"),
    [
        (cell(100, 3, 85), "V"),
        (cell(100, 3, 86), "B"),
        (cell(100, 2, 60), "A"),
        (cell(100, None, None), "A"),
        (cell(0, 0, 0), "V"),
    ],
)
def test_a_quotient_of_few_establishments_is_withheld(
    tmp_path: Path, figures: dict[str, int | None], status: str
) -> None:
    employment = {"2014": {"K1": cell(50, 9, 10), "K2": cell(50, 9, 10), "K3": figures}}
    context = context_of(tmp_path, communes=COMMUNES, emploi=employment)
    values = Disclosure(context).examined(t07(context))
    examined = one(values, "lq", level="E", territory="Y", perimeter="frozen")
    assert examined.secrecy == status
    told = one(released(values, "publication"), "lq", level="E", territory="Y", perimeter="frozen")
    assert (told.value is None) == (status != "V")


def test_a_change_of_map_does_not_tell_the_jobs_of_the_commune_that_moved(tmp_path: Path) -> None:
    year = {"K1": cell(50, 9, 10), "K2": cell(50, 9, 10), "K3": cell(7, 1, 7)}
    current = {"K1": "X", "K2": "X", "K3": "X"}
    context = context_of(
        tmp_path, communes=COMMUNES, emploi={"2014": year, "2016": year}, epci_courant=current
    )
    values = Disclosure(context).examined(t18(context))
    effect = one(values, "perimeter_effect", territory="X", key="ess")
    assert (effect.value, effect.secrecy) == (7, "A")
    assert one(values, "perimeter_effect", territory="X", key="total").secrecy == "V"
