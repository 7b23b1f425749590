"""Map M7: weight of the jobs of the ESS against that of the region, diverging around 1 in ratios."""

from collections.abc import Iterable
from typing import Final

from dashboards import words
from dashboards.measures import Level, Measure
from dashboards.prints.blocks import Block, Row, Rows, Section
from dashboards.prints.content import Content, Request
from dashboards.prints.ground import vintage_words
from dashboards.prints.ratio_data import RatioMapData, measured_data
from dashboards.prints.ratio_legend import UNITS
from dashboards.prints.ratio_map import draw_ratio_map
from dashboards.prints.series_map import draw_series_map, series_words
from graphmodel import UsageError
from graphmodel.indicators import IndicatorValue
from graphmodel.indicators.intervals import Interval

QUOTIENT: Final = Measure(
    "T07", "Quotient de localisation de l’emploi de l’ESS", "Où l’emploi de l’ESS pèse-t-il en {year} ?",
    "part de l’ESS dans l’emploi, rapportée à celle de la région", "ratio", "index",
    "fois la part régionale", "Quotient", "n’ont aucun emploi de l’ESS", ("epci", "departement"), "T07", "lq",
    {"perimeter": "frozen"}, limits=(1 / 1.5, 1 / 1.1, 1.1, 1.5), palette="diverging",
)  # fmt: skip
"""T07 at the frozen perimeters; its limits are ratios on both sides of 1, an odd number of classes."""


EXTREMES: Final = 6
"""Territories named at each end."""


def employment_content(asked: Request) -> Content:
    """Return map M7 of a contract.

    Raises
    ------
    UsageError
        When no jobs were observed, or none that year.
    """
    options, ground = asked.options, asked.ground
    level: Level = "departement" if options.level == "departement" else "epci"
    values = [value for value in asked.values("T07") if value.measure == QUOTIENT.measure]
    years = sorted({int(value.params["year"]) for value in values if value.value is not None})
    if not years:
        raise UsageError(
            "L’emploi observé manque : charger un fichier d’observation (load --as observation), ou remplir "
            "la feuille « Emploi »."
        )
    year = options.year if options.year is not None else years[-1]
    if year not in years:
        raise UsageError(
            f"Aucun emploi observé en {year}. Années observées : {words.listed(map(str, years))}."
        )
    data = measured_data(values, QUOTIENT, ground, year, level=level, mode=options.mode)
    unit = UNITS[level][0]
    origin = " (jeu de démonstration fictif)" if data.fictional else ""
    sources = (
        f"Source : emploi salarié de l’ESS et total, observation communale{origin} (T07). Rapport de la part "
        "de l’ESS dans l’emploi du territoire à celle de la région ; rupture de série entre Clap et Flores.",
    )
    if options.series:
        shown = years[-4:]
        return Content(
            title=f"Poids de l’emploi de l’ESS, par {unit} : {series_words(shown)}",
            about="quotient de localisation, 1 = part de la région · mêmes limites de classe chaque année",
            fictional=data.fictional,
            sources=sources,
            draw=lambda page, layout: draw_series_map(page, layout, data, ground, shown),
            insets=0,
            ground_words=vintage_words(ground),
        )
    return Content(
        title=f"Poids de l’emploi de l’ESS, par {unit}, en {year}",
        about=f"quotient de localisation, 1 = part de la région · {interval_words(data, values)}",
        fictional=data.fictional,
        sources=sources,
        draw=lambda page, layout: draw_ratio_map(
            page, layout, data, ground, None, more=extremes(data, values)
        ),
        insets=0,
        ground_words=vintage_words(ground),
    )


def extremes(data: RatioMapData, values: Iterable[IndicatorValue]) -> tuple[Block, ...]:
    """Return the highest and the lowest quotients that are shown, each with its interval."""
    own = _intervals(data, values)
    ranked = sorted(
        (row.value, code) for code, row in data.rows.items() if row.value is not None and code in own
    )
    if len(ranked) < 2 * EXTREMES:
        return ()

    def rows(chosen: Iterable[tuple[float, str]]) -> tuple[Row, ...]:
        return tuple(
            Row(None, data.names[code], value=f"{words.number(value, 2)} [{_bounds(own[code])}]")
            for value, code in chosen
        )

    note = "quotient [intervalle à 95 %, loi delta]"
    return (
        Section("", "", breaks=True),
        Rows("Les plus hauts", rows(reversed(ranked[-EXTREMES:])), note=note, step=4.0, swatch=0.0),
        Rows("Les plus bas", rows(ranked[:EXTREMES]), note=note, step=4.0, swatch=0.0),
    )


def _bounds(interval: Interval) -> str:
    low, high = (words.number(bound, 2) for bound in (interval.low, interval.high))
    return f"{low} ; {high}"


def _intervals(data: RatioMapData, values: Iterable[IndicatorValue]) -> dict[str, Interval]:
    return {
        value.params["territory"]: value.interval
        for value in values
        if value.params.get("year") == str(data.year) and value.interval is not None
        and value.params.get("perimeter") == "frozen"
    }  # fmt: skip


def interval_words(data: RatioMapData, values: Iterable[IndicatorValue]) -> str:
    """Return how many units cannot be told from the region: their interval holds 1."""
    own = _intervals(data, values)
    shown = [own[code] for code, row in data.rows.items() if row.status == "value" and code in own]
    near = sum(interval.low <= 1 <= interval.high for interval in shown)
    return f"intervalle à 95 % contenant 1 : {near} {UNITS[data.level][1]} sur {len(shown)}"
