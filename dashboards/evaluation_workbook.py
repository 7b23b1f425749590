"""The evaluation as a workbook: what it is, the values with their proof, the conclusions, the answers."""

import math
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

from dashboards import words
from dashboards.data_workbook import EPOCH
from dashboards.evaluation_table import UNBOUNDED, Shown
from dashboards.spreadsheet import write_table
from dashboards.value_words import STATUSES, Circumstances
from graphmodel.evaluation import Evaluation
from graphmodel.indicators import IndicatorValue, indicator

COLUMNS = (
    "Indicateur", "Mesure", "Paramètres", "Valeur", "Unité", "n", "Bas", "Haut", "Méthode", "Raison",
    "Intitulé", "Question", "Effet", "Portée", "Secret", "Conclusion", "Conclusion ajustée",
    "Couverture des bilans", "Référence", "Millésime", "Analyses de sensibilité", "Fictif", "Sources",
)  # fmt: skip

_REACHES = {"actions": "actions", "contract": "contrat", "both": "actions et contrat"}
_BASELINES = {"measured": "mesurée", "rebuilt": "reconstituée", "none": "aucune"}


def write_workbook(path: Path, shown: Shown) -> None:
    """Write what is shown of an evaluation: typed cells, texts that never become formulas."""
    evaluation, values = shown.evaluation, shown.values
    options = {"strings_to_formulas": False, "strings_to_urls": False}
    # Opened here, so that a path that cannot be written is refused like any other.
    with path.open("wb") as stream, xlsxwriter.Workbook(stream, options) as book:
        book.set_properties({"created": EPOCH, "author": "maillage", "title": "Évaluation du contrat"})
        bold = book.add_format({"bold": True})
        _sheet(book, "Lisez-moi", ("Ce classeur",), [[line] for line in shown.head], bold)
        told = Circumstances(evaluation.context.graph)
        _sheet(book, "Valeurs", COLUMNS, (_row(value, told, evaluation) for value in values), bold)
        named = {value.indicator for value in values}
        tallies = [
            [name, indicator(name).label, tally.drawn, tally.established, tally.by_chance]
            for name, tally in evaluation.tallies.items()
            if name in named
        ]
        heads = ("Indicateur", "Intitulé", "Conclusions tirées", "Établies", "Établies par hasard (attendu)")
        _sheet(book, "Conclusions", heads, tallies, bold)
        answers = [
            [answer.question, statement.effect, statement.part, statement.text,
             " ; ".join(dict.fromkeys(value.name for value in statement.values))]
            for answer in evaluation.answers
            for statement in answer.sentences
        ]  # fmt: skip
        if answers and shown.answers:
            heads = ("Question", "Effet", "Partie", "Phrase", "Valeurs citées")
            _sheet(book, "Réponses", heads, answers, bold)
        book.get_worksheet_by_name("Valeurs").activate()


def write_values(path: Path, shown: Shown) -> None:
    """Write the values of an evaluation as a CSV table, with the columns of the workbook."""
    told = Circumstances(shown.evaluation.context.graph)
    write_table(path, COLUMNS, (_row(value, told, shown.evaluation) for value in shown.values))


def _sheet(
    book: xlsxwriter.Workbook, name: str, heads: Sequence[str], rows: Iterable[Sequence[Any]], bold: Any
) -> None:
    sheet = book.add_worksheet(name)
    sheet.write_row(0, 0, heads, bold)
    sheet.freeze_panes(1, 0)
    for at, row in enumerate(rows, start=1):
        sheet.write_row(at, 0, row)
    sheet.autofit(600)


def _row(value: IndicatorValue, told: Circumstances, evaluation: Evaluation) -> list[Any]:
    bounds = value.interval
    measure = indicator(value.indicator).measures.get(value.measure or "")
    runs = " ; ".join(
        f"{run.run} : {words.NOT_COMPUTABLE if run.value is None else words.number(run.value, 4)}"
        for run in value.sensitivity
    )
    return [
        value.indicator, value.measure, told.told(value.params), value.word if value.word else value.value,
        value.unit, value.n, bounds and bounds.low, bounds and _cell(bounds.high), bounds and bounds.method,
        value.reason, measure.label if measure else indicator(value.indicator).label, value.question,
        value.effect, _REACHES[value.reach], STATUSES.get(value.secrecy or "", ""), value.conclusion,
        evaluation.adjusted.get(value.identity), value.coverage, _BASELINES[value.baseline], value.vintage,
        runs, "oui" if value.fictional else "non", ", ".join(value.sources),
    ]  # fmt: skip


def _cell(bound: float) -> float | str:
    return bound if math.isfinite(bound) else UNBOUNDED
