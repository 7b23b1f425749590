"""« Lire la convention »: the passages the store quotes, in the order of their lines, with what they say."""

from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component

from dashboards import frame, words
from dashboards.attributes import attributes
from dashboards.pages.page import Visit
from graphmodel import MaillageError, Store
from graphmodel.element import element_of
from graphmodel.schema import SCHEMA

NO_STORE = (
    "Cette page lit une copie : ouvrez le tableau de bord sur la base elle-même pour lire les passages."
)
MOST_NAMED = 4
"""Elements named under a passage; the others are counted."""

STRETCH = 250
"""Lines of the convention shown at once: a page of all its passages is slow to draw."""

_NEVER_QUOTED = ("Territory", "CONTAINS", "Observation", "Movement")
"""Tables of reference material, too long to be read for quotes that they do not hold."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage of the convention that the store quotes.

    Attributes
    ----------
    lines
        First and last line, from 1.
    quote
        The text.
    elements
        What rests on it: `Label:key` and name.
    """

    lines: tuple[int, int]
    quote: str
    elements: tuple[tuple[str, str], ...]


def passages_of(store: Store) -> tuple[Passage, ...]:
    """Return the quoted passages of a store, in the order of their lines."""
    found: dict[tuple[tuple[int, int], str], dict[str, str]] = {}
    for table in SCHEMA.tables:
        if table in _NEVER_QUOTED:
            continue
        for record in store.read_all(table):
            for said in record.attestations:
                if said.place.lines and said.place.quote:
                    name = element_of(table, record.key, record.values).name
                    elements = found.setdefault((said.place.lines, said.place.quote), {})
                    elements[f"{table}:{record.key}"] = f"{SCHEMA.tables[table].french.lower()} {name}"
    return tuple(Passage(lines, quote, _things_first(found[lines, quote])) for lines, quote in sorted(found))


def _things_first(elements: dict[str, str]) -> tuple[tuple[str, str], ...]:
    """Return what rests on a passage: things, or the links between things where there are only those."""
    things = [(handle, name) for handle, name in elements.items() if SCHEMA.is_node(handle.partition(":")[0])]
    return tuple(things or elements.items())


_KEPT: dict[tuple[str, int, str], tuple[Passage, ...]] = {}


def _passages(visit: Visit) -> tuple[Passage, ...] | None:
    """Return the passages of the present version, read once; None without a store."""
    access, version = visit.desk.access, visit.graph.version
    if access is None:
        return None
    key = (access.url, version.number, str(version.marker))
    if key not in _KEPT:
        with access.open() as store:
            read = passages_of(store)
        _KEPT.clear()
        _KEPT[key] = read
    return _KEPT[key]


def reading(visit: Visit, back: str) -> Component:
    """Return the card of the passages of a stretch of the convention.

    Parameters
    ----------
    visit
        The opening of the page; the setting `lignes` is the first line of the stretch.
    back
        Address of the page without them, with at least one setting.
    """
    try:
        passages = _passages(visit)
        told = NO_STORE if passages is None else "La convention n’est pas chargée dans cette base."
    except MaillageError as error:
        passages, told = None, str(error)
    starts = sorted({_start(passage) for passage in passages or ()})
    asked = visit.settings.get("lignes", "")
    start = int(asked) if asked in map(str, starts) else next(iter(starts), 1)
    shown = [passage for passage in passages or () if _start(passage) == start]
    count = words.counted(len(passages or ()), "passage cité", "passages cités")
    head = html.Div(
        [
            html.H2("La convention, dans l’ordre de ses lignes"),
            html.P(count),
            html.A("‹ Les deux lectures", href=back, className="inside", id="contract-back"),
        ],
        className="card-head",
    )
    listed: Component = html.Ol([_passage(passage) for passage in shown], className="passages")
    body = [_stretches(starts, start, back), listed] if shown else [html.P(words.typeset(told))]
    field = html.Div(
        body, className="card-body scrolled", tabIndex=0, role="region",
        **attributes(aria_label="Passages de la convention"),
    )  # fmt: skip
    return html.Section([head, field], className="card")


def _start(passage: Passage) -> int:
    """Return the first line of the stretch that a passage is in."""
    return (passage.lines[0] - 1) // STRETCH * STRETCH + 1


def _stretches(starts: list[int], start: int, back: str) -> Component:
    links = [
        html.A(
            f"l. {first}-{first + STRETCH - 1}",
            href=f"{back}&vue=texte&lignes={first}",
            id=f"lines-{first}",
            className="inside",
            **(attributes(aria_current="true") if first == start else {}),
        )
        for first in starts
    ]
    return html.Nav(links, className="segments", **attributes(aria_label="Lignes de la convention"))


def _passage(passage: Passage) -> Component:
    first, last = passage.lines
    lines = f"l. {first}" if first == last else f"l. {first}-{last}"
    named = [frame.source_button(handle, name) for handle, name in passage.elements[:MOST_NAMED]]
    rest = len(passage.elements) - len(named)
    more = [html.Span(f"et {words.counted(rest, 'autre')}", className="small")] if rest > 0 else []
    return html.Li(
        [
            html.Span(lines, className="passage-lines"),
            html.Div([html.Blockquote(passage.quote), html.Div([*named, *more], className="passage-names")]),
        ]
    )
