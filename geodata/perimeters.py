"""Perimeters that people bring: communes, or polygons, or nothing known yet."""

from collections.abc import Iterable
from dataclasses import dataclass

import shapely

from geodata.territory import Level
from graphmodel.errors import InputFaultsError
from graphmodel.faults import Fault
from graphmodel.keys import NOT_DECLARED


@dataclass(frozen=True)
class Perimeter:
    """A territory of one's own making.

    Attributes
    ----------
    code, name, level, vintage
        As a `Territory`; the code is free.
    communes
        Codes of its communes; None when it is not made of communes.
    polygon
        Polygon or multipolygon in EPSG:4326; None when it is made of communes or unknown.
    population
        Inhabitants as its source says; None when unknown (communes are then summed).
    source
        Where it comes from, for the foot of a map.
    fictional
        True when the perimeter is made up for the demonstration.
    """

    code: str
    name: str
    level: Level = "custom"
    vintage: str = NOT_DECLARED
    communes: tuple[str, ...] | None = None
    polygon: shapely.Geometry | None = None
    population: int | None = None
    source: str | None = None
    fictional: bool = False

    @property
    def known(self) -> bool:
        """True when the perimeter can be drawn."""
        return self.communes is not None or self.polygon is not None


def perimeter_of_communes(code: str, name: str, communes: Iterable[str], known: Iterable[str], *,
                          level: Level = "custom", vintage: str = NOT_DECLARED,
                          source: str | None = None) -> Perimeter:  # fmt: skip
    """Return a perimeter made of whole communes.

    Parameters
    ----------
    communes
        Codes; a code read as a number (`1004`) is mended to five characters.
    known
        Codes that exist, such as those of the reference.

    Raises
    ------
    InputFaultsError
        When a commune is unknown, all of them at once, or when there is none.
    """
    mended = sorted({commune.strip().zfill(5) for commune in communes})
    unknown = sorted(set(mended) - set(known))
    faults = [
        Fault("error", "unknown_commune", f"La commune « {commune} » du périmètre « {name} » est inconnue.",
              file=source, value=commune, expected="un code INSEE de commune des huit départements")
        for commune in unknown
    ]  # fmt: skip
    if not mended:
        faults.append(Fault("error", "empty_perimeter", f"Le périmètre « {name} » est vide.", file=source))
    if faults:
        raise InputFaultsError(faults)
    return Perimeter(code, name, level, vintage, communes=tuple(mended), source=source)


def unknown_perimeter(code: str, name: str, level: Level, *, source: str | None = None) -> Perimeter:
    """Return a territory whose perimeter nobody has given yet: named, never drawn, never counted."""
    return Perimeter(code, name, level, source=source)
