"""A load, a correction or a decision of the history, in one line."""

from collections.abc import Mapping
from typing import Any

from dashboards import words
from dashboards.cli.layout import shortened
from graphmodel.stores.loads import CORRECTION, MATCH, PUSH, UNDO, Load
from graphmodel.wording import french_property

_NAMED = 4
"""Files of a load named in one line."""


def told(load: Load) -> str:
    """Return what a load did, in French: its files, or what was decided."""
    if load.action == UNDO:
        return f"annulation de la version {load.sources[0]['undone']}"
    if load.action == CORRECTION:
        return " ; ".join(map(_corrected, load.sources))
    if load.action == MATCH:
        return " ; ".join(_matched(source["decision"]) for source in load.sources)
    names = words.shortened([str(source.get("name")) for source in load.sources], _NAMED)
    return f"copie de {names}" if load.action == PUSH else names


def _corrected(source: Mapping[str, Any]) -> str:
    said = source.get("correction") or source["withdrawn"]
    what = "correction" if "correction" in source else "retrait d’une correction"
    label = french_property(said["table"], said["property"])
    return f"{what}, {said['table']}:{shortened(said['id'])}, {label}"


def _matched(said: Mapping[str, Any]) -> str:
    first, second = shortened(said["first"][1]), shortened(said["second"][1])
    verb = "est" if said["verdict"] == "same" else "n’est pas"
    return f"rapprochement : {second} {verb} {first}"
