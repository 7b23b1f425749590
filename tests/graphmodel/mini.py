"""The MINI set of the method as a graph, for tests of what is computed from it: fictional throughout."""

from collections.abc import Mapping

import pandas as pd

from graphmodel.batch import BatchBuilder, Ref, Row, Source
from graphmodel.contract_graph import ContractGraph
from graphmodel.frames import frame_of
from graphmodel.schema import SCHEMA

CONTRACT = "MINI"
COMMUNES = {
    "K1": (50_000, "D1", "X", False),
    "K2": (30_000, "D2", "X", False),
    "K3": (10_000, "D1", "Y", False),
    "K4": (6_000, "D1", "Y", True),
    "K5": (4_000, "D2", "Y", True),
}
QUARTERS = {"Q1": (8_000, "K1"), "Q2": (4_000, "K2"), "Q3": (3_000, "K1")}
PLACES = {"a2": ["K1", "K2"], "a3": ["Q1", "K4"], "a4": ["K2", "K3", "K4"]}
PAID_2014 = {"a1": 100_000, "a2": 40_000, "a3": 20_000, "a4": 30_000}
SEATS = {"A": "K1", "B": "K2", "C": "K1", "D": "K3", "E": "K1", "F": "K4"}
OPERATORS = {
    2014: {"a1": "ABC", "a2": "AD", "a3": "CE", "a4": "B"},
    2015: {"a1": "ABCE", "a2": "DF", "a3": "CEF", "a4": "BD"},
}


def key(code: str) -> str:
    """Return the key of a territory of the set."""
    return f"{CONTRACT}:{code}"


def action(code: str) -> str:
    """Return the key of an action of the set."""
    return f"{CONTRACT}/action/{code}"


class MiniBuilder:
    """Builds the set row by row, so that a test can add what it asks about."""

    def __init__(self) -> None:
        self.builder = BatchBuilder(
            Source("mini", "mini", "0" * 64, "json", fictional=True), contract=CONTRACT
        )
        self.builder.node("Contract", CONTRACT)
        self.zrr = self.builder.node("Zoning", "ZRR", {"scheme": "ZRR", "vintage": "2014"}, key="MINI:ZRR")
        for code, (people, departement, epci, zrr) in COMMUNES.items():
            commune = self.territory(code, "commune", people, vintage="2014")
            for group, level, composition in (
                (departement, "departement", "frozen"),
                (epci, "epci", "frozen"),
            ):
                self.contain(self.territory(group, level), commune, composition)
            status = "classed" if zrr else "not_classed"
            self.builder.relationship("CLASSED_IN", commune, self.zrr, {"status": status})
        for code, (people, commune_code) in QUARTERS.items():
            self.contain(self.ref(commune_code), self.territory(code, "qpv", people), "declared")
        syndicate = self.territory("Z", "syndicat_mixte")
        for code in ("K2", "K3", "K4"):
            self.contain(syndicate, self.ref(code), "declared")
        for code, seat in SEATS.items():
            organisation = self.builder.node("Organisation", code)
            self.builder.relationship("BASED_IN", organisation, self.ref(seat))
        for code, cents in PAID_2014.items():
            self.action(code, region_wide=code == "a1")
            self.pay(code, cents * 100, 2014)
            for place in PLACES.get(code, ()):
                self.place(code, place)
        for year, by_action in OPERATORS.items():
            for code, names in by_action.items():
                for name in names:
                    self.takes_part(name, code, year)

    def ref(self, code: str) -> Ref:
        """Return the reference of a territory."""
        return "Territory", key(code)

    def territory(
        self, code: str, level: str, people: int | None = None, *, vintage: str | None = None
    ) -> Ref:
        """Add a territory."""
        values = {"code": code, "level": level, "population": people, "vintage": vintage}
        return self.builder.node("Territory", code, values, key=key(code))

    def contain(self, whole: Ref, part: Ref, composition: str, share: float | None = 1.0) -> None:
        """Say that a territory holds another."""
        self.builder.relationship(
            "CONTAINS", whole, part, {"composition": composition, "population_share": share}
        )

    def action(self, code: str, *, region_wide: bool | None = False) -> Ref:
        """Add an action."""
        return self.builder.node("Action", code, {"region_wide": region_wide})

    def place(self, code: str, place: str, **values: object) -> None:
        """Say where an action takes place; targeted unless told otherwise."""
        self.builder.relationship(
            "TAKES_PLACE_IN", ("Action", action(code)), self.ref(place), {"degree": "targeted", **values}
        )

    def pay(self, code: str, cents: int | None, year: int, rank: int = 0) -> None:
        """Add a payment, unknown for None."""
        row = {"year": year, "amount": cents, "kind": "paid"}
        funding = self.builder.node("Funding", f"{code}-{year}-{rank}", row)
        self.builder.relationship("ABOUT", funding, ("Action", action(code)))

    def takes_part(self, name: str, code: str, year: int, role: str = "partner") -> None:
        """Say that an organisation runs an action."""
        organisation = self.builder.node("Organisation", name)
        self.builder.relationship(
            "TAKES_PART_IN",
            organisation,
            ("Action", action(code)),
            {"role": role, "year": year, "basis": "report"},
        )

    def graph(self) -> ContractGraph:
        """Validate the rows and return them as a snapshot."""
        return graph_of(self.builder.build().rows)


def graph_of(rows: Mapping[str, list[Row]]) -> ContractGraph:
    """Return validated rows as a snapshot, without a store."""
    frames: dict[str, pd.DataFrame] = {}
    for table, found in rows.items():
        columns = {"key": [row.key for row in found]}
        for name in SCHEMA.columns(table)[1:]:
            columns[name] = [row.values.get(name) for row in found]  # type: ignore[misc]
        frames[table] = frame_of(table, columns)
    return ContractGraph(frames, {})
