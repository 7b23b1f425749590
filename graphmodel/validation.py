"""Check rows against the schema; every fault at once, in French.

Types are checked by pydantic in strict mode, from models generated from the schema; the sentences are ours.
"""

import datetime
import json
from collections.abc import Iterator
from functools import cache
from typing import Annotated, Any, Literal, NotRequired

from pydantic import AfterValidator, Field, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails
from typing_extensions import TypedDict

from graphmodel.batch import Place, Row, Source
from graphmodel.faults import Fault
from graphmodel.schema import INDEXED, SCHEMA, Property


def _writable(value: object) -> object:
    """Return a JSON value that can be written as UTF-8 text; raise ValueError for any other."""
    try:
        json.dumps(value, ensure_ascii=False, allow_nan=False).encode()
    except TypeError as error:
        raise ValueError("not JSON") from error
    return value


_TEXT = Annotated[str, Field(pattern=r"^[^\x00]*$")]
_KEY = Annotated[str, Field(pattern=r"^[^\x00]*$", min_length=1, max_length=2000)]
"""No NUL, which neither spreadsheets nor XML can hold; over 8,000 bytes a key fits no index of Neo4j."""
_INTEGER = Annotated[int, Field(ge=-(2**63), le=2**63 - 1)]
"""What both stores can hold."""

_TYPES: dict[str, Any] = {
    "text": _TEXT,
    "integer": _INTEGER,
    "number": Annotated[float, Field(allow_inf_nan=False)],
    "boolean": bool,
    "date": datetime.date,
    "year": Annotated[int, Field(ge=1900, le=2100)],
    "money": _INTEGER,
    "share": Annotated[float, Field(ge=0.0, le=1.0)],
    "text_list": list[_TEXT],
    "integer_list": list[_INTEGER],
    "json": Annotated[Any, AfterValidator(_writable)],
    "point": tuple[
        Annotated[float, Field(ge=-180.0, le=180.0, allow_inf_nan=False)],
        Annotated[float, Field(ge=-90.0, le=90.0, allow_inf_nan=False)],
    ],
}

_EXPECTED = {
    "text": "un texte",
    "integer": "un nombre entier",
    "number": "un nombre",
    "boolean": "oui ou non",
    "date": "une date (jj/mm/aaaa)",
    "year": "une année entre 1900 et 2100",
    "money": "un montant en euros (rangé en centimes entiers)",
    "share": "une part entre 0 et 1",
    "text_list": "une liste de textes",
    "integer_list": "une liste d’entiers",
    "json": "une valeur JSON",
    "point": "une longitude et une latitude",
}

_EXPECTED_OF_KIND = {
    "string_pattern_mismatch": "un texte sans caractère nul",
    "string_unicode": "un texte fait de caractères valables",
    "string_too_long": "un identifiant plus court (2\u202f000 caractères au plus)",
    "string_too_short": "un identifiant",
}


def validate_rows(rows: dict[str, list[Row]], source: Source) -> list[Fault]:
    """Return the faults of rows against the schema: unknown tables, properties, types, ends.

    Parameters
    ----------
    rows
        Rows by table name; not changed.
    source
        Their document, named in each fault.
    """
    faults: list[Fault] = []
    for table, entries in rows.items():
        if table not in SCHEMA.tables:
            faults.append(
                Fault("error", "unknown_table", f"La table « {table} » n’existe pas au schéma.", source.name)
            )
            continue
        faults.extend(_type_faults(table, entries, source))
        if not SCHEMA.is_node(table):
            faults.extend(_endpoint_faults(table, entries, source))
    return faults


def merge_duplicates(rows: dict[str, list[Row]], source: Source) -> tuple[dict[str, list[Row]], list[Fault]]:
    """Join rows that say the same key; two values for one property are a fault.

    A source may name one organisation on several rows, each with part of its properties. The rows join
    when no two known values differ.
    """
    faults: list[Fault] = []
    merged: dict[str, list[Row]] = {}
    for table, entries in rows.items():
        seen: dict[str, Row] = {}
        for row in entries:
            known = seen.get(row.key)
            if known is None:
                seen[row.key] = row
            else:
                faults.extend(_join(table, known, row, source))
        merged[table] = list(seen.values())
    return merged, faults


def _join(table: str, known: Row, other: Row, source: Source) -> Iterator[Fault]:
    values = dict(known.values)
    for name, value in other.values.items():
        before = values.get(name)
        # A caption defaults to the identifier: a real name replaces it, the default never replaces a name.
        if before is None or (name == "name" and before == values.get("id")):
            values[name] = value
        elif value is not None and value != before and not (name == "name" and value == values.get("id")):
            yield _fault(
                "duplicate_key",
                f"« {known.values.get('id') or known.key} » est décrit deux fois, autrement, "
                f"pour {_french(table, name)} : « {before} »{_where(known.place)} et « {value} ».",
                other.place,
                source,
                column=_french(table, name),
                fix="Garder une seule ligne, ou la même valeur sur les deux.",
            )
    known.values = values


def _type_faults(table: str, entries: list[Row], source: Source) -> Iterator[Fault]:
    check = _adapter(table).validator.validate_python
    for row in entries:
        said = {name: value for name, value in row.values.items() if value is not None}
        try:
            check(said)
        except ValidationError as error:
            for detail in error.errors(include_url=False):
                yield _translate(table, detail, row, source)


def _translate(table: str, detail: ErrorDetails, row: Row, source: Source) -> Fault:
    name = str(detail["loc"][0]) if detail["loc"] else ""
    kind = detail["type"]
    subject = _printable(row.values.get("id") or row.key, 60)
    # Deeper, what is missing is a part of the value: a point without its latitude.
    if kind == "missing" and len(detail["loc"]) == 1:
        return _fault(
            "missing_value",
            f"{_french(table, name)} manque pour « {subject} ».",
            row.place,
            source,
            _french(table, name),
        )
    if kind == "extra_forbidden":
        return _fault(
            "unknown_property", f"La propriété « {name} » n’existe pas pour {table}.", row.place, source, name
        )
    prop = SCHEMA.tables[table].properties.get(name)
    return Fault(
        "error",
        "wrong_value" if kind in ("literal_error", "greater_than_equal", "less_than_equal") else "wrong_type",
        f"{_french(table, name)} de « {subject} » n’a pas la forme attendue.",
        source.name,
        row.place.sheet,
        row.place.row,
        row.place.column or _french(table, name),
        _printable(detail["input"]),
        _EXPECTED_OF_KIND.get(kind) or _expected(prop),
    )


def _printable(value: object, most: int = 200) -> str:
    """Return a value as text that can be shown and saved, whatever characters it holds, cut at a length."""
    told = str(value)
    told = told if len(told) <= most else f"{told[:most]}…"
    return told.replace("\x00", "\N{SYMBOL FOR NULL}").encode("utf-8", "replace").decode("utf-8")


def _expected(prop: Property | None) -> str:
    if prop is None:
        return "un texte"
    if prop.enumeration:
        return "une valeur parmi : " + ", ".join(SCHEMA.enumerations[prop.enumeration].french.values())
    return _EXPECTED[prop.type]


def _endpoint_faults(table: str, entries: list[Row], source: Source) -> Iterator[Fault]:
    allowed = SCHEMA.relationships[table].endpoints
    for row in entries:
        pair = (str(row.values["source_label"]), str(row.values["target_label"]))
        if pair not in allowed:
            yield _fault(
                "wrong_ends", f"La relation {table} ne va pas de {pair[0]} à {pair[1]}.", row.place, source
            )


def _fault(
    code: str, message: str, place: Place, source: Source, column: str | None = None, fix: str | None = None
) -> Fault:
    return Fault("error", code, message, source.name, place.sheet, place.row, place.column or column, fix=fix)


_BASE_FRENCH = {
    "name": "Nom", "id": "Identifiant", "key": "Identifiant", "source": "Identifiant de départ",
    "target": "Identifiant d’arrivée", "contract": "Contrat",
}  # fmt: skip


def _french(table: str, name: str) -> str:
    prop = SCHEMA.tables[table].properties.get(name)
    return prop.french if prop else _BASE_FRENCH.get(name, name)


def _where(place: Place) -> str:
    return f" (ligne {place.row})" if place.row else ""


_KEYS = frozenset({"key", "source", "target"})


@cache
def _adapter(table: str) -> TypeAdapter[Any]:
    """Return the strict validator of a table's rows, generated from the schema."""
    fields: dict[str, Any] = dict.fromkeys(("contract",), NotRequired[_TEXT])
    fields |= {
        name: _KEY if name in _KEYS else _TEXT
        for name in SCHEMA.columns(table)
        if name not in SCHEMA.tables[table].properties and name != "contract"
    }
    for prop in SCHEMA.tables[table].properties.values():
        kind = _python_type(prop)
        fields[prop.name] = kind if prop.required else NotRequired[kind]
    shape = TypedDict(table, fields)  # type: ignore[misc]
    shape.__pydantic_config__ = {"extra": "forbid", "strict": True}  # type: ignore[attr-defined]
    return TypeAdapter(shape)


def _python_type(prop: Property) -> Any:
    if prop.enumeration:
        return Literal[tuple(SCHEMA.enumerations[prop.enumeration].french)]
    return _KEY if (prop.owner, prop.name) in INDEXED else _TYPES[prop.type]
