"""The strip of « Est-ce plus que le hasard ? »: value ●, without the pivot ○, band of the null model."""

from dash import html
from dash.development.base_component import Component

from dashboards import words
from dashboards.attributes import attributes
from dashboards.pages.cooperation.chance import Beside, Chance

_MARGIN = 0.35
"""Room on each side of the values, in parts of their span."""


def chance_section(found: Chance) -> list[Component]:
    """Return the section: title, strips, values in words, one sentence."""
    title = html.H2(words.typeset("Est-ce plus que le hasard ?"))
    scope = f"densité du réseau entier, {found.year}"
    if found.whole is None:
        return [html.Div([title, html.P(scope)], className="sub-head"), html.P(found.sentence)]
    rows = [("observed", "●", found.whole), *([("without", "○", found.without)] if found.without else [])]
    values = [value for _, _, one in rows for value in (one.observed, one.low, one.high)]
    span = max(max(values) - min(values), 0.01)
    low, wide = min(values) - _MARGIN * span, (1 + 2 * _MARGIN) * span
    strips = [_strip(name, one, low, wide) for name, _, one in rows]
    told = [_words(name, sign, one, found.pivot) for name, sign, one in rows]
    draws = "tous les réseaux possibles" if found.whole.exact else (
        f"{words.number(found.whole.draws)} réseaux tirés au hasard, mêmes tailles d’actions et d’acteurs"
    )  # fmt: skip
    about = (
        f"Bande : 95 % de {draws}. Une communauté est cherchée dense : c’est le réseau entier qui se compare."
    )
    how = html.Details([html.Summary(scope), html.P(words.typeset(about), className="note")])
    return [
        html.Div([title, how], className="sub-head"),
        html.Div(strips, className="chance-strips", **attributes(aria_hidden="true")),
        html.Ul(told, className="chance-words"),
        html.P(found.sentence, className="chance-sentence"),
    ]


def _strip(name: str, one: Beside, low: float, wide: float) -> Component:
    def at(value: float) -> str:
        return f"{100 * (value - low) / wide:.2f}%"

    band = {"left": at(one.low), "width": f"{100 * (one.high - one.low) / wide:.2f}%"}
    return html.Div(
        [
            html.Span(className="band", style=band),
            html.Span(className=f"dot dot-{name}", style={"left": at(one.observed)}),
        ],
        className="chance-strip",
    )


def _words(name: str, sign: str, one: Beside, pivot: str) -> Component:
    said = "observée" if name == "observed" else f"sans {pivot}"
    decimals = 2 if len({round(value, 2) for value in (one.observed, one.low, one.high)}) == 3 else 3
    band = f"hasard {words.number(one.low, decimals)} à {words.number(one.high, decimals)}"
    return html.Li(
        [
            html.Strong(words.number(one.observed, decimals)),
            f" {said} ({sign})",
            html.Span(words.typeset(band), className="band-words"),
        ]
    )
