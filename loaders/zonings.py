"""Zonings as data: scheme, vintage, dates of force; and the territories a file classes in one."""

import csv
from datetime import date
from functools import lru_cache
from importlib import resources

from graphmodel.batch import BatchBuilder, Place, Ref


@lru_cache(maxsize=1)
def _dates() -> dict[tuple[str, str], dict[str, object]]:
    """Return the dates of force that are known, by scheme and vintage."""
    text = resources.files("loaders").joinpath("zonings.csv").read_text(encoding="utf-8")
    return {
        (row["scheme"], row["vintage"]): {
            name: date.fromisoformat(row[name]) for name in ("in_force_from", "in_force_to") if row[name]
        }
        for row in csv.DictReader(text.splitlines())
    }


def add_zoning(builder: BatchBuilder, scheme: str, vintage: str) -> Ref:
    """Add a zoning with its dates of force, where the table of the package knows them."""
    return builder.zoning(scheme, vintage, _dates().get((scheme, vintage)))


def class_in(
    builder: BatchBuilder, territory: Ref, zoning: Ref, status: str, wording: str | None, place: Place
) -> None:
    """Say the status of a territory in a zoning, with the words of the source."""
    builder.relationship("CLASSED_IN", territory, zoning, {"status": status, "wording": wording}, place=place)
