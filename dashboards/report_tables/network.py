"""Tb7: the network wave by wave: observed, expected by chance, without the pivot."""

from dataclasses import dataclass
from typing import Final

from dashboards import words
from dashboards.figures.asked import Asked, probability
from dashboards.report_tables.table import (
    ABSENT,
    NONE,
    Cell,
    Column,
    Content,
    count,
    plain,
    share,
    text,
    why_not,
)
from graphmodel.indicators import IndicatorValue

_RUNS = (("with", "avec"), ("without", "sans"))


@dataclass(frozen=True, slots=True)
class Line:
    """A row: what it is, the value it shows, and how it is written: decimals, `n`, `share` or `p`."""

    label: str
    indicator: str
    measure: str
    form: str
    params: tuple[tuple[str, str], ...] = ()


_NETWORK = (("level", "X"), ("scope", "X"))
_REGION = (("level", "R"), ("scope", "R"))
_UNION = (*_NETWORK, ("cohort", "union"))
_MIXED = (*_NETWORK, ("coding", "classique"))
_SECTIONS: Final = (
    (
        "Structure (opérateurs présents une année au moins)",
        (
            Line("Opérateurs", "S02", "density", "n", _UNION),
            Line("Paires liées", "S02", "links", "0", _UNION),
            Line("Densité observée", "S02", "density", "3", _UNION),
            Line("Densité attendue, degrés fixés", "S02", "expected_density", "3", _UNION),
            Line("Écart au hasard", "S02", "excess", "3", _UNION),
            Line("p(≤)", "S02", "p_le", "p", _UNION),
        ),
    ),
    (
        "Actions et positions",
        (
            Line("Actions à plusieurs (S01)", "S01", "share_collective", "share", _REGION),
            Line("Opérateurs par action (S01)", "S01", "mean_size", "2", _REGION),
            Line("Centralisation (S09)", "S09", "freeman", "2"),
            Line("Paires d’actions inter-axes liées (G05)", "G05", "share_inter_axis", "share"),
            Line("… attendues, degrés fixés (G05)", "G05", "expected", "3"),
        ),
    ),
    (
        "ESS et économie classique (S05, sociétés de l’ESS comptées classiques)",
        (
            Line("E-I observé", "S05", "EI", "2", _MIXED),
            Line("E-I attendu d’un mélange", "S05", "EI_expected", "2", _MIXED),
            Line("p(≤)", "S05", "p_le", "p", _MIXED),
        ),
    ),
)


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
    for title, lines in _SECTIONS:
        made.add(text(title), level="section")
        for line in lines:
            _add(asked, made, line)
    made.notes = _notes(asked)
    return made


def _add(asked: Asked, made: Content, line: Line) -> None:
    """Add a row: a value a year and a run; « — » where the evaluation has none."""
    cells = []
    for year in asked.reported:
        for run, _ in _RUNS:
            value = asked.get(line.indicator, line.measure, **dict(line.params), year=str(year), pivot=run)
            cells.append(Cell(None, NONE) if value is None else _written(asked, line, value))
    made.add(text(line.label), *cells)


def _written(asked: Asked, line: Line, value: IndicatorValue) -> Cell:
    if line.form == "n":
        return count(value.n)
    if line.form == "share":
        return share(value, asked.mode)
    if line.form == "p":
        return _p(asked, value)
    return plain(value, asked.mode, int(line.form))


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
        "sous l’observé, descriptive. Une densité qui monte peut ne rien dire : seul l’écart au hasard "
        "informe.",
        "Animation exclue ; un opérateur sans bilan n’est pas un opérateur isolé. Intervalles de Wilson à "
        "95 %.",
        ABSENT,
    ]
