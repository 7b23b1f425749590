"""Secondary secrecy: an attacker who reads every published figure cannot find a hidden one again."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphmodel.secrecy import WIDTH_PERCENT, Cell, Released, bounds, release

VALUES = st.lists(st.integers(1, 1000), min_size=3, max_size=4)
TABLES = st.lists(VALUES, min_size=2, max_size=4).filter(lambda rows: len({len(row) for row in rows}) == 1)


def _attack(cells: list[Cell[str]], shown: tuple[Released[str], ...]) -> dict[str, tuple[float, float]]:
    """Return the bounds of every hidden cell, from the published ones and what adds up to what."""
    inner = [cell.key for cell in cells if not cell.parts]
    by_key = {cell.key: cell for cell in cells}

    def counts(key: str) -> np.ndarray:
        parts = by_key[key].parts
        return (
            sum((counts(part) for part in parts), np.zeros(len(inner)))
            if parts
            else np.array([float(name == key) for name in inner])
        )

    published = [cell for cell in shown if not cell.hidden]
    rows = np.array([counts(cell.key) for cell in published]).reshape(len(published), len(inner))
    values = np.array([float(cell.value or 0) for cell in published])
    return {cell.key: bounds(rows, values, counts(cell.key)) for cell in shown if cell.hidden}


def _safe(cells: list[Cell[str]], shown: tuple[Released[str], ...]) -> None:
    by_key = {cell.key: cell for cell in cells}
    for key, (low, high) in _attack(cells, shown).items():
        value = float(by_key[key].value or 0)
        assert low - 1e-6 <= value <= high + 1e-6
        assert high - low > value * WIDTH_PERCENT / 100 or value == 0


def _table(rows: list[list[int]], few: set[tuple[int, int]]) -> list[Cell[str]]:
    """Return a table with both margins and the total; the cells of `few` rest on two units."""
    cells = [
        Cell(f"{i},{j}", value, 2 if (i, j) in few else 9)
        for i, row in enumerate(rows)
        for j, value in enumerate(row)
    ]
    width = range(len(rows[0]))
    cells += [
        Cell(f"row {i}", sum(row), 20, parts=tuple(f"{i},{j}" for j in width)) for i, row in enumerate(rows)
    ]
    cells += [
        Cell(f"col {j}", sum(row[j] for row in rows), 20, parts=tuple(f"{i},{j}" for i in range(len(rows))))
        for j in width
    ]
    total = sum(map(sum, rows))
    return [*cells, Cell("total", total, 90, parts=tuple(f"row {i}" for i in range(len(rows))))]


def test_a_hidden_cell_takes_three_more_with_it_in_a_table_of_two_dimensions() -> None:
    cells = _table([[10, 20, 30], [40, 50, 60], [70, 80, 90]], {(0, 0)})
    shown = release(cells, mode="publication")
    statuses = {cell.key: cell.status for cell in shown}
    assert statuses["0,0"] == "A"
    assert sum(status == "D" for status in statuses.values()) >= 3
    assert statuses["total"] == "V"
    _safe(cells, shown)


def test_a_table_without_secret_hides_nothing() -> None:
    shown = release(_table([[1, 2, 3], [4, 5, 6]], set()), mode="publication")
    assert {cell.status for cell in shown} == {"V"}


def test_a_quarter_is_not_found_by_taking_the_rest_from_its_commune() -> None:
    cells = [
        Cell("qpv", 40, 2),
        Cell("rest", 60, 12),
        Cell("commune", 100, 14, parts=("qpv", "rest")),
        Cell("other commune", 300, 30),
        Cell("epci", 400, 44, parts=("commune", "other commune")),
    ]
    shown = release(cells, mode="publication")
    statuses = {cell.key: cell.status for cell in shown}
    assert statuses["qpv"] == "A"
    assert "D" in (statuses["rest"], statuses["commune"])
    _safe(cells, shown)


def test_an_authority_and_an_epci_that_share_communes_are_linked_tables() -> None:
    cells = [
        Cell("a", 50, 9),
        Cell("b", 30, 9),
        Cell("c", 20, 1),
        Cell("epci", 80, 18, parts=("a", "b")),
        Cell("syndicat", 100, 19, parts=("a", "b", "c")),
    ]
    shown = release(cells, mode="publication")
    statuses = {cell.key: cell.status for cell in shown}
    assert statuses["c"] == "A"
    assert statuses["epci"] == "D" or statuses["syndicat"] == "D"
    _safe(cells, shown)


def test_working_mode_tells_the_status_and_keeps_the_value() -> None:
    cells = _table([[10, 20, 30], [40, 50, 60]], {(0, 0)})
    working = release(cells, mode="working")
    published = release(cells, mode="publication")
    assert [cell.status for cell in working] == [cell.status for cell in published]
    assert [cell.value for cell in working] == [cell.value for cell in cells]


def test_a_part_that_is_no_cell_is_refused() -> None:
    with pytest.raises(ValueError, match="no cell"):
        release([Cell("total", 3, 9, parts=("a",))], mode="publication")


def test_a_total_that_counts_more_than_its_parts_reveals_nothing_of_them() -> None:
    cells = [Cell("a", 10, 1), Cell("b", 20, 9), Cell("total", 90, 30, parts=("a", "b"))]
    shown = release(cells, mode="publication")
    assert [cell.status for cell in shown] == ["A", "V", "V"]


@settings(max_examples=30, deadline=None)
@given(TABLES, st.data())
def test_no_hidden_cell_of_any_table_is_found_again(rows: list[list[int]], data: st.DataObject) -> None:
    places = [(i, j) for i, row in enumerate(rows) for j in range(len(row))]
    few = data.draw(st.sets(st.sampled_from(places), max_size=3))
    cells = _table(rows, few)
    shown = release(cells, mode="publication")
    hidden = {cell.key for cell in shown if cell.hidden}
    assert {f"{i},{j}" for i, j in few} <= hidden
    _safe(cells, shown)


@given(TABLES, st.data())
@settings(max_examples=20, deadline=None)
def test_the_bounds_of_the_attacker_hold_the_truth(rows: list[list[int]], data: st.DataObject) -> None:
    flat = np.array([value for row in rows for value in row], dtype=float)
    seen = np.array(
        data.draw(
            st.lists(
                st.lists(st.sampled_from([0.0, 1.0]), min_size=len(flat), max_size=len(flat)), max_size=5
            )
        )
    ).reshape(-1, len(flat))
    target = np.eye(len(flat))[0]
    low, high = bounds(seen, seen @ flat, target)
    assert low - 1e-6 <= flat[0] <= high + 1e-6
