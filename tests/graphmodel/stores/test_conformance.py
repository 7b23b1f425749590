"""What holds on every store: the same cases run on SQLite and on a real Neo4j server."""

import datetime
import threading
from concurrent.futures import ThreadPoolExecutor

import pandas as pd
import pytest

from graphmodel.attestations import Record
from graphmodel.batch import Batch, BatchBuilder, Source
from graphmodel.contract_graph import Selection
from graphmodel.errors import InputFaultsError, StoreChangedError, UsageError
from graphmodel.schema import SCHEMA
from graphmodel.stores import Store, open_store
from graphmodel.stores.loads import Load, Writes
from tests.graphmodel.stores.material import CONTRACT, Book, correction

A, B = Book("a"), Book("b")
EMPTY_COUNTS = {"added": 0, "changed": 0, "removed": 0, "unchanged": 0}


def load(store: Store, *batches: Batch, replace: bool = False) -> dict[str, dict[str, int]]:
    """Plan and apply batches; return the counts."""
    plan = store.plan(batches, replace=replace)
    store.apply(plan, author="Une analyste")
    return plan.counts()


def test_an_empty_store_has_no_version_and_no_row(store: Store) -> None:
    assert store.version().number == 0
    assert store.history() == []
    assert store.snapshot().count_nodes() == {}
    assert store.snapshot().count_relationships() == {}


def test_a_plan_counts_and_writes_nothing(store: Store) -> None:
    plan = store.plan(A.batch(["o1", "o2"], signed=["o1"]))
    assert plan.counts()["nodes"] == EMPTY_COUNTS | {"added": 3}
    assert plan.counts()["relationships"] == EMPTY_COUNTS | {"added": 1}
    assert store.version().number == 0
    assert store.snapshot().count_nodes() == {}


def test_what_was_applied_is_read_back(store: Store) -> None:
    load(store, A.batch(["o1", "o2"], signed=["o1"]))
    graph = store.snapshot()
    assert graph.count_nodes() == {"Contract": 1, "Organisation": 2}
    signed = graph.relationships("SIGNED")
    assert signed[["source", "source_label", "target", "target_label"]].to_numpy().tolist() == [
        ["CES/organisation/o1", "Organisation", "CES", "Contract"]
    ]
    assert graph.node("Contract", "CES")["start_year"] == 2014
    assert graph.version == store.version()


def test_a_value_keeps_its_type(store: Store) -> None:
    builder = A.builder()
    builder.territory("commune", "01001", 2025, {"center": (4.926, 46.153), "area_km2": 15, "population": 0})
    builder.node("Funding", "f", {"amount": 238_750_000, "year": 2014})
    builder.node(
        "Contract",
        CONTRACT,
        {"signature_date": datetime.date(2014, 2, 3), "years": [2014], "forms": {"x": [None]}},
    )
    load(store, builder.build())
    graph = store.snapshot()
    territory = graph.nodes("Territory").iloc[0]
    assert territory["center"] == (4.926, 46.153)
    assert territory["area_km2"] == 15.0
    assert graph.nodes("Territory")["area_km2"].dtype == "Float64"
    assert territory["population"] == 0
    assert graph.nodes("Territory")["population"].dtype == "Int64"
    assert graph.nodes("Funding").iloc[0]["amount"] == 238_750_000
    contract = graph.nodes("Contract").iloc[0]
    assert contract["signature_date"] == datetime.date(2014, 2, 3)
    assert type(contract["signature_date"]) is datetime.date
    assert contract["years"] == [2014]
    assert contract["forms"] == {"x": [None]}


def test_unknown_stays_unknown_and_zero_stays_zero(store: Store) -> None:
    builder = A.builder()
    builder.node("Funding", "nothing", {"amount": 0})
    builder.node("Funding", "unknown", {"amount": None})
    load(store, builder.build())
    amounts = store.snapshot().nodes("Funding")["amount"]
    assert amounts["CES/funding/nothing"] == 0
    assert amounts["CES/funding/unknown"] is pd.NA


def test_the_same_file_again_changes_nothing(store: Store) -> None:
    load(store, A.batch(["o1"], signed=["o1"]))
    before = store.version(), store.digest()
    plan = store.plan(A.batch(["o1"], signed=["o1"]))
    assert plan.empty
    assert plan.counts()["nodes"] == EMPTY_COUNTS | {"unchanged": 2}
    assert store.apply(plan) is None
    assert (store.version(), store.digest()) == before


def test_a_changed_value_is_changed(store: Store) -> None:
    load(store, A.batch(["o1", "o2"], family="association"))
    counts = load(store, A.batch(["o1"], family="coopérative"))
    assert counts["nodes"] == EMPTY_COUNTS | {"changed": 1, "unchanged": 1}
    families = store.snapshot().nodes("Organisation")["family"]
    assert families.tolist() == ["coopérative", "association"]


def test_a_property_that_is_no_longer_said_goes(store: Store) -> None:
    load(store, A.batch(["o1"], family="association", siren="123456782"))
    load(store, A.batch(["o1"], family="association"))
    row = store.snapshot().nodes("Organisation").iloc[0]
    assert (row["family"], row["siren"]) == ("association", None)


def test_two_sources_that_disagree_make_a_conflict(store: Store) -> None:
    load(store, A.batch(["o1"], family="association", siren="123456782"))
    load(store, B.batch(["o1"], family="coopérative", siren="123456782"))
    row = store.snapshot().nodes("Organisation").iloc[0]
    assert (row["family"], row["siren"]) == (None, "123456782")
    assert (row["conflicts"], row["source_count"]) == ("family", 2)


def test_order_of_load_settles_nothing(store: Store) -> None:
    load(store, A.batch(["o1"], family="association"), B.batch(["o1"], family="coopérative"))
    one = store.snapshot().nodes("Organisation").iloc[0]
    store.undo()
    load(store, B.batch(["o1"], family="coopérative"))
    load(store, A.batch(["o1"], family="association"))
    other = store.snapshot().nodes("Organisation").iloc[0]
    assert one["conflicts"] == other["conflicts"] == "family"
    assert one["family"] is other["family"] is None


def test_a_correction_overrides_and_survives_a_reload(store: Store) -> None:
    load(store, A.batch(["o1"], family="association"), B.batch(["o1"], family="coopérative"))
    plan = correction(store, "Organisation", "CES/organisation/o1", {"family": "fondation"})
    store.apply(plan, author="Une analyste", action="correction")
    load(store, A.batch(["o1"], family="mutuelle"))
    row = store.snapshot().nodes("Organisation").iloc[0]
    assert (row["family"], row["conflicts"], row["source_count"]) == ("fondation", None, 2)
    record = store.read("Organisation", ["CES/organisation/o1"])["CES/organisation/o1"]
    assert [a.correction.why for a in record.attestations if a.correction] == ["Relu sur le procès-verbal"]


def test_undo_takes_back_the_last_load_whole(store: Store) -> None:
    load(store, A.batch(["o1"], family="association"))
    before = store.digest()
    load(store, B.batch(["o1", "o2"], signed=["o1"], family="coopérative"))
    undone = store.undo(author="Une analyste")
    assert store.digest() == before
    assert (undone.action, undone.number, undone.sources) == ("undo", 3, [{"undone": 2}])
    assert undone.counts["nodes"] == EMPTY_COUNTS | {"removed": 1, "changed": 2}


def test_undo_goes_back_one_load_at_a_time_until_nothing_stands(store: Store) -> None:
    load(store, A.batch(["o1"]))
    load(store, B.batch(["o2"]))
    store.undo()
    store.undo()
    assert store.snapshot().count_nodes() == {}
    with pytest.raises(UsageError, match="aucun chargement"):
        store.undo()


def test_undo_of_several_files_loaded_together_leaves_nothing_of_them(store: Store) -> None:
    load(store, A.batch(["o1"], family="association"), B.batch(["o1"], family="coopérative"))
    store.undo()
    assert store.snapshot().count_nodes() == {}


def test_history_keeps_every_load_in_order(store: Store) -> None:
    load(store, A.batch(["o1"]))
    load(store, B.batch(["o2"]))
    first, second = store.history()
    assert (first.number, second.number) == (1, 2)
    assert first.author == "Une analyste"
    assert first.sources[0] | {} == {
        "id": "a", "name": "a.xlsx", "sha256": "0" * 64, "kind": "workbook", "rows": 2, "fictional": False,
        "author": None, "known_on": None,
    }  # fmt: skip
    assert second.counts["nodes"] == EMPTY_COUNTS | {"added": 1, "unchanged": 1}


def test_a_fictional_row_says_so(store: Store) -> None:
    load(store, A.batch(["o1"]), Book("fiction", fictional=True).batch(["o2"]))
    graph = store.snapshot()
    assert graph.nodes("Organisation")["fictional"].tolist() == [False, True]
    assert graph.fictional


def test_a_reference_to_nowhere_is_refused_with_its_place(store: Store) -> None:
    with pytest.raises(InputFaultsError, match=r"Organisation introuvable.*ghost") as caught:
        store.plan(A.batch(signed=["ghost"]))
    assert [fault.code for fault in caught.value.faults] == ["unknown_reference"]
    assert caught.value.faults[0].sheet == "Parties"


def test_a_reference_to_a_stored_node_is_accepted(store: Store) -> None:
    load(store, A.batch(["o1"]))
    load(store, B.batch(signed=["o1"]))
    assert store.snapshot().count_relationships() == {"SIGNED": 1}


def test_a_plan_made_before_another_write_is_refused(store: Store) -> None:
    late = store.plan(B.batch(["o2"]))
    load(store, A.batch(["o1"]))
    with pytest.raises(StoreChangedError, match="rien n’a été écrit"):
        store.apply(late)
    assert store.snapshot().nodes("Organisation").index.tolist() == ["CES/organisation/o1"]


def test_two_connections_see_each_other(store: Store, store_url: str) -> None:
    with open_store(store_url) as other:
        seen = other.version()
        load(store, A.batch(["o1"]))
        assert other.version() != seen
        assert other.snapshot().equals(store.snapshot())
        late = store.plan(A.batch(["o1", "o3"]))
        load(other, B.batch(["o2"]))
        with pytest.raises(StoreChangedError):
            store.apply(late)


def test_of_two_writers_at_once_one_is_told_to_start_again(store_url: str) -> None:
    files = [Book(name) for name in ("a", "b", "c")]

    def write(file: Book) -> str:
        with open_store(store_url) as store:
            plan = store.plan(file.batch([f"{file.name}{n}" for n in range(200)]))
            started.wait()
            try:
                store.apply(plan)
            except StoreChangedError:
                return "refused"
            return "written"

    started = threading.Barrier(len(files))
    with ThreadPoolExecutor(len(files)) as pool:
        outcomes = sorted(pool.map(write, files))
    assert outcomes == ["refused", "refused", "written"]
    with open_store(store_url) as store:
        assert store.version().number == 1
        assert len(store.snapshot().nodes("Organisation")) == 200


def test_a_write_that_breaks_half_way_leaves_the_store_as_it_was(store: Store) -> None:
    load(store, A.batch(["o1"], signed=["o1"]))
    before = store.version().number, store.digest(), store.history()
    plan = store.plan(B.batch(["o2", "o3"], signed=["o2", "o3"]))
    plan.tables["SIGNED"].written[-1].values["source"] = object()
    with pytest.raises(Exception, match=r".+"):
        store.apply(plan)
    assert (store.version().number, store.digest(), store.history()) == before
    load(store, B.batch(["o2", "o3"], signed=["o2", "o3"]))
    assert store.snapshot().count_relationships() == {"SIGNED": 3}


def test_several_contracts_live_side_by_side(store: Store) -> None:
    other = Book("autre", contract="AURA")
    builder = A.builder()
    builder.territory("commune", "69123", 2025, name="Lyon")
    load(store, A.batch(["o1"], signed=["o1"]), other.batch(["o1"], signed=["o1"]), builder.build())
    whole = store.snapshot()
    assert whole.contracts == ("AURA", "CES")
    one = store.snapshot(Selection(contract="AURA"))
    assert one.nodes("Organisation").index.tolist() == ["AURA/organisation/o1"]
    assert one.relationships("SIGNED")["source"].tolist() == ["AURA/organisation/o1"]
    assert one.count_nodes()["Territory"] == 1
    with pytest.raises(UsageError, match="Contrats de la base : AURA, CES"):
        store.snapshot(Selection(contract="CSE"))


def test_the_digest_depends_on_the_content_alone(store: Store) -> None:
    load(store, A.batch(["o1", "o2"], signed=["o1"]))
    straight = store.digest()
    store.undo()
    assert store.digest() != straight
    load(store, B.batch(["o2"]))
    load(store, A.batch(["o1", "o2"], signed=["o1"]))
    assert store.digest() == straight


def test_many_rows_take_many_pages(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (
        "graphmodel.stores.neo4j.PAGE",
        "graphmodel.stores.neo4j.CHUNK",
        "graphmodel.stores.sqlite._CHUNK",
    ):
        monkeypatch.setattr(name, 7)
    names = [f"{number:02}" for number in range(21)]
    load(store, A.batch(names, signed=names))
    assert store.snapshot().nodes("Organisation")["id"].tolist() == names
    assert [r.key for r in store.read_all("SIGNED")] == sorted(
        f"CES/organisation/{n}>SIGNED>CES" for n in names
    )
    assert store.plan(A.batch(names, signed=names)).empty
    counts = load(store, A.batch(names[:7], signed=names[:7]), replace=True)
    assert counts["relationships"] == EMPTY_COUNTS | {"removed": 14, "unchanged": 7}
    assert store.snapshot().count_nodes() == {"Contract": 1, "Organisation": 7}


def test_absent_keys_are_left_out(store: Store) -> None:
    load(store, A.batch(["o1"]))
    assert store.read("Organisation", ["nobody"]) == {}
    assert store.read("Need", ["nobody"]) == {}
    assert store.read("Organisation", []) == {}
    assert store.taken_back(99) == {}


def test_a_record_comes_back_as_it_was_written(store: Store) -> None:
    source = Source("f", "f.xlsx", "0" * 64, "workbook", fictional=True)
    builder = BatchBuilder(source, contract=CONTRACT)
    builder.node(
        "Contract", CONTRACT, {"signature_date": datetime.date(2014, 2, 3), "comparison": {"b": 1, "a": []}}
    )
    plan = store.plan(builder.build())
    written = plan.tables["Contract"].written
    store.apply(plan)
    assert list(store.read_all("Contract")) == written
    assert store.read("Contract", [CONTRACT]) == {CONTRACT: written[0]}


def test_every_table_of_the_schema_can_be_read(store: Store) -> None:
    assert all(list(store.read_all(table)) == [] for table in SCHEMA.tables)
    assert all(list(store.columns(table, None).get("key", ())) == [] for table in SCHEMA.tables)


def test_a_write_of_a_record_that_is_nowhere_to_be_changed_is_refused_on_the_server(neo4j_url: str) -> None:
    with open_store(neo4j_url) as store:
        load(store, A.batch(["o1"]))
        ghost = Record("CES/organisation/ghost", {"key": "CES/organisation/ghost"}, ())
        writes = Writes({"Organisation": [ghost]}, {}, {"Organisation": {ghost.key: ghost}})
        with pytest.raises(StoreChangedError, match="supprimés ou renommés"):
            store.commit(writes, Load(2, "2017-03-01", "", [], {}), 1)
        assert store.version().number == 1
