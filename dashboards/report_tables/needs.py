"""Tb5: the needs each authority expressed, and the answers at the end of the contract."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from dashboards import view_data, words
from dashboards.figures.asked import Asked
from dashboards.figures.dumbbells import authority_names
from dashboards.report_tables.table import ABSENT, CENSUS, NONE, Cell, Column, Content, share, text
from graphmodel.indicators.territories.needs import Need, needs_of
from graphmodel.schema import SCHEMA

_TOTALS = (("all", "Ensemble"), ("without_circular", "Sans les besoins exprimés après leur réponse"))
_NOTES = (
    "Réponse : dernier statut connu ; « prévue » n’est pas une réponse. Priorité de 1 à 3 ; « — » : non "
    "dite.",
    f"Circulaire : besoin exprimé après le début de sa réponse. {CENSUS}",
    "Ce que l’opérateur dit de sa réponse n’est pas ce que la collectivité en dit.",
)


def make(asked: Asked) -> Content:
    """Return Tb5."""
    made = Content(
        "Besoins exprimés par les collectivités et réponses des actions, à la fin du contrat",
        asked.source("besoins et réponses recensés"),
    )
    needs = needs_of(asked.context)
    years = asked.context.years
    if not needs or not years:
        made.empty = asked.absence("T12")
        return made
    made.columns = (
        Column("Besoin", width=4.6),
        Column("Priorité", "integer", width=0.9),
        Column("Exprimé", width=1.0),
        Column("Actions", width=2.2),
        Column("Réponse", width=1.7),
    )
    _add_authorities(asked, made, needs)
    for kind, label in _TOTALS:
        rate = asked.get("T12", "answer_rate", year=str(years[-1]), level="R", territory="R", needs=kind)
        blank = Cell(None, "")
        made.add(
            text(label), blank, blank, text("réponse opérationnelle"), share(rate, asked.mode), level="total"
        )
    made.notes = [*_NOTES, ABSENT]
    return made


def _add_authorities(asked: Asked, made: Content, needs: Iterable[Need]) -> None:
    """Add a section an authority, with its own rate, and its needs, the most wanted first."""
    by_authority: defaultdict[str | None, list[Need]] = defaultdict(list)
    for need in needs:
        by_authority[need.authority].append(need)
    names, year = authority_names(asked), asked.context.years[-1]
    for code in sorted(by_authority, key=lambda code: (code is None, names.get(code or "", code or ""))):
        about = {"year": str(year), "level": "E", "territory": code or "", "needs": "all"}
        rate = asked.get("T12", "answer_rate", **about)
        said = f" · {share(rate, asked.mode).text} avec une réponse opérationnelle" if rate else ""
        made.add(text(f"{names.get(code or '', code or 'collectivité non dite')}{said}"), level="section")
        for need in sorted(by_authority[code], key=lambda need: (-(need.priority or 0), need.key)):
            made.add(*_row(asked, need, date(year, 12, 31)))


def _row(asked: Asked, need: Need, last: date) -> tuple[Cell, ...]:
    ids = asked.graph.nodes("Action")["id"]
    codes = sorted({str(ids[answer.action]) for answer in need.answers if answer.status != "none"})
    told = view_data.codes_in_order([view_data.action_code(code) for code in codes])
    if need.answered(last):
        state = "opérationnelle"
    else:
        ordered = sorted(need.answers, key=lambda answer: (answer.on or date.min, answer.position))
        state = SCHEMA.french("answer_status", ordered[-1].status) if ordered else "aucune"
    state += ", circulaire" if need.circular else ""
    return (
        text(str(asked.graph.nodes("Need")["name"][need.key])),
        Cell(need.priority, words.number(need.priority) if need.priority is not None else NONE),
        Cell(need.on.year if need.on else None, str(need.on.year) if need.on else NONE),
        text(", ".join(told) or NONE),
        text(state),
    )
