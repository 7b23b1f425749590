"""Zonings of a graph (QPV, ZRR, FRR, …): which vintage a contract uses, which communes are classed."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graphmodel.contract_graph import ContractGraph
from graphmodel.errors import UsageError
from graphmodel.keys import NOT_DECLARED

QPV = "QPV"


@dataclass(frozen=True, slots=True)
class Zone:
    """The cells of a zoning.

    Attributes
    ----------
    scheme
        Name of the zoning, or of several joined by « + ».
    inside
        Weights of the cells in the zone, from 0 to 1.
    left_out
        Weights of the cells that are neither in nor out: partly classed, transitional, or not in the list.
        They leave both the numerator and the denominator of a share.
    """

    scheme: str
    inside: NDArray[np.float64]
    left_out: NDArray[np.float64]

    def __or__(self, other: "Zone") -> "Zone":
        """Return the union of two zonings: « zones prioritaires » are those of QPV and ZRR."""
        inside = np.maximum(self.inside, other.inside)
        left_out = np.where(inside > 0, 0.0, np.maximum(self.left_out, other.left_out))
        return Zone(f"{self.scheme} + {other.scheme}", inside, left_out)

    def complement(self) -> "Zone":
        """Return what is surely not in the zone; what was left out stays left out."""
        return Zone(f"hors {self.scheme}", 1.0 - np.maximum(self.inside, self.left_out), self.left_out)


def chosen_zoning(graph: ContractGraph, scheme: str, vintage: str | None) -> str | None:
    """Return the key of the zoning of a scheme that a contract's figures rest on; None when there is none.

    Parameters
    ----------
    vintage
        Year asked for; None takes the one the contract uses, else the only one there is. A zoning of
        undeclared vintage is never taken, even alone, even used by the contract.

    Raises
    ------
    UsageError
        When several vintages are there and nothing says which.
    """
    frame = graph.nodes("Zoning")
    frame = frame[(frame["scheme"] == scheme) & (frame["vintage"] != NOT_DECLARED).fillna(True)]
    if vintage is not None:
        frame = frame[frame["vintage"] == str(vintage)]
    uses = graph.relationships("USES")
    used = frame[frame.index.isin(uses.loc[uses["target_label"] == "Zoning", "target"])]
    found = used if len(used) else frame
    if len(found) > 1:
        years = ", ".join(str(year) for year in found["vintage"])
        raise UsageError(
            f"Plusieurs millésimes du zonage {scheme} sont chargés ({years}) : le contrat doit dire lequel "
            "il utilise."
        )
    return str(found.index[0]) if len(found) else None


def classed_communes(graph: ContractGraph, zoning: str) -> tuple[list[str], list[str], list[str] | None]:
    """Return the territories a zoning classes, those it leaves out, and those it says it does not class.

    The third is None when the list names only what it classes: what is absent is then outside. When it also
    names what it does not class, what is absent is unknown.
    """
    rows = graph.relationships("CLASSED_IN")
    rows = rows[rows["target"] == zoning]
    by_status = {status: list(map(str, group)) for status, group in rows.groupby("status")["source"]}
    not_classed = by_status.get("not_classed", [])
    left_out = by_status.get("partly", []) + by_status.get("transitional", [])
    return by_status.get("classed", []), left_out, not_classed or None
