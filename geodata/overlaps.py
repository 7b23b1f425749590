"""How territories of two levels overlap: shares of population and of area, whether they nest or cross.

Whole communes need no geometry; a polygon is laid on the cells once; where two polygons cut the same cell,
their common piece is drawn. Unknown perimeters stay out and are named.
"""

from collections.abc import Sequence
from functools import cached_property

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from scipy.sparse import csr_array, vstack

from geodata.mesh import METRIC, Footprint, Mesh, Pieces, mesh_of
from geodata.territories import Territories
from geodata.territory import OFFICIAL_LEVELS, Level

LEAST_SHARE = 1e-6
"""Overlaps smaller than this for both territories are two drawings of one border, not an overlap."""

_WHOLE = 1 - 1e-6
"""Share of an area from which a territory lies wholly in another, so that its inhabitants do too."""

_OUTSIDE = 1e-3
"""Share of a territory beyond every cell that two drawings of the same border leave."""

COLUMNS = ("container", "contained", "population_share", "area_share", "population", "area_km2")


def overlap_table(mesh: Mesh, containers: Footprint, contained: Footprint,
                  least: float = LEAST_SHARE) -> pd.DataFrame:  # fmt: skip
    """Return every pair of territories that overlap.

    Parameters
    ----------
    mesh
        Cells on which both were laid.
    containers, contained
        Territories of two levels (or of one: a territory then holds itself).
    least
        Pairs whose common part is smaller than this share of both are left out.

    Returns
    -------
    pandas.DataFrame
        Columns `container`, `contained`; `population_share` and `area_share` (part of the **contained** that
        is in the container); `population` and `area_km2` of the common part. NaN where unknown: a contained
        territory with a cell of unknown population, or, for the share, that reaches outside every cell.
    """
    first, second, area, people = _common(mesh, containers, contained)
    inside = _ratio(area, contained.areas[second])
    held = _ratio(area, containers.areas[first])
    share = np.minimum(_ratio(people, (contained.weights @ np.nan_to_num(mesh.people))[second]), 1.0)
    share[_beyond(mesh, contained)[second]] = np.nan
    unknown = _unknown(mesh, contained)[second]
    share[unknown] = np.nan
    # What lies wholly inside has all its inhabitants there, however many they are.
    share[inside >= _WHOLE] = 1.0
    people[unknown] = np.nan
    values = {
        "container": np.array(containers.codes, dtype=object)[first],
        "contained": np.array(contained.codes, dtype=object)[second],
        "population_share": share,
        "area_share": np.minimum(inside, 1.0),
        "population": people,
        "area_km2": area / 1e6,
    }
    table = pd.DataFrame(values, columns=list(COLUMNS))[np.maximum(inside, held) > least]
    return table.sort_values(["container", "contained"], ignore_index=True)


class Overlaps:
    """Overlaps between the levels of a set of territories, each level laid on the cells once.

    Parameters
    ----------
    territories
        Reference and added perimeters; QPV of known perimeter and population are cut out of their communes.
    vintage
        Year of the composition of the EPCI; None is that of the commune codes.
    """

    def __init__(self, territories: Territories, vintage: str | int | None = None) -> None:
        self.territories = territories
        self.vintage = vintage
        self._laid: dict[Level, Footprint] = {}

    @cached_property
    def mesh(self) -> Mesh:
        """The cells: QPV, and communes without them."""
        communes = self.territories.frame("commune")
        return mesh_of(communes, self._quarters if "qpv" in self.territories.levels else None)

    @cached_property
    def _quarters(self) -> gpd.GeoDataFrame:
        return self.territories.frame("qpv")

    @property
    def unknown(self) -> tuple[str, ...]:
        """Codes of the territories whose perimeter is unknown: in no table."""
        return tuple(perimeter.code for perimeter in self.territories.perimeters if not perimeter.known)

    def between(self, container: Level, contained: Level, least: float = LEAST_SHARE) -> pd.DataFrame:
        """Return the overlaps of two levels; see `overlap_table`.

        Raises
        ------
        UsageError
            When a level has no territory, or not of that vintage.
        """
        table = overlap_table(self.mesh, self.footprint(container), self.footprint(contained), least)
        if "qpv" in (container, contained):
            table = self._unsized_quarters(table)
        return table[table["container"] != table["contained"]] if container == contained else table

    def _unsized_quarters(self, table: pd.DataFrame) -> pd.DataFrame:
        """Return a table where nothing is estimated of QPV whose population is unknown.

        A quarter is built more densely than its commune: its inhabitants cannot be read from those around it.
        """
        unsized = set(self._quarters.index) - {code for code in self.mesh.quarters if code is not None}
        either = (table["container"].isin(unsized) | table["contained"].isin(unsized)).to_numpy()
        whole = (table["area_share"] >= _WHOLE).to_numpy()
        table.loc[either, "population"] = np.nan
        table.loc[either & ~whole, "population_share"] = np.nan
        return table

    def footprint(self, level: Level) -> Footprint:
        """Return a level laid on the cells.

        Raises
        ------
        UsageError
            When the level has no territory.
        """
        if level not in self._laid:
            official = level in OFFICIAL_LEVELS
            self._laid[level] = self._official(level) if official else self._added(level)
        return self._laid[level]

    def _official(self, level: Level) -> Footprint:
        """Lay a level made of whole communes."""
        communes = self.territories.frame("commune")
        if level == "epci":
            owner = self.territories.composition(self.vintage)
        elif level == "departement":
            owner = dict(zip(map(str, communes.index), communes["departement"], strict=True))
        else:
            (region,) = self.territories.frame("region").index
            owner = {str(code): code if level == "commune" else region for code in communes.index}
        groups: dict[str, list[str]] = {}
        for commune, code in owner.items():
            groups.setdefault(str(code), []).append(commune)
        return self.mesh.of_communes(dict(sorted(groups.items())))

    def _added(self, level: Level) -> Footprint:
        """Lay added perimeters: as whole communes, as the QPV that were cut out, or as polygons."""
        frame = self.territories.frame(level, crs=METRIC)
        known = frame[frame.geometry.notna()]
        of_communes = {p.code: p.communes for p in self.territories.perimeters
                       if p.level == level and p.communes is not None}  # fmt: skip
        cut = [str(code) for code in known.index if code in set(self.mesh.quarters)] if level == "qpv" else []
        drawn = [str(code) for code in known.index if code not in of_communes and code not in cut]
        return stacked(
            [
                self.mesh.of_communes(of_communes),
                self.mesh.of_quarters(cut, np.array(known.geometry.loc[cut], dtype=object)),
                self.mesh.of_polygons(drawn, np.array(known.geometry.loc[drawn], dtype=object)),
            ]
        )


def stacked(footprints: Sequence[Footprint]) -> Footprint:
    """Return footprints laid on the same cells as one."""
    offsets = np.cumsum([0, *(len(footprint.codes) for footprint in footprints)])
    moved = [f.pieces.territory + offset for f, offset in zip(footprints, offsets[:-1], strict=True)]
    pieces = Pieces(
        np.concatenate(moved),
        np.concatenate([footprint.pieces.cell for footprint in footprints]),
        np.concatenate([footprint.pieces.shapes for footprint in footprints]),
    )
    codes = tuple(code for footprint in footprints for code in footprint.codes)
    weights = csr_array(vstack([footprint.weights for footprint in footprints]))
    return Footprint(codes, weights, np.concatenate([f.areas for f in footprints]), pieces)


Positions = NDArray[np.intp]
Numbers = NDArray[np.float64]


def _common(
    mesh: Mesh, containers: Footprint, contained: Footprint
) -> tuple[Positions, Positions, Numbers, Numbers]:
    """Return the pairs that share cells, their common area (m²) and inhabitants (unknown ones left out)."""
    cut_first, cut_second, cell, more = _corrections(mesh, containers, contained)
    known = np.nan_to_num(mesh.people)
    shape = (len(containers.codes), len(contained.codes))
    area = csr_array(containers.weights.multiply(mesh.areas[None, :]) @ contained.weights.T)
    area = area + csr_array((more, (cut_first, cut_second)), shape=shape)
    people = csr_array(containers.weights.multiply(known[None, :]) @ contained.weights.T)
    people = people + csr_array((more * (known / mesh.areas)[cell], (cut_first, cut_second)), shape=shape)
    pairs = area.tocoo()
    first, second = pairs.coords
    found = np.asarray(people[first, second], dtype=np.float64).ravel() if len(first) else np.zeros(0)
    return (
        np.asarray(first, dtype=np.intp),
        np.asarray(second, dtype=np.intp),
        np.maximum(np.asarray(pairs.data, dtype=np.float64), 0.0),
        np.maximum(found, 0.0),
    )


def _corrections(
    mesh: Mesh, containers: Footprint, contained: Footprint
) -> tuple[Positions, Positions, Positions, Numbers]:
    """Return, where two borders cut the same cell, what their common piece is beyond the product of shares.

    Positions in each level, the cell, and the difference in square metres.
    """
    left, right = containers.pieces, contained.pieces
    order = np.argsort(right.cell, kind="stable")
    start = np.searchsorted(right.cell[order], left.cell, side="left")
    stop = np.searchsorted(right.cell[order], left.cell, side="right")
    many = stop - start
    one = np.repeat(np.arange(len(left.cell)), many)
    other = order[np.concatenate([np.arange(a, b) for a, b in zip(start, stop, strict=True)] or [one])]
    common = shapely.area(shapely.intersection(left.shapes[one], right.shapes[other]))
    sizes = shapely.area(left.shapes[one]), shapely.area(right.shapes[other])
    cell = left.cell[one]
    return left.territory[one], right.territory[other], cell, common - sizes[0] * sizes[1] / mesh.areas[cell]


def _ratio(part: Numbers, whole: Numbers) -> Numbers:
    """Return part over whole, NaN where the whole is 0."""
    return part / np.where(whole > 0, whole, np.nan)


def _beyond(mesh: Mesh, territories: Footprint) -> NDArray[np.bool_]:
    """Tell which territories reach outside every cell, so that their inhabitants are not all known."""
    covered = territories.weights @ mesh.areas
    return np.asarray(covered < territories.areas * (1.0 - _OUTSIDE), dtype=bool)


def _unknown(mesh: Mesh, territories: Footprint) -> NDArray[np.bool_]:
    """Tell which territories hold a cell of unknown population."""
    missing = np.isnan(mesh.people).astype(np.float64)
    return np.asarray(territories.weights @ missing > 0, dtype=bool)
