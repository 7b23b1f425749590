"""A value typed on the command line, read by the type of its property as a cell of a workbook is."""

import difflib
import json
from collections.abc import Callable, Mapping

from graphmodel import SCHEMA, Fault, InputFaultsError, UsageError
from graphmodel.decisions.corrections import correctable
from graphmodel.wording import french_property
from loaders.matching.names import fold
from loaders.workbook.cells import READERS, read_word
from loaders.workbook.identifiers import read_siren, read_siret
from loaders.workbook.trouble import CellError, refuse


def find_property(table: str, word: str) -> str:
    """Return the property that a word names: by its name, or by its French label.

    Raises
    ------
    UsageError
        The table has no such property, or it cannot be corrected.
    """
    names = correctable(table)
    wanted = fold(word)
    for name in names:
        if wanted in (fold(name), fold(french_property(table, name))):
            return name
    near = difflib.get_close_matches(wanted, [fold(name) for name in names], 1, 0.6)
    hint = f" Vouliez-vous dire {near[0].replace(' ', '_')} ?" if near else ""
    listed = ", ".join(f"{name} ({french_property(table, name)})" for name in names)
    raise UsageError(
        f"« {word} » n’est pas une propriété qui se corrige ici.{hint}\n"
        f"Celles de {SCHEMA.tables[table].french} : {listed}."
    )


def value_of(table: str, name: str, text: str) -> object:
    """Return a typed text as a value of a property: euros, French dates, words of closed lists.

    Raises
    ------
    InputFaultsError
        The text has not the form the property asks for.
    """
    prop = SCHEMA.tables[table].properties.get(name)
    try:
        if prop is not None and prop.enumeration:
            return read_word(text, f"enum:{prop.enumeration}", {})
        reader = _READERS.get((table, name)) or _BY_TYPE.get(prop.type if prop else "text")
        return (reader or READERS[prop.type if prop else "text"])(text)
    except CellError as error:
        trouble = error.trouble
        fault = Fault(
            "error", trouble.code, f"{french_property(table, name)} : {trouble.message}", value=text,
            expected=trouble.expected, fix=trouble.fix,
        )  # fmt: skip
        raise InputFaultsError([fault]) from error


def _siren(text: object) -> object:
    return read_siren(text)[0]


def _siret(text: object) -> object:
    return read_siret(text)[0]


def _point(text: object) -> object:
    parts = str(text).replace(";", " ").split()
    if len(parts) != 2:
        raise refuse("wrong_type", "Ce n’est pas un point.", "longitude et latitude : 4,85 45,76")
    return tuple(READERS["number"](part) for part in parts)


def _json(text: object) -> object:
    try:
        return json.loads(str(text))
    except ValueError:
        raise refuse("wrong_type", "Cette valeur n’est pas du JSON.", "une valeur JSON") from None


_READERS: Mapping[tuple[str, str], Callable[[object], object]] = {
    ("Organisation", "siren"): _siren,
    ("Organisation", "siret"): _siret,
}
_BY_TYPE: Mapping[str, Callable[[object], object]] = {"point": _point, "json": _json}
