"""Every territorial value that the method's expected file gives for MINI and that rests on attribution."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from graphmodel import double_count
from graphmodel.attribution import Attribution, attribute
from graphmodel.coverage import CommuneCoverage, Coverage, coverage_of
from graphmodel.elementary_cells import CellModel
from graphmodel.payments import payments_of
from graphmodel.zonings import Zone
from loaders.contract_json import read_contract_json
from tests.graphmodel.mini import graph_of

Params = dict[str, Any]
ZONES = {"qpv": "QPV", "zrr": "ZRR"}
DEGREES = {"cible": "targeted", "atteint": "reached", "inclus": "included"}


class Computed:
    """MINI read from its file, and the values asked of it by the parameters of results."""

    def __init__(self, file: Path) -> None:
        graph = graph_of(read_contract_json(file).rows)
        self.id = str(graph.contract["id"])
        self.model = CellModel.from_graph(graph)
        self._attributions = {year: attribute(self.model, year) for year in (2014, 2015)}
        self._coverages: dict[tuple[str, str], Coverage] = {}

    def within(self, params: Params) -> str | None:
        code = params.get("territory", "R")
        return None if code == "R" else f"{self.id}:{code}"

    def zone(self, name: str) -> Zone:
        if name == "union":
            return self.zone("qpv") | self.zone("zrr")
        if name == "non_zrr":
            return self.zone("zrr").complement()
        zone = self.model.zone(ZONES[name])
        assert zone is not None
        return zone

    def attribution(self, params: Params) -> Attribution:
        return self._attributions[int(params["year"])]

    def euros(self, params: Params) -> Any:
        return payments_of(self.model.graph, int(params["year"]))["amount"] / 100

    def coverage(self, params: Params) -> Coverage:
        asked = str(params["year"]), str(params.get("places", "cible"))
        if asked not in self._coverages:
            years = [2014, 2015] if asked[0] == "all" else int(asked[0])
            degrees = [DEGREES[name] for name in asked[1].split("+")]
            self._coverages[asked] = coverage_of(self.model, years, degrees)
        return self._coverages[asked]

    def communes(self, params: Params) -> CommuneCoverage:
        zone = self.zone(params["zone"]) if "zone" in params else None
        return self.coverage(params).communes(self.within(params), zone)

    def t01(self, params: Params) -> float | None:
        return getattr(self.communes(params), params["measure"])  # type: ignore[no-any-return]

    def t02(self, params: Params) -> float | None:
        found = self.coverage(params).quarters(DEGREES[params["degree"]], self.within(params))
        return getattr(found, params["measure"])  # type: ignore[no-any-return]

    def t04(self, params: Params) -> float | None:
        found = self.attribution(params).zone_amount(
            self.euros(params),
            self.zone(params["zone"]),
            self.within(params),
            region_wide=params["ubiquitous"] == "with",
        )
        # Without any paid amount there is nothing to say of a zone's amount either.
        return getattr(found, params["measure"]) if found.total else None

    def t06(self, params: Params) -> float | str | None:
        found, measure = self.attribution(params), params["measure"]
        wide = params.get("ubiquitous") == "with"
        action = f"{self.id}/action/{params.get('action')}"
        ledger = found.ledger(self.euros(params))
        if measure == "phi_basis":
            return str(found.actions.loc[action, "basis"])
        if measure == "phi":
            shares = found.territory_shares([f"{self.id}:{params['commune']}"])
            return float(shares.loc[action].iloc[0])
        if measure == "amount_paid":
            return float(self.euros(params)[action])
        if measure == "total_unlocated":
            return ledger.unlocated
        if measure == "total_located":
            return ledger.located + (ledger.region_wide if wide else 0)
        zone = Zone("tout", self.model.weights(None), 0 * self.model.weights(None))
        whole = found.zone_amount(self.euros(params), zone, self.within(params), region_wide=wide)
        return whole.amount if measure == "amount" else whole.amount / whole.people

    def t10(self, params: Params) -> float | None:
        found = self.attribution(params)
        if params["measure"] == "population_factor":
            return double_count.population_factor(found)
        return double_count.amount_factor(found, self.euros(params), params["unit"])


@pytest.mark.parametrize(
    ("indicator", "compute"),
    [
        ("T01", Computed.t01),
        ("T02", Computed.t02),
        ("T03", Computed.t01),
        ("T04", Computed.t04),
        ("T06", Computed.t06),
        ("T10", Computed.t10),
    ],
)
def test_expected_values(
    shared: Path, indicator: str, compute: Callable[[Computed, Params], float | str | None]
) -> None:
    mini = Computed(shared / "method/fixture_mini.json")
    expected = json.loads((shared / "method/fixture_mini_expected.json").read_text(encoding="utf-8"))[
        indicator
    ]
    assert expected
    wrong = {}
    for name, entry in expected.items():
        found = compute(mini, entry["params"])
        same = (
            found == entry["value"]
            if entry["value"] is None or isinstance(entry["value"], str)
            else found == pytest.approx(entry["value"], abs=max(entry["tolerance"], 1e-9), rel=1e-11)
        )
        if not same:
            wrong[name] = (found, entry["value"])
    assert wrong == {}
