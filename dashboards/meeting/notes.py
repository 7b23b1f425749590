"""What is written from a meeting: a need or a remark at once, and the agenda prepared beforehand.

Each note is a source of its own that names the meeting and the author: sent twice, it is written once.
"""

import hashlib
import json
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from dashboards import words
from dashboards.meeting.agenda import Agenda
from dashboards.meeting.calendar import AssemblyMeeting, meeting_on
from dashboards.meeting.said import KINDS, NoteKind
from geodata.territories import load_reference
from geodata.territory import OFFICIAL_LEVELS
from graphmodel import BatchBuilder, ContractGraph, Source, Store, UsageError
from graphmodel.batch import Place, Ref
from graphmodel.errors import StoreChangedError

SOURCE_KIND: Final = "meeting"
PREFIX: Final = "SEANCE-"
"""What the identifier of a note begins with in the graph; the browser's own follows."""
LONGEST: Final = 500
"""Characters of a note."""
_ID = re.compile(r"[a-z0-9]{8,40}")
_ATTEMPTS: Final = 4
_LABELS: Final = {"need": "Need", "remark": "Remark"}


@dataclass(frozen=True, slots=True)
class NewNote:
    """A note to write.

    Attributes
    ----------
    id
        Made by the browser that took it down; the same note has the same one whenever it is sent.
    kind, text
        Need or remark, in the words of the room.
    code, level
        Territory it is about; both empty for none.
    day
        Day of the meeting.
    author
        Who takes notes.
    """

    id: str
    kind: NoteKind
    text: str
    code: str
    level: str
    day: date
    author: str


def note_of(sent: Mapping[str, object], author: str) -> NewNote:
    """Return the note that a page sent, once it is sure that it is one.

    Raises
    ------
    UsageError
        Something is missing or is not what it should be.
    """
    texts = {
        name: str(sent.get(name) or "") for name in ("id", "kind", "text", "territory", "level", "meeting")
    }
    text = _clean(texts["text"])
    if texts["kind"] not in KINDS or not _ID.fullmatch(texts["id"]):
        raise UsageError("Cette note n’est pas lisible : rien n’a été écrit.")
    if not text:
        raise UsageError("La note est vide : rien n’a été écrit.")
    if not author.strip():
        raise UsageError("Dites qui prend note : l’auteur manque.")
    try:
        day = date.fromisoformat(texts["meeting"])
    except ValueError as error:
        raise UsageError("La date de la séance n’est pas lisible : rien n’a été écrit.") from error
    return NewNote(texts["id"], texts["kind"], text, texts["territory"], texts["level"], day, _clean(author))


def _clean(text: str) -> str:
    """Return a text on one line, without control characters, no longer than a note."""
    kept = "".join(" " if unicodedata.category(letter)[0] == "C" else letter for letter in text)
    return " ".join(kept.split())[:LONGEST]


def write_note(store: Store, note: NewNote) -> None:
    """Write a note: what was said, at which meeting, on which day, about which territory.

    Raises
    ------
    UsageError
        No territory bears the code sent.
    StoreUnavailableError
        The store is out of reach.
    StoreChangedError
        Others wrote each time it was tried.
    """

    def made(graph: ContractGraph) -> BatchBuilder | None:
        known = f"{PREFIX}{note.id}" in set(graph.nodes(_LABELS[note.kind])["id"])
        return None if known else _note_batch(graph, note)

    _write(store, made, note.author)


def write_agenda(store: Store, day: date, agenda: Agenda, author: str) -> None:
    """Keep the agenda of a meeting; it replaces the one kept before for that day.

    Raises
    ------
    StoreUnavailableError
        The store is out of reach.
    """

    def made(graph: ContractGraph) -> BatchBuilder:
        meeting = meeting_on(graph, day)
        builder = _builder(graph, meeting, f"seance/{meeting.id}/deroule", agenda.text, author)
        _meeting(builder, graph, meeting, agenda.text)
        return builder

    _write(store, made, author)


def _write(store: Store, made: Callable[[ContractGraph], BatchBuilder | None], author: str) -> None:
    for attempt in range(_ATTEMPTS):
        builder = made(store.snapshot())
        if builder is None:
            return
        try:
            store.apply(store.plan(builder.build(), replace=True), author=author)
            return
        except StoreChangedError:
            # Two people take notes at once: the plan is made again on what the other wrote.
            if attempt == _ATTEMPTS - 1:
                raise


def _builder(
    graph: ContractGraph, meeting: AssemblyMeeting, identity: str, content: str, author: str
) -> BatchBuilder:
    """Return the builder of a source that names the meeting and the author."""
    source = Source(
        identity,
        f"Séance du {words.day(meeting.on)} ({meeting.id})",
        hashlib.sha256(json.dumps([identity, content]).encode()).hexdigest(),
        SOURCE_KIND,
        author,
        meeting.on,
        graph.fictional,
    )
    return BatchBuilder(source, contract=str(graph.contract["id"]))


def _meeting(
    builder: BatchBuilder, graph: ContractGraph, meeting: AssemblyMeeting, agenda: str | None = None
) -> Ref:
    """Return the meeting; one that no file tells, or whose agenda is kept, is told with its day."""
    reference = "Meeting", meeting.key
    if meeting.known and agenda is None:
        return reference
    own = f"Séance du {words.day(meeting.on)}"
    # A meeting that a file names keeps that name: two names would be a conflict.
    name = own if not meeting.known or graph.nodes("Meeting").at[meeting.key, "name"] == own else None
    builder.node("Meeting", meeting.id, {"date": meeting.on, "agenda": agenda}, name=name, key=meeting.key)
    if meeting.body is not None:
        builder.relationship("PART_OF", reference, ("GovernanceBody", meeting.body))
    return reference


def _note_batch(graph: ContractGraph, note: NewNote) -> BatchBuilder:
    meeting = meeting_on(graph, note.day)
    builder = _builder(graph, meeting, f"seance/{meeting.id}/{note.id}", note.text, note.author)
    place = Place(sheet="Séance", quote=note.text)
    held = _meeting(builder, graph, meeting)
    values: dict[str, object] = {"text": note.text, "date": meeting.on}
    if note.kind == "remark":
        values["kind"] = KINDS["remark"].lower()
    said = builder.node(_LABELS[note.kind], f"{PREFIX}{note.id}", values, name=note.text[:120], place=place)
    builder.relationship("PART_OF", said, held, place=place)
    if note.code:
        where = _territory(builder, graph, note.level, note.code)
        ends = (where, said) if note.kind == "need" else (said, where)
        builder.relationship("EXPRESSES" if note.kind == "need" else "ABOUT", *ends, place=place)
    return builder


def _territory(builder: BatchBuilder, graph: ContractGraph, level: str, code: str) -> Ref:
    """Return a territory of the graph, of its oldest vintage, else of the reference."""
    frame = graph.nodes("Territory")
    known = sorted(map(str, frame.index[(frame["code"] == code) & (frame["level"] == level)]))
    if known:
        return "Territory", known[0]
    if level not in OFFICIAL_LEVELS:
        raise UsageError(f"Aucun territoire ne porte le code {words.quoted(code[:40])} : rien n’a été écrit.")
    found = load_reference().get(code, level)
    return builder.territory(found.level, found.code, found.vintage, name=found.name)
