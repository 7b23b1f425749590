"""`maillage evaluate` on the fictional MINI set, laid beside what an independent program finds."""

import json
import math
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dashboards.cli import evaluating, run
from graphmodel import ContractGraph
from graphmodel.evaluation import Evaluation, evaluate_contract
from graphmodel.indicators import indicators
from graphmodel.indicators.intervals import Interval
from graphmodel.secrecy import Mode


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
    assert expected.keys() <= indicators().keys()
    assert sum(map(len, expected.values())) == 1463
    for name in expected:
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
    assert "feuille «\xa0Bilans\xa0»" in text


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

    real = evaluate_contract

    def open_ended(
        graph: ContractGraph, asked: Collection[str] | None = None, mode: Mode = "working"
    ) -> Evaluation:
        found = real(graph, asked, mode)
        first = replace(found.values[0], interval=Interval(0.25, math.inf, "score", 0.95))
        return replace(found, values=(first,))

    monkeypatch.setattr(evaluating, "evaluate_contract", open_ended)
    out = tmp_path / "valeurs.xlsx"
    words = ["evaluate", "--quiet", "--store", mini, "--indicator", "S01"]
    assert run([*words, "--format", "xlsx", "--out", str(out)]) == 0
    row = CalamineWorkbook.from_path(str(out)).get_sheet_by_name("Valeurs").to_python()[1]
    assert row[6:8] == [0.25, "∞"]
    capsys.readouterr()
    assert run(words) == 0
    assert "[0,2500\u202f; ∞]" in capsys.readouterr().out
    assert values_of(mini, capsys, "--indicator", "S01")[0]["interval"]["high"] is None


def test_a_territory_or_a_year_that_nothing_speaks_of_is_refused_with_suggestions(
    mini: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for words, told in (
        (["--year", "2031"], "Années les plus proches"),
        (["--territory", "Greoble"], "Grenoble"),
        (["--indicator", "S01", "--territory", "K1"], "Aucune valeur pour S01 et le territoire K1"),
    ):
        capsys.readouterr()
        assert run(["evaluate", "--store", mini, *words]) == 2
        assert told in capsys.readouterr().err.replace("\n", " ")


def test_parameters_are_told_in_french_and_the_factor_of_double_count_stands_below(
    mini: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["evaluate", "--store", mini, "--indicator", "T06"]) == 0
    text = capsys.readouterr().out.replace("\u202f", " ").replace("\xa0", " ")
    assert "sans les actions régionales" in text
    assert "ubiquitous" not in text
    assert "level=" not in text
    assert text.startswith("Document de travail")
    assert "ces lignes ne s’additionnent pas" in text
    assert "le hasard seul en établirait" in text


def test_a_publication_says_its_mode_and_keeps_secret_values_null(
    mini: str, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["evaluate", "--store", mini, "--indicator", "T06", "--format", "json"]
    assert run([*words, "--mode", "publication"]) == 0
    published = json.loads(capsys.readouterr().out)
    assert run(words) == 0
    working = json.loads(capsys.readouterr().out)
    assert (published["mode"], working["mode"]) == ("publication", "working")
    assert [v["secrecy"] for v in published["values"]] == [v["secrecy"] for v in working["values"]]
    assert {v["secrecy"] for v in working["values"]} >= {"A", "V"}
    for shown, known in zip(published["values"], working["values"], strict=True):
        if shown["secrecy"] == "V":
            assert shown["value"] == known["value"]
        else:
            assert shown["value"] is None
            assert shown["n"] is None
            assert "secret statistique" in shown["reason"]


def test_the_whole_demonstration_is_evaluated(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store = str(tmp_path / "demo.sqlite")
    assert run(["load", "convention", "demonstration", "--store", store, "--quiet"]) == 0
    capsys.readouterr()
    values = values_of(store, capsys, "--quiet")
    assert {v["indicator"] for v in values} == set(indicators())
    names = [identity(v["indicator"], v["params"], v["measure"]) for v in values]
    assert len(names) == len(set(names))
    assert all(v["reason"] for v in values if v["value"] is None)


def test_a_contract_without_any_year_is_evaluated(
    shared: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = json.loads((shared / "method" / "fixture_mini.json").read_text(encoding="utf-8"))
    file, store = tmp_path / "sans_annee.json", str(tmp_path / "sans_annee.sqlite")
    file.write_text(json.dumps(data | {"participe": {}}), encoding="utf-8")
    assert run(["load", str(file), "--store", store, "--quiet"]) == 0
    capsys.readouterr()
    values = values_of(store, capsys)
    assert {value["indicator"] for value in values} == set(indicators())
    assert [value for value in values if value["value"] is None and not value["reason"]] == []
