"""The faults of a file as a list: what, where, what was read, what was expected, how to mend it."""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboards import words
from dashboards.attributes import attributes
from dashboards.load_preview import Preview
from graphmodel import Fault

MOST_SHOWN = 150
"""Faults listed on screen; the annotated copy and the table hold them all."""


def fault_list(token: str, shown: Preview) -> Sequence[Component]:
    """Return the faults, errors first, then where to find those that are not shown."""
    items: list[Component] = [fault_card(fault) for fault in shown.faults[:MOST_SHOWN]]
    rest = len(shown.faults) - MOST_SHOWN
    if rest > 0:
        items.append(
            html.P(f"Et {words.counted(rest, 'autre')}, dans le tableau des fautes.", className="fault")
        )
    if shown.faults:
        link = html.A("Tableau des fautes (CSV)", href=f"/donnees/fautes.csv?lot={token}", download="")
        items.append(html.P(link, className="fault-link"))
    return items


def fault_card(fault: Fault) -> Component:
    """Return one fault: its sentence, its place, what was read and expected."""
    place = place_of(fault)
    parts: list[Component | str] = []
    if fault.value is not None:
        parts += ["Lu ", html.Code(fault.value), ". "]
    if fault.expected:
        parts.append(words.typeset(f"Attendu : {fault.expected.rstrip('.')}. "))
    if fault.fix:
        parts.append(words.typeset(fault.fix))
    children: list[Component] = [html.H3(words.typeset(fault.message))]
    children += [html.P(place, className="place")] if place else []
    children += [html.P(parts)] if parts else []
    return html.Article(
        children, className=f"fault {fault.severity}", **attributes(data_row=str(fault.row or ""))
    )


def place_of(fault: Fault) -> str:
    """Return « Actions, ligne 17, colonne « Commune » »."""
    parts = [fault.sheet] if fault.sheet else []
    if fault.row is not None:
        parts.append(f"ligne {words.number(fault.row)}")
    if fault.column:
        parts.append(f"colonne {words.quoted(fault.column)}")
    return ", ".join(parts)
