"""Questions about who works with whom; the animation of the contract is left out, as in the network."""

from collections.abc import Iterator
from itertools import combinations

from graphmodel.questions.model import Column, Given, Parameter, Sorted, question
from graphmodel.questions.territories import ORGANISATION, YEAR
from graphmodel.questions.view import Record, View, years_of


def _actions_by_year(view: View, given: Given) -> dict[tuple[str, int | None], set[str]]:
    """Return the operators of each action of each year."""
    found: dict[tuple[str, int | None], set[str]] = {}
    for part in view.coded_operations(given["annee"]):
        found.setdefault((part["target"], part.get("year")), set()).add(part["source"])
    return found


def _operators(view: View, given: Given) -> dict[str, set[str]]:
    """Return the operators of each action, all asked years together."""
    found: dict[str, set[str]] = {}
    for part in view.coded_operations(given["annee"]):
        found.setdefault(part["target"], set()).add(part["source"])
    return found


def _names(view: View, keys: set[str]) -> list[str]:
    nodes = view.nodes("Organisation")
    return [name for key in sorted(keys) if (name := nodes[key].get("name")) is not None]


def _codes(view: View, keys: set[str]) -> list[str]:
    nodes = view.nodes("Action")
    return [str(nodes[key]["id"]) for key in sorted(keys)]


@question(
    "actions-qui-relient-deux-axes",
    "Quelles actions relient deux axes par un opérateur commun ?",
    [YEAR],
    [
        Column("first_axis", "Axe"),
        Column("first", "Action"),
        Column("second_axis", "Autre axe"),
        Column("second", "Autre action"),
        Column("operators", "Opérateurs communs", "list"),
    ],
    "Opérateur : porteur ou partenaire selon un bilan. Commun : la même année, si aucune n’est dite.",
)
def bridging_actions(view: View, given: Given) -> Iterator[Sorted]:
    """Yield pairs of actions of two axes with the operators they share in one year."""
    axis_of = {link["source"]: link["target"] for link in view.links("PART_OF", "Action", "Axis")}
    mine: dict[tuple[str, int | None], set[str]] = {}
    for (action, year), operators in _actions_by_year(view, given).items():
        for operator in operators:
            mine.setdefault((operator, year), set()).add(action)
    shared: dict[tuple[str, str], set[str]] = {}
    for (operator, year), actions in mine.items():
        for first, second in combinations(sorted(actions), 2):
            ends = (axis_of.get(first), axis_of.get(second))
            if year is not None and None not in ends and ends[0] != ends[1]:
                shared.setdefault((first, second), set()).add(operator)
    axes, nodes = view.nodes("Axis"), view.nodes("Action")
    for (first, second), operators in shared.items():
        sides = [(axes[axis_of[key]]["id"], nodes[key]["id"]) for key in (first, second)]
        yield (first, second), (*sides[0], *sides[1], _names(view, operators))


@question(
    "organisations-de-plusieurs-actions",
    "Quelles organisations prennent part à plusieurs actions ?",
    [YEAR, Parameter("minimum", "integer", "Nombre d’actions à partir duquel elle est citée.", default=2)],
    [
        ORGANISATION,
        Column("world", "Monde", "enum:world"),
        Column("count", "Actions", "integer"),
        Column("actions", "Codes", "list"),
        Column("axes", "Axes", "list"),
    ],
)
def busy_organisations(view: View, given: Given) -> Iterator[Sorted]:
    """Yield the operators of several actions, those of most first."""
    mine: dict[str, set[str]] = {}
    for action, operators in _operators(view, given).items():
        for operator in operators:
            mine.setdefault(operator, set()).add(action)
    minimum = int(str(given["minimum"]))
    for key, actions in mine.items():
        if len(actions) >= minimum:
            node = view.nodes("Organisation")[key]
            axes = sorted({axis for action in actions for axis in view.axes(action)})
            row = (node.get("name"), node.get("world"), len(actions), _codes(view, actions), axes)
            yield (-len(actions), key), row


@question(
    "partenaires-d-une-organisation",
    "Avec qui une organisation travaille-t-elle ?",
    [
        Parameter("organisation", "Organisation", "Identifiant ou clé de l’organisation.", required=True),
        YEAR,
    ],
    [
        Column("partner", "Partenaire"),
        Column("world", "Monde", "enum:world"),
        Column("count", "Actions communes", "integer"),
        Column("actions", "Codes", "list"),
        Column("years", "Années", "list"),
    ],
    "Une action est commune quand les deux y sont la même année.",
)
def partners(view: View, given: Given) -> Iterator[Sorted]:
    """Yield the partners of an operator, those of most actions first."""
    asked = view.named("Organisation", given["organisation"])
    met: dict[str, list[Record]] = {}
    for (action, year), operators in _actions_by_year(view, given).items():
        if year is not None and operators & asked:
            for other in operators - asked:
                met.setdefault(other, []).append({"target": action, "year": year})
    for key, meetings in met.items():
        node, actions = view.nodes("Organisation")[key], {meeting["target"] for meeting in meetings}
        row = (node.get("name"), node.get("world"), len(actions), _codes(view, actions), years_of(meetings))
        yield (-len(actions), key), row


@question(
    "qui-peut-presenter",
    "Qui peut présenter une organisation à une autre ?",
    [
        Parameter("de", "Organisation", "Identifiant ou clé de la première organisation.", required=True),
        Parameter("a", "Organisation", "Identifiant ou clé de l’autre organisation.", required=True),
        YEAR,
    ],
    [
        Column("introducer", "Intermédiaire"),
        Column("with_first", "Actions avec la première", "list"),
        Column("with_second", "Actions avec l’autre", "list"),
    ],
    "Personne, si les deux travaillent déjà ensemble. Sans année, les années sont mises ensemble.",
)
def introducers(view: View, given: Given) -> Iterator[Sorted]:
    """Yield those who work with both of two operators that do not work together."""
    one, other = view.named("Organisation", given["de"]), view.named("Organisation", given["a"])
    first: dict[str, set[str]] = {}
    second: dict[str, set[str]] = {}
    for action, operators in _operators(view, given).items():
        for found, asked in ((first, one), (second, other)):
            for key in operators - asked if operators & asked else ():
                found.setdefault(key, set()).add(action)
    if other & first.keys() or one == other:
        return
    for key in (first.keys() & second.keys()) - one - other:
        name = view.nodes("Organisation")[key].get("name")
        yield (key,), (name, _codes(view, first[key]), _codes(view, second[key]))


@question(
    "reseau-de-cooperation",
    "Qui coopère avec qui, et à quel point ?",
    [YEAR],
    [
        Column("first", "Organisation"),
        Column("second", "Autre organisation"),
        Column("shared", "Actions communes", "integer"),
        Column("weight", "Poids", "number"),
        Column("first_key", "Clé"),
        Column("second_key", "Autre clé"),
    ],
    "Poids de Newman : chaque action commune de k opérateurs compte 1/(k − 1).",
)
def cooperation(view: View, given: Given) -> Iterator[Sorted]:
    """Yield the links of the projection, action by action, as a server would."""
    shared: dict[tuple[str, str], list[int]] = {}
    for _, operators in sorted(_operators(view, given).items()):
        for pair in combinations(sorted(operators), 2):
            shared.setdefault(pair, []).append(len(operators))
    nodes = view.nodes("Organisation")
    for (first, second), sizes in shared.items():
        names = (nodes[first].get("name"), nodes[second].get("name"))
        weight = 0.0
        for size in sizes:  # left to right, as the server adds: same last digit
            weight += 1.0 / (size - 1)
        yield (first, second), (*names, len(sizes), weight, first, second)
