"""Tables of observed jobs: their columns, their years, former communes, secrecy, and what is refused."""

from pathlib import Path

import pytest

from graphmodel import Batch, InputFaultsError, open_store
from graphmodel.indicators import EvaluationContext, compute
from loaders.convention import load_convention
from loaders.observation import figure_of, figures_of, is_observation_table, read_observation
from loaders.recognition import recognise_content
from loaders.registry import FileRequest, read
from loaders.workbook.known import Known, known_of_batches
from tests.support.official import LYON, write_csv, write_workbook


@pytest.fixture(scope="module")
def known() -> Known:
    """Return the convention and the reference."""
    return known_of_batches([load_convention()])


def values_of(batch: Batch) -> dict[tuple[str, int, str], float | None]:
    """Return the figures of a batch by territory, year and metric."""
    about = {row.values["source"]: str(row.values["target"]) for row in batch.rows["ABOUT"]}
    return {
        (about[row.key], int(str(row.values["year"])), str(row.values["metric"])): row.values["value"]  # type: ignore[misc]
        for row in batch.rows["Observation"]
    }


def faults_of(path: Path, known: Known, vintage: int | None = 2025) -> list[tuple[str, int | None]]:
    """Return the errors of a file by code and row."""
    with pytest.raises(InputFaultsError) as caught:
        read_observation(path, known, vintage)
    return [(fault.code, fault.row) for fault in caught.value.faults if fault.severity == "error"]


def test_years_in_a_column_or_in_the_names_say_the_same(tmp_path: Path, known: Known) -> None:
    long = write_csv(
        tmp_path / "a.csv",
        [
            "CODGEO;LIBGEO;ANNEE;EMPLOI_ESS;EMPLOI_TOTAL",
            f"{LYON};Lyon;2014;10;100",
            f"{LYON};Lyon;2016;12;110",
        ],
    )
    wide = write_workbook(
        tmp_path / "b.xlsx",
        {
            "Flores": [
                ["Emploi, communes au 01/01/2025"],
                ["codgeo", "eff_ess_2014", "eff_tot_2014", "eff_ess_2016", "eff_tot_2016"],
                [LYON, 10, 100, 12, 110],
            ]
        },
    )
    assert [recognise_content(path) for path in (long, wide)] == ["observation", "observation"]
    expected = {
        (f"commune/{LYON}@2025", year, metric): value
        for year, metric, value in (
            (2014, "employment_ess", 10.0), (2014, "employment_total", 100.0),
            (2016, "employment_ess", 12.0), (2016, "employment_total", 110.0),
        )
    }  # fmt: skip
    assert values_of(read_observation(long, known, 2025)) == expected
    assert values_of(read_observation(wide, known)) == expected


def test_former_communes_are_summed_into_the_present_one(tmp_path: Path, known: Known) -> None:
    path = write_csv(
        tmp_path / "a.csv",
        [
            "codgeo;annee;ess;emploi_total;etab_ess;max_ess",
            "01033;2014;30;300;9;8", "01091;2014;4;20;2;3", "01205;2014;6;30;3;5",
        ],
    )  # fmt: skip
    batch = read_observation(path, known, 2014)
    place = "commune/01033@2025"
    assert values_of(batch) == {
        (place, 2014, "employment_ess"): 40.0, (place, 2014, "employment_total"): 350.0,
        (place, 2014, "establishments_ess"): 14.0, (place, 2014, "largest_ess"): 8.0,
    }  # fmt: skip
    assert {row.values["vintage"] for row in batch.rows["Observation"]} == {"2014"}
    assert {fault.code for fault in batch.warnings} == {"converted_commune"}


def test_a_secret_figure_is_unknown_and_so_is_a_sum_that_holds_one(tmp_path: Path, known: Known) -> None:
    path = write_csv(
        tmp_path / "a.csv", ["codgeo;annee;emploi_ess;emploi_total", "01033;2014;s;300", "01091;2014;4;20"]
    )
    batch = read_observation(path, known, 2014)
    found = values_of(batch)
    assert found["commune/01033@2025", 2014, "employment_ess"] is None
    assert found["commune/01033@2025", 2014, "employment_total"] == 320
    assert any("1 chiffres vides ou secrets" in fault.message for fault in batch.warnings)


def test_other_levels_are_told_by_a_column(tmp_path: Path, known: Known) -> None:
    path = write_csv(
        tmp_path / "a.csv",
        ["niveau;code;annee;emploi_ess;emploi_total", "Département;69;2014;5;50", "epci;200046977;2014;4;40"],
    )
    found = values_of(read_observation(path, known, 2025))
    assert {key[0].partition("/")[0] for key in found} == {"departement", "epci"}


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["codgeo;annee;emploi_ess", "69123;2014;-1"], ("wrong_type", 2)),
        (["codgeo;annee;emploi_ess", "69123;2014;douze"], ("wrong_type", 2)),
        (["codgeo;annee;emploi_ess", "69123;14;1"], ("wrong_year", 2)),
        (["codgeo;emploi_ess;nom", "69123;1;Lyon"], ("missing_year", 2)),
        (["codgeo;annee;emploi_ess", "69123;2014;1", "69123;2014;2"], ("duplicate_code", 3)),
        (["codgeo;annee;emploi_ess;emploi_total", "69123;2014;9;8"], ("ess_above_total", 2)),
        (["codgeo;annee;emploi_ess", "Lyon;2014;1"], ("invalid_code", 2)),
        (["niveau;code;annee;emploi_ess", "canton;1;2014;1"], ("unknown_level", 2)),
        (["niveau;code;annee;emploi_ess", "epci;123;2014;1"], ("unknown_reference", 2)),
    ],
)
def test_what_is_refused_says_its_row(
    tmp_path: Path, known: Known, lines: list[str], expected: tuple[str, int]
) -> None:
    assert expected in faults_of(write_csv(tmp_path / "a.csv", lines), known)


def test_every_fault_is_said_at_once(tmp_path: Path, known: Known) -> None:
    lines = ["codgeo;annee;emploi_ess", "69123;2014;x2", "69123;0;1", "zz;2014;1"]
    assert len(faults_of(write_csv(tmp_path / "a.csv", lines), known)) == 3


def test_codes_of_an_undeclared_year_are_said(tmp_path: Path, known: Known) -> None:
    path = write_csv(tmp_path / "a.csv", ["codgeo;annee;emploi_ess", f"{LYON};2014;1"])
    assert "undeclared_vintage" in {fault.code for fault in read_observation(path, known).warnings}


def test_without_a_contract_nothing_is_read(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", ["codgeo;annee;emploi_ess", f"{LYON};2014;1"])
    assert faults_of(path, Known()) == [("no_contract", None)]


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("codgeo;emploi_ess_2014", True), ("code_commune;nb_etab_ess", True), ("insee;ess_2014", True),
        ("codgeo;emploi_total", False), ("codgeo;emploi_hors_ess", False), ("territoire;commune", False),
        ("nom;emploi_ess", False), ("codgeo;libgeo;zrr_simp", False),
    ],
)  # fmt: skip
def test_what_makes_a_table_one_of_observations(header: str, expected: bool) -> None:
    assert is_observation_table({name: at for at, name in enumerate(header.split(";"))}) is expected


def test_names_of_columns_say_metric_and_year() -> None:
    names = (
        "effectifs_ess2016",
        "etablissements_ess",
        "max_ess_2014",
        "effectifs_2014",
        "libgeo",
        "pop_2014",
    )
    found = [(figure.metric, figure.year) for figure in figures_of(dict.fromkeys(names, 0))]
    assert found == [
        ("employment_ess", 2016), ("establishments_ess", None), ("largest_ess", 2014),
        ("employment_total", 2014),
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["-1", "1e12", "nan", "12 emplois"])
def test_no_count_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        figure_of(text)


def test_loaded_figures_reach_the_quotient(tmp_path: Path) -> None:
    path = write_csv(
        tmp_path / "a.csv",
        [
            "niveau;code;annee;emploi_ess;emploi_total",
            "region;82;2014;1000;10000", "departement;69;2014;120;800",
        ],
    )  # fmt: skip
    with open_store(f"sqlite:///{tmp_path / 's.sqlite'}", create=True) as store:
        store.apply(store.plan(read(FileRequest(Path("convention"), store))))
        for batch in read(FileRequest(path, store, "observation", 2025)):
            store.apply(store.plan(batch))
        values = compute(EvaluationContext(store.snapshot()), ["T07"])
    (quotient,) = [
        v for v in values
        if v.params["territory"] == "69" and v.params["level"] == "D" and v.params["perimeter"] == "frozen"
    ]  # fmt: skip
    assert quotient.value == pytest.approx(1.5)
