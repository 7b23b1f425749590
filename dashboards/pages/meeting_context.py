"""What « Séance » shows to the person who prepares: the meeting, its screens, what was already noted."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from dashboards import view_data, words
from dashboards.maps.ground import ground_data
from dashboards.meeting.agenda import KINDS, Agenda, Kind, agenda_of
from dashboards.meeting.calendar import AssemblyMeeting, assembly_meetings, meeting_on
from dashboards.meeting.ground import drawing
from dashboards.meeting.said import SaidGroup, by_territory, said_at
from graphmodel import ContractGraph


@dataclass(frozen=True, slots=True)
class AgendaContext:
    """The agenda of a meeting being prepared.

    Attributes
    ----------
    meeting
        The meeting shown.
    held
        Every meeting of the assembly, the last first.
    agenda
        Its screens: those of the address, else those kept in the store, else the storyboard.
    kept
        True when the agenda shown is the one kept in the store.
    left_out
        Kinds of screens that could be added.
    years, territories
        What « argent » and « territoire » may begin with: years; code and name.
    said
        What was noted at the meeting, by territory.
    fictional, sources, notices
        Badge, source line, what the address asked for and nobody knows.
    """

    meeting: AssemblyMeeting
    held: tuple[AssemblyMeeting, ...]
    agenda: Agenda
    kept: bool
    left_out: tuple[Kind, ...]
    years: tuple[int, ...]
    territories: tuple[tuple[str, str], ...]
    said: tuple[SaidGroup, ...]
    fictional: bool
    sources: tuple[str, ...]
    notices: tuple[str, ...]

    @property
    def address(self) -> str:
        """Settings that the screens are opened with."""
        return f"date={self.meeting.on.isoformat()}&ecrans={self.agenda.text}"

    @property
    def noted(self) -> str:
        """How much was noted, in words."""
        count = sum(len(group.notes) for group in self.said)
        return words.counted(count, "note") if count else "Rien n’a encore été noté"


def context_of(graph: ContractGraph, settings: Mapping[str, str], today: date | None = None) -> AgendaContext:
    """Return what the page shows.

    Parameters
    ----------
    graph
        Snapshot of one contract.
    settings
        Settings of the address: `date` (ISO), `ecrans` (an agenda), `terr` (code of a
        territory that the room will see first).
    today
        Day shown where no meeting was ever held; None is the present one.
    """
    held = tuple(reversed(assembly_meetings(graph)))
    day, unknown = _day(settings.get("date", ""), held, today)
    meeting = meeting_on(graph, day)
    asked = settings.get("ecrans") or ""
    agenda = agenda_of(asked or meeting.agenda).beginning("territoire", settings.get("terr", ""))
    present = {slot.kind for slot in agenda.slots}
    return AgendaContext(
        meeting,
        held,
        agenda,
        bool(meeting.agenda) and meeting.agenda == agenda.text,
        tuple(kind for name, kind in KINDS.items() if name not in present),
        view_data.years_of(graph),
        _territories(),
        by_territory(said_at(graph, meeting)),
        graph.fictional,
        view_data.source_parts(graph),
        (*unknown, *agenda.notices),
    )


def _day(text: str, held: tuple[AssemblyMeeting, ...], today: date | None) -> tuple[date, tuple[str, ...]]:
    """Return the day asked for, else that of the last meeting, else today."""
    usual = held[0].on if held else today or date.today()
    if not text:
        return usual, ()
    try:
        return date.fromisoformat(text), ()
    except ValueError:
        return usual, (words.unknown_setting(text),)


def _territories() -> tuple[tuple[str, str], ...]:
    """Return code and name of the EPCI, by name."""
    names = drawing().epci_names
    return tuple(
        sorted(((code, names[code]) for code in ground_data().levels["epci"].codes), key=lambda p: p[1])
    )
