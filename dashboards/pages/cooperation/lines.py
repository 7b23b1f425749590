"""Lines of the drawing: participations, ties between actors, what two years keep, gain and lose."""

from collections import defaultdict

from dashboards.network_view import Line
from dashboards.pages.cooperation.focus import Focus
from dashboards.pages.cooperation.scene import Scene
from dashboards.pages.cooperation.wave import Pair

PILOT_WIDTH, PARTNER_WIDTH, WIDEST = 2.6, 1.2, 6.0
"""Line of who carries an action, of who takes part; widest tie between two actors; px."""
CHANGE_WIDTHS = {"kept": 1.5, "gone": 2.0, "new": 2.8}
"""Line kept, lost, new, px: apart in grey too, the lost one being dashed."""


def lines_of(scene: Scene) -> tuple[Line, ...]:
    """Return the lines of a scene, one between two nodes."""
    if scene.change is not None:
        return _change_lines(scene)
    return _tie_lines(scene) if scene.projected else _part_lines(scene)


def _part_lines(scene: Scene) -> tuple[Line, ...]:
    """Lines of the participations; those of the actors that one node stands for make one."""
    states: dict[Pair, set[str]] = defaultdict(set)
    pilots: set[Pair] = set()
    for pair in sorted(scene.pairs):
        drawn = scene.node(pair[0]), pair[1]
        states[drawn] |= _part_states(pair, scene.focus, scene.tone)
        if pair in scene.wave.pilots:
            pilots.add(drawn)
    return tuple(
        Line(*drawn, PILOT_WIDTH if drawn in pilots else PARTNER_WIDTH, frozenset(found))
        for drawn, found in states.items()
    )


def _part_states(pair: Pair, focus: Focus | None, tone: str) -> set[str]:
    if focus is None:
        return set()
    if pair in focus.inner:
        return {"way"} if focus.kind == "path" else {"inner", tone or "inner"}
    return {"lit"} if pair in focus.pairs else {"dimmed"}


def _tie_lines(scene: Scene) -> tuple[Line, ...]:
    """Lines of the projection: the more actions two actors share, the wider."""
    weights: dict[Pair, int] = defaultdict(int)
    lit: set[Pair] = set()
    for pair in sorted(scene.pairs):
        one, other = sorted(map(scene.node, pair))
        if one == other:
            continue
        weights[one, other] += scene.wave.weights[pair]
        if scene.focus is not None and _tie_is_lit(pair, scene.focus):
            lit.add((one, other))
    return tuple(
        Line(*drawn, min(PARTNER_WIDTH * shared, WIDEST), _tie_states(drawn in lit, scene))
        for drawn, shared in weights.items()
    )


def _tie_is_lit(pair: Pair, focus: Focus) -> bool:
    """Tell whether a tie is lit: inside the selection, or at the actor or the territory chosen."""
    ends = set(pair)
    if focus.kind == "path":
        return any(ends <= {*path.operators} for path in focus.paths)
    if focus.community is not None:
        return bool(ends & focus.community.members)
    if focus.kind in ("actor", "territory"):
        return bool(ends & {*focus.marked, *focus.ringed})
    return ends <= focus.nodes


def _tie_states(lit: bool, scene: Scene) -> frozenset[str]:
    if scene.focus is None:
        return frozenset()
    if not lit:
        return frozenset({"dimmed"})
    return frozenset({"way"}) if scene.focus.kind == "path" else frozenset({"inner", scene.tone or "inner"})


def _change_lines(scene: Scene) -> tuple[Line, ...]:
    """Lines of two years; a line that several actors of a group draw is drawn once, news on top."""
    change = scene.change
    if change is None:
        return ()
    links = {"kept": change.links.kept, "gone": change.links.lost, "new": change.links.new}
    found = {}
    for name, width in CHANGE_WIDTHS.items():
        for one, other in sorted(links[name]):
            ends = scene.node(one), scene.node(other)
            if ends[0] != ends[1]:
                found[ends] = Line(*ends, width, frozenset({name}))
    return tuple(found.values())
