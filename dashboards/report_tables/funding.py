"""Tb2: money planned, agreed and paid, by funder and year, with what was paid by axis."""

from dashboards import words
from dashboards.figures.asked import Asked
from dashboards.figures.money_data import funder_names
from dashboards.report_tables.table import (
    ABSENT,
    NOT_APPLICABLE,
    Cell,
    Column,
    Content,
    text,
    thousands,
    why_not,
)
from graphmodel.indicators import IndicatorValue
from graphmodel.indicators.governance import funding_lines
from graphmodel.indicators.spending import OTHERS, OUTSIDE, contract_funders

_KINDS = ("planned", "agreed", "paid")


def make(asked: Asked) -> Content:
    """Return Tb2."""
    made = Content(
        "Financements prévus, conventionnés et payés, par financeur, axe et année, en milliers d’euros",
        asked.source("convention, délibérations et relevés de paiement", asked.reported),
    )
    sums = asked.of("G04", "paid") + asked.of("G04", "planned")
    years = sorted({value.params["year"] for value in sums})
    if not years:
        made.empty = asked.absence("G04")
        return made
    axes = sorted({v.params["scope"] for v in asked.of("G04", "paid", level="axis")} - {OUTSIDE})
    axes += [OUTSIDE] if asked.of("G04", "paid", level="axis", scope=OUTSIDE) else []
    made.columns = (
        Column("Financeur", width=2.6),
        Column("Prévu", "money"),
        Column("Conventionné", "money", width=1.3),
        Column("Payé", "money"),
        Column("Payé / prévu", "share", width=1.3),
        *(Column("Hors axe" if axis == OUTSIDE else axis, "money", group="Payé, par axe") for axis in axes),
    )
    for year in years:
        _add_year(asked, made, year, axes)
    made.notes = _notes(asked, years)
    return made


def _add_year(asked: Asked, made: Content, year: str, axes: list[str]) -> None:
    names = funder_names(asked)
    whole = _promised(asked, year)
    told = {
        value.params["scope"] for kind in _KINDS for value in asked.of("G04", kind, year=year, level="funder")
    }
    funders = [funder for funder in (*contract_funders(asked.context), OTHERS) if funder in told]
    more = " ; délibérations pour les autres financeurs" if OTHERS in told else ""
    made.add(text(f"{year} · prévu : {f'convention{more}' if whole else 'délibérations'}"), level="section")
    for scope in funders:
        made.add(*_row(asked, year, "funder", scope, names.get(scope, scope), axes))
    made.add(*_row(asked, year, "total", "R", f"Ensemble {year}", axes), level="total")


def _row(asked: Asked, year: str, level: str, scope: str, name: str, axes: list[str]) -> tuple[Cell, ...]:
    found = {kind: asked.get("G04", kind, year=year, level=level, scope=scope) for kind in _KINDS}
    executed = _executed(asked, found["paid"], found["planned"])
    by_axis = [
        asked.get("G04", "paid", year=year, level="axis", scope=axis)
        if level == "total"
        else asked.get("G04", "paid", year=year, level="funder_axis", scope=f"{scope}|{axis}")
        for axis in axes
    ]
    unknown = asked.get("G04", "paid_unknown", year=year, level=level, scope=scope)
    note = "a" if unknown is not None and unknown.value else ""
    return (
        text(name),
        *(thousands(found[kind], asked.mode, note if kind == "paid" else "") for kind in _KINDS),
        executed,
        *(thousands(value, asked.mode) for value in by_axis),
    )


def _executed(asked: Asked, paid: IndicatorValue | None, planned: IndicatorValue | None) -> Cell:
    """Return the share of the planned money that was paid, of sums that are both shown."""
    if planned is None or not planned.value:
        return Cell(None, NOT_APPLICABLE)
    if paid is None or paid.value is None:
        return why_not(paid, asked.mode)
    return Cell(
        float(paid.value) / float(planned.value), words.percent(float(paid.value) / float(planned.value), 1)
    )


def _promised(asked: Asked, year: str) -> bool:
    lines = funding_lines(asked.context)
    return bool(((lines["year"] == int(year)) & lines["whole"] & (lines["basis"] == "convention")).any())


def _notes(asked: Asked, years: list[str]) -> list[str]:
    unknown = [
        f"{words.counted(int(value.value), 'paiement')} en {year}"
        for year in years
        if (value := asked.get("G04", "paid_unknown", year=year, level="total", scope="R")) is not None
        and value.value
    ]
    notes = ["Arrondi à la centaine d’euros : un total peut différer de 0,1 de la somme de ses lignes."]
    if unknown:
        notes.append(
            f"a Montants connus seulement ; {words.listed(unknown)} de montant non dit, hors des sommes."
        )
    notes.append(
        "Autres financeurs : collectivités, fondations et mutuelles ensemble. Hors axe : l’animation, et ce "
        "qui n’est connu que pour tout le contrat. Une promesse de la convention et sa répartition par "
        "délibération comptent une fois."
    )
    if asked.mode == "publication":
        notes.append(
            "Un total secret, ou une ligne secrète de plus, empêche de retrouver un montant par soustraction."
        )
    return [*notes, ABSENT]
