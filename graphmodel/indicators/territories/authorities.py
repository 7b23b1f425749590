"""The local authorities of a contract, as the indicators of needs and policies list them."""

from collections.abc import Mapping

from graphmodel.indicators.context import EvaluationContext
from graphmodel.indicators.territories.ground import Place

_TABLES = ("EXPRESSES", "ADOPTS", "REPRESENTED_BY")


def authorities(context: EvaluationContext) -> tuple[Place, ...]:
    """Return the authorities: territories an organisation administers, or that express, adopt or delegate.

    Each code once, sorted.
    """
    return context.kept("authorities", lambda: _authorities(context))


def _authorities(context: EvaluationContext) -> tuple[Place, ...]:
    territories = context.graph.nodes("Territory")
    keys = set(context.graph.relationships("ADMINISTERS")["target"])
    for table in _TABLES:
        rows = context.graph.relationships(table)
        keys |= set(rows.loc[rows["source_label"] == "Territory", "source"])
    found: dict[str, Place] = {}
    for key in sorted(key for key in keys if key in territories.index):
        code = str(territories["code"][key])
        found.setdefault(code, Place("E", code, str(key)))
    return tuple(found[code] for code in sorted(found))


def code_of(context: EvaluationContext) -> Mapping[str, str]:
    """Return the code of the authority behind each territory or administering organisation, by key."""
    return context.kept("code of authority", lambda: _codes(context))


def _codes(context: EvaluationContext) -> dict[str, str]:
    codes = {str(key): str(code) for key, code in context.graph.nodes("Territory")["code"].items()}
    rows = context.graph.relationships("ADMINISTERS")
    organisations = {
        str(s): codes[str(t)] for s, t in zip(rows["source"], rows["target"], strict=True) if str(t) in codes
    }
    return codes | organisations
