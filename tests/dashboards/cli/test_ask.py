"""`maillage ask`: the list, a table, JSON, and what is told when the question is wrong."""

import json
from pathlib import Path

import pytest

from dashboards.cli import run
from dashboards.cli.asking import text_of
from graphmodel import open_store
from graphmodel.batch import BatchBuilder, Source
from graphmodel.questions import QUESTIONS, Column, ask, find_question
from graphmodel.stores import Store
from tests.graphmodel.indicators.sets import BASE
from tests.graphmodel.mini import MiniBuilder

HOSTILE = (
    "' OR 1=1 //", "`) DETACH DELETE n //", "</script>", '=HYPERLINK("x")', "$contract", "\\", "😀\x1b[2J",
)  # fmt: skip


def fill(store: Store) -> None:
    """Write the MINI set, and actors whose names break what is quoted or printed badly."""
    mini = MiniBuilder()
    for i, name in enumerate(HOSTILE):
        organisation = mini.builder.node("Organisation", f"H{i}", {"world": "ess"}, name=name)
        values = {"role": "partner", "year": 2014, "basis": "report"}
        mini.builder.relationship("TAKES_PART_IN", organisation, ("Action", "MINI/action/a2"), values)
    store.apply(store.plan(mini.builder.build()))


@pytest.fixture
def path(tmp_path: Path) -> str:
    with open_store(tmp_path / "mini.sqlite", create=True) as store:
        fill(store)
    return str(tmp_path / "mini.sqlite")


def test_without_a_name_every_question_is_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["ask"]) == 0
    text = capsys.readouterr().out
    assert all(question.sentence in text and name in text for name, question in QUESTIONS.items())
    assert run(["ask", "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["schema"] == "maillage/ask/1"
    assert [entry["question"] for entry in document["questions"]] == list(QUESTIONS)


def test_json_names_its_columns(path: str, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["ask", "reseau-de-cooperation", "--param", "annee=2015", "--store", path, "--json"]
    assert run(words) == 0
    document = json.loads(capsys.readouterr().out)
    told = {"schema", "question", "sentence", "params", "columns", "rows", "mode", "secret"}
    assert set(document) == told
    assert document["mode"] == "working"
    assert document["params"] == {"annee": 2015}
    names = {column["name"] for column in document["columns"]}
    assert document["rows"]
    assert all(set(row) == names for row in document["rows"])


def test_the_table_is_aligned_and_prints_no_control(path: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["ask", "organisations-de-plusieurs-actions", "--param", "minimum=1", "--store", path]) == 0
    text = capsys.readouterr().out
    assert text.startswith("Quelles organisations prennent part à plusieurs actions ?")
    assert "\x1b" not in text
    assert "économie sociale et solidaire" in text


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["qui-finance-quo"], "« qui-finance-quoi »"),
        (["qui-finance-quoi", "--param", "annee"], "nom=valeur"),
        (["qui-finance-quoi", "--param", "annee=2014", "--param", "annee=2015"], "deux fois"),
        (["--param", "annee=2014"], "Nommez la question"),
        (["qui-agit-dans-mon-territoire", "--param", "territoire=K99"], "n’est pas dans la base"),
    ],
)
def test_a_wrong_question_is_exit_code_2(
    path: str, capsys: pytest.CaptureFixture[str], words: list[str], said: str
) -> None:
    assert run(["ask", *words, "--store", path]) == 2
    assert said in capsys.readouterr().err


def test_cells_are_french() -> None:
    assert text_of(None, Column("x", "X", "money")) == "—"
    assert text_of(123_456_00, Column("x", "X", "money")) == "123\u202f456\u202f€"
    assert text_of(0, Column("x", "X", "money")) == "0\u202f€"
    assert text_of(True, Column("x", "X", "boolean")) == "oui"
    assert text_of(["planned", "none"], Column("x", "X", "list:answer_status")) == "prévue et aucune"
    assert text_of(2014, Column("x", "X", "year")) == "2014"


def test_both_stores_answer_hostile_names_and_values_alike(path: str, neo4j_url: str) -> None:
    values = {"annee": "2014", "territoire": "D1", "action": "a4", "instance": "", "ptce": ""}
    with open_store(path) as file, open_store(neo4j_url) as server:
        fill(server)
        for question in QUESTIONS.values():
            given = {p.name: values[p.name] for p in question.parameters if p.name in values}
            texts = [p.name for p in question.parameters if p.kind in ("Organisation", "text")]
            asked = [{**given, **dict.fromkeys(texts, name)}
                     for name in HOSTILE]  # fmt: skip
            for one in asked:
                mine, theirs = ask(file, question, one), ask(server, question, one)
                assert [list(row) for row in theirs.rows] == [list(row) for row in mine.rows]
        assert ask(server, find_question("organisations-de-plusieurs-actions"), {"minimum": "1"}).rows


def test_two_contracts_must_be_told_apart(path: str) -> None:
    other = BatchBuilder(Source("o", "o", "1" * 64, "json"), contract="AUTRE")
    other.node("Contract", "AUTRE")
    with open_store(path) as store:
        store.apply(store.plan(other.build()))
    words = ["ask", "qui-finance-quoi", "--store", path]
    assert run(words) == 2
    assert run([*words, "--contract", "MINI"]) == 0
    assert run([*words, "--contract", "X"]) == 2


def test_a_publication_withholds_the_amounts_of_a_single_pilot(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = str(tmp_path / "jeu.sqlite")
    amount = {"action": "a1", "financeur": "A", "annee": "2014", "nature": "paye", "montant": 1000}
    content = {**BASE, "porteur": {"2014": {"a1": "B"}}, "financements": [amount]}
    (tmp_path / "jeu.json").write_text(json.dumps(content), encoding="utf-8")
    assert run(["load", str(tmp_path / "jeu.json"), "--store", path, "--quiet"]) == 0
    capsys.readouterr()
    words = ["ask", "qui-finance-quoi", "--store", path, "--json", "--quiet"]
    assert run(words) == 0
    working = json.loads(capsys.readouterr().out)
    assert run([*words, "--mode", "publication"]) == 0
    published = json.loads(capsys.readouterr().out)
    assert published["mode"] == "publication"
    money = ("planned", "agreed", "paid")
    assert any(row[name] is not None for row in working["rows"] for name in money)
    for row, before, hidden in zip(published["rows"], working["rows"], published["secret"], strict=True):
        for name in money:
            assert row[name] == (None if name in hidden else before[name])
    assert any(published["secret"])
    assert run([*words[:-2], "--mode", "publication"]) == 0
    assert "secret" in capsys.readouterr().out
