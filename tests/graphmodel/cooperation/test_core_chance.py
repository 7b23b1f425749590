"""Core and brokers against chance: exact on the example, against plain loops elsewhere."""

from itertools import permutations

import numpy as np
import pytest

from graphmodel.cooperation.brokerage import brokers, roles
from graphmodel.cooperation.core_chance import core_against_chance
from graphmodel.cooperation.core_periphery import core_periphery
from graphmodel.cooperation.labels import shuffles
from graphmodel.cooperation.null_models import fixed_degrees
from graphmodel.cooperation.projection import project
from graphmodel.cooperation.two_mode import TwoMode
from tests.graphmodel.cooperation.networks import MINI_2014, UNION


def random_network(seed: int, operators: int = 14, actions: int = 12) -> TwoMode:
    rng = np.random.default_rng(seed)
    names = [f"o{i:02d}" for i in range(operators)]
    sizes = rng.integers(1, 5, actions).tolist()
    return TwoMode.of({f"a{k}": rng.choice(names, size, replace=False) for k, size in enumerate(sizes)})


def test_the_core_is_searched_again_in_every_network_of_the_same_degrees() -> None:
    projection, draws = project(MINI_2014, UNION), fixed_degrees(MINI_2014)
    found = core_against_chance(projection, draws)
    assert found is not None
    every = []
    ends = np.cumsum(MINI_2014.sizes)[:-1]
    for slots in draws.slots:
        rows = [[MINI_2014.operators[i] for i in row] for row in np.split(slots, ends)]
        best = core_periphery(project(TwoMode.of(dict(zip("abcdefgh", rows, strict=False))), UNION))
        assert best is not None
        every.append(best.r)
    assert found.draws == len(every) == 117
    assert found.observed == pytest.approx(0.5774, abs=5e-5)
    assert found.expected == pytest.approx(float(np.mean(every)))
    assert found.p_ge == sum(r >= found.observed - 1e-9 for r in every) / 117


def test_a_star_drawn_at_random_is_no_surprise_at_its_degrees() -> None:
    star = TwoMode.of({f"a{i}": ["hub", f"o{i:02d}"] for i in range(30)})
    found = core_against_chance(project(star), fixed_degrees(star))
    assert found is not None
    assert (found.observed, found.expected, found.p_ge) == (1.0, 1.0, 1.0)


def test_drawn_networks_give_a_p_with_its_floor() -> None:
    network = random_network(3, 40, 40)
    draws = fixed_degrees(network, 200)
    assert not draws.exact
    found = core_against_chance(project(network), draws)
    assert found is not None
    assert 1 / 201 <= found.p_ge <= 1
    assert found == core_against_chance(project(network), fixed_degrees(network, 200))


def test_a_network_without_links_has_no_core() -> None:
    alone = TwoMode.of({"a": ["A"], "b": ["B"], "c": ["C"]})
    assert core_against_chance(project(alone), fixed_degrees(alone)) is None


@pytest.mark.parametrize("seed", range(4))
def test_brokers_of_every_way_are_those_counted_one_way_at_a_time(seed: int) -> None:
    projection = project(random_network(seed))
    rng = np.random.default_rng(seed)
    worlds = rng.integers(-1, 3, (25, projection.n))
    found = brokers(projection, worlds)
    for way, row in zip(worlds.tolist(), found.tolist(), strict=True):
        names = [None if code < 0 else f"w{code}" for code in way]
        assert row == [role.broker for role in roles(projection, names)]


def test_worlds_are_dealt_every_way_once() -> None:
    worlds = ["ess", "ess", "classic", None]
    ways, exact = shuffles(worlds)
    assert exact
    assert sorted(map(tuple, ways.tolist())) == sorted(set(permutations([1, 1, 0, -1])))


def test_many_worlds_are_drawn_and_stay_as_frequent() -> None:
    worlds = ["ess"] * 20 + ["classic"] * 12 + ["public"] * 5 + [None] * 2
    ways, exact = shuffles(worlds)
    assert not exact
    assert {tuple(np.bincount(way + 1).tolist()) for way in ways} == {(2, 12, 20, 5)}
    assert np.array_equal(ways, shuffles(worlds)[0])
