"""What the map of the communes of 1 January 2014 shows: as they were, changed since, drawn together."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import shapely
from shapely.geometry.base import BaseGeometry

from geodata.former_map import AS_WAS, map_at
from geodata.vintages import START, load_history

Shapes = Mapping[str, BaseGeometry]
"""Contours in EPSG:2154 by code; several codes joined by `+` for communes drawn as one."""


@dataclass(frozen=True, slots=True)
class Group:
    """Communes drawn as one: its code on the map, their names, their number."""

    code: str
    name: str
    communes: int


@dataclass(frozen=True, slots=True)
class FormerMapData:
    """Everything the map says.

    Attributes
    ----------
    unchanged
        Communes that are today's, whatever joined them left out.
    changed
        Communes that merged, split or changed code since, drawn as they were.
    together
        Groups of communes drawn as one.
    groups
        Their names, by code.
    departements
        Contours of the départements, made of the communes of the day.
    note
        French sentence on what is not drawn as it was.
    """

    unchanged: Shapes
    changed: Shapes
    together: Shapes
    groups: tuple[Group, ...]
    departements: Shapes
    note: str

    @property
    def grouped(self) -> int:
        """Number of communes drawn with others."""
        return sum(group.communes for group in self.groups)

    @property
    def communes(self) -> int:
        """Number of communes of the day."""
        return len(self.unchanged) + len(self.changed) + self.grouped


@lru_cache(maxsize=1)
def former_map_data() -> FormerMapData:
    """Return what the map of the communes of 1 January 2014 shows."""
    history, frame = load_history(), map_at(START)
    note = str(frame.attrs["note"])
    frame = frame.to_crs(2154)
    shapes = dict(zip(map(str, frame.index), frame.geometry, strict=True))
    kept: dict[bool, dict[str, BaseGeometry]] = {True: {}, False: {}}
    alone = frame[frame["drawn"] == AS_WAS]
    for code in map(str, alone.index):
        kept[history.change_of(code, START, history.on) is not None][code] = shapes[code]
    joined = frame[frame["drawn"] != AS_WAS]
    groups = tuple(
        Group(str(code), str(name), len(codes))
        for code, name, codes in zip(joined.index, joined["name"], joined["codes"], strict=True)
    )
    departements = {
        str(code): shapely.coverage_union_all(rows.geometry.to_numpy())
        for code, rows in frame.groupby("departement")
    }
    return FormerMapData(
        kept[False],
        kept[True],
        {group.code: shapes[group.code] for group in groups},
        groups,
        departements,
        note,
    )
