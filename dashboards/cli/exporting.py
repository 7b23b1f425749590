"""`export`: one file each; the extension of the path chooses the format."""

import csv
import json
from pathlib import Path

from dashboards.cli.session import SESSION
from dashboards.map_kinds import BY_KIND, DEFAULT, MapKind, MapOptions
from dashboards.spreadsheet import inert
from graphmodel import ContractGraph, UsageError
from graphmodel.secrecy import Mode

IMAGES = (".png", ".svg", ".pdf")
DATA_FORMATS = (".gpkg", ".xlsx", ".zip", ".json")


def export_map(out: Path, kind: MapKind = DEFAULT, options: MapOptions | None = None) -> None:
    """Write a map of the store: an offline page (.html) or a page to print (.png, .svg, .pdf).

    Raises
    ------
    UsageError
        An extension of no known format.
    """
    with SESSION.open() as store:
        graph = store.snapshot(SESSION.selection())
    write_map(graph, out, kind, options)
    print(f"Écrit : {out}")


def write_map(
    graph: ContractGraph, out: Path, kind: MapKind = DEFAULT, options: MapOptions | None = None
) -> Path:
    """Write one map of a graph; see `export_map`."""
    suffix, chosen = out.suffix.lower(), options or MapOptions()
    if suffix not in (".html", *IMAGES):
        raise UsageError(
            f"« {out.suffix or out.name} » n’est pas un format de carte : .html, {', '.join(IMAGES)}."
        )
    BY_KIND[kind].check(chosen)
    out.parent.mkdir(parents=True, exist_ok=True)
    if suffix in IMAGES:
        from dashboards.prints import print_map

        return print_map(graph, kind, out, chosen)
    _write_page(graph, out, kind, chosen)
    return out


def _write_page(graph: ContractGraph, out: Path, kind: MapKind, options: MapOptions) -> None:
    """Write a map that is read on a screen, with the network cut."""
    from dashboards.maps import communes_map, save_map
    from dashboards.maps.territories_file import view_file

    if kind == "view":
        save_map(view_file(graph, options), out)
    elif kind == DEFAULT:
        save_map(communes_map(graph, options.year), out)
    else:
        raise UsageError(f"Cette carte s’écrit en image : {', '.join(IMAGES)}.")


def export_data(out: Path, mode: Mode = "publication") -> None:
    """Write the content of the store: layers, tables, or the exchange form.

    Parameters
    ----------
    out
        `.gpkg` (layers with their styles), `.xlsx` (a sheet a table), `.zip` (a CSV a table), or `.json`: the
        exchange form, which is the system of record and goes through no gate.
    mode
        See `tables_of`.

    Raises
    ------
    UsageError
        An extension of no known format.
    """
    suffix = out.suffix.lower()
    if suffix not in DATA_FORMATS:
        known = ", ".join(DATA_FORMATS)
        raise UsageError(f"« {out.suffix or out.name} » n’est pas un format de données : {known}.")
    with SESSION.open() as store:
        graph = store.snapshot(SESSION.selection())
    out.parent.mkdir(parents=True, exist_ok=True)
    if suffix == ".json":
        from loaders.contract_json import export_contract_json

        content = json.dumps(export_contract_json(graph), ensure_ascii=False, indent=1)
        out.write_text(content + "\n", encoding="utf-8")
    else:
        _write_tables(graph, out, mode)
    print(f"Écrit : {out}")


def _write_tables(graph: ContractGraph, out: Path, mode: Mode) -> None:
    from dashboards.data_tables import tables_of
    from dashboards.data_workbook import about_rows, write_archive, write_workbook
    from dashboards.geopackage import layers_of, write_geopackage

    command = f"maillage export data --out {out.name}" + (" --mode working" if mode == "working" else "")
    if out.suffix.lower() == ".gpkg":
        write_geopackage(out, layers_of(graph), about_rows(graph, (), mode, command))
        return
    tables = tables_of(graph, mode)
    write = write_workbook if out.suffix.lower() == ".xlsx" else write_archive
    write(out, tables, about_rows(graph, tables, mode, command))


def write_demo_files(graph: ContractGraph, folder: Path) -> list[Path]:
    """Write what the demonstration shows: the map as a page, maps to print, the actions as a table."""
    return [
        write_map(graph, folder / "carte-communes.html"),
        write_map(graph, folder / "carte-actions.png"),
        write_map(graph, folder / "perimetres.png", "perimeters"),
        write_map(graph, folder / "zonages.png", "zonings"),
        write_map(graph, folder / "carte-communes-2014.png", "communes-2014"),
        _write_actions(graph, folder / "actions.csv"),
    ]


def _write_actions(graph: ContractGraph, path: Path) -> Path:
    """Write the actions and where they take place, as a French spreadsheet opens it: semicolons and a BOM."""
    places = graph.relationships("TAKES_PLACE_IN")
    names = graph.nodes("Territory")["name"]
    by_action = places.groupby("source")["target"].agg(
        lambda keys: ", ".join(sorted({str(names[k]) for k in keys}))
    )
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        table = csv.writer(stream, delimiter=";", lineterminator="\r\n")
        if graph.fictional:
            table.writerow(["Données fictives : bilans, QPV et ZRR de démonstration"])
        table.writerow(["Code", "Action", "Territoires"])
        for key, action in graph.nodes("Action").iterrows():
            table.writerow([inert(str(v)) for v in (action["id"], action["name"], by_action.get(key, ""))])
    return path
