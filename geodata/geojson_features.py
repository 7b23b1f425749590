"""One feature of a GeoJSON of perimeters: its properties, its polygon, and everything wrong with them."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import shapely
from shapely.geometry import shape

from geodata.mending import MAX_CROSSINGS, is_tangled, mended
from geodata.perimeters import Perimeter
from geodata.territory import LEVEL_FRENCH, Level, level_of
from graphmodel.faults import Fault
from graphmodel.french import number
from graphmodel.keys import NOT_DECLARED

_CODES = ("code", "code_qp", "code_insee", "insee_com", "siren", "id", "codgeo")
_NAMES = ("name", "nom", "lib_qp", "nom_qp", "libelle", "libgeo", "nom_officiel")
_LEVELS = ("level", "niveau")
_VINTAGES = ("vintage", "millesime", "millésime")
_YEAR = re.compile(r"(19|20)\d\d(-\d\d-\d\d)?")

_LAMBERT = (0.0, 1_300_000.0, 6_000_000.0, 7_200_000.0)
"""Where metropolitan France lies in EPSG:2154: west, east, south, north, in metres."""

_FRANCE = (-6.0, 10.0, 41.0, 52.0)
"""Where it lies in EPSG:4326: west, east, south, north, in degrees."""

_LIGHT = 10_000
"""Vertices up to which a contour is looked at whole even when the file is refused for something else."""


@dataclass(slots=True)
class Reading:
    """Reads the features of one file, and collects their faults.

    Attributes
    ----------
    file
        Name of the file.
    faults
        Where faults go.
    level, vintage
        What a perimeter is, where its feature does not say it.
    reserved
        Levels no feature may claim.
    placed
        False when the file declares another system than degrees: where its coordinates fall says no more.
    """

    file: str
    faults: list[Fault]
    level: Level
    vintage: str
    reserved: Collection[Level]
    placed: bool = True
    _codes: set[str] = field(default_factory=set)

    def perimeter(self, feature: Mapping[str, Any], row: int, rank: str) -> tuple[int, Perimeter | None]:
        """Return the row and the perimeter of a feature, its polygon as it came; None, with every fault.

        Parameters
        ----------
        feature, row
            Feature and its rank in the file, from 1.
        rank
            Code of a feature that has none.
        """
        properties = feature.get("properties")
        said = {str(k).lower(): v for k, v in properties.items()} if isinstance(properties, dict) else {}
        before = len(self.faults)
        code = self._code(said, feature.get("id"), rank, row)
        name = str(_first(said, _NAMES) or code)
        level, vintage = self._level(said, row), self._vintage(said, row)
        polygon = self._polygon(feature, row, name)
        if polygon is None or len(self.faults) > before:
            return row, None
        return row, Perimeter(code, name, level, vintage, polygon=polygon, source=self.file)

    def sound(self, row: int, perimeter: Perimeter) -> shapely.Geometry | None:
        """Return the polygon of a perimeter, mended if need be; None when there is none to keep.

        A contour of many vertices is only looked at while nothing blocks the file: mending takes a time that
        a file already refused is not worth.
        """
        found = perimeter.polygon
        light = int(shapely.get_num_coordinates(found)) <= _LIGHT
        if found is None or not (light or all(fault.severity != "error" for fault in self.faults)):
            return None
        if shapely.is_valid(found):
            return found
        name = perimeter.name
        if is_tangled(found):
            said = f"« {name} » : le contour se recoupe en plus de {number(MAX_CROSSINGS)} endroits."
            self._error("tangled_ring", said, row, fix="Redessinez-le, ou simplifiez-le.")
            return None
        whole = mended(found)
        if whole is None:
            self._error("flat_polygon", f"« {name} » n’a pas de surface.", row)
            return None
        said = f"« {name} » : contour qui se recoupe, réparé."
        self.faults.append(Fault("warning", "mended_ring", said, file=self.file, row=row))
        return whole

    def _error(self, code: str, message: str, row: int, value: object = None, expected: str | None = None,
               fix: str | None = None) -> None:  # fmt: skip
        read = None if value is None else str(value)[:200]
        self.faults.append(
            Fault("error", code, message, file=self.file, row=row, value=read, expected=expected, fix=fix)
        )

    def _code(self, said: Mapping[str, Any], identifier: Any, rank: str, row: int) -> str:
        """Return the code of a feature, from its properties in any case, its id, or its rank."""
        value = _first(said, _CODES) or identifier or rank
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        code = str(value).strip()
        if isinstance(value, bool) or not isinstance(value, str | int) or not code:
            self._error("wrong_type", "Ce code n’est ni un texte ni un nombre entier.", row, value)
        elif code in self._codes:
            self._error("duplicate_code", f"Le code « {code} » est déjà pris.", row)
        self._codes.add(code)
        return code

    def _level(self, said: Mapping[str, Any], row: int) -> Level:
        """Return the level a feature says itself, else that of the file."""
        word = _first(said, _LEVELS)
        level = self.level if word is None else level_of(str(word))
        if level is None:
            known = ", ".join(french for one, french in LEVEL_FRENCH.items() if one not in self.reserved)
            self._error("unknown_level", f"Le niveau « {word} » n’est pas connu.", row, word, known)
        elif level in self.reserved:
            message = f"Le niveau « {LEVEL_FRENCH[level]} » a ses contours dans la référence."
            fix = "Donnez un autre niveau, ou chargez le fichier officiel."
            self._error("unknown_level", message, row, fix=fix)
        return level or self.level

    def _vintage(self, said: Mapping[str, Any], row: int) -> str:
        """Return the year a feature says itself, else that of the file."""
        value = _first(said, _VINTAGES)
        if value is None:
            return self.vintage
        text = str(int(value)) if isinstance(value, float) and value.is_integer() else str(value).strip()
        if text != NOT_DECLARED and not _YEAR.fullmatch(text):
            self._error("wrong_type", "Ce millésime n’est pas une année.", row, value, "une année, 2024")
        return text

    def _polygon(self, feature: Mapping[str, Any], row: int, name: str) -> shapely.Geometry | None:
        """Return the polygon of a feature in two dimensions; None, with a fault, when there is none."""
        try:
            with np.errstate(invalid="ignore"):
                found = shape(feature["geometry"])
        except Exception:  # whatever shapely raises for a malformed geometry, the user reads one sentence
            found = None
        if found is None or found.is_empty or found.geom_type not in ("Polygon", "MultiPolygon"):
            said = f"« {name} » n’a pas de polygone."
            self._error("no_polygon", said, row, fix="Donnez un Polygon ou un MultiPolygon.")
            return None
        # One NaN among many positions leaves the bounds finite, and `make_valid` then raises.
        if not np.isfinite(shapely.get_coordinates(found)).all():
            said = f"« {name} » a une position qui n’est pas un nombre."
            self._error("no_polygon", said, row, fix="Donnez une longitude et une latitude.")
            return None
        wrong = _wrong_place(shapely.bounds(found)) if self.placed else None
        if wrong:
            self._error("wrong_crs", f"« {name} » : {wrong[0]}", row, fix=wrong[1])
            return None
        flat: shapely.Geometry = shapely.force_2d(found)
        return flat


def _first(said: Mapping[str, Any], names: Collection[str]) -> Any:
    """Return the first property that is not empty; None when all are."""
    return next((said[name] for name in names if said.get(name) not in (None, "")), None)


def _wrong_place(bounds: Any) -> tuple[str, str] | None:
    """Return what is wrong with coordinates that are not longitude and latitude in France, and the remedy."""
    west, south, east, north = (float(value) for value in bounds)
    degrees = "Enregistrez-le en longitude et latitude (WGS 84, EPSG:4326)."
    if _within((west, east, south, north), _FRANCE):
        return None
    if _within((west, east, south, north), _LAMBERT):
        return "les coordonnées sont en mètres (Lambert-93, EPSG:2154).", degrees
    if _within((south, north, west, east), _FRANCE):
        return "la latitude vient avant la longitude.", "Inversez les deux nombres de chaque position."
    if not _within((west, east, south, north), (-180.0, 180.0, -90.0, 90.0)):
        return "les coordonnées ne sont pas des degrés.", degrees
    return "les coordonnées sont hors de France métropolitaine.", "Vérifiez le système de coordonnées."


def _within(found: tuple[float, ...], limits: tuple[float, ...]) -> bool:
    """Tell whether (west, east, south, north) lies within limits given in the same order."""
    west, east, south, north = limits
    return west <= found[0] <= found[1] <= east and south <= found[2] <= found[3] <= north
