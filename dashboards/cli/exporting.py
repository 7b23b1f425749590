"""`export`: one file each; the extension of the path chooses the format."""

import csv
import json
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from dashboards.cli.session import SESSION
from dashboards.spreadsheet import inert
from graphmodel import ContractGraph, UsageError
from graphmodel.secrecy import Mode

IMAGES = (".png", ".svg", ".pdf")
DATA_FORMATS = (".gpkg", ".xlsx", ".zip", ".json")


class MapKind(StrEnum):
    """Printed maps that can be asked for by name."""

    ACTIONS = "actions"
    PERIMETERS = "perimeters"
    ZONINGS = "zonings"
    COMMUNES_2014 = "communes-2014"
    AMOUNTS = "amounts"


class MapLevel(StrEnum):
    """Units of the map of amounts."""

    COMMUNE = "commune"
    EPCI = "epci"


@dataclass(frozen=True, slots=True)
class MapChoices:
    """What only the map of amounts lets choose; see `dashboards.prints.AmountsOptions`."""

    level: MapLevel = MapLevel.COMMUNE
    region_wide: bool = False
    grey: bool = False
    mode: Mode = "publication"


def export_map(
    out: Path, year: int | None, kind: MapKind = MapKind.ACTIONS, choices: MapChoices | None = None
) -> None:
    """Write the map of the store: an offline page (.html) or an image (.png, .svg, .pdf).

    Raises
    ------
    UsageError
        An extension of no known format.
    """
    with SESSION.open() as store:
        graph = store.snapshot(SESSION.selection())
    write_map(graph, out, year, kind, choices)
    print(f"Écrit : {out}")


def write_map(
    graph: ContractGraph,
    out: Path,
    year: int | None = None,
    kind: MapKind = MapKind.ACTIONS,
    choices: MapChoices | None = None,
) -> Path:
    """Write one map of a graph; see `export_map`."""
    if choices not in (None, MapChoices()) and kind is not MapKind.AMOUNTS:
        raise UsageError("Niveau, actions régionales, gris et mode ne se choisissent que pour les montants.")
    suffix = out.suffix.lower()
    out.parent.mkdir(parents=True, exist_ok=True)
    if suffix == ".html" and kind is not MapKind.ACTIONS:
        raise UsageError(f"Cette carte s’écrit en image : {', '.join(IMAGES)}.")
    if year is not None and kind not in (MapKind.ACTIONS, MapKind.AMOUNTS):
        raise UsageError("Cette carte ne dépend pas de l’année.")
    if suffix == ".html":
        from dashboards.maps import communes_map, save_map

        save_map(communes_map(graph, year), out)
    elif suffix in IMAGES:
        from dashboards import prints

        if kind is MapKind.PERIMETERS:
            prints.print_perimeters_map(graph, out)
        elif kind is MapKind.COMMUNES_2014:
            prints.print_former_map(graph, out)
        elif kind is MapKind.ZONINGS:
            prints.print_zonings_map(graph, out)
        elif kind is MapKind.AMOUNTS:
            chosen = choices or MapChoices()
            prints.print_amounts_map(graph, out, prints.AmountsOptions(
                year, chosen.level.value, chosen.region_wide, chosen.mode, chosen.grey))  # fmt: skip
        else:
            prints.print_actions_map(graph, out, year)
    else:
        raise UsageError(
            f"« {out.suffix or out.name} » n’est pas un format de carte : .html, {', '.join(IMAGES)}."
        )
    return out


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
        write_map(graph, folder / "perimetres.png", kind=MapKind.PERIMETERS),
        write_map(graph, folder / "zonages.png", kind=MapKind.ZONINGS),
        write_map(graph, folder / "carte-communes-2014.png", kind=MapKind.COMMUNES_2014),
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
