"""A seeded contract of any size: what a region's reports would be after many years."""

import random
from collections.abc import Iterator

from graphmodel.batch import BatchBuilder, Place, Ref, Source

SEED = 20_140_203
CONTRACT = "CES-BANC"
YEARS = (2014, 2015, 2016)


def builder_of(nodes: int, relationships: int) -> BatchBuilder:
    """Return a filled, not yet validated builder.

    Parameters
    ----------
    nodes
        About how many nodes: a tenth organisations, three tenths actions, six tenths measures.
    relationships
        About how many relationships: half participations, a quarter places, a quarter objects of measures.
    """
    draw = random.Random(SEED)
    builder = BatchBuilder(Source("banc", "banc.xlsx", "0" * 64, "workbook"), contract=CONTRACT)
    organisations = [_organisation(builder, at) for at in range(nodes // 10)]
    actions = [_action(builder, at) for at in range(3 * nodes // 10)]
    measures = [_measure(builder, at) for at in range(6 * nodes // 10 - 300)]
    communes = [builder.territory("commune", f"{at:05}", 2025, {"population": at}) for at in range(300)]
    for row, (source, target) in enumerate(_pairs(draw, organisations, actions, relationships // 2), 2):
        said = {
            "role": draw.choice(("pilot", "partner")),
            "year": draw.choice(YEARS),
            "basis": "report",
            "position": row,
        }
        builder.relationship("TAKES_PART_IN", source, target, said, place=Place("Participations", row))
    for row, (source, target) in enumerate(_pairs(draw, actions, communes, relationships // 4), 2):
        said = {"year": draw.choice(YEARS), "degree": "targeted", "share": round(draw.random(), 3)}
        builder.relationship("TAKES_PLACE_IN", source, target, said, place=Place("Lieux", row))
    for row, (source, target) in enumerate(_pairs(draw, measures, actions, relationships // 4), 2):
        builder.relationship("ABOUT", source, target, place=Place("Mesures", row))
    return builder


def _pairs(
    draw: random.Random, sources: list[Ref], targets: list[Ref], number: int
) -> Iterator[tuple[Ref, Ref]]:
    """Yield that many different pairs, in no order."""
    seen: set[tuple[Ref, Ref]] = set()
    while len(seen) < number:
        pair = draw.choice(sources), draw.choice(targets)
        if pair not in seen:
            seen.add(pair)
            yield pair


def _organisation(builder: BatchBuilder, at: int) -> Ref:
    said = {"family": "association", "siren": f"{at:09}", "world": "ess"}
    return builder.node(
        "Organisation", f"O{at}", said, name=f"Ficti-structure {at}", place=Place("Organisations", at + 2)
    )


def _action(builder: BatchBuilder, at: int) -> Ref:
    said = {"plan_year": 2014, "coded": True, "position": at}
    return builder.node(
        "Action", f"A{at}", said, name=f"Action {at}", place=Place("Actions", at + 2), at=2014
    )


def _measure(builder: BatchBuilder, at: int) -> Ref:
    said = {"value": at / 7, "year": YEARS[at % 3]}
    return builder.node("Measure", f"M{at}", said, place=Place("Mesures", at + 2))
