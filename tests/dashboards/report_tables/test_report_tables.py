"""Tables of the report: cells agree with heads, totals with rows, files with tables; secrets stay."""

import csv
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import python_calamine

from dashboards.report_tables import REPORT_TABLES, ReportTable, report_table, write_report_table
from dashboards.report_tables.table import bounds, share
from graphmodel import ContractGraph, UsageError, open_store
from graphmodel.evaluation import Evaluation, evaluate_contract
from graphmodel.indicators import EvaluationContext, IndicatorValue
from graphmodel.indicators.intervals import wilson
from loaders.convention import load_convention
from tests.graphmodel.indicators.sets import context_of
from tests.support.told_demonstration import evaluation_of_values

Told = tuple[ContractGraph, Evaluation]
COMMAND = "maillage export table --kind tb2 --out tb2.csv"


def proportion(value: float | None, n: int, **changed: Any) -> IndicatorValue:
    """Return a proportion of units, with Wilson's interval."""
    made = IndicatorValue(
        "T02", "share_qpv", {}, 3, "E3.1", "actions", True, value, "proportion", n,
        None if value is None else wilson(round(value * n), n), reason="aucun QPV" if value is None else None,
    )  # fmt: skip
    return replace(made, **changed)


def section_rows(table: ReportTable) -> list[list[tuple[Any, ...]]]:
    """Return the values of the data rows, then of the total, of each section."""
    found: list[list[tuple[Any, ...]]] = []
    for row in table.rows:
        if row.level == "section":
            found.append([])
        else:
            found[-1].append(tuple(cell.value for cell in row.cells))
    return found


@pytest.mark.parametrize("kind", REPORT_TABLES)
def test_a_table_holds_together(demonstration: Told, kind: str) -> None:
    made = report_table(kind, *demonstration)
    assert made.empty is None
    assert made.rows
    assert made.fictional
    for row in made.rows:
        assert len(row.cells) == (1 if row.level == "section" else len(made.columns))
    texts = [text for row in made.texts() for text in row]
    assert not any(text in ("None", "nan") or text.startswith(":") for text in texts)
    marks = {cell.note for row in made.rows for cell in row.cells if cell.note}
    assert marks <= {note[0] for note in made.notes if note[1:2] == " "}
    assert all(note.endswith(".") for note in made.notes)
    assert made.source.startswith("Source")
    for column in made.columns:
        assert column.align in ("l", "c", "r")
    if kind in ("tb4", "tb5", "tb6", "tb8"):
        assert not any(re.fullmatch(r"\d+(,\d+)?\u202f%", text) for text in texts if text != "100\u202f%")


def test_totals_of_money_equal_their_rows(demonstration: Told) -> None:
    made = report_table("tb2", *demonstration)
    for rows in section_rows(made):
        *funders, total = rows
        for at in (1, 2, 3, *range(5, len(made.columns))):
            assert sum(row[at] or 0 for row in funders) == pytest.approx(total[at])
        assert sum(total[5:]) == pytest.approx(total[3])
        assert total[4] == pytest.approx(total[3] / total[1])


def test_no_secret_sum_is_the_only_one_of_its_row_or_column(tmp_path: Path) -> None:
    names = "ABCDEFGH"
    lines = [
        {"action": f"a{i}", "financeur": f, "annee": "2014", "nature": n, "montant": 1000 * i + 7 * ord(f[0])}
        for i in range(1, 9)
        for f in ("R", "S")
        for n in ("paye", "prevu")
        if not (f == "S" and i in (1, 2))
    ]
    context = context_of(
        tmp_path,
        operateurs={name: {"monde": "ESS", "famille": "association", "siege": "K1"} for name in names},
        actions={f"a{i}": {"axe": "I" if i < 5 else "II"} for i in range(1, 9)},
        participe={"2014": {f"a{i}": [names[i - 1]] for i in range(1, 9)}},
        porteur={"2014": {f"a{i}": names[i - 1] for i in range(1, 9)}},
        financements=lines,
        concours_contrat=["R", "S"],
    )
    told = evaluate_contract(context.graph, ["G04"], "publication")
    made = report_table("tb2", context.graph, told)
    paid = [3, *range(5, len(made.columns))]
    ((*funders, total),) = section_rows(made)
    assert any(row[at] is None for row in funders for at in paid)  # two pilots: S in axis I is secret
    assert any(row[at] is not None for row in funders for at in paid)
    for row in (*funders, total):
        assert sum(row[at] is None for at in paid) != 1
    for at in paid:
        assert sum(row[at] is None for row in (*funders, total)) != 1


def test_what_is_withheld_is_a_word_and_no_value(withheld: Told, tmp_path: Path) -> None:
    made = report_table("tb2", *withheld)
    paid = [cell for row in made.rows if row.level != "section" for cell in (row.cells[3], *row.cells[5:])]
    assert {cell.text for cell in paid} <= {"secret", "—"}
    assert {cell.value for cell in paid} == {None}
    assert any("par soustraction" in note for note in made.notes)
    write_report_table(tmp_path / "tb2.csv", made, withheld[0], COMMAND)
    assert "Mode : publication." in (tmp_path / "tb2.csv").read_text("utf-8-sig")


def test_under_twenty_units_a_proportion_is_counted() -> None:
    assert share(proportion(0.3, 10), "working").text == "3 sur 10 [11\u202f; 60]"
    assert share(proportion(0.5, 40), "working").text == "50\u202f% [35\u202f; 65]"
    assert share(proportion(None, 0), "working").text == "n. c."
    assert share(None, "working").text == "—"
    # A share of money does not count units, however few the actions it rests on.
    money = proportion(0.37, 18, interval=None)
    assert share(money, "working").text == "37\u202f%"
    hidden = proportion(None, 0, secrecy="A")
    assert share(hidden, "publication").text == "secret"
    assert bounds(proportion(0.3, 10, interval=None), 100, 0) == ""


def test_places_are_counted_whole_and_never_summed(demonstration: Told) -> None:
    made = report_table("tb3", *demonstration)
    *actions, total = [row.cells for row in made.rows]
    for at in range(2, len(made.columns) - 1):
        marks = [row[at].text for row in actions]
        assert set(marks) <= {"C", "I", "A", "CA", "IA", "R", "—", "?"}
        if total[at].value is not None:
            assert total[at].value == sum(mark not in ("R", "—") for mark in marks)
    assert any("ne s’additionnent" in note for note in made.notes)


def test_waves_repeat_the_evaluation(demonstration: Told) -> None:
    graph, told = demonstration
    made = report_table("tb7", graph, told)
    row = next(row for row in made.rows if row.cells[0].text == "Densité observée")
    found = {
        (v.params["year"], v.params["pivot"]): v.value
        for v in told.values
        if v.indicator == "S02" and v.measure == "density" and v.params["cohort"] == "union"
        if v.params["level"] == "X"
    }
    years = (2014, 2015, 2016)
    assert [cell.value for cell in row.cells[1:]] == [
        found[str(year), run] for year in years for run in ("with", "without")
    ]


@pytest.mark.parametrize("kind", [kind for kind in REPORT_TABLES if kind not in ("tb1", "tb3")])
def test_a_table_without_data_says_why(graph: ContractGraph, kind: str) -> None:
    context = EvaluationContext(graph.select(years=[2016]))
    made = report_table(kind, context.graph, evaluation_of_values(context, ()))
    assert made.empty
    assert not made.rows
    with pytest.raises(UsageError, match="n’est pas un tableau"):
        report_table("tb9", graph, evaluation_of_values(context, ()))


def test_files_are_read_again_with_the_same_values(demonstration: Told, tmp_path: Path) -> None:
    made = report_table("tb2", *demonstration)
    path = write_report_table(tmp_path / "tb2.xlsx", made, demonstration[0], COMMAND)
    book = python_calamine.CalamineWorkbook.from_path(path)
    assert book.sheet_names == ["À lire", "Tb2, mots", "Tb2, valeurs"]
    values = book.get_sheet_by_name("Tb2, valeurs").to_python()
    assert values[2][3] == pytest.approx(made.rows[1].cells[3].value)
    assert any(COMMAND in map(str, row) for row in book.get_sheet_by_name("À lire").to_python())
    again = write_report_table(tmp_path / "again.xlsx", made, demonstration[0], COMMAND)
    assert path.read_bytes() == again.read_bytes()
    text = write_report_table(tmp_path / "tb2.csv", made, demonstration[0], COMMAND)
    with text.open(encoding="utf-8-sig", newline="") as stream:
        lines = list(csv.reader(stream, delimiter=";"))
    assert lines[0][:3] == ["Financeur", "Prévu", "Conventionné"]
    assert [line[0] for line in lines[1 : len(made.rows) + 1]] == [row[0] for row in made.texts()]
    assert lines[-1][0].startswith("Données fictives")
    with pytest.raises(UsageError, match="n’est pas un format de tableau"):
        write_report_table(tmp_path / "tb2.pdf", made, demonstration[0], COMMAND)


def test_the_convention_alone_gives_what_it_promises_and_nothing_more(tmp_path: Path) -> None:
    with open_store(f"sqlite:///{tmp_path / 'convention.sqlite'}", create=True) as store:
        store.apply(store.plan(load_convention()), author="essai")
        graph = store.snapshot()
    made = report_table("tb2", graph, evaluate_contract(graph, ["G04"], "publication"))
    assert [row[1] for row in made.texts()[1:]] == [
        "2\u202f387,5", "1\u202f000,0", "1\u202f085,2", "4\u202f472,7",
    ]  # fmt: skip
    assert {cell for row in made.texts()[1:] for cell in row[2:]} == {"—"}
    assert not made.fictional
