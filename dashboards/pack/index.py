"""The first page of the folder of a meeting: what each file is, how much it weighs, what is not there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Final

import jinja2

from dashboards import view_data, words
from dashboards.pack.bench import Bench
from dashboards.pack.contents import Order, title_of
from dashboards.prints import furniture
from dashboards.theme import LIGHT
from graphmodel.invitations import MeetingHeld

INDEX: Final = "index.html"
_MARK: Final = '<meta name="generator" content="maillage pack">'
"""What tells the index of a pack from somebody else's page."""
_FORMATS: Final = {".pdf": "PDF", ".html": "page web"}


@dataclass(frozen=True, slots=True)
class Link:
    """A file: path, format, size in words, and the whole of it for who hears the link alone."""

    path: str
    form: str
    size: str
    label: str


def is_index(path: Path) -> bool:
    """Tell whether a file is the index of a pack."""
    try:
        return _MARK in path.read_text(encoding="utf-8")[:2000]
    except (OSError, UnicodeDecodeError):
        return False


def weight(size: int) -> str:
    """Return a size in bytes as French text.

    >>> weight(1_260_000)
    '1,3\\u202fMo'
    """
    if size < 1_000_000:
        return f"{words.number(max(1, round(size / 1000)))}{words.NNBSP}ko"
    return f"{words.number(size / 1_000_000, 1)}{words.NNBSP}Mo"


def index_page(
    bench: Bench,
    meeting: MeetingHeld,
    orders: Sequence[Order],
    sizes: Mapping[str, int],
    absent: Sequence[tuple[str, str]],
    command: str,
) -> str:
    """Return the index: one HTML page that asks for nothing else.

    Parameters
    ----------
    bench
        Graph and evaluation of the folder.
    meeting
        The meeting.
    orders
        The pieces that were made.
    sizes
        Bytes of each file.
    absent
        What is not there, and why.
    command
        What makes the folder again.
    """
    graph, mode = bench.graph, bench.evaluation.mode
    foot = furniture.imprint(graph, (), command, fictional=graph.fictional, mode=mode)
    groups = (
        ("Séance", "meeting"), ("Fiches des collectivités", "sheet"), ("Cartes à imprimer", "map"),
        ("Carte à parcourir", "web_map"),
    )  # fmt: skip
    shown = [
        (title, [(order, _links(order, sizes)) for order in orders if order.kind == kind])
        for title, kind in groups
    ]
    source = (files("dashboards.pack") / "index.html").read_text(encoding="utf-8")
    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True)
    years = view_data.years_of(graph)
    return environment.from_string(source).render(
        title=words.typeset(title_of(meeting)),
        about=[words.typeset(text) for text in _about(meeting)],
        contract=furniture.contract_words(graph),
        years=years,
        fictional=graph.fictional,
        fictional_sentence=words.FICTIONAL_SENTENCE,
        groups=[(name, rows) for name, rows in shown if rows],
        absent=[(name, words.typeset(reason)) for name, reason in absent],
        total=words.counted(len(sizes), "fichier"),
        weight=weight(sum(sizes.values())),
        foot=foot,
        c=LIGHT,
    )


def _about(meeting: MeetingHeld) -> list[str]:
    told = [f"Lieu : {meeting.place}." if meeting.place else "",
            f"Ordre du jour : {meeting.subject}." if meeting.subject else ""]  # fmt: skip
    return [text for text in told if text]


def _links(order: Order, sizes: Mapping[str, int]) -> list[Link]:
    found = []
    for path in order.paths:
        form = _FORMATS[Path(path).suffix]
        size = weight(sizes[path])
        found.append(Link(path, form, size, f"{order.title}, {form}, {size}"))
    return found
