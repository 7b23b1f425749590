"""How loaded perimeters overlap every other level, as `CONTAINS` rows computed from contours and inhabitants.

Perimeters come one file after another, and QPV after them: the rows are computed anew over all that a store
and a load hold together, under one source that replaces itself.
"""

import hashlib
from collections.abc import Iterable, Sequence

import pandas as pd
import shapely

from geodata.loaded import perimeters_of
from geodata.overlaps import Overlaps
from geodata.perimeters import Perimeter
from geodata.territories import load_reference
from geodata.territory import Level
from graphmodel import Batch, BatchBuilder, ContractGraph, Source, Store
from graphmodel.batch import Ref
from graphmodel.frames import frame_of, known
from graphmodel.keys import territory_key
from graphmodel.schema import SCHEMA

OVERLAPS_ID = "recouvrements"
"""Identity of the computed overlaps among the sources of a store."""

LEAST_SHARE = 0.011
"""Overlaps smaller than this part of the contained territory are differences of drawing: just above the
threshold of the perimeters' own loader, so that every commune named here is named there too."""

_WHOLE = 0.995
"""Share from which the file's own loader says that a commune is whole: nothing is added to what it says."""

_LARGE: tuple[Level, ...] = ("region", "departement", "epci")
_SMALL: tuple[Level, ...] = ("departement", "epci", "commune")
"""Levels of the reference that hold a perimeter, and those that one may hold."""


def overlaps_batch(perimeters: Iterable[Perimeter]) -> Batch:
    """Return the overlaps of perimeters with the levels of the reference and with one another.

    Parameters
    ----------
    perimeters
        Every perimeter of the store and of the load; those of unknown perimeter add nothing. QPV of the
        earliest vintage are cut out of their communes, so that the others' overlaps rest on them.

    Returns
    -------
    Batch
        `CONTAINS` with composition `declared`, `population_share` (absent where unknown) and `area_share`;
        fictional when a perimeter is. A commune that a perimeter cuts, or that holds a quarter, gets the
        share of population alone: the file of the perimeter says that of the area.
    """
    drawn = sorted((one for one in perimeters if one.known), key=_key)
    digest = hashlib.sha256("\n".join(_identity(one) for one in drawn).encode()).hexdigest()
    fictional = any(one.fictional for one in drawn)
    source = Source(OVERLAPS_ID, "geodata/overlaps.py", digest, "reference", fictional=fictional)
    builder = BatchBuilder(source)
    others = [one for one in drawn if one.level != "qpv"]
    vintages = sorted({one.vintage for one in drawn if one.level == "qpv"})
    for rank, vintage in enumerate(vintages or [""]):
        cut = [one for one in drawn if one.level == "qpv" and one.vintage == vintage]
        _add(builder, [*others, *cut], between_others=rank == 0)
    return builder.build()


def with_overlaps(store: Store, batches: Sequence[Batch]) -> list[Batch]:
    """Return batches, then the overlaps of the perimeters they and a store hold, where there are any."""
    held = {_key(one): one for one in perimeters_of(store.snapshot())}
    held |= {_key(one): one for one in perimeters_of(_graph_of(batches))}
    found = overlaps_batch(held.values())
    return [*batches, found] if len(found) else [*batches]


def _graph_of(batches: Iterable[Batch]) -> ContractGraph:
    """Return the territories of batches and how they nest, as a snapshot."""
    frames = {}
    for table in ("Territory", "CONTAINS"):
        rows = {
            row.key: (row, batch.source.fictional) for batch in batches for row in batch.rows.get(table, ())
        }
        columns: dict[str, list[object]] = {
            "key": list(rows),
            "fictional": [told for _, told in rows.values()],
        }
        for name in SCHEMA.columns(table)[1:]:
            columns[name] = [row.values.get(name) for row, _ in rows.values()]
        frames[table] = frame_of(table, columns)
    return ContractGraph(frames, {})


def _key(perimeter: Perimeter) -> str:
    return territory_key(perimeter.level, perimeter.code, perimeter.vintage)


def _identity(perimeter: Perimeter) -> str:
    shape = perimeter.communes if perimeter.polygon is None else shapely.to_wkt(perimeter.polygon, 7)
    return f"{_key(perimeter)} {perimeter.population} {shape}"


def _add(builder: BatchBuilder, perimeters: Sequence[Perimeter], *, between_others: bool) -> None:
    """Add the overlaps of perimeters and one vintage of QPV; those of QPV alone when the others are done."""
    # A code may stand at several levels and vintages: the key stands for it while overlaps are computed.
    renamed = [_under_key(one) for one in perimeters]
    overlaps = Overlaps(load_reference().with_perimeters(renamed))
    added: list[Level] = sorted({one.level for one in renamed})
    larger: list[Level] = [level for level in added if level != "qpv"]
    pairs = [(large, small) for large in (*_LARGE, *larger) for small in added]
    pairs += [(large, small) for large in larger for small in _SMALL]
    pairs += [("commune", "qpv")] if "qpv" in added else []
    for large, small in pairs:
        if small == "qpv" or between_others:
            _add_rows(builder, overlaps.between(large, small), large, small)


def _under_key(one: Perimeter) -> Perimeter:
    return Perimeter(_key(one), one.name, one.level, one.vintage, one.communes, one.polygon, one.population,
                     one.source, one.fictional)  # fmt: skip


def _add_rows(builder: BatchBuilder, table: pd.DataFrame, large: Level, small: Level) -> None:
    """Add one table of overlaps."""
    of_communes = "commune" in (large, small)
    for row in table[table["area_share"] >= LEAST_SHARE].to_dict("records"):
        values: dict[str, object] = {"composition": "declared"}
        people, area = known(row["population_share"]), float(row["area_share"])
        if of_communes and (people is None or area >= _WHOLE):
            continue
        if people is not None:
            values["population_share"] = round(float(str(people)), 6)
        if not of_communes:
            values["area_share"] = round(area, 6)
        whole, part = _ref(large, row["container"]), _ref(small, row["contained"])
        builder.relationship("CONTAINS", whole, part, values)


def _ref(level: Level, code: object) -> Ref:
    """Return the territory a code of an overlap table stands for; those of perimeters are keys already."""
    text = str(code)
    return "Territory", text if "@" in text else territory_key(level, text, load_reference().vintage)
