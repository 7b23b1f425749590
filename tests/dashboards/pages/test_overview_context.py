"""What the page shows for an address, without a browser."""

from dashboards import view_data
from dashboards.pages.overview_context import (
    context_of,
    selection_of_node,
    table_records,
    territory_there,
)
from graphmodel import ContractGraph


def test_defaults_are_the_last_known_year_and_two_signs(graph: ContractGraph) -> None:
    context = context_of(graph, {})
    assert (context.year, context.view, context.signs) == (2015, "reseau", ("qpv", "perimetres"))
    assert context.notices == ()
    assert context.fictional
    assert context.empty is None


def test_an_address_is_obeyed(graph: ContractGraph) -> None:
    context = context_of(graph, {"an": "2014", "vue": "tableau", "couches": "zrr"})
    assert (context.year, context.view, context.signs) == (2014, "tableau", ("zrr",))
    assert context_of(graph, {"couches": ""}).signs == ()


def test_what_an_address_gets_wrong_is_named_and_replaced(graph: ContractGraph) -> None:
    context = context_of(graph, {"an": "1999", "vue": "<b>", "couches": "qpv,xx"})
    assert (context.year, context.view, context.signs) == (2015, "reseau", ("qpv",))
    assert len(context.notices) == 3
    assert all("inconnu ici" in notice for notice in context.notices)


def test_a_year_without_reports_says_so(graph: ContractGraph) -> None:
    context = context_of(graph, {"an": "2016"})
    assert context.empty is not None
    assert context.empty[0] == "Aucun bilan reçu pour 2016"


def test_the_table_never_shows_a_blank(graph: ContractGraph) -> None:
    records = table_records(context_of(graph, {"an": "2016"}).rows)
    assert len(records) == 8
    assert {record["pilots"] for record in records} == {"non dit"}
    assert all(record["places"] for record in records)


def test_the_map_address_changes_with_the_version_and_the_year(graph: ContractGraph) -> None:
    one, other = context_of(graph, {"an": "2014"}).map_source, context_of(graph, {"an": "2015"}).map_source
    assert one != other
    assert "v=3" in one


def test_many_places_are_counted_and_few_are_named() -> None:
    def shown(*places: tuple[str, str], region_wide: bool = False) -> object:
        where = tuple(view_data.Where(level, name) for level, name in places)
        row = view_data.ActionRow("k", "I.1", "n", "n", "I", (), 0, where, region_wide)
        return str(table_records((row,))[0]["places"]).replace("\u00a0", " ")

    assert shown(("commune", "Lyon"), ("commune", "Die")) == "Lyon et Die"
    many = [("commune", "Die"), ("commune", "Crest"), ("qpv", "Ficti-Quartier"), ("epci", "Val de Drôme")]
    assert shown(*many) == "4 lieux dont 1 QPV"
    assert shown() == "non dit"
    assert shown(region_wide=True) == "toute la région"


def test_a_territory_of_the_map_is_said_in_words(graph: ContractGraph) -> None:
    there = territory_there(graph, 2015, "200046977")
    assert there.actions == ("I.1.1", "III.1.2")
    assert "Lyon" in there.sentence
    assert territory_there(graph, 2015, "nowhere").actions == ()
    assert "bilan non reçu" in territory_there(graph, 2016, "200046977").sentence


def test_a_selection_is_a_node_or_a_territory_or_is_named_unknown(graph: ContractGraph) -> None:
    node = context_of(graph, {"sel": "Action:I_1.1"}).selection
    assert node is not None
    assert node.node is not None
    assert selection_of_node(graph, node.node) == "Action:I_1.1"
    commune = context_of(graph, {"sel": "38185"})
    assert commune.selection is not None
    assert commune.selection.epci == "200040715"
    assert commune.there is not None
    assert "Grenoble" in commune.there.sentence
    wrong = context_of(graph, {"sel": "Organisation:<b>"})
    assert wrong.selection is None
    assert len(wrong.notices) == 1
