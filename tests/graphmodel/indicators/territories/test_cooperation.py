"""T11 and T16: the worked examples of the catalogue, from a file to the value."""

from pathlib import Path
from typing import Any

import pytest

from graphmodel.indicators.territories.links import t16
from graphmodel.indicators.territories.local import t11
from tests.graphmodel.indicators.sets import context_of, one
from tests.graphmodel.indicators.territories.mini import MINI_TERRITORY, place

SEATS = {"A": "K1", "B": "K2", "C": "K1", "D": "K3", "E": "K1", "F": "K4"}
ROWS = {"a2": [place("X")], "a3": [place("Q1"), place("K4")], "a4": [place("Z")]}
EXAMPLE: dict[str, Any] = {
    **MINI_TERRITORY,
    "operateurs": {name: {"monde": "ESS", "siege": seat} for name, seat in SEATS.items()},
    "participe": {
        "2014": {"a1": ["A", "B", "C"], "a2": ["A", "D"], "a3": ["C", "E"], "a4": ["B"]},
        "2015": {"a1": ["A", "B", "C", "E"], "a2": ["D", "F"], "a3": ["C", "E", "F"], "a4": ["B", "D"]},
    },
    "lieux": {"2014": ROWS, "2015": ROWS},
}


def test_local_cooperation_of_the_worked_example(tmp_path: Path) -> None:
    values = t11(context_of(tmp_path, **EXAMPLE))
    for year, links, density in (("2014", 2, 0.2), ("2015", 5, 0.5)):
        about = {"year": year, "level": "E", "territory": "X"}
        assert one(values, "operators", **about).value == 5
        assert one(values, "links", **about).value == links
        assert one(values, "density", **about).value == pytest.approx(density)
    assert one(values, "share_local_seat", year="2015", territory="X").value == pytest.approx(0.6)
    assert one(values, "share_new_operators", year="2015", t0="2014", territory="X").value == 0.2


def test_where_few_or_none_operate_says_so(tmp_path: Path) -> None:
    values = t11(context_of(tmp_path, **(EXAMPLE | {"lieux": {"2014": {"a2": [place("K2")]}}})))
    about = {"year": "2014", "level": "E"}
    assert one(values, "operators", **about, territory="X").value == 2
    assert one(values, "density", **about, territory="X").value is None
    assert one(values, "operators", **about, territory="Y").value == 0
    assert one(values, "share_local_seat", **about, territory="Y").value is None


def test_an_action_is_where_it_is_targeted_before_where_it_reaches(tmp_path: Path) -> None:
    rows = {
        "a2": [place("K3"), place("K1", degre="atteint", beneficiaires=3)],
        "a4": [place("K2", degre="atteint", beneficiaires=None)],
    }
    values = t11(context_of(tmp_path, **(EXAMPLE | {"lieux": {"2014": rows}})))
    assert one(values, "operators", year="2014", territory="X").value == 1
    assert one(values, "operators", year="2014", territory="Y").value == 2


AUTHORITIES = {"K1": ["K1"], "X": ["K1", "K2"], "Y": ["K3", "K4", "K5"], "Z": ["K2", "K3", "K4"]}
COMMITMENTS = {
    "2014": {
        "a1": {"X": "porteur", "K1": "financeur"},
        "a2": {"K1": "partenaire", "Y": "partenaire"},
        "a3": {"Z": "porteur", "Y": "financeur"},
    }
}


def test_pairs_that_overlap_too_much_are_left_out(tmp_path: Path) -> None:
    authorities = {name: {"communes": communes} for name, communes in AUTHORITIES.items()}
    values = t16(context_of(tmp_path, **EXAMPLE, collectivites=authorities, engagements=COMMITMENTS))
    assert one(values, "overlap", pair="K1-X").value == 1.0
    assert one(values, "overlap", pair="X-Z").value == pytest.approx(0.652, abs=5e-4)
    assert one(values, "overlap", pair="Y-Z").value == pytest.approx(0.8)
    share = one(values, "share_pairs", year="2014")
    assert (share.value, share.n) == (1 / 3, 3)
    assert one(values, "excluded_pairs", year="2014").value == 3
    assert one(values, "share_pairs", year="2015").value == 0.0
    assert one(values, "share_pairs", year="all").value == 1 / 3


def test_animation_is_no_cooperation_between_territories(tmp_path: Path) -> None:
    authorities = {name: {"communes": AUTHORITIES[name]} for name in ("K1", "Y")}
    actions = {**MINI_TERRITORY["actions"], "a2": {"axe": "II", "codee": False}}
    data = EXAMPLE | {"collectivites": authorities, "actions": actions}
    kept = {"2014": {"a2": COMMITMENTS["2014"]["a2"]}}
    values = t16(context_of(tmp_path, **data, engagements=kept))
    assert one(values, "share_pairs", year="2014").value == 0.0


def test_without_commitments_the_sheet_is_named(tmp_path: Path) -> None:
    (value,) = t16(context_of(tmp_path, **EXAMPLE))
    assert value.measure is None
    assert "Participations" in str(value.reason)
