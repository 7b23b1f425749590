"""The command line speaks French, whatever the library underneath says."""

import re

import pytest

from dashboards.cli import hoist, run
from dashboards.cli.french import french_error

ENGLISH = re.compile(
    r"\b(Usage|Show|Missing|Error|Invalid|required|default|Commands|Try|help\.|No such|requires|Input"
    r"|should)\b|<[a-z]+(?: [a-z]+)?>"
)
VERBS = (
    "demo",
    "load",
    "status",
    "history",
    "undo",
    "conflicts",
    "correct",
    "matches",
    "source",
    "freeze",
    "check",
    "territory",
    "serve",
    "push",
    "template",
    "reminders",
)


@pytest.mark.parametrize(
    "words", [[], ["--help"], *([verb, "--help"] for verb in VERBS), ["export", "map", "--help"]]
)
def test_help_is_french(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    run(words)
    text = "".join(capsys.readouterr())
    assert "Utilisation" in text
    assert not ENGLISH.search(text), ENGLISH.search(text)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["stat"], "La commande « stat » n’existe pas."),
        (["status", "--jso"], "L’option --jso n’existe pas."),
        (["load"], "Il manque l’argument"),
        (["status", "trop"], "Argument en trop : trop."),
        (["export", "map"], "Il manque l’option --out."),
        (["serve", "--port", "dix"], "Valeur refusée pour --port : un nombre entier est attendu."),
        (["serve", "--port", "70000"], "Valeur refusée pour --port : au plus 65535."),
        (["load", "x", "--as"], "L’option --as attend une valeur."),
        (["matches", "--decide", "a", "b"], "L’option --decide attend 3 valeurs."),
    ],
)
def test_wrong_usage_is_a_french_sentence_and_exit_code_2(
    words: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(words) == 2
    text = capsys.readouterr().err
    assert sentence in text
    assert not ENGLISH.search(text), text


def test_shared_options_are_accepted_after_the_verb() -> None:
    assert hoist(["status", "--json", "--store", "x", "--quiet"]) == [
        "--store",
        "x",
        "--quiet",
        "status",
        "--json",
    ]
    assert hoist(["load", "--store=x", "f", "--", "--quiet"]) == ["--store=x", "load", "f", "--", "--quiet"]


def test_an_unknown_sentence_is_kept_rather_than_lost() -> None:
    assert french_error("Something else") == "Something else"
