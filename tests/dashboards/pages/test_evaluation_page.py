"""« Évaluation » as an evaluator uses it: a question, a proof down to file and row, the table taken away."""

import csv
from collections.abc import Iterator
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from dashboards.access import StoreAccess
from dashboards.app import create_app
from dashboards.evaluations import Evaluations
from dashboards.mode import MODE_VARIABLE
from dashboards.pages.evaluation.callbacks import shown_proof
from dashboards.pages.page import Desk
from dashboards.snapshot import Snapshots
from graphmodel import ContractGraph
from graphmodel.evaluation import Evaluation
from tests.dashboards.axe import violations
from tests.dashboards.conftest import HOSTILE
from tests.dashboards.pages.evaluation_store import FIRST_ROW, NEEDS, QUOTE, SHEET, evaluated, write_store
from tests.dashboards.serving import served_application


@pytest.fixture(scope="module")
def store_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    return write_store(tmp_path_factory.mktemp("evaluation"))


@pytest.fixture(scope="module")
def address(store_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    access = StoreAccess(store_url, tmp_path_factory.mktemp("sent"), None, "abricot")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(MODE_VARIABLE, "working")
        ready = Evaluations.of(evaluated()[1])
        application = create_app(Snapshots(store_url), access=access, evaluations=ready).server
        with served_application(application) as found:
            yield found


def test_the_evaluator_goes_from_a_question_to_a_row_of_a_file_and_takes_it_away(
    page: Page, address: str
) -> None:
    page.goto(f"{address}/evaluation")
    expect(page.locator("h1")).to_contain_text("Question 1")
    # By keyboard alone: the third question, then the proof of its answered needs.
    page.locator("#question-3").focus()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("Question 3")
    expect(page.locator("#question-3")).to_be_focused()
    row = page.locator(".ev-figure-row", has_text="T12").first
    expect(row).to_contain_text(f"2 sur {NEEDS}")
    button = row.get_by_role("button")
    button.focus()
    page.keyboard.press("Enter")
    proof = page.get_by_role("dialog", name="D’où vient ce chiffre")
    expect(proof.locator(".ev-road h3")).to_have_count(4)
    first = proof.locator(".file-lines tbody tr").first
    expect(first).to_contain_text("essai.xlsx")
    expect(first).to_contain_text(SHEET)
    expect(first).to_contain_text(str(FIRST_ROW))
    expect(proof).to_contain_text(QUOTE)
    expect(proof).to_contain_text("lignes 744 à 745")
    assert "preuve=T12" in page.url
    with page.expect_download() as taken:
        proof.get_by_role("link", name="Exporter la preuve").click()
    rows = _rows(Path(taken.value.path()).read_bytes())
    assert {(r["Fichier"], r["Feuille"], r["Ligne"]) for r in rows} >= {("essai.xlsx", SHEET, str(FIRST_ROW))}
    page.keyboard.press("Escape")
    expect(proof).to_be_hidden()
    expect(button).to_be_focused()
    assert "preuve" not in page.url


def _rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(content.decode("utf-8-sig")), delimiter=";"))


def test_the_table_leaves_as_csv_and_as_a_workbook(page: Page, address: str) -> None:
    table = page.request.get(f"{address}/evaluation/tableau.csv?question=3&an=2015")
    rows = _rows(table.body())
    assert {row["Question"] for row in rows} == {"3"}
    assert any(row["Indicateur"] == "T12" and row["Valeur"].startswith("0,333") for row in rows)
    assert "maillage_Q3_2015_v1.csv" in table.headers["content-disposition"]
    book = page.request.get(f"{address}/evaluation/tableau.xlsx?question=3&an=2015")
    assert book.body()[:2] == b"PK"
    assert page.request.get(f"{address}/evaluation/preuve.csv?preuve=X99").status == 409
    assert page.request.get(f"{address}/evaluation/autre.csv").status == 404


def test_the_screen_holds_the_questions_and_the_chosen_values_without_scrolling(
    page: Page, address: str
) -> None:
    for number in (1, 3):
        page.goto(f"{address}/evaluation?question={number}")
        page.wait_for_selector(".ev-figure-row")
        expect(page.locator(".ev-question .ev-tally")).to_have_count(4)
        lowest = page.evaluate(
            "Math.max(...[...document.querySelectorAll('.ev-figures tbody:not(.ev-more) tr, .ev-question')]"
            ".map((e) => e.getBoundingClientRect().bottom))"
        )
        assert lowest <= page.locator("#source-line").bounding_box()["y"] + 0.5  # type: ignore[index]
    drawn = page.locator(".ev-bar-line").first
    assert "valeur" in str(drawn.get_attribute("aria-label"))
    shapes = page.locator(".ev-degrees .ev-degree").evaluate_all("(all) => all.map((e) => e.className)")
    assert len(set(shapes)) == 3


def test_other_values_unfold_and_names_stay_text(page: Page, address: str) -> None:
    page.goto(f"{address}/evaluation?question=3")
    page.wait_for_selector(".ev-figure-row")
    expect(page.locator(".ev-effect-name", has_text=HOSTILE[:20])).to_have_count(1)
    hidden = page.locator("tbody.ev-more").first
    expect(hidden).to_be_hidden()
    page.locator(".ev-more-button").first.click()
    expect(hidden).to_be_visible()
    page.keyboard.press("t")
    expect(page.locator(".ev-answer h2").last).to_have_text("Ce qu’on ne peut pas dire")
    assert "vue=reponse" in page.url
    assert page.evaluate("document.querySelectorAll('main img').length") == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(page: Page, address: str, scheme: str) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.goto(f"{address}/evaluation?question=3")
    page.wait_for_selector(".ev-figure-row")
    page.locator("[id='more-E3.2']").click()
    assert violations(page) == []
    page.goto(f"{address}/evaluation?question=3&vue=reponse")
    page.wait_for_selector(".ev-answer")
    assert violations(page) == []
    page.goto(f"{address}/evaluation?question=3&preuve=T12")
    page.wait_for_selector(".proof-body blockquote")
    assert violations(page) == []


def test_the_page_completes_itself_when_the_values_come(page: Page, store_url: str, tmp_path: Path) -> None:
    ready = _Later()
    access = StoreAccess(store_url, tmp_path, None, None)
    application = create_app(Snapshots(store_url), access=access, evaluations=ready).server
    with served_application(application) as address:
        page.goto(f"{address}/evaluation?question=3")
        expect(page.locator(".waiting")).to_contain_text("Calcul des indicateurs")
        expect(page.locator(".ev-question")).to_have_count(4)
        assert violations(page) == []
        ready.evaluation = evaluated()[1]
        expect(page.locator(".ev-figure-row").first).to_be_visible(timeout=15_000)


class _Later(Evaluations):
    evaluation: Evaluation | None = None

    def ready(self, _: ContractGraph) -> Evaluation | None:
        """Return what has come so far."""
        return self.evaluation


@pytest.mark.parametrize(("mode", "told"), [("publication", False), ("working", True)])
def test_the_rows_of_a_secret_value_are_counted_and_kept_silent_in_a_publication(
    store_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mode: str, told: bool
) -> None:
    monkeypatch.setenv(MODE_VARIABLE, mode)
    _, evaluation = evaluated()
    values = tuple(
        replace(value, secrecy="A") if value.indicator == "T12" else value for value in evaluation.values
    )
    ready = Evaluations.of(replace(evaluation, values=values))
    desk = Desk(Snapshots(store_url), StoreAccess(store_url, tmp_path), ready)
    said = str(shown_proof(desk, "T12", "?an=2015"))
    assert ("ligne masquée" in said) != told
    assert ("title='essai.xlsx'" in said) == told
    assert "lignes montrées sur" in said
