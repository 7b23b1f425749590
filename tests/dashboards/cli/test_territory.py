"""`territory`: what a territory holds, lies in, crosses and has become, with and without a store."""

import json
from pathlib import Path
from typing import Any

import pytest

from dashboards.cli import run
from dashboards.cli.session import default_store
from geodata.territories import load_reference

FICTIONAL = Path(__file__).parents[3] / "loaders" / "demonstration"
CROSSING = "territoire;commune;niveau;millesime;nom\n" + "".join(
    f"{code};{commune};custom;2014;{name}\n"
    for code, name, communes in (
        ("RIVES", "Les Deux Rives", ("38544", "38157", "42207")),
        ("COL", "Le Grand Col", ("42207", "42168")),
    )
    for commune in communes
)


def quarters() -> str:
    """Return the fictional quarters in the form of the official file."""
    made = json.loads((FICTIONAL / "qpv_contours_fictifs.geojson").read_text(encoding="utf-8"))
    names = load_reference().frame("commune")["name"]
    for rank, feature in enumerate(made["features"]):
        own = feature["properties"]
        departement, commune = own["code"][2:4], names[own["code"][2:7]]
        feature["properties"] = {
            "CODE_QP": f"QP0{departement}{rank:03}",
            "NOM_QP": own["nom"],
            "COMMUNE_QP": commune,
        }
    return json.dumps(made)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A store loaded as a user does: the convention, quarters, ZRR, two perimeters that cross."""
    folder = tmp_path_factory.mktemp("territoire")
    (folder / "perimetres.csv").write_text(CROSSING, encoding="utf-8")
    (folder / "quartiers.geojson").write_text(quarters(), encoding="utf-8")
    files = ("convention", folder / "quartiers.geojson", folder / "perimetres.csv")
    path = str(folder / "base.sqlite")
    for file in files:
        assert run(["--quiet", "load", str(file), "--store", path]) == 0
    (folder / "zrr.csv").write_text("CODGEO;ZRR_SIMP\n26113;C - Classée en ZRR\n", encoding="utf-8")
    assert run(["--quiet", "load", str(folder / "zrr.csv"), "--vintage", "2014", "--store", path]) == 0
    return path


def answer(capsys: pytest.CaptureFixture[str], name: str, *words: str) -> Any:
    capsys.readouterr()
    assert run(["territory", name, "--json", *words]) == 0
    return json.loads(capsys.readouterr().out)


def said(capsys: pytest.CaptureFixture[str], name: str, *words: str) -> str:
    capsys.readouterr()
    assert run(["territory", name, *words]) == 0
    return capsys.readouterr().out.replace("\u202f", " ").replace("\u00a0", " ")


def test_what_an_epci_holds_has_the_shares_of_the_store(
    store: str, capsys: pytest.CaptureFixture[str]
) -> None:
    content = answer(capsys, "la Métro", "--store", store)
    assert content["level"] == "epci"
    levels = [part["level"] for part in content["contains"]]
    assert (levels.count("commune"), levels.count("qpv")) == (49, 7)
    assert all(part["population_share"] == part["area_share"] == 1 for part in content["contains"])
    (isere,) = [one for one in content["within"] if one["level"] == "departement"]
    assert (isere["code"], isere["population_share"], isere["area_share"]) == ("38", 1, 1)
    assert {one["name"] for one in content["authorities"]} == {
        "Grenoble-Alpes Métropole",
        "Conseil général de l’Isère",
    }
    assert len(content["unknown_perimeters"]) == 4


def test_a_commune_holds_its_quarters(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    content = answer(capsys, "Lyon", "--store", store)
    assert {part["level"] for part in content["contains"]} == {"qpv"}
    assert {one["level"] for one in content["within"]} == {"departement", "epci"}
    (told,) = [one for one in content["classed"] if one["scheme"] == "QPV"]
    assert (told["vintage"], told["counts"]) == ("2015", {"classed": 4})
    text = said(capsys, "Lyon", "--store", store)
    assert "Ficti-La Rotonde (QP069" in text
    assert "millésime 2014 : absente de la liste" in text


def test_perimeters_that_cross_say_their_common_part(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    people = load_reference().frame("commune")["population"]
    content = answer(capsys, "RIVES", "--store", store)
    crossed = {one["code"]: one for one in content["crosses"]}
    assert set(crossed) == {"COL", "38", "42", "200077014", "244200770"} & set(crossed)
    other = crossed["COL"]
    assert other["population"] == people["42207"]
    both = people[["38544", "38157", "42207"]].sum(), people[["42207", "42168"]].sum()
    assert other["population_share"] == pytest.approx(people["42207"] / both[0])
    assert other["other_population_share"] == pytest.approx(people["42207"] / both[1])
    assert crossed["38"]["population_share"] + crossed["42"]["population_share"] == pytest.approx(1)
    text = said(capsys, "RIVES", "--store", store)
    assert "Recoupe Le Grand Col (périmètre COL)" in text
    assert "Recoupement non calculable, faute de périmètre, avec" in text


def test_an_unknown_perimeter_is_compared_with_nothing(
    store: str, capsys: pytest.CaptureFixture[str]
) -> None:
    content = answer(capsys, "Rhône Pluriel", "--store", store)
    assert content["crosses"] is None
    assert content["population"] is None
    assert "non calculables" in said(capsys, "Rhône Pluriel", "--store", store)


def test_a_former_commune_says_what_it_has_become(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    for words in (("--store", store), ()):
        content = answer(capsys, "Oingt", *words)
        assert content["code"] == "69024"
        assert [(one["code"], one["to_code"], one["date"]) for one in content["became"]] == [
            ("69146", "69024", "2017-01-01")
        ]
        assert {one["code"] for one in content["former"]} == {"69024", "69146", "69222"}
        text = said(capsys, "69146", *words)
        assert (
            "Oingt (69146) est devenue Val d’Oingt (69024) : fusion le 1er janvier 2017, "
            "100 % de sa population" in text
        )


def test_a_departement_crosses_epci_that_overflow_it(capsys: pytest.CaptureFixture[str]) -> None:
    content = answer(capsys, "69")
    reference = load_reference()
    owner = reference.composition()
    overflowing = {
        epci
        for epci in set(owner.values())
        if {commune[:2] == "69" for commune, one in owner.items() if one == epci} == {True, False}
    }
    assert {one["code"] for one in content["crosses"]} == overflowing != set()
    assert len(content["contains"]) == sum(code.startswith("69") for code in owner)


def test_without_a_store_the_reference_answers_and_says_how_to_begin_one(
    capsys: pytest.CaptureFixture[str],
) -> None:
    text = said(capsys, "CAPI")
    assert "22 communes" in text
    assert str(default_store()) in text
    assert "maillage load convention" in text
    assert run(["territory", "CAPI", "--json"]) == 0
    printed = capsys.readouterr()
    assert str(default_store()) in printed.err
    assert json.loads(printed.out)["actions"] is None


def test_a_named_store_that_is_absent_is_an_error(tmp_path: Path) -> None:
    assert run(["territory", "Lyon", "--store", str(tmp_path / "rien.sqlite")]) == 3
