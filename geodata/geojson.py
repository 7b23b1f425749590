"""Reads perimeters from GeoJSON, with every fault said at once and mended where one mending is right."""

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from geodata.geojson_features import Reading
from geodata.perimeters import Perimeter
from geodata.territory import Level
from graphmodel.faults import Fault, raise_on_errors, without_repeats
from graphmodel.french import number
from graphmodel.keys import NOT_DECLARED

MAX_BYTES = 200_000_000
"""A larger file is refused before it is read: its geometry would not fit in an ordinary memory."""

MAX_POSITIONS = 2_000_000
"""Positions beyond which a file is refused, counted before anything is built: some 500 MB of memory."""

MAX_FEATURES = 10_000
"""Features of a file of perimeters; each is laid over the communes."""

_DEGREES = ("crs84", "epsg:4326", "epsg::4326", "epsg:4979", "epsg::4979")
_PIECE = 1 << 20


def read_geojson_perimeters(
    path: Path | str, *, level: Level = "custom", vintage: str = NOT_DECLARED, fictional: bool = False,
    reserved: Collection[Level] = (),
) -> tuple[list[Perimeter], tuple[Fault, ...]]:  # fmt: skip
    """Return the perimeters of a GeoJSON file and the warnings met.

    Parameters
    ----------
    path
        A `FeatureCollection`, a `Feature` or a geometry, in longitude and latitude (EPSG:4326).
    level, vintage, fictional
        What the perimeters are, where a feature does not say it (properties `niveau` and `millesime`).
    reserved
        Levels no feature may claim: their contours come from elsewhere.

    Raises
    ------
    InputFaultsError
        With every fault: unreadable file, wrong coordinate system, feature without polygon, whose code, level
        or year cannot be read, with a code already met. Rings that cross themselves are mended, with a
        warning; those of many vertices are only looked at once nothing else is wrong.
    """
    file = Path(path)
    faults: list[Fault] = []
    content = _content(file, faults)
    features = list(_features(content, file.name, faults)) if content is not None else []
    if content is not None and not features and not faults:
        faults.append(_fault("empty_file", "Aucun périmètre dans le fichier.", file.name, None))
    if len(features) > MAX_FEATURES:
        said = f"Le fichier contient {number(len(features))} entités : au plus {number(MAX_FEATURES)}."
        faults.append(_fault("too_large", said, file.name, None, "Découpez-le."))
        features = []
    system = _declared_system(content or {}, file.name)
    faults.extend(system)
    reading = Reading(file.name, faults, level, vintage, reserved, placed=not system)
    read = [
        reading.perimeter(feature, row, file.stem if len(features) == 1 else f"{file.stem}-{row}")
        for row, feature in features
    ]
    perimeters = [
        replace(perimeter, polygon=polygon, fictional=fictional)
        for row, perimeter in read
        if perimeter is not None and (polygon := reading.sound(row, perimeter)) is not None
    ]
    return perimeters, raise_on_errors(without_repeats(faults))


def _fault(code: str, message: str, file: str, row: int | None, fix: str | None = None) -> Fault:
    """Return a blocking fault."""
    return Fault("error", code, message, file=file, row=row, fix=fix)


def positions_beyond_limit(file: Path) -> bool:
    """Tell whether a GeoJSON has more positions than `MAX_POSITIONS`, by its brackets, nothing parsed."""
    count = 0
    with file.open("rb") as stream:
        while piece := stream.read(_PIECE):
            count += piece.count(b"[")
            if count > MAX_POSITIONS:
                return True
    return False


def _content(file: Path, faults: list[Fault]) -> dict[str, Any] | None:
    """Return the JSON object of a file; None, with a fault, when it cannot be read."""
    fix = "Simplifiez les contours ou découpez-le."
    try:
        if file.stat().st_size > MAX_BYTES:
            size = f"Le fichier dépasse {MAX_BYTES // 1_000_000} Mo."
            faults.append(_fault("too_large", size, file.name, None, fix))
            return None
        if positions_beyond_limit(file):
            said = f"Le fichier compte plus de {number(MAX_POSITIONS)} positions."
            faults.append(_fault("too_large", said, file.name, None, fix))
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


def _features(
    content: Mapping[str, Any], file: str, faults: list[Fault]
) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """Yield the features of a collection with their rank from 1, or one feature, or a bare geometry."""
    kind = content.get("type")
    listed = content.get("features")
    if kind == "FeatureCollection" and isinstance(listed, list):
        for row, feature in enumerate(listed, start=1):
            if isinstance(feature, dict):
                yield row, feature
            else:
                faults.append(_fault("not_a_feature", "Cet élément n’est pas une entité.", file, row))
    elif kind == "Feature":
        yield 1, content
    elif kind in ("Polygon", "MultiPolygon"):
        yield 1, {"type": "Feature", "properties": {}, "geometry": content}
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
