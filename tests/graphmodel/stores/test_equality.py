"""Both stores give the same snapshot, the same records and the same digest, whatever the schema allows."""

from collections.abc import Iterator
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings

from graphmodel.attestations import Record
from graphmodel.batch import Batch
from graphmodel.plan import Plan
from graphmodel.schema import SCHEMA
from graphmodel.stores import open_store
from tests.graphmodel.stores.material import HOSTILE, Book, batches
from tests.support import neo4j_server


# Without shrinking: each example is a load on a real server, and the failing cell is named anyway.
@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(batch=batches())
def test_any_batch_reads_back_equal_from_both(batch: Batch, neo4j_url: str, tmp_path_factory: object) -> None:
    folder: Path = tmp_path_factory.mktemp("equality")  # type: ignore[attr-defined]
    neo4j_server.wipe(neo4j_url)
    with open_store(folder / "x.sqlite", create=True) as file, open_store(neo4j_url) as server:
        for store in (file, server):
            store.apply(store.plan(batch))
            assert not list(_different(store.plan(batch)))
        one, other = file.snapshot(), server.snapshot()
        for table in SCHEMA.tables:
            assert one.frames[table].equals(other.frames[table]), table
            assert list(one.frames[table].dtypes) == list(other.frames[table].dtypes)
            assert _plain(file, table) == _plain(server, table)
        assert file.digest() == server.digest()


def _different(plan: Plan) -> Iterator[tuple[str, Record, Record]]:
    for table, change in plan.tables.items():
        yield from ((table, record, change.before[record.key]) for record in change.written)


def _plain(store: object, table: str) -> dict[str, tuple[object, ...]]:
    records = store.read_all(table)  # type: ignore[attr-defined]
    return {r.key: (r.values, r.attestations, r.conflicts) for r in records}


def test_hostile_texts_come_back_letter_for_letter(store_url: str) -> None:
    builder = Book("hostile").builder()
    for number, text in enumerate(HOSTILE):
        builder.node("Organisation", text[:500], {"family": text}, name=text, key=f"{number:02}{text[:500]}")
    with open_store(store_url) as store:
        store.apply(store.plan(builder.build()), author=HOSTILE[0])
        frame = store.snapshot().nodes("Organisation")
        by_number = {str(key)[:2]: row for key, row in frame.iterrows()}
        for number, text in enumerate(HOSTILE):
            row = by_number[f"{number:02}"]
            assert (row["id"], row["name"], row["family"]) == (text[:500], text, text)
        assert store.history()[0].author == HOSTILE[0]
        assert set(store.read("Organisation", list(frame.index))) == set(frame.index)
