"""Which territories are neighbours: those that share a piece of border, with its length."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from geodata.reference.files import GRID_DEGREES
from geodata.territories import load_reference


@dataclass(frozen=True)
class Contiguity:
    """The neighbours of the territories of one coverage.

    Attributes
    ----------
    codes
        Every territory, sorted.
    borders
        Length in metres (EPSG:2154) of the border of each pair, the smaller code first. A pair that touches
        at points only is not there.
    """

    codes: tuple[str, ...]
    borders: dict[tuple[str, str], float]

    @cached_property
    def _near(self) -> dict[str, dict[str, float]]:
        """Border lengths by code, both ways."""
        near: dict[str, dict[str, float]] = {code: {} for code in self.codes}
        for (first, second), length in self.borders.items():
            near[first][second] = near[second][first] = length
        return near

    def neighbours(self, code: str) -> dict[str, float]:
        """Return the neighbours of a territory and the length of each border in metres, by code.

        Raises
        ------
        KeyError
            When the coverage has no such territory.
        """
        return dict(sorted(self._near[code].items()))

    def pairs(self) -> Iterator[tuple[str, str]]:
        """Yield each pair of neighbours once, sorted."""
        yield from sorted(self.borders)

    @property
    def islands(self) -> tuple[str, ...]:
        """Territories without any neighbour."""
        return tuple(code for code in self.codes if not self._near[code])


def contiguity(frame: gpd.GeoDataFrame) -> Contiguity:
    """Return the neighbours within a frame that is a coverage: two neighbours share vertices exactly.

    Parameters
    ----------
    frame
        Territories in EPSG:4326 with a `code` column; those of `Territories.frame` qualify. Rows whose
        perimeter is unknown are islands.
    """
    drawn = frame[frame.geometry.notna()]
    codes = drawn["code"].to_numpy()
    ends, owner, steps = _edges(drawn)
    order = np.lexsort((owner, ends[:, 1], ends[:, 0]))
    ends, owner, steps = ends[order], owner[order], steps[order]
    # In a coverage an edge has one owner (outer border) or two.
    twin = np.flatnonzero((ends[1:] == ends[:-1]).all(axis=1) & (owner[1:] != owner[:-1]))
    borders: dict[tuple[str, str], float] = {}
    for index in twin.tolist():
        first, second = sorted((str(codes[owner[index]]), str(codes[owner[index + 1]])))
        borders[first, second] = borders.get((first, second), 0.0) + float(steps[index])
    return Contiguity(tuple(sorted(frame["code"])), borders)


@lru_cache(maxsize=1)
def commune_contiguity() -> Contiguity:
    """Return the neighbours of the communes of the reference, computed once."""
    return contiguity(load_reference().frame("commune"))


def _edges(frame: gpd.GeoDataFrame) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """Return every ring edge as (identifiers of its two ends, sorted), its owner and its length in metres."""
    rings, owner = _rings(np.array(frame.geometry, dtype=object))
    metric = _rings(np.array(frame.geometry.to_crs(2154), dtype=object))[0]
    degrees, ring = shapely.get_coordinates(rings, return_index=True)
    metres = shapely.get_coordinates(metric)
    steps = np.rint(degrees / GRID_DEGREES).astype(np.int64)
    # One integer a vertex: longitude and latitude on the grid, side by side.
    vertex = (steps[:, 0] << 32) + steps[:, 1]
    inside = ring[1:] == ring[:-1]
    pairs = np.sort(np.column_stack([vertex[:-1], vertex[1:]])[inside], axis=1)
    length = np.hypot(*np.diff(metres, axis=0)[inside].T)
    return pairs, owner[ring[1:][inside]], length


def _rings(
    shapes: NDArray[np.object_],
) -> tuple[NDArray[np.object_], NDArray[np.int64]]:
    """Return every ring of the shapes and the index of its owner."""
    parts, part_owner = shapely.get_parts(shapes, return_index=True)
    rings, part = shapely.get_rings(parts, return_index=True)
    return rings, part_owner[part]
