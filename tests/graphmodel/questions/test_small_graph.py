"""A small graph whose answers are written by hand, for what the demonstration has no row of."""

from pathlib import Path

import pytest

from graphmodel import Batch, BatchBuilder, Source, open_store
from graphmodel.questions import ask, find_question

LYON = "69123"
ASKED: list[tuple[str, dict[str, str], list[tuple[object, ...]]]] = [
    ("actions-sans-lieu", {}, [
        ("II_1", "Veille", [], True, None), ("I_2", "Forum", ["I"], False, "Quartier des gares"),
    ]),
    ("actions-sans-lieu", {"annee": "2015"}, [
        ("II_1", "Veille", [], True, None), ("I_1", "Atelier", ["I"], False, None),
        ("I_2", "Forum", ["I"], False, "Quartier des gares"),
    ]),
]  # fmt: skip
"""What is asked of the small graph, and the rows written by hand."""


def small_batch() -> Batch:
    """Return a contract of three actions: one in Lyon in 2014, one of a place nobody knows, one of none."""
    builder = BatchBuilder(Source("petit", "petit", "0" * 64, "json", fictional=True), contract="PETIT")
    builder.node("Contract", "PETIT")
    axis = builder.node("Axis", "I", {"position": 1}, name="Promotion")
    for code, name, said in (
        ("I_1", "Atelier", {"region_wide": False}),
        ("I_2", "Forum", {"region_wide": False, "place_declared": "Quartier des gares"}),
        ("II_1", "Veille", {"region_wide": True}),
    ):
        action = builder.node("Action", code, said, name=name)
        if code != "II_1":
            builder.relationship("PART_OF", action, axis)
    lyon = builder.territory("commune", LYON, "2025", name="Lyon")
    kept, empty = ("Action", "PETIT/action/I_1"), ("Action", "PETIT/action/I_2")
    builder.relationship("TAKES_PLACE_IN", kept, lyon, {"year": 2014, "degree": "targeted"})
    # Nobody was reached there: it is no place of the action.
    nobody = {"year": 2014, "degree": "reached", "beneficiaries": 0}
    builder.relationship("TAKES_PLACE_IN", empty, lyon, nobody)
    return builder.build()


@pytest.mark.parametrize(("name", "given", "expected"), ASKED)
def test_the_small_graph_answers_what_the_demonstration_cannot(
    neo4j_url: str, tmp_path: Path, name: str, given: dict[str, str], expected: list[tuple[object, ...]]
) -> None:
    with open_store(tmp_path / "small.sqlite", create=True) as file, open_store(neo4j_url) as server:
        for store in (file, server):
            store.apply(store.plan(small_batch()))
            rows = ask(store, find_question(name), given).rows
            assert [tuple(row) for row in rows] == expected
