"""`maillage evaluate` on the fictional MINI set, laid beside what an independent program finds."""

import json
import math
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from dashboards.cli import evaluating, run
from graphmodel import open_store
from graphmodel.indicators import EvaluationContext, IndicatorValue, compute, indicators
from graphmodel.indicators.value import Interval


@pytest.fixture
def mini(shared: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> str:
    store = str(tmp_path / "mini.sqlite")
    assert run(["load", str(shared / "method" / "fixture_mini.json"), "--store", store, "--quiet"]) == 0
    capsys.readouterr()
    return store


def values_of(store: str, capsys: pytest.CaptureFixture[str], *words: str) -> list[dict[str, Any]]:
    assert run(["evaluate", "--store", store, "--format", "json", *words]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["schema"] == "maillage/evaluate/1"
    assert document["mode"] == "working"
    values: list[dict[str, Any]] = document["values"]
    return values


def identity(indicator: str, params: dict[str, str], measure: str | None) -> tuple[str, str | None, str]:
    return indicator, measure, json.dumps(params, sort_keys=True)


def test_every_value_expected_of_the_set_is_found(
    mini: str, shared: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    expected = json.loads((shared / "method" / "fixture_mini_expected.json").read_text(encoding="utf-8"))
    found = {identity(v["indicator"], v["params"], v["measure"]): v for v in values_of(mini, capsys)}
    wrong = []
    for name in indicators().keys() & expected.keys():
        for label, entry in expected[name].items():
            params = dict(entry["params"])
            measure = params.pop("measure", None)
            ours = found.get(identity(name, params, measure))
            if ours is None or not same(ours, entry):
                wrong.append((name, label, ours and ours["value"], entry["value"]))
    assert wrong == []


def same(ours: dict[str, Any], entry: dict[str, Any]) -> bool:
    if entry["value"] is None or ours["value"] is None:
        return bool(entry["value"] is ours["value"] and ours["reason"])
    if isinstance(entry["value"], str):
        return bool(ours["value"] == entry["value"])
    return bool(abs(ours["value"] - entry["value"]) <= entry["tolerance"] + 1e-9 and ours["n"] == entry["n"])


def test_values_are_chosen_by_question_indicator_and_year(
    mini: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert {v["question"] for v in values_of(mini, capsys, "--question", "1")} == {1}
    chosen = values_of(mini, capsys, "--indicator", "S01", "--year", "2015")
    assert {(v["indicator"], v["params"]["year"]) for v in chosen} == {("S01", "2015")}
    assert run(["evaluate", "--store", mini, "--indicator", "S99"]) == 2
    assert run(["evaluate", "--store", mini, "--indicator", "S01", "--question", "4"]) == 2
    assert run(["evaluate", "--store", mini, "--format", "pdf"]) == 2


def test_the_table_is_french_and_says_why_a_value_is_missing(
    mini: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["evaluate", "--store", mini, "--question", "4"]) == 0
    text = capsys.readouterr().out
    assert "non calculable" in text
    assert "feuille « Bilans »" in text


def test_a_workbook_is_written_with_typed_cells(mini: str, tmp_path: Path) -> None:
    from python_calamine import CalamineWorkbook

    out = tmp_path / "valeurs.xlsx"
    assert (
        run(["evaluate", "--store", mini, "--indicator", "S01", "--format", "xlsx", "--out", str(out)]) == 0
    )
    rows = CalamineWorkbook.from_path(str(out)).get_sheet_by_name("Valeurs").to_python()
    assert rows[0][0] == "Indicateur"
    assert all(isinstance(row[3], float) for row in rows[1:] if row[9] == "")
    assert run(["evaluate", "--store", mini, "--format", "xlsx"]) == 2


def test_an_interval_without_upper_bound_is_written_in_every_format(
    mini: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from python_calamine import CalamineWorkbook

    open_ended = replace(known_value(mini), interval=Interval(0.25, math.inf, "score", 0.95))
    monkeypatch.setattr(evaluating, "compute", lambda *_: [open_ended])
    monkeypatch.setattr(evaluating, "conclude", lambda values, _: SimpleNamespace(values=values))
    out = tmp_path / "valeurs.xlsx"
    words = ["evaluate", "--quiet", "--store", mini, "--indicator", "S01"]
    assert run([*words, "--format", "xlsx", "--out", str(out)]) == 0
    row = CalamineWorkbook.from_path(str(out)).get_sheet_by_name("Valeurs").to_python()[1]
    assert row[6:8] == [0.25, "∞"]
    capsys.readouterr()
    assert run(words) == 0
    assert "[0,2500 ; ∞]" in capsys.readouterr().out
    assert values_of(mini, capsys, "--indicator", "S01")[0]["interval"]["high"] is None


def known_value(store: str) -> IndicatorValue:
    with open_store(store) as opened:
        context = EvaluationContext(opened.snapshot())
    return next(value for value in compute(context, ["S01"]) if value.value is not None)


def test_the_whole_demonstration_is_evaluated(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store = str(tmp_path / "demo.sqlite")
    assert run(["load", "convention", "demonstration", "--store", store, "--quiet"]) == 0
    capsys.readouterr()
    values = values_of(store, capsys, "--quiet")
    assert {v["indicator"] for v in values} == set(indicators())
    names = [identity(v["indicator"], v["params"], v["measure"]) for v in values]
    assert len(names) == len(set(names))
    assert all(v["reason"] for v in values if v["value"] is None)
