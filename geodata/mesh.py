"""Elementary cells with their inhabitants, in metres, and the territories laid on them.

A QPV is cut out of its communes; the rest of the commune is a cell. Where a territory cuts a cell, the cell's
inhabitants are taken as spread evenly in it: population, not area, decides how a commune is shared.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.sparse import csr_array

from geodata.reference.files import Geometries

METRIC = 2154
_WHOLE = 1 - 1e-9
_SLIVER = 1e-9
"""Shares of a cell nearer to 1 or to 0 than this are 1 or 0: they come from rounding, not from a border."""


@dataclass(frozen=True)
class Mesh:
    """A set of cells that do not overlap.

    Attributes
    ----------
    shapes
        Contours in EPSG:2154.
    communes, quarters
        Code of the commune of each cell; code of the QPV it is a part of, None for the rest of a commune.
    people
        Inhabitants of each cell, NaN where unknown.
    areas
        Square metres.
    overfull
        Communes whose quarters are told to have more inhabitants than the commune itself: their rest counts
        0, and the cells together more than the communes did.
    """

    shapes: Geometries
    communes: tuple[str, ...]
    quarters: tuple[str | None, ...]
    people: NDArray[np.float64]
    areas: NDArray[np.float64]
    overfull: tuple[str, ...] = ()

    @cached_property
    def cells_of(self) -> Mapping[str, NDArray[np.intp]]:
        """Positions of the cells of each commune."""
        codes = np.array(self.communes, dtype=object)
        order = np.argsort(codes, kind="stable")
        found, starts = np.unique(codes[order].astype(str), return_index=True)
        return dict(zip(found.tolist(), np.split(order, starts[1:]), strict=True)) if len(codes) else {}

    @cached_property
    def _tree(self) -> shapely.STRtree:
        return shapely.STRtree(self.shapes)

    def of_communes(self, groups: Mapping[str, Iterable[str]]) -> "Footprint":
        """Lay territories made of whole communes on the cells; communes without a cell add nothing."""
        codes, columns, starts = list(groups), [], [0]
        nothing = np.array([], dtype=np.intp)
        for code in codes:
            inside = [self.cells_of.get(commune, nothing) for commune in groups[code]]
            columns += inside
            starts.append(starts[-1] + sum(map(len, inside)))
        where = np.concatenate(columns) if columns else nothing
        weights = csr_array(
            (np.ones(len(where)), where, np.array(starts)), shape=(len(codes), len(self.communes))
        )
        weights.sort_indices()
        areas = np.asarray(weights @ self.areas)
        return Footprint(tuple(codes), weights, areas, Pieces.none())

    def of_polygons(self, codes: Sequence[str], polygons: Geometries) -> "Footprint":
        """Lay polygons (EPSG:2154) on the cells: the share of each cell's area that each holds."""
        polygons = np.where(shapely.is_valid(polygons), polygons, shapely.make_valid(polygons))
        shapely.prepare(polygons)
        which, cell = self._tree.query(polygons, predicate="intersects")
        share = np.ones(len(which))
        # Most cells lie inside: only those that a border crosses are cut.
        cut = ~shapely.covers(polygons[which], self.shapes[cell])
        pieces = shapely.intersection(polygons[which[cut]], self.shapes[cell[cut]])
        share[cut] = shapely.area(pieces) / self.areas[cell[cut]]
        share[share > _WHOLE] = 1.0
        kept = share > _SLIVER
        partial = cut & kept & (share < 1.0)
        weights = csr_array((share[kept], (which[kept], cell[kept])), shape=(len(codes), len(self.communes)))
        return Footprint(
            tuple(codes),
            weights,
            shapely.area(polygons),
            Pieces(which[partial], cell[partial], pieces[partial[cut]]),
        )

    def of_quarters(self, codes: Sequence[str], shapes: Geometries) -> "Footprint":
        """Lay the QPV that were cut out on the cells: each is a sum of cells."""
        index = {code: place for place, code in enumerate(codes)}
        found = [(index[q], cell) for cell, q in enumerate(self.quarters) if q in index]
        rows, columns = np.array(found, dtype=np.intp).reshape(-1, 2).T
        weights = csr_array((np.ones(len(rows)), (rows, columns)), shape=(len(codes), len(self.communes)))
        return Footprint(tuple(codes), weights, shapely.area(shapes), Pieces.none())


@dataclass(frozen=True)
class Pieces:
    """Cells cut by a border: which territory, which cell, the piece of the cell that lies inside."""

    territory: NDArray[np.intp]
    cell: NDArray[np.intp]
    shapes: Geometries

    @classmethod
    def none(cls) -> "Pieces":
        """Return no piece: the territory is a sum of cells."""
        empty = np.array([], dtype=np.intp)
        return cls(empty, empty, np.array([], dtype=object))


@dataclass(frozen=True)
class Footprint:
    """Territories laid on the cells of a mesh.

    Attributes
    ----------
    codes
        The territories, in the order of the rows.
    weights
        Sparse, territories × cells: share of each cell's area inside, from 0 to 1.
    areas
        Area of each territory in square metres, what lies outside every cell included.
    pieces
        The cells that a border cuts.
    """

    codes: tuple[str, ...]
    weights: csr_array
    areas: NDArray[np.float64]
    pieces: Pieces


def mesh_of(communes: gpd.GeoDataFrame, quarters: gpd.GeoDataFrame | None = None) -> Mesh:
    """Cut communes by quarters and return the cells.

    Parameters
    ----------
    communes
        Indexed by code, with `population` (None where unknown) and geometry in any CRS.
    quarters
        Same form: QPV that do not overlap. Those of unknown perimeter, or of unknown population, are not cut
        out: their inhabitants stay with the commune. A quarter that lies in several communes leaves in each
        the inhabitants of its area there.
    """
    communes = communes[communes.geometry.notna()].to_crs(METRIC)
    whole = np.array(communes.geometry, dtype=object)
    codes = [str(code) for code in communes.index]
    rest = whole.copy()
    people = np.array(_people(communes))
    parts = [] if quarters is None else _cut(whole, quarters)
    for part in parts:
        rest[part.owner] = shapely.difference(rest[part.owner], part.shape)
        people[part.owner] -= part.people
    # Rounding alone makes no commune overfull.
    overfull = tuple(code for code, left in zip(codes, people, strict=True) if left < -0.5)
    people = np.where(people < 0, 0.0, people)
    every = np.array([*rest, *(part.shape for part in parts)], dtype=object)
    kept = np.flatnonzero(~shapely.is_empty(every))
    owners = [*codes, *(codes[part.owner] for part in parts)]
    names = [*([None] * len(codes)), *(part.quarter for part in parts)]
    inhabitants = np.concatenate([people, [part.people for part in parts]])
    return Mesh(
        every[kept],
        tuple(owners[place] for place in kept),
        tuple(names[place] for place in kept),
        inhabitants[kept],
        shapely.area(every[kept]),
        overfull,
    )


@dataclass(frozen=True, slots=True)
class _Part:
    """The part of a quarter that lies in one commune (position `owner`), and its inhabitants."""

    quarter: str
    owner: int
    shape: shapely.Geometry
    people: float


def _cut(communes: Geometries, quarters: gpd.GeoDataFrame) -> list[_Part]:
    """Return the parts of the quarters that are cut out; where two overlap, the first keeps the place."""
    known = quarters[quarters.geometry.notna() & quarters["population"].notna()].to_crs(METRIC)
    shapes = np.array(known.geometry, dtype=object)
    which, owner = shapely.STRtree(communes).query(shapes, predicate="intersects")
    pieces = shapely.intersection(communes[owner], shapes[which])
    people = _people(known)
    taken: dict[int, shapely.Geometry] = {}
    parts: list[_Part] = []
    for place, commune, piece in zip(which.tolist(), owner.tolist(), pieces, strict=True):
        if commune in taken:
            piece = shapely.difference(piece, taken[commune])
        whole = shapes[place].area
        if piece.area > _SLIVER * whole:
            taken[commune] = shapely.union(taken[commune], piece) if commune in taken else piece
            parts.append(_Part(str(known.index[place]), commune, piece, people[place] * piece.area / whole))
    return parts


def _people(frame: gpd.GeoDataFrame) -> NDArray[np.float64]:
    """Return the inhabitants of a frame, NaN where unknown."""
    return np.asarray(frame["population"].astype("Float64").to_numpy(na_value=np.nan), dtype=np.float64)
