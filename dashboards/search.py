"""The search field of the header: territories, actors and actions by the first letters of any word."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from dashboards import view_data, words
from geodata.territories import load_reference
from geodata.territory import OFFICIAL_LEVELS
from graphmodel import ContractGraph

KINDS = ("territory", "organisation", "action")
"""Kinds of results; a page says in `Page.finds` which ones it opens."""
FEWEST_LETTERS = 2
_KEPT_VERSIONS = 2
_LEVELS_FIRST = ("epci", "departement", "commune")


@dataclass(frozen=True, slots=True)
class Found:
    """One result.

    Attributes
    ----------
    kind
        One of `KINDS`.
    selection
        Value of `sel` in the address: code of a territory, `Organisation:id` or `Action:id`.
    name, about
        Name, and what it is: level and département, « acteur », « action ».
    folded
        The name without accents, hyphens and capitals.
    rank
        Order among equals, small first.
    """

    kind: str
    selection: str
    name: str
    about: str
    folded: str
    rank: int


def folded(text: str) -> str:
    """Return a text without accents, capitals, hyphens and apostrophes: what a search compares."""
    plain = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("Œ", "oe"))
    kept = "".join(c if c.isalnum() else " " for c in plain if not unicodedata.combining(c))
    return " ".join(kept.casefold().split())


def find(graph: ContractGraph, text: str, most: int = 9) -> list[Found]:
    """Return the results of a text, the best first: names that begin with it, then words that do.

    Parameters
    ----------
    graph
        Snapshot: its actors, its actions, its own perimeters; communes and EPCI come from the reference.
    text
        What was typed; under two letters nothing is found, unless it is a code.
    most
        Number of results.
    """
    asked = folded(text)
    if len(asked) < FEWEST_LETTERS:
        return []
    ranked = []
    for entry in (*_territories(), *_of_graph(graph)):
        code = folded(entry.selection.split(":")[-1])
        if entry.folded.startswith(asked):
            ranked.append((0 if entry.folded != asked else -1, entry))
        elif code.startswith(asked):
            ranked.append((1, entry))
        elif f" {asked}" in entry.folded:
            ranked.append((2, entry))
    ranked.sort(key=lambda pair: (pair[0], pair[1].rank, len(pair[1].folded), pair[1].folded))
    return [entry for _, entry in ranked[:most]]


@lru_cache(maxsize=1)
def _territories() -> tuple[Found, ...]:
    reference = load_reference()
    departements = {t.code: t.name for t in reference.every("departement")}
    found = []
    for rank, level in enumerate(_LEVELS_FIRST):
        for territory in reference.every(level):  # type: ignore[arg-type]
            where = departements.get(territory.departement or "", "")
            about = " · ".join(filter(None, (words.LEVELS[level][0], where)))
            found.append(
                Found("territory", territory.code, territory.name, about, folded(territory.name), rank)
            )
    return tuple(found)


def _of_graph(graph: ContractGraph) -> tuple[Found, ...]:
    key = (graph.version.number, str(graph.version.marker), id(graph))
    if key not in _KEPT:
        while len(_KEPT) >= _KEPT_VERSIONS:
            _KEPT.pop(next(iter(_KEPT)))
        _KEPT[key] = (*_nodes(graph), *_perimeters(graph))
    return _KEPT[key]


_KEPT: dict[tuple[int, str, int], tuple[Found, ...]] = {}
"""What the last snapshots hold, so that a letter typed does not read them again."""


def _nodes(graph: ContractGraph) -> Iterable[Found]:
    for label, kind, said in (("Organisation", "organisation", "acteur"), ("Action", "action", "action")):
        frame = graph.nodes(label)
        for identifier, name in zip(frame["id"], frame["name"], strict=True):
            shown = f"{view_data.action_code(str(identifier))} {name}" if label == "Action" else str(name)
            yield Found(kind, f"{label}:{identifier}", shown, said, folded(shown), 1)


def _perimeters(graph: ContractGraph) -> Iterable[Found]:
    frame = graph.nodes("Territory")
    for code, name, level in zip(frame["code"], frame["name"], frame["level"], strict=True):
        if level not in OFFICIAL_LEVELS:
            about = words.LEVELS.get(str(level), (str(level),))[0]
            yield Found("territory", str(code), str(name), about, folded(str(name)), 1)
