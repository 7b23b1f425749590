"""The form of a file checked as a whole: every key and type at once, in French, each with its path."""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from graphmodel import Fault
from loaders.contract_json.form import KEYS, PAID_KEY, Form
from loaders.contract_json.parsing import Step, json_path
from loaders.contract_json.values import french_number, nearest

_PAID = re.compile(r"montants_(\d{4})", re.ASCII)
_KEY_MARK = "[key]"
_AMOUNT = "un montant en euros, positif ou nul, ou null s’il est inconnu"

_EXPECTED = {
    "string_type": "un texte entre guillemets",
    "string_pattern_mismatch": "un texte non vide, sans caractère nul",
    "string_too_long": "un identifiant de 300 caractères au plus",
    "string_unicode": "un texte fait de caractères valables",
    "int_type": "un nombre entier",
    "float_type": "un nombre",
    "finite_number": "un nombre",
    "bool_type": "true ou false",
    "list_type": "une liste entre crochets",
    "dict_type": "un objet entre accolades",
    "model_type": "un objet entre accolades",
    "not_a_year": 'une année entre guillemets, de "1900" à "2100"',
    "not_a_date": "une date qui existe, écrite AAAA-MM-JJ entre guillemets",
    "not_an_amount": _AMOUNT,
    "fraction_of_cent": "un montant en euros, deux décimales au plus",
    "negative_amount": _AMOUNT,
}
_MESSAGES = {
    "not_a_year": ("wrong_year", "Ce n’est pas une année."),
    "not_a_date": ("wrong_date", "Ce n’est pas une date."),
    "fraction_of_cent": ("fraction_of_cent", "Ce montant a des fractions de centime."),
    "negative_amount": ("negative_amount", "Un montant ne peut pas être négatif."),
}
_BOUNDS = {"greater_than_equal": ("ge", "au moins"), "less_than_equal": ("le", "au plus")}


def check_form(raw: dict[str, Any]) -> tuple[Form, list[Fault]]:
    """Return what is sound of a file, section by section, and the faults of its form.

    Parameters
    ----------
    raw
        JSON object of the file. A top-level key with a fault is left out of the form returned, so that
        the rules on the others can still be checked.
    """
    gathered = gather_paid(raw)
    try:
        return Form.model_validate(gathered), []
    except ValidationError as error:
        details = error.errors(include_url=False)
    wrong = {detail["loc"][0] for detail in details}
    sound = {key: value for key, value in gathered.items() if key not in wrong}
    return Form.model_validate(sound), list(_faults(details))


def gather_paid(raw: dict[str, Any]) -> dict[str, Any]:
    """Return the object with its `montants_2014`, `montants_2015`… gathered by year under one key."""
    gathered = {key: value for key, value in raw.items() if not _PAID.fullmatch(key)}
    paid = {match[1]: raw[key] for key in raw if (match := _PAID.fullmatch(key))}
    # Somebody who writes the placeholder itself is told so, as for any unknown key.
    if paid and PAID_KEY not in raw:
        gathered[PAID_KEY] = paid
    elif PAID_KEY in raw:
        gathered["montants_AAAA"] = gathered.pop(PAID_KEY)
    return gathered


def real_steps(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """Return a path as the file writes it, its paid amounts under their own key."""
    if steps[0] == PAID_KEY and len(steps) > 1:
        return (f"montants_{steps[1]}", *steps[2:])
    return steps


def _faults(details: Iterable[ErrorDetails]) -> Iterator[Fault]:
    for detail in details:
        steps = tuple(step for step in detail["loc"] if step != _KEY_MARK)
        column = json_path(real_steps(steps))
        kind = detail["type"]
        if kind == "extra_forbidden":
            yield _unknown_key(steps, column)
        elif kind == "missing":
            yield Fault("error", "missing_value", f"La clé « {steps[-1]} » manque.", column=column)
        elif kind == "unknown_word":
            yield _unknown_word(detail, column)
        else:
            yield _wrong_value(detail, kind, column)


def _unknown_key(steps: tuple[Step, ...], column: str) -> Fault:
    known = _keys_at(steps[:-1])
    guess = nearest(str(steps[-1]), known)
    return Fault(
        "error",
        "unknown_key",
        f"La clé « {steps[-1]} » n’est pas connue à cet endroit.",
        column=column,
        expected=None if guess else ", ".join(known),
        fix=f"Écrire « {guess} » ?" if guess else "Retirer cette clé.",
    )


def _keys_at(steps: tuple[Step, ...]) -> list[str]:
    """Return the keys an object may have: those of the model that stands at a path."""
    if not steps:
        return ["montants_AAAA" if key == PAID_KEY else key for key in KEYS]
    model = _model_in(_annotation(str(steps[0])))
    return [str(field.alias or name) for name, field in model.model_fields.items()] if model else []


def _annotation(key: str) -> Any:
    return next(field.annotation for name, field in Form.model_fields.items() if (field.alias or name) == key)


def _model_in(annotation: Any) -> Any:
    """Return the one model that a nested annotation holds."""
    if hasattr(annotation, "model_fields"):
        return annotation
    for part in getattr(annotation, "__args__", ()):
        if (found := _model_in(part)) is not None:
            return found
    return None


def _unknown_word(detail: ErrorDetails, column: str) -> Fault:
    context = detail["ctx"]
    return Fault(
        "error",
        "unknown_word",
        "Ce mot n’est pas de la liste fermée.",
        column=column,
        value=_shown(detail["input"]),
        expected=f"un mot parmi : {context['words']}",
        fix=f"Écrire « {context['nearest']} » ?" if context["nearest"] else None,
    )


def _wrong_value(detail: ErrorDetails, kind: str, column: str) -> Fault:
    value = detail["input"]
    if kind in _BOUNDS:
        name, words = _BOUNDS[kind]
        return Fault(
            "error",
            "out_of_range",
            "Cette valeur sort des limites.",
            column=column,
            value=_shown(value),
            expected=f"{words} {french_number(detail['ctx'][name])}",
        )
    if value is None:
        return Fault(
            "error",
            "null_not_allowed",
            "null n’est pas permis ici : la ligne ou la clé n’a pas de sens sans valeur.",
            column=column,
            expected=_EXPECTED.get(kind),
            fix="Retirer la clé, ou la ligne.",
        )
    code, message = _MESSAGES.get(kind, ("wrong_type", "Cette valeur n’a pas la forme attendue."))
    return Fault(
        "error", code, message, column=column, value=_shown(value), expected=_EXPECTED.get(kind, "une valeur")
    )


def _shown(value: object) -> str:
    """Return a value as short text that can be printed, whatever characters it holds."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return text[:80].replace("\x00", "\N{SYMBOL FOR NULL}").encode("utf-8", "replace").decode("utf-8")
