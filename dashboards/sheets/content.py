"""Everything a territory sheet says, before it is set: words, tables, cards and the map."""

import re
import shlex
from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from dashboards import view_data, words
from dashboards.evaluations import evaluation_of
from dashboards.maps import facts
from dashboards.prints import furniture
from dashboards.prints.ground import CREDIT, print_ground, vintage_words
from dashboards.prints.page import printing
from dashboards.prints.perimeters_data import PerimetersMapData, perimeters_map_data
from dashboards.prints.ratio_data import RatioMapData, ratio_map_data
from dashboards.prints.zonings_data import ZoningsMapData, zonings_map_data
from dashboards.prints.zonings_legend import zoning_words
from dashboards.sheets import remarks
from dashboards.sheets.cards import Card, Values, essential
from dashboards.sheets.sheet_map import SheetMap, sheet_map
from dashboards.sheets.sources import rests_on, sources_table
from dashboards.sheets.subject import Subject, subject_of
from dashboards.sheets.tables import (
    Table,
    actions_table,
    needs_table,
    partners_table,
    strategy_table,
)
from geodata.territories import load_reference
from graphmodel import ContractGraph, Store
from graphmodel.account import territory_account
from graphmodel.evaluation import Evaluation
from graphmodel.indicators import EvaluationContext
from graphmodel.indicators.territories import ground as cells
from graphmodel.indicators.territories.authorities import code_of
from graphmodel.profile import TerritoryProfile, territory_profile
from graphmodel.secrecy import Mode

_NOTHING = TerritoryProfile((), 0, 0, 0, 0, {}, False)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A territory sheet.

    Attributes
    ----------
    title, subtitle, label
        Name; level, communes, inhabitants, authority; « Fiche territoire » and the years.
    fictional, mode
        Badge and mode.
    cards
        The six figures.
    map
        None while the perimeter is unknown: `no_map` then says so.
    limits, around
        What cannot be said; what is next door.
    actions, partners, strategy, needs, sources
        Tables; None where there is nothing to lay out, `absences` then says it.
    pieces
        What was heard or found about the actions present.
    questions
        To ask in the meeting.
    foot, imprint
        Sources; versions and mode.
    command, stem
        What makes the sheet again, but for the file; name of that file, without extension.
    dated
        Day of the store's last load: the date of the document.
    """

    title: str
    subtitle: str
    label: str
    fictional: bool
    mode: Mode
    cards: tuple[Card, ...]
    map: SheetMap | None
    no_map: str
    limits: tuple[remarks.Said, ...]
    around: tuple[remarks.Said, ...]
    actions: Table | None
    partners: Table | None
    strategy: Table | None
    needs: Table | None
    sources: Table
    pieces: tuple[remarks.Said, ...]
    questions: tuple[str, ...]
    foot: str
    imprint: str
    command: str
    stem: str
    dated: date

    def command_for(self, suffix: str) -> str:
        """Return the command that makes the sheet again in a format."""
        return f"{self.command} --out {self.stem}{suffix}"


class Desk:
    """What all the sheets of a store share: the evaluation, computed once, and the grounds of the maps.

    Parameters
    ----------
    store
        Store the sheets speak of.
    graph
        Its snapshot with one contract.
    mode
        In publication, secret values are withheld.
    evaluation
        The whole one in that mode; None takes the one kept on disk, or computes it.
    """

    def __init__(
        self, store: Store, graph: ContractGraph, mode: Mode, evaluation: Evaluation | None = None
    ) -> None:
        self.store, self.graph, self.mode = store, graph, mode
        self.evaluation = evaluation or evaluation_of(graph, mode)
        self.context = self.evaluation.context
        self.values = Values(self.evaluation.values, mode)
        self.ground = print_ground()
        self.zonings: ZoningsMapData = zonings_map_data(graph, self.ground)
        self.parties: PerimetersMapData = perimeters_map_data(graph, self.ground)
        self.actions = _by_commune(graph)

    def sheet(self, query: str) -> Sheet:
        """Return the sheet of a territory.

        Raises
        ------
        UsageError
            The name is unknown, or fits several territories.
        """
        subject = subject_of(self.graph, query)
        there = subject.key in self.graph.nodes("Territory").index
        profile = territory_profile(self.graph, subject.key) if there else _NOTHING
        placed = there and cells.has_places(self.context)
        account = territory_account(self.context, subject.key) if placed else None
        cards = essential(self.values, subject, self.graph)
        with printing():
            drawn = sheet_map(subject, self.ground, self.zonings, self.parties, self._shown())
        actions = actions_table(self.graph, profile, self.values, subject) if profile.actions else None
        partners = partners_table(self.graph, self.context, profile, subject) if profile.actions else None
        years = view_data.years_of(self.graph)
        span = f"{years[0]}-{years[-1]}" if years else "années inconnues"
        rests = rests_on(self.graph, self.context, profile, subject)
        return Sheet(
            title=subject.name,
            subtitle=_subtitle(subject, delegates(self.graph, self.context, subject)),
            label=f"Fiche territoire, {span}",
            fictional=self.graph.fictional,
            mode=self.mode,
            cards=cards,
            map=drawn,
            no_map=remarks.UNKNOWN_PERIMETER,
            limits=remarks.limits(cards, account, self.graph),
            around=remarks.next_door(self.graph, subject, account, profile, self.actions),
            actions=actions,
            partners=partners,
            strategy=strategy_table(self.graph, self.context, subject),
            needs=needs_table(account, self.graph, self.context, subject),
            sources=sources_table(self.store, rests),
            pieces=remarks.pieces_told(self.graph, profile, subject, self.mode),
            questions=remarks.questions(account, profile, cards),
            foot=self._foot(),
            imprint=self._imprint(),
            command=f"maillage export sheet --territory {shlex.quote(subject.code)}"
            + (" --mode working" if self.mode == "working" else ""),
            stem=f"fiche-{re.sub('[^A-Za-z0-9-]+', '-', subject.code)}",
            dated=self._dated(),
        )

    def _shown(self) -> RatioMapData | dict[str, int]:
        """Return euros per inhabitant in working mode; else counts, which no secret covers."""
        years = sorted({value.params["year"] for value in self.values.find("T06", "per_inhabitant")})
        if self.mode == "working" and years:
            return ratio_map_data(self.values.every, self.ground, int(years[-1]), mode="working")
        return {code: len(actions) for code, actions in self.actions.items()}

    def _foot(self) -> str:
        origin = " (jeu de démonstration fictif)" if self.graph.fictional else ""
        shown = " ; ".join(zoning_words(one) for one in self.zonings.shown) or "aucun"
        return (
            f"Sources : convention et bilans annuels{origin}. Zonages : {shown}. "
            f"{vintage_words(self.ground)} {CREDIT}."
        )

    def _imprint(self) -> str:
        foot = furniture.imprint(self.graph, (), "", fictional=self.graph.fictional, mode=self.mode)
        return f"{foot.tool} · {foot.store} · {foot.mode} · {foot.licence}"

    def _dated(self) -> date:
        """Return the day of the last load: the only date that does not change by itself."""
        loads = self.store.history()
        return date.fromisoformat(loads[-1].at[:10]) if loads else date(2014, 1, 1)


def _by_commune(graph: ContractGraph) -> dict[str, tuple[str, ...]]:
    """Return the codes of the actions present in each commune, all years together, each action once."""
    resolver = facts.Resolver(graph, load_reference())
    units = {code: code for code in print_ground().communes}
    found: defaultdict[str, set[str]] = defaultdict(set)
    for year in view_data.years_of(graph):
        for code, actions in facts.places_of(graph, year, resolver, units).by_commune.items():
            found[code] |= set(actions)
    return {code: tuple(view_data.codes_in_order(actions)) for code, actions in sorted(found.items())}


def delegates(graph: ContractGraph, context: EvaluationContext, subject: Subject) -> bool | None:
    """Tell whether an elected member of an authority has the ESS in charge; None when nothing says it."""
    rows = graph.relationships("REPRESENTED_BY")
    own = rows.loc[rows["source"].map(dict(code_of(context))) == subject.code, "target"]
    told = {bool(known) for known in graph.nodes("Mandate").reindex(own)["ess"].dropna()}
    return None if not told else True in told


def _subtitle(subject: Subject, delegation: bool | None) -> str:
    level = words.LEVELS.get(subject.level, (subject.level,))[0]
    parts = [level if level.isupper() else level.capitalize()]
    if len(subject.communes) > 1:
        parts.append(words.counted(len(subject.communes), "commune"))
    people = (
        "population inconnue" if subject.population is None else words.counted(subject.population, "habitant")
    )
    parts.append(people)
    if subject.authority:
        parts.append(f"{subject.authority}, {'signataire' if subject.party else 'non signataire'}")
    else:
        parts.append("non signataire")
    if delegation is not None:
        parts.append(f"délégation ESS : {'oui' if delegation else 'non'}")
    return " · ".join(parts)
