"""What « Coopérations » shows, without a browser, beside plain counts made another way."""

import json
from collections.abc import Sequence
from itertools import combinations

import pytest
from dash.development.base_component import Component

from dashboards import view_data
from dashboards.pages.cooperation.chance import beside, chance_of
from dashboards.pages.cooperation.chance_panel import chance_section
from dashboards.pages.cooperation.choices import Choices, choices_of
from dashboards.pages.cooperation.context import CooperationContext, context_of
from dashboards.pages.cooperation.focus import territory_cooperation
from dashboards.pages.cooperation.page import legend
from dashboards.pages.cooperation.panels import panel
from dashboards.pages.cooperation.subject import subject_of
from dashboards.pages.cooperation.table import columns, records, sentence
from graphmodel import ContractGraph
from graphmodel.cooperation.two_mode import TwoMode
from tests.dashboards.pages.cooperation_graphs import SEATS, seated


@pytest.fixture(scope="module")
def contract() -> ContractGraph:
    return seated()


def shown(contract: ContractGraph, **settings: str) -> CooperationContext:
    """Return the context of some settings."""
    context = context_of(contract, settings)
    assert context is not None
    return context


def plain(text: str) -> str:
    """Return a text with ordinary spaces."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def to_json(parts: Sequence[Component]) -> str:
    """Return components as the browser receives them."""
    return json.dumps(list(parts), default=lambda part: part.to_plotly_json(), ensure_ascii=False)


def said(context: CooperationContext) -> str:
    """Return the panel as the JSON that the browser receives, with ordinary spaces."""
    return plain(to_json(panel(context)))


def test_the_caption_counts_what_is_drawn(contract: ContractGraph) -> None:
    context = shown(contract, an="2014")
    parts = view_data.participations(contract, 2014)
    assert context.picture.ties == len(parts) == len(context.picture.lines)
    assert context.picture.actors == len({part.organisation for part in parts})
    assert plain(context.caption).startswith("7 acteurs, 8 actions, 20 participations · bilans reçus")
    assert plain(context.question) == "Qui coopère avec qui en 2014 ?"


def test_a_filter_removes_and_the_caption_follows(contract: ContractGraph) -> None:
    context = shown(contract, an="2014", axe="III")
    codes = {mark.label for mark in context.picture.marks if mark.kind == "action"}
    assert codes == {"III.1.1", "III.1.2", "III.2.1"}
    assert context.picture.actions == 3
    whole = {mark.key: mark for mark in shown(contract, an="2014").picture.marks}
    for mark in context.picture.marks:
        assert mark.at == whole[mark.key].at
        assert mark.size == whole[mark.key].size


def test_what_the_address_asks_and_nobody_knows_is_named(contract: ContractGraph) -> None:
    context = shown(
        contract, an="1999", axe="XX", monde="mars", terr="00000", sel="Organisation:PERSONNE", ego="x"
    )
    assert [plain(notice).split(" »")[0].split("« ")[1] for notice in context.notices] == [
        "1999", "XX", "mars", "00000", "Organisation:PERSONNE", "x",
    ]  # fmt: skip
    assert context.choices == shown(contract).choices


def test_the_address_says_what_is_not_the_default(contract: ContractGraph) -> None:
    asked = {"an": "2014", "dessin": "acteurs", "axe": "II", "sel": "Communaute:A", "vue": "tableau"}
    context = shown(contract, **asked)
    assert context.choices.said == asked
    again, notices = choices_of(context.subject, context.choices.said)
    assert again == context.choices
    assert not notices


def test_a_territory_of_the_search_field_rings_its_actors(contract: ContractGraph) -> None:
    context = shown(contract, an="2014", sel="200040715")
    assert context.choices.terr == "200040715"
    ringed = {mark.target for mark in context.picture.marks if "ringed" in mark.states}
    assert ringed == {"Organisation:F1", "Organisation:F2"}
    assert "/territoires?sel=200040715" in said(context)


def test_what_the_search_field_adds_replaces_what_was_lit(contract: ContractGraph) -> None:
    context = shown(contract, an="2014", ego="Organisation:F1", sel="Organisation:F5")
    assert context.scene.focus is not None
    assert context.scene.focus.kind == "actor"
    assert context.choices.said == {"an": "2014", "sel": "Organisation:F5"}


def test_inner_and_outer_cooperation_of_a_territory(contract: ContractGraph) -> None:
    context = shown(contract, an="2014", terr="38185")
    here = {
        key
        for key, identifier in contract.nodes("Organisation")["id"].items()
        if SEATS.get(identifier) == "38185"
    }
    together = {
        pair
        for operators in context.scene.wave.network.parts.values()
        for pair in combinations(sorted(operators), 2)
    }
    found = territory_cooperation(context.scene.wave, frozenset(map(str, here)))
    assert found.inside == sum(set(pair) <= here for pair in together)
    assert found.outside == sum(len(set(pair) & here) == 1 for pair in together)


def test_kept_new_and_lost_leave_out_what_a_missing_report_hides(contract: ContractGraph) -> None:
    change = shown(contract, change="2014-2015").scene.change
    assert change is not None
    before, after = (
        {(part.organisation, part.action) for part in view_data.participations(contract, year)
         if "I_1.1@" not in part.action.replace("II_1.1@", "")}
        for year in (2014, 2015)
    )  # fmt: skip
    assert change.links.kept == before & after
    assert change.links.new == after - before
    assert change.links.lost == before - after
    assert change.excluded == 3
    assert "3 participations" in said(shown(contract, change="2014-2015"))


def test_change_of_ties_is_an_option(contract: ContractGraph) -> None:
    context = shown(contract, change="2014-2015", dessin="acteurs")
    change = context.scene.change
    assert change is not None
    assert change.projected
    assert all(not end.count("/action/") for pair in change.links.union for end in pair)
    assert "liens comparés" in plain(context.caption)


def test_a_year_without_reports_loses_nothing(contract: ContractGraph) -> None:
    context = shown(contract, change="2015-2016")
    change = context.scene.change
    assert change is not None
    assert (change.unknown, change.links.union) == (2016, frozenset())
    assert "on ne sait pas" in said(context)
    assert context.empty is not None
    assert context.empty.fact == "Aucun bilan reçu pour 2016"


def test_the_first_year_compares_nothing(contract: ContractGraph) -> None:
    context = shown(contract, change="2014-2014")
    assert "première année" in said(context)
    assert context.choices.year == 2014


def test_a_community_counts_what_stays_inside(contract: ContractGraph) -> None:
    context = shown(contract, an="2014", sel="Communaute:A")
    community = context.subject.communities[0]
    pairs = {(part.organisation, part.action) for part in view_data.participations(contract, 2014)}
    focus = context.scene.focus
    assert focus is not None
    assert len(focus.inner) == sum(a in community.members and b in community.actions for a, b in pairs)
    assert len(focus.pairs) == sum(a in community.members or b in community.actions for a, b in pairs)
    assert context.footprint is not None
    assert context.footprint.counts["200040715"] >= 1
    assert f"{len(focus.inner)} internes" in said(context)


def test_a_path_is_told_in_words(contract: ContractGraph) -> None:
    context = shown(contract, an="2014", de="Organisation:F1", vers="Organisation:F4")
    focus = context.scene.focus
    assert focus is not None
    first = focus.paths[0]
    parts = context.scene.wave.network.parts
    for one, action, other in zip(first.operators, first.actions, first.operators[1:], strict=False):
        assert {one, other} <= set(parts[action])
    assert "les séparent" in said(context)
    assert {mark.target for mark in context.picture.marks if "selected" in mark.states} == {
        "Organisation:F1", "Organisation:F4",
    }  # fmt: skip


def test_the_path_tool_asks_for_the_other_end(contract: ContractGraph) -> None:
    assert "Choisissez le départ." in said(shown(contract, outil="chemin"))
    assert "Choisissez l’arrivée." in said(shown(contract, outil="chemin", de="Organisation:F1"))


def test_surroundings_are_the_actions_and_all_who_take_part(contract: ContractGraph) -> None:
    context = shown(contract, an="2014", ego="Organisation:F1")
    focus = context.scene.focus
    assert focus is not None
    parts = context.scene.wave.network.parts
    key = context.subject.key_of("Organisation:F1")
    actions = {action for action, row in parts.items() if key in row}
    assert focus.nodes == actions | {actor for action in actions for actor in parts[action]}


def test_an_empty_view_names_the_narrowest_filter(contract: ContractGraph) -> None:
    context = shown(contract, an="2015", axe="III", monde="recherche")
    assert context.empty is not None
    assert context.empty.remove == "monde"
    assert plain(context.empty.remedy) == "Le filtre le plus étroit est « Monde : recherche »."
    unknown = shown(contract, an="2016").empty
    assert unknown is not None
    assert unknown.fact == "Aucun bilan reçu pour 2016"


def test_the_table_says_what_the_drawing_says(contract: ContractGraph) -> None:
    context = shown(contract, an="2014")
    rows = {str(row["key"]): row for row in records(context)}
    assert len(rows) == context.picture.actors + context.picture.actions
    assert (
        sum(int(str(row["actions"])) for row in rows.values() if row["kind"] == "Acteur")
        == context.picture.ties
    )
    assert rows["Organisation:F5"]["place"] == "Die"
    assert rows["Organisation:F4"]["place"] == "non dit"
    assert "7 acteurs" in plain(sentence(context))
    named = {column["field"] for column in columns(shown(contract, change="2014-2015"))}
    assert {"gained", "lost"} <= named
    assert not any("betweenness" in str(column) for column in columns(context))


def test_the_legend_says_what_is_drawn(contract: ContractGraph) -> None:
    plain_legend = to_json(legend(shown(contract, an="2014")))
    assert "recherche" in plain_legend
    assert "monde non dit" not in plain_legend
    assert "plusieurs axes" in to_json(legend(shown(contract, an="2014", couleur="axe")))
    assert "perdue" in to_json(legend(shown(contract, change="2014-2015")))


def test_density_never_comes_without_its_null_model() -> None:
    # Two actions of two among three actors: every network of these sizes ties two pairs of three, or one.
    found = beside(TwoMode.of({"a": "AB", "b": "BC"}))
    assert found is not None
    assert found.exact
    assert found.observed == pytest.approx(2 / 3)
    assert found.low <= found.observed <= found.high
    assert beside(TwoMode.of({"a": "AB"})) is None


def test_chance_is_told_with_and_without_the_pivot(contract: ContractGraph) -> None:
    subject = subject_of(contract)
    found = chance_of(subject, Choices(an="2014"))
    assert found.whole is not None
    assert found.without is not None
    text = to_json(chance_section(found))
    assert "sans CRESS Rhône-Alpes" in text
    assert "hasard" in text
    alone = chance_of(subject, Choices(an="2014", monde="recherche"))
    assert alone.whole is None
    assert "non calculable" in alone.sentence


def test_a_natural_person_is_not_named_in_a_publication(monkeypatch: pytest.MonkeyPatch) -> None:
    graph = seated(person="F2")
    monkeypatch.setenv("MAILLAGE_MODE", "publication")
    names = {mark.title for mark in shown(graph, an="2014").picture.marks}
    assert "Fictasso Lichen" not in names
    assert "Personne physique 1" in names
    monkeypatch.setenv("MAILLAGE_MODE", "working")
    assert "Fictasso Lichen" in {mark.title for mark in shown(graph, an="2014").picture.marks}
