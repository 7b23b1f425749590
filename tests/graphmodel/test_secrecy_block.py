"""Blocks of contributions: one choice for all the outputs of a publication."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphmodel.secrecy import WIDTH_PERCENT, bounds
from graphmodel.secrecy import block as module
from graphmodel.secrecy.block import Block


def owners(*names: str) -> list[frozenset[object]]:
    return [frozenset([name]) for name in names]


def settled(block: Block, figures: list[list[float]]) -> list[str]:
    table = np.array(figures, dtype=float)
    block.offer(table)
    block.settle()
    return list(block.statuses(table))


def test_a_figure_asked_for_later_is_out_only_if_what_is_out_gives_it_back() -> None:
    block = Block([10, 20, 30, 40], owners("a", "b", "c", "d"))
    assert settled(block, [[1, 1, 1, 1], [1, 1, 1, 0]]) == ["V", "V"]
    later = np.array([[2.0, 2, 2, 2], [0, 1, 1, 1]])
    # Twice the total tells nothing new; another sum of three was never weighed against what is out.
    assert block.statuses(later) == ["V", "D"]


def test_the_difference_of_two_outputs_never_reveals_a_unit() -> None:
    block = Block([10, 20, 30, 40], owners("a", "b", "c", "d"))
    statuses = settled(block, [[1, 1, 1, 1], [1, 1, 1, 0], [0, 0, 0, 1]])
    assert statuses == ["V", "D", "A"]


def test_the_units_of_a_figure_are_counted_once_and_the_largest_is_judged() -> None:
    block = Block([10, 20, 30], owners("a", "a", "b"))
    assert block.unit_counts(np.array([[1.0, 1, 0], [1, 1, 1]])) == [1, 2]
    assert block.primary(np.array([[1.0, 1, 1]])) == ["A"]
    dominated = Block([1, 1, 98], owners("a", "b", "c"))
    assert dominated.primary(np.array([[1.0, 1, 1]])) == ["B"]


def test_numbers_of_units_and_groups_of_units_have_their_own_count() -> None:
    businesses = Block([1, 1, 1], owners("a", "b", "c"), counted=True)
    assert businesses.primary(np.array([[1.0, 1, 0], [1, 1, 1]])) == ["A", "V"]
    communes = Block([50, 60], [frozenset(), frozenset()], groups=([2, 5], [49, 20]))
    assert communes.primary(np.array([[1.0, 0], [0, 1], [1, 1]])) == ["A", "V", "V"]


def test_what_anybody_knows_hides_nothing() -> None:
    block = Block([10, 20], owners("a", "b"), public=[True, True])
    assert settled(block, [[1, 0], [0, 1], [1, 1]]) == ["V", "V", "V"]


def test_a_negative_contribution_is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        Block([-1.0], owners("a"))


def test_a_large_block_publishes_a_bounded_number_of_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LARGE", 5)
    monkeypatch.setattr(module, "MOST", 1)
    block = Block([10.0] * 8, owners(*"abcdefgh"))
    figures = [[1] * 8, [1, 1, 1, 1, 0, 0, 0, 0], [0, 0, 0, 0, 1, 1, 1, 1]]
    assert settled(block, [list(map(float, row)) for row in figures]) == ["V", "D", "D"]


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_no_unit_of_a_block_is_found_within_the_width(data: st.DataObject) -> None:
    size = data.draw(st.integers(3, 6))
    amounts = data.draw(st.lists(st.integers(1, 100), min_size=size, max_size=size))
    row = st.lists(st.sampled_from([0.0, 1.0]), min_size=size, max_size=size)
    figures = np.array([*data.draw(st.lists(row, min_size=1, max_size=6)), *np.eye(size)])
    block = Block(amounts, owners(*(str(i) for i in range(size))))
    block.offer(figures)
    block.settle()
    statuses = block.statuses(figures)
    seen = figures[[status == "V" for status in statuses]]
    for figure, status in zip(figures, statuses, strict=True):
        value = float(figure @ block.amounts)
        if status != "V" and value:
            low, high = bounds(seen, seen @ block.amounts, figure)
            assert high - low > value * WIDTH_PERCENT / 100
