"""The workbook of one operator for one year."""

import datetime
import shutil
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from graphmodel import InputFaultsError, Store, UsageError, open_store
from loaders.filling import Links, operator_content, operators
from loaders.template import Content, Identity, write_template

from .conftest import Writer, fill, read_back

CONTRACT = "CES-ESS-RA-2014-2016"
A = "FICTI-A"


PARTS = ((A, "II.1.1", "porteur"), ("FICTI-B", "II.1.1", "partenaire"), ("FICTI-C", "I.1.2", "porteur"))


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the file of a store with what three operators did in 2014."""
    folder = tmp_path_factory.mktemp("operator")
    content = Content(Identity("bilans-2014", CONTRACT, fictional=True))
    for name in ("A", "B", "C"):
        content.add("Organisations", id=f"FICTI-{name}", name=f"Ficti {name}", seat="69123")
    for organisation, action, role in PARTS:
        content.add("Participations", organisation=organisation, action=action, year=2014, role=role)
    for code, degree in (("69123", "ciblé"), ("42218", "atteint")):
        content.add("Lieux", action="II.1.1", year=2014, level="commune", code=code, degree=degree)
    day = datetime.date(2015, 3, 31)
    content.add("Bilans", organisation=A, action="II.1.1", year=2014, due_on=day, received_on=day)
    content.add(
        "Mesures", metric="structures", action="II.1.1", year=2014, organisation=A, value=3,
        unit="structures", status="renseigné",
    )  # fmt: skip
    with open_store(f"sqlite:///{folder}/operator.sqlite", create=True) as store:
        fill(store, "convention")
        write_template(folder / "bilans.xlsx", content)
        store.apply(store.plan(read_back(store, folder / "bilans.xlsx")))
    return folder / "operator.sqlite"


@pytest.fixture
def store(loaded: Path, tmp_path: Path) -> Iterator[Store]:
    """Return a copy of that store."""
    path = Path(shutil.copy(loaded, tmp_path / "own.sqlite"))
    with open_store(f"sqlite:///{path}") as store:
        yield store


def content_of(store: Store, year: int = 2015) -> Content:
    """Return the workbook of the first operator."""
    return operator_content(Links(store.snapshot()), "Ficti A", year)


def test_file_says_whose_it_is_and_of_which_year(store: Store) -> None:
    content = content_of(store)
    assert content.identity.id == "bilan-FICTI-A-2015"
    assert content.identity.author == "Ficti A"
    assert content.identity.fictional
    assert not content.identity.copy


def test_actions_partners_and_places_are_those_of_the_year_before(store: Store) -> None:
    rows = content_of(store).rows
    assert [(r["organisation"], r["action"], r["year"], r["role"]) for r in rows["Participations"]] == [
        ("Ficti A", "II.1.1", 2015, "porteur"),
        ("Ficti B", "II.1.1", 2015, "partenaire"),
    ]
    assert [(r["code"], r["degree"], r["year"]) for r in rows["Lieux"]] == [("69123", "ciblé", 2015)]
    assert [r["id"] for r in rows["Organisations"]] == [A]


def test_report_is_due_a_year_later_and_figures_are_asked_again(store: Store) -> None:
    rows = content_of(store).rows
    [report] = rows["Bilans"]
    assert (report["due_on"], report["received_on"]) == (datetime.date(2016, 3, 31), None)
    [figure] = rows["Mesures"]
    assert (figure["metric"], figure["unit"], figure["year"]) == ("structures", "structures", 2015)
    assert (figure["value"], figure["status"]) == (None, None)


def test_cells_to_fill_and_to_confirm_are_marked(store: Store, tmp_path: Path) -> None:
    content = content_of(store)
    assert content.marks["Mesures", 0, "value"] == "to_fill"
    assert content.marks["Bilans", 0, "received_on"] == "to_fill"
    assert content.marks["Participations", 1, "organisation"] == "carried"
    assert ("Bilans", 0, "due_on") not in content.marks
    write_template(tmp_path / "x.xlsx", content)
    book = openpyxl.load_workbook(tmp_path / "x.xlsx")
    headings = [cell.value for cell in book["Mesures"][1]]
    cell = book["Mesures"].cell(2, headings.index("Valeur") + 1)
    assert (cell.value, cell.fill.fgColor.rgb) == (None, "FFFFF2B3")
    said = [cell.value for cell in book["Lisez-moi"]["B"]]
    assert "à remplir" in said
    assert any("2014, reportés en 2015" in str(line) for line in said)


def test_what_the_year_itself_says_wins_over_the_year_before(store: Store, write: Writer) -> None:
    content = Content(Identity("échéances", CONTRACT))
    day = datetime.date(2016, 5, 2)
    content.add("Bilans", organisation=A, action="I.1.2", year=2015, due_on=day)
    store.apply(store.plan(read_back(store, write(store, content))))
    reports = {str(row["action"]): row["due_on"] for row in content_of(store).rows["Bilans"]}
    assert reports == {"I.1.2": day, "II.1.1": datetime.date(2016, 3, 31)}


def test_workbook_sent_back_as_it_is_asks_for_what_lacks(store: Store, write: Writer) -> None:
    with pytest.raises(InputFaultsError) as caught:
        read_back(store, write(store, content_of(store)))
    assert [(fault.sheet, fault.row, fault.column) for fault in caught.value.faults] == [
        ("Mesures", 2, "Statut")
    ]


def test_workbook_sent_back_filled_is_loaded_under_its_own_identity(store: Store, write: Writer) -> None:
    content = content_of(store)
    content.rows["Mesures"][0] |= {"value": 5, "status": "renseigné"}
    content.rows["Bilans"][0]["received_on"] = datetime.date(2016, 3, 1)
    batch = read_back(store, write(store, content))
    assert batch.source.id == "bilan-FICTI-A-2015"
    store.apply(store.plan(batch))
    graph = store.snapshot()
    assert graph.nodes("Measure").loc[f"{CONTRACT}/measure/structures-II_1.1-2015-FICTI-A", "value"] == 5
    content.rows["Mesures"][0]["value"] = 6
    plan = store.plan(read_back(store, write(store, content)), replace=True)
    assert plan.counts()["nodes"] == {"added": 0, "changed": 1, "removed": 0, "unchanged": 2}


def test_operators_of_a_year_are_those_who_owe_or_took_part(store: Store) -> None:
    links = Links(store.snapshot())
    assert operators(links, 2015) == [A, "FICTI-B", "FICTI-C"]
    assert operators(links, 2016) == []


@pytest.mark.parametrize(
    ("name", "year", "said"),
    [
        ("Fictj A", 2015, "Vouliez-vous dire « FICTI-A »"),
        ("Ficti A", 2031, "hors du contrat : de 2014 à 2016"),
        ("CRESS-RA", 2015, "n’a pris part à aucune action"),
    ],
)
def test_wrong_operator_or_year_is_told(store: Store, name: str, year: int, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        operator_content(Links(store.snapshot()), name, year)
