"""A row of the table of values, and the drawing of its interval in boxes placed by percentages."""

from dash import html
from dash.development.base_component import Component

from dashboards.attributes import attributes
from dashboards.pages.evaluation.bar import Bar
from dashboards.pages.evaluation.figures import ESTABLISHED, NOT_ESTABLISHED, ORIENTED, SECRET, Figure
from dashboards.pages.evaluation.proof_dialog import proof_button

COLUMNS = (
    ("code", "Code"),
    ("name", "Indicateur"),
    ("value", "Valeur"),
    ("interval", "Intervalle"),
    ("degree", "Conclusion"),
    ("base", "Base"),
    ("proof", "Preuve"),
)
"""Columns of the table: name in the style sheet, heading."""

_SIGNS = {ESTABLISHED: "full", ORIENTED: "half", NOT_ESTABLISHED: "open"}
_TOO_NEAR = 7.0
"""Places of the scale under which two ticks would touch."""


def sign(degree: str) -> Component:
    """Return the shape of a degree: a full disc, a half one, a dashed ring."""
    return html.Span(
        className=f"ev-degree ev-degree-{_SIGNS.get(degree, 'open')}", **attributes(aria_hidden="true")
    )


def figure_row(figure: Figure) -> Component:
    """Return the row of a value."""
    missing = figure.missing is not None
    name = [html.Div(figure.title, className="ev-figure-title")]
    if figure.about:
        name.append(html.Div(figure.about, className="small", title=figure.about))
    drawn = html.Div(figure.missing, className="ev-why-not") if missing else drawing(figure.bar)
    number = html.Div(figure.number, className="ev-number" if len(figure.number) < 12 else "ev-number long")
    return html.Tr(
        [
            html.Td(figure.code, className="ev-col-code"),
            html.Th(name, scope="row", className="ev-col-name"),
            html.Td([number, html.Div(figure.under, className="small")], className="ev-col-value"),
            html.Td(drawn, className="ev-col-interval"),
            html.Td(degree_words(figure), className="ev-col-degree", title=figure.note or None),
            html.Td(
                [html.Div(figure.base or _no_base(figure)), html.Div(figure.coverage, className="small")],
                className="ev-col-base",
            ),
            html.Td(proof_button(figure.key, figure.code, figure.title), className="ev-col-proof"),
        ],
        className="ev-figure-row",
        **attributes(data_row=figure.key),
    )


def _no_base(figure: Figure) -> str:
    return "" if figure.missing else "sans effectif"


def degree_words(figure: Figure) -> list[Component]:
    """Return the degree of a value: its shape and its word, or why it has none."""
    if figure.degree == SECRET:
        return [html.Span("secret statistique", className="ev-degree-word ev-quiet")]
    if figure.degree:
        open_ended = figure.degree not in (ESTABLISHED, ORIENTED)
        word = html.Span(figure.degree, className=f"ev-degree-word{' ev-quiet' if open_ended else ''}")
        return [sign(figure.degree), word]
    started = figure.start is None and figure.value.params.get("year") is not None
    told = "situation de départ" if started and figure.value.baseline != "none" else "descriptif"
    return [html.Span(told, className="ev-degree-word ev-quiet plain")]


def drawing(bar: Bar | None, *, ticks: bool = True) -> Component:
    """Return the drawing of an interval: bar of 95 %, value, start, reference, ticks at both ends."""
    if bar is None:
        return html.Div()
    marks: list[Component] = []
    if bar.reference is not None:
        marks.append(_at("reference", bar.reference))
    if bar.low is not None and bar.high is not None:
        width = {"left": f"{bar.low:.2f}%", "width": f"{max(bar.high - bar.low, 0.6):.2f}%"}
        marks.append(html.Span(className=f"ev-interval{' endless' if bar.endless else ''}", style=width))
    if bar.start is not None:
        marks.append(_at("start", bar.start))
    marks.append(_at("value", bar.value))
    field = html.Div(marks, className="ev-bar-line", role="img", **attributes(aria_label=bar.said))
    if not ticks:
        return field
    return html.Div([field, html.Div(_ticks(bar), className="ev-ticks", **attributes(aria_hidden="true"))])


def _at(name: str, place: float) -> Component:
    return html.Span(className=f"ev-mark-{name}", style={"left": f"{place:.2f}%"})


def _ticks(bar: Bar) -> list[Component]:
    found: list[Component] = [
        html.Span(bar.low_tick, className="ev-tick-low"),
        html.Span(bar.high_tick, className="ev-tick-high"),
    ]
    if bar.reference is not None and _TOO_NEAR < bar.reference < 100 - 2 * _TOO_NEAR:
        found.append(
            html.Span(bar.reference_tick, className="ev-tick", style={"left": f"{bar.reference:.2f}%"})
        )
    if bar.low is None:
        # Where nothing was drawn at random and nothing sampled, the absence of a bar is said.
        place = 50.0
        if bar.reference is not None:
            place = (bar.reference + 100) / 2 if bar.reference < 50 else bar.reference / 2
        found.append(html.Span("sans intervalle", className="ev-tick-none", style={"left": f"{place:.1f}%"}))
    return found
