"""The life of communes, official files of movements, tables carried between vintages, and the map of 2014."""

import csv
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.conversion import convert, passage_between
from geodata.former_map import map_at
from geodata.movements import Movement, Movements, load_movements
from geodata.reference.files import read_table
from geodata.territories import Territories
from geodata.vintages import CommuneHistory, extended, load_history, reference_history
from graphmodel.errors import UsageError
from loaders.cog import read_movements

START, TODAY = "2014-01-01", "2025-01-01"
COUNTS_OF_FRANCE = {2015: 36658, 2016: 35885, 2017: 35416, 2018: 35357, 2019: 34970, 2020: 34968, 2021: 34965,
                    2022: 34955, 2023: 34945, 2024: 34935}  # fmt: skip
"""Communes of France at 1 January, overseas départements included, as INSEE counts them."""


def move(date: str, kind: str, old: str, new: str) -> Movement:
    """Return a movement known to the day."""
    return Movement(date, "day", kind, old, old, new, new)


def history_of(*rows: Movement, codes: str, people: dict[str, int | None] | None = None) -> CommuneHistory:
    """Return a small history whose codes of 2025 are given with spaces between."""
    return CommuneHistory(Movements(rows), codes.split(), TODAY, people)


@pytest.fixture(scope="module")
def official(shared: Path) -> Movements:
    """Return INSEE's movements, edition 2024."""
    return Movements(read_movements(shared / "data/mvt_commune_2024.csv"))


@pytest.fixture(scope="module")
def france(shared: Path, official: Movements) -> CommuneHistory:
    """Return the history of the communes of France, from a list of those of 2021."""
    with (shared / "data/zrr_2022.csv").open(encoding="utf-8-sig", newline="") as stream:
        codes = [row["code_insee"] for row in csv.DictReader(stream)]
    return CommuneHistory(official, codes, "2021-01-01")


def test_the_communes_of_each_year() -> None:
    history = load_history()
    counts = {year: len(history.communes_at(f"{year}-01-01")) for year in (2014, 2016, 2019, 2024, 2025)}
    assert counts == {2014: 2874, 2016: 2835, 2019: 2746, 2024: 2743, 2025: 2738}


def test_the_official_file_and_the_reference_tell_the_same(official: Movements) -> None:
    ours, told = load_history(), reference_history(extended(load_movements(), official))
    for year in range(2014, 2026):
        assert ours.communes_at(f"{year}-01-01") == told.communes_at(f"{year}-01-01"), year
    assert ours.moved(START, TODAY) == told.moved(START, TODAY)
    days = {row.date for row in extended(load_movements(), official).rows if row.dated == "year"}
    assert days == {"2025-01-01"}


def test_counts_of_france(france: CommuneHistory) -> None:
    assert {year: len(france.communes_at(f"{year}-01-01")) for year in COUNTS_OF_FRANCE} == COUNTS_OF_FRANCE


def test_every_commune_of_france_ends_somewhere(france: CommuneHistory) -> None:
    moved = france.moved(START, "2024-01-01")
    assert moved.keys() == france.communes_at(START)
    assert {code for shares in moved.values() for code in shares} == france.communes_at("2024-01-01")


def test_a_list_called_2022_is_of_2021(france: CommuneHistory, shared: Path) -> None:
    with (shared / "data/zrr_2022.csv").open(encoding="utf-8-sig", newline="") as stream:
        codes = [row["code_insee"] for row in csv.DictReader(stream)]
    longer = CommuneHistory(france.movements, france.communes_at("2024-01-01"), "2024-01-01")
    assert longer.diagnose(codes).years == (2021,)


@pytest.mark.parametrize(
    ("code", "start", "end", "after"),
    [
        ("27058", "2014-01-01", "2020-01-01", ("27676",)),
        ("27058", "2014-01-01", "2022-01-01", ("27058",)),
        ("27058", "2014-01-01", "2024-01-01", ("27676",)),
        ("44060", "2015-12-30", "2015-12-31", ("49382",)),
        ("44060", "2015-12-30", "2016-01-01", ("49160",)),
        ("14513", "2017-01-01", "2018-01-01", ("50592",)),
        ("76676", "2014-01-01", "2017-01-01", ("76601", "76676")),
        ("38145", "2015-12-30", "2015-12-31", ("38359",)),
        ("14697", "2014-01-01", "2014-01-07", ("14472",)),
    ],
)
def test_reused_codes_restored_communes_and_close_days(
    france: CommuneHistory, code: str, start: str, end: str, after: tuple[str, ...]
) -> None:
    assert france.successors(code, start, end) == after


def test_a_merger_stands_once_and_parts_are_no_communes(official: Movements) -> None:
    of_day = [row for row in official.rows if row.date == "2024-01-01" and row.to_code == "08053"]
    assert sorted(row.from_code for row in of_day) == ["08053", "08294"]
    assert len({(row.date, row.kind, row.from_code, row.to_code) for row in official.rows}) == len(
        official.rows
    )
    # 35: delegated communes of Haut Valromey were abolished; 34: an associated commune was absorbed.
    assert not [row for row in official.rows if row.date in ("2022-12-22", "2019-07-01")]


def test_diagnosis_of_partial_mixed_and_foreign_lists() -> None:
    history = load_history()
    assert history.diagnose(history.communes_at("2016-01-01")).years == (2016,)
    assert history.diagnose(["01015", "01340"]).years == (2014, 2015)
    assert "2014 à 2015" in history.diagnose(["01015", "01340"]).sentence
    mixed = history.diagnose(["01340", "69123", "01999", "75056"])
    assert (mixed.unknown, mixed.outside) == (("01999",), ("75056",))
    assert mixed.sentence.endswith("1 code inconnu.")
    assert history.diagnose(["01999"]).years == ()


def test_present_inhabitants_of_former_communes() -> None:
    people = load_history().people_at(START)
    # Treffort-Cuisiat was already one commune in 2014: two parts of today make it.
    assert people["01426"] == 1_736 + 615
    assert people["01312"] == 250
    assert people["01095"] is None
    assert sum(count is None for count in people.values()) == 44


def table_of(codes: list[str], values: list[int | None]) -> pd.DataFrame:
    """Return a table by commune."""
    return pd.DataFrame({"code": codes, "jobs": pd.array(values, dtype="Int64")})


def test_mergers_add() -> None:
    history = load_history()
    codes = sorted(history.communes_at(START))
    found = convert(table_of(codes, list(range(len(codes)))), history, START, TODAY, sums=["jobs"])
    assert set(found.table["code"]) == history.communes_at(TODAY)
    assert found.table["jobs"].sum() == sum(range(len(codes)))
    assert found.left.empty
    merged = found.log.query("to_code == '01426'")
    assert sorted(merged["from_code"]) == ["01312", "01426"]
    assert set(merged["change"]) == {"merged"}


def test_going_back_shares_by_population_or_keeps_together() -> None:
    history = load_history()
    found = convert(
        table_of(["01426", "01095", "69123"], [2_601, 100, 7]), history, TODAY, START, sums=["jobs"]
    )
    values = dict(zip(found.table["code"], found.table["jobs"], strict=True))
    assert values == {"01426": 2_351, "01312": 250, "01095+01172": 100, "69123": 7}
    changes = dict(zip(found.log["to_code"], found.log["change"], strict=True))
    assert changes == {"01312": "split", "01426": "split", "01095+01172": "kept_together"}
    assert "partagée par population, 9,61 %" in set(found.log["reason"])


def test_unknown_codes_and_values_are_kept_apart() -> None:
    table = table_of(["01426", "01312", "99999"], [10, None, 5])
    found = convert(table, load_history(), START, TODAY, sums=["jobs"])
    assert found.left["code"].tolist() == ["99999"]
    assert found.table["jobs"].isna().tolist() == [True]
    assert found.log.query("change == 'unknown_code'")["reason"].tolist() == [
        "aucune commune n’a ce code au 01/01/2014"
    ]
    with pytest.raises(UsageError, match="Colonnes absentes de la table : sales"):
        convert(table, load_history(), START, TODAY, sums=["sales"])
    with pytest.raises(UsageError, match="pas des nombres : code"):
        convert(table, load_history(), START, TODAY, sums=["code"])


def test_a_split_shares_by_population_and_other_keys_stay() -> None:
    rows = [move("2018-01-01", "split", "A1001", "A1001"), move("2018-01-01", "split", "A1001", "A1002")]
    history = history_of(*rows, codes="A1001 A1002 A1003", people={"A1001": 300, "A1002": 100, "A1003": 9})
    table = pd.DataFrame(
        {"code": ["A1001", "A1001", "A1003"], "year": [2014, 2015, 2014], "x": [1.0, 4.0, 2.0]}
    )
    found = convert(table, history, START, TODAY, sums=["x"], by=["year"]).table
    assert found.to_dict("list") == {
        "code": ["A1001", "A1001", "A1002", "A1002", "A1003"],
        "year": [2014, 2015, 2014, 2015, 2014],
        "x": [0.75, 3.0, 0.25, 1.0, 2.0],
    }
    unknown = history_of(*rows, codes="A1001 A1002 A1003")
    assert convert(table, unknown, START, TODAY, sums=["x"], by=["year"]).table["code"].tolist() == [
        "A1001+A1002", "A1001+A1002", "A1003",
    ]  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.integers(0, 10_000), min_size=1, max_size=40),
    st.sampled_from([2016, 2019, 2025]),
    st.booleans(),
)
def test_sums_are_kept_both_ways(values: list[int], year: int, forward: bool) -> None:
    history = load_history()
    days = (START, f"{year}-01-01") if forward else (f"{year}-01-01", START)
    codes = sorted(history.communes_at(days[0]))
    chosen = [codes[(rank * 67) % len(codes)] for rank in range(len(values))]
    table = table_of(chosen, list(values)).drop_duplicates("code")
    found = convert(table, history, *days, sums=["jobs"]).table
    assert found["jobs"].sum() == table["jobs"].sum()
    assert found["jobs"].dtype == "Int64"
    assert {code for group in found["code"] for code in group.split("+")} <= history.communes_at(days[1])


def test_a_passage_has_every_source_of_a_merger() -> None:
    passage = passage_between(load_history(), START, TODAY)
    assert passage.back("01426") == pytest.approx({"01312": 250 / 2_601, "01426": 2_351 / 2_601})
    assert passage.back("69123") == {"69123": 1}
    with pytest.raises(UsageError, match="précède"):
        passage_between(load_history(), TODAY, START)


def test_the_map_of_2014(territories: Territories) -> None:
    former = map_at()
    assert sum(former["codes"].map(len)) == 2874
    assert {code for codes in former["codes"] for code in codes} == load_history().communes_at(START)
    together = former[former["drawn"] == "together"]
    assert (len(together), int(together["codes"].map(len).sum())) == (20, 42)
    assert former.attrs["note"] == (
        "Communes dessinées telles qu’elles étaient en 2014, sauf 42, dont le contour d’époque manque : "
        "elles forment 20 groupes, chacun dessiné d’un seul tenant."
    )
    shapes = np.array(former.geometry, dtype=object)
    assert shapely.is_valid(shapes).all()
    assert shapely.coverage_is_valid(shapes)
    today = territories.frame("commune")
    assert former["area_km2"].sum() == pytest.approx(today["area_km2"].sum())
    by_present = former.groupby("present")
    assert by_present["area_km2"].sum().to_numpy() == pytest.approx(today["area_km2"].sort_index().to_numpy())
    known = (
        by_present["population"].agg(lambda counts: counts.sum() if counts.notna().all() else None).dropna()
    )
    assert (known.astype(int) == today.loc[known.index, "population"].astype(int)).all()
    assert former["population"].isna().sum() == 4


def test_former_communes_have_the_contours_of_their_parts() -> None:
    former = map_at()
    assert former.loc["73006", "name"] == "Aime"
    assert former.loc["69159", "name"] == "Pouilly-le-Monial"
    assert former.loc["01330", "drawn"] == "as_was"
    assert former.loc["01176+01187+01292+01409", "name"].endswith("Le Petit-Abergement et Songieu")
    parts = {row["code"] for row in read_table("parts") if row["kind"] == "delegated"}
    drawn = set(former.index[former["drawn"] == "as_was"])
    assert len(parts & drawn) > 150


def test_maps_of_other_years(territories: Territories) -> None:
    today = map_at(TODAY)
    assert today.index.tolist() == sorted(territories.frame("commune").index)
    assert len(map_at("2019-01-01")) > len(today)
    with pytest.raises(UsageError, match="2010-01-01 n’en fait pas partie"):
        map_at("2010-01-01")


def test_maps_are_copies() -> None:
    first = map_at()
    first["name"] = "x"
    assert isinstance(first, gpd.GeoDataFrame)
    assert map_at()["name"].iloc[0] != "x"
