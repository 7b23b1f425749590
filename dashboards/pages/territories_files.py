"""Files of « Territoires »: the table of the present view, its printed map, the sheet of a territory."""

import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final
from urllib.parse import quote

from flask import Flask, Response, request

from dashboards import words
from dashboards.access import StoreAccess
from dashboards.data_tables import Column, Table, Value
from dashboards.data_workbook import about_rows, write_workbook
from dashboards.map_kinds import MapOptions
from dashboards.maps.ground import ground_data
from dashboards.mode import current_mode
from dashboards.pages import territories_map
from dashboards.pages.page import Desk
from dashboards.pages.territories_context import TerritoriesContext, context_of
from dashboards.spreadsheet import write_table
from graphmodel import ContractGraph, MaillageError
from graphmodel.evaluation import Evaluation
from graphmodel.indicators import IndicatorValue

ASSETS: Final = "/assets/"
"""Address of the bundled assets on the same server."""
FOLDER: Final = "/territoires/fichiers/"
_MIME: Final = {
    "csv": "text/csv", "png": "image/png", "svg": "image/svg+xml", "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}  # fmt: skip
_NOT_YET: Final = "Les indicateurs sont en cours de calcul : réessayer dans une minute."


def add_routes(server: Flask, desk: Desk) -> None:
    """Add the addresses of the map and of the files; each reads the settings of the page in its own."""
    territories_map.add_routes(server, desk, ASSETS)

    @server.get(f"{FOLDER}tableau.<kind>")
    def territory_table(kind: str) -> Response:
        """Return the table of the view, as CSV or XLSX."""
        return _answered(desk, request.args, kind, ("csv", "xlsx"), _write_table)

    @server.get(f"{FOLDER}carte.<kind>")
    def territory_print(kind: str) -> Response:
        """Return the printed map of the view."""
        return _answered(desk, request.args, kind, ("png", "svg", "pdf"), _write_map)

    @server.get(f"{FOLDER}fiche.pdf")
    def territory_sheet() -> Response:
        """Return the sheet of a territory."""
        if desk.access is None:
            return _refused("Cette page lit une copie : les fiches demandent la base elle-même.", 409)
        access, code = desk.access, request.args.get("terr", "")
        evaluation = desk.evaluations.ready(desk.provider())
        if evaluation is None:
            return _refused(_NOT_YET, 503)
        try:
            return _made(
                f"fiche-{code}.pdf",
                lambda path: _write_sheet(access, desk.provider(), evaluation, code, path),
            )
        except MaillageError as error:
            return _refused(str(error), 404)


def _refused(why: str, status: int) -> Response:
    return Response(words.typeset(why), status, mimetype="text/plain")


Writer = Callable[[ContractGraph, TerritoriesContext, Evaluation | None, Path], object]


def _answered(
    desk: Desk, asked: Mapping[str, str], kind: str, kinds: tuple[str, ...], write: Writer
) -> Response:
    """Return a file of the view, or the French reason why there is none."""
    if kind not in kinds:
        return _refused("Ce format n’existe pas ici.", 404)
    graph = desk.provider()
    evaluation = desk.evaluations.ready(graph)
    context = context_of(graph, asked, evaluation)
    if context.year is None:
        return _refused("Aucun contrat dans cette base.", 409)
    if context.series is None:
        return _refused(desk.evaluations.failure() or _NOT_YET, 503)
    name = f"maillage_{context.measure.id}_{context.year}_{context.level}_v{graph.version.number}.{kind}"
    try:
        return _made(name, lambda path: write(graph, context, evaluation, path))
    except MaillageError as error:
        return _refused(str(error), 409)


def _made(name: str, write: Callable[[Path], object]) -> Response:
    """Return a file that is written for this answer and kept nowhere."""
    with tempfile.TemporaryDirectory(prefix="maillage-") as folder:
        path = Path(folder) / Path(name).name
        write(path)
        content = path.read_bytes()
    answer = Response(content, mimetype=_MIME[path.suffix[1:]])
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(path.name)}"
    answer.headers["Cache-Control"] = "no-store"
    return answer


def table_of(context: TerritoriesContext) -> Table:
    """Return the table of a view: the rows of the page, with what the value stands on."""
    measure, unit = context.measure, words.LEVELS[context.level][0]
    columns = (
        Column("Code", "text", "Code officiel."),
        Column("Nom", "text", unit.capitalize() if not unit.isupper() else unit),
        Column("Départements", "text", ""),
        Column(
            "Habitants", "integer", f"Population municipale, millésime {ground_data().population_vintage}."
        ),
        Column(f"{measure.name}, {context.year}", "number", f"{measure.about}. Une part va de 0 à 1."),
        Column(
            "Ce qui tient lieu de valeur",
            "text",
            "Vide quand la valeur est là ; sinon secret ou pas de donnée.",
        ),
        Column("Actions localisées", "integer", "Nombre d’actions de l’année qui y ont lieu."),
    )
    rows: list[tuple[Value, ...]] = [
        (row.code, row.full_name, row.where, row.population, row.value, row.reason or None, row.actions)
        for row in context.rows
    ]
    withheld = sum(row.shown == words.SECRET for row in context.rows)
    plural = words.LEVELS[context.level][1]
    return Table(
        measure.id,
        f"{measure.name}"[:31],
        f"Les {len(rows)} {plural} de la carte.",
        columns,
        tuple(rows),
        withheld,
    )


def _write_table(graph: ContractGraph, context: TerritoriesContext, _: Evaluation | None, path: Path) -> None:
    table = table_of(context)
    if path.suffix == ".csv":
        write_table(path, [column.title for column in table.columns], table.rows)
        return
    address = f"Page Territoires : mesure={context.measure.id}, an={context.year}, niveau={context.level}"
    about = about_rows(graph, [table], current_mode(), address)
    fictional = [(words.FICTIONAL, words.FICTIONAL_SENTENCE)] if context.fictional else []
    sources = [("Sources", " · ".join(context.sources))]
    write_workbook(path, [table], [*about, *sources, *fictional])


def _write_map(
    graph: ContractGraph, context: TerritoriesContext, evaluation: Evaluation | None, path: Path
) -> None:
    """Write the printed map of the view; the values are those the page shows."""
    # Printing loads the drawing libraries: a page that prints nothing does not wait for them.
    from dashboards.prints import print_map

    told: Sequence[IndicatorValue] = evaluation.values if evaluation is not None else ()
    options = MapOptions(
        year=context.year,
        level=context.level,
        measure=context.measure.id,
        classes=context.method,
        # A count is printed as circles: zonings under them would not be read.
        zonings=context.measure.nature == "ratio" and bool({"qpv", "zrr"} & set(context.layers)),
        mode=current_mode(),
    )
    print_map(graph, "view", path, options, lambda name: [one for one in told if one.indicator == name])


def _write_sheet(
    access: StoreAccess, graph: ContractGraph, evaluation: Evaluation, code: str, path: Path
) -> None:
    from dashboards.sheets.content import Desk as SheetDesk
    from dashboards.sheets.files import write_sheet

    with access.open() as store:
        write_sheet(SheetDesk(store, graph, evaluation.mode, evaluation), code, path)
