"""« D’où vient ce chiffre ? »: value and verdict, the road to file and row, other rules, the quote."""

from dataclasses import replace
from urllib.parse import quote, urlencode

from dash import html
from dash.development.base_component import Component

from dashboards import frame, words
from dashboards.attributes import attributes
from dashboards.pages.evaluation.bar import Write, bar_of, numbers_of, scale_of
from dashboards.pages.evaluation.context import PATH
from dashboards.pages.evaluation.evidence import MOST_SHOWN, Evidence, Line
from dashboards.pages.evaluation.figures import SECRET, SHARES, Figure, neutral_of, writer
from dashboards.pages.evaluation.index import Index
from dashboards.pages.evaluation.rows import degree_words, drawing
from dashboards.provenance_view import place_words
from graphmodel.answers.headlines import headlines
from graphmodel.indicators import IndicatorValue, indicator
from graphmodel.indicators.conclusions import sibling_of
from graphmodel.provenance import Statement
from graphmodel.schema import SCHEMA

MASKED = "ligne masquée : secret statistique"
NO_STORE = "Cette page lit une copie : ouvrez le tableau de bord sur la base elle-même pour voir les lignes."
_METHODS = {
    "wilson": "intervalle de Wilson",
    "exact": "intervalle exact",
    "score": "intervalle du score",
    "order statistics": "intervalle par les rangs",
    "delta": "intervalle par la méthode delta",
}


def proof_content(
    index: Index,
    figure: Figure,
    evidence: Evidence | None,
    said: Statement | None,
    *,
    masked: bool,
    address: str,
) -> list[Component]:
    """Return what the dialog shows of a value.

    Parameters
    ----------
    index
        The values of the evaluation, for the other rules.
    figure
        The value as its row shows it.
    evidence
        What it rests on; None where the dashboard only has a snapshot.
    said
        Where the convention says its expected effect; None where it does not.
    masked
        True keeps its rows silent: the value is secret and this browser may not see it.
    address
        Address of the value's proof.
    """
    return [
        html.Div(
            [
                _verdict(figure),
                _road(index, figure, evidence, masked=masked),
                *_other_rules(index, figure),
                *_quote(figure, said),
                html.P(words.typeset(f"Réserve : {indicator(figure.code).caveat}"), className="ev-caveat"),
            ],
            className="proof-body",
            tabIndex=0,
            role="region",
            **attributes(aria_label=f"Preuve de {figure.code}", data_reference=reference_of(index, figure)),
        ),
        _foot(figure, address),
    ]


def reference_of(index: Index, figure: Figure) -> str:
    """Return the reference of a value, as a note would cite it."""
    graph = index.evaluation.context.graph
    parts = [f"{figure.code}, {figure.title}", figure.about, f"{figure.number} {figure.under}".strip()]
    params = "|".join(f"{name}={text}" for name, text in figure.value.params.items())
    named = f"{figure.value.measure}|{params}" if figure.value.measure else ""
    end = [named, f"{graph.contract.get('id', '')}, base version {graph.version.number}"]
    fictional = [words.FICTIONAL.lower()] if figure.value.fictional else []
    return words.typeset(" ; ".join(part for part in (*parts, *end, *fictional) if part))


def _verdict(figure: Figure) -> Component:
    value = figure.value
    told: list[Component | str] = [*degree_words(figure)]
    clause = figure.missing or figure.note
    if clause:
        told.append(html.Span(clause, className="small"))
    bounds = _bounds(value, figure)
    years = value.params.get("year2") or value.params.get("year")
    about = ", ".join(part for part in (figure.about, years, bounds) if part)
    return html.Div(
        [
            html.Div(
                figure.number, className="proof-number" if len(figure.number) < 8 else "proof-number long"
            ),
            html.Div(
                [
                    html.Strong(figure.title),
                    html.Div(about, className="small"),
                    html.Div(told, className="ev-told"),
                ]
            ),
        ],
        className="ev-verdict",
    )


def _bounds(value: IndicatorValue, figure: Figure) -> str:
    if value.interval is None:
        return ""
    write = _write(figure)
    high = "∞" if value.interval.high == float("inf") else write(value.interval.high)
    return f"[{write(value.interval.low)} ; {high}]"


def _write(figure: Figure) -> Write:
    forms = [h.form for h in headlines() if (h.indicator, h.measure) == figure.value.identity[:2]]
    return writer(figure.value, forms[0] if forms else None)


def _road(index: Index, figure: Figure, evidence: Evidence | None, *, masked: bool) -> Component:
    version = index.evaluation.context.graph.version.number
    steps = [("Calcul", _calculation(figure))]
    if evidence is None:
        steps.append((f"Graphe, version {version}", [html.P(words.typeset(NO_STORE))]))
    else:
        steps.append((f"Graphe, version {version}", _counts(evidence)))
        steps.append(_loads(evidence))
        steps.append(("Fichiers et lignes", _lines(evidence, masked=masked)))
    return html.Ol([html.Li([html.H3(title), *inside]) for title, inside in steps], className="ev-road")


def _calculation(figure: Figure) -> list[Component]:
    card, value = indicator(figure.code), figure.value
    facts = [figure.base] if figure.base else []
    if value.interval is not None:
        facts.append(f"{_METHODS.get(value.interval.method, value.interval.method)} à 95 %")
    if value.simulation is not None:
        drawn = words.number(value.simulation.draws)
        facts.append(f"{drawn} tirages, graine {value.simulation.seed}")
    if value.coverage is not None:
        facts.append(f"{words.percent(value.coverage, 0)} des bilans attendus reçus")
    if value.vintage:
        facts.append(f"territoires de {value.vintage}")
    return [
        html.P(words.typeset(card.formula)),
        *([html.P(words.typeset(" · ".join(facts)))] if facts else []),
    ]


def _counts(evidence: Evidence) -> list[Component]:
    when = f" ({', '.join(map(str, evidence.years))})" if evidence.years else ""
    parts: list[Component | str] = []
    for table, count in evidence.counts:
        kind = "nœud" if SCHEMA.is_node(table) else "relation"
        parts += [" · "] if parts else []
        parts += [f"{words.counted(count, kind)} ", html.Code(table, title=SCHEMA.tables[table].french)]
    return [html.P([*parts, f"{when}"])]


def _loads(evidence: Evidence) -> tuple[str, list[Component]]:
    loads = evidence.loads
    numbers = words.listed([str(load.load) for load in loads])
    title = (
        f"Lot d’import n°{words.NBSP}{numbers}"
        if len(loads) == 1
        else f"Lots d’import n°{words.NBSP}{numbers}"
    )
    if not loads:
        return "Lot d’import", [html.P("Aucune ligne de la base ne porte cette valeur.")]
    told: list[Component] = []
    for load in loads:
        when = _moment(load.at)
        by = f" par {words.quoted(load.author)}" if load.author else ""
        told.append(html.P(words.typeset(f"Chargé {when}{by}") if when else "date inconnue"))
    return title, told


def _moment(at: str) -> str:
    """Return an ISO date and time as « le 14/03/2016 à 10 h 42 »."""
    if len(at) < 16:
        return ""
    return f"le {at[8:10]}/{at[5:7]}/{at[:4]} à {at[11:13]} h {at[14:16]}"


def _lines(evidence: Evidence, *, masked: bool) -> list[Component]:
    shown = evidence.lines[:MOST_SHOWN]
    rest = evidence.total - len(shown)
    count = words.counted(len(shown), "ligne montrée", "lignes montrées")
    said = f"{count} sur {words.number(evidence.total)}"
    if rest > 0:
        said += f", {words.counted(rest, 'autre')} dans l’export"
    heads = ("Fichier", "Feuille", "Ligne", "Ce qu’elle dit")
    table = html.Table(
        [
            html.Thead(html.Tr([html.Th(head, scope="col") for head in heads])),
            html.Tbody([_hidden() if masked else _line(line) for line in shown]),
        ],
        className="file-lines",
    )
    return [html.P(said), table] if shown else [html.P(said)]


def _hidden() -> Component:
    return html.Tr(html.Td(words.typeset(MASKED), colSpan=4, className="ev-quiet"))


def _line(line: Line) -> Component:
    place = line.place
    where = words.number(place.row) if place.row is not None else place_words(replace(place, sheet=None))
    caption = line.caption if line.caption is not None else words.typeset(MASKED)
    name = line.document.name or line.document.id
    return html.Tr(
        [
            html.Td(html.Code(name, title=name)),
            html.Td(place.sheet or "–"),
            html.Td(where or "–", className="figure"),
            html.Td(frame.source_button(f"{line.table}:{line.key}", caption), title=caption),
        ]
    )


def _other_rules(index: Index, figure: Figure) -> list[Component]:
    """Return the value beside those found under other rules, on one scale with one reference."""
    value = figure.value
    if value.value is None:
        return []
    write, neutral = _write(figure), neutral_of(value)
    rows = [("Calcul retenu", value)]
    for run in value.sensitivity:
        identity = sibling_of(value, run.run)
        other = index.values.get(identity[0], str(identity[1]), dict(identity[2])) if identity else None
        alone = replace(value, value=run.value, interval=None, reason=None if run.value is not None else "–")
        rows.append((run.run[:1].upper() + run.run[1:], other or alone))
    known = [found for _, one in rows for found in numbers_of(one)]
    start = figure.start[1] if figure.start else None
    scale = scale_of([*known, neutral, start], share=value.unit in SHARES)
    drawn = []
    for name, one in rows:
        bar = bar_of(one, scale, write, figure.start, neutral)
        number = write(float(one.value)) if one.value is not None else words.NOT_COMPUTABLE
        drawn.append(
            html.Tr(
                [
                    html.Th(name, scope="row"),
                    html.Td(drawing(bar, ticks=False), className="rule-bar"),
                    html.Td(number, className="figure"),
                    html.Td(_bounds(one, figure), className="small"),
                ]
            )
        )
    heading = words.typeset("Le résultat tient-il si l’on change de règle ?")
    return [
        html.H3(heading),
        html.Table(html.Tbody(drawn), className="rules-table"),
        html.P(_reading(figure, rows), className="small"),
    ]


def _reading(figure: Figure, rows: list[tuple[str, IndicatorValue]]) -> str:
    write, neutral = _write(figure), neutral_of(figure.value)
    ends = ""
    if neutral is not None:
        ends = f"Repère ┆ à {write(neutral)}. "
    elif figure.start is not None:
        ends = f"Départ ○ en {figure.start[0]} : {write(figure.start[1])}. "
    if len(rows) == 1:
        return words.typeset(f"{ends}Aucune autre règle de calcul n’est éprouvée pour cette valeur.")
    reference = neutral if neutral is not None else (figure.start[1] if figure.start else None)
    if reference is None:
        return words.typeset(ends)
    sides = {float(one.value) > reference for _, one in rows if one.value is not None}
    told = "Toutes les règles donnent le même sens." if len(sides) == 1 else "Le sens change selon la règle."
    return words.typeset(f"{ends}{told}")


def _quote(figure: Figure, said: Statement | None) -> list[Component]:
    if said is None or not said.place.quote:
        told = f"Effet : {figure.value.effect}. La base ne tient pas la citation de la convention."
        return [html.P(words.typeset(told), className="small quote-source")]
    place = place_words(replace(said.place, sheet=None))
    effect = figure.value.effect.split(",")[0]
    return [
        html.Blockquote(words.quoted(said.place.quote)),
        html.P(
            words.typeset(f"{said.document.name}, effet attendu {effect}, {place}"),
            className="small quote-source",
        ),
    ]


def _foot(figure: Figure, address: str) -> Component:
    export = html.A(
        [frame.icon("download"), "Exporter la preuve (CSV)"],
        href=f"{PATH}/preuve.csv?{urlencode({'preuve': figure.key}, quote_via=quote)}",
        className="button primary",
        download="",
    )
    year = figure.value.params.get("year2") or figure.value.params.get("year")
    title = f"{figure.code} {figure.title}{f', {year}' if year else ''}"
    badge = (
        [html.Span([frame.icon("warning"), words.FICTIONAL], className="badge")]
        if figure.value.fictional
        else []
    )
    secret = [html.Span("secret statistique", className="small")] if figure.degree == SECRET else []
    return html.Div([export, frame.add_to_report(address, title), *secret, *badge], className="proof-foot")
