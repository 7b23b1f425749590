"""The style file of Neo4j Browser follows the schema and the palette."""

import re
from pathlib import Path

import pytest

from dashboards.neo4j_style import CAPTIONS, COLOURS, grass
from dashboards.theme import LIGHT
from graphmodel.schema import SCHEMA

FILE = Path(__file__).parents[2] / "docs" / "maillage.grass"
RULES = dict(re.findall(r"^(\S+) \{\n(.*?)^\}", grass(), re.DOTALL | re.MULTILINE))


def said(selector: str, name: str) -> str:
    """Return a property of a rule."""
    found = re.search(rf"^  {name}: (.*);$", RULES[selector], re.MULTILINE)
    assert found is not None
    return found[1]


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def test_the_file_of_the_docs_is_the_one_written_by_the_code() -> None:
    assert FILE.read_text(encoding="utf-8") == grass()


def test_every_label_has_a_rule_of_the_palette() -> None:
    palette = {*LIGHT.categories, *LIGHT.sequential, LIGHT.acc, LIGHT.qpv, LIGHT.kept, LIGHT.mut}
    assert {f"node.{label}" for label in SCHEMA.nodes} <= RULES.keys()
    assert {said(f"node.{label}", "color") for label in SCHEMA.nodes} <= palette
    assert COLOURS.keys() | CAPTIONS.keys() <= SCHEMA.nodes.keys()


def test_captions_are_columns_of_their_label() -> None:
    for label in SCHEMA.nodes:
        caption = said(f"node.{label}", "caption")
        assert caption.strip('"{}') in SCHEMA.columns(label)
    assert said("relationship", "caption") == '"<type>"'


@pytest.mark.parametrize("label", SCHEMA.nodes)
def test_what_is_written_in_a_node_can_be_read(label: str) -> None:
    low, high = sorted(luminance(said(f"node.{label}", name)) for name in ("color", "text-color-internal"))
    assert (high + 0.05) / (low + 0.05) >= 3
