"""What the communes of 1 January 2014 have become, as rows of the graph."""

import hashlib
from datetime import date
from functools import lru_cache

import shapely

from geodata.former_map import AS_WAS, map_at
from geodata.vintages import START, CommuneHistory, load_history
from graphmodel import Batch, BatchBuilder, Source
from graphmodel.keys import NOT_DECLARED, territory_key

SUCCESSIONS_ID = "successions-de-communes"
"""Identity of the history of communes among the sources of a store."""


@lru_cache(maxsize=1)
def successions_batch() -> Batch:
    """Return the communes of 1 January 2014 that have changed since, and what each became.

    A commune that merged or changed its code stands as `commune/<code>@2014`, with its present inhabitants
    where a source tells them apart, its area and centre where its contour is known. `SUCCEEDED_BY` leads to
    the commune of the reference's vintage, with the day of the first change and the share of the inhabitants.
    """
    history = load_history()
    moved = {code: shares for code, shares in history.moved(START, history.on).items()
             if history.change_of(code, START, history.on) is not None}  # fmt: skip
    digest = hashlib.sha256(repr(sorted(moved.items())).encode()).hexdigest()
    builder = BatchBuilder(Source(SUCCESSIONS_ID, "geodata/reference/movements.csv", digest, "reference"))
    year = history.on[:4]
    rows = _rows(history)
    for code, shares in moved.items():
        change = history.change_of(code, START, history.on)
        if change is None:
            continue
        name, values = rows[code]
        before = builder.territory("commune", code, START[:4], values, name=name)
        for target, share in shares.items():
            after = "Territory", territory_key("commune", target, year)
            said = {"date": date.fromisoformat(change.date), "kind": change.kind, "population_share": share}
            builder.relationship("SUCCEEDED_BY", before, after, said)
    return builder.build()


def _rows(history: CommuneHistory) -> dict[str, tuple[str, dict[str, object]]]:
    """Return the name and the values of every commune of 2014, by code."""
    former = map_at(START)
    drawn = former[former["drawn"] == AS_WAS]
    points = shapely.get_coordinates(drawn.to_crs(2154).representative_point().to_crs(4326))
    people = history.people_at(START)
    found: dict[str, tuple[str, dict[str, object]]] = {}
    for (code, row), (longitude, latitude) in zip(drawn.iterrows(), points.tolist(), strict=True):
        values: dict[str, object] = {
            "population": people[str(code)],
            "population_vintage": NOT_DECLARED,
            "area_km2": round(float(row["area_km2"]), 6),
            "perimeter": "known",
            "center": (round(longitude, 6), round(latitude, 6)),
        }
        found[str(code)] = str(row["name"]), values
    for codes in former.loc[former["drawn"] != AS_WAS, "codes"]:
        for code in codes:
            name = history.name_at(code, START) or code
            found[code] = name, {"population": people[code], "perimeter": "unknown"}
    return found
