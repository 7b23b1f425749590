"""What is given to a question: read from text, checked, and told wrong in French."""

from collections.abc import Callable, Collection, Mapping, Sequence
from difflib import get_close_matches

from graphmodel.errors import UsageError
from graphmodel.questions.model import QUESTIONS, Parameter, Question
from graphmodel.schema import SCHEMA

Name = tuple[str, str | None, str | None, str | None]
"""Key, identifier, code and name of a node."""
LONGEST_LIST = 20
"""Names listed at most in an error."""
SHORTEST_PART = 3
"""Letters from which a part of a name is enough to offer the name."""
_YEARS = (1900, 2100)
_LARGEST = 2**31 - 1
"""Largest whole number taken: a server's integer has its bounds."""


def find_question(name: str) -> Question:
    """Return a question by name.

    Raises
    ------
    UsageError
        No question has this name; the nearest ones are told.
    """
    if name in QUESTIONS:
        return QUESTIONS[name]
    raise UsageError(f"Aucune question ne s’appelle « {name} ».{suggestion(name, QUESTIONS)}")


def read_parameters(question: Question, given: Mapping[str, str]) -> dict[str, object]:
    """Return the value of every parameter of a question, None for those left out.

    Parameters
    ----------
    given
        Text by name, as on the command line; an empty text is not given.

    Raises
    ------
    UsageError
        An unknown name, a required parameter left out, or a value that is not of its kind.
    """
    known = {parameter.name: parameter for parameter in question.parameters}
    for name in given:
        if name not in known:
            listed = f" Paramètres : {', '.join(known)}." if known else " Elle n’en a aucun."
            raise UsageError(f"La question « {question.name} » n’a pas de paramètre « {name} ».{listed}")
    values = {}
    for name, parameter in known.items():
        text = given.get(name, "").strip()
        if not text and parameter.required:
            raise UsageError(
                f"La question « {question.name} » a besoin de « {name} » : ajoutez --param {name}=VALEUR "
                f"({parameter.sentence[0].lower()}{parameter.sentence[1:].rstrip('.')})."
            )
        values[name] = _value(parameter, text) if text else parameter.default
    return values


def _value(parameter: Parameter, text: str) -> object:
    if parameter.kind in ("year", "integer"):
        return _whole(parameter, text)
    if parameter.kind == "label":
        return _one_of(parameter, text, {label: (label, node.french) for label, node in SCHEMA.nodes.items()})
    if parameter.kind.startswith("enum:"):
        words = SCHEMA.enumerations[parameter.kind.removeprefix("enum:")]
        choices = {value: (value, word, words.french[value]) for value, word in words.file_words.items()}
        return _one_of(parameter, text, choices)
    return text


def _whole(parameter: Parameter, text: str) -> int:
    low, high = _YEARS if parameter.kind == "year" else (0, _LARGEST)
    # `int` also takes signs, underscores and the digits of other scripts.
    if text.isascii() and text.isdigit() and len(text) <= 10 and low <= int(text) <= high:
        return int(text)
    what = "une année, comme 2015" if parameter.kind == "year" else "un nombre entier"
    raise UsageError(f"« {text} » ne convient pas à « {parameter.name} » : attendu {what}.")


def _one_of(parameter: Parameter, text: str, choices: Mapping[str, Collection[str]]) -> str:
    for value, words in choices.items():
        if text.casefold() in {word.casefold() for word in words}:
            return value
    shown = sorted({word for words in choices.values() for word in words})
    raise UsageError(f"« {text} » ne convient pas à « {parameter.name} ».{suggestion(text, shown)}")


def resolve(
    question: Question, params: Mapping[str, object], names: Callable[[str], Sequence[Name]]
) -> dict[str, object]:
    """Return parameters whose nodes exist; a node given by its name, whatever the case, gets its key.

    Parameters
    ----------
    names
        Gives the names of the nodes of a label.

    Raises
    ------
    UsageError
        Nothing answers to a name, or several things do.
    """
    found = dict(params)
    for parameter in question.parameters:
        wanted = found[parameter.name]
        if parameter.kind in SCHEMA.nodes and isinstance(wanted, str):
            found[parameter.name] = _node(parameter, wanted, names(parameter.kind))
    return found


def _node(parameter: Parameter, wanted: str, names: Sequence[Name]) -> str:
    if any(wanted in name[:3] for name in names):
        return wanted
    folded = wanted.casefold()
    called = [name for name in names if name[3] is not None and name[3].casefold() == folded]
    # One territory stands once for each vintage: its code names them all.
    codes = {code or key for key, _, code, _ in called}
    if len(codes) == 1:
        return codes.pop()
    what = SCHEMA.nodes[parameter.kind].french
    if called:
        raise UsageError(f"Plusieurs réponses pour « {wanted} » ({what}) : {', '.join(sorted(codes))}.")
    shown = {text for _, identifier, code, name in names for text in (code or identifier, name) if text}
    raise UsageError(
        f"« {wanted} » ({what}, paramètre « {parameter.name} ») n’est pas dans la base."
        f"{suggestion(wanted, shown)}"
    )


def suggestion(wrong: str, names: Collection[str]) -> str:
    """Return a sentence that names what was likely meant, else what there is; empty when there is nothing."""
    ordered = sorted(names)
    # Cased as it comes, « urscop » is far from « URSCOP » and the list of codes would hide what was meant.
    folded = {name.casefold(): name for name in reversed(ordered)}
    meant = wrong.casefold()
    near = [folded[name] for name in get_close_matches(meant, folded, n=3, cutoff=0.5)]
    if not near and len(meant) >= SHORTEST_PART:
        near = [name for name in ordered if meant in name.casefold()][:3]
    if near:
        return f" Vouliez-vous dire {' ou '.join(f'« {name} »' for name in near)} ?"
    if not ordered:
        return ""
    more = ", …" if len(ordered) > LONGEST_LIST else ""
    return f" Il y a : {', '.join(ordered[:LONGEST_LIST])}{more}."
