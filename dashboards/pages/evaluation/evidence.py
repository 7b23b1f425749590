"""What a value rests on in the store: rows counted by table, loads, and each row's file, sheet and line."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from dashboards import view_data
from graphmodel import ContractGraph, Store
from graphmodel.attestations import Record
from graphmodel.batch import Place
from graphmodel.indicators import IndicatorValue
from graphmodel.provenance import Document, Documents, Statement, provenance, provenance_of
from graphmodel.schema import SCHEMA

MOST_SHOWN = 4
"""Rows that the dialog shows; the file of the proof holds all of them."""

_BACKGROUND = (
    "Territory",
    "CONTAINS",
    "ADJACENT_TO",
    "Zoning",
    "CLASSED_IN",
    "Sector",
    "Organisation",
    "Action",
)
"""Tables of what everything stands on: counted and cited after the rows that say what happened."""

_LASTING = ("Need", "PolicyAct")
"""Tables whose rows count from their year on: a need of 2014 is still one in 2016."""

GATED = ("SUPPORTS", "Funding", "FUNDS", "Observation", "Measure")
"""Tables whose rows tell of one unit: a publication gives their place, never whom they are about."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row that a value rests on, and where one document says it.

    Attributes
    ----------
    table, key
        Table of the schema and key of the row.
    caption
        What the row is about; None where it is not to be told.
    document
        The document, with its load.
    place
        Sheet and row, or quote with its lines.
    """

    table: str
    key: str
    caption: str | None
    document: Document
    place: Place


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a value rests on.

    Attributes
    ----------
    counts
        Number of rows of each table, as the snapshot holds them, what happened before what it stands on.
    lines
        The rows with their place, in the order of their sheets.
    total
        Number of statements of `lines` before it was cut.
    years
        Years of the rows counted; empty for all of them.
    """

    counts: tuple[tuple[str, int], ...]
    lines: tuple[Line, ...]
    total: int
    years: tuple[int, ...]

    @property
    def loads(self) -> list[Document]:
        """Return one document of each load, the oldest load first."""
        found: dict[int, Document] = {}
        for line in self.lines:
            found.setdefault(line.document.load, line.document)
        return [found[number] for number in sorted(found)]


def years_of(value: IndicatorValue) -> tuple[int, ...]:
    """Return the years of a value, in order; empty for those of no year, or of all."""
    told = [value.params[name] for name in ("t0", "year", "year2") if name in value.params]
    return tuple(sorted({int(year) for year in told if year.isdigit()}))


def tables_of(value: IndicatorValue) -> list[str]:
    """Return the tables of the schema that a value rests on, what happened before what it stands on."""
    known = [table for table in value.sources if table in SCHEMA.tables]
    return sorted(known, key=lambda table: table in _BACKGROUND)


def evidence_of(
    store: Store, graph: ContractGraph, value: IndicatorValue, *, captions: bool, background: bool = False
) -> Evidence:
    """Return what a value rests on.

    Parameters
    ----------
    store
        The store, for the place of each row.
    graph
        Its snapshot, for the rows of the years of the value.
    value
        The value.
    captions
        False keeps silent whom the rows of one unit are about.
    background
        True cites the rows of territories, zonings, actors and actions too; they are counted in any case.
    """
    years = years_of(value)
    documents = Documents(store.history())
    counts, lines = [], []
    names = _Names(graph)
    for table in tables_of(value):
        keys = keys_of(graph, table, years)
        counts.append((table, len(keys)))
        if table in _BACKGROUND and not background and not _only_background(value):
            continue
        told = captions or table not in GATED
        for record in store.read(table, keys).values():
            lines += _lines(table, record, documents, names if told else None)
    lines.sort(key=lambda line: (tables_of(value).index(line.table), _order(line)))
    return Evidence(tuple(counts), tuple(lines), len(lines), years)


def _only_background(value: IndicatorValue) -> bool:
    return all(table in _BACKGROUND for table in tables_of(value))


def _order(line: Line) -> tuple[bool, str, str, int, str]:
    """Rank a line: those that name a sheet first."""
    place = line.place
    return place.sheet is None, line.document.name, place.sheet or "", place.row or 0, line.key


def keys_of(graph: ContractGraph, table: str, years: Iterable[int]) -> list[str]:
    """Return the keys of the rows of a table, of some years where its rows have one."""
    frame: pd.DataFrame = graph.nodes(table) if SCHEMA.is_node(table) else graph.relationships(table)
    wanted = list(years)
    if wanted and "year" in frame.columns and bool(frame["year"].notna().any()):
        told = frame["year"] <= max(wanted) if table in _LASTING else frame["year"].isin(wanted)
        frame = frame[told]
    return [str(key) for key in frame.index]


def _lines(table: str, record: Record, documents: Documents, names: "_Names | None") -> list[Line]:
    known = provenance_of(table, record, documents)
    caption = names.caption(table, record.values, known.element.name) if names is not None else None
    return [Line(table, record.key, caption, said.document, said.place) for said in known.statements]


class _Names:
    """Names rows as people do: an action by its code, an actor and a place by their name."""

    def __init__(self, graph: ContractGraph) -> None:
        self._graph = graph
        self._known: dict[str, dict[str, str]] = {}

    def caption(self, table: str, values: Mapping[str, object], name: str) -> str:
        """Return what a row is about: « I.1.2 → Fictiscop Rivage »."""
        if SCHEMA.is_node(table):
            return name
        return " → ".join(
            self._name(str(values.get(f"{end}_label")), str(values.get(end))) for end in ("source", "target")
        )

    def _name(self, label: str, key: str) -> str:
        if label not in SCHEMA.nodes:
            return key
        if label not in self._known:
            frame = self._graph.nodes(label)
            shown = frame["id"].map(view_data.action_code) if label == "Action" else frame["name"]
            self._known[label] = dict(zip(map(str, frame.index), map(str, shown), strict=True))
        return self._known[label].get(key, key.rpartition("/")[2])


def quote_of(store: Store, graph: ContractGraph, effect: str) -> Statement | None:
    """Return where the convention says an expected effect, None where nothing does.

    Parameters
    ----------
    store, graph
        The store and its snapshot.
    effect
        `E3.1`…
    """
    frame = graph.nodes("ExpectedEffect")
    keys = [str(key) for key in frame.index[frame["id"] == effect]]
    if not keys:
        return None
    said = provenance(store, "ExpectedEffect", keys[0]).statements
    return next((statement for statement in said if statement.place.quote), None)
