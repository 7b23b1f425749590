"""The territories of the eight départements: frames by level, contents, geometry."""

from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geodata.frames import SOURCE, frame_of, shared, unite, values_of
from geodata.movements import Movements, load_movements
from geodata.perimeters import Perimeter
from geodata.reference.files import Geometries, read_bytes, read_manifest, read_table, unpack_cells
from geodata.territory import LEVEL_FRENCH, OFFICIAL_LEVELS, Level, Territory
from graphmodel.errors import UsageError

_HALF = 0.5
"""Share of a commune from which a polygon is said to contain it."""


class Territories:
    """An immutable set of territories with their contours.

    Parameters
    ----------
    movements
        History of communes, used to read an older composition in today's codes.
    perimeters
        Territories added to the official ones, by code.

    Notes
    -----
    Everything is read and computed once, when first asked for, and kept. Contours are in EPSG:4326, areas are
    measured in EPSG:2154. Frames are copies: changing one changes nothing here.
    """

    def __init__(self, movements: Movements, perimeters: Mapping[str, Perimeter] | None = None) -> None:
        self._movements = movements
        self._perimeters: dict[str, Perimeter] = dict(perimeters or {})
        self._frames: dict[tuple[str, str], gpd.GeoDataFrame] = {}

    def with_perimeters(self, perimeters: Iterable[Perimeter]) -> "Territories":
        """Return these territories and more; a perimeter replaces an earlier one of the same code."""
        more = Territories(self._movements, {**self._perimeters, **{p.code: p for p in perimeters}})
        more._frames = {key: frame for key, frame in self._frames.items() if key[0] in OFFICIAL_LEVELS}
        for name in ("manifest", "_communes", "_shapes", "_areas", "_members", "_epci_rows"):
            if name in self.__dict__:
                more.__dict__[name] = self.__dict__[name]
        return more

    @cached_property
    def manifest(self) -> dict[str, object]:
        """What the build says of the reference: vintage, counts, mended places."""
        return read_manifest()

    @property
    def vintage(self) -> str:
        """Year of the commune codes."""
        return str(self.manifest["vintage"])

    @property
    def population_vintage(self) -> str:
        """Year of the population, « non déclaré » as the source gives none."""
        return str(self.manifest["population_vintage"])

    @cached_property
    def vintages(self) -> dict[str, tuple[str, ...]]:
        """Vintages that can be asked for, by level, the oldest first."""
        compositions = self.manifest["compositions"]
        years = tuple(str(year) for year in compositions) if isinstance(compositions, list) else ()
        present = (self.vintage,)
        found: dict[str, tuple[str, ...]] = dict.fromkeys(OFFICIAL_LEVELS, present)
        found["epci"] = years
        for perimeter in self._perimeters.values():
            known = set(found.get(perimeter.level, ())) | {perimeter.vintage}
            found[perimeter.level] = tuple(sorted(known))
        return found

    @property
    def levels(self) -> tuple[Level, ...]:
        """Levels that have at least one territory, the official ones first."""
        added = sorted({perimeter.level for perimeter in self._perimeters.values()})
        return (*OFFICIAL_LEVELS, *(level for level in added if level not in OFFICIAL_LEVELS))

    @property
    def perimeters(self) -> tuple[Perimeter, ...]:
        """Territories added to the official ones, by code."""
        return tuple(self._perimeters[code] for code in sorted(self._perimeters))

    def frame(self, level: Level, vintage: str | int | None = None, crs: int = 4326) -> gpd.GeoDataFrame:
        """Return the territories of a level.

        Parameters
        ----------
        level
            `commune`, `epci`, `departement`, `region`, or the level of added perimeters.
        vintage
            Year of the composition; None is that of the commune codes.
        crs
            EPSG code of the contours returned: 4326 to show, 2154 to measure.

        Returns
        -------
        geopandas.GeoDataFrame
            Indexed by code, columns `frames.COLUMNS` and `geometry` (None where the perimeter is unknown);
            `population` is a nullable integer; `attrs` carry `level`, `vintage`, `population_vintage`,
            `source`.

        Raises
        ------
        UsageError
            When the level or its vintage does not exist.
        """
        asked = str(vintage) if vintage is not None else None
        if level not in self.vintages:
            raise UsageError(f"Le niveau « {LEVEL_FRENCH.get(level, level)} » n’a aucun territoire chargé.")
        if asked is not None and asked not in self.vintages[level]:
            known = ", ".join(self.vintages[level])
            raise UsageError(
                f"Le millésime {asked} n’est pas disponible pour le niveau « {LEVEL_FRENCH[level]} ». "
                f"Millésimes connus : {known}."
            )
        key = (level, asked or (self.vintage if level in OFFICIAL_LEVELS else ""))
        if key not in self._frames:
            self._frames[key] = self._build(level, key[1])
        frame = self._frames[key].copy()
        frame.attrs = dict(self._frames[key].attrs)
        if crs != 4326:
            attrs, frame = frame.attrs, frame.to_crs(crs)
            frame.attrs = attrs
        return frame

    def get(self, code: str, level: Level | None = None, vintage: str | int | None = None) -> Territory:
        """Return a territory by its code.

        Raises
        ------
        UsageError
            When no territory has that code.
        """
        for candidate in (level,) if level else self._levels_of(code):
            frame = self._kept(candidate, vintage if level else None)
            if code in frame.index:
                return values_of(candidate, frame.loc[[code]])[0]
        where = f" au niveau « {LEVEL_FRENCH[level]} »" if level else ""
        raise UsageError(f"Aucun territoire n’a le code « {code} »{where}.")

    def every(self, level: Level, vintage: str | int | None = None) -> list[Territory]:
        """Return every territory of a level, by code; see `frame` for the errors."""
        return values_of(level, self.frame(level, vintage))

    def contains(self, code: str, level: Level | None = None, vintage: str | int | None = None) -> list[str]:
        """Return the codes of the communes of a territory, today's codes, sorted.

        A perimeter drawn as a polygon contains the communes that lie in it by half or more; one whose
        perimeter is unknown contains none that can be named.

        Raises
        ------
        UsageError
            When no territory has that code.
        """
        territory = self.get(code, level, vintage)
        if territory.level == "commune":
            return [code]
        if territory.level == "region":
            return sorted(self._communes)
        if territory.level == "departement":
            return sorted(commune for commune in self._communes if commune.startswith(code))
        if territory.level == "epci":
            members = self._members_at(territory.vintage)
            return sorted(commune for commune, epci in members.items() if epci == code)
        return self._inside(self._perimeters[code])

    def geometry(self, code: str, level: Level | None = None, crs: int = 4326) -> shapely.Geometry | None:
        """Return the contour of a territory; None when its perimeter is unknown.

        Raises
        ------
        UsageError
            When no territory has that code.
        """
        territory = self.get(code, level)
        row = self._kept(territory.level, None).loc[[code]]
        shape: shapely.Geometry | None = (row if crs == 4326 else row.to_crs(crs)).geometry.iloc[0]
        return shape

    def composition(self, vintage: str | int | None = None) -> dict[str, str]:
        """Return the EPCI (SIREN) of every commune of today at 1 January of a year.

        Raises
        ------
        UsageError
            When the year is not among `vintages["epci"]`.
        """
        asked = str(vintage) if vintage is not None else self.vintage
        if asked not in self.vintages["epci"]:
            raise UsageError(f"Aucune composition des EPCI n’est connue pour {asked}.")
        return dict(self._members_at(asked))

    def _levels_of(self, code: str) -> tuple[Level, ...]:
        """Return the levels a code can belong to, the likeliest first."""
        added = (self._perimeters[code].level,) if code in self._perimeters else ()
        return (*OFFICIAL_LEVELS, *added)

    def _kept(self, level: Level, vintage: str | int | None) -> gpd.GeoDataFrame:
        """Return the frame kept for a level, not a copy: for reading only."""
        asked = str(vintage) if vintage is not None else (self.vintage if level in OFFICIAL_LEVELS else "")
        if (level, asked) not in self._frames:
            self.frame(level, vintage)
        return self._frames[(level, asked)]

    @cached_property
    def _communes(self) -> dict[str, dict[str, str]]:
        """Rows of the communes, by code."""
        return {row["code"]: row for row in read_table("communes")}

    @cached_property
    def _shapes(self) -> Geometries:
        """Contours of the communes, in the order of `_communes`: the cells of each, united."""
        owners, _, cells = unpack_cells(read_bytes("cells.npz"))
        return unite(cells, owners, list(self._communes))

    @cached_property
    def _areas(self) -> dict[str, float]:
        """Areas of the communes in km², measured in EPSG:2154."""
        areas = gpd.GeoSeries(self._shapes, crs=4326).to_crs(2154).area / 1e6
        return dict(zip(self._communes, areas.tolist(), strict=True))

    @cached_property
    def _members(self) -> list[tuple[str, str, int, int]]:
        """EPCI, commune as coded then, first and last year of membership."""
        return [
            (row["epci"], row["commune"], int(row["first"]), int(row["last"]))
            for row in read_table("epci_members")
        ]

    @cached_property
    def _epci_rows(self) -> dict[str, dict[str, str]]:
        """Rows of the EPCI, by SIREN."""
        return {row["code"]: row for row in read_table("epci")}

    def _members_at(self, vintage: str) -> dict[str, str]:
        """Return the EPCI of each commune of today, by the composition of a year."""
        year = int(vintage)
        found: dict[str, str] = {}
        for epci, commune, first, last in self._members:
            if first <= year <= last:
                for code in self._movements.successors(commune, f"{year}-01-01"):
                    found[code] = epci
        return found

    def _build(self, level: Level, vintage: str) -> gpd.GeoDataFrame:
        """Build the frame of a level."""
        if level not in OFFICIAL_LEVELS:
            return self._build_perimeters(level, vintage)
        epci = self._members_at(vintage)
        codes = list(self._communes)
        communes = pd.DataFrame(
            {
                "code": codes,
                "name": [row["name"] for row in self._communes.values()],
                "population": [int(row["population"]) if row["population"] else None
                               for row in self._communes.values()],
                "area_km2": [self._areas[code] for code in codes],
                "departement": [code[:2] for code in codes],
                "epci": [epci.get(code) for code in codes],
            }
        ).astype({"population": "Int64"})  # fmt: skip
        if level == "commune":
            rows, shapes = communes.assign(kind=None, members_outside=0), self._shapes
        else:
            rows, shapes = self._grouped(level, communes)
        return frame_of(rows.assign(perimeter="known"), shapes, level, vintage, self.population_vintage)

    def _grouped(self, level: Level, communes: pd.DataFrame) -> tuple[pd.DataFrame, Geometries]:
        """Return the rows and contours of a level made of communes."""
        owner = communes[level] if level != "region" else pd.Series("82", index=communes.index)
        sums = communes.assign(owner=owner).groupby("owner")
        rows = sums[["population", "area_km2"]].sum(min_count=1).reset_index(names="code")
        codes = rows["code"].tolist()
        names = {row["code"]: row["name"] for row in read_table(f"{level}s")} if level != "epci" else {}
        names.update({code: row["name"] for code, row in self._epci_rows.items()})
        by_people = communes.assign(owner=owner).groupby(["owner", "departement"])["population"].sum()
        main = {code: by_people[code].idxmax() for code in codes}
        rows["name"] = [names[code] for code in codes]
        rows["departement"] = [main[code] if level != "region" else None for code in codes]
        rows["epci"] = None
        rows["kind"] = [self._epci_rows[code]["type"] if level == "epci" else None for code in codes]
        rows["members_outside"] = [
            int(self._epci_rows[code]["members"]) - int(self._epci_rows[code]["members_inside"])
            if level == "epci" else 0 for code in codes
        ]  # fmt: skip
        return rows, unite(self._shapes, owner.tolist(), codes)

    def _build_perimeters(self, level: Level, vintage: str) -> gpd.GeoDataFrame:
        """Build the frame of added perimeters."""
        chosen = [p for p in self.perimeters if p.level == level and (not vintage or p.vintage == vintage)]
        shapes = np.array([self._perimeter_shape(p) for p in chosen], dtype=object)
        metres = gpd.GeoSeries(shapes, crs=4326).to_crs(2154)
        rows = pd.DataFrame(
            {
                "code": [p.code for p in chosen],
                "name": [p.name for p in chosen],
                "population": [self._perimeter_population(p) for p in chosen],
                "area_km2": [shape.area / 1e6 if shape is not None else None for shape in metres],
                "departement": None,
                "epci": None,
                "kind": None,
                "members_outside": 0,
                "perimeter": ["known" if p.known else "unknown" for p in chosen],
            }
        ).astype({"population": "Int64", "area_km2": "float64"})
        frame = frame_of(
            rows, shapes, level, vintage or shared(p.vintage for p in chosen), self.population_vintage
        )
        frame["vintage"] = [p.vintage for p in chosen]
        frame.attrs["source"] = " ; ".join(sorted({p.source for p in chosen if p.source})) or SOURCE
        frame.attrs["fictional"] = any(p.fictional for p in chosen)
        return frame

    def _perimeter_shape(self, perimeter: Perimeter) -> shapely.Geometry | None:
        """Return the contour of an added perimeter; None when unknown."""
        if perimeter.polygon is not None or perimeter.communes is None:
            return perimeter.polygon
        chosen = set(perimeter.communes)
        picked = [shape for code, shape in zip(self._communes, self._shapes, strict=True) if code in chosen]
        return shapely.coverage_union_all(np.array(picked, dtype=object))

    def _perimeter_population(self, perimeter: Perimeter) -> int | None:
        """Return the population its source gives, else that of its communes, else None."""
        if perimeter.population is not None or perimeter.communes is None:
            return perimeter.population
        people = [self._communes[code]["population"] for code in perimeter.communes]
        return sum(map(int, people)) if all(people) else None

    def _inside(self, perimeter: Perimeter) -> list[str]:
        """Return the communes of an added perimeter."""
        if perimeter.communes is not None:
            return sorted(perimeter.communes)
        if perimeter.polygon is None:
            return []
        codes = np.array(list(self._communes))
        near = shapely.STRtree(self._shapes).query(perimeter.polygon, predicate="intersects")
        share = shapely.area(shapely.intersection(self._shapes[near], perimeter.polygon))
        share = share / shapely.area(self._shapes[near])
        return sorted(codes[near[share >= _HALF]].tolist())


@lru_cache(maxsize=1)
def load_reference() -> Territories:
    """Return the territories the package carries; the same object every time, read when first used."""
    return Territories(load_movements())
