"""« Et mon territoire ? »: three numbers for every territory, and the names that lead to one."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from dashboards import view_data, words
from dashboards.maps.facts import Places, Resolver
from dashboards.maps.ground import GroundData
from dashboards.meeting.figures import Figures, hidden
from dashboards.meeting.ground import Drawing, Point, outline
from dashboards.meeting.money import case_of
from dashboards.search import folded
from geodata.territories import load_reference
from graphmodel import ContractGraph
from graphmodel.indicators import IndicatorValue

ACTIONS: Final = "actions du contrat passent ici"
PAID: Final = "par habitant"
LOCAL: Final = "partenaires ont leur siège ici"
SECRET_SHORT: Final = "secret"
UNKNOWN_SHORT: Final = "?"


@dataclass(frozen=True, slots=True)
class Row:
    """One number of a territory: as it is written large, and the words beside it."""

    figure: str
    words: str


@dataclass(frozen=True, slots=True)
class Card:
    """A territory as the room sees it.

    Attributes
    ----------
    code, key, level, name, about
        Code, key in the graph where it is known, level, name, what it is.
    rows
        Three numbers.
    shape
        Path of its own where it is no EPCI nor département; empty otherwise, and where its perimeter is
        unknown.
    at
        A point inside; None while its perimeter is unknown.
    groups
        Ranks of the groups of operators that have their seat here.
    """

    code: str
    key: str
    level: str
    name: str
    about: str
    rows: tuple[Row, ...]
    shape: str
    at: Point | None
    groups: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Territories:
    """Every territory that can be called.

    Attributes
    ----------
    cards
        Territories by code.
    communes
        Name of each commune and code of the EPCI that stands for it, the most populated first.
    """

    cards: Mapping[str, Card]
    communes: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Known:
    """What the cards are made from: map, values, places of the year, year, groups of operators."""

    ground: GroundData
    drawing: Drawing
    figures: Figures
    resolver: Resolver
    places: Places
    year: int | None
    groups: Mapping[str, int]


class TerritoryCards:
    """Makes the card of each territory of a contract.

    Parameters
    ----------
    graph
        Snapshot of one contract.
    known
        What it is made from.
    """

    def __init__(self, graph: ContractGraph, known: Known) -> None:
        self._graph = graph
        self._known = known
        self._money = known.figures.money_of(known.year) if known.year is not None else {}

    def territories(self) -> Territories:
        """Return every EPCI, département and territory of a party, and the communes that lead to an EPCI."""
        ground = self._known.ground
        cards = [self._official(code, "epci") for code in self._known.drawing.epci]
        cards += [self._official(code, "departement") for code in self._known.drawing.departements]
        cards += self._of_parties({card.code for card in cards})
        people = ground.populations
        # The largest first: it is the one the room means.
        codes = sorted(
            (code for code in ground.commune_names if code in ground.epci_of),
            key=lambda code: (-(people.get(code) or 0), code),
        )
        communes = [(ground.commune_names[code], ground.epci_of[code]) for code in codes]
        ordered = sorted(cards, key=lambda card: (folded(card.name), card.code))
        return Territories({card.code: card for card in ordered}, tuple(communes))

    @cached_property
    def _departements(self) -> dict[str, str]:
        return {one.code: one.name for one in load_reference().every("departement")}

    @cached_property
    def _keys(self) -> dict[tuple[str, str], str]:
        frame = self._graph.nodes("Territory")
        triples = zip(frame["level"], frame["code"], map(str, frame.index), strict=True)
        # Where a territory stands in several vintages the oldest is that of the contract's time.
        return {(str(level), str(code)): key for level, code, key in reversed(list(triples))}

    @cached_property
    def _members(self) -> dict[tuple[str, str], frozenset[str]]:
        found: dict[tuple[str, str], set[str]] = {}
        ground = self._known.ground
        for code in ground.commune_names:
            for level, unit in (("epci", ground.epci_of), ("departement", ground.departement_of)):
                if code in unit:
                    found.setdefault((level, unit[code]), set()).add(code)
        return {unit: frozenset(codes) for unit, codes in found.items()}

    def _official(self, code: str, level: str) -> Card:
        ground, drawing = self._known.ground, self._known.drawing
        name = drawing.epci_names[code] if level == "epci" else self._departements[code]
        department = self._departements.get(ground.departement_of.get(code, ""), "")
        about = department if level == "epci" else words.LEVELS[level][0]
        communes = self._members.get((level, code), frozenset())
        key = self._keys.get((level, code), "")
        return self._card((code, key, level, name, about), communes, "", drawing.centers[code])

    def _of_parties(self, known: Collection[str]) -> list[Card]:
        """Return the territories of the parties that are neither EPCI nor département."""
        frame = self._graph.nodes("Territory")
        found = []
        for key in sorted(set(self._graph.relationships("ADMINISTERS")["target"])):
            level, code = str(frame.at[key, "level"]), str(frame.at[key, "code"])
            if level == "region" or code in known:
                continue
            resolver = self._known.resolver
            communes = resolver.communes(key)
            drawn = outline(communes)
            shape, at = drawn if drawn is not None else ("", None)
            about = words.LEVELS.get(level, (level,))[0]
            found.append(self._card((code, key, level, resolver.name(key), about), communes, shape, at))
        return found

    def _card(
        self, known: tuple[str, str, str, str, str], communes: frozenset[str], shape: str, at: Point | None
    ) -> Card:
        """Return the card of a territory: code, key, level, name and what it is; communes, path, point."""
        actions = self._actions(communes)
        partners, local = self._partners(actions, communes)
        groups = tuple(sorted({self._known.groups[one] for one in local if one in self._known.groups}))
        if not communes:
            rows = tuple(Row(UNKNOWN_SHORT, said) for said in (ACTIONS, PAID, LOCAL))
            return Card(*known, rows, shape, at, groups)
        located = len(self._known.places.located)
        first = Row(_ratio(len(actions), located), ACTIONS) if located else Row(UNKNOWN_SHORT, ACTIONS)
        third = _partners_row(len(partners), len(local))
        return Card(*known, (first, self._paid(known[0], actions), third), shape, at, groups)

    def _actions(self, communes: frozenset[str]) -> set[str]:
        """Return the codes of the actions with a place in some communes, in the year shown."""
        by_commune = self._known.places.by_commune
        return {action for commune in communes for action in by_commune.get(commune, ())}

    def _paid(self, code: str, actions: set[str]) -> Row:
        return paid_row(self._money.get(code), actions - self._paid_codes)

    @cached_property
    def _paid_codes(self) -> set[str]:
        if self._known.year is None:
            return set()
        names = self._graph.nodes("Action")["id"]
        paid = self._known.figures.context.paid(self._known.year)
        return {view_data.action_code(str(names[key])) for key in paid if key in names.index}

    @cached_property
    def _operators(self) -> dict[str, set[str]]:
        """Operators of each action by its code, in the year shown."""
        names = self._graph.nodes("Action")["id"]
        found: dict[str, set[str]] = {}
        for part in view_data.participations(self._graph, self._known.year):
            code = view_data.action_code(str(names[part.action]))
            found.setdefault(code, set()).add(part.organisation)
        return found

    @cached_property
    def _seats(self) -> dict[str, frozenset[str]]:
        rows = self._graph.relationships("BASED_IN")
        rows = rows[rows["source_label"] == "Organisation"]
        communes = self._known.resolver.communes
        return {
            str(source): communes(str(target))
            for source, target in zip(rows["source"], rows["target"], strict=True)
        }

    def _partners(self, actions: set[str], communes: frozenset[str]) -> tuple[set[str], set[str]]:
        """Return the operators of some actions, and those of them whose seat is in some communes."""
        partners = {key for action in actions for key in self._operators.get(action, ())}
        return partners, {key for key in partners if self._seats.get(key, frozenset()) & communes}


def _ratio(count: int, total: int) -> str:
    return f"{words.number(count)} sur {words.number(total)}"


def paid_row(value: IndicatorValue | None, unpaid: Collection[str]) -> Row:
    """Return what was paid for each inhabitant, in words where it is secret, unknown or nothing.

    Parameters
    ----------
    value
        Euros per inhabitant; None without a value.
    unpaid
        Actions that take place there and of which no payment is known.
    """
    if value is not None and hidden(value):
        return Row(SECRET_SHORT, "a reçu, montant protégé")
    case = case_of(value, unpaid)
    if value is None or value.value is None or case == "unknown":
        return Row(UNKNOWN_SHORT, "par habitant : on ne sait pas")
    if case == "nothing":
        return Row(f"0{words.NNBSP}€", "par habitant : rien reçu")
    return Row(f"{words.number(float(value.value), 2)}{words.NNBSP}€", PAID)


def _partners_row(partners: int, local: int) -> Row:
    if not partners:
        return Row("aucun", "partenaire connu ici")
    return Row(_ratio(local, partners), LOCAL)
