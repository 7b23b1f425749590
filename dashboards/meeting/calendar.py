"""The meetings of the assembly of the territories: those held, the one prepared, the one before it."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from dashboards.search import folded
from graphmodel import ContractGraph
from graphmodel.invitations import meetings_of
from graphmodel.keys import node_key

ASSEMBLY: Final = "ADT"
"""Identifier of the assembly in the convention."""
_ASSEMBLY_WORDS: Final = "assemblee des territoires"


@dataclass(frozen=True, slots=True)
class AssemblyMeeting:
    """A meeting of the assembly.

    Attributes
    ----------
    key, id
        Its key and identifier in the graph, or those it will have.
    on
        Day.
    body
        Key of the assembly; None where the graph has none.
    agenda
        Agenda kept in the store; None when none was prepared.
    known
        False for a meeting that the graph does not hold yet.
    """

    key: str
    id: str
    on: date
    body: str | None
    agenda: str | None = None
    known: bool = True


def assembly_of(graph: ContractGraph) -> str | None:
    """Return the key of the assembly of the territories; None when the graph has no such body."""
    bodies = graph.nodes("GovernanceBody")
    named = bodies.index[bodies["id"] == ASSEMBLY]
    if len(named):
        return str(named[0])
    alike = [str(key) for key, name in bodies["name"].items() if _ASSEMBLY_WORDS in folded(str(name))]
    return alike[0] if alike else None


def assembly_meetings(graph: ContractGraph) -> tuple[AssemblyMeeting, ...]:
    """Return the dated meetings of the assembly, the oldest first; all meetings without one."""
    body = assembly_of(graph)
    return tuple(
        AssemblyMeeting(one.key, one.id, one.on, one.body, one.agenda)
        for one in meetings_of(graph)
        if one.on is not None and (body is None or one.body == body)
    )


def meeting_on(graph: ContractGraph, day: date) -> AssemblyMeeting:
    """Return the meeting of a day, or the one that will be written under that day."""
    for one in assembly_meetings(graph):
        if one.on == day:
            return one
    body = assembly_of(graph)
    prefix = str(graph.nodes("GovernanceBody").at[body, "id"]) if body else "SEANCE"
    identifier = f"{prefix}-{day.isoformat()}"
    contract = graph.contract.get("id")
    key = node_key("Meeting", identifier, str(contract) if contract else None)
    return AssemblyMeeting(key, identifier, day, body, known=False)


def before(graph: ContractGraph, day: date) -> tuple[AssemblyMeeting, ...]:
    """Return the meetings held before a day, the nearest first."""
    return tuple(reversed([one for one in assembly_meetings(graph) if one.on < day]))
