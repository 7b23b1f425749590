"""Files are known by what they hold; the registry reads them, after the reference where it lacks."""

import itertools
from pathlib import Path

import pytest
import shapely

from dashboards.cli.session import Session
from graphmodel import Fault, InputFaultsError, open_store
from loaders.registry import KINDS, FileRequest, expand, read, recognise
from loaders.tables import decoded, delimiter_of, read_sheets
from loaders.template import write_template
from tests.support.damage import damaged
from tests.support.official import (
    LYON,
    contour,
    errors_of,
    write_csv,
    write_geojson,
    write_layer,
    write_workbook,
    write_zip,
)

SQUARE = shapely.box(4.8, 45.7, 4.9, 45.8)
TABLES = {
    "zrr": "CODGEO;LIBGEO;ZRR_SIMP",
    "cog": "TYPECOM;COM;LIBELLE;COMPARENT",
    "epci": "CODGEO;LIBGEO;EPCI;LIBEPCI",
    "banatic": "N° SIREN;Nom du groupement;Nature juridique;Siren membre;Nom membre",
    "qpv": "insee_com;code_qp;lib_qp",
    "perimeter": "territoire;commune",
}


@pytest.mark.parametrize("kind", sorted(TABLES))
def test_a_table_is_known_by_its_columns_in_any_container(tmp_path: Path, kind: str) -> None:
    header = TABLES[kind].split(";")
    row = ["x"] * len(header)
    text = write_csv(tmp_path / "rien.csv", [TABLES[kind], ";".join(row)], "cp1252")
    other = write_csv(tmp_path / "rien.txt", ["\t".join(header).lower(), "\t".join(row)])
    book = write_workbook(tmp_path / "rien.xlsx", {"Notes": [["bonjour"]], "A": [["titre"], [], header, row]})
    packed = write_zip(tmp_path / "rien.zip", [text], tmp_path)
    assert [recognise(path) for path in (text, other, book, packed)] == [kind] * 4


def test_a_geometry_file_is_known_by_its_columns(tmp_path: Path) -> None:
    quarter = [{"CODE_QP": "QP069001", "NOM_QP": "A", "COMMUNE_QP": "Lyon"}]
    commune = [{"INSEE_COM": LYON, "NOM": "Lyon", "POPULATION": 1, "SIREN_EPCI": "200046977"}]
    plain = [{"code": "P", "nom": "P"}]
    found = {}
    for kind, rows in (("qpv", quarter), ("admin-express", commune), ("perimeter", plain)):
        folder = tmp_path / kind
        folder.mkdir()
        paths = [write_layer(folder / f"a{suffix}", rows, [SQUARE]) for suffix in (".gpkg", ".shp")]
        paths += [write_geojson(folder / "a.json", rows, [SQUARE]),
                  write_zip(folder / "a.zip", sorted(folder.glob("a.*")), folder)]  # fmt: skip
        found[kind] = {recognise(path) for path in paths}
    assert found == {kind: {kind} for kind in found}


def test_the_template_stays_a_workbook_and_a_contract_stays_json(tmp_path: Path) -> None:
    write_template(tmp_path / "modele.xlsx")
    assert recognise(tmp_path / "modele.xlsx") == "workbook"
    contract = tmp_path / "c.json"
    contract.write_text('{"contrat": {"id": "X"}}', encoding="utf-8")
    assert recognise(contract) == "json"


def test_what_nobody_knows_is_refused(tmp_path: Path) -> None:
    for name, content in (("a.csv", b"a;b\n1;2\n"), ("b.bin", bytes(range(256))), ("vide.csv", b"")):
        path = tmp_path / name
        path.write_bytes(content)
        with pytest.raises(InputFaultsError) as error:
            recognise(path)
        assert set(errors_of(error.value)) <= {"unknown_format", "not_a_table", "empty_file"}


def test_the_real_files_are_known(shared: Path) -> None:
    known = {
        "zrr_2022.csv": "zrr", "qpv_2024_communes_rhone_alpes.csv": "qpv", "mvt_commune_2024.csv": "cog",
        "epcicom_2024.xlsx": "epci", "banatic_siren_insee_2024.xlsx": "banatic",
    }  # fmt: skip
    assert {name: recognise(shared / "data" / name) for name in known} == known


def test_every_kind_of_official_file_loads_into_an_empty_store(tmp_path: Path) -> None:
    files = {
        "zrr": ["codgeo;zrr", "01060;C"],
        "cog": ["TYPECOM;COM;LIBELLE;COMPARENT", "COM;69123;Lyon;"],
        "epci": ["CODGEO;LIBGEO;EPCI;LIBEPCI", "69123;Lyon;200046977;Métropole"],
        "banatic": ["siren;insee", "216901231;69123"],
        "qpv": ["insee_com;code_qp;lib_qp", "69123;QN06901M;A"],
        "perimeter": ["territoire;commune", "P;69123"],
    }
    with open_store(tmp_path / "s.sqlite", create=True) as store:
        for kind, lines in files.items():
            path = write_csv(tmp_path / f"{kind}.csv", lines)
            batches = read(FileRequest(path, store, vintage=None if kind == "qpv" else 2024))
            assert kind in {batch.source.kind for batch in batches}
            store.apply(store.plan(batches))
        path = write_layer(tmp_path / "a.gpkg", [{"code_insee": LYON, "nom_officiel": "Lyon", "population": 1,
                           "codes_siren_des_epci": "NR"}], [contour(LYON)], layer="commune")  # fmt: skip
        batches = read(FileRequest(path, store, vintage=2024))
        # The reference came with the first file only.
        assert [batch.source.kind for batch in batches] == ["admin-express"]
        store.apply(store.plan(batches))
        assert not store.snapshot().nodes("Territory")["conflicts"].map(bool).any()
    assert set(files) | {"admin-express"} <= set(KINDS)


def test_strict_refuses_a_file_that_does_not_say_its_year(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "z.csv", ["codgeo;zrr", "01060;C"])
    with open_store(tmp_path / "s.sqlite", create=True) as store:
        with pytest.raises(InputFaultsError) as error:
            read(FileRequest(path, store, strict=True))
        assert set(errors_of(error.value)) == {"undeclared_vintage"}


def test_no_year_is_asked_without_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Session().ask_year("?") is None

    class Terminal:
        lines = iter(["deux mille\n", "2014\n", "\n"])

        def isatty(self) -> bool:
            return True

        def readline(self) -> str:
            return next(self.lines)

        def write(self, text: str) -> int:
            return len(text)

        def flush(self) -> None:
            """Nothing waits."""

    monkeypatch.setattr("sys.stdin", Terminal())
    monkeypatch.setattr("sys.stderr", Terminal())
    assert Session().ask_year("?") == 2014
    assert Session().ask_year("?") is None
    assert Session(quiet=True).ask_year("?") is None


def test_a_folder_gives_its_files_and_not_their_companions(tmp_path: Path) -> None:
    write_layer(tmp_path / "a.shp", [{"code": "P"}], [SQUARE])
    write_csv(tmp_path / "b.csv", ["a;b"])
    assert [Path(name).name for name in expand(str(tmp_path))] == ["a.shp", "b.csv"]


def test_encodings_and_delimiters_are_found_by_looking(tmp_path: Path) -> None:
    text = "éàç — Œuvre"
    assert all(decoded(text.encode(code)) == text for code in ("utf-8", "utf-8-sig", "cp1252", "utf-16"))
    assert [delimiter_of(f"a{mark}b\n1,5{mark}2\n") for mark in ";\t|"] == [";", "\t", "|"]
    path = write_csv(tmp_path / "t.csv", ["titre", "", 'a;"b', 'c";d'])
    (sheet,) = read_sheets(path)
    assert list(sheet.rows[2]) == ["a", "b\r\nc", "d"]


def test_a_damaged_file_is_refused_or_read_and_never_breaks_anything(tmp_path: Path) -> None:
    quarter = [{"CODE_QP": "QP069001", "NOM_QP": "É", "COMMUNE_QP": "Lyon"}]
    commune = [{"code_insee": LYON, "nom_officiel": "Lyon", "population": 1, "codes_siren_des_epci": "NR"}]
    write_layer(tmp_path / "b.shp", quarter, [SQUARE])
    files = [
        write_layer(tmp_path / "a.gpkg", commune, [SQUARE], layer="commune"),
        write_zip(tmp_path / "b.zip", sorted(tmp_path.glob("b.*")), tmp_path),
        write_geojson(tmp_path / "c.geojson", [{"code": "P"}], [SQUARE]),
        write_workbook(tmp_path / "d.xlsx", {"Z": [["CODGEO", "ZRR_SIMP"], ["01060", "C"]]}),
        write_csv(tmp_path / "e.csv", ["territoire;commune", "P;69123"]),
    ]
    refused: list[Fault] = []
    with open_store(tmp_path / "s.sqlite", create=True) as store:
        for path, seed in itertools.product(files, range(12)):
            broken = tmp_path / f"broken{path.suffix}"
            broken.write_bytes(damaged(path.read_bytes(), seed))
            try:
                read(FileRequest(broken, store))
            except InputFaultsError as error:
                refused.extend(error.faults)
    assert len(refused) > 20
    assert all(fault.file and fault.message for fault in refused)


def test_an_old_workbook_that_is_none_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "zrr.xls"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000))
    with pytest.raises(InputFaultsError) as error:
        recognise(path)
    assert set(errors_of(error.value)) == {"damaged_workbook"}
