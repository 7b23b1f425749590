"""What the page shows for an address, without a browser."""

from dashboards.pages.overview_context import context_of, table_records
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
