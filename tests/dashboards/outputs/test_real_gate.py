"""Sheets and amounts through the gate itself: one pilot an action, no amount of a place may be told."""

from pathlib import Path

import pytest

from dashboards import words
from dashboards.amount_tables import COLUMNS, amount_rows, published_rows
from dashboards.sheets import Desk
from dashboards.sheets.content import Sheet
from dashboards.sheets.web import sheet_html
from graphmodel import ContractGraph, open_store
from graphmodel.evaluation import Evaluation
from tests.dashboards.outputs.conftest import SHEET
from tests.support.small_store import UNREACHED

Published = tuple[ContractGraph, Evaluation]


@pytest.fixture(scope="module")
def sheets(small_path: Path, published: Published) -> dict[str, Sheet]:
    """Return the sheet of a commune reached by two actions, and of one that none reaches."""
    graph, evaluation = published
    with open_store(f"sqlite:///{small_path}") as store:
        desk = Desk(store, graph, "publication", evaluation)
        return {code: desk.sheet(code) for code in (SHEET, UNREACHED)}


def test_the_gate_withholds_what_one_pilot_was_paid(sheets: dict[str, Sheet], published: Published) -> None:
    _, evaluation = published
    gated = [value for value in evaluation.values
             if value.indicator == "T06" and value.measure == "amount" and value.params["territory"] == SHEET
             and value.params["year"] in ("2014", "2015")]  # fmt: skip
    assert gated
    assert all(value.value is None and value.secrecy in ("A", "B", "D") for value in gated)
    sheet = sheets[SHEET]
    assert sheet.cards[4].figure == words.SECRET
    assert sheet.actions is not None
    assert {row[-1] for row in sheet.actions.rows} == {words.SECRET}
    said = sheet_html(sheet)
    for euros in ("12345", "12\u202f345", "12454", "12\u202f454", "24909", "24\u202f909"):
        assert euros not in said


def test_a_territory_that_nothing_reaches_has_a_full_sheet(sheets: dict[str, Sheet]) -> None:
    sheet = sheets[UNREACHED]
    assert sheet.actions is None
    told = " ".join(strong for strong, _ in sheet.around)
    assert all(part in told for part in ("À côté", "À qui demander", "Territoires comparables"))
    assert sheet.map is not None
    assert "non signataire" in sheet.subtitle


def test_a_published_table_tells_only_what_the_gate_lets_out(published: Published) -> None:
    graph, evaluation = published
    rows = published_rows(graph, evaluation, [2014])
    assert all(len(row) == len(COLUMNS) for row in rows)
    full = {row[3]: row[4] for row in amount_rows(graph, [2014], ["places"]) if row[2] == "collectivité"}
    told = {row[3]: row[4] for row in rows if row[2] == "collectivité"}
    assert set(told) == set(full)
    assert told["Ville de Die"] == words.SECRET
    assert told["Ville de Bourg"] == 0
    assert all(told[name] in (words.SECRET, full[name]) for name in told)
    assert {row[5] for row in rows if row[2] == "collectivité"} == {"non publié", "périmètre inconnu"}
