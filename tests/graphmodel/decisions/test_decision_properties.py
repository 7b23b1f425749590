"""Whatever files say and people decide: nothing is lost, a reload changes nothing, undo goes all the way."""

from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graphmodel.aliases import Kept
from graphmodel.batch import Batch, Place
from graphmodel.check import check_store
from graphmodel.decisions import correct, decide_match, journal, match_decisions
from graphmodel.errors import MaillageError
from graphmodel.stores import Store, open_store
from graphmodel.stores.frozen import freeze, restore
from tests.graphmodel.stores.material import Book

NAMES = ("o1", "o2", "o3", "o4")
ROWS = st.lists(
    st.tuples(
        st.sampled_from(NAMES),
        st.sampled_from([None, "mutuelle", "association"]),
        st.sampled_from([None, 2014, 2015]),
    ),
    min_size=1,
    max_size=4,
    unique_by=lambda row: row[0],
)
DECISIONS = st.lists(
    st.one_of(
        st.tuples(
            st.just("match"),
            st.permutations(NAMES).map(lambda names: names[:2]),
            st.sampled_from(["same", "same", "different"]),
        ),
        st.tuples(st.just("correct"), st.sampled_from(NAMES), st.sampled_from(["fondation", None])),
    ),
    max_size=5,
)


def batch_of(name: str, rows: list[tuple[str, str | None, int | None]]) -> Batch:
    """Return a file: organisations, and for those with a year a part taken in one action."""
    builder = Book(name).builder()
    builder.node("Contract", "CES", {"start_year": 2014})
    action = builder.node("Action", "I_1", at=2014)
    for number, (identifier, family, year) in enumerate(rows, 2):
        place = Place("Organisations", number)
        said = {"family": family} if family else {}
        org = builder.node("Organisation", identifier, said, name=f"Nom {identifier}", place=place)
        if year is not None:
            part = {"role": "pilot", "year": year, "basis": "report"}
            builder.relationship("TAKES_PART_IN", org, action, part, place=place)
    return builder.build()


def decide(store: Store, decision: tuple[str, object, object]) -> bool:
    """Apply one decision; False when the store refuses it."""
    kind, who, what = decision
    try:
        if kind == "match":
            first, second = (Kept(f"CES/organisation/{name}", name) for name in who)  # type: ignore[attr-defined]
            decide_match(store, first, second, what, author="A", why="x")  # type: ignore[arg-type]
        else:
            correct(store, "Organisation", f"CES/organisation/{who}", "family", what, author="A", why="x")
    except MaillageError:
        return False
    return True


def statements(store: Store) -> int:
    """Return how many statements of documents the store keeps."""
    return sum(
        a.correction is None
        for table in ("Organisation", "TAKES_PART_IN")
        for record in store.read_all(table)
        for a in record.attestations
    )


_NUMBERS = count()


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(files=st.lists(ROWS, min_size=1, max_size=3), decisions=DECISIONS)
def test_decisions_lose_nothing_and_come_back(
    files: list[list[tuple[str, str | None, int | None]]],
    decisions: list[tuple[str, object, object]],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder: Path = tmp_path_factory.mktemp(f"d{next(_NUMBERS)}")
    batches = [batch_of(f"f{number}", rows) for number, rows in enumerate(files)]
    with open_store(folder / "x.sqlite", create=True) as store:
        for batch in batches:
            store.apply(store.plan(batch))
        digest, said = store.digest(), statements(store)
        made = sum(decide(store, decision) for decision in decisions)
        assert check_store(store) == []
        assert statements(store) == said
        for batch in batches:
            assert store.plan(batch).empty
            assert store.plan(batch, replace=True).empty
        _, content = freeze(store, "x", author="")
        with open_store(folder / "y.sqlite", create=True) as other:
            restore(content, other, "x")
            assert other.digest() == store.digest()
            assert journal(other) == journal(store)
            assert match_decisions(other) == match_decisions(store)
        for _ in range(made):
            store.undo()
        assert store.digest() == digest
        assert journal(store) == []
