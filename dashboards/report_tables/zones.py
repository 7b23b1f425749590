"""Tb4: how far priority quarters and ZRR communes are covered, and whether they are better served."""

from dashboards import words
from dashboards.figures.asked import Asked
from dashboards.figures.dumbbells import authorities_of, authority_names
from dashboards.report_tables.table import (
    ABSENT,
    CENSUS,
    NONE,
    Cell,
    Column,
    Content,
    count,
    methods,
    plain,
    ratio,
    share,
    text,
)
from graphmodel.indicators import IndicatorValue

_NOTES = (
    "Ciblé : nommé ; inclus : sa commune est dans un lieu nommé (surestime) ; atteint : des bénéficiaires y "
    "sont localisés, le seul des trois qui soit un résultat.",
    "La région ne vaut pas la somme des lignes : les collectivités se recouvrent, et des quartiers n’ont "
    "pas de collectivité partenaire.",
    "Ciblage : part des montants sur part de la population, 1 : proportionnel. Équité : structures "
    "soutenues par habitant en QPV sur celles du reste de l’unité urbaine, 1 : même taux ; n : structures.",
    "QPV de 2015 appliqués à toutes les années ; ZRR : liste de 2014.",
)
_DEGREES = (("cible", "ciblés"), ("inclus", "inclus"), ("atteint", "atteints"))


def make(asked: Asked) -> Content:
    """Return Tb4."""
    made = Content(
        "Couverture des QPV et des communes en ZRR par les actions localisées, toutes années, et rapports "
        "d’équité",
        asked.source(
            "lieux d’action et soutiens déclarés dans les bilans, listes de QPV et de ZRR", asked.reported
        ),
    )
    if not asked.of("T02", "share_qpv") and not asked.of("T03", "share_communes"):
        made.empty = " ".join(dict.fromkeys(asked.absence(name) for name in ("T02", "T03")))
        return made
    made.columns = (
        Column("Territoire", width=3.0),
        Column("n", "integer", group="QPV"),
        *(Column(said, "share", group="QPV", width=1.9) for _, said in _DEGREES),
        Column("n", "integer", group="Communes en ZRR"),
        Column("touchées", "share", group="Communes en ZRR", width=1.9),
        Column("hors ZRR, touchées", "share", width=1.9),
    )
    names, used = authority_names(asked), list[IndicatorValue | None]()
    for place in authorities_of(asked):
        cells, values = _coverage(asked, {"level": "E", "territory": place.code, "year": "all"})
        if any(value is not None for value in values):
            used += values
            made.add(text(names.get(place.code, place.code)), *cells)
    cells, values = _coverage(asked, {"level": "R", "territory": "R", "year": "all"})
    made.add(text("Région, sans double compte"), *cells, level="total")
    _add_equity(asked, made)
    made.notes = [
        f"Intervalles à 95 % ({methods([*used, *values])}). {CENSUS} Actions régionales exclues.",
        *_NOTES,
        ABSENT,
    ]
    return made


def _coverage(asked: Asked, about: dict[str, str]) -> tuple[list[Cell], list[IndicatorValue | None]]:
    """Return the cells of a territory, and the values they show."""
    quarters = [asked.get("T02", "share_qpv", **about, degree=degree) for degree, _ in _DEGREES]
    rural, other = (
        asked.get("T03", "share_communes", **about, zone=zone, places="cible") for zone in ("zrr", "non_zrr")
    )
    cells = [
        count(quarters[0].n if quarters[0] is not None else None),
        *(share(v, asked.mode) for v in quarters),
        count(rural.n if rural is not None else None),
        share(rural, asked.mode),
        share(other, asked.mode),
    ]
    return cells, [*quarters, rural, other]


def _add_equity(asked: Asked, made: Content) -> None:
    """Add what compares the zones with the rest, one row a year: targeting of money, equity of support."""
    made.add(text("Région, par année : ciblage financier (T04) et rapport d’équité (T05)"), level="section")
    blank = Cell(None, "")
    for year in map(str, asked.context.years):
        about = {"year": year, "level": "R", "territory": "R"}
        qpv, zrr = (
            asked.get("T04", "index", **about, ubiquitous="with", zone=zone) for zone in ("qpv", "zrr")
        )
        equity = asked.get("T05", "rate_ratio", **about)
        if qpv is None and zrr is None and equity is None:
            continue
        degree = (equity.conclusion if equity is not None else None) or NONE
        n = f", n = {equity.n}" if equity is not None and equity.n is not None else ""
        made.add(
            text(year),
            blank,
            _said("ciblage", plain(qpv, asked.mode)),
            _said("équité", ratio(equity, asked.mode)),
            text(f"{degree}{n}"),
            blank,
            _said("ciblage", plain(zrr, asked.mode)),
            blank,
        )


def _said(what: str, cell: Cell) -> Cell:
    return Cell(cell.value, words.typeset(f"{what} : {cell.text}"), cell.note)
