"""What the territories asked for at the meeting before, and what became of it: an answer or silence."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from dashboards import view_data, words
from dashboards.meeting.calendar import AssemblyMeeting, before
from dashboards.meeting.ground import drawing
from dashboards.meeting.plain import shortened_text
from graphmodel import ContractGraph
from graphmodel.evaluation import Evaluation
from graphmodel.frames import known
from graphmodel.indicators.territories.needs import Answer, Need, needs_of

State = Literal["operational", "planned", "abandoned", "silence"]
_STATES: Final[tuple[State, ...]] = ("operational", "planned", "abandoned", "silence")

SAID: Final[Mapping[State, str]] = {
    "operational": "Une réponse existe",
    "planned": "Une réponse est prévue",
    "abandoned": "La réponse a été abandonnée",
    "silence": "Aucune réponse connue",
}
"""What became of a need, in the words of the room."""
COUNTED: Final[tuple[tuple[tuple[State, ...], str, str], ...]] = (
    (("operational",), "besoin a une réponse", "besoins ont une réponse"),
    (("planned",), "a une réponse prévue", "ont une réponse prévue"),
    (("abandoned", "silence"), "reste sans réponse", "restent sans réponse"),
)
"""States counted together on the first view, and the words after one and after several."""
NEED_WORDS: Final = 11
ACTION_WORDS: Final = 5
"""Words of the action that answers, at least; more where the rest of the screen is short."""
SCREEN_WORDS: Final = 20
"""Words of a need, of who says it and of its answer: what a screen holds, its title apart."""


@dataclass(frozen=True, slots=True)
class AskedNeed:
    """A need and its answer.

    Attributes
    ----------
    key, territory, full_text
        Key, who asked, the need as it was said.
    text
        The need as the room reads it, cut after a few words when it is long.
    state
        What became of it on the day of the meeting.
    answer
        `SAID`, and the action that answers.
    """

    key: str
    territory: str
    full_text: str
    text: str
    state: State
    answer: str
    action: str


@dataclass(frozen=True, slots=True)
class Asked:
    """The needs of the meeting before.

    Attributes
    ----------
    needs
        Each of them.
    since
        When they were said, in words.
    """

    needs: tuple[AskedNeed, ...]
    since: str

    @property
    def counts(self) -> tuple[tuple[State, int, str], ...]:
        """How many needs are in each state, those that occur, and the words that follow the number."""
        found = [(states[0], sum(need.state in states for need in self.needs), one, several)
                 for states, one, several in COUNTED]  # fmt: skip
        return tuple((state, n, words.plural(n, one, several)) for state, n, one, several in found if n)


def asked_of(graph: ContractGraph, evaluation: Evaluation, day: date) -> Asked:
    """Return the needs of the meeting before a day, and what became of them by that day.

    The needs taken down at that meeting, or dated on its day, are its own. Where there are none, they are
    those said since the meeting before it; without any meeting, all those said before the day.
    """
    needs = [need for need in needs_of(evaluation.context) if need.on is None or need.on <= day]
    held = before(graph, day)
    chosen, since = _chosen(graph, needs, held)
    names = _Names(graph)
    ranked = sorted(chosen, key=lambda need: (need.on or date.min, need.key))
    return Asked(tuple(names.asked(need, day) for need in ranked), since)


def _chosen(
    graph: ContractGraph, needs: list[Need], held: tuple[AssemblyMeeting, ...]
) -> tuple[list[Need], str]:
    if not held:
        return needs, "avant cette séance"
    last = held[0]
    at = graph.ends("PART_OF", "Need", "Meeting")
    own = [need for need in needs if at.get(need.key) == last.key or need.on == last.on]
    if own:
        return own, f"le {words.day(last.on)}"
    start = held[1].on if len(held) > 1 else date.min
    between = [need for need in needs if need.on is not None and start < need.on <= last.on]
    return between, f"avant la séance du {words.day(last.on)}"


def room_names(graph: ContractGraph) -> dict[str, str]:
    """Return the names of the territories by key, short for the EPCI, as a room says them."""
    short, codes = drawing().epci_names, graph.nodes("Territory")["code"]
    return {key: short.get(str(codes[key]), name) for key, name in view_data.territory_names(graph).items()}


class _Names:
    """Names what a need speaks of."""

    def __init__(self, graph: ContractGraph) -> None:
        self._texts = graph.nodes("Need")["text"]
        self._names = graph.nodes("Need")["name"]
        organisations, territories = graph.nodes("Organisation")["name"], room_names(graph)
        own = {source: territories[target] for source, target in _pairs(graph, "ADMINISTERS")}
        called = {**{str(key): str(name) for key, name in organisations.items()}, **territories, **own}
        self._who = {need: called.get(source, "") for source, need in _pairs(graph, "EXPRESSES")}
        actions = graph.nodes("Action")
        self._actions = {
            str(key): str(known(short) or name)
            for key, short, name in zip(actions.index, actions["short_name"], actions["name"], strict=True)
        }

    def asked(self, need: Need, day: date) -> AskedNeed:
        """Return a need as the room reads it."""
        text = str(known(self._texts[need.key]) or self._names[need.key])
        state, action = _state(need, day)
        named = self._actions.get(action or "", "")
        who, shown = self._who.get(need.key, ""), shortened_text(text, NEED_WORDS)
        room = SCREEN_WORDS - len(f"{who} {shown} {SAID[state]}".split())
        answer = shortened_text(named, max(ACTION_WORDS, room)) if named else ""
        return AskedNeed(need.key, who, text, shown, state, SAID[state], answer)


def _pairs(graph: ContractGraph, kind: str) -> list[tuple[str, str]]:
    rows = graph.relationships(kind)
    return list(zip(map(str, rows["source"]), map(str, rows["target"]), strict=True))


def _state(need: Need, day: date) -> tuple[State, str | None]:
    """Return what became of a need by a day, the best of its answers, and the action that answers it."""
    last: dict[str, Answer] = {}
    told = [answer for answer in need.answers if answer.on is None or answer.on <= day]
    for answer in sorted(told, key=lambda answer: (answer.on or date.min, answer.position)):
        last[answer.action] = answer
    for state in _STATES[:-1]:
        for action, answer in sorted(last.items()):
            if answer.status == state:
                return state, action
    return "silence", None
