"""`ask`: the named questions, their list, and an answer as an aligned table or as JSON."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from dashboards import words
from dashboards.cli.session import SESSION, print_json
from dashboards.value_words import head
from graphmodel import SCHEMA, Store, UsageError
from graphmodel.questions import QUESTIONS, Answered, Column, Question, ask, find_question
from graphmodel.secrecy import Mode, Status

WIDEST = 60
"""Characters of a cell of the table; the JSON gives all of it."""
_NOTHING = "—"


def show_answer(name: str | None, given: Sequence[str], mode: Mode = "working", *, as_json: bool) -> None:
    """Print the answer to a question, or the list of the questions when none is named.

    Parameters
    ----------
    name
        Name of a question, or None.
    given
        Parameters, each `name=value`.
    mode
        In publication, secret amounts are null.

    Raises
    ------
    UsageError
        An unknown question or parameter, or a value that does not do.
    """
    if name is None:
        if given:
            raise UsageError("Nommez la question à laquelle vont ces paramètres ; maillage ask les liste.")
        _list(as_json=as_json)
        return
    question = find_question(name)
    params = read_pairs(given)
    with SESSION.open() as store:
        answered = ask(store, question, params, SESSION.contract)
        statuses = _statuses(store, answered) if mode == "publication" else []
    if mode == "publication":
        answered = _withheld(answered, statuses)
    if as_json:
        print_json("ask", _content(answered) | {"mode": mode, "secret": statuses})
    else:
        print("\n".join([*table(answered, statuses), *head(mode, fictional=False)]))


def _statuses(store: Store, answered: Answered) -> list[dict[str, Status]]:
    """Return the statuses of the secret amounts of each row; nothing is computed where there is no amount."""
    if not any(column.kind == "money" for column in answered.question.columns):
        return [{} for _ in answered.rows]
    from graphmodel.indicators import EvaluationContext
    from graphmodel.indicators.disclosure.questions import AnswerGate

    with SESSION.step("Contrôle du secret statistique"):
        gate = AnswerGate(EvaluationContext(store.snapshot(SESSION.selection())))
        return gate.statuses(answered.question, answered.rows)


def _withheld(answered: Answered, statuses: Sequence[dict[str, Status]]) -> Answered:
    names = [column.name for column in answered.question.columns]
    rows = [
        tuple(None if name in hidden else cell for name, cell in zip(names, row, strict=True))
        for row, hidden in zip(answered.rows, statuses, strict=True)
    ]
    return replace(answered, rows=rows)


def read_pairs(given: Sequence[str]) -> dict[str, str]:
    """Return `name=value` words as a dictionary.

    Raises
    ------
    UsageError
        A word without an equals sign, or a name given twice.
    """
    found: dict[str, str] = {}
    for word in given:
        name, equals, value = word.partition("=")
        if not equals:
            raise UsageError(f"« {word} » : un paramètre s’écrit --param nom=valeur.")
        if name.strip() in found:
            raise UsageError(f"Le paramètre « {name.strip()} » est donné deux fois.")
        found[name.strip()] = value
    return found


def _list(*, as_json: bool) -> None:
    if as_json:
        print_json("ask", {"questions": [_described(question) for question in QUESTIONS.values()]})
        return
    for question in QUESTIONS.values():
        print(f"{question.name}\n  {question.sentence}")
        for parameter in question.parameters:
            must = " (obligatoire)" if parameter.required else ""
            print(f"    {parameter.name}{must} : {parameter.sentence}")


def _described(question: Question) -> dict[str, Any]:
    return {
        "question": question.name,
        "sentence": question.sentence,
        "params": [
            {"name": p.name, "type": p.kind, "required": p.required, "default": p.default,
             "sentence": p.sentence}
            for p in question.parameters
        ],
    }  # fmt: skip


def _content(answered: Answered) -> dict[str, Any]:
    question = answered.question
    names = [column.name for column in question.columns]
    return {
        "question": question.name,
        "sentence": question.sentence,
        "params": answered.params,
        "columns": [{"name": c.name, "label": c.french, "type": c.kind} for c in question.columns],
        "rows": [dict(zip(names, map(_plain, row), strict=True)) for row in answered.rows],
    }


def _plain(cell: object) -> object:
    return cell.isoformat() if isinstance(cell, date) else cell


def table(answered: Answered, statuses: Sequence[dict[str, Status]] = ()) -> list[str]:
    """Return the lines of an answer: the sentence, the columns aligned, the number of rows.

    `statuses` gives the secret cells of each row: « secret », which is neither unknown nor zero.
    """
    question = answered.question
    titles = [column.french for column in question.columns]
    secret = statuses or [{} for _ in answered.rows]
    body = [
        [
            words.SECRET if column.name in hidden else text_of(cell, column)
            for cell, column in zip(row, question.columns, strict=True)
        ]
        for row, hidden in zip(answered.rows, secret, strict=True)
    ]
    lines = [question.sentence]
    if body:
        widths = [max(map(len, cells)) for cells in zip(titles, *body, strict=True)]
        lines += ["", _aligned(titles, widths), _aligned(["─" * width for width in widths], widths)]
        lines += [_aligned(row, widths) for row in body]
    return [*lines, "", f"{words.counted(len(body), 'ligne')}." if body else "Aucune ligne."]


def _aligned(cells: Sequence[str], widths: Sequence[int]) -> str:
    return "  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip()


def text_of(cell: object, column: Column) -> str:
    """Return a cell as French text of one line; « — » when it is not known."""
    if isinstance(cell, list):
        # One word too many is counted, not cut in two.
        texts = [_one_line(str(_word(one, column.kind))) for one in cell]
        text = words.shortened(texts, 6) if texts else _NOTHING
    elif cell is None:
        text = _NOTHING
    elif isinstance(cell, bool):
        text = "oui" if cell else "non"
    elif isinstance(cell, date):
        text = words.day(cell)
    elif column.kind == "money" and isinstance(cell, int):
        text = words.euros(cell)
    elif column.kind in ("integer", "number") and isinstance(cell, (int, float)):
        text = words.number(cell, 3 if column.kind == "number" else 0)
    else:
        text = _one_line(str(_word(cell, column.kind)))
    return text if len(text) <= WIDEST else f"{text[: WIDEST - 1]}…"


def _word(cell: object, kind: str) -> object:
    """Return the French word of a value of an enumeration, any other cell as it is."""
    family, _, name = kind.partition(":")
    if family in ("enum", "list") and name and isinstance(cell, str):
        return SCHEMA.enumerations[name].french.get(cell, cell)
    return cell


def _one_line(text: str) -> str:
    """Return a text that cannot move the cursor of a terminal: control characters and breaks are spaces."""
    return "".join(letter if letter.isprintable() or letter == words.NNBSP else " " for letter in text)
