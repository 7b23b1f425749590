"""The cooperation network on screen: the only module that knows the drawing component.

Two modes: organisations and actions, a line where a report says that one operates the other. A page that
draws more than a year says what in `Mark` and `Line`, which know nothing of the component.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import dash_cytoscape as cyto

from dashboards import theme, view_data, words
from dashboards.network_layout import LABEL_SIZE, LabelPlace, Layout, Node, layout, place_labels
from graphmodel import ContractGraph

NETWORK_ID = "network"
"""Identifier of the component in a page."""

SHAPES = {
    "ess": "ellipse",
    "ess_company": "round-rectangle",
    "classic": "diamond",
    "public": "hexagon",
    "research": "triangle",
    None: "octagon",
}
"""Shape by world; colour never says it alone."""

_FONT = f'"{theme.FONT_FAMILY}", sans-serif'


@dataclass(frozen=True, slots=True)
class Network:
    """The network of a year, pinned on the positions of all years.

    Attributes
    ----------
    year
        Year drawn.
    nodes
        Nodes of all years that have a position.
    places
        Positions of all years.
    ties
        Participations of the year.
    worlds
        World of each organisation by key; None is not known.
    titles
        Full name of each node by key.
    pivot
        Key of the pivot organisation, None without one.
    """

    year: int
    nodes: tuple[Node, ...]
    places: Layout
    ties: tuple[view_data.Participation, ...]
    worlds: dict[str, str | None]
    titles: dict[str, str]
    pivot: str | None = None

    @property
    def present(self) -> frozenset[str]:
        """Keys of the nodes that take part this year."""
        return frozenset(key for tie in self.ties for key in (tie.organisation, tie.action))

    @property
    def caption(self) -> str:
        """Counts of what is drawn: « 48 acteurs, 20 actions, 128 participations »."""
        actors = len({tie.organisation for tie in self.ties})
        actions = len({tie.action for tie in self.ties})
        counts = (
            words.counted(actors, "acteur"),
            words.counted(actions, "action"),
            words.counted(len(self.ties), "participation"),
        )
        return ", ".join(counts)

    def neighbours(self, key: str) -> frozenset[str]:
        """Return a node and those it is tied to this year."""
        tied = {tie.action for tie in self.ties if tie.organisation == key}
        tied |= {tie.organisation for tie in self.ties if tie.action == key}
        return frozenset({key} | tied)


def network_of(graph: ContractGraph, year: int) -> Network:
    """Return the two-mode network of a year; positions come from the union of all years."""
    union = view_data.participations(graph, None)
    ties = [(tie.organisation, tie.action) for tie in union]
    degrees = Counter(key for tie in ties for key in tie)
    actions = graph.nodes("Action")
    codes = {str(key): view_data.action_code(str(code)) for key, code in actions["id"].items()}
    labels = view_data.short_actor_names(graph) | codes
    nodes = tuple(Node(key, labels[key], key in codes, degree) for key, degree in sorted(degrees.items()))
    organisations = graph.nodes("Organisation")
    worlds = {
        str(key): value if isinstance(value, str) else None for key, value in organisations["world"].items()
    }
    titles = view_data.names_of(graph, "Organisation") | view_data.names_of(graph, "Action")
    pivot = graph.contract.get("pivot")
    pivots = [str(key) for key in organisations.index[organisations["id"] == pivot]] if pivot else []
    return Network(
        year=year,
        nodes=nodes,
        places=layout(nodes, ties),
        ties=view_data.participations(graph, year),
        worlds=worlds,
        titles=titles,
        pivot=pivots[0] if pivots else None,
    )


def elements_of(
    network: Network, selected: str | None = None, *, actions: Collection[str] | None = None
) -> list[dict[str, object]]:
    """Return the nodes and lines of a year, those away from the selection dimmed.

    Parameters
    ----------
    network
        Network of a year.
    selected
        Key of the selected node; None, or a key that is absent this year, dims nothing.
    actions
        Codes of actions (`II.1.1`) to light with those who operate them, such as those of a territory; None
        when a node is selected instead.
    """
    present = network.present
    lit = _lit_ties(network, selected if selected in present else None, actions)
    live = frozenset(key for tie in lit for key in (tie.organisation, tie.action))
    drawn = [node for node in network.nodes if node.key in present]
    first = [key for key in (selected, network.pivot) if key]
    labels = place_labels([node for node in drawn if node.key in live], network.places.positions, first)
    nodes = [
        _node(network, node, labels.get(node.key), node.key in live, node.key == selected) for node in drawn
    ]
    return [*(_edge(tie, tie in lit) for tie in network.ties), *nodes]


def _lit_ties(
    network: Network, selected: str | None, actions: Collection[str] | None
) -> frozenset[view_data.Participation]:
    """Participations that stay at full strength."""
    if actions is not None:
        keys = {node.key for node in network.nodes if node.is_action and node.label in actions}
        return frozenset(tie for tie in network.ties if tie.action in keys)
    return frozenset(
        tie for tie in network.ties if selected is None or selected in (tie.organisation, tie.action)
    )


def _node(
    network: Network, node: Node, label: LabelPlace | None, live: bool, selected: bool
) -> dict[str, object]:
    x, y = network.places.positions[node.key]
    kind = "action" if node.is_action else "actor"
    data: dict[str, object] = {
        "id": node.key,
        "kind": kind,
        "title": network.titles.get(node.key, node.label),
        "label": node.label if node.is_action or (label and live) else "",
        "width": round(node.width, 1),
        "height": round(node.height, 1),
    }
    if not node.is_action:
        data["shape"] = SHAPES.get(network.worlds.get(node.key), SHAPES[None])
        data |= {"halign": "right", "valign": "center", "dx": 0, "dy": 0}
    if label is not None and not node.is_action:
        data |= {"halign": label.halign, "valign": label.valign, "dx": label.shift[0], "dy": label.shift[1]}
    classes = [kind, *(() if live else ("dimmed",)), *(("selected",) if selected else ())]
    return {
        "data": data,
        "position": {"x": x, "y": y},
        "classes": " ".join(classes),
        "grabbable": False,
    }


def _edge(tie: view_data.Participation, live: bool) -> dict[str, object]:
    classes = ["pilot" if tie.pilot else "partner", *(() if live else ("dimmed",))]
    return {
        "data": {"source": tie.organisation, "target": tie.action, "id": f"{tie.organisation}|{tie.action}"},
        "classes": " ".join(classes),
    }


def stylesheet(scheme: theme.Scheme) -> list[dict[str, object]]:
    """Return the drawing rules in the tokens of a scheme."""
    tokens = theme.SCHEMES[scheme]
    return [*_node_rules(tokens), *_edge_rules(tokens)]


def _node_rules(tokens: theme.Tokens) -> list[dict[str, object]]:
    shared = {
        "width": "data(width)",
        "height": "data(height)",
        "label": "data(label)",
        "font-family": _FONT,
        "font-weight": 600,
        "color": tokens.ink,
        "z-index": 10,
    }
    actor = {
        "shape": "data(shape)",
        "background-color": tokens.acc,
        "border-width": 1.2,
        "border-color": tokens.surface,
        "font-size": LABEL_SIZE,
        "text-halign": "data(halign)",
        "text-valign": "data(valign)",
        "text-margin-x": "data(dx)",
        "text-margin-y": "data(dy)",
        "text-outline-width": 2.5,
        "text-outline-color": tokens.surface,
    }
    action = {
        "shape": "round-rectangle",
        "background-color": tokens.surface,
        "border-width": 1.6,
        "border-color": tokens.ink,
        "font-size": 11.5,
        "text-halign": "center",
        "text-valign": "center",
    }
    return [
        {"selector": "node", "style": shared},
        {"selector": ".actor", "style": actor},
        {"selector": ".action", "style": action},
        {"selector": "node.dimmed", "style": {"opacity": 0.28, "z-index": 1}},
        {"selector": "node.selected", "style": {"border-width": 3, "border-color": tokens.ink}},
        {"selector": "node:active", "style": {"overlay-color": tokens.acc, "overlay-opacity": 0.15}},
    ]


def _edge_rules(tokens: theme.Tokens) -> list[dict[str, object]]:
    shared = {
        "curve-style": "straight",
        "line-color": tokens.ink,
        "line-opacity": 0.3,
        "width": 1.2,
        "z-index": 0,
        "events": "no",
    }
    return [
        {"selector": "edge", "style": shared},
        {"selector": ".pilot", "style": {"width": 2.6}},
        {"selector": "edge.dimmed", "style": {"line-opacity": 0.07}},
    ]


def network_component(
    elements: Sequence[dict[str, object]], scheme: theme.Scheme, identifier: str = NETWORK_ID
) -> cyto.Cytoscape:
    """Return the component of a network: fixed positions, fitted once, no physics.

    Parameters
    ----------
    elements
        What `elements_of` or `drawn` gives.
    scheme
        Light or dark set of tokens at first.
    identifier
        Identifier in the page; the default one fits its nodes, another lets its page choose the view.
    """
    own = identifier == NETWORK_ID
    return cyto.Cytoscape(
        id=identifier,
        elements=list(elements),
        stylesheet=stylesheet(scheme) if own else drawing_styles(scheme),
        layout={"name": "preset", "fit": own, "padding": 6},
        minZoom=0.4,
        maxZoom=4,
        boxSelectionEnabled=False,
        autoungrabify=True,
        autoRefreshLayout=False,
        responsive=own,
        style={"width": "100%", "height": "100%"},
    )


@dataclass(frozen=True, slots=True)
class Mark:
    """A node as it is drawn.

    Attributes
    ----------
    key, title
        Identifier, full name.
    kind
        `actor`, `action`, or `sign` for the name of a community.
    at
        Centre, px of the field.
    size
        Width and height, px.
    states
        Words of its state, each a rule of `drawing_styles`: `tone-1`, `dimmed`, `selected`…
    shape
        Shape of an actor, see `SHAPES`.
    label, place
        Text, and where it stands beside the node; None inside it.
    target
        What a click selects, as the address says it.
    """

    key: str
    title: str
    kind: str
    at: tuple[float, float]
    size: tuple[float, float]
    states: frozenset[str] = frozenset()
    shape: str = "ellipse"
    label: str = ""
    place: LabelPlace | None = None
    target: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line between two nodes: keys of its ends, width in px, words of its state."""

    first: str
    second: str
    width: float
    states: frozenset[str] = frozenset()


def drawn(marks: Sequence[Mark], lines: Sequence[Line]) -> list[dict[str, object]]:
    """Return the elements of the component, lines first: they lie under the nodes."""
    return [*map(_line_element, lines), *map(_mark_element, marks)]


def _mark_element(mark: Mark) -> dict[str, object]:
    place = mark.place
    data = {
        "id": mark.key,
        "kind": mark.kind,
        "target": mark.target,
        "title": mark.title,
        "label": mark.label,
        "width": round(mark.size[0], 1),
        "height": round(mark.size[1], 1),
        "shape": mark.shape,
        "halign": place.halign if place else "right" if mark.kind == "sign" else "center",
        "valign": place.valign if place else "center",
        "dx": place.shift[0] if place else 6 if mark.kind == "sign" else 0,
        "dy": place.shift[1] if place else 0,
    }
    position = {"x": mark.at[0], "y": mark.at[1]}
    classes = " ".join((mark.kind, *sorted(mark.states)))
    return {"data": data, "position": position, "classes": classes, "grabbable": False}


def _line_element(line: Line) -> dict[str, object]:
    data = {"id": f"{line.first}|{line.second}", "source": line.first, "target": line.second,
            "width": round(line.width, 1)}  # fmt: skip
    return {"data": data, "classes": " ".join(sorted(line.states))}


def drawing_styles(scheme: theme.Scheme) -> list[dict[str, object]]:
    """Return the drawing rules of marks and lines in the tokens of a scheme."""
    tokens = theme.SCHEMES[scheme]
    return [*_node_rules(tokens), *_line_rules(tokens), *_tone_rules(tokens), *_mark_rules(tokens)]


DIMMED_NODE, DIMMED_SIGN = 0.4, 0.7
"""Opacity of a node, and of the name of a community, away from the selection."""


def _mark_rules(tokens: theme.Tokens) -> list[dict[str, object]]:
    sign = {
        "shape": "round-rectangle", "font-size": 15, "font-weight": 700, "text-outline-width": 2.5,
        "text-outline-color": tokens.surface, "text-halign": "right", "text-valign": "center",
        "text-margin-x": "data(dx)", "border-width": 0,
    }  # fmt: skip
    left = {"background-color": tokens.surface, "border-width": 2.2, "border-style": "dashed",
            "border-color": tokens.gone}  # fmt: skip
    return [
        {"selector": ".sign", "style": sign},
        {"selector": "node.dimmed", "style": {"opacity": DIMMED_NODE, "z-index": 1}},
        {"selector": ".sign.dimmed", "style": {"opacity": DIMMED_SIGN}},
        {"selector": ".actor.still", "style": {"background-color": tokens.line2}},
        {"selector": ".actor.entered", "style": {"background-color": tokens.new}},
        {"selector": ".actor.left", "style": left},
        {"selector": ".actor.whole", "style": {"font-size": 15, "font-weight": 700}},
        {"selector": "node.ringed", "style": {"border-width": 3, "border-color": tokens.ink}},
        {"selector": "node.selected", "style": {"border-width": 3.4, "border-color": tokens.ink}},
    ]


def _tone_rules(tokens: theme.Tokens) -> list[dict[str, object]]:
    """Colours of the six categories, and grey for what is in none."""
    found: list[dict[str, object]] = []
    for rank, colour in enumerate((tokens.line2, *tokens.categories)):
        found += [
            {"selector": f".actor.tone-{rank}, .sign.tone-{rank}", "style": {"background-color": colour}},
            {"selector": f".action.tone-{rank}", "style": {"border-color": colour}},
            {"selector": f"edge.tone-{rank}", "style": {"line-color": colour}},
        ]
    return found


def _line_rules(tokens: theme.Tokens) -> list[dict[str, object]]:
    shared = {"curve-style": "straight", "line-color": tokens.ink, "line-opacity": 0.22,
              "width": "data(width)", "z-index": 0, "events": "no"}  # fmt: skip
    return [
        {"selector": "edge", "style": shared},
        {"selector": "edge.lit", "style": {"line-opacity": 0.3}},
        {"selector": "edge.inner", "style": {"line-opacity": 0.55}},
        {"selector": "edge.dimmed", "style": {"line-opacity": 0.07}},
        {"selector": "edge.kept", "style": {"line-color": tokens.kept, "line-opacity": 0.5}},
        {"selector": "edge.new", "style": {"line-color": tokens.new, "line-opacity": 0.9}},
        {"selector": "edge.gone", "style": {"line-color": tokens.gone, "line-opacity": 0.9,
                                            "line-style": "dashed", "line-dash-pattern": [6, 4]}},
        {"selector": "edge.way", "style": {"line-color": tokens.acc, "line-opacity": 1}},
    ]  # fmt: skip


def described(network: Network, selected: str) -> str:
    """Return one sentence on a node: what an organisation operates, or who operates an action."""
    title = network.titles.get(selected, "")
    codes = {node.key: node.label for node in network.nodes}
    led = [codes[t.action] for t in network.ties if t.organisation == selected and t.pilot]
    joined = [codes[t.action] for t in network.ties if t.organisation == selected and not t.pilot]
    if led or joined:
        parts = [f"porte {words.listed(view_data.codes_in_order(led))}"] if led else []
        parts += [f"participe à {words.listed(view_data.codes_in_order(joined))}"] if joined else []
        return f"{title}{words.NBSP}: {', '.join(parts)}."
    pilots = sorted(codes[t.organisation] for t in network.ties if t.action == selected and t.pilot)
    partners = sorted(codes[t.organisation] for t in network.ties if t.action == selected and not t.pilot)
    if not pilots and not partners:
        return f"{title}{words.NBSP}: aucune participation en {network.year}."
    parts = [f"portée par {words.listed(pilots)}"] if pilots else []
    parts += [f"avec {words.listed(partners)}"] if partners else []
    return f"{codes[selected]} {title}{words.NBSP}: {', '.join(parts)}."
