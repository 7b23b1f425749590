"""« Ajouter au rapport » as its user does it: add the present view, order the list, take one out."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from graphmodel import open_store
from graphmodel.decisions import ReportItem, report_items
from tests.dashboards.axe import violations
from tests.dashboards.pages.data_store import store_with_convention
from tests.dashboards.serving import CODE, served_store


@pytest.fixture(scope="module")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("base") / "x.sqlite"
    store_with_convention(path)
    return path


@pytest.fixture
def base(pristine: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(pristine, tmp_path / "x.sqlite"))


@pytest.fixture
def address(base: Path, tmp_path: Path) -> Iterator[str]:
    with served_store(f"sqlite:///{base}", tmp_path / "envois") as found:
        yield found


def kept(base: Path) -> tuple[ReportItem, ...]:
    with open_store(base) as store:
        return report_items(store.snapshot())


def add(page: Page, title: str, code: str = CODE) -> None:
    """Add the present view under a title, from the menu of the frame."""
    page.get_by_role("button", name="Exporter").click()
    page.get_by_role("menuitem", name="Ajouter au rapport").click()
    page.get_by_label("Titre dans le rapport").fill(title)
    page.get_by_label("Ajouté par").fill("Camille")
    page.locator("#report-code").fill(code)
    page.locator("#report-add").click()


def test_a_view_is_added_ordered_and_taken_out(page: Page, address: str, base: Path) -> None:
    for title, year in (("Première", 2015), ("Seconde", 2014)):
        page.goto(f"{address}/?an={year}")
        add(page, title)
        expect(page.locator("#report-said")).to_contain_text("Ajouté")
    first, second = kept(base)
    assert (first.title, first.added_by) == ("Première", "Camille")
    assert first.address.startswith("/?")
    assert second.address.startswith("/?")
    page.goto(f"{address}/donnees?vue=rapport")
    page.get_by_label("Auteur").fill("Camille")
    page.get_by_role("button", name="Monter « Seconde »").click()
    expect(page.locator("ol.basket li").first).to_contain_text("Seconde")
    page.get_by_role("button", name="Retirer « Première »").click()
    expect(page.locator("ol.basket li")).to_have_count(1)
    assert [item.id for item in kept(base)] == [second.id]
    assert violations(page) == []


def test_a_wrong_code_writes_nothing(page: Page, address: str, base: Path) -> None:
    page.goto(f"{address}/")
    add(page, "Refusée", "citron")
    expect(page.locator("#report-said")).to_contain_text("pas le bon")
    assert kept(base) == ()
