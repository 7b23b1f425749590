"""Everything a meeting shows, before it is drawn: what each screen says, from the graph and its values."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from dashboards import view_data, words
from dashboards.maps import facts
from dashboards.maps.ground import GroundData, ground_data, reference
from dashboards.meeting.agenda import Agenda, Slot, agenda_of
from dashboards.meeting.asked import Asked, asked_of
from dashboards.meeting.calendar import AssemblyMeeting, meeting_on
from dashboards.meeting.cooperation import Cooperation, cooperation_of
from dashboards.meeting.effects import Effect, effects_of
from dashboards.meeting.figures import Figures
from dashboards.meeting.ground import Drawing, drawing
from dashboards.meeting.money import Money, money_of
from dashboards.meeting.said import SaidNote, said_at
from dashboards.meeting.territories import Known, Territories, TerritoryCards
from dashboards.meeting.zones import Zones, zones_of
from graphmodel import ContractGraph
from graphmodel.evaluation import Evaluation


@dataclass(frozen=True, slots=True)
class Opening:
    """« De quoi parle-t-on ? »: number of actions, of actors, of years; who signed what, in a sentence."""

    actions: int
    actors: int
    years: int


@dataclass(frozen=True, slots=True)
class MeetingContext:
    """What a meeting shows.

    Attributes
    ----------
    meeting, agenda
        The meeting and its screens.
    asked, opening, money, zones, territories, cooperation, effects
        What each screen says.
    said
        What was taken down at the meeting, as the graph holds it.
    drawing
        Ground of the maps.
    name, contract, version, fictional
        Contract and version of the store; True shows the badge.
    """

    meeting: AssemblyMeeting
    agenda: Agenda
    asked: Asked
    opening: Opening
    money: Money
    zones: Zones
    territories: Territories
    cooperation: Cooperation
    effects: tuple[Effect, ...]
    said: tuple[SaidNote, ...]
    drawing: Drawing
    name: str
    contract: str
    version: str
    fictional: bool

    def hint(self, slot: Slot) -> str:
        """Return the one hint of the footer of a screen."""
        return words.typeset(self._hints()[slot.kind])

    def _hints(self) -> Mapping[str, str]:
        year = self.money.year
        return {
            "demandes": f"Besoins dits {self.asked.since}",
            "sujet": "Flèche droite : écran suivant",
            "argent": f"{self.money.reports}, montants payés, hors actions régionales",
            "zones": "Visé ne veut pas dire atteint",
            "territoire": f"Tapez les premières lettres d’un territoire{f' · {year}' if year else ''}",
            "reseau": f"{words.counted(self.cooperation.operators, 'acteur')} en {self.cooperation.year}",
            "besoins": "Tabulation : besoin ou remarque · Entrée : enregistrer",
            "dire": "Établi, orienté, ou rien que l’on puisse dire",
            "releve": f"Séance du {words.day(self.meeting.on)}",
        }


def meeting_context(
    graph: ContractGraph, evaluation: Evaluation, day: date, agenda: str | None = None
) -> MeetingContext:
    """Return what the meeting of a day shows.

    Parameters
    ----------
    graph
        Snapshot of one contract.
    evaluation
        Its whole evaluation; what secrecy covers is not shown, whatever the mode.
    day
        Day of the meeting, held or to come.
    agenda
        Agenda as `Agenda.text` writes it; None is the one kept for the meeting, else the storyboard.
    """
    meeting = meeting_on(graph, day)
    screens = agenda_of(agenda or meeting.agenda)
    figures, ground, paths = Figures(evaluation), ground_data(), drawing()
    year = _year(screens, figures)
    resolver = facts.Resolver(graph, reference())
    shown = year if year is not None else view_data.latest_year(graph) or 0
    places = facts.places_of(graph, shown, resolver, dict(ground.epci_of))
    groups = cooperation_of(graph, figures.context)
    contract = graph.contract
    return MeetingContext(
        meeting,
        screens,
        asked_of(graph, evaluation, day),
        _opening(graph),
        money_of(graph, figures, tuple(paths.epci), places, year),
        zones_of(figures),
        _territories(graph, figures, ground, paths, resolver, places, year, groups),
        groups,
        effects_of(graph, figures),
        said_at(graph, meeting),
        paths,
        str(contract.get("name", "")),
        str(contract.get("id", "")),
        str(graph.version.number),
        graph.fictional,
    )


def _territories(
    graph: ContractGraph,
    figures: Figures,
    ground: GroundData,
    paths: Drawing,
    resolver: facts.Resolver,
    places: facts.Places,
    year: int | None,
    groups: Cooperation,
) -> Territories:
    group_of = {key: rank for rank, disc in enumerate(groups.discs) for key in disc.members}
    return TerritoryCards(
        graph, Known(ground, paths, figures, resolver, places, year, group_of)
    ).territories()


def _year(agenda: Agenda, figures: Figures) -> int | None:
    """Return the year of the payments shown: the one the agenda asks for, else the last known."""
    years = figures.years_of_money
    asked = next((slot.option for slot in agenda.slots if slot.kind == "argent"), "")
    if asked.isdecimal() and int(asked) in years:
        return int(asked)
    return years[-1] if years else None


def _opening(graph: ContractGraph) -> Opening:
    actors = {part.organisation for part in view_data.participations(graph, None)}
    coded = [name for name in graph.nodes("Action")["id"] if any(letter.isdigit() for letter in str(name))]
    return Opening(len(coded), len(actors), len(view_data.years_of(graph)))
