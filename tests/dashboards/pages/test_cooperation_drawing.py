"""The drawing of « Coopérations »: places, names, sizes of crowd, signs that hold without colour."""

import pytest

from dashboards import theme
from dashboards.network_layout import Box, box_around, text_width, touch
from dashboards.network_view import DIMMED_SIGN, Mark, drawing_styles
from dashboards.pages.cooperation.context import CooperationContext, context_of
from dashboards.pages.cooperation.lines import CHANGE_WIDTHS
from dashboards.pages.cooperation.stage import VIEW, scale_of, stage_of
from dashboards.pages.cooperation.subject import subject_of
from graphmodel import ContractGraph
from tests.dashboards.pages.cooperation_graphs import crowd, seated
from tests.dashboards.test_theme import contrast


@pytest.fixture(scope="module")
def contract() -> ContractGraph:
    return seated()


def shown(contract: ContractGraph, **settings: str) -> CooperationContext:
    """Return the context of some settings."""
    context = context_of(contract, settings)
    assert context is not None
    return context


VIEWS = (
    {"an": "2014"}, {"an": "2015"}, {"an": "2015", "sel": "Communaute:A"},
    {"an": "2014", "dessin": "acteurs"}, {"an": "2014", "ego": "Organisation:F1"},
    {"change": "2014-2015"}, {"an": "2014", "couleur": "monde"},
)  # fmt: skip


def test_an_actor_keeps_its_place_in_every_year_and_view(contract: ContractGraph) -> None:
    places: dict[str, tuple[float, float]] = {}
    for settings in VIEWS:
        for mark in shown(contract, **settings).picture.marks:
            assert places.setdefault(mark.key, mark.at) == mark.at


def test_a_selection_changes_no_colour_of_a_class(contract: ContractGraph) -> None:
    def tones(**settings: str) -> dict[str, set[str]]:
        marks = shown(contract, **settings).picture.marks
        return {mark.key: {state for state in mark.states if state.startswith("tone")} for mark in marks}

    assert tones(an="2014") == tones(an="2014", sel="Communaute:B") == tones(an="2014", terr="38185")


@pytest.mark.parametrize("settings", VIEWS)
def test_no_name_lies_over_a_node_that_matters_or_another_name(
    contract: ContractGraph, settings: dict[str, str]
) -> None:
    marks = shown(contract, **settings).picture.marks
    live = [mark for mark in marks if "dimmed" not in mark.states and mark.kind != "sign"]
    names = {mark.key: name_box(mark) for mark in live if mark.kind == "actor" and mark.label}
    assert names
    for key, name in names.items():
        assert not [one.key for one in live if touch(name, box_around(one.at, *one.size))]
        assert not [other for other, box in names.items() if other != key and touch(name, box)]
        assert VIEW[0] <= name[0] < name[2] <= VIEW[2]


def name_box(mark: Mark) -> Box:
    """Return the ground of a name; the place says it itself, its width is checked here."""
    assert mark.place is not None
    box = mark.place.box
    assert box[2] - box[0] >= text_width(mark.label, 12)
    return box


def test_kept_new_and_lost_are_apart_in_grey() -> None:
    rules = {rule["selector"]: rule["style"] for rule in drawing_styles("light")}
    widths = list(CHANGE_WIDTHS.values())
    assert len({*widths}) == 3
    assert CHANGE_WIDTHS["new"] - CHANGE_WIDTHS["kept"] >= 1
    dashed = [name for name in CHANGE_WIDTHS if "line-style" in str(rules[f"edge.{name}"])]
    assert dashed == ["gone"]


def test_those_who_come_and_go_are_named_so(contract: ContractGraph) -> None:
    context = shown(contract, change="2014-2015", axe="II")
    change = context.scene.change
    assert change is not None
    states = {mark.key: mark for mark in context.picture.marks}
    assert change.entered or change.left
    for key in change.entered:
        assert "entered" in states[key].states
        assert not states[key].label or states[key].label.endswith("(entre)")
    for key in change.left:
        assert "left" in states[key].states


def blend(ink: str, ground: str, opacity: float) -> str:
    """Return the colour of a text drawn with an opacity."""
    mixed = [
        round(opacity * int(ink[i : i + 2], 16) + (1 - opacity) * int(ground[i : i + 2], 16))
        for i in (1, 3, 5)
    ]
    return "#" + "".join(f"{value:02x}" for value in mixed)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_in_the_canvas_can_be_read(scheme: theme.Scheme) -> None:
    tokens = theme.SCHEMES[scheme]
    sizes, colours = [], set()
    for rule in drawing_styles(scheme):
        style = rule["style"]
        assert isinstance(style, dict)
        colours |= {style["color"]} if "color" in style else set()
        sizes += [style["font-size"]] if "font-size" in style else []
        if "text-outline-color" in style:
            assert style["text-outline-color"] == tokens.surface
    assert colours == {tokens.ink}
    assert contrast(tokens.ink, tokens.surface) >= 7
    assert contrast(blend(tokens.ink, tokens.surface, DIMMED_SIGN), tokens.surface) >= 4.5
    assert min(sizes) >= 11.5
    for colour in (*tokens.categories, tokens.line2, tokens.kept, tokens.new, tokens.gone):
        assert contrast(colour, tokens.surface) >= 3


def test_a_crowd_is_grouped_by_community_and_actions() -> None:
    graph = crowd(200, 10, 2)
    subject = subject_of(graph)
    assert scale_of(subject) == "grouped"
    context = shown(graph, an="2014")
    assert context.picture.actors == 200
    assert context.picture.ties == 400
    nodes = [mark for mark in context.picture.marks if mark.kind == "actor"]
    assert len(nodes) == 10
    assert {mark.label for mark in nodes if mark.label} == {"20\u00a0acteurs"}
    assert all(mark.target.startswith("Communaute:") or not mark.target for mark in nodes)


def test_above_two_thousand_elements_only_communities_are_drawn() -> None:
    graph = crowd(500, 125, 3)
    subject = subject_of(graph)
    assert scale_of(subject) == "communities"
    context = shown(graph, an="2014")
    assert {mark.key for mark in context.picture.marks} == {
        f"Communaute:{one.letter}" for one in subject.communities
    }
    letter = subject.communities[0].letter
    opened = shown(graph, an="2014", sel=f"Communaute:{letter}")
    drawn = {mark.key for mark in opened.picture.marks if mark.kind == "action"}
    assert drawn <= subject.communities[0].actions
    assert stage_of(subject, letter).scale == "communities"
    changed = shown(graph, change="2014-2015", sel=f"Communaute:{letter}")
    assert changed.scene.change is not None
    assert changed.scene.change.unknown == 2015
