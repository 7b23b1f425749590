"""A model's complaint about a YAML file, as a French fault with the line it stands on."""

from collections.abc import Sequence

import yaml
from pydantic_core import ErrorDetails

from graphmodel.faults import Fault

_EXPECTED = {
    "string_type": "un texte (entre guillemets si c’est un nombre)",
    "int_type": "un nombre entier",
    "int_parsing": "un nombre entier",
    "int_from_float": "un nombre entier",
    "bool_type": "true ou false",
    "bool_parsing": "true ou false",
    "list_type": "une liste",
    "tuple_type": "deux numéros de ligne : [première, dernière]",
    "model_type": "des clés et des valeurs",
    "model_attributes_type": "des clés et des valeurs",
    "dict_type": "des clés et des valeurs",
    "too_short": "deux numéros de ligne : [première, dernière]",
    "too_long": "deux numéros de ligne : [première, dernière]",
    "decimal_type": "un montant en euros",
    "decimal_parsing": "un montant en euros",
    "decimal_max_places": "un montant en euros, deux décimales au plus",
    "greater_than_equal": "un montant positif ou nul",
}
_SENTENCES = {
    "quote_without_lines": "Une citation (quote) est donnée sans ses lignes (lines).",
    "lines_out_of_order": "Les lignes (lines) ne vont pas de la première à la dernière.",
}


_ANY = "une valeur de la forme des autres entrées"


def fault_of(detail: ErrorDetails, tree: yaml.Node | None) -> Fault:
    """Return a fault from one error of a pydantic model whose first step is the file's name.

    Parameters
    ----------
    detail
        Error as pydantic gives it; its own sentence is English and is not shown.
    tree
        YAML nodes of the file, for the line.
    """
    name, *path = detail["loc"]
    kind = detail["type"]
    if kind == "missing" and path and isinstance(path[-1], int):
        # A pair with one number: the fault is the pair's, not that of a key called « 1 ».
        path, kind = path[:-1], "tuple_type"
    code, message, expected = _said(kind, str(path[-1]) if path else str(name), str(detail["msg"]))
    return Fault(
        "error",
        code,
        message,
        f"{name}.yaml",
        row=_row(tree, path),
        column=_french_path(path),
        value=str(detail["input"])[:200] if expected else None,
        expected=expected,
    )


def _said(kind: str, last: str, message: str) -> tuple[str, str, str | None]:
    """Return code, French sentence, and what was expected when the value itself is at fault."""
    if kind == "missing":
        return "missing_value", f"La clé « {last} » manque.", None
    if kind == "extra_forbidden":
        return "unknown_property", f"La clé « {last} » n’est pas connue ici.", None
    if kind == "value_error":
        word = message.removeprefix("Value error, ")
        return "wrong_value", _SENTENCES.get(word, "Cette entrée se contredit."), None
    expected = "une date : AAAA-MM-JJ" if kind.startswith("date") else _EXPECTED.get(kind, _ANY)
    return "wrong_type", f"« {last} » n’a pas la forme attendue.", expected


def _row(node: yaml.Node | None, path: Sequence[int | str]) -> int | None:
    row = None
    for step in path:
        found = _child(node, step)
        if found is None:
            break
        node, row = found
    return row


def _child(node: yaml.Node | None, step: int | str) -> tuple[yaml.Node, int] | None:
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        child = node.value[step]
        return child, child.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        for key, child in node.value:
            if key.value == step:
                return child, key.start_mark.line + 1
    return None


def _french_path(path: Sequence[int | str]) -> str | None:
    return " > ".join(f"n° {step + 1}" if isinstance(step, int) else step for step in path) or None
