"""Statistical secrecy: the primary rules, for tables and for networks."""

from fractions import Fraction

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphmodel.errors import UsageError
from graphmodel.secrecy import PERSONAL, Cell, Kind, Mode, SecretAttribute, release, status_of

CONTRIBUTIONS = st.lists(st.integers(0, 10**9), max_size=20)
KINDS: st.SearchStrategy[Kind] = st.sampled_from(("enterprise", "household_tax"))


@pytest.mark.parametrize(
    ("count", "largest", "total", "kind", "status"),
    [
        (0, None, None, "enterprise", "V"),
        (1, None, None, "enterprise", "A"),
        (2, 50, 100, "enterprise", "A"),
        (3, None, None, "enterprise", "V"),
        (3, 85, 100, "enterprise", "V"),
        (3, 86, 100, "enterprise", "B"),
        (3, 8501, 10000, "enterprise", "B"),
        (None, None, None, "enterprise", "A"),
        (10, None, None, "household_tax", "A"),
        (11, None, None, "household_tax", "V"),
        (11, 86, 100, "household_tax", "B"),
        (3, 0, 0, "enterprise", "V"),
    ],
)
def test_the_status_of_a_cell_by_itself(
    count: int | None, largest: int | None, total: int | None, kind: Kind, status: str
) -> None:
    assert status_of(count, largest, total, kind) == status


@pytest.mark.parametrize(("count", "largest", "total"), [(-1, 0, 0), (3, 5, 4), (3, -1, 4)])
def test_what_cannot_be_is_refused(count: int, largest: int, total: int) -> None:
    with pytest.raises(ValueError, match=r"count|largest"):
        status_of(count, largest, total)


@given(CONTRIBUTIONS, KINDS)
def test_statuses_follow_the_sentences_of_the_method(contributions: list[int], kind: Kind) -> None:
    count, total, largest = len(contributions), sum(contributions), max(contributions, default=0)
    status = status_of(count, largest, total, kind)
    few = 0 < count < (3 if kind == "enterprise" else 11)
    dominated = total > 0 and Fraction(largest, total) > Fraction(85, 100)
    assert status == ("A" if few else "B" if dominated and count else "V")


@given(st.lists(st.tuples(CONTRIBUTIONS, KINDS), max_size=8))
def test_publication_hides_what_is_secret_and_nothing_else(table: list[tuple[list[int], Kind]]) -> None:
    cells = [
        Cell(rank, sum(row), len(row), max(row, default=0), sum(row), kind)
        for rank, (row, kind) in enumerate(table)
    ]
    working, published = release(cells, mode="working"), release(cells, mode="publication")
    for cell, shown, public in zip(cells, working, published, strict=True):
        assert (shown.key, shown.value, shown.hidden) == (cell.key, cell.value, False)
        assert public.status == shown.status
        assert public.hidden == (public.status != "V")
        assert public.value == (None if public.hidden else cell.value)


def test_an_unknown_value_is_not_a_hidden_one() -> None:
    (cell,) = release([Cell("x", None, 1)], mode="publication")
    assert cell.value is None
    assert not cell.hidden


def test_a_value_is_its_own_total_when_none_is_given() -> None:
    (cell,) = release([Cell("x", 1000, 5, largest=900)], mode="publication")
    assert cell.status == "B"


def test_a_key_stands_once_in_a_table() -> None:
    with pytest.raises(ValueError, match="same key"):
        release([Cell("x", 1, 3), Cell("x", 2, 3)], mode="working")


def test_an_unknown_mode_is_said() -> None:
    with pytest.raises(UsageError, match="brouillon"):
        release([], mode="brouillon")  # type: ignore[call-overload]


def _network() -> "nx.Graph[str]":
    network: nx.Graph[str] = nx.Graph(
        title="essai", secret_attributes=[SecretAttribute("amount", "units", "largest")]
    )
    network.add_node("a", label="Public", amount=100, units=5, largest=20, natural_person=True)
    network.add_node("b", amount=100, units=5, largest=90, address="3 rue des Lilas")
    network.add_edge("a", "b", weight=0.5, amount=10, units=2, largest=5)
    return network


@pytest.mark.parametrize("mode", ["working", "publication"])
def test_a_network_never_carries_personal_data(mode: Mode) -> None:
    released = release(_network(), mode=mode, fictional=True)
    assert {"address", "natural_person", "speaker"} <= PERSONAL
    assert not PERSONAL & {name for _, about in released.nodes(data=True) for name in about}
    assert released.graph == {"title": "essai", "mode": mode, "avertissement": "données fictives"}


def test_amounts_of_a_network_obey_the_rules_of_tables() -> None:
    working, public = release(_network(), mode="working"), release(_network(), mode="publication")
    assert working.nodes["b"] == {"amount": 100, "units": 5, "largest": 90, "amount_status": "B"}
    assert public.nodes["a"] == {
        "label": "Public", "amount": 100, "units": 5, "largest": 20, "amount_status": "V"
    }  # fmt: skip
    assert public.nodes["b"] == {"amount_status": "B"}
    assert public.edges["a", "b"] == {"weight": 0.5, "amount_status": "A"}


def test_the_network_given_is_left_as_it_was() -> None:
    network = _network()
    release(network, mode="publication")
    assert network.nodes["b"]["address"] == "3 rue des Lilas"
