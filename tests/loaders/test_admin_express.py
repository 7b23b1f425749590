"""ADMIN EXPRESS of three generations, built from their official column names."""

import json
from pathlib import Path

import pytest
import shapely

from graphmodel import InputFaultsError, open_store
from loaders.admin_express import read_admin_express
from loaders.reference import reference_batch
from tests.support.official import (
    LYON,
    VILLEURBANNE,
    codes_of,
    contour,
    errors_of,
    held,
    territory,
    write_layer,
    write_zip,
)

METROPOLE, GRENOBLE = "200046977", "38185"


def shp_2(tmp_path: Path) -> Path:
    """Write COMMUNE and ENTITE_RATTACHEE of a 2.x delivery, in Latin-1, and zip them."""
    folder = tmp_path / "ADMIN-EXPRESS_2-1" / "LIVRAISON"
    folder.mkdir(parents=True)
    rows = [
        {"ID": "C1", "NOM_COM": "Lyon", "INSEE_COM": LYON, "STATUT": "Préfecture de région",
         "POPULATION": 515695, "CODE_EPCI": METROPOLE},
        {"ID": "C2", "NOM_COM": "Décines-Charpieu", "INSEE_COM": "69275", "STATUT": "Commune simple",
         "POPULATION": 28000, "CODE_EPCI": METROPOLE},
        {"ID": "C3", "NOM_COM": "Ailleurs", "INSEE_COM": "75056", "STATUT": "",
         "POPULATION": 1, "CODE_EPCI": "NC"},
    ]  # fmt: skip
    paris = shapely.box(2.3, 48.8, 2.4, 48.9)
    write_layer(folder / "COMMUNE.shp", rows, [contour(LYON), contour("69275"), paris], encoding="ISO-8859-1")
    (folder / "COMMUNE.cpg").unlink(missing_ok=True)
    part = {"NOM_COM": "Lyon 3e Arrondissement", "INSEE_COM": "69383", "INSEE_RATT": LYON, "TYPE": "ARM",
            "POPULATION": 100000}  # fmt: skip
    delegated = {
        "NOM_COM": "Ailleurs",
        "INSEE_COM": "69998",
        "INSEE_RATT": LYON,
        "TYPE": "COMD",
        "POPULATION": 3,
    }
    small = shapely.box(4.85, 45.75, 4.86, 45.76)
    write_layer(folder / "ENTITE_RATTACHEE.shp", [part, delegated], [small, small], encoding="ISO-8859-1")
    return write_zip(tmp_path / "a.zip", sorted(folder.iterdir()), tmp_path)


def gpkg_3(tmp_path: Path) -> Path:
    """Write COMMUNE, ARRONDISSEMENT_MUNICIPAL and EPCI of a 3.x delivery."""
    path = tmp_path / "ADE-COG_3-1.gpkg"
    rows = [
        {"ID": "C1", "NOM": "Lyon", "NOM_M": "LYON", "INSEE_COM": LYON, "INSEE_DEP": "69",
         "POPULATION": 522228, "SIREN_EPCI": METROPOLE},
        {"ID": "C2", "NOM": "L'Île", "NOM_M": "L'ILE", "INSEE_COM": GRENOBLE, "INSEE_DEP": "38",
         "POPULATION": 0, "SIREN_EPCI": "NR"},
    ]  # fmt: skip
    write_layer(path, rows, [contour(LYON), contour(GRENOBLE)], layer="COMMUNE")
    part = {"NOM": "Lyon 1er Arrondissement", "INSEE_ARM": "69381", "INSEE_COM": LYON, "POPULATION": 29000}
    write_layer(path, [part], [shapely.box(4.82, 45.76, 4.84, 45.77)], layer="ARRONDISSEMENT_MUNICIPAL")
    group = {"CODE_SIREN": METROPOLE, "NOM": "Métropole de Lyon", "NATURE": "Métropole de Lyon"}
    write_layer(path, [group], [contour(LYON)], layer="EPCI")
    return path


def gpkg_4(tmp_path: Path, **options: object) -> Path:
    """Write the layer `commune` of a 4.0 delivery."""
    rows = [
        {"code_insee": LYON, "nom_officiel": "Lyon", "population": 520774, "code_insee_du_departement": "69",
         "codes_siren_des_epci": METROPOLE},
        {"code_insee": VILLEURBANNE, "nom_officiel": "Villeurbanne", "population": 1,
         "code_insee_du_departement": "69", "codes_siren_des_epci": f"{METROPOLE}/200000172"},
        {"code_insee": GRENOBLE, "nom_officiel": "Grenoble", "population": 2,
         "code_insee_du_departement": "38", "codes_siren_des_epci": "NR"},
    ]  # fmt: skip
    shapes = [contour(row["code_insee"]) for row in rows]  # type: ignore[arg-type]
    return write_layer(
        tmp_path / "ade.gpkg",
        rows,
        shapes,
        layer="commune",
        geometry="geometrie",
        **options,  # type: ignore[arg-type]
    )


def test_2_x_is_read_in_latin_1_with_its_arrondissements(tmp_path: Path) -> None:
    batch = read_admin_express(shp_2(tmp_path), 2020)
    decines = territory(batch, "commune/69275@2020")
    assert (decines["name"], decines["population"]) == ("Décines-Charpieu", 28000)
    assert {row.key for row in batch.rows["Territory"] if row.key.startswith("commune")} == {
        "commune/69123@2020", "commune/69275@2020"
    }  # fmt: skip
    parts = held(batch, "commune/69123@2020")
    assert set(parts) == {"arrondissement/69383@2020", "delegated_commune/69998@2020"}
    assert territory(batch, "delegated_commune/69998@2020")["kind"] == "déléguée"
    assert set(held(batch, f"epci/{METROPOLE}@2020")) == {"commune/69123@2020", "commune/69275@2020"}


def test_3_x_names_its_epci_and_keeps_zero_apart_from_unknown(tmp_path: Path) -> None:
    batch = read_admin_express(gpkg_3(tmp_path), 2022)
    island = territory(batch, f"commune/{GRENOBLE}@2022")
    assert (island["name"], island["population"]) == ("L’Île", 0)
    assert territory(batch, f"epci/{METROPOLE}@2022")["name"] == "Métropole de Lyon"
    assert set(held(batch, f"commune/{LYON}@2022")) == {"arrondissement/69381@2022"}


def test_4_0_parts_the_epci_of_a_commune_and_reads_nr_as_none(tmp_path: Path) -> None:
    batch = read_admin_express(gpkg_4(tmp_path), 2024)
    assert set(held(batch, f"epci/{METROPOLE}@2024")) == {"commune/69123@2024", "commune/69266@2024"}
    assert set(held(batch, "epci/200000172@2024")) == {"commune/69266@2024"}
    assert not any(GRENOBLE in key for key in held(batch, f"epci/{METROPOLE}@2024"))


def test_areas_are_those_of_lambert_93(tmp_path: Path) -> None:
    batch = read_admin_express(gpkg_4(tmp_path), 2024)
    found = territory(batch, f"commune/{LYON}@2024")
    assert found["area_km2"] == pytest.approx(47.9, abs=0.5)
    center = shapely.Point(*found["center"])  # type: ignore[misc]
    assert shapely.from_geojson(json.dumps(found["contour"])).contains(center)


def test_at_the_vintage_of_the_reference_its_figures_stand(tmp_path: Path) -> None:
    with open_store(tmp_path / "a.sqlite", create=True) as store:
        store.apply(store.plan([reference_batch()]))
        before = store.snapshot().nodes("Territory")["population"].sum()
        batch = read_admin_express(gpkg_4(tmp_path), 2025)
        store.apply(store.plan([batch]))
        after = store.snapshot().nodes("Territory")
    assert after["population"].sum() == before
    assert not after["conflicts"].map(bool).any()
    assert "reference_kept" in codes_of(batch.warnings)


def test_without_a_vintage_communes_are_undeclared(tmp_path: Path) -> None:
    batch = read_admin_express(gpkg_4(tmp_path))
    assert f"commune/{LYON}@non déclaré" in {row.key for row in batch.rows["Territory"]}
    assert "undeclared_vintage" in codes_of(batch.warnings)


def test_a_code_taken_twice_and_a_negative_population_are_refused_together(tmp_path: Path) -> None:
    rows = [
        {"INSEE_COM": LYON, "NOM": "Lyon", "POPULATION": 1, "SIREN_EPCI": METROPOLE},
        {"INSEE_COM": LYON, "NOM": "Lyon", "POPULATION": 2, "SIREN_EPCI": METROPOLE},
        {"INSEE_COM": GRENOBLE, "NOM": "Grenoble", "POPULATION": -3, "SIREN_EPCI": METROPOLE},
    ]
    path = write_layer(tmp_path / "c.gpkg", rows, [contour(LYON)] * 2 + [contour(GRENOBLE)], layer="COMMUNE")
    with pytest.raises(InputFaultsError) as error:
        read_admin_express(path, 2020)
    found = errors_of(error.value)
    assert (found["duplicate_code"].row, found["duplicate_code"].sheet) == (2, "COMMUNE")
    assert (found["wrong_type"].row, found["wrong_type"].value) == (3, "-3")


def test_codes_kept_as_numbers_are_read(tmp_path: Path) -> None:
    rows = [{"INSEE_COM": 1060, "NOM": "Brégnier-Cordon", "POPULATION": 1, "SIREN_EPCI": METROPOLE}]
    path = write_layer(tmp_path / "n.gpkg", rows, [contour("01060")], layer="COMMUNE")
    batch = read_admin_express(path, 2020)
    assert territory(batch, "commune/01060@2020")["name"] == "Brégnier-Cordon"
