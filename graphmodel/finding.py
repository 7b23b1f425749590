"""Find a row of a store from what a person types: `Action:I_1.2`, a key, a bare identifier, a name."""

import difflib
import unicodedata
from collections.abc import Iterator

from graphmodel.aliases import LABEL
from graphmodel.element import ARROW, Element, element_of, key_tail
from graphmodel.errors import UsageError
from graphmodel.schema import SCHEMA
from graphmodel.stores.base import Store
from graphmodel.stores.loads import aliases_of

_LISTED = 12
_WIDEST = 70
_NAMING = ("key", "id", "name")
_ENDS = ("key", "source", "target", "source_label", "target_label")


def find_element(store: Store, word: str, contract: str | None = None) -> Element:
    """Return the only element that a word names.

    Parameters
    ----------
    store
        Where to look.
    word
        `Label:id`, `Label:end of key`, a key, an identifier or a name; of a relationship, `TYPE:key` or
        `TYPE:` and one of its ends. Labels are read in English or in French, whatever their case.
    contract
        Contract to look in; None for all.

    Raises
    ------
    UsageError
        Nothing has that name, or several elements do: all are listed.
    """
    tables, rest = _split(word)
    if not rest:
        raise UsageError("Nommez un élément, par exemple Action:I_1.2 ou Organisation:CRESS-RA.")
    every = _every(store, tables, contract)
    found = _matching(every, rest)
    if len(found) == 1:
        return found[0]
    if not found:
        raise UsageError(_nothing(store, word, rest, every))
    lines = "\n".join(map(element_line, found[:_LISTED]))
    more = f"\net {len(found) - _LISTED} de plus" if len(found) > _LISTED else ""
    raise UsageError(f"Plusieurs éléments répondent à « {word} » : précisez.\n{lines}{more}")


def _nothing(store: Store, word: str, rest: str, every: list[Element]) -> str:
    """Return what to say of a word that names nothing: what it was joined to, else what is near it."""
    for key, kept in aliases_of(store.history()).items():
        if rest in (key, key_tail(LABEL, key)):
            return f"« {rest} » a été réunie à {LABEL}:{kept.id} : c’est elle qu’il faut nommer."
    near = difflib.get_close_matches(rest, [e.id for e in every], 3, 0.6)
    hint = f" Les plus proches : {', '.join(dict.fromkeys(near))}." if near else ""
    return f"Rien ne s’appelle « {word} » dans la base.{hint}"


def matching_elements(store: Store, word: str, contract: str | None = None) -> list[Element]:
    """Return every element that a word names; see `find_element`."""
    tables, rest = _split(word)
    return _matching(_every(store, tables, contract), rest)


def element_line(element: Element) -> str:
    """Return an element as one line of a list to choose from."""
    name = element.name if len(element.name) <= _WIDEST else f"{element.name[: _WIDEST - 1]}…"
    return f"- {element.handle} : {name}"


def _every(store: Store, tables: list[str], contract: str | None) -> list[Element]:
    return [e for table in tables or SCHEMA.nodes for e in _elements(store, table, contract)]


def _split(word: str) -> tuple[list[str], str]:
    """Return the tables that the head of a word names, and the rest; no table when it has no such head."""
    head, colon, rest = word.partition(":")
    wanted = _folded(head)
    tables = [
        name
        for name, table in SCHEMA.tables.items()
        if wanted in (_folded(name), _folded(table.french)) and colon
    ]
    return (tables, rest.strip()) if tables else ([], word.strip())


def _elements(store: Store, table: str, contract: str | None) -> Iterator[Element]:
    columns = store.columns(table, contract)
    names = _NAMING if SCHEMA.is_node(table) else _ENDS
    for cells in zip(*(columns.get(name) or () for name in names), strict=False):
        yield element_of(table, str(cells[0]), dict(zip(names, cells, strict=True)))


def _matching(every: list[Element], word: str) -> list[Element]:
    """Return what a word names: by key or identifier, else by a looser writing of the identifier or name."""
    exact = [e for e in every if word in (e.key, e.id, key_tail(e.table, e.key))]
    if exact:
        return exact
    wanted = _folded(word)
    dotted = wanted.replace("_", ".")
    return [
        e
        for e in every
        if wanted in (_folded(text) for text in (e.name, *e.name.split(ARROW)))
        or dotted in (_folded(text).replace("_", ".") for text in (e.id, key_tail(e.table, e.key)))
    ]


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold().replace("’", "'"))
    return " ".join("".join(letter for letter in plain if not unicodedata.combining(letter)).split())
