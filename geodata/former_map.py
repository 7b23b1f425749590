"""The map of communes as it was at a date: former communes drawn by the contours of what they are now.

A commune that merged is drawn by its delegated or associated commune where the reference has its contour.
Those that have none stand together with the others of the same merger, drawn as one and said so.
"""

from dataclasses import dataclass
from functools import lru_cache

import geopandas as gpd
import pandas as pd
import shapely

from geodata.frames import SOURCE
from geodata.reference.files import read_bytes, read_table, unpack_cells
from geodata.territories import load_reference
from geodata.vintages import START, CommuneHistory, load_history
from graphmodel.errors import UsageError

AS_WAS, TOGETHER = "as_was", "together"
"""How a row is drawn: a commune as it was, or several communes as one."""

DRAWN_FRENCH = {AS_WAS: "contour d’époque", TOGETHER: "contour du groupe, faute de mieux"}

COLUMNS = ["code", "codes", "name", "population", "area_km2", "departement", "present", "drawn"]


@dataclass(frozen=True, slots=True)
class _Unit:
    """Communes drawn as one shape: their codes, the present commune they are in, their cells."""

    codes: tuple[str, ...]
    present: str
    cells: tuple[int, ...]


def map_at(day: str = START, history: CommuneHistory | None = None) -> gpd.GeoDataFrame:
    """Return the communes of the eight départements at the end of a day, drawn.

    Parameters
    ----------
    day
        ISO date from 1 January 2014 on.
    history
        History of the communes; None for the one the package carries.

    Returns
    -------
    geopandas.GeoDataFrame
        In EPSG:4326, indexed by `code` (several joined by `+` for a group), columns `COLUMNS`: `codes` of the
        communes of the row, `population` (present inhabitants, `<NA>` where no source tells them apart),
        `present` commune, `drawn` (`as_was` or `together`). `attrs` carry `vintage`, `source`, and `note`, a
        French sentence on what is not drawn as it was.

    Raises
    ------
    UsageError
        When the day is out of reach, or a commune of that day is now in several.
    """
    history = history or load_history()
    if not START <= day <= history.on:
        raise UsageError(f"La carte des communes va du {START} au {history.on} : {day} n’en fait pas partie.")
    if history is load_history():
        return _carried(day).copy()
    return _drawn(day, history)


@lru_cache(maxsize=4)
def _carried(day: str) -> gpd.GeoDataFrame:
    return _drawn(day, load_history())


def _drawn(day: str, history: CommuneHistory) -> gpd.GeoDataFrame:
    """Draw the communes of a day."""
    communes, formers, cells = unpack_cells(read_bytes("cells.npz"))
    units = _units(day, history, communes, formers)
    shapes = [cells[unit.cells[0]] if len(unit.cells) == 1
              else shapely.coverage_union_all(cells[list(unit.cells)]) for unit in units]  # fmt: skip
    people = history.people_at(day)
    present = load_reference().frame("commune")["population"]
    frame = gpd.GeoDataFrame(
        {
            "code": ["+".join(unit.codes) for unit in units],
            "codes": pd.Series([unit.codes for unit in units], dtype="object"),
            "name": [_names(unit, history, day) for unit in units],
            "population": pd.array([_people(unit, units, people, present) for unit in units], dtype="Int64"),
            "departement": [unit.codes[0][:2] for unit in units],
            "present": [unit.present for unit in units],
            "drawn": [AS_WAS if len(unit.codes) == 1 else TOGETHER for unit in units],
        },
        geometry=shapes,
        crs=4326,
    )
    frame["area_km2"] = frame.to_crs(2154).area / 1e6
    frame = frame[[*COLUMNS, "geometry"]].sort_values("code").set_index("code", drop=False).rename_axis(None)
    together = frame[frame["drawn"] == TOGETHER]
    frame.attrs = {"level": "commune", "vintage": day, "source": SOURCE, "note": _note(together, day)}
    return frame


def _units(day: str, history: CommuneHistory, communes: list[str], formers: list[str]) -> list[_Unit]:
    """Say which cells draw which communes of the day."""
    former_of: dict[str, list[str]] = {}
    for code in sorted(history.communes_at(day)):
        targets = history.successors(code, day, history.on)
        if len(targets) > 1:
            raise UsageError(
                f"La commune {code} de {day} est aujourd’hui en plusieurs : sa carte est inconnue."
            )
        former_of.setdefault(targets[0], []).append(code)
    cells: dict[str, list[int]] = {}
    for index, commune in enumerate(communes):
        cells.setdefault(commune, []).append(index)
    units: list[_Unit] = []
    for present, codes in former_of.items():
        units += _of_commune(present, codes, cells[present], formers, history, day)
    return units


def _of_commune(present: str, codes: list[str], cells: list[int], formers: list[str],
                history: CommuneHistory, day: str) -> list[_Unit]:  # fmt: skip
    """Share the cells of a present commune between the communes it was made of."""
    if len(codes) == 1:
        return [_Unit(tuple(codes), present, tuple(cells))]
    owned: dict[str | None, list[int]] = {}
    for cell in cells:
        home = history.home_of(formers[cell], day, codes) if formers[cell] else None
        owned.setdefault(home, []).append(cell)
    rest = owned.pop(None, [])
    missing = [code for code in codes if code not in owned]
    if bool(rest) != bool(missing):
        # A former commune without any land left to draw it, or land of nobody: only the whole is sure.
        return [_Unit(tuple(codes), present, tuple(cells))]
    units = [_Unit((str(code),), present, tuple(own)) for code, own in owned.items()]
    return units + ([_Unit(tuple(missing), present, tuple(rest))] if missing else [])


def _people(
    unit: _Unit, units: list[_Unit], people: dict[str, int | None], present: "pd.Series[int]"
) -> int | None:
    """Return the inhabitants of a row: the sum of its communes, else what the others of the merger leave."""
    counts = [people.get(code) for code in unit.codes]
    if None not in counts:
        return sum(count or 0 for count in counts)
    others = [people.get(code) for other in units if other.present == unit.present and other is not unit
              for code in other.codes]  # fmt: skip
    whole = present.get(unit.present)
    if whole is None or pd.isna(whole) or None in others:
        return None
    return int(whole) - sum(count or 0 for count in others)


def _names(unit: _Unit, history: CommuneHistory, day: str) -> str:
    """Return the names of the communes of a row, as they were."""
    names = [history.name_at(code, day) or _present_names().get(code, code) for code in unit.codes]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} et {names[-1]}"


@lru_cache(maxsize=1)
def _present_names() -> dict[str, str]:
    return {row["code"]: row["name"] for row in [*read_table("parts"), *read_table("communes")]}


def _note(together: gpd.GeoDataFrame, day: str) -> str:
    """Return the sentence that says what is not drawn as it was."""
    year = day[:4]
    if together.empty:
        return f"Communes dessinées telles qu’elles étaient en {year}."
    count = int(together["codes"].map(len).sum())
    return (
        f"Communes dessinées telles qu’elles étaient en {year}, sauf {count}, dont le contour d’époque "
        f"manque : elles forment {len(together)} groupes, chacun dessiné d’un seul tenant."
    )
