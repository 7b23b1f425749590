"""Map M3, « Montant payé par habitant »: its words and sources; T06 by commune or EPCI, a year or all."""

from dashboards import view_data, words
from dashboards.measures import Level
from dashboards.prints.content import Content, Request, population_words
from dashboards.prints.ratio_data import RatioMapData, ratio_map_data
from dashboards.prints.ratio_map import draw_ratio_map
from dashboards.prints.series_map import draw_series_map, series_words
from dashboards.prints.zonings_data import zonings_map_data
from dashboards.prints.zonings_legend import zoning_words
from graphmodel import UsageError

UNITS = {"commune": "commune", "epci": "EPCI", "departement": "département"}


def amounts_content(asked: Request) -> Content:
    """Return map M3 of a contract.

    Raises
    ------
    UsageError
        A year of which no report came in.
    """
    options, ground = asked.options, asked.ground
    told = view_data.reported_years(asked.graph)
    year = options.year if options.year is not None else max(told, default=None)
    if year is None or year not in told:
        known = words.listed(map(str, told)) or "aucune"
        raise UsageError(f"Aucun bilan reçu pour {year or 'ce contrat'}. Années connues : {known}.")
    level: Level = "epci" if options.level == "epci" else "commune"
    data = ratio_map_data(asked.values("T06"), ground, year, level=level, region_wide=options.region_wide,
                          mode=options.mode)  # fmt: skip
    region = "actions régionales comprises" if options.region_wide else "hors actions régionales"
    about = f"question 3, effet E3.1 · euros par habitant, {region}"
    title = f"Montant payé par habitant, par {UNITS[level]}"
    if options.series:
        return Content(
            title=f"{title} : {series_words(told)}",
            about=f"euros par habitant, {region} · mêmes limites de classe chaque année",
            fictional=data.fictional,
            sources=(_source(data, f"{told[0]} à {told[-1]}"),),
            draw=lambda page, layout: draw_series_map(page, layout, data, ground, told),
            insets=0,
            ground_words=population_words(ground),
        )
    zonings = zonings_map_data(asked.graph, ground)
    shown = " ; ".join(zoning_words(one) for one in zonings.shown) or "aucun"
    return Content(
        title=f"{title}, en {year}",
        about=about,
        fictional=data.fictional,
        sources=(_source(data, str(year)), f"Zonages : {shown}."),
        draw=lambda page, layout: draw_ratio_map(page, layout, data, ground, zonings),
        zonings=zonings.shown,
        ground_words=population_words(ground),
    )


def _source(data: RatioMapData, years: str) -> str:
    origin = " (jeu de démonstration fictif)" if data.fictional else ""
    known = "" if data.coverage is None or " " in years else f", {words.percent(data.coverage, 0)} reçus"
    return (
        f"Source : bilans annuels {years} des opérateurs{origin}{known}. Attribution fractionnée à la "
        "population (T06)."
    )
