"""F2 and F3: who operates what, and who shares an action with whom, each year at the same places."""

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations
from typing import Final, Literal

from dashboards import view_data, words
from dashboards.figures.asked import Asked
from dashboards.network_layout import FIELD
from dashboards.network_view import network_of

Fate = Literal["kept", "new", "lost"]
FATES: Final[tuple[Fate, ...]] = ("kept", "new", "lost")
SHORT_NAME: Final = 24
"""Letters above which an organisation is named by its acronym."""
_CLEAR: Final = 0.025


@dataclass(frozen=True, slots=True)
class Operator:
    """An organisation: where it stands in the field (0 to 1), its world, how many actions it operates."""

    key: str
    name: str
    world: str | None
    degree: int
    at: tuple[float, float]
    pivot: bool = False


@dataclass(frozen=True, slots=True)
class ActionMark:
    """An action: code, axis, short title, where it stands in the field."""

    key: str
    code: str
    axis: str
    title: str
    at: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Tie:
    """A tie and what became of it since the reported year before; `pilot` where one carries the action."""

    one: str
    other: str
    fate: Fate
    pilot: bool = False
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Null:
    """Density of the projection and what chance gives with the same degrees, with and without the pivot."""

    operators: int | None
    pairs: int | None
    density: float | None
    expected: float | None
    p_le: float | None
    p_ge: float | None
    draws: int | None
    alone: float | None
    alone_expected: float | None
    reason: str = ""

    @property
    def verdict(self) -> str:
        """What the comparison says."""
        if self.p_le is None or self.p_ge is None:
            return ""
        if self.p_le < _CLEAR:
            return "Moins de paires que le hasard à degrés fixés : les mêmes se retrouvent."
        if self.p_ge < _CLEAR:
            return "Plus de paires que le hasard à degrés fixés."
        return "Pas d’écart au hasard à degrés fixés."

    def sentence(self, pivot: str) -> str:
        """Return the line of the null model, in words."""
        if self.density is None:
            return f"Densité non calculable : {self.reason}."
        number = words.number
        told = f"Observée {number(self.density, 3)} ({self.operators} opérateurs, {self.pairs} paires)"
        told += f" ; attendue à degrés fixés {number(self.expected, 3)}"
        told += f", {number(self.draws)} tirages" if self.draws else ", toutes les matrices"
        if self.alone is not None:
            told += f" ; sans {pivot} {number(self.alone, 3)}, attendue {number(self.alone_expected, 3)}"
        return f"{told}. {self.verdict}"


@dataclass(frozen=True, slots=True)
class TwoModes:
    """The two-mode network of a year, with the ties of the reported year before that are lost."""

    year: int
    before: int | None
    operators: tuple[Operator, ...]
    actions: tuple[ActionMark, ...]
    ties: tuple[Tie, ...]
    null: Null
    pivot: str

    def count(self, fate: Fate) -> int:
        """Return how many ties have a fate."""
        return sum(tie.fate == fate for tie in self.ties)

    @property
    def drawn(self) -> tuple[Operator, ...]:
        """Operators that an end of a tie needs."""
        ends = {tie.one for tie in self.ties}
        return tuple(operator for operator in self.operators if operator.key in ends)


@dataclass(frozen=True, slots=True)
class Wave:
    """The projection of a year: the pairs of operators that share an action."""

    year: int
    before: int | None
    operators: tuple[Operator, ...]
    pairs: tuple[Tie, ...]
    null: Null

    def count(self, fate: Fate) -> int:
        """Return how many pairs have a fate."""
        return sum(pair.fate == fate for pair in self.pairs)


def two_modes(asked: Asked, year: int) -> TwoModes:
    """Return the two-mode network of a year."""
    before = max((wave for wave in asked.reported if wave < year), default=None)
    now, then = _pilots(asked, year), _pilots(asked, before) if before is not None else {}
    ties = [
        Tie(*pair, "kept" if pair in then or before is None else "new", now[pair]) for pair in sorted(now)
    ]
    ties += [Tie(*pair, "lost", then[pair]) for pair in sorted(set(then) - set(now))]
    operators, pivot = _operators(asked, year)
    return TwoModes(year, before, operators, _actions(asked, year), tuple(ties), null_of(asked, year), pivot)


def waves(asked: Asked) -> tuple[tuple[Wave, ...], str]:
    """Return the projection of each reported year, and the name of the pivot."""
    found, previous, pivot = [], None, ""
    for year in asked.reported:
        weights = _newman(_pilots(asked, year))
        old: dict[tuple[str, str], float] = {} if previous is None else _newman(_pilots(asked, previous))
        pairs = [
            Tie(pair[0], pair[1], "kept" if pair in old or previous is None else "new", weight=weights[pair])
            for pair in sorted(weights)
        ]
        pairs += [Tie(pair[0], pair[1], "lost", weight=old[pair]) for pair in sorted(set(old) - set(weights))]
        operators, pivot = _operators(asked, year)
        found.append(Wave(year, previous, operators, tuple(pairs), null_of(asked, year)))
        previous = year
    return tuple(found), pivot


def _pilots(asked: Asked, year: int) -> dict[tuple[str, str], bool]:
    """Return who operates what in a year, the animation apart, and whether as pilot."""
    coded = {key for key, facts in asked.context.actions.items() if facts.coded}
    return {
        (part.organisation, part.action): part.pilot
        for part in view_data.participations(asked.graph, year)
        if part.action in coded
    }


def _newman(pilots: dict[tuple[str, str], bool]) -> dict[tuple[str, str], float]:
    """Return the pairs of operators that share an action, each with its weight of Newman."""
    teams: defaultdict[str, list[str]] = defaultdict(list)
    for operator, action in sorted(pilots):
        teams[action].append(operator)
    found: defaultdict[tuple[str, str], float] = defaultdict(float)
    for team in teams.values():
        for one, other in combinations(team, 2):
            found[one, other] += 1 / (len(team) - 1)
    return dict(found)


def _operators(asked: Asked, year: int) -> tuple[tuple[Operator, ...], str]:
    network = network_of(asked.graph, year)
    degrees: defaultdict[str, int] = defaultdict(int)
    for operator, _ in _pilots(asked, year):
        degrees[operator] += 1
    short = view_data.short_actor_names(asked.graph, SHORT_NAME)
    found = [
        Operator(
            node.key,
            short[node.key],
            network.worlds.get(node.key),
            degrees[node.key],
            _share(network.places.positions[node.key]),
            node.key == network.pivot,
        )
        for node in network.nodes
        if not node.is_action
    ]
    return tuple(found), short.get(network.pivot or "", "le pivot")


def _actions(asked: Asked, year: int) -> tuple[ActionMark, ...]:
    network = network_of(asked.graph, year)
    places = network.places.positions
    return tuple(
        ActionMark(row.key, row.code, row.axis, row.name, _share(places[row.key]))
        for row in view_data.action_rows(asked.graph, year)
        if row.key in places and asked.context.actions[row.key].coded
    )


def _share(place: tuple[float, float]) -> tuple[float, float]:
    return place[0] / FIELD[0], place[1] / FIELD[1]


def null_of(asked: Asked, year: int) -> Null:
    """Return the line of the null model of a year, from S02."""
    about = {"year": str(year), "level": "X", "scope": "X", "cohort": "union"}
    found = {
        (measure, pivot): asked.get("S02", measure, **about, pivot=pivot)
        for measure in ("density", "links", "expected_density", "p_le", "p_ge")
        for pivot in ("with", "without")
    }

    def told(measure: str, pivot: str = "with") -> float | None:
        value = found[measure, pivot]
        return None if value is None or value.value is None else float(value.value)

    density, expected = found["density", "with"], found["expected_density", "with"]
    links = told("links")
    drawn = expected.simulation if expected is not None else None
    return Null(
        density.n if density is not None else None,
        None if links is None else int(links),
        told("density"),
        told("expected_density"),
        told("p_le"),
        told("p_ge"),
        drawn.draws if drawn is not None else None,
        told("density", "without"),
        told("expected_density", "without"),
        str(density.reason) if density is not None else asked.absence("S02").rstrip("."),
    )
