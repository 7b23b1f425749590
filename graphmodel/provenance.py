"""Where the values of a row come from: document, sheet and row, or quote; conflicts and corrections."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graphmodel.attestations import Correction, Record, said_in
from graphmodel.batch import Place, Values
from graphmodel.element import Element, element_of
from graphmodel.errors import UsageError
from graphmodel.schema import SCHEMA
from graphmodel.stores.base import Store
from graphmodel.stores.loads import BASKET, LOAD, Load

_BASE = frozenset({"key", "contract", "id", "source", "target", "source_label", "target_label"})


@dataclass(frozen=True, slots=True)
class Document:
    """A document as it stood when it was loaded.

    Attributes
    ----------
    id, name, sha256, kind, fictional
        See `graphmodel.Source`; `sha256` and `kind` are empty when the history does not know the document.
    load
        Number of the load that brought it.
    at, author
        ISO date and time of that load, and who declared it; empty when not known.
    said_by, known_on
        Who says it and since which ISO day, as the document declares; None where it does not.
    """

    id: str
    name: str
    sha256: str
    kind: str
    fictional: bool
    load: int
    at: str
    author: str
    said_by: str | None = None
    known_on: str | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """What one document, or one correction, says of a row.

    Attributes
    ----------
    document
        The document; a correction stands as a document of kind `correction`.
    place
        Where in the document.
    values
        Properties said, the base columns left out.
    correction
        Author, date and reason, when it is one.
    named
        Key under which the document names the row, when a decision made it another; else None.
    """

    document: Document
    place: Place
    values: Values
    correction: Correction | None
    named: str | None


@dataclass(frozen=True, slots=True)
class Provenance:
    """A row, its values as resolved, and the statements they rest on.

    `values` leaves out what nobody knows; `conflicts` names the properties that two documents dispute.
    """

    element: Element
    values: Values
    conflicts: tuple[str, ...]
    statements: tuple[Statement, ...]

    def saying(self, name: str) -> list[Statement]:
        """Return the statements that know a property."""
        return [s for s in self.statements if s.values.get(name) is not None]


class Documents:
    """The documents of a history, found by identity and load."""

    def __init__(self, history: Sequence[Load]) -> None:
        self._found: dict[str, list[Document]] = {}
        for load in history:
            for source in load.sources if load.action in (LOAD, BASKET) else ():
                document = _document(source, load)
                self._found.setdefault(document.id, []).append(document)

    def find(self, identity: str, load: int) -> Document:
        """Return a document as the load of a given number brought it, or the latest one before."""
        every = self._found.get(identity, [])
        before = [document for document in every if document.load <= load]
        if before:
            return before[-1]
        return Document(identity, identity, "", "", False, load, "", "")


def _document(source: Mapping[str, object], load: Load) -> Document:
    text = {name: str(source.get(name) or "") for name in ("id", "name", "sha256", "kind")}
    said_by, known_on = source.get("author"), source.get("known_on")
    return Document(
        **text,
        fictional=bool(source.get("fictional")),
        load=load.number,
        at=load.at,
        author=load.author,
        said_by=str(said_by) if said_by else None,
        known_on=str(known_on) if known_on else None,
    )


def provenance(store: Store, table: str, key: str) -> Provenance:
    """Return where the values of one row come from.

    Raises
    ------
    UsageError
        The store has no such row.
    """
    record = store.read(table, [key]).get(key)
    if record is None:
        raise UsageError(f"La base n’a pas d’élément « {SCHEMA.tables[table].french} » {key}.")
    return provenance_of(table, record, Documents(store.history()))


def provenance_of(table: str, record: Record, documents: Documents) -> Provenance:
    """Return where the values of a record come from, given the documents of its store."""
    statements = tuple(
        Statement(
            _correction_document(a.source, a.load, a.correction)
            if a.correction
            else documents.find(a.source, a.load),
            a.place,
            _properties(said_in(a, record)),
            a.correction,
            a.origin_key,
        )
        for a in record.attestations
    )
    return Provenance(
        element_of(table, record.key, record.values),
        _properties(record.values),
        record.conflicts,
        statements,
    )


def _correction_document(identity: str, load: int, made: Correction) -> Document:
    return Document(identity, "correction", "", "correction", False, load, made.on, made.author)


def _properties(values: Values) -> Values:
    return {name: value for name, value in values.items() if name not in _BASE}
