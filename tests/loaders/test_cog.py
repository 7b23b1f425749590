"""INSEE's movements and lists of communes."""

from collections import Counter
from pathlib import Path

import pytest

from geodata.movements import load_movements
from geodata.vintages import load_history
from graphmodel import InputFaultsError, open_store
from loaders.cog import read_cog, read_movements
from loaders.reference import reference_batch
from tests.support.official import codes_of, errors_of, held, territory, write_csv, write_zip

MOVES = (
    "mod,date_eff,typecom_av,com_av,tncc_av,ncc_av,nccenr_av,libelle_av,"
    "typecom_ap,com_ap,tncc_ap,ncc_ap,nccenr_ap,libelle_ap"
)


def move(mod: int, day: str, before: tuple[str, str, str], after: tuple[str, str, str]) -> str:
    (kind, code, name), (kind2, code2, name2) = before, after
    return f"{mod},{day},{kind},{code},0,X,X,{name},{kind2},{code2},0,X,X,{name2}"


def moves(tmp_path: Path, *lines: str, head: str = MOVES) -> Path:
    return write_csv(tmp_path / "mvt.csv", [head, *lines])


A, B = ("COM", "01095", "Chavannes"), ("COM", "01172", "Germagnat")
AB = ("COM", "01095", "Nivigne et Suran")
MIDDLE, END = ("COM", "01095", "Milieu"), ("COM", "01095", "Fin")


@pytest.mark.parametrize("head", [MOVES, MOVES.upper()])
def test_a_merger_that_stands_twice_counts_once(tmp_path: Path, head: str) -> None:
    path = moves(
        tmp_path,
        move(32, "2017-01-01", A, AB), move(32, "2017-01-01", B, AB),
        move(32, "2017-01-01", A, ("COMD", "01095", "Chavannes")),
        move(32, "2017-01-01", B, ("COMD", "01172", "Germagnat")),
        move(35, "2023-01-01", ("COMD", "01172", "Germagnat"), AB),
        head=head,
    )  # fmt: skip
    batch = read_cog(path)
    found = {(r.values["source"], r.values["target"]): r.values for r in batch.rows["SUCCEEDED_BY"]}
    assert set(found) == {
        ("commune/01095@2016", "commune/01095@2025"), ("commune/01172@2016", "commune/01095@2025")
    }  # fmt: skip
    assert {(v["kind"], v["population_share"], str(v["date"])) for v in found.values()} == {
        ("merger", 1.0, "2017-01-01")
    }


def test_a_restored_commune_takes_an_unknown_share(tmp_path: Path) -> None:
    path = moves(
        tmp_path,
        move(21, "2015-03-01", A, A), move(21, "2015-03-01", A, B),
        move(21, "2015-03-01", ("COMA", "01172", "Germagnat"), B),
        move(32, "2017-01-01", A, AB), move(32, "2017-01-01", B, AB),
    )  # fmt: skip
    rows = [row.values for row in read_cog(path).rows["SUCCEEDED_BY"]]
    split = {row["target"]: row for row in rows if row["kind"] == "split"}
    assert set(split) == {"commune/01095@2016", "commune/01172@2016"}
    assert all("population_share" not in row for row in split.values())


def test_changes_of_31_december_and_of_two_days_follow_one_another(tmp_path: Path) -> None:
    path = moves(
        tmp_path,
        move(32, "2015-12-31", A, MIDDLE), move(32, "2015-12-31", B, MIDDLE),
        move(10, "2016-01-01", MIDDLE, AB),
        move(10, "2018-05-02", AB, END), move(10, "2018-06-03", END, AB),
    )  # fmt: skip
    links = [(r.values["source"], r.values["target"]) for r in read_cog(path).rows["SUCCEEDED_BY"]]
    assert links == [
        ("commune/01095@2015", "commune/01095@2015-12-31"),
        ("commune/01172@2015", "commune/01095@2015-12-31"),
        ("commune/01095@2015-12-31", "commune/01095@2018"),
        ("commune/01095@2018", "commune/01095@2018-05-02"),
        ("commune/01095@2018-05-02", "commune/01095@2025"),
    ]


def test_a_code_used_again_is_two_communes(tmp_path: Path) -> None:
    path = moves(
        tmp_path,
        move(31, "2015-06-01", B, A), move(31, "2015-06-01", A, A),
        move(20, "2016-06-01", A, A), move(20, "2016-06-01", A, ("COM", "01172", "Autre")),
        move(31, "2018-06-01", ("COM", "01172", "Autre"), AB), move(31, "2018-06-01", A, AB),
    )  # fmt: skip
    batch = read_cog(path)
    assert territory(batch, "commune/01172@2015")["name"] == "Germagnat"
    assert territory(batch, "commune/01172@2018")["name"] == "Autre"
    assert territory(batch, "commune/01095@2025")["name"] == "Nivigne et Suran"


def test_a_transformation_that_changes_no_commune_is_none(tmp_path: Path) -> None:
    path = moves(
        tmp_path, move(34, "2016-01-01", AB, AB), move(32, "2017-01-01", B, AB), move(32, "2017-01-01", A, AB)
    )
    assert {str(r.values["date"]) for r in read_cog(path).rows["SUCCEEDED_BY"]} == {"2017-01-01"}


def test_a_date_that_is_none_is_said_with_its_cell(tmp_path: Path) -> None:
    with pytest.raises(InputFaultsError) as error:
        read_cog(moves(tmp_path, move(32, "l’an 2", A, AB), move(32, "01/01/2017", B, AB)))
    fault = errors_of(error.value)["wrong_type"]
    assert (fault.row, fault.column, fault.value) == (2, "date_eff", "l’an 2")


def test_the_real_movements_agree_with_the_reference(shared: Path) -> None:
    path = shared / "data" / "mvt_commune_2024.csv"
    batch = read_cog(path)
    rows = [row.values for row in batch.rows["SUCCEEDED_BY"]]
    assert len(rows) == 222
    assert Counter(row["kind"] for row in rows).keys() <= {"merger", "name", "code", "split"}
    # Walked along the graph, every commune of 2014 ends where the reference's own history says.
    after = {}
    for row in rows:
        after.setdefault(row["source"], set()).add(row["target"])
    starts = {source for source in after if not any(source in ends for ends in after.values())}
    for start in starts:
        ends, todo = set(), [start]
        while todo:
            key = todo.pop()
            if key in after:
                todo.extend(after[key])
            else:
                ends.add(key.removeprefix("commune/"))
        code = start.removeprefix("commune/")[:5]
        walked = {end for each in ends for end in load_movements().successors(each[:5], "2024-01-01")}
        assert walked == set(load_movements().successors(code, "2014-01-01")), start


def test_every_movement_of_the_file_can_be_read_alone(shared: Path) -> None:
    found = read_movements(shared / "data" / "mvt_commune_2024.csv")
    pairs = [(move.date, move.from_code, move.to_code) for move in found]
    assert len(pairs) == len(set(pairs)) == 8605
    assert pairs == sorted(pairs, key=lambda pair: pair[:2])


LIST = "TYPECOM,COM,REG,DEP,CTCD,ARR,TNCC,NCC,NCCENR,LIBELLE,CAN,COMPARENT"
LINES = [
    "COM,01095,84,01,01D,012,0,NIVIGNE,Nivigne,Nivigne et Suran,0101,",
    "COMD,01172,,,,,0,GERMAGNAT,Germagnat,Germagnat,,01095",
    "COM,69123,84,69,69M,691,0,LYON,Lyon,Lyon,,",
    "ARM,69381,84,69,,,0,LYON 1,Lyon 1,Lyon 1er Arrondissement,,69123",
    "COM,97105,01,971,,,0,BASSE TERRE,Basse-Terre,Basse-Terre,,",
]


@pytest.mark.parametrize("head", [LIST, LIST.lower()])
def test_a_list_of_communes_gives_a_year_and_its_parts(tmp_path: Path, head: str) -> None:
    batch = read_cog(write_csv(tmp_path / "v.csv", [head, *LINES]), 2018)
    assert {row.key for row in batch.rows["Territory"]} == {
        "commune/01095@2018", "delegated_commune/01172@2018", "commune/69123@2018",
        "arrondissement/69381@2018",
    }  # fmt: skip
    assert set(held(batch, "commune/69123@2018")) == {"arrondissement/69381@2018"}
    assert codes_of(batch.warnings) == ["outside_reference"]


def test_a_whole_list_without_a_year_says_the_years_its_codes_are_of(tmp_path: Path) -> None:
    codes = sorted(load_history().communes_at("2018-01-01"))
    path = write_csv(tmp_path / "v.csv", [LIST, *(f"COM,{code},84,,,,0,X,X,X,," for code in codes)])
    (warning,) = [fault for fault in read_cog(path).warnings if fault.code == "undeclared_vintage"]
    assert "au 1er janvier 2018" in warning.message


def test_the_old_list_parts_departement_and_number(tmp_path: Path) -> None:
    lines = [
        "CDC\tCHEFLIEU\tREG\tDEP\tCOM\tAR\tCT\tTNCC\tARTMAJ\tNCC\tARTMIN\tNCCENR",
        "0\t0\t82\t01\t001\t2\t08\t5\t(L')\tABERGEMENT-CLEMENCIAT\t(L')\tAbergement-Clémenciat",
    ]
    batch = read_cog(write_csv(tmp_path / "comsimp2014.txt", lines, "cp1252"), 2014)
    assert territory(batch, "commune/01001@2014")["name"] == "L’Abergement-Clémenciat"


def test_a_part_without_its_commune_and_a_code_taken_twice_are_refused(tmp_path: Path) -> None:
    lines = [LIST, LINES[1], LINES[2], LINES[2]]
    with pytest.raises(InputFaultsError) as error:
        read_cog(write_csv(tmp_path / "v.csv", lines), 2018)
    assert {code: fault.row for code, fault in errors_of(error.value).items()} == {
        "unknown_reference": 2, "duplicate_code": 4
    }  # fmt: skip


def test_an_archive_of_both_loads_beside_the_reference(tmp_path: Path) -> None:
    both = [write_csv(tmp_path / "v_commune.csv", [LIST, *LINES]),
            moves(tmp_path, move(32, "2017-01-01", A, AB), move(32, "2017-01-01", B, AB))]  # fmt: skip
    batch = read_cog(write_zip(tmp_path / "cog.zip", both, tmp_path), 2025)
    with open_store(tmp_path / "c.sqlite", create=True) as store:
        plan = store.plan([reference_batch(), batch])
        store.apply(plan)
        names = store.snapshot().nodes("Territory")
    assert not names["conflicts"].map(bool).any()
