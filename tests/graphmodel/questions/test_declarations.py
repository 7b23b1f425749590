"""The table of questions itself: names, parameters, columns, page; no server is needed."""

import re
from pathlib import Path

import pytest

from graphmodel.errors import UsageError
from graphmodel.questions import QUESTIONS, Question, find_question
from graphmodel.questions.page import questions_markdown
from graphmodel.questions.parameters import read_parameters, suggestion
from graphmodel.schema import SCHEMA

ROOT = Path(__file__).parents[3]
FOLDER = ROOT / "graphmodel" / "questions" / "cypher"
KINDS = {"year", "integer", "text", "label"}
every = pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)


def test_one_file_for_each_question() -> None:
    assert {path.stem for path in FOLDER.iterdir()} == QUESTIONS.keys()


@every
def test_the_file_opens_with_the_sentence(question: Question) -> None:
    assert question.cypher.splitlines()[0] == f"// {question.sentence}"
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", question.name)


@every
def test_the_cypher_takes_the_declared_parameters_and_no_other(question: Question) -> None:
    used = set(re.findall(r"\$(\w+)", question.cypher))
    assert used == {p.name for p in question.parameters} | {"contract"}


@every
def test_the_cypher_returns_the_declared_columns_in_a_total_order(question: Question) -> None:
    returned, order = question.cypher.rsplit("\nRETURN", 1)[1].rsplit("ORDER BY", 1)
    parts = re.split(r",(?![^\[({]*[\])}])", returned)
    names = [re.split(r"\s+AS\s+", part.strip())[-1] for part in parts]
    assert names == [column.name for column in question.columns]
    assert ".key" in order


@every
def test_the_cypher_is_community_and_reads_only(question: Question) -> None:
    words = set(re.findall(r"[A-Za-z.]+", re.sub(r"//.*|'[^']*'", "", question.cypher)))
    assert not words & {"CREATE", "MERGE", "SET", "DELETE", "REMOVE", "CALL", "LOAD", "FOREACH"}
    assert not any(word.lower().startswith("apoc") for word in words)


@every
def test_labels_types_and_kinds_are_the_schema_s(question: Question) -> None:
    named = set(re.findall(r":([A-Z]\w+(?:\|[A-Z]\w+)*)", question.cypher))
    words = {word for group in named for word in group.split("|")}
    assert words <= SCHEMA.nodes.keys() | SCHEMA.relationships.keys() | {"Maillage"}
    for parameter in question.parameters:
        family, _, name = parameter.kind.partition(":")
        assert parameter.kind in KINDS | SCHEMA.nodes.keys() or (family, name in SCHEMA.enumerations) == (
            "enum",
            True,
        )


@pytest.mark.parametrize(
    ("name", "given", "said"),
    [
        ("qui-agit-dans-mon-territoire", {}, "--param territoire="),
        ("qui-agit-dans-mon-territoire", {"territoire": "  "}, "--param territoire="),
        ("qui-finance-quoi", {"année": "2014"}, "Paramètres : annee, financeur"),
        ("deux-lectures-des-representants", {"annee": "2014"}, "Elle n’en a aucun"),
        ("qui-finance-quoi", {"annee": "²015"}, "attendu une année"),
        ("qui-finance-quoi", {"annee": "-1"}, "attendu une année"),
        ("qui-finance-quoi", {"annee": "99999999999999999999"}, "attendu une année"),
        ("organisations-de-plusieurs-actions", {"minimum": "1.5"}, "attendu un nombre entier"),
        ("ambiguites-du-texte", {"gravite": "hautte"}, "Vouliez-vous dire « haute »"),
        ("ce-qui-repose-sur-une-seule-source", {"nature": "Meta`) DELETE n //"}, "ne convient pas"),
    ],
)
def test_a_wrong_parameter_is_told_in_french(name: str, given: dict[str, str], said: str) -> None:
    with pytest.raises(UsageError, match=re.escape(said)):
        read_parameters(find_question(name), given)


def test_an_unknown_question_names_the_nearest() -> None:
    with pytest.raises(UsageError, match="« qui-finance-quoi »"):
        find_question("qui-finance-quoy")


def test_the_page_has_not_drifted() -> None:
    assert (ROOT / "docs" / "questions.md").read_text("utf-8") == questions_markdown(), "run `make docs`"


def test_a_suggestion_ignores_case_and_finds_a_part_of_a_name() -> None:
    names = ["000000018", "CRESS-RA", "CRESS Rhône-Alpes", "Union des sociétés coopératives"]
    assert suggestion("cress-rhone-alpes", names).startswith(" Vouliez-vous dire « CRESS Rhône-Alpes »")
    assert suggestion("SOCIÉTÉS", names) == " Vouliez-vous dire « Union des sociétés coopératives » ?"
    assert suggestion("zz", names).startswith(" Il y a : 000000018, ")
