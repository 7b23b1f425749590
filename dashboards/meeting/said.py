"""What was said at a meeting, as the graph holds it: needs and remarks, by territory."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, cast

from dashboards import words
from dashboards.meeting.asked import room_names
from dashboards.meeting.calendar import AssemblyMeeting
from graphmodel import ContractGraph
from graphmodel.frames import known, records_of

NoteKind = Literal["need", "remark"]
KINDS: Final[dict[NoteKind, str]] = {"need": "Besoin", "remark": "Remarque"}
"""Kinds of notes in French."""
EVERYWHERE: Final = "Toute la région"
"""Territory of a note that names none."""


@dataclass(frozen=True, slots=True)
class SaidNote:
    """A need or a remark.

    Attributes
    ----------
    id, kind, text, on
        Identifier, kind, words, day.
    code, territory
        Territory it is about; code empty and « Toute la région » where none is named.
    """

    id: str
    kind: NoteKind
    text: str
    on: date | None
    code: str
    territory: str


@dataclass(frozen=True, slots=True)
class SaidGroup:
    """What was said of a territory."""

    territory: str
    notes: tuple[SaidNote, ...]

    @property
    def count(self) -> str:
        """How many needs and remarks, in words."""
        needs = sum(note.kind == "need" for note in self.notes)
        remarks = len(self.notes) - needs
        told = [words.counted(needs, "besoin")] * bool(needs) + [words.counted(remarks, "remarque")] * bool(
            remarks
        )
        return words.listed(told)


def said_at(graph: ContractGraph, meeting: AssemblyMeeting) -> tuple[SaidNote, ...]:
    """Return what was taken down at a meeting, in the order it was written."""
    places = {
        **_ends(graph, "EXPRESSES", "target", "source"),
        **_ends(graph, "ABOUT", "source", "target", "Remark"),
    }
    territories, names = graph.nodes("Territory"), room_names(graph)
    found = []
    for label, kind in (("Need", "need"), ("Remark", "remark")):
        held = graph.ends("PART_OF", label, "Meeting")
        for row in records_of(graph.nodes(label)):
            if held.get(str(row["key"])) == meeting.key:
                place = places.get(str(row["key"]))
                code = str(territories.at[place, "code"]) if place in territories.index else ""
                found.append(
                    SaidNote(
                        str(row["id"]),
                        cast("NoteKind", kind),
                        str(known(row.get("text")) or row["name"]),
                        cast("date | None", row.get("date")),
                        code,
                        names.get(place or "", EVERYWHERE) if code else EVERYWHERE,
                    )
                )
    return tuple(sorted(found, key=lambda note: note.id))


def _ends(graph: ContractGraph, kind: str, key: str, value: str, label: str | None = None) -> dict[str, str]:
    rows = graph.relationships(kind)
    if label is not None:
        rows = rows[(rows["source_label"] == label) & (rows["target_label"] == "Territory")]
    return dict(zip(map(str, rows[key]), map(str, rows[value]), strict=True))


def by_territory(notes: Iterable[SaidNote]) -> tuple[SaidGroup, ...]:
    """Return notes gathered by territory, those of most notes first, then by name."""
    found: dict[str, list[SaidNote]] = {}
    for note in notes:
        found.setdefault(note.territory, []).append(note)
    groups = [SaidGroup(name, tuple(own)) for name, own in found.items()]
    return tuple(sorted(groups, key=lambda group: (-len(group.notes), group.territory)))
