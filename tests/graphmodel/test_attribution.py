"""Shares of actions by cell: worked examples of the method, invariants, and a plain oracle."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphmodel.attribution import attribute
from graphmodel.elementary_cells import CellModel
from graphmodel.errors import UsageError
from graphmodel.payments import payments_of
from tests.graphmodel.mini import COMMUNES, QUARTERS, MiniBuilder, action, key


@pytest.fixture(scope="module")
def model() -> CellModel:
    """Return the cells of MINI."""
    return CellModel.from_graph(MiniBuilder().graph())


def euros(model: CellModel) -> "dict[str, float]":
    paid = payments_of(model.graph, 2014)["amount"]
    return {str(a): int(cents) / 100 for a, cents in paid.items()}


def test_shares_of_the_example(model: CellModel) -> None:
    shares = attribute(model, 2014).shares.groupby(["action", "commune"])["share"].sum()
    expected = {("a2", "K1"): 0.625, ("a2", "K2"): 0.375, ("a3", "K1"): 8 / 14, ("a3", "K4"): 6 / 14,
                ("a4", "K2"): 30 / 46, ("a4", "K3"): 10 / 46, ("a4", "K4"): 6 / 46}  # fmt: skip
    assert shares.to_dict() == pytest.approx({(action(a), key(k)): v for (a, k), v in expected.items()})


def test_a_rest_of_commune_has_no_quarter(model: CellModel) -> None:
    shares = attribute(model, 2014).shares
    rest = shares[shares["cell"] == key("K1")]
    assert rest["qpv"].tolist() == [None] * len(rest)


@pytest.mark.parametrize(
    ("scheme", "region_wide", "amount", "share", "index"),
    [
        ("QPV", True, 36_537.27, 0.1923, 1.282),
        ("QPV", False, 21_537.27, 0.2393, 1.5954),
        ("ZRR", True, 22_484.47, 0.1183, 1.1834),
        ("ZRR", False, 12_484.47, 0.1387, 1.3872),
    ],
)
def test_money_in_zones_of_the_example(
    model: CellModel, scheme: str, region_wide: bool, amount: float, share: float, index: float
) -> None:
    zone = model.zone(scheme)
    assert zone is not None
    found = attribute(model, 2014).zone_amount(euros(model), zone, region_wide=region_wide)
    assert found.amount == pytest.approx(amount, abs=0.005)
    assert found.share == pytest.approx(share, abs=5e-5)
    assert found.index == pytest.approx(index, abs=5e-4)


def test_priority_zones_are_the_union(model: CellModel) -> None:
    quarters, rural = model.zone("QPV"), model.zone("ZRR")
    assert quarters is not None
    assert rural is not None
    found = attribute(model, 2014).zone_amount(euros(model), quarters | rural, region_wide=False)
    assert found.amount == pytest.approx(34_021.7391304)
    assert found.people == 25_000


def test_a_zone_without_inhabitants_has_no_share(model: CellModel) -> None:
    rural = model.zone("ZRR")
    assert rural is not None
    found = attribute(model, 2014).zone_amount(euros(model), rural, key("X"), region_wide=True)
    assert (found.share, found.index) == (None, None)
    assert found.total == pytest.approx(150_993.78882)


def test_money_by_inhabitant_of_the_example(model: CellModel) -> None:
    amounts = attribute(model, 2014).amounts(euros(model), model.territories("commune"), region_wide=True)
    per_head = {code: amounts[key(code)] / COMMUNES[code][0] for code in COMMUNES}
    expected = {"K1": 1.7286, "K2": 2.1522, "K3": 1.6522, "K4": 3.0807, "K5": 1.0}
    assert per_head == pytest.approx(expected, abs=5e-5)
    assert amounts.sum() == pytest.approx(190_000)


def test_region_wide_actions_stand_apart(model: CellModel) -> None:
    found = attribute(model, 2014)
    ledger = found.ledger(euros(model))
    assert (ledger.located, ledger.region_wide, ledger.unlocated) == pytest.approx((90_000, 100_000, 0))
    assert action("a1") not in set(found.shares["action"])
    assert not found.touches([key("X")]).loc[action("a1")].any()


def test_full_counting_gives_everyone_the_whole_amount(model: CellModel) -> None:
    full = attribute(model, 2014).full_amounts(euros(model), [key("X"), key("Y"), key("Z")])
    assert full.to_dict() == pytest.approx({key("X"): 90_000, key("Y"): 50_000, key("Z"): 90_000})


def test_declared_shares_come_first() -> None:
    mini = MiniBuilder()
    mini.action("a5")
    mini.place("a5", "K3", share=0.25)
    mini.place("a5", "X", share=0.75)
    mini.place("a5", "K4", degree="reached", beneficiaries=10)
    found = attribute(CellModel.from_graph(mini.graph()), 2014)
    shares = found.territory_shares([key("K1"), key("K2"), key("K3"), key("K4")]).loc[action("a5")]
    assert shares.tolist() == pytest.approx([0.75 * 0.625, 0.75 * 0.375, 0.25, 0.0])
    assert found.actions.loc[action("a5"), "basis"] == "declared"


@pytest.mark.parametrize("shares", [(0.25, None), (0.25, 0.7)])
def test_shares_that_are_not_whole_give_way(shares: tuple[float | None, ...]) -> None:
    mini = MiniBuilder()
    mini.action("a5")
    for place, share in zip(("K3", "K4"), shares, strict=True):
        mini.place("a5", place, share=share)
    mini.place("a5", "Q2", degree="reached", beneficiaries=30)
    mini.place("a5", "K5", degree="reached", beneficiaries=10)
    mini.place("a5", "K1", degree="reached", beneficiaries=0)
    found = attribute(CellModel.from_graph(mini.graph()), 2014)
    assert found.actions.loc[action("a5"), "basis"] == "beneficiaries"
    rows = found.shares[found.shares["action"] == action("a5")].set_index("cell")["share"]
    assert rows.to_dict() == pytest.approx({key("Q2"): 0.75, key("K5"): 0.25})


def test_an_unknown_number_of_beneficiaries_leaves_population() -> None:
    mini = MiniBuilder()
    mini.action("a5")
    mini.place("a5", "K3")
    mini.place("a5", "K5", degree="reached", beneficiaries=10)
    mini.place("a5", "K4", degree="reached", beneficiaries=None)
    model = CellModel.from_graph(mini.graph())
    found = attribute(model, 2014)
    assert found.actions.loc[action("a5"), "basis"] == "population"
    assert found.territory_shares([key("K3")]).loc[action("a5"), key("K3")] == 1
    alone = attribute(model, 2014, reading="beneficiaries").actions.loc[action("a5")]
    assert (alone["located"], alone["basis"], alone["reason"]) == (0.0, None, "no_beneficiary")


def test_what_cannot_be_located_is_a_line_of_its_own() -> None:
    mini = MiniBuilder()
    mini.territory("PNR", "pnr")
    for code, places in {"a5": (), "a6": ("PNR", "K3"), "a7": ("K3",)}.items():
        mini.action(code)
        mini.pay(code, 100_00, 2014)
        for place in places:
            mini.place(code, place)
    mini.action("a8")
    mini.pay("a8", 100_00, 2014)
    mini.place("a8", "PNR", share=0.4)
    mini.place("a8", "K3", share=0.6)
    model = CellModel.from_graph(mini.graph())
    found = attribute(model, 2014)
    told = found.actions.loc[[action(code) for code in ("a5", "a6", "a7", "a8")]]
    assert told["located"].tolist() == pytest.approx([0, 0, 1, 0.6])
    assert told["reason"].tolist() == ["no_place", "unknown_perimeter", None, "unknown_perimeter"]
    ledger = found.ledger(euros(model))
    assert ledger.unlocated == pytest.approx(240)
    assert ledger.total == pytest.approx(190_400)


def test_a_quarter_of_unknown_population_is_never_weighed() -> None:
    mini = MiniBuilder()
    mini.contain(mini.ref("K3"), mini.territory("Q9", "qpv", None), "declared", None)
    for code, places in {"a5": ("Q9",), "a6": ("Q9", "K4"), "a7": ("K3", "K4")}.items():
        mini.action(code)
        for place in places:
            mini.place(code, place)
    model = CellModel.from_graph(mini.graph())
    assert model.population_of(key("Q9")) is None
    assert model.population_of(key("K3")) == 10_000
    found = attribute(model, 2014)
    shares = found.territory_shares([key("K3"), key("K4")])
    assert shares.loc[action("a5")].tolist() == [1, 0]
    assert found.actions.loc[action("a6"), "reason"] == "unknown_population"
    assert shares.loc[action("a7")].tolist() == pytest.approx([10 / 16, 6 / 16])


def test_places_hold_for_their_year() -> None:
    mini = MiniBuilder()
    mini.action("a5")
    mini.place("a5", "K3", year=2014)
    mini.place("a5", "K4", year=2015)
    model = CellModel.from_graph(mini.graph())
    for year, commune in ((2014, "K3"), (2015, "K4")):
        row = attribute(model, year).territory_shares([key("K3"), key("K4")]).loc[action("a5")]
        assert row[key(commune)] == 1


def test_an_action_placed_in_a_region_is_region_wide_unless_told() -> None:
    mini = MiniBuilder()
    mini.territory("R", "region")
    mini.action("a5", region_wide=None)
    mini.place("a5", "R")
    mini.action("a6", region_wide=False)
    mini.place("a6", "R")
    told = attribute(CellModel.from_graph(mini.graph()), 2014).actions
    assert told.loc[[action("a5"), action("a6")], "basis"].tolist() == ["region", "population"]


def test_money_can_be_read_at_the_seat() -> None:
    mini = MiniBuilder()
    mini.takes_part("A", "a4", 2014, role="pilot")
    mini.builder.node("Organisation", "G")
    mini.takes_part("G", "a2", 2014)
    found = attribute(CellModel.from_graph(mini.graph()), 2014, reading="seat")
    shares = found.territory_shares([key("K1"), key("K3")])
    assert shares.loc[action("a4")].tolist() == pytest.approx([1, 0])
    assert shares.loc[action("a2")].tolist() == pytest.approx([1 / 3, 1 / 3])
    assert found.actions.loc[action("a2"), "reason"] == "no_seat"
    assert found.actions.loc[action("a2"), "located"] == pytest.approx(2 / 3)


def test_an_unknown_reading_is_refused(model: CellModel) -> None:
    with pytest.raises(UsageError, match="Lecture « seats » inconnue"):
        attribute(model, 2014, reading="seats")


def test_unknown_payments_are_counted_apart() -> None:
    mini = MiniBuilder()
    mini.pay("a2", None, 2014, rank=1)
    mini.action("a5")
    mini.pay("a5", None, 2014)
    paid = payments_of(mini.graph(), 2014)
    assert paid.loc[action("a2")].tolist() == [40_000_00, 1]
    assert paid["amount"].isna()[action("a5")]
    assert payments_of(mini.graph(), 2015).empty


PLACES = [*COMMUNES, *QUARTERS, "X", "Y", "Z", "D1", "D2", "PNR"]
MEMBERS = {"X": "K1 K2", "Y": "K3 K4 K5", "Z": "K2 K3 K4", "D1": "K1 K3 K4", "D2": "K2 K5", "PNR": ""}
QUARTER_PEOPLE = {code: people for code, (people, _) in QUARTERS.items()}


def cells_of(place: str) -> dict[str, int]:
    """Return the cells of a place and their inhabitants, the long way."""
    if place in QUARTERS:
        return {place: QUARTER_PEOPLE[place]}
    found = {}
    for commune in MEMBERS.get(place, place).split():
        inside = [quarter for quarter, (_, owner) in QUARTERS.items() if owner == commune]
        found.update({quarter: QUARTER_PEOPLE[quarter] for quarter in inside})
        found[commune] = COMMUNES[commune][0] - sum(QUARTER_PEOPLE[quarter] for quarter in inside)
    return found


def spread_plainly(rows: list[tuple[str, float | None, int | None]]) -> dict[str, float]:
    """Return the shares by cell of an action, row by row: the oracle."""
    targeted = [(place, share) for place, share, reached in rows if reached is None]
    reached = {place: number for place, _, number in rows if number is not None and number > 0}
    shares = [share for _, share in targeted]
    if targeted and None not in shares and abs(sum(s or 0 for s in shares) - 1) < 1e-6:
        portions = {place: share or 0.0 for place, share in targeted}
    elif reached:
        portions = {place: number / sum(reached.values()) for place, number in reached.items()}
    else:
        union = {cell: people for place, _ in targeted for cell, people in cells_of(place).items()}
        if any(place == "PNR" for place, _ in targeted):
            union = {}
        return {cell: people / sum(union.values()) for cell, people in union.items()}
    found: dict[str, float] = {}
    for place, portion in portions.items():
        inside = cells_of(place)
        for cell, people in inside.items():
            found[cell] = found.get(cell, 0.0) + portion * people / sum(inside.values())
    return {cell: share for cell, share in found.items() if share > 0}


share = st.one_of(st.none(), st.sampled_from([0.25, 0.5, 0.75, 1.0]))
row = st.tuples(st.sampled_from(PLACES), share, st.one_of(st.none(), st.integers(0, 50)))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(row, max_size=5, unique_by=lambda r: (r[0], r[2] is None)), min_size=1, max_size=6))
def test_shares_and_what_is_not_located_sum_to_one(
    actions: list[list[tuple[str, float | None, int | None]]],
) -> None:
    mini = MiniBuilder()
    mini.territory("PNR", "pnr")
    for rank, rows in enumerate(actions):
        mini.action(f"b{rank}")
        for place, part, number in rows:
            reached = (
                {"degree": "reached", "beneficiaries": number} if number is not None else {"share": part}
            )
            mini.place(f"b{rank}", place, **reached)
    model = CellModel.from_graph(mini.graph())
    found = attribute(model, 2014)
    for rank, rows in enumerate(actions):
        told = found.shares[found.shares["action"] == action(f"b{rank}")]
        assert dict(zip(told["cell"], told["share"], strict=True)) == pytest.approx(
            {key(cell): value for cell, value in spread_plainly(rows).items()}
        )
        assert told["share"].sum() == pytest.approx(found.actions.loc[action(f"b{rank}"), "located"])
    ledger = found.ledger(dict.fromkeys(found.actions.index, 7.0))
    assert ledger.total == pytest.approx(7.0 * len(found.actions))
