"""Tb1: the expected effects and the figures that speak of them, year by year, with what may be concluded."""

from dashboards import words
from dashboards.figures.asked import Asked
from dashboards.figures.theory import DEGREES, UNRATED
from dashboards.report_tables.table import (
    ABSENT,
    CENSUS,
    NONE,
    Cell,
    Column,
    Content,
    bounds,
    counts_units,
    text,
    why_not,
)
from graphmodel.answers.headlines import FORMS, Headline, headlines
from graphmodel.frames import records_of
from graphmodel.indicators import IndicatorValue, indicators

_T0 = {"measured": "mesurée", "rebuilt": "reconstituée", "none": "aucune"}


def make(asked: Asked) -> Content:
    """Return Tb1."""
    years = asked.context.years
    made = Content(
        "Les effets attendus et leurs indicateurs, valeur par année et solidité",
        asked.source("bilans annuels, convention, référentiels de territoires", asked.reported),
        wide=True,
    )
    made.columns = (
        Column("Indicateur", width=4.2),
        Column("Réf.", width=0.9),
        Column("T0", width=1.3),
        *(Column(str(year), "share", width=1.9) for year in years),
        Column("n", "integer", width=0.9),
        Column("Solidité", "status", width=1.4),
    )
    effects = sorted(records_of(asked.graph.nodes("ExpectedEffect")), key=lambda row: str(row["id"]))
    if not years or not effects:
        made.empty = "La convention ne donne ni année ni effet attendu."
        return made
    for effect in effects:
        code = str(effect["id"])
        made.add(
            text(f"{code} {effect['name']} · contribution : {_contribution(asked, code)}"), level="section"
        )
        rows = [row for headline in headlines() if _speaks(headline, code) and (row := _row(asked, headline))]
        for row in rows:
            made.add(*row)
        if not rows:
            made.add(text(_silence(asked, code)), *[Cell(None, NONE)] * (len(years) + 4))
    made.notes = [
        "T0 : année de référence, et si elle a été mesurée ou reconstituée. n : effectif de la dernière "
        "valeur. Réf. : fiche de l’indicateur.",
        "Solidité : établi, orienté ou non établi ; « sans cotation » : personne n’a coté la contribution. "
        "Un indicateur peut informer plusieurs effets et y revenir.",
        "Intervalles à 95 % entre crochets. " + CENSUS,
        ABSENT,
    ]
    return made


def _contribution(asked: Asked, effect: str) -> str:
    value = asked.get("T19", "min", effect=effect)
    return DEGREES[int(value.value)] if value is not None and value.value is not None else UNRATED


def _silence(asked: Asked, effect: str) -> str:
    """Return what stands under an effect of which no figure is told: which input is missing, if one is."""
    lacking = [
        f"{value.indicator} : {value.reason}"
        for name, card in indicators().items()
        if effect in card.effects
        for value in asked.indicator(name)
        if value.measure is None
    ]
    return lacking[0] if lacking else "aucun indicateur chiffré : voir les paroles et pièces"


def _speaks(headline: Headline, effect: str) -> bool:
    return headline.indicator in indicators() and effect in indicators()[headline.indicator].effects


def _row(asked: Asked, headline: Headline) -> tuple[Cell, ...] | None:
    """Return the row of a figure; None when the evaluation does not hold it."""
    years = asked.context.years
    params = headline.at(years[0], years[-1])
    if headline.yearly:
        series = [
            asked.get(headline.indicator, headline.measure, **(params | {"year": str(y)})) for y in years
        ]
    else:
        series = [*[None] * (len(years) - 1), asked.get(headline.indicator, headline.measure, **params)]
    told = [value for value in series if value is not None]
    if not told:
        return None
    last = next((value for value in reversed(told) if value.value is not None), told[-1])
    name = headline.title + (f", {headline.about}" if headline.about else "")
    return (
        text(name),
        text(headline.indicator),
        _baseline(asked, last),
        *(_cell(asked, headline, value) for value in series),
        Cell(last.n, words.number(last.n) if last.n is not None else NONE),
        text(last.conclusion or NONE),
    )


def _baseline(asked: Asked, value: IndicatorValue) -> Cell:
    said = _T0.get(value.baseline, value.baseline)
    return text(f"{asked.context.t0}, {said}" if asked.context.t0 and value.baseline != "none" else said)


def _cell(asked: Asked, headline: Headline, value: IndicatorValue | None) -> Cell:
    if value is None or value.value is None:
        return why_not(value, asked.mode)
    rate, percent = float(value.value), headline.form == "percent"
    if percent and counts_units(value) and value.n is not None:
        said = f"{round(rate * value.n)} sur {value.n}"
    else:
        said = FORMS[headline.form](rate)
    if value.unit == "proportion" and percent:
        said += bounds(value, 100, 0)
    elif value.unit == "rapport de taux":
        said += bounds(value, 1, 2)
    return Cell(value.value, said)
