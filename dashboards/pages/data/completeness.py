"""« Complétude »: which annual reports are due and which came in, what they leave unsaid."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dash import html
from dash.development.base_component import Component

from dashboards import frame, view_data, words
from dashboards.attributes import attributes
from dashboards.pages.page import Visit
from graphmodel import ContractGraph
from graphmodel.frames import records_of

MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Due:
    """One annual report: its key, what it is about, who owes it, when it is due and came in."""

    key: str
    about: str
    operator: str
    year: int
    due_on: date | None
    received_on: date | None
    unsaid: tuple[str, ...]


def reports_due(graph: ContractGraph) -> tuple[Due, ...]:
    """Return the annual reports of a graph, by year then action, with the measures each leaves unsaid."""
    codes = {str(key): view_data.action_code(str(code)) for key, code in graph.nodes("Action")["id"].items()}
    about = _ends(graph, "ABOUT", "Report", codes)
    by = _ends(graph, "SUBMITTED_BY", "Report", view_data.short_actor_names(graph))
    unsaid = _unsaid(graph)
    found = [
        Due(
            key=str(row["key"]),
            about=words.listed(view_data.codes_in_order(about[str(row["key"])])),
            operator=words.listed(sorted(by[str(row["key"])])),
            year=int(str(row["year"])),
            due_on=_day(row.get("due_on")),
            received_on=_day(row.get("received_on")),
            unsaid=unsaid.get(str(row["key"]), ()),
        )
        for row in records_of(graph.nodes("Report"))
        if row.get("year") is not None
    ]
    return tuple(sorted(found, key=lambda due: (due.year, due.about, due.operator, due.key)))


def _day(value: object) -> date | None:
    return value if isinstance(value, date) else None


def _ends(graph: ContractGraph, kind: str, label: str, names: dict[str, str]) -> defaultdict[str, set[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    links = graph.relationships(kind)
    links = links[links["source_label"] == label]
    for source, target in zip(links["source"], links["target"], strict=True):
        if target in names:
            found[str(source)].add(names[target])
    return found


def _unsaid(graph: ContractGraph) -> dict[str, tuple[str, ...]]:
    """Measures a report should give and does not, by report."""
    measures = graph.nodes("Measure")
    missing = {
        key: str(metric)
        for key, status, metric in zip(measures.index, measures["status"], measures["metric"], strict=True)
        if status == MISSING
    }
    found: defaultdict[str, set[str]] = defaultdict(set)
    links = graph.relationships("REPORTS")
    for report, measure in zip(links["source"], links["target"], strict=True):
        if measure in missing:
            found[str(report)].add(missing[measure])
    return {report: tuple(sorted(names)) for report, names in found.items()}


def body(visit: Visit) -> Sequence[Component]:
    """Return the counts by year, then the reports that are owed, then those that leave something unsaid."""
    due = reports_due(visit.graph)
    if not due:
        said = frame.message(
            "Aucun bilan attendu", "Les bilans dus apparaîtront quand un contrat sera chargé."
        )
        return [said]
    years = sorted({one.year for one in due})
    late = [one for one in due if one.received_on is None]
    partial = [one for one in due if one.received_on is not None and one.unsaid]
    return [
        html.Div(
            [_title(due), html.Div([_year(due, year) for year in years], className="tiles")],
            className="data-top",
        ),
        html.Div(
            [
                _list(
                    f"Bilans non reçus ({words.number(len(late))})", late, "Tous les bilans attendus sont là."
                ),
                _list(
                    f"Bilans reçus, mesures manquantes ({words.number(len(partial))})",
                    partial,
                    "Aucun bilan reçu ne laisse de mesure vide.",
                ),
            ],
            className="two-lists",
        ),
    ]


def _title(due: Sequence[Due]) -> Component:
    received = sum(one.received_on is not None for one in due)
    return html.Div(
        [
            html.H2(words.typeset("Que manque-t-il ?")),
            html.P(f"{words.number(received)} bilans reçus sur {words.number(len(due))} attendus"),
        ],
        className="panel-title",
    )


def _year(due: Sequence[Due], year: int) -> Component:
    received = sum(one.year == year and one.received_on is not None for one in due)
    total = sum(one.year == year for one in due)
    bar = html.Div(html.Div(style={"width": f"{100 * received / total:.1f}%"}), className="soft-bar")
    return html.Div(
        [
            html.Strong(str(year)),
            html.Span(f"{words.number(received)} sur {words.number(total)}", className="tile-word"),
            bar,
        ],
        className="tile tile-year",
    )


def _list(heading: str, every: Sequence[Due], nothing: str) -> Component:
    if not every:
        return html.Section([html.H2(heading), html.P(nothing, className="small")])
    words_of_head = ("Année", "Action", "Opérateur", "Attendu le", "Reçu le", "Mesures vides")
    head = html.Thead(html.Tr([html.Th(word, scope="col") for word in words_of_head]))
    rows = [
        html.Tr(
            [
                html.Td(str(one.year)),
                html.Td(frame.source_button(f"Report:{one.key}", one.about or "action non dite")),
                html.Td(one.operator or words.UNKNOWN),
                html.Td(words.day(one.due_on) if one.due_on else words.UNKNOWN),
                html.Td(words.day(one.received_on) if one.received_on else "pas encore"),
                html.Td(words.listed(one.unsaid) if one.received_on else "toutes"),
            ]
        )
        for one in every
    ]
    named = attributes(aria_label=heading)
    table = html.Div(
        html.Table([head, html.Tbody(rows)], className="rows"),
        className="rows-field",
        tabIndex=0,
        role="region",
        **named,
    )
    return html.Section([html.H2(heading), table])
