"""What the pages show, on a contract small enough to count by hand."""

import pytest

from dashboards import view_data
from graphmodel import ContractGraph


def test_years_and_what_is_known_of_them(graph: ContractGraph) -> None:
    assert view_data.years_of(graph) == (2014, 2015, 2016)
    assert view_data.reported_years(graph) == (2014, 2015)
    assert view_data.latest_year(graph) == 2015
    fact, remedy = view_data.nothing_known(graph, 2016)
    assert fact == "Aucun bilan reçu pour 2016"
    assert "2014 et 2015" in remedy


def test_reports_due_and_received(graph: ContractGraph) -> None:
    assert view_data.reports_of(graph, 2015) == view_data.Reports(due=8, received=7)
    assert view_data.reports_of(graph, 2016).sentence == "aucun bilan attendu"


def test_a_pilot_that_is_also_partner_counts_once(graph: ContractGraph) -> None:
    ties = view_data.participations(graph, 2015)
    pairs = [(tie.organisation, tie.action) for tie in ties]
    assert len(pairs) == len(set(pairs)) == 20
    assert sum(tie.pilot for tie in ties) == 8
    union = view_data.participations(graph, None)
    assert set(pairs) <= {(tie.organisation, tie.action) for tie in union}


def test_rows_follow_the_annex_and_tell_unknown_from_everywhere(graph: ContractGraph) -> None:
    rows = view_data.action_rows(graph, 2015)
    assert [row.code for row in rows] == [
        "I.1.1", "I.1.2", "II.1.1", "II.2.1", "II.3.1", "III.1.1", "III.1.2", "III.2.1",
    ]  # fmt: skip
    by_code = {row.code: row for row in rows}
    assert [place.name for place in by_code["I.1.1"].places] == ["Grenoble", "Lyon"]
    assert by_code["I.1.1"].axis == "I"
    assert by_code["III.1.1"].places == ()
    assert by_code["III.2.1"].region_wide
    assert by_code["II.1.1"].pilots == ("Fictisarl Quartz",)


@pytest.mark.parametrize(
    ("identifier", "code"), [("II_1.1", "II.1.1"), ("ANIMATION", "Animation"), ("I.2", "I.2")]
)
def test_codes_as_they_are_printed(identifier: str, code: str) -> None:
    assert view_data.action_code(identifier) == code


def test_source_line_says_fictional_and_version(graph: ContractGraph) -> None:
    parts = " | ".join(view_data.source_parts(graph, 2015))
    assert "fictifs" in parts
    assert "version 3" in parts
    assert "7 sur 8" in parts
