"""Writes to a store and what is kept of them: the history that `undo`, corrections and decisions rest on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from graphmodel.aliases import Aliases, Kept
from graphmodel.attestations import Record
from graphmodel.errors import StoreChangedError
from graphmodel.plan import KINDS

LOAD = "load"
UNDO = "undo"
CORRECTION = "correction"
MATCH = "match"
PUSH = "push"
BASKET = "basket"


@dataclass(frozen=True, slots=True)
class Load:
    """One write to a store.

    Attributes
    ----------
    number
        Version number it produced.
    at
        ISO date and time, UTC.
    author
        Who declared it.
    sources
        Documents of a `load`: `id`, `name`, `sha256`, `kind`, `rows`, `fictional`, and the
        `author` and ISO day `known_on` that they declare, None where they do not. Of an `undo`: the number
        `undone`. Of a `correction` or a `match`: what was decided, see `corrections` and `merging`.
    counts
        Rows added, changed, removed, unchanged, for nodes and for relationships.
    action
        `load`, `undo`, `correction`, `match`, `push`, or `basket`: what is added to the report.
    """

    number: int
    at: str
    author: str
    sources: list[dict[str, Any]]
    counts: dict[str, dict[str, int]]
    action: str = LOAD


Past = tuple[Load, Mapping[str, Mapping[str, Record]]]
"""A load made elsewhere, with the records as they stood before it."""


@dataclass(slots=True)
class Writes:
    """Rows to write and keys to delete in one transaction, with what is needed to take them back.

    `fresh` is True when the store holds no row at all: `before` then comes from another store.
    """

    records: dict[str, list[Record]]
    removed: dict[str, list[str]]
    before: dict[str, dict[str, Record]]
    fresh: bool = False


def no_changes() -> dict[str, dict[str, int]]:
    """Return the counts of a write that changes no row."""
    return {group: dict.fromkeys(KINDS, 0) for group in ("nodes", "relationships")}


def now() -> str:
    """Return the date and time as a load keeps them: ISO, UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def standing(history: Sequence[Load]) -> list[Load]:
    """Return the loads that count, oldest first: those neither undone nor an undo themselves."""
    undone = {source["undone"] for load in history if load.action == UNDO for source in load.sources}
    return [load for load in history if load.action != UNDO and load.number not in undone]


def check_expected(found: int, expected: int) -> None:
    """Raise when a store moved since a plan was made.

    Raises
    ------
    StoreChangedError
        `found` differs from `expected`.
    """
    if found != expected:
        raise StoreChangedError(
            f"La base a changé pendant ce temps (version {found} au lieu de {expected}) : rien n’a été "
            "écrit. Relancez le chargement."
        )


def aliases_of(history: Sequence[Load]) -> Aliases:
    """Return the organisations merged by the decisions that stand, replayed in their order.

    A decision « same » joins all that stood under the second organisation to the first; « different » lets
    the second go, with nothing but itself.
    """
    found: dict[str, Kept] = {}
    for load in standing(history):
        for source in load.sources if load.action == MATCH else ():
            _replay(found, source["decision"])
    return found


def _replay(found: dict[str, Kept], decision: Mapping[str, Any]) -> None:
    (first, first_id), (second, second_id) = decision["first"], decision["second"]
    if decision["verdict"] == "same":
        kept = found.get(first, Kept(first, first_id))
        other = found.get(second, Kept(second, second_id)).key
        if other != kept.key:
            for key in [key for key, target in found.items() if target.key == other]:
                found[key] = kept
            found[other] = kept
    elif found.get(second, Kept(second, second_id)).key == found.get(first, Kept(first, first_id)).key:
        found.pop(second if second in found else first, None)
