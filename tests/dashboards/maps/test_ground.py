"""The compact form of the territories loses nothing."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboards.maps.ground import QUANTUM, compact_topology, encoded_line, ground_data
from geodata.territories import load_reference
from geodata.topology import to_topojson


def decoded_line(text: str) -> list[int]:
    """Return the numbers of an encoded line, the plain way."""
    numbers, bits = [], ""
    for letter in text:
        group = ord(letter) - 63
        bits = f"{group & 31:05b}" + bits
        if group < 32:
            value, bits = int(bits, 2), ""
            numbers.append(-((value + 1) // 2) if value % 2 else value // 2)
    return numbers


@given(st.lists(st.integers(-(10**6), 10**6), max_size=20))
def test_a_line_can_be_read_back_and_is_plain_text(steps: list[int]) -> None:
    text = encoded_line(steps)
    assert decoded_line(text) == steps
    assert not set(text) & set('<>&"')


@pytest.mark.parametrize(("number", "letters"), [(0, "?"), (1, "A"), (-1, "@"), (15, "]"), (16, "_@")])
def test_small_numbers_are_one_letter(number: int, letters: str) -> None:
    assert encoded_line([number]) == letters


def test_the_topology_is_that_of_the_reference() -> None:
    communes = load_reference().frame("commune").iloc[:40]
    made = compact_topology(communes)
    plain = json.loads(to_topojson(communes, quantization=QUANTUM, columns=["code"], layer="communes"))
    flat = [[number for pair in arc for number in pair] for arc in plain["arcs"]]
    assert [decoded_line(line) for line in made["arcs"]] == flat  # type: ignore[attr-defined]
    assert made["codes"] == list(communes.index)


def test_every_commune_has_its_units_and_every_epci_a_centre() -> None:
    ground = ground_data()
    assert len(ground.levels["departement"].codes) == 8
    assert len(ground.levels["departement"].of) == len(ground.commune_names) == 2738
    assert None not in ground.levels["departement"].of
    assert set(ground.centers) == set(ground.epci_names) == set(ground.levels["epci"].codes)
    (south, west), (north, east) = ground.bounds
    assert all(south < lat < north and west < lon < east for lat, lon in ground.centers.values())
    assert ground.towns[0].name == "Lyon"
