"""The content of a store as tables: what stands in them, and what never leaves."""

import pytest

from dashboards.data_tables import WITHHELD, Table, tables_of
from graphmodel import BatchBuilder, ContractGraph, Source
from tests.dashboards.conftest import graph_of


def small() -> ContractGraph:
    builder = BatchBuilder(
        Source(id="essai", name="essai.xlsx", sha256="0" * 64, kind="workbook", author="Essai"), contract="C"
    )
    builder.node("Contract", "C", {"start_year": 2014, "end_year": 2016}, name="Contrat")
    action = builder.node("Action", "I_1.1", {"coded": True}, at=2014, name="Former")
    person = builder.node(
        "Organisation", "A", {"address": "1, rue de la Paix", "world": "classic"}, name="=A()"
    )
    body = builder.node("GovernanceBody", "CP", {}, name="Comité")
    meeting = builder.node("Meeting", "M", {}, name="Réunion")
    builder.relationship("PART_OF", meeting, body, {})
    remark = builder.node("Remark", "R", {"speaker": "Mme X"}, name="Remarque")
    builder.relationship("PART_OF", remark, meeting, {})
    builder.relationship("TAKES_PART_IN", person, action, {"role": "pilot", "year": 2014, "basis": "report"})
    for rank, (kind, amount) in enumerate((("paid", 1_050), ("planned", 200_000), ("paid", None))):
        funding = builder.node("Funding", f"F{rank}", {"year": 2014, "kind": kind, "amount": amount})
        builder.relationship("FUNDS", person, funding, {})
        builder.relationship("ABOUT", funding, action, {})
    return graph_of(builder)


def column(table: Table, title: str) -> list[object]:
    rank = [column.title for column in table.columns].index(title)
    return [row[rank] for row in table.rows]


@pytest.fixture(scope="module")
def published() -> dict[str, Table]:
    return {table.name: table for table in tables_of(small())}


def test_amounts_are_euros_and_words_are_french(published: dict[str, Table]) -> None:
    funding = published["Funding"]
    assert column(funding, "Montant (€)") == [WITHHELD, 2000.0, None]
    assert column(published["TAKES_PART_IN"], "Rôle") == ["porteur"]
    assert column(published["TAKES_PART_IN"], "Année") == [2014]


def test_what_reports_paid_is_withheld_and_counted_but_what_parties_announce_is_not(
    published: dict[str, Table],
) -> None:
    assert published["Funding"].withheld == 1
    working = {table.name: table for table in tables_of(small(), "working")}
    assert column(working["Funding"], "Montant (€)") == [10.5, 2000.0, None]
    assert sum(table.withheld for table in working.values()) == 0


def test_personal_data_leave_only_in_working_mode(published: dict[str, Table]) -> None:
    texts = [str(cell) for table in published.values() for row in table.rows for cell in row]
    assert not any("Mme X" in text or "rue de la Paix" in text for text in texts)
    working = [str(cell) for table in tables_of(small(), "working") for row in table.rows for cell in row]
    assert any("Mme X" in text for text in working)


def test_a_column_of_nothing_is_left_out_and_every_row_is_whole(published: dict[str, Table]) -> None:
    for table in published.values():
        assert all(len(row) == len(table.columns) for row in table.rows)
        for rank in range(len(table.columns)):
            assert any(row[rank] is not None for row in table.rows), table.columns[rank]
    assert "Deliberation" not in published
