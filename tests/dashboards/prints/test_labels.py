"""Names: the choice is the best of all, and nothing touches."""

from itertools import combinations, product

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboards.prints.labels import Candidate, Name, around_point, clear, inside_area, place
from dashboards.prints.text import Box, Face

FRAME = Box(0, 0, 100, 100)
FACE = Face(7)
CANDIDATES = st.lists(
    st.tuples(st.integers(0, 12), st.integers(0, 12), st.integers(0, 5)), min_size=0, max_size=3
)


def name(key: str, priority: float = 0.0) -> Name:
    """Return a name of one line."""
    return Name(key, (key,), FACE, priority)


def best_worth(names: list[tuple[Name, list[Candidate]]]) -> float:
    """Return the worth of the best choice, by trying all of them."""
    best = 0.0
    for chosen in product(*[[None, *candidates] for _, candidates in names]):
        taken = [(n, c) for (n, _), c in zip(names, chosen, strict=True) if c is not None]
        if any(a.shape.intersects(b.shape) for (_, a), (_, b) in combinations(taken, 2)):
            continue
        best = max(best, sum(20 + 10 * n.priority - c.cost for n, c in taken))
    return best


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(CANDIDATES, st.sampled_from([0.0, 4.0])), min_size=1, max_size=4))
def test_the_choice_is_the_best_of_all(drawn: list[tuple[list[tuple[int, int, int]], float]]) -> None:
    names = [
        (name(f"n{rank}", priority), [Candidate(Box(x, y, 4.5, 2.5), cost) for x, y, cost in candidates])
        for rank, (candidates, priority) in enumerate(drawn)
    ]
    placed = place(names)
    by_key = {n.key: n for n, _ in names}
    worth = sum(20 + 10 * by_key[key].priority - candidate.cost for key, candidate in placed.items())
    assert worth == pytest.approx(best_worth(names))
    for one, other in combinations(placed.values(), 2):
        assert not one.shape.intersects(other.shape)


def test_the_better_side_wins_when_both_are_free() -> None:
    found = place([(name("Lyon"), around_point(name("Lyon"), 50, 50, 2))])
    assert found["Lyon"].box.x == pytest.approx(50 + 2 + 0.55)


def test_a_partner_wins_the_only_place() -> None:
    only = [Candidate(Box(10, 10, 10, 3), 0.0)]
    assert set(place([(name("autre"), only), (name("partenaire", 4.0), only)])) == {"partenaire"}


def test_a_leader_excludes_what_it_crosses() -> None:
    led = Candidate(Box(20, 10, 5, 3), 0.0, leader=((0, 11), (20, 11)))
    crossed = Candidate(Box(8, 10, 5, 3), 0.0)
    assert len(place([(name("a"), [led]), (name("b"), [crossed])])) == 1


def test_no_position_leaves_the_frame_or_touches_an_obstacle() -> None:
    obstacle = shapely.box(52, 40, 70, 60)
    kept = clear(around_point(name("Grenoble"), 50, 50, 1.5), FRAME, [obstacle])
    assert kept
    assert not any(candidate.shape.intersects(obstacle) for candidate in kept)
    corner = clear(around_point(name("Grenoble"), 99, 99, 1.5), FRAME, [])
    assert all(c.box.right <= 100 and c.box.bottom <= 100 for c in corner)


def test_a_name_that_must_stand_may_lead_over_an_obstacle_but_not_lie_on_it() -> None:
    ring = shapely.Point(50, 50).buffer(5).boundary.buffer(0.2)
    near = around_point(name("Grand Lyon"), 50, 50, 1.0)
    strict = clear(near, FRAME, [ring])
    lenient = clear(near, FRAME, [ring], must=True)
    assert not any(c.leader and c.leader[1] != c.leader[0] and c.shape.intersects(ring) for c in strict)
    assert any(candidate.shape.intersects(ring) for candidate in lenient)
    boxes = [shapely.box(c.box.x, c.box.y, c.box.right, c.box.bottom) for c in lenient]
    assert not any(box.intersects(ring) for box in boxes)


def test_the_name_of_an_area_stands_in_what_belongs_to_nobody_else() -> None:
    area, other = shapely.box(0, 0, 40, 40), shapely.box(0, 0, 20, 40)
    free = area.difference(other)
    found = place([(name("Isère"), inside_area(name("Isère"), free, other))])["Isère"]
    assert free.contains(shapely.box(found.box.x, found.box.y, found.box.right, found.box.bottom))


def test_nothing_to_place_is_nothing_placed() -> None:
    assert place([]) == {}
    assert place([(name("a"), [])]) == {}
