"""Frames by level, contents, vintages, added perimeters."""

import pytest
import shapely

from geodata.perimeters import Perimeter, perimeter_of_communes, unknown_perimeter
from geodata.territories import Territories
from graphmodel.errors import InputFaultsError, UsageError


def test_every_level_is_a_partition_of_the_communes(territories: Territories) -> None:
    communes = set(territories.frame("commune").index)
    for level in ("epci", "departement", "region"):
        inside = [
            code for unit in territories.frame(level).index for code in territories.contains(unit, level)
        ]
        assert len(inside) == len(communes)
        assert set(inside) == communes


@pytest.mark.parametrize(
    ("siren", "year", "members"),
    [
        ("200046977", 2025, 58),
        ("200040715", 2025, 49),
        ("244200770", 2025, 53),
        ("200035731", 2025, 40),
        ("243800604", 2025, 22),
        ("243800984", 2025, 31),
        ("242600252", 2025, 29),
        ("242600252", 2019, 30),
        ("200046977", 2019, 58),
    ],
)
def test_partner_groupings_have_their_members(
    territories: Territories, siren: str, year: int, members: int
) -> None:
    assert len(territories.contains(siren, "epci", year)) == members


def test_old_compositions_read_in_todays_codes(territories: Territories) -> None:
    earliest = territories.vintages["epci"][0]
    assert earliest == "2019"
    assert set(territories.composition(earliest)) == set(territories.frame("commune").index)
    before, after = territories.composition("2019"), territories.composition()
    assert {code for code in before if before[code] != after[code]} == {"26258"}


def test_frames_say_what_they_are_and_are_copies(territories: Territories) -> None:
    frame = territories.frame("epci", 2019, crs=2154)
    assert frame.crs.to_epsg() == 2154
    assert frame.attrs["vintage"] == "2019"
    assert "Licence Ouverte" in frame.attrs["source"]
    frame.loc["200046977", "name"] = "x"
    assert territories.frame("epci", 2019).loc["200046977", "name"] == "Métropole de Lyon"


def test_groupings_beyond_the_region_say_so(territories: Territories) -> None:
    outside = territories.frame("epci").query("members_outside > 0")["members_outside"]
    assert outside.sum() == 162
    assert territories.get("200046977").members_outside == 0


def test_unknown_codes_and_vintages_are_said_in_french(territories: Territories) -> None:
    with pytest.raises(UsageError, match="Aucun territoire n’a le code « 99999 »"):
        territories.get("99999")
    with pytest.raises(UsageError, match=r"Le millésime 2014 n’est pas disponible .* 2019"):
        territories.frame("epci", 2014)
    with pytest.raises(UsageError, match="aucun territoire chargé"):
        territories.frame("qpv")


def test_a_perimeter_of_communes_is_their_union(territories: Territories) -> None:
    known = territories.frame("commune").index
    pair = perimeter_of_communes("P", "Deux villes", ["69123", "69266"], known)
    more = territories.with_perimeters([pair])
    made = more.get("P", "custom")
    assert made.area_km2 == pytest.approx(sum(territories.get(c).area_km2 or 0 for c in ("69123", "69266")))
    assert made.population == sum(territories.get(c).population or 0 for c in ("69123", "69266"))
    assert more.contains("P") == ["69123", "69266"]
    assert territories.levels == ("region", "departement", "epci", "commune")


def test_unknown_communes_of_a_perimeter_are_all_listed(territories: Territories) -> None:
    known = territories.frame("commune").index
    with pytest.raises(InputFaultsError) as caught:
        perimeter_of_communes("P", "Essai", ["1004", "99998", "99999"], known)
    assert [fault.value for fault in caught.value.faults] == ["99998", "99999"]


def test_an_unknown_perimeter_is_null_not_empty(territories: Territories) -> None:
    more = territories.with_perimeters([unknown_perimeter("PNR-PILAT", "Parc du Pilat", "pnr")])
    pilat = more.get("PNR-PILAT")
    assert (pilat.perimeter_known, pilat.area_km2, pilat.population) == (False, None, None)
    assert more.geometry("PNR-PILAT") is None
    assert more.contains("PNR-PILAT") == []
    assert more.frame("pnr").loc["PNR-PILAT", "perimeter"] == "unknown"


def test_a_polygon_contains_the_communes_half_inside_it(territories: Territories) -> None:
    lyon = territories.geometry("69123")
    west, south, east, north = lyon.bounds
    over = Perimeter("ZONE", "Zone", polygon=shapely.box(west, south, east, north))
    inside = territories.with_perimeters([over]).contains("ZONE")
    shapes = territories.frame("commune").geometry
    oracle = [c for c, s in shapes.items() if s.intersection(over.polygon).area >= s.area / 2]
    assert inside == sorted(oracle)
    assert "69123" in inside
    assert territories.with_perimeters([over]).get("ZONE").population is None


def test_reading_is_shared_between_sets(territories: Territories) -> None:
    territories.frame("commune")
    more = territories.with_perimeters([unknown_perimeter("X", "X", "custom")])
    assert more.frame("commune").geometry.iloc[0] is territories.frame("commune").geometry.iloc[0]
