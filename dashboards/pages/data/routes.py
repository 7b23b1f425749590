"""Plain addresses of « Données »: the file that comes in, the files that go out."""

import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote, unquote

from flask import Flask, Response, abort, jsonify, request

from dashboards import load_preview, uploads, view_data
from dashboards.access import LOCKED
from dashboards.load_preview import Options
from dashboards.pages.data.basket_routes import add_basket_route
from dashboards.pages.data.exporting import FILES, JOURNAL, RECORD, beyond_secrecy
from dashboards.pages.data.report_files import add_report_route
from dashboards.pages.page import Desk
from dashboards.spreadsheet import write_table
from graphmodel import ContractGraph, MaillageError, UsageError
from graphmodel.decisions import journal
from graphmodel.decisions.journal import STATES
from graphmodel.wording import french_property, french_value
from loaders.import_report import annotate, write_fault_table

FILE_PATH = "/donnees/fichier"
_MIME = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv",
    "json": "application/json",
    "zip": "application/zip",
    "png": "image/png",
    "html": "text/html",
    "gpkg": "application/geopackage+sqlite3",
}


def add_routes(server: Flask, desk: Desk) -> None:
    """Add the addresses: send a file, take its faults and its annotated copy, take the exports."""
    _add_upload(server, desk)
    add_basket_route(server, desk)
    add_report_route(server, desk)
    _add_fault_files(server, desk)

    @server.get("/donnees/<name>")
    def export(name: str) -> Response:
        """Return an export by its name."""
        if name not in {known for known, _, _ in (*FILES, JOURNAL, RECORD)}:
            abort(404)
        if name not in {known for known, _, _ in (*FILES, *beyond_secrecy(desk.access))}:
            return Response(LOCKED, 403, mimetype="text/plain")
        try:
            return _made(name, lambda path: _write(desk, desk.provider(), path))
        except MaillageError as error:
            return Response(str(error), 409, mimetype="text/plain")


def _add_upload(server: Flask, desk: Desk) -> None:
    @server.post(FILE_PATH)
    def receive() -> tuple[Response, int]:
        """Keep the file of the request's body, preview it, and return what names it."""
        if desk.access is None:
            return jsonify(message="Cette page lit une copie : rien ne s’y charge."), 409
        try:
            sent = uploads.receive(desk.access.folder, unquote(request.args.get("nom", "")), request.stream)
            load_preview.keep(load_preview.preview(desk.access, sent.path, Options()), sent.path.parent)
        except MaillageError as error:
            return jsonify(message=str(error)), 400
        return jsonify(lot=sent.token), 200


def _add_fault_files(server: Flask, desk: Desk) -> None:
    def folder_of() -> Path:
        found = uploads.find(desk.access.folder, request.args.get("lot", "")) if desk.access else None
        if found is None:
            abort(404)
        return found

    @server.get("/donnees/fautes.csv")
    def faults() -> Response:
        """Return the faults of a file as a table."""
        shown = load_preview.kept(folder_of())
        return _made("fautes.csv", lambda path: write_fault_table(shown.faults if shown else (), path))

    @server.get("/donnees/annote")
    def annotated() -> Response:
        """Return the copy of a file with its faulty cells marked and commented."""
        folder = folder_of()
        shown, source = load_preview.kept(folder), load_preview.file_of(folder)
        try:
            return _made(
                f"{source.stem}-annote.xlsx",
                lambda path: annotate(source, shown.faults if shown else (), path),
            )
        except MaillageError as error:
            return Response(str(error), 409, mimetype="text/plain")


def _made(name: str, write: Callable[[Path], object]) -> Response:
    """Return a file that is written for this answer and kept nowhere."""
    with tempfile.TemporaryDirectory(prefix="maillage-") as folder:
        path = Path(folder) / name
        write(path)
        content = path.read_bytes()
    answer = Response(content, mimetype=_MIME.get(path.suffix[1:], "application/octet-stream"))
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _write(desk: Desk, graph: ContractGraph, path: Path) -> None:
    """Write an export; the name says which."""
    from dashboards.cli.exporting import write_map
    from dashboards.map_kinds import MapOptions
    from dashboards.network_exports import write_network

    year = view_data.latest_year(graph)
    if path.stem == "carte":
        write_map(graph, path, options=MapOptions(year=year))
    elif path.stem == "perimetres":
        write_map(graph, path, "perimeters")
    elif path.stem == "reseau":
        write_network(graph, path)
    elif path.stem in ("tableaux", "couches"):
        _write_tables(graph, path)
    elif path.stem == "modele":
        from loaders.template import write_template

        write_template(path)
    elif path.stem == "corrections":
        _write_journal(desk, path)
    else:
        from loaders.contract_json import export_contract_json

        path.write_text(
            json.dumps(export_contract_json(graph), ensure_ascii=False, indent=1), encoding="utf-8"
        )


def _write_tables(graph: ContractGraph, path: Path) -> None:
    from dashboards.data_tables import tables_of
    from dashboards.data_workbook import about_rows, write_archive, write_workbook
    from dashboards.geopackage import layers_of, write_geopackage

    command = "tableau de bord, page Données"
    if path.suffix == ".gpkg":
        write_geopackage(path, layers_of(graph), about_rows(graph, (), "publication", command))
        return
    tables = tables_of(graph, "publication")
    write = write_workbook if path.suffix == ".xlsx" else write_archive
    write(path, tables, about_rows(graph, tables, "publication", command))


def _write_journal(desk: Desk, path: Path) -> None:
    if desk.access is None:
        raise UsageError("Cette page lit une copie : le journal est dans la base elle-même.")
    with desk.access.open() as store:
        told = journal(store)
    rows = [
        (
            entry.load,
            entry.kind,
            entry.table,
            entry.id,
            entry.name,
            french_property(entry.table, entry.property) if entry.property else None,
            french_value(entry.table, entry.property, entry.value) if entry.property else str(entry.value),
            entry.author,
            entry.on,
            entry.why,
            STATES[entry.state],
        )
        for entry in told
    ]
    columns = (
        "Version",
        "Sorte",
        "Nature",
        "Identifiant",
        "Nom",
        "Valeur corrigée",
        "Décidé",
        "Auteur",
        "Date",
        "Pourquoi",
        "État",
    )
    write_table(path, columns, rows)
