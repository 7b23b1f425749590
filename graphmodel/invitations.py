"""Meetings of a contract, by day, and the local authorities that sit there or are asked to."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Final

from graphmodel.contract_graph import ContractGraph
from graphmodel.errors import UsageError
from graphmodel.frames import known, records_of, text_of

SHOWN: Final = 40
"""Meetings told to who asks for one that is not known."""
_FRENCH_DAY: Final = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")


@dataclass(frozen=True, slots=True)
class MeetingHeld:
    """A meeting.

    Attributes
    ----------
    key, id
        The meeting.
    on, place, subject
        Day, town and agenda; None when not told.
    body, body_name
        Key and name of the body that meets; None when not told.
    fictional
        True when its row is of the demonstration.
    agenda
        Agenda of its screens, kept when it was prepared; None otherwise.
    """

    key: str
    id: str
    on: date | None
    place: str | None
    subject: str | None
    body: str | None
    body_name: str | None
    fictional: bool
    agenda: str | None = None

    @property
    def title(self) -> str:
        """Body and day: « Assemblée des territoires, 18/10/2016 »."""
        who = self.body_name or self.id
        return who if self.on is None else f"{who}, {self.on:%d/%m/%Y}"


@dataclass(frozen=True, slots=True)
class Guest:
    """An organisation of a meeting.

    Attributes
    ----------
    key, id, name
        The organisation.
    territory, level
        Key and level of the territory it administers; None for one that administers none.
    signed
        True when it signed the contract.
    """

    key: str
    id: str
    name: str
    territory: str | None
    level: str | None
    signed: bool


def meetings_of(graph: ContractGraph) -> tuple[MeetingHeld, ...]:
    """Return the meetings of a contract, by day, those without a day last."""
    bodies = graph.ends("PART_OF", "Meeting", "GovernanceBody")
    names = graph.nodes("GovernanceBody")["name"]
    found = []
    for row in records_of(graph.nodes("Meeting")):
        on, body = row.get("date"), bodies.get(str(row["key"]))
        found.append(
            MeetingHeld(
                str(row["key"]), str(row["id"]), on if isinstance(on, date) else None,
                text_of(row.get("place")), text_of(row.get("subject")), body,
                None if body is None else str(names[body]), bool(known(row["fictional"])),
                text_of(row.get("agenda")),
            )
        )  # fmt: skip
    return tuple(sorted(found, key=lambda one: (one.on is None, one.on or date.min, one.id)))


def meeting_named(graph: ContractGraph, asked: str) -> MeetingHeld:
    """Return the meeting of a day (2016-10-18 or 18/10/2016) or of an identifier.

    Raises
    ------
    UsageError
        A day on which no meeting is known, or several; those known are listed.
    """
    every = meetings_of(graph)
    wanted = _day(asked)
    found = [one for one in every if one.id == asked.strip() or (wanted is not None and one.on == wanted)]
    if len(found) == 1:
        return found[0]
    if found:
        told = "\n".join(f"- {one.id} : {one.title}" for one in found)
        raise UsageError(f"Plusieurs réunions le {asked} : donnez l’identifiant.\n{told}")
    if not every:
        raise UsageError("La base ne connaît aucune réunion : chargez la feuille « Instances et réunions ».")
    told = "\n".join(f"- {one.on or 'sans date'} : {one.title} ({one.id})" for one in every[-SHOWN:])
    raise UsageError(f"Aucune réunion connue pour « {asked} ». Réunions connues :\n{told}")


def _day(asked: str) -> date | None:
    french = _FRENCH_DAY.fullmatch(asked.strip())
    try:
        if french is not None:
            return date(int(french[3]), int(french[2]), int(french[1]))
        return date.fromisoformat(asked.strip())
    except ValueError:
        return None


def guests_of(graph: ContractGraph, meeting: MeetingHeld) -> tuple[Guest, ...]:
    """Return the organisations invited to a meeting, present or excused, by name."""
    keys: set[str] = set()
    for table in ("INVITED_TO", "ATTENDED", "EXCUSED"):
        rows = graph.relationships(table)
        keys |= set(rows.loc[rows["target"] == meeting.key, "source"])
    return _guests(graph, keys)


def members_of(graph: ContractGraph, meeting: MeetingHeld) -> tuple[Guest, ...]:
    """Return the organisations that sit in the body that meets, or were ever invited to it, by name."""
    rows = graph.relationships("SITS_IN")
    keys = set(rows.loc[rows["target"] == meeting.body, "source"]) if meeting.body is not None else set()
    same = {one.key for one in meetings_of(graph) if one.body == meeting.body}
    invited = graph.relationships("INVITED_TO")
    return _guests(graph, keys | set(invited.loc[invited["target"].isin(same), "source"]))


def parties_of(graph: ContractGraph) -> tuple[Guest, ...]:
    """Return the authorities that signed the contract, by name."""
    signed = set(graph.relationships("SIGNED")["source"])
    return tuple(one for one in _guests(graph, signed) if one.territory is not None)


def authorities_of(graph: ContractGraph) -> tuple[Guest, ...]:
    """Return every organisation that administers a territory, by name, whether it signed or not."""
    return _guests(graph, set(graph.relationships("ADMINISTERS")["source"]))


def _guests(graph: ContractGraph, keys: Collection[str]) -> tuple[Guest, ...]:
    organisations, territories = graph.nodes("Organisation"), graph.nodes("Territory")
    signed = set(graph.relationships("SIGNED")["source"])
    rows = graph.relationships("ADMINISTERS").sort_values(["source", "target"])
    of_whom: dict[str, str] = {}
    for source, target in zip(rows["source"], rows["target"], strict=True):
        of_whom.setdefault(str(source), str(target))
    found = []
    for key in keys:
        place = of_whom.get(key)
        level = None if place is None else str(territories["level"][place])
        row = organisations.loc[key]
        found.append(Guest(key, str(row["id"]), str(row["name"]), place, level, key in signed))
    return tuple(sorted(found, key=lambda one: (one.name.casefold(), one.key)))
