"""Tb7: the network wave by wave: observed, expected by chance, without the pivot."""

from collections.abc import Callable

from dashboards import words
from dashboards.figures.asked import Asked, probability
from dashboards.report_tables.table import ABSENT, Cell, Column, Content, count, plain, share, text, why_not
from graphmodel.indicators import IndicatorValue

_RUNS = (("with", "avec"), ("without", "sans"))


def make(asked: Asked) -> Content:
    """Return Tb7."""
    made = Content(
        "Le réseau de coopération par vague : observé, attendu du hasard, avec et sans le pivot",
        asked.source("participations déclarées dans les bilans", asked.reported),
    )
    if not asked.reported or not asked.of("S02", "density"):
        made.empty = asked.absence("S02")
        return made
    made.columns = (
        Column("Mesure", width=3.4),
        *(Column(said, "number", group=str(year), width=1.2) for year in asked.reported for _, said in _RUNS),
    )
    made.add(text("Structure (opérateurs présents une année au moins)"), level="section")
    _add(asked, made, "Opérateurs", "S02", "density", lambda value: count(value.n))
    _add(asked, made, "Paires liées", "S02", "links", lambda value: plain(value, asked.mode))
    _add(asked, made, "Densité observée", "S02", "density", lambda value: plain(value, asked.mode, 3))
    _add(
        asked,
        made,
        "Densité attendue, degrés fixés",
        "S02",
        "expected_density",
        lambda v: plain(v, asked.mode, 3),
    )
    _add(asked, made, "Écart au hasard", "S02", "excess", lambda value: plain(value, asked.mode, 3))
    _add(asked, made, "p(≤)", "S02", "p_le", lambda value: _p(asked, value))
    made.add(text("Actions et positions"), level="section")
    _add(
        asked,
        made,
        "Actions à plusieurs (S01)",
        "S01",
        "share_collective",
        lambda v: share(v, asked.mode),
        level="R",
    )
    _add(
        asked,
        made,
        "Opérateurs par action (S01)",
        "S01",
        "mean_size",
        lambda v: plain(v, asked.mode, 2),
        level="R",
    )
    _add(asked, made, "Centralisation (S09)", "S09", "freeman", lambda v: plain(v, asked.mode, 2), level="")
    _add(
        asked,
        made,
        "Paires d’actions inter-axes liées (G05)",
        "G05",
        "share_inter_axis",
        lambda v: share(v, asked.mode),
        level="",
    )
    _add(
        asked,
        made,
        "… attendues, degrés fixés (G05)",
        "G05",
        "expected",
        lambda v: plain(v, asked.mode, 3),
        level="",
    )
    made.add(text("ESS et économie classique (S05, sociétés de l’ESS comptées classiques)"), level="section")
    for label, measure in (("E-I observé", "EI"), ("E-I attendu d’un mélange", "EI_expected")):
        _add(asked, made, label, "S05", measure, lambda v: plain(v, asked.mode), coding="classique")
    _add(asked, made, "p(≤)", "S05", "p_le", lambda value: _p(asked, value), coding="classique")
    made.notes = _notes(asked)
    return made


def _add(
    asked: Asked,
    made: Content,
    label: str,
    indicator: str,
    measure: str,
    cell: Callable[[IndicatorValue], Cell],
    *,
    level: str = "X",
    coding: str = "",
) -> None:
    """Add a row: a value a year and a run; « — » where the evaluation has none."""
    cells = []
    for year in asked.reported:
        for run, _ in _RUNS:
            about = {"year": str(year), "pivot": run}
            about |= {"level": level, "scope": level} if level else {}
            about |= {"cohort": "union"} if indicator == "S02" else {}
            about |= {"coding": coding} if coding else {}
            value = asked.get(indicator, measure, **about)
            cells.append(cell(value) if value is not None else Cell(None, "—"))
    made.add(text(label), *cells)


def _p(asked: Asked, value: IndicatorValue) -> Cell:
    if value.value is None:
        return why_not(value, asked.mode)
    return Cell(value.value, probability(float(value.value)).removeprefix("p(≤) ").removeprefix("= "))


def _notes(asked: Asked) -> list[str]:
    pivot = asked.context.names.get(asked.context.pivot or "", "")
    told = next((v.simulation for v in asked.of("S02", "expected_density") if v.simulation is not None), None)
    draws = (
        f"{words.number(told.draws)} tirages, graine {told.seed}" if told else "toutes les matrices possibles"
    )
    return [
        f"« sans » : sans le pivot ({pivot or 'aucun n’est déclaré'}), retiré avant le calcul.",
        f"Attendu : réseaux de mêmes tailles d’action et d’opérateur, {draws} ; p(≤) : part des tirages "
        f"sous l’observé, "
        "descriptive. Une densité qui monte peut ne rien dire : seul l’écart au hasard informe.",
        "Animation exclue ; un opérateur sans bilan n’est pas un opérateur isolé. Intervalles de Wilson à "
        "95 %.",
        ABSENT,
    ]
