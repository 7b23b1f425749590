"""Graphs for the tests of « Coopérations »: the small contract with seats, and crowds of actors."""

from graphmodel import BatchBuilder, ContractGraph, Source
from tests.dashboards.conftest import CONTRACT, graph_of, small_builder

SEATS = {"F1": "38185", "F2": "38185", "F3": "69123", "F5": "26113"}
"""Commune of the seat of some actors: the first two are in Grenoble."""


def seated(*, hostile: bool = False, person: str | None = None) -> ContractGraph:
    """Return the small contract, where some actors have a known seat; one may be a natural person."""
    made = small_builder(hostile=hostile)
    for row in made.rows["Organisation"]:
        if row.values["id"] == person:
            row.values["natural_person"] = True
    for identifier, commune in SEATS.items():
        actor = ("Organisation", f"{CONTRACT}/organisation/{identifier}")
        made.relationship("BASED_IN", actor, ("Territory", f"commune/{commune}@2025"))
    return graph_of(made)


def crowd(actors: int, actions: int, each: int) -> ContractGraph:
    """Return a contract of many actors: actor `i` takes part in `each` actions from `i % actions` on."""
    made = BatchBuilder(Source("essai", "essai.xlsx", "0" * 64, "workbook", fictional=True), contract="FOULE")
    made.node("Contract", "FOULE", {"start_year": 2014, "end_year": 2015}, name="Foule")
    axis = made.node("Axis", "I", {"position": 1}, name="Axe")
    keys = []
    for rank in range(actions):
        keys.append(
            made.node("Action", f"I_{rank + 1}", {"plan_year": 2014}, name=f"Action {rank + 1}", at=2014)
        )
        made.relationship("PART_OF", keys[-1], axis)
    for rank in range(actors):
        actor = made.node("Organisation", f"O{rank}", {"world": "ess"}, name=f"Fictiscop {rank}")
        for step in range(each):
            said = {"role": "partner", "basis": "report", "year": 2014}
            made.relationship("TAKES_PART_IN", actor, keys[(rank + step) % actions], said)
    return graph_of(made)
