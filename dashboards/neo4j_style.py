"""The style file of Neo4j Browser: our colours and captions by label, for who looks at the graph there."""

import sys
from collections.abc import Mapping
from pathlib import Path

from dashboards.theme import LIGHT
from graphmodel.schema import SCHEMA

_A, _B, _C, _D, _E, _F = LIGHT.categories
COLOURS: Mapping[str, str] = {
    "Contract": LIGHT.acc, "Axis": LIGHT.acc, "Objective": LIGHT.sequential[3],
    "Action": _A,
    "Organisation": _B,
    "Territory": LIGHT.sequential[2], "Zoning": LIGHT.qpv,
    "Funding": _C, "Report": LIGHT.kept, "Measure": LIGHT.kept, "Observation": LIGHT.kept,
    "Need": _D, "PolicyAct": _D, "Ptce": _E, "Sector": _E,
    "GovernanceBody": _F, "Meeting": _F, "Mandate": _F, "Decision": _F,
}  # fmt: skip
"""Colour of a label; those that are not listed are of the colour of secondary text."""

CAPTIONS: Mapping[str, str] = {"Action": "id", "Objective": "id", "Axis": "id"}
"""Property shown in a node; `name` for the labels that are not listed."""

_LARGE = ("Contract", "Organisation", "Action")
_BASE = f"""relationship {{
  color: {LIGHT.line2};
  shaft-width: 1px;
  font-size: 8px;
  padding: 3px;
  text-color-external: {LIGHT.ink};
  text-color-internal: {LIGHT.surface};
  caption: "<type>";
}}
"""


def grass() -> str:
    """Return the style file, in the format that Browser calls GraSS; it is dropped on its window."""
    labels = sorted(SCHEMA.nodes, key=lambda label: (label not in COLOURS, label))
    rules = [_rule("node", LIGHT.mut, "name"), _BASE]
    rules += [_rule(f"node.{label}", COLOURS.get(label, LIGHT.mut), CAPTIONS.get(label, "name"),
                    65 if label in _LARGE else 50) for label in labels]  # fmt: skip
    rules += [_rule(f"node.{label}", LIGHT.blank_line, "key", 30) for label in ("Load", "Meta", "Frozen")]
    return "\n".join(rules)


def _rule(selector: str, colour: str, caption: str, diameter: int = 50) -> str:
    """Return the rule of a node; of white and ink, the more readable on its colour is written in it."""
    inside = max((LIGHT.surface, LIGHT.ink), key=lambda text: _contrast(text, colour))
    return (
        f"{selector} {{\n  diameter: {diameter}px;\n  color: {colour};\n  border-color: {LIGHT.casing};\n"
        f"  border-width: 2px;\n  text-color-internal: {inside};\n  font-size: 10px;\n"
        f'  caption: "{{{caption}}}";\n}}\n'
    )


def _contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, 1 to 21 (WCAG 2.2)."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def main() -> None:
    """Write the style file to the path given (`make docs`)."""
    Path(sys.argv[1]).write_text(grass(), encoding="utf-8")


if __name__ == "__main__":
    main()
