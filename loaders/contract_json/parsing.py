"""From the bytes of a file to a JSON value, with every fault of writing and its path."""

import hashlib
import json
import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from graphmodel import Fault, InputFaultsError, UsageError

_BOM = b"\xef\xbb\xbf"
_DEEPEST = 60
"""The form is six levels deep; beyond this, the file is something else."""

Step = str | int


@dataclass(slots=True)
class Parsed:
    """A file as read.

    Attributes
    ----------
    value
        The JSON object; a repeated key keeps its last value.
    sha256
        SHA-256 of the file's bytes, in hexadecimal.
    faults
        Repeated keys and numbers that are none.
    """

    value: dict[str, Any]
    sha256: str
    faults: list[Fault] = field(default_factory=list)


def parse_file(path: Path) -> Parsed:
    """Return the JSON object of a file.

    Raises
    ------
    UsageError
        The file cannot be opened.
    InputFaultsError
        It is not UTF-8, not JSON, nested without end, or not an object.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UsageError(f"« {path.name} » ne peut pas être lu : fichier absent ou accès refusé.") from error
    value = _decode(content, path.name)
    if not isinstance(value, dict):
        raise _refusal(
            path.name,
            "not_an_object",
            "Le fichier ne contient pas un objet JSON.",
            'un objet : { "operateurs": …, "actions": … }',
        )
    parsed = Parsed(_plain(value), hashlib.sha256(content).hexdigest())
    parsed.faults.extend(_writing_faults(value, ()))
    return parsed


def json_path(steps: tuple[Step, ...]) -> str:
    """Return a place in the file as text.

    >>> json_path(("participe", "2014", "a1", 2))
    'participe.2014.a1[2]'
    """
    text = ""
    for step in steps:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text


class _Object(dict[str, Any]):
    """A JSON object that remembers the keys written more than once."""

    repeated: tuple[str, ...] = ()


def _object(pairs: list[tuple[str, Any]]) -> _Object:
    found = _Object(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        found.repeated = tuple(dict.fromkeys(name for name in names if names.count(name) > 1))
    return found


def _decode(content: bytes, file: str) -> object:
    try:
        text = content.removeprefix(_BOM).decode("utf-8")
    except UnicodeDecodeError as error:
        raise _refusal(
            file,
            "wrong_encoding",
            f"Le fichier n’est pas écrit en UTF-8 (octet {error.start + 1}).",
            "un fichier JSON enregistré en UTF-8",
            "L’enregistrer de nouveau en choisissant l’encodage UTF-8.",
        ) from error
    try:
        value = json.loads(text, object_pairs_hook=_object)
    except json.JSONDecodeError as error:
        raise _refusal(
            file,
            "not_json",
            f"Le fichier n’est pas du JSON : la lecture s’arrête ligne {error.lineno}, "
            f"caractère {error.colno}.",
            "des accolades, crochets, guillemets et virgules bien appariés",
            row=error.lineno,
        ) from error
    except RecursionError as error:
        raise _too_deep(file) from error
    except ValueError as error:
        raise _refusal(
            file, "not_json", "Le fichier contient un nombre trop long pour être lu.", "des nombres usuels"
        ) from error
    if _deeper_than(value, _DEEPEST):
        raise _too_deep(file)
    return value


def _deeper_than(value: object, levels: int) -> bool:
    """Tell whether lists and objects nest deeper, without recursion."""
    layer = [value]
    for _ in range(levels):
        layer = [item for one in layer for item in _children(one)]
        if not layer:
            return False
    return True


def _children(value: object) -> list[object]:
    if isinstance(value, dict):
        return list(value.values())
    return list(value) if isinstance(value, list) else []


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, list) else value


def _writing_faults(value: object, steps: tuple[Step, ...]) -> Iterator[Fault]:
    """Yield the repeated keys and the numbers without value, at any depth."""
    if isinstance(value, _Object):
        for key in value.repeated:
            path = json_path((*steps, key))
            yield Fault(
                "error",
                "repeated_key",
                "Cette clé est écrite deux fois dans le même objet.",
                column=path,
                value=key,
                expected="une seule fois chaque clé",
                fix="Réunir les deux valeurs, ou retirer celle qui est de trop.",
            )
        for key, item in value.items():
            yield from _writing_faults(item, (*steps, key))
    elif isinstance(value, list):
        for rank, item in enumerate(value):
            yield from _writing_faults(item, (*steps, rank))
    elif isinstance(value, float) and not math.isfinite(value):
        yield Fault(
            "error",
            "not_a_number",
            "Cette valeur n’est pas un nombre fini.",
            column=json_path(steps),
            value=str(value),
            expected="un nombre, ou null quand la valeur est inconnue",
        )


def _refusal(
    file: str, code: str, message: str, expected: str, fix: str | None = None, row: int | None = None
) -> InputFaultsError:
    return InputFaultsError([Fault("error", code, message, file, row=row, expected=expected, fix=fix)])


def _too_deep(file: str) -> InputFaultsError:
    return _refusal(
        file,
        "too_deep",
        "Le fichier emboîte trop de listes ou d’objets pour être un jeu de données de contrat.",
        "la forme décrite par docs/dictionnaire.md",
    )
