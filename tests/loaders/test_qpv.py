"""Quarters of 2015 and 2024: perimeters in every container, and lists by commune."""

from pathlib import Path

import pytest
import shapely

from graphmodel import InputFaultsError, open_store
from graphmodel.decisions.conflicts import conflicts
from loaders.qpv import read_qpv
from loaders.reference import reference_batch
from tests.support.official import (
    LYON,
    VILLEURBANNE,
    codes_of,
    contour,
    errors_of,
    held,
    statuses,
    territory,
    write_csv,
    write_geojson,
    write_layer,
    write_zip,
)

INSIDE = shapely.Point(4.835, 45.76).buffer(0.004)


def across() -> shapely.Geometry:
    """Return a square across the border of Lyon and Villeurbanne."""
    border = shapely.intersection(contour(LYON), contour(VILLEURBANNE))
    return shapely.point_on_surface(border).buffer(0.005)


def test_2015_names_its_communes_and_lies_in_those_it_overlaps(tmp_path: Path) -> None:
    rows = [
        {"CODE_QP": "QP069001", "NOM_QP": "L'Ouest", "COMMUNE_QP": "Lyon 1er Arrondissement"},
        {"CODE_QP": "QP069002", "NOM_QP": "Deux Villes", "COMMUNE_QP": "Lyon, Villeurbanne"},
        {"CODE_QP": "QP075001", "NOM_QP": "Paris", "COMMUNE_QP": "Paris"},
    ]
    shapes = [INSIDE, across(), shapely.box(2.3, 48.8, 2.31, 48.81)]
    batch = read_qpv(write_layer(tmp_path / "QP.shp", rows, shapes, encoding="ISO-8859-1"))
    assert {row.key for row in batch.rows["Territory"]} == {"qpv/QP069001@2015", "qpv/QP069002@2015"}
    assert set(statuses(batch).values()) == {"classed"}
    zoning = batch.rows["Zoning"][0].values
    assert (zoning["key"], str(zoning["in_force_to"])) == ("zoning/QPV@2015", "2023-12-31")
    whole = held(batch, "commune/69123@2025")["qpv/QP069001@2015"]
    assert (whole["area_share"], whole["population_share"]) == (1.0, 1.0)
    parts = [held(batch, f"commune/{code}@2025")["qpv/QP069002@2015"] for code in (LYON, VILLEURBANNE)]
    assert sum(float(str(part["area_share"])) for part in parts) == pytest.approx(1, abs=1e-3)
    assert all("population_share" not in part for part in parts)
    assert codes_of(batch.warnings) == ["outside_reference"]


def test_lower_case_exports_say_what_does_not_resolve_and_what_disagrees(tmp_path: Path) -> None:
    rows = [{"code_qp": "QP069001", "nom_qp": "A", "commune_qp": "Lyon, Nulle-Part, Villeurbanne"}]
    batch = read_qpv(write_geojson(tmp_path / "q.geojson", rows, [INSIDE]))
    by_code = {fault.code: fault for fault in batch.warnings}
    assert by_code["unresolved_name"].value == "Nulle-Part"
    assert by_code["named_outside"].value == VILLEURBANNE
    assert set(held(batch, "commune/69123@2025")) == {"qpv/QP069001@2015"}


def test_2024_in_two_systems_in_one_archive_counts_each_quarter_once(tmp_path: Path) -> None:
    rows = [{"code_qp": "QN06901M", "lib_qp": "Un", "insee_com": LYON},
            {"code_qp": "QN06902I", "lib_qp": "Deux", "insee_com": VILLEURBANNE}]  # fmt: skip
    files = []
    for name, crs in (("QP2024_WGS84", 4326), ("QP2024_LB93", 2154)):
        write_layer(tmp_path / f"{name}.shp", rows, [INSIDE, across()], crs=crs)
        files += sorted(tmp_path.glob(f"{name}.*"))
    batch = read_qpv(write_zip(tmp_path / "qp.zip", files, tmp_path))
    assert sorted(row.key for row in batch.rows["Territory"]) == ["qpv/QN06901M@2024", "qpv/QN06902I@2024"]
    assert set(held(batch, "commune/69123@2025")) == {"qpv/QN06901M@2024", "qpv/QN06902I@2024"}
    assert batch.warnings == ()


def test_the_same_quarter_is_the_same_in_every_container(tmp_path: Path) -> None:
    rows = [{"code_qp": "QN06901M", "lib_qp": "Un", "insee_com": LYON}]
    paths = [
        write_layer(tmp_path / "q.gpkg", rows, [INSIDE]),
        write_layer(tmp_path / "q.shp", rows, [INSIDE], crs=4326),
        write_geojson(tmp_path / "q.geojson", rows, [INSIDE]),
    ]
    areas = [territory(read_qpv(path), "qpv/QN06901M@2024")["area_km2"] for path in paths]
    assert areas == pytest.approx([areas[0]] * 3, rel=1e-6)


def test_a_list_by_commune_gives_quarters_without_perimeter(tmp_path: Path) -> None:
    lines = [
        "insee_com,lib_com,code_qp,lib_qp,lon,lat",
        '69123,Lyon,"QN06901M, QN06902I","Un, L\'Autre",4.8,45.7',
        "69266,Villeurbanne,QN06902I,L'Autre,4.9,45.8",
        '69256,Vaulx,"QN06903M, QN06904M","Un nom, avec, virgules",4.9,45.8',
        "75056,Paris,QN07501M,Paris,2.3,48.8",
    ]
    batch = read_qpv(write_csv(tmp_path / "q.csv", lines))
    two = territory(batch, "qpv/QN06902I@2024")
    assert two["name"] == "L’Autre"
    assert not {"perimeter", "contour", "center", "population", "area_km2"} & set(two)
    for code in (LYON, VILLEURBANNE):
        link = held(batch, f"commune/{code}@2025")["qpv/QN06902I@2024"]
        assert not {"population_share", "area_share"} & set(link)
    assert territory(batch, "qpv/QN06903M@2024")["name"] == "QN06903M"
    assert codes_of(batch.warnings) == ["names_do_not_match", "outside_reference", "unknown_perimeter"]


@pytest.mark.parametrize("order", [("q.csv", "q.geojson"), ("q.geojson", "q.csv")])
def test_a_list_does_not_contradict_the_contours_of_another_file(
    tmp_path: Path, order: tuple[str, ...]
) -> None:
    write_csv(tmp_path / "q.csv", ["insee_com,code_qp,lib_qp", "69123,QN06901M,A"])
    write_geojson(
        tmp_path / "q.geojson", [{"code_qp": "QN06901M", "lib_qp": "A", "insee_com": LYON}], [INSIDE]
    )
    with open_store(":memory:", create=True) as store:
        store.apply(store.plan(reference_batch()))
        for name in order:
            store.apply(store.plan(read_qpv(tmp_path / name)))
        assert conflicts(store) == []
        assert store.snapshot().nodes("Territory").loc["qpv/QN06901M@2024", "perimeter"] == "known"


def test_a_list_of_2015_resolves_names_to_codes(tmp_path: Path) -> None:
    lines = [
        "code_qp;nom_qp;commune_qp",
        "QP069001;A;Lyon 8e Arrondissement, St-Fons",
        "QP038001;B;Nulle-Part",
    ]
    with pytest.raises(InputFaultsError) as error:
        read_qpv(write_csv(tmp_path / "q.csv", lines))
    assert errors_of(error.value)["no_commune"].row == 3
    batch = read_qpv(write_csv(tmp_path / "q.csv", lines[:2]))
    holders = {str(row.values["source"]) for row in batch.rows["CONTAINS"]}
    assert holders == {"commune/69123@2025", "commune/69199@2025"}


def test_codes_that_are_none_and_a_vintage_that_is_not_theirs_are_refused(tmp_path: Path) -> None:
    lines = ["insee_com;code_qp;lib_qp", "69123;QN0690;A", "69123;QN06901M;B"]
    with pytest.raises(InputFaultsError) as error:
        read_qpv(write_csv(tmp_path / "q.csv", lines), 2015)
    found = errors_of(error.value)
    assert (found["invalid_code"].row, found["invalid_code"].column) == (2, "code_qp")
    assert found["contradicted_vintage"].value == "2015"


def test_a_code_twice_in_one_layer_is_refused(tmp_path: Path) -> None:
    rows = [{"code_qp": "QN06901M", "lib_qp": name, "insee_com": LYON} for name in ("A", "B")]
    with pytest.raises(InputFaultsError) as error:
        read_qpv(write_geojson(tmp_path / "q.geojson", rows, [INSIDE, across()]))
    assert errors_of(error.value)["duplicate_code"].row == 2


def test_a_quarter_written_twice_alike_counts_once_and_is_said(tmp_path: Path) -> None:
    rows = [{"code_qp": "QN06901M", "lib_qp": "A", "insee_com": LYON}] * 2
    batch = read_qpv(write_geojson(tmp_path / "q.geojson", rows, [INSIDE, INSIDE]))
    (said,) = [fault for fault in batch.warnings if fault.code == "repeated_row"]
    assert (said.severity, said.row, said.value) == ("warning", 2, "QN06901M")
    again = [rows[0], {**rows[1], "insee_com": "69266"}]
    with pytest.raises(InputFaultsError) as error:
        read_qpv(write_geojson(tmp_path / "other.geojson", again, [INSIDE, INSIDE]))
    assert errors_of(error.value)["duplicate_code"].row == 2


def test_the_real_list_has_129_quarters_and_141_mentions(shared: Path, tmp_path: Path) -> None:
    batch = read_qpv(shared / "data" / "qpv_2024_communes_rhone_alpes.csv")
    assert len(batch.rows["Territory"]) == 129
    assert len(batch.rows["CONTAINS"]) == 141
    assert len({row.values["source"] for row in batch.rows["CONTAINS"]}) == 71
    with open_store(tmp_path / "q.sqlite", create=True) as store:
        store.apply(store.plan([reference_batch(), batch]))
        quarters = store.snapshot().nodes("Territory").query("level == 'qpv'")
    assert quarters["perimeter"].isna().all()
    assert quarters["area_km2"].isna().all()
