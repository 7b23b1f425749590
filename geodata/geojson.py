"""Reads perimeters from GeoJSON, with every fault said at once and mended where one mending is right."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from shapely.geometry import shape

from geodata.perimeters import Perimeter
from geodata.territory import LEVEL_FRENCH, Level, level_of
from graphmodel.faults import Fault, raise_on_errors
from graphmodel.keys import NOT_DECLARED

MAX_BYTES = 200_000_000
"""A larger file is refused before it is read: its geometry would not fit in an ordinary memory."""

_CODES = ("code", "code_qp", "code_insee", "insee_com", "siren", "id", "codgeo")
_NAMES = ("name", "nom", "lib_qp", "nom_qp", "libelle", "libgeo", "nom_officiel")
_LEVELS = ("level", "niveau")
_VINTAGES = ("vintage", "millesime", "millésime")
_DEGREES = ("crs84", "epsg:4326", "epsg::4326", "epsg:4979", "epsg::4979")

_LAMBERT = (0.0, 1_300_000.0, 6_000_000.0, 7_200_000.0)
"""Where metropolitan France lies in EPSG:2154: west, east, south, north, in metres."""

_FRANCE = (-6.0, 10.0, 41.0, 52.0)
"""Where it lies in EPSG:4326: west, east, south, north, in degrees."""


def read_geojson_perimeters(
    path: Path | str, *, level: Level = "custom", vintage: str = NOT_DECLARED, fictional: bool = False
) -> tuple[list[Perimeter], tuple[Fault, ...]]:
    """Return the perimeters of a GeoJSON file and the warnings met.

    Parameters
    ----------
    path
        A `FeatureCollection`, a `Feature` or a geometry, in longitude and latitude (EPSG:4326).
    level, vintage, fictional
        What the perimeters are, where a feature does not say it (properties `niveau` and `millesime`).

    Raises
    ------
    InputFaultsError
        With every fault: unreadable file, wrong coordinate system, feature without polygon, without code or
        with a code already met. Rings that cross themselves are mended, with a warning.
    """
    file = Path(path)
    faults: list[Fault] = []
    content = _content(file, faults)
    features = list(_features(content, file.name, faults)) if content is not None else []
    if content is not None and not faults:
        faults.extend(_declared_system(content, file.name))
    perimeters: dict[str, Perimeter] = {}
    for row, feature in enumerate(features, start=1):
        code, name = _identity(feature, row, len(features), file.stem)
        polygon = _polygon(feature, file.name, row, name, faults)
        if code in perimeters:
            faults.append(_fault("duplicate_code", f"Le code « {code} » est déjà pris.", file.name, row))
        elif polygon is not None:
            own_level, own_vintage = _own(feature, file.name, row, faults)
            perimeters[code] = Perimeter(
                code, name, own_level or level, own_vintage or vintage, polygon=polygon, source=file.name,
                fictional=fictional,
            )  # fmt: skip
    if content is not None and not features and not faults:
        faults.append(_fault("empty_file", "Aucun périmètre dans le fichier.", file.name, None))
    return list(perimeters.values()), raise_on_errors(faults)


def _fault(code: str, message: str, file: str, row: int | None, fix: str | None = None) -> Fault:
    """Return a blocking fault."""
    return Fault("error", code, message, file=file, row=row, fix=fix)


def _content(file: Path, faults: list[Fault]) -> dict[str, Any] | None:
    """Return the JSON object of a file; None, with a fault, when it cannot be read."""
    try:
        if file.stat().st_size > MAX_BYTES:
            size = f"Le fichier dépasse {MAX_BYTES // 1_000_000} Mo."
            faults.append(
                _fault("too_large", size, file.name, None, "Simplifiez les contours ou découpez-le.")
            )
            return None
        content = json.loads(file.read_text(encoding="utf-8-sig"))
    except OSError:
        faults.append(_fault("unreadable", "Le fichier ne peut pas être lu.", file.name, None))
        return None
    except (ValueError, RecursionError) as error:
        where = f" (ligne {error.lineno})" if isinstance(error, json.JSONDecodeError) else ""
        faults.append(_fault("not_json", f"Ce n’est pas du GeoJSON lisible{where}.", file.name, None))
        return None
    if not isinstance(content, dict):
        faults.append(_fault("not_geojson", "Le fichier n’est pas un objet GeoJSON.", file.name, None))
        return None
    return content


def _features(content: Mapping[str, Any], file: str, faults: list[Fault]) -> Iterator[Mapping[str, Any]]:
    """Yield the features of a collection, of one feature or of a bare geometry."""
    kind = content.get("type")
    listed = content.get("features")
    if kind == "FeatureCollection" and isinstance(listed, list):
        for row, feature in enumerate(listed, start=1):
            if isinstance(feature, dict):
                yield feature
            else:
                faults.append(_fault("not_a_feature", "Cet élément n’est pas une entité.", file, row))
    elif kind == "Feature":
        yield content
    elif kind in ("Polygon", "MultiPolygon"):
        yield {"type": "Feature", "properties": {}, "geometry": content}
    else:
        said = "Ce GeoJSON n’est ni une collection d’entités, ni une entité, ni un polygone."
        faults.append(_fault("not_geojson", said, file, None))


def _declared_system(content: Mapping[str, Any], file: str) -> list[Fault]:
    """Return a fault when the file declares another system than longitude and latitude."""
    declared = content.get("crs")
    properties = declared.get("properties") if isinstance(declared, dict) else None
    name = str(properties.get("name", "")) if isinstance(properties, dict) else ""
    if not name or name.lower().endswith(_DEGREES):
        return []
    said = f"Le fichier déclare le système de coordonnées « {name} »."
    fix = "Enregistrez-le en longitude et latitude (WGS 84, EPSG:4326)."
    return [_fault("wrong_crs", said, file, None, fix)]


def _identity(feature: Mapping[str, Any], row: int, total: int, stem: str) -> tuple[str, str]:
    """Return the code and the name of a feature, from its properties in any case, its id, or its rank."""
    properties = feature.get("properties")
    said = {str(k).lower(): v for k, v in properties.items()} if isinstance(properties, dict) else {}
    rank = stem if total == 1 else f"{stem}-{row}"
    code = next((said[key] for key in _CODES if said.get(key) not in (None, "")), feature.get("id") or rank)
    name = next((said[key] for key in _NAMES if said.get(key) not in (None, "")), code)
    return str(code), str(name)


def _own(
    feature: Mapping[str, Any], file: str, row: int, faults: list[Fault]
) -> tuple[Level | None, str | None]:
    """Return the level and the vintage a feature says itself; None for what it does not say."""
    properties = feature.get("properties")
    said = {str(k).lower(): v for k, v in properties.items()} if isinstance(properties, dict) else {}
    word = next((str(said[key]) for key in _LEVELS if said.get(key) not in (None, "")), None)
    year = next((str(said[key]) for key in _VINTAGES if said.get(key) not in (None, "")), None)
    level = level_of(word) if word is not None else None
    if word is not None and level is None:
        known = ", ".join(LEVEL_FRENCH.values())
        message = f"Le niveau « {word} » n’est pas connu."
        faults.append(
            Fault("error", "unknown_level", message, file=file, row=row, value=word, expected=known)
        )
    return level, year


def _polygon(feature: Mapping[str, Any], file: str, row: int, name: str,
             faults: list[Fault]) -> shapely.Geometry | None:  # fmt: skip
    """Return the polygon of a feature, mended if need be; None, with a fault, when there is none."""
    try:
        with np.errstate(invalid="ignore"):
            found = shape(feature["geometry"])
    except Exception:  # whatever shapely raises for a malformed geometry, the user reads one sentence
        found = None
    if found is None or found.is_empty or found.geom_type not in ("Polygon", "MultiPolygon"):
        said = f"« {name} » n’a pas de polygone."
        faults.append(_fault("no_polygon", said, file, row, "Donnez un Polygon ou un MultiPolygon."))
        return None
    # One NaN among many positions leaves the bounds finite, and `make_valid` then raises.
    if not np.isfinite(shapely.get_coordinates(found)).all():
        said = f"« {name} » a une position qui n’est pas un nombre."
        faults.append(_fault("no_polygon", said, file, row, "Donnez une longitude et une latitude."))
        return None
    system = _wrong_place(shapely.bounds(found))
    if system:
        faults.append(_fault("wrong_crs", f"« {name} » : {system[0]}", file, row, system[1]))
        return None
    found = shapely.force_2d(found)
    if shapely.is_valid(found):
        return found
    mended = polygons_of(shapely.make_valid(found))
    if mended is None:
        faults.append(_fault("flat_polygon", f"« {name} » n’a pas de surface.", file, row))
        return None
    said = f"« {name} » : contour qui se recoupe, réparé."
    faults.append(Fault("warning", "mended_ring", said, file=file, row=row))
    return mended


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


def polygons_of(mended: shapely.Geometry) -> shapely.Geometry | None:
    """Return the polygons of a mended geometry, without the lines and points it left; None when flat."""
    parts = [part for part in shapely.get_parts(mended) if part.geom_type in ("Polygon", "MultiPolygon")]
    polygons = shapely.get_parts(parts)
    if not len(polygons):
        return None
    return shapely.union_all(polygons)
