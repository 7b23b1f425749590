"""What communes became: the carried movements against INSEE's own file, and small histories."""

import csv
from pathlib import Path

from geodata.movements import Movement, Movements, load_movements
from geodata.reference.packages import DEPARTEMENTS
from geodata.territories import Territories

LACKING = {("1983-01-01", "74281", "74013")}
"""Movement of INSEE's file that the history package lacks."""


def test_movements_are_those_of_insee_to_the_day(shared: Path) -> None:
    path = shared / "data" / "mvt_commune_2024.csv"
    with path.open(encoding="utf-8") as stream:
        rows = [r for r in csv.DictReader(stream) if r["TYPECOM_AV"] == r["TYPECOM_AP"] == "COM"]
    ours = [r for r in rows if r["COM_AV"].startswith(DEPARTEMENTS) or r["COM_AP"].startswith(DEPARTEMENTS)]
    official = {(r["DATE_EFF"], r["COM_AV"], r["COM_AP"]) for r in ours if r["MOD"] != "20"}
    early = {row for row in official if row[0] <= "2019-01-01"}
    carried = {(m.date, m.from_code, m.to_code) for m in load_movements().rows if m.dated == "day"}
    assert early - carried == LACKING
    assert carried - early == set()
    later = {(r[1], r[2]) for r in official if r[0] > "2019-01-01"}
    by_year = {(m.from_code, m.to_code) for m in load_movements().rows if m.dated == "year"}
    assert later <= by_year


def test_every_commune_since_1943_leads_to_one_of_today(territories: Territories) -> None:
    today = set(territories.frame("commune").index)
    moves = load_movements()
    for move in moves.rows:
        if move.to_code.startswith(DEPARTEMENTS):
            assert set(moves.successors(move.to_code, move.date)) <= today, move


def test_dates_tell_reused_codes_apart() -> None:
    told = Movements(
        (
            Movement("1970-01-01", "day", "merger", "01002", "B", "01001", "A"),
            Movement("1980-01-01", "day", "split", "01001", "A", "01001", "A"),
            Movement("1980-01-01", "day", "split", "01001", "A", "01002", "B"),
            Movement("2016-01-01", "day", "merger", "01002", "B", "01003", "C"),
        )
    )
    assert told.successors("01002", "1960-01-01") == ("01001", "01003")
    assert told.successors("01002", "1980-01-01") == ("01003",)
    assert told.successors("01002", "2016-01-01") == ("01002",)
    assert told.last("01002") == told.rows[-1]
    assert told.last("01003") is None


def test_a_code_changed_twice_is_followed() -> None:
    assert load_movements().successors("69159", "2014-01-01") == ("69114",)
    assert load_movements().successors("69136", "2014-01-01") == ("69136",)
    assert load_movements().successors("38510") == ("69298",)
