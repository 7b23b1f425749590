"""Plain addresses of « Évaluation »: the table, the values of a question, the proof of one of them."""

import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

from flask import Flask, Response, request

from dashboards import words
from dashboards.evaluation_table import Shown
from dashboards.evaluation_workbook import write_values, write_workbook
from dashboards.pages.evaluation.callbacks import masks
from dashboards.pages.evaluation.context import PATH, choice_of, context_of
from dashboards.pages.evaluation.evidence import Evidence, Line, evidence_of
from dashboards.pages.evaluation.figures import Figure
from dashboards.pages.evaluation.finding import figure_at
from dashboards.pages.evaluation.index import index_of
from dashboards.pages.evaluation.proof import MASKED
from dashboards.pages.page import Desk
from dashboards.provenance_view import place_words, sees_values
from dashboards.spreadsheet import write_table
from graphmodel import ContractGraph, MaillageError
from graphmodel.batch import Place
from graphmodel.evaluation import Evaluation
from graphmodel.indicators import IndicatorValue
from graphmodel.schema import SCHEMA

NOT_READY = "Les indicateurs sont en cours de calcul : réessayez dans une minute."
PROOF_COLUMNS = (
    "Indicateur",
    "Mesure",
    "Paramètres",
    "Valeur",
    "Unité",
    "Conclusion",
    "Version de la base",
    "Donnée",
    "Objet",
    "Fichier",
    "SHA-256",
    "Feuille",
    "Ligne",
    "Colonne",
    "Lignes du texte",
    "Citation",
    "Lot",
    "Chargé le",
    "Par",
    "Fictif",
)
_MIME = {
    ".csv": "text/csv; charset=utf-8",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def add_routes(server: Flask, desk: Desk) -> None:
    """Add the addresses of the files."""

    @server.get(f"{PATH}/<name>")
    def evaluation_file(name: str) -> Response:
        """Return a file of the page: `tableau.csv`, `tableau.xlsx`, `valeurs.csv`, `preuve.csv`."""
        makers = {"tableau.csv": _table, "tableau.xlsx": _table, "valeurs.csv": _values, "preuve.csv": _proof}
        if name not in makers:
            return Response("Ce fichier n’existe pas.", 404, mimetype="text/plain")
        try:
            graph = desk.provider()
            evaluation = desk.evaluations.ready(graph)
            if evaluation is None:
                return Response(NOT_READY, 503, {"Retry-After": "30"}, mimetype="text/plain")
            return _made(*makers[name](desk, graph, evaluation, Path(name).suffix))
        except MaillageError as error:
            return Response(str(error), 409, mimetype="text/plain")


Made = tuple[str, Callable[[Path], object]]
"""Name of a file, and what writes it."""


def _made(name: str, write: Callable[[Path], object]) -> Response:
    with tempfile.TemporaryDirectory(prefix="maillage-") as folder:
        path = Path(folder) / name
        write(path)
        content = path.read_bytes()
    headers = {"Content-Disposition": f"attachment; filename={name}", "Cache-Control": "no-store"}
    return Response(content, headers=headers, content_type=_MIME[path.suffix])


def _table(_: Desk, graph: ContractGraph, evaluation: Evaluation, suffix: str) -> Made:
    """Return the values that the page shows, folded ones included."""
    context = context_of(graph, request.args, evaluation)
    figures = [figure for section in context.sections for figure in (*section.first, *section.more)]
    values = list({figure.value.identity: figure.value for figure in figures}.values())
    name = f"maillage_Q{context.question.number}_{context.year}_v{graph.version.number}{suffix}"
    return name, _writer(evaluation, values, suffix)


def _values(_: Desk, graph: ContractGraph, evaluation: Evaluation, suffix: str) -> Made:
    """Return every value of a question: all years, levels, actors and rules."""
    question = choice_of(evaluation.context.years, request.args).question
    values = [value for value in evaluation.values if value.question == question]
    return f"maillage_Q{question}_valeurs_v{graph.version.number}{suffix}", _writer(
        evaluation, values, suffix
    )


def _writer(evaluation: Evaluation, values: list[IndicatorValue], suffix: str) -> Callable[[Path], object]:
    shown = Shown(evaluation, values, None, answers=True)
    return lambda path: (write_workbook if suffix == ".xlsx" else write_values)(path, shown)


def _proof(desk: Desk, graph: ContractGraph, evaluation: Evaluation, suffix: str) -> Made:
    """Return every row a value rests on, with its file, sheet and row."""
    index = index_of(evaluation)
    key = request.args.get("preuve", "")
    figure = figure_at(index, key, choice_of(index.years, request.args))
    if figure is None:
        raise MaillageError(f"Aucune valeur « {key[:80]} » dans cette version de la base.")
    evidence = Evidence((), (), 0, ())
    if desk.access is not None:
        with desk.access.open() as store:
            told = sees_values(desk.access)
            evidence = evidence_of(store, graph, figure.value, captions=told, background=True)
    rows = proof_rows(figure, evidence, graph.version.number, masked=masks(desk, figure.value))
    name = f"maillage_{figure.code}_preuve_v{graph.version.number}{suffix}"
    return name, lambda path: write_table(path, PROOF_COLUMNS, rows)


def proof_rows(
    figure: Figure, evidence: Evidence, version: int, *, masked: bool
) -> Iterable[list[str | float | None]]:
    """Yield the rows of the file of a proof, one for each statement; one where there is none.

    Parameters
    ----------
    figure
        The value.
    evidence
        What it rests on.
    version
        Number of the version of the store.
    masked
        True keeps the rows silent: they are counted, and nothing more.
    """
    value = figure.value
    head: list[str | float | None] = [
        value.indicator,
        value.measure,
        "|".join(f"{k}={v}" for k, v in value.params.items()),
        value.word if value.word is not None else value.value,
        value.unit,
        value.conclusion,
        version,
    ]
    rest = len(PROOF_COLUMNS) - len(head)
    if not evidence.lines:
        yield [*head, *[None] * rest]
    for line in evidence.lines:
        french = SCHEMA.tables[line.table].french
        if masked:
            yield [*head, french, words.typeset(MASKED), *[None] * (rest - 2)]
        else:
            yield [*head, french, *_line(line)]


def _line(line: Line) -> list[str | float | None]:
    place, document = line.place, line.document
    text = place_words(Place(lines=place.lines)) if place.lines else None
    return [
        line.caption if line.caption is not None else words.typeset(MASKED),
        document.name,
        document.sha256 or None,
        place.sheet,
        place.row,
        place.column,
        text,
        place.quote,
        document.load,
        document.at,
        document.author,
        "oui" if document.fictional else "non",
    ]
