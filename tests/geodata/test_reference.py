"""The carried reference against the sums of its source."""

from collections import Counter

import geopandas as gpd
import numpy as np
import pytest
import shapely

from geodata.reference.files import (
    GRID_DEGREES,
    pack_cells,
    read_bytes,
    read_manifest,
    read_table,
    unpack_cells,
)
from geodata.territories import Territories

SOURCE_KM2 = {"01": 5760, "07": 5562, "26": 6532, "38": 7870, "42": 4771, "69": 3239, "73": 6260, "74": 4597}
"""Areas of the source's contours, 69114 apart; the source's note rounds Loire's 4770.87 down."""

MENDED_KM2 = {"01187": 13.918862, "26289": 21.673139, "42217": 9.233825, "42084": 16.734823}


@pytest.fixture(scope="module")
def cells() -> tuple[list[str], list[str], np.ndarray]:
    """Return the carried coverage."""
    return unpack_cells(read_bytes("cells.npz"))


def holes_km2(shape: shapely.Geometry) -> list[float]:
    """Return the areas of the interior rings of a shape."""
    rings = [ring for part in shapely.get_parts(shape) for ring in part.interiors]
    return sorted(gpd.GeoSeries([shapely.Polygon(ring) for ring in rings], crs=4326).to_crs(2154).area / 1e6)


def test_every_commune_of_2025_is_there(territories: Territories) -> None:
    communes = territories.frame("commune")
    assert len(communes) == communes["code"].nunique() == 2738
    assert Counter(communes["departement"]).keys() == SOURCE_KM2.keys()
    assert communes["population"].sum() == 6_584_131
    assert communes.loc["69114", "population"] == 3753
    assert communes["epci"].notna().all()


def test_areas_are_those_of_the_source_plus_what_was_mended(territories: Territories) -> None:
    found = territories.frame("departement")["area_km2"]
    mended = Counter({"69": territories.get("69114").area_km2})
    for code, km2 in MENDED_KM2.items():
        mended[code[:2]] += km2
    for departement, km2 in SOURCE_KM2.items():
        assert found[departement] - mended[departement] == pytest.approx(km2, abs=0.6), departement


def test_areas_are_measured_on_the_contours(territories: Territories) -> None:
    metric = territories.frame("epci", crs=2154)
    assert (metric.area / 1e6).to_numpy() == pytest.approx(metric["area_km2"].to_numpy(), abs=1e-6)


def test_cells_are_one_valid_coverage(cells: tuple[list[str], list[str], np.ndarray]) -> None:
    communes, formers, shapes = cells
    assert shapely.is_valid(shapes).all()
    assert shapely.coverage_is_valid(shapes)
    assert len(set(zip(communes, formers, strict=True))) == len(communes)
    assert shapely.get_num_coordinates(shapes).sum() == 83_919


def test_only_the_enclave_is_left_empty(territories: Territories) -> None:
    large = [km2 for km2 in holes_km2(territories.geometry("82")) if km2 > 1]
    assert large == pytest.approx([126.98], abs=0.01)
    (noted,) = (note for note in read_manifest()["notes"] if note["kind"] == "hole")
    assert noted["area_km2"] == pytest.approx(large[0], abs=0.001)


@pytest.mark.parametrize("level", ["epci", "departement", "region"])
def test_dissolved_levels_have_no_specks(territories: Territories, level: str) -> None:
    frame = territories.frame(level)  # type: ignore[arg-type]
    assert [km2 for shape in frame.geometry for km2 in holes_km2(shape) if km2 < 0.2] == []
    assert shapely.coverage_is_valid(np.array(frame.geometry))


def test_69114_is_the_union_of_its_delegated_communes(cells: tuple[list[str], list[str], np.ndarray]) -> None:
    parts = {former for commune, former in zip(*cells[:2], strict=True) if commune == "69114"}
    assert parts == {row["code"] for row in read_table("parts") if row["parent"] == "69114"}
    assert len(parts) == 3


def test_given_holes_are_listed_with_their_reason() -> None:
    given = {n["code"]: n["area_km2"] for n in read_manifest()["notes"] if n["kind"] == "given"}
    assert given == MENDED_KM2


def test_former_communes_before_a_given_hole_stand_apart(
    cells: tuple[list[str], list[str], np.ndarray],
) -> None:
    pairs = set(zip(*cells[:2], strict=True))
    assert {("26289", "26289"), ("26289", "26371"), ("42217", "42072"), ("01187", "01330")} <= pairs
    assert {("42084", "42084"), ("42084", "")} <= pairs


def test_names_carry_their_article(territories: Territories) -> None:
    names = territories.frame("commune")["name"]
    assert names["01001"] == "L’Abergement-Clémenciat"
    assert names["38509"] == "La Tour-du-Pin"
    assert names["73187"] == "La Léchère"
    assert not names.str.contains("'").any()


def test_the_year_of_the_population_is_never_guessed(territories: Territories) -> None:
    assert territories.population_vintage == "non déclaré"
    assert territories.frame("commune").attrs["population_vintage"] == "non déclaré"


def test_packing_keeps_every_position(cells: tuple[list[str], list[str], np.ndarray]) -> None:
    again = unpack_cells(pack_cells(*cells))
    assert again[:2] == cells[:2]
    assert (shapely.to_wkb(again[2]) == shapely.to_wkb(cells[2])).all()
    positions = shapely.get_coordinates(cells[2]) / GRID_DEGREES
    assert np.abs(positions - np.rint(positions)).max() < 1e-4


def test_the_reference_stays_small() -> None:
    names = ["cells.npz", "manifest.json", *(f"{name}.csv" for name in (
        "communes", "parts", "epci", "epci_members", "movements", "departements", "regions", "usual_names"
    ))]  # fmt: skip
    assert sum(len(read_bytes(name)) for name in names) < 900_000
