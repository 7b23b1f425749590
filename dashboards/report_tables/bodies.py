"""Tb8: the meetings of the bodies and who came, by college and year."""

from typing import Final

from dashboards.figures.asked import Asked
from dashboards.pages.contract_context import rhythm
from dashboards.report_tables.table import (
    ABSENT,
    CENSUS,
    Cell,
    Column,
    Content,
    Kind,
    count,
    share,
    text,
)
from graphmodel.frames import records_of

_TOTALS = (("all", "Réunions tenues sur prévues"), ("without_CT", "… sans les comités techniques"))
_NOTES = (
    "Présents sur convoqués : un excusé reste convoqué ; qui n’a pas de collège connu compte dans tous les "
    "collèges seulement. Un collège « — » n’a pas été convoqué cette année.",
    "Tenues sur prévues : instance par instance, dans la limite de son minimum ; une instance qui se réunit "
    "plus n’en compense pas une autre, le total n’est donc pas la somme des réunions tenues. Sans minimum : "
    "hors du rapport.",
)
_PAIR: Final[tuple[tuple[str, Kind, float], ...]] = (("tenues", "integer", 0.8), ("présents", "share", 1.9))


def make(asked: Asked) -> Content:
    """Return Tb8."""
    made = Content(
        "Tenue des instances et participation, par instance, collège et année",
        asked.source("convocations et feuilles de présence"),
    )
    years = [str(year) for year in asked.context.years]
    if not asked.of("G01", "attendance") and not asked.of("G01", "held"):
        made.empty = asked.absence("G01")
        return made
    made.columns = (
        Column("Instance et collège", width=3.4),
        *(Column(said, kind, group=year, width=width) for year in years for said, kind, width in _PAIR),
    )
    held = _held(asked)
    for row in sorted(records_of(asked.graph.nodes("GovernanceBody")), key=lambda row: str(row["name"])):
        _add_body(asked, made, row, held)
    for kind, label in _TOTALS:
        cells = []
        for year in years:
            cells += [Cell(None, ""), share(asked.get("G01", "held", year=year, bodies=kind), asked.mode)]
        made.add(text(label), *cells, level="total")
    made.notes = [*_NOTES, f"Intervalles de Wilson à 95 %. {CENSUS}", ABSENT]
    return made


def _add_body(asked: Asked, made: Content, row: dict[str, object], held: dict[tuple[str, str], int]) -> None:
    """Add a body that met, or has to: a row for all its colleges, then one a college."""
    body = str(row["id"])
    values = asked.of("G01", "attendance", body=body)
    if not values and row.get("minimum_per_year") is None:
        return
    made.add(text(f"{row['name']} · {rhythm(row)}"), level="section")
    colleges = sorted({value.params["college"] for value in values}, key=lambda one: (one != "all", one))
    for college in colleges or ["all"]:
        cells: list[Cell] = []
        for year in map(str, asked.context.years):
            cells.append(count(held.get((body, year), 0)) if college == "all" else Cell(None, ""))
            value = asked.get("G01", "attendance", year=year, body=body, college=college)
            cells.append(share(value, asked.mode))
        made.add(text("tous les collèges" if college == "all" else college), *cells)


def _held(asked: Asked) -> dict[tuple[str, str], int]:
    """Return the number of meetings held, by body and year."""
    bodies = asked.graph.ends("PART_OF", "Meeting", "GovernanceBody")
    ids = asked.graph.nodes("GovernanceBody")["id"]
    found: dict[tuple[str, str], int] = {}
    for key, day in asked.graph.nodes("Meeting")["date"].dropna().items():
        if str(key) in bodies:
            name = (str(ids[bodies[str(key)]]), str(day.year))
            found[name] = found.get(name, 0) + 1
    return found
