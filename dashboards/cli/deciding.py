"""`conflicts` and `correct`: two files that disagree, a value that is overridden."""

import shlex
from typing import Any

from dashboards import words
from dashboards.cli.layout import described, moment, place_of, shortened
from dashboards.cli.session import SESSION, print_json
from dashboards.cli.typed_value import find_property, value_of
from graphmodel import Store
from graphmodel.codec import to_json
from graphmodel.decisions import Conflict, JournalEntry, conflicts, correct, journal, withdraw_correction
from graphmodel.decisions.journal import KINDS, STATES
from graphmodel.element import Element
from graphmodel.errors import UsageError
from graphmodel.finding import find_element
from graphmodel.provenance import Statement
from graphmodel.wording import french_property, french_value

_SHOWN = 50
SIGNED = '--author "Votre nom" --why "La raison"'


def show_conflicts(*, as_json: bool) -> None:
    """Print the values on which two files disagree, what each says, and how to decide."""
    with SESSION.open() as store:
        found = conflicts(store, SESSION.contract)
    if as_json:
        print_json("conflicts", {"conflicts": [_conflict_json(conflict) for conflict in found]})
        return
    if not found:
        print("Aucun désaccord entre les fichiers.")
        return
    wait = words.plural(len(found), "désaccord attend une décision", "désaccords attendent une décision")
    print(f"{words.number(len(found))} {wait} ; d’ici là, la valeur reste inconnue.")
    for conflict in found[:_SHOWN]:
        print("\n".join(["", *_conflict_lines(conflict)]))
    if len(found) > _SHOWN:
        print(f"\n{words.number(len(found) - _SHOWN)} de plus : maillage conflicts --json les donne tous.")


def _conflict_lines(conflict: Conflict) -> list[str]:
    element, name = conflict.element, conflict.property
    lines = [f"{titled(element)} : {french_property(element.table, name)}"]
    for said in conflict.statements:
        value = french_value(element.table, name, said.values[name])
        where = described(said.document, place_of(said.place))
        lines.append(f"  « {shortened(value)} »  d’après {where}")
        if said.place.quote:
            lines.append(f"      « {shortened(said.place.quote, 100)} »")
    chosen = french_value(element.table, name, conflict.statements[0].values[name])
    command = f"maillage correct {shlex.quote(element.handle)} {name} {shlex.quote(chosen)} {SIGNED}"
    return [*lines, f"  Pour trancher, par exemple : {command}"]


def titled(element: Element) -> str:
    """Return what names an element in a command, and its name where that says more."""
    return element.handle if element.name == element.id else f"{element.handle} ({shortened(element.name)})"


def _conflict_json(conflict: Conflict) -> dict[str, Any]:
    element, name = conflict.element, conflict.property
    return {
        "label": element.table, "key": element.key, "id": element.id, "name": element.name,
        "property": name,
        "values": [
            {"value": to_json({name: s.values[name]})[name], **statement_json(s)} for s in conflict.statements
        ],
    }  # fmt: skip


def statement_json(said: Statement) -> dict[str, Any]:
    """Return where a statement stands as JSON holds it."""
    document, place = said.document, said.place
    made = said.correction
    return {
        "source": document.id, "file": document.name, "sha256": document.sha256 or None,
        "kind": document.kind or None, "fictional": document.fictional, "load": document.load,
        "at": document.at or None, "author": document.author or None, "said_by": document.said_by,
        "known_on": document.known_on,
        "sheet": place.sheet, "row": place.row, "column": place.column, "quote": place.quote,
        "lines": list(place.lines) if place.lines else None, "named": said.named,
        "correction": None if made is None else {"author": made.author, "on": made.on, "why": made.why},
    }  # fmt: skip


def correct_value(
    key: str, name: str, value: str | None, *, unknown: bool, withdraw: bool, author: str, why: str
) -> None:
    """Override a value, or take a correction back.

    Raises
    ------
    UsageError
        No such element or property, no value or several wishes at once, or no author or reason.
    InputFaultsError
        The value has not the form its property asks for.
    """
    if sum((value is not None, unknown, withdraw)) != 1:
        raise UsageError("Donnez une valeur, ou --unknown (valeur inconnue), ou --withdraw (retirer).")
    signed = SESSION.declared_author(author)
    with SESSION.open(write=True) as store:
        element = find_element(store, key, SESSION.contract)
        prop = find_property(element.table, name)
        label = french_property(element.table, prop)
        if withdraw:
            load = withdraw_correction(store, element.table, element.key, prop, author=signed, why=why)
            said = "Correction retirée"
        else:
            typed = None if value is None else value_of(element.table, prop, value)
            load = correct(store, element.table, element.key, prop, typed, author=signed, why=why)
            said = "Corrigé"
        now = _now(store, element.table, element.key, prop)
    print(f"{said} : {titled(element)}, {label} : {now}.")
    print(f"Version {load.number} écrite ; maillage undo l’annule.")


def _now(store: Store, table: str, key: str, name: str) -> str:
    record = store.read(table, [key])[key]
    if name in record.conflicts:
        return "à décider, deux fichiers se contredisent"
    value = record.values.get(name)
    return "valeur inconnue" if value is None else f"« {french_value(table, name, value)} »"


def show_journal(*, as_json: bool) -> None:
    """Print the « journal des corrections »: corrections, conflicts settled and matches, oldest first."""
    with SESSION.open() as store:
        entries = journal(store)
    if as_json:
        print_json("corrections", {"corrections": [entry_json(entry) for entry in entries]})
        return
    if not entries:
        print("Aucune correction ni décision.")
        return
    print("Journal des corrections")
    for entry in entries:
        print("\n".join(["", *_entry_lines(entry)]))


def entry_json(entry: JournalEntry) -> dict[str, Any]:
    """Return an entry of the journal as JSON holds it."""
    name = entry.property or "value"
    return {
        "load": entry.load, "kind": entry.kind, "label": entry.table, "key": entry.key, "id": entry.id,
        "name": entry.name, "property": entry.property or None,
        "said": {source: to_json({name: value})[name] for source, value in entry.over.items()},
        "value": to_json({name: entry.value})[name],
        "author": entry.author, "on": entry.on, "why": entry.why, "state": entry.state,
        "ended_by": entry.ended_by, "ended_on": entry.ended_on, "ended_why": entry.ended_why,
    }  # fmt: skip


def _entry_lines(entry: JournalEntry) -> list[str]:
    head = f"{entry.load:>4}  {moment(entry.on)}  {KINDS[entry.kind]}, {STATES[entry.state]}"
    lines = [head, *(f"      {line}" for line in _what(entry))]
    lines.append(f"      {entry.author} : {entry.why}")
    if entry.ended_by is not None:
        lines.append(f"      {moment(entry.ended_on or '')}, {entry.ended_by} : {entry.ended_why}")
    return lines


def _what(entry: JournalEntry) -> list[str]:
    if entry.kind == "match":
        other = next(iter(entry.over.values()))
        same = "est la même organisation que" if entry.value == "same" else "n’est pas"
        return [f"{shortened(entry.id)} {same} {shortened(str(other))}"]
    table, name = entry.table, entry.property
    before = [
        f"« {shortened(french_value(table, name, value))} » ({shortened(source)})"
        for source, value in entry.over.items()
        if value is not None
    ]
    return [
        f"{titled(Element(table, entry.key, entry.id, entry.name))}, {french_property(table, name)}",
        f"{' ; '.join(before) or words.UNKNOWN} → « {shortened(french_value(table, name, entry.value))} »",
    ]
