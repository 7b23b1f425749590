"""A store written in the template and read back is the same store."""

from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from graphmodel import SCHEMA, ContractGraph, Store, UsageError, open_store
from graphmodel.frames import records_of
from loaders.filling import store_content
from loaders.filling.cells import shown_code

from .conftest import FULL, Writer, copy_of, fill, read_back

NOTHING = {"added": 0, "changed": 0, "removed": 0}
DERIVED = {"fictional", "source_count", "conflicts", "position"}


def frame_of(graph: ContractGraph, table: str) -> pd.DataFrame:
    """Return the nodes or the relationships of a table."""
    return graph.nodes(table) if table in SCHEMA.nodes else graph.relationships(table)


def assert_nothing_changes(store: Store, write: Writer) -> None:
    """Write a store in the template, plan to load it, and see that nothing would change."""
    path = write(store, copy_of(store))
    plan = store.plan(read_back(store, path), replace=True)
    for counts in plan.counts().values():
        assert {kind: counts[kind] for kind in NOTHING} == NOTHING
        assert counts["unchanged"] > 10
    assert plan.empty
    assert store.apply(plan) is None


def test_small_contract_comes_back(tmp_path: Path, shared: Path, write: Writer) -> None:
    with open_store(f"sqlite:///{tmp_path}/mini.sqlite", create=True) as store:
        fill(store, shared / "method" / "fixture_mini.json")
        assert_nothing_changes(store, write)


def test_every_key_of_the_exchange_form_comes_back(tmp_path: Path, write: Writer) -> None:
    with open_store(f"sqlite:///{tmp_path}/full.sqlite", create=True) as store:
        fill(store, FULL)
        assert_nothing_changes(store, write)


def test_every_key_of_the_exchange_form_comes_back_on_a_server(neo4j_url: str, write: Writer) -> None:
    with open_store(neo4j_url, create=True) as store:
        fill(store, FULL)
        assert_nothing_changes(store, write)


def test_demonstration_comes_back(demonstration: Path, write: Writer) -> None:
    with open_store(f"sqlite:///{demonstration}") as store:
        assert_nothing_changes(store, write)


def test_demonstration_comes_back_on_a_server(neo4j_url: str, write: Writer) -> None:
    with open_store(neo4j_url, create=True) as store:
        fill(store, "convention", "demonstration")
        assert_nothing_changes(store, write)


def test_everything_people_know_is_in_the_copy(demonstration: Path, write: Writer) -> None:
    """What the copy says covers every row of the tables that people fill."""
    tables = (
        "Action", "TAKES_PART_IN", "TAKES_PLACE_IN", "Funding", "FUNDS", "Report", "SUBMITTED_BY", "Measure",
        "REPORTS", "Ptce", "MEMBER_OF", "Sector", "SITS_IN", "Meeting", "INVITED_TO", "ATTENDED", "EXCUSED",
        "Need", "EXPRESSES", "ANSWERS", "PolicyAct", "ADOPTS", "SUPPORTS", "Observation", "Finding",
        "CONTRIBUTES_TO", "ADMINISTERS", "Organisation", "GovernanceBody", "Document",
    )  # fmt: skip
    with open_store(f"sqlite:///{demonstration}") as store:
        content, left = store_content(store.snapshot())
        batch = read_back(store, write(store, content))
        graph = store.snapshot()
    assert left.sentences() == []
    for table in tables:
        assert {row.key for row in batch.rows[table]} == set(frame_of(graph, table).index), table


def test_copy_alone_makes_the_reports_again_in_another_store(
    demonstration: Path, tmp_path: Path, write: Writer
) -> None:
    """In a store that holds the convention and the zones, the copy brings the reports back whole."""
    with open_store(f"sqlite:///{demonstration}") as store:
        path, first = write(store, copy_of(store)), store.snapshot()
    with open_store(f"sqlite:///{tmp_path}/other.sqlite", create=True) as other:
        from loaders.demonstration import load_demonstration

        fill(other, "convention")
        other.apply(other.plan(load_demonstration()[:3]))
        other.apply(other.plan(read_back(other, path)))
        second = other.snapshot()
    assert second.count_nodes() == first.count_nodes()
    for table in ("Organisation", "TAKES_PART_IN", "BASED_IN", "Funding", "SUPPORTS", "Need", "Observation"):
        mine, theirs = (
            [{k: v for k, v in row.items() if k not in DERIVED} for row in records_of(frame)]
            for frame in (
                (g.nodes(table) if table in g.count_nodes() else g.relationships(table))
                for g in (first, second)
            )
        )
        assert mine == theirs, table


def test_value_changed_in_a_copy_is_a_conflict_with_its_source(tmp_path: Path, write: Writer) -> None:
    with open_store(f"sqlite:///{tmp_path}/full.sqlite", create=True) as store:
        fill(store, FULL)
        path = write(store, copy_of(store))
        book = openpyxl.load_workbook(path)
        page = book["Financements"]
        column = [cell.value for cell in page[1]].index("Montant (€)") + 1
        row = next(r for r in range(2, page.max_row + 1) if page.cell(r, column).value == 118000.07)
        page.cell(row, column).value = 1
        book.save(path)
        store.apply(store.plan(read_back(store, path)))
        funding = store.snapshot().nodes("Funding").loc["FICTI-2014-2016/funding/I_1.1-Région-2014-agreed"]
        assert funding["conflicts"] == "amount"
        assert store.plan(read_back(store, path), replace=True).empty


def test_row_added_to_a_copy_is_added_once(tmp_path: Path, write: Writer) -> None:
    with open_store(f"sqlite:///{tmp_path}/full.sqlite", create=True) as store:
        fill(store, FULL)
        content = copy_of(store)
        content.add("Organisations", id="FICTI-NEUVE", name="Ficti-neuve", seat="K1")
        path = write(store, content)
        plan = store.plan(read_back(store, path))
        assert plan.counts()["nodes"]["added"] == 1
        store.apply(plan)
        assert store.plan(read_back(store, path), replace=True).empty
        graph = store.snapshot()
        key = "FICTI-2014-2016/organisation/FICTI-NEUVE"
        assert bool(graph.nodes("Organisation").loc[key, "fictional"])
        seats = graph.relationships("BASED_IN")
        assert list(seats.loc[seats["source"] == key, "precision"]) == ["siège"]


def test_copy_is_no_source_more(demonstration: Path, write: Writer) -> None:
    with open_store(f"sqlite:///{demonstration}") as store:
        before = store.snapshot().nodes("Measure")["source_count"].max()
        store.apply(store.plan(read_back(store, write(store, copy_of(store)))))
        assert store.snapshot().nodes("Measure")["source_count"].max() == before


def test_empty_store_has_nothing_to_copy(tmp_path: Path) -> None:
    with (
        open_store(f"sqlite:///{tmp_path}/empty.sqlite", create=True) as store,
        pytest.raises(UsageError, match="aucun contrat"),
    ):
        store_content(store.snapshot())


@pytest.mark.parametrize(
    "text", ["=1+1", "+33 4 00", "-5 %", "@moi", "A & <b>", "l’été\nsuite", "0123", "1,5"]
)
def test_texts_come_back_as_they_were(tmp_path: Path, write: Writer, text: str) -> None:
    """A text that looks like a formula, a number or markup stays that text."""
    with open_store(f"sqlite:///{tmp_path}/full.sqlite", create=True) as store:
        fill(store, FULL)
        content = copy_of(store)
        content.add("Organisations", id="FICTI-NEUVE", name=text, note=text)
        store.apply(store.plan(read_back(store, write(store, content))))
        row = store.snapshot().nodes("Organisation").loc["FICTI-2014-2016/organisation/FICTI-NEUVE"]
        assert (row["name"], row["note"]) == (text, text)
        assert_nothing_changes(store, write)


def test_code_as_shown() -> None:
    assert [shown_code(code) for code in ("II_1.1", "a_b", "ANIMATION")] == ["II.1.1", "a_b", "ANIMATION"]
