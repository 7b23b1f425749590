"""What people add to the report: views and proofs in an order, each signed, kept in the store.

The whole list is stated anew at each write, under one source a contract: the history, `undo`, copies and
frozen versions then hold it like any other rows.
"""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlsplit

from graphmodel.batch import BatchBuilder, Source
from graphmodel.contract_graph import ContractGraph
from graphmodel.errors import UsageError
from graphmodel.frames import records_of
from graphmodel.stores.base import Store
from graphmodel.stores.loads import BASKET, Load

LABEL = "ReportItem"
LONGEST_TITLE = 160
LONGEST_COMMENT = 1200
LONGEST_ADDRESS = 1000


@dataclass(frozen=True, slots=True)
class ReportItem:
    """A view or a proof that somebody added to the report.

    Attributes
    ----------
    id
        Identifier within the list of the contract.
    address
        Path and settings of the view inside the dashboard: `/territoires?sel=243800604`.
    title
        What the annex calls it.
    comment
        What the person who added it wants to say of it; empty without.
    added_by, added_on
        Who, and on which ISO day.
    """

    id: str
    address: str
    title: str
    comment: str
    added_by: str
    added_on: str


def report_items(graph: ContractGraph) -> tuple[ReportItem, ...]:
    """Return what was added to the report of the contract of a snapshot, in the order of the annex."""
    return _ordered(records_of(graph.nodes(LABEL)))


def kept_items(store: Store, contract: str) -> list[ReportItem]:
    """Return what was added to the report of a contract, in order, read in the store itself."""
    rows = [record.values for record in store.read_all(LABEL)]
    return list(_ordered([row for row in rows if row.get("contract") == contract]))


def add_item(
    store: Store, contract: str, address: str, title: str, *, author: str, comment: str = ""
) -> ReportItem:
    """Add a view or a proof at the end of the list, and return it.

    Parameters
    ----------
    store
        Where to write.
    contract
        Identifier of the contract.
    address
        Path and settings inside the dashboard.
    title, comment
        What it is called, what is said of it.
    author
        Who adds it; required.

    Raises
    ------
    UsageError
        Nobody signs, the title is missing, a text is too long, the address is none of the dashboard's, or the
        view is there already.
    StoreChangedError
        When somebody wrote meanwhile.
    """
    said = _checked(address, title, comment, author)
    items = kept_items(store, contract)
    if any(item.address == said.address for item in items):
        raise UsageError("Cette vue est déjà dans le rapport.")
    made = replace(said, id=str(1 + max((int(item.id) for item in items), default=0)))
    _write(store, contract, [*items, made], author)
    return made


def remove_item(store: Store, contract: str, identifier: str, *, author: str) -> None:
    """Take a view or a proof out of the list.

    Raises
    ------
    UsageError
        There is none of that identifier, or nobody signs.
    StoreChangedError
        When somebody wrote meanwhile.
    """
    _change(store, contract, identifier, author, lambda items, at: [*items[:at], *items[at + 1 :]])


def move_item(store: Store, contract: str, identifier: str, by: int, *, author: str) -> None:
    """Move a view or a proof up (`by` < 0) or down; the first and the last stay where they are.

    Raises
    ------
    UsageError
        There is none of that identifier, or nobody signs.
    StoreChangedError
        When somebody wrote meanwhile.
    """

    def moved(items: list[ReportItem], at: int) -> list[ReportItem]:
        others = [*items[:at], *items[at + 1 :]]
        to = min(max(at + by, 0), len(others))
        return [*others[:to], items[at], *others[to:]]

    _change(store, contract, identifier, author, moved)


def _change(
    store: Store,
    contract: str,
    identifier: str,
    author: str,
    change: Callable[[list[ReportItem], int], list[ReportItem]],
) -> None:
    _require(author)
    items = kept_items(store, contract)
    at = next((rank for rank, item in enumerate(items) if item.id == identifier), None)
    if at is None:
        raise UsageError("Cet ajout n’est plus dans le rapport : rouvrez la page.")
    _write(store, contract, change(items, at), author)


def _require(author: str) -> None:
    if not author.strip():
        raise UsageError("Dites qui ajoute : le champ « Ajouté par » est vide.")


def _checked(address: str, title: str, comment: str, author: str) -> ReportItem:
    _require(author)
    said = ReportItem("", address.strip(), " ".join(title.split()), " ".join(comment.split()),
                      author.strip(), date.today().isoformat())  # fmt: skip
    parts = urlsplit(said.address)
    if parts.scheme or parts.netloc or not parts.path.startswith("/"):
        raise UsageError("Seule une vue de ce tableau de bord s’ajoute au rapport.")
    if not said.title:
        raise UsageError("Donnez un titre à ce que vous ajoutez.")
    for text, longest, what in (
        (said.title, LONGEST_TITLE, "Le titre"),
        (said.comment, LONGEST_COMMENT, "Le commentaire"),
        (said.address, LONGEST_ADDRESS, "L’adresse de la vue"),
    ):
        if len(text) > longest:
            raise UsageError(f"{what} est trop long : {len(text)} caractères, {longest} au plus.")
    return said


def _ordered(rows: Sequence[Mapping[str, object]]) -> tuple[ReportItem, ...]:
    def rank(row: Mapping[str, object]) -> tuple[int, int]:
        return int(str(row.get("position") or 0)), int(str(row["id"]))

    return tuple(
        ReportItem(
            str(row["id"]), str(row["address"]), str(row["name"]), str(row.get("comment") or ""),
            str(row.get("added_by") or ""), str(row.get("added_on") or ""),
        )
        for row in sorted(rows, key=rank)
    )  # fmt: skip


def _write(store: Store, contract: str, items: Sequence[ReportItem], author: str) -> Load | None:
    """State the whole list anew: what it no longer holds goes."""
    told = [(item.id, item.address, item.title, item.comment, item.added_by, item.added_on) for item in items]
    sha256 = hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()
    source = Source(f"ajouts au rapport {contract}", "Ajouts au rapport", sha256, BASKET, author=author)
    rows = BatchBuilder(source, contract)
    for position, item in enumerate(items, start=1):
        values = {
            "address": item.address, "comment": item.comment or None, "added_by": item.added_by,
            "added_on": date.fromisoformat(item.added_on), "position": position,
        }  # fmt: skip
        rows.node(LABEL, item.id, values, name=item.title)
    return store.apply(store.plan(rows.build(), replace=True), author=author, action=BASKET)
