"""Zonings by commune: workbooks, yearly sheets, plain lists; statuses, vintages, codes."""

from collections import Counter
from pathlib import Path

import pytest

from graphmodel import InputFaultsError, open_store
from graphmodel.decisions.conflicts import conflicts
from graphmodel.elementary_cells import CellModel
from loaders.convention import load_convention
from loaders.reference import reference_batch
from loaders.zrr import read_zrr, status_of
from tests.support.official import codes_of, errors_of, statuses, write_csv, write_workbook

HEAD = ["CODGEO", "LIBGEO", "ZRR_SIMP", "ZONAGE_ZRR"]
TITLES: list[list[object]] = [
    ["Zones de revitalisation rurale"], [], ["Source : ANCT"], [], ["Code", "Commune", "Classement", "Détail"]
]  # fmt: skip


def workbook(tmp_path: Path, rows: list[list[object]], sheet: str = "Zonage ZRR") -> Path:
    return write_workbook(tmp_path / "zrr.xlsx", {"Lisez": [["à lire"]], sheet: [*TITLES, HEAD, *rows]})


def test_the_workbook_is_read_below_its_titles(tmp_path: Path) -> None:
    path = workbook(tmp_path, [
        ["01060", "Brégnier", "C - Classée en ZRR", "C"],
        ["69123", "Lyon", "NC - Commune non classée", "NC"],
        ["38185", "Grenoble", "P - Commune partiellement classée en ZRR", "P"],
        ["73065", "Chambéry", "NC - Commune non classée", "M - montagne"],
    ])  # fmt: skip
    batch = read_zrr(path, 2014)
    assert statuses(batch) == {
        "commune/01060@2025": "classed", "commune/69123@2025": "not_classed",
        "commune/38185@2025": "partly", "commune/73065@2025": "transitional",
    }  # fmt: skip
    row = batch.rows["CLASSED_IN"][0]
    assert (row.place.sheet, row.place.row, row.values["wording"]) == ("Zonage ZRR", 7, "C")
    assert batch.rows["Zoning"][0].key == "zoning/ZRR@2014"
    assert {"partly_classed", "transitional"} <= set(codes_of(batch.warnings))


def test_the_workbook_and_the_list_that_agree_are_no_conflict(tmp_path: Path) -> None:
    book = workbook(tmp_path, [["01060", "Brégnier", "C - Classée en ZRR", "C"]])
    plain = write_csv(tmp_path / "zrr.csv", ["code_insee;statut_zrr", "01060;C"])
    with open_store(":memory:", create=True) as store:
        store.apply(store.plan(reference_batch()))
        store.apply(store.plan(read_zrr(book, 2014)))
        store.apply(store.plan(read_zrr(plain, 2014)))
        assert conflicts(store) == []


@pytest.mark.parametrize(("text", "status"), [
    ("C - Classée en ZRR", "classed"), ("C \x96 Classée en ZRR", "classed"), ("C", "classed"),
    ("NC", "not_classed"), ("NC - Commune non classée", "not_classed"),
    ("P", "partly"), ("PC", "partly"), ("P - Commune partiellement classée en ZRR", "partly"),
    *((code, "transitional") for code in ("A", "M", "D", "CM", "PA", "PM")),
    ("Classée", "classed"), ("Commune non classée", "not_classed"), ("Partielle", "partly"),
    ("FRR+", "classed"), ("Non classée FRR", "not_classed"), ("bénéficiaire", "transitional"),
    ("Chalons", None), ("", None), ("X", None),
])  # fmt: skip
def test_statuses_are_read_as_sources_write_them(text: str, status: str | None) -> None:
    assert status_of(text) == status


def test_a_sheet_a_year_is_a_zoning_a_year(tmp_path: Path) -> None:
    rows = {"2014": "C", "2017": "NC"}
    path = write_workbook(
        tmp_path / "historique.xlsx",
        {f"ZRR {year}": [*TITLES, HEAD, ["01060", "Brégnier", code, code]] for year, code in rows.items()},
    )
    batch = read_zrr(path)
    found = {(row.values["target"], row.values["status"]) for row in batch.rows["CLASSED_IN"]}
    assert found == {("zoning/ZRR@2014", "classed"), ("zoning/ZRR@2017", "not_classed")}
    assert "undeclared_vintage" not in codes_of(batch.warnings)
    dates = {row.key: row.values.get("in_force_from") for row in batch.rows["Zoning"]}
    assert str(dates["zoning/ZRR@2017"]) == "2017-07-01"
    chosen = read_zrr(path, 2017)
    assert [row.key for row in chosen.rows["Zoning"]] == ["zoning/ZRR@2017"]
    with pytest.raises(InputFaultsError) as error:
        read_zrr(path, 2015)
    assert errors_of(error.value)["missing_sheet"].expected == "2014, 2017"


def test_without_a_vintage_it_loads_undeclared_and_says_so(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "zrr_2014.csv", ["code_insee;statut_zrr", "01060;C"])
    batch = read_zrr(path)
    assert batch.rows["Zoning"][0].key == "zoning/ZRR@non déclaré"
    assert codes_of(batch.warnings) == ["undeclared_vintage"]
    assert read_zrr(path, 2014).rows["Zoning"][0].key == "zoning/ZRR@2014"


def test_a_year_said_in_the_titles_is_the_vintage(tmp_path: Path) -> None:
    lines = ["Zonage ZRR 2017;", "code_insee;statut_zrr", "01060;C"]
    assert read_zrr(write_csv(tmp_path / "l.csv", lines)).rows["Zoning"][0].key == "zoning/ZRR@2017"
    contradicted = read_zrr(tmp_path / "l.csv", 2014)
    assert contradicted.rows["Zoning"][0].key == "zoning/ZRR@2014"
    assert codes_of(contradicted.warnings) == ["contradicted_vintage"]


def test_frr_comes_in_like_zrr(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "f.csv", ["codgeo,frr", "01060,FRR", "69123,Non classée FRR"])
    batch = read_zrr(path, 2024)
    assert set(statuses(batch).values()) == {"classed", "not_classed"}
    assert batch.rows["Zoning"][0].key == "zoning/FRR@2024"


def test_codes_read_as_numbers_get_their_zero_back(tmp_path: Path) -> None:
    path = workbook(tmp_path, [[1060, "Brégnier", "C", "C"], [69123, "Lyon", "NC", "NC"]])
    batch = read_zrr(path, 2014)
    assert set(statuses(batch)) == {"commune/01060@2025", "commune/69123@2025"}
    (warning,) = [fault for fault in batch.warnings if fault.code == "mended_code"]
    assert (warning.row, warning.column, warning.value) == (7, "CODGEO", "1060")


def test_communes_that_merged_are_converted_and_differing_ones_are_partly(tmp_path: Path) -> None:
    lines = ["codgeo;zrr", "01095;C", "01172;NC", "69152;NC", "69149;NC", "97105;C"]
    batch = read_zrr(write_csv(tmp_path / "z.csv", lines), 2014)
    assert statuses(batch) == {"commune/01095@2025": "partly", "commune/69149@2025": "not_classed"}
    assert {"converted_commune", "partly_after_merger", "outside_reference"} <= set(codes_of(batch.warnings))


def test_every_fault_is_said_at_once_with_its_cell(tmp_path: Path) -> None:
    path = workbook(tmp_path, [
        ["01060", "", "C", "C"], ["01060", "", "NC", "NC"], ["01999", "", "C", "C"],
        ["Lyon", "", "C", "C"], ["38185", "", "peut-être", ""],
    ])  # fmt: skip
    with pytest.raises(InputFaultsError) as error:
        read_zrr(path, 2014)
    found = errors_of(error.value)
    assert {code: fault.row for code, fault in found.items()} == {
        "duplicate_code": 8, "unknown_commune": 9, "invalid_code": 10, "unknown_status": 11
    }  # fmt: skip
    assert found["unknown_status"].column == "ZRR_SIMP"
    assert found["unknown_status"].value == "peut-être"
    assert all(fault.sheet == "Zonage ZRR" and fault.message.endswith(".") for fault in found.values())


def test_the_real_list_loads_whole(shared: Path) -> None:
    batch = read_zrr(shared / "data" / "zrr_2022.csv", 2022)
    assert Counter(statuses(batch).values()) == {"not_classed": 2114, "classed": 622, "partly": 2}
    (outside,) = [fault for fault in batch.warnings if fault.code == "outside_reference"]
    assert outside.message.startswith("32\u202f219 communes")


def test_a_declared_list_serves_the_contract_and_an_undeclared_one_does_not(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "z.csv", ["codgeo;zrr", "01060;C", "69123;NC"])
    with open_store(tmp_path / "z.sqlite", create=True) as store:
        store.apply(store.plan([reference_batch(), load_convention(), read_zrr(path)]))
        model = CellModel.from_graph(store.snapshot().select("CES-ESS-RA-2014-2016"))
        assert model.zone("ZRR") is None
        store.apply(store.plan([read_zrr(path, 2014)], replace=True))
        model = CellModel.from_graph(store.snapshot().select("CES-ESS-RA-2014-2016"))
    zone = model.zone("ZRR")
    assert zone is not None
    assert list(model.cells.index[zone.inside > 0]) == ["commune/01060@2025"]
