"""« Données » as its user does it: send a file, read what would change, write it, take it back, decide."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from dashboards.access import StoreAccess
from dashboards.load_preview import Options, preview, write
from dashboards.mode import MODE_VARIABLE
from graphmodel import open_store
from tests.dashboards.axe import violations
from tests.dashboards.conftest import HOSTILE
from tests.dashboards.dialogs import dialogs_of
from tests.dashboards.pages.data_store import FAULTY, GOOD, Rows, store_with_convention, workbook
from tests.dashboards.serving import CODE, served_store

NBSP = "\u00a0"


@pytest.fixture(scope="module")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("base") / "x.sqlite"
    store_with_convention(path)
    return path


@pytest.fixture
def base(pristine: Path, tmp_path: Path) -> str:
    """Return the URL of a store of one's own."""
    shutil.copy(pristine, tmp_path / "x.sqlite")
    return f"sqlite:///{tmp_path / 'x.sqlite'}"


@pytest.fixture
def address(base: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv(MODE_VARIABLE, "working")
    with served_store(base, tmp_path / "envois") as found:
        yield found


def send(page: Page, address: str, path: Path) -> None:
    """Choose a file as a person does, and wait for what comes of it."""
    page.goto(f"{address}/donnees")
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Choisir un fichier").click()
    chooser.value.set_files(path)
    page.wait_for_selector(".data-side")


def sign(page: Page, code: str = CODE) -> None:
    page.get_by_label("Auteur").fill("Camille")
    page.get_by_label("Code d’écriture", exact=True).fill(code)


def version(base: str) -> int:
    with open_store(base) as store:
        return store.version().number


def test_a_file_is_previewed_written_and_taken_back(
    page: Page, address: str, base: str, tmp_path: Path
) -> None:
    before = version(base)
    send(page, address, workbook(tmp_path / "bilan.xlsx", GOOD))
    expect(page.locator("h1")).to_have_text("Ce que ce fichier va changer")
    expect(page.locator(".panel-title")).to_contain_text("rien n’est encore écrit")
    expect(page.locator(".tile-added strong")).to_have_text("3")
    expect(page.locator("table.rows tbody tr")).to_have_count(3)
    page.get_by_role("link", name="Modifiées").click()
    expect(page.locator(".rows-empty")).to_contain_text("Aucune ligne")
    assert "filtre=modifiees" in page.url
    assert version(base) == before
    sign(page)
    page.get_by_role("button", name=f"Écrire 3{NBSP}changements").click()
    expect(page.locator("h1")).to_have_text(f"Version {before + 1} écrite")
    with open_store(base) as store:
        assert store.history()[-1].author == "Camille"
    page.get_by_role("button", name="Annuler ce chargement").click()
    expect(page.locator("table.rows tbody tr").first).to_contain_text("annulation")
    assert version(base) == before + 2


def test_a_faulty_file_cannot_be_written_and_says_why(
    page: Page, address: str, base: str, tmp_path: Path
) -> None:
    before = version(base)
    send(page, address, workbook(tmp_path / "bilan.xlsx", FAULTY))
    button = page.get_by_role("button", name=f"Corriger 2{NBSP}fautes avant d’écrire")
    expect(button).to_be_disabled()
    fault = page.locator(".fault", has_text="IV.1.1")
    expect(fault).to_contain_text("Participations, ligne 2, colonne")
    expect(fault).to_contain_text("Attendu")
    expect(page.locator(".boxed", has_text="IV.1.1")).to_be_visible()
    with page.expect_download() as got:
        page.get_by_role("link", name="Classeur annoté").click()
    assert got.value.suggested_filename == "bilan-annote.xlsx"
    assert Path(got.value.path()).stat().st_size > 5_000
    assert version(base) == before


def test_a_wrong_code_or_no_author_writes_nothing(
    page: Page, address: str, base: str, tmp_path: Path
) -> None:
    before = version(base)
    send(page, address, workbook(tmp_path / "bilan.xlsx", GOOD))
    write = page.get_by_role("button", name="Écrire")
    write.click()
    expect(page.locator("#write-said")).to_contain_text("code demandé")
    sign(page, "faux")
    write.click()
    expect(page.locator("#write-said")).to_contain_text("n’est pas le bon")
    page.get_by_label("Code d’écriture", exact=True).fill(CODE)
    page.get_by_label("Auteur").fill(" ")
    write.click()
    expect(page.locator("#write-said")).to_contain_text("Auteur")
    assert version(base) == before


def test_without_a_code_writing_is_closed_and_the_page_says_so(page: Page, base: str, tmp_path: Path) -> None:
    with served_store(base, tmp_path / "envois", code=None) as address:
        send(page, address, workbook(tmp_path / "bilan.xlsx", GOOD))
        expect(page.locator(".closed")).to_contain_text("MAILLAGE_WRITE_CODE")
        expect(page.get_by_role("button", name="Écrire")).to_be_disabled()


def test_a_publication_tells_values_only_to_who_may_write(
    page: Page, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(MODE_VARIABLE, "publication")
    page.goto(f"{address}/donnees?vue=decider")
    expect(page.locator(".state")).to_contain_text("Réservé à qui peut écrire")
    assert page.request.get(f"{address}/donnees/donnees.json").status == 403
    assert page.request.get(f"{address}/donnees/corrections.csv").status == 403
    sign(page)
    page.get_by_role("button", name="Ouvrir").click()
    expect(page.locator(".decisions")).to_contain_text("Journal des corrections")
    answer = page.request.get(f"{address}/donnees/donnees.json")
    assert answer.status == 200
    assert "CES-ESS-RA-2014-2016" in answer.text()


@pytest.mark.parametrize("name", ["tableaux.xlsx", "reseau.graphml", "carte.html", "modele.xlsx"])
def test_an_export_is_a_file_or_a_sentence(page: Page, address: str, name: str) -> None:
    answer = page.request.get(f"{address}/donnees/{name}")
    if answer.status == 409:
        assert answer.text().endswith(".")
    else:
        assert answer.status == 200
        assert name in answer.headers["content-disposition"]
    assert page.request.get(f"{address}/donnees/autre.xlsx").status == 404


def test_a_hostile_name_stays_text(page: Page, address: str, tmp_path: Path) -> None:
    alerts = dialogs_of(page)
    rows: Rows = {"Organisations": [{"id": "FICTI-X", "name": HOSTILE.replace("\u2028", " ")}]}
    send(page, address, workbook(tmp_path / "<img src=x onerror=alert(1)>.xlsx", rows))
    expect(page.locator("table.rows")).to_contain_text("</script><img src=x")
    expect(page.locator(".file-name")).to_contain_text("<img src=x")
    assert page.locator("main img").count() == 0
    assert alerts == []


def test_a_file_of_another_kind_is_refused_in_a_sentence(page: Page, address: str, tmp_path: Path) -> None:
    path = tmp_path / "bilan.exe"
    path.write_bytes(b"MZ")
    page.goto(f"{address}/donnees")
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Choisir un fichier").click()
    chooser.value.set_files(path)
    expect(page.locator("#upload-said")).to_contain_text("n’est pas d’une sorte qui se charge")


def test_a_foreign_table_is_mapped_on_screen(page: Page, address: str, tmp_path: Path) -> None:
    path = tmp_path / "ficticoop.csv"
    path.write_text(
        "Structure;Fiche action;Exercice;Avis interne\nCRESS Rhône-Alpes;II.1.1;2015;ras\n", encoding="utf-8"
    )
    send(page, address, path)
    expect(page.locator("h1")).to_contain_text("Que dit chaque colonne")
    expect(page.locator(".step.now")).to_contain_text("Colonnes et correspondances")
    apply = page.get_by_role("button", name="Lire avec ces correspondances")
    apply.click()
    expect(page.locator("#map-said")).to_contain_text("émetteur")
    page.get_by_label("Qui envoie ce fichier").fill("Ficticoop")
    for field in page.locator("table.rows input[placeholder='à dire']").all():
        field.fill("2015")
    apply.click()
    expect(page.locator(".step.now")).not_to_contain_text("Colonnes", timeout=15_000)
    expect(page.locator(".data-side")).to_contain_text("Lu avec la correspondance")


def test_two_files_that_disagree_are_settled_on_screen(
    page: Page, address: str, base: str, tmp_path: Path
) -> None:
    access = StoreAccess(base, tmp_path)
    for name, world in (("a", "économie classique"), ("b", "acteur public")):
        rows: Rows = {"Organisations": [{"id": "FICTI-DUO", "name": "Ficti-Duo", "world": world}]}
        path = workbook(tmp_path / f"{name}.xlsx", rows, identity=name)
        write(access, path, preview(access, path, Options()), "Essai")
    page.goto(f"{address}/donnees?vue=decider")
    card = page.locator(".decision", has_text="Ficti-Duo").first
    expect(card).to_contain_text("acteur public")
    card.get_by_label("acteur public").check()
    card.get_by_label("Pourquoi").fill("statuts lus")
    sign(page)
    card.get_by_role("button", name="Retenir").click()
    expect(page.locator(".decisions")).to_contain_text("Aucun désaccord")
    expect(page.locator(".decisions")).to_contain_text("statuts lus")
    with open_store(base) as store:
        record = next(r for r in store.read_all("Organisation") if r.values["id"] == "FICTI-DUO")
        assert record.values["world"] == "public"


def test_a_value_is_corrected_leads_to_its_source_and_is_withdrawn(page: Page, address: str) -> None:
    page.goto(f"{address}/donnees?vue=decider&cle=Action:II_1.1")
    expect(page.locator("#correct-now")).to_contain_text("Espace Régional de Dialogue Social")
    page.get_by_role("textbox", name="Valeur à corriger").click()
    page.get_by_role("option", name="Nom", exact=True).click()
    page.get_by_label("Nouvelle valeur").fill("Espace de dialogue")
    form = page.locator(".decision-part", has_text="Corriger une valeur")
    form.get_by_label("Pourquoi").fill("titre abrégé")
    sign(page)
    page.get_by_role("button", name="Corriger", exact=True).click()
    entry = page.locator(".decision", has_text="titre abrégé")
    expect(entry).to_contain_text("Espace de dialogue (en vigueur)")
    entry.get_by_role("button", name="Espace").click()
    drawer = page.locator("#source-drawer")
    expect(drawer).to_contain_text("Correction de Camille")
    expect(drawer).to_contain_text("ligne")
    page.keyboard.press("Escape")
    expect(drawer).to_be_hidden()
    page.get_by_label("Auteur").fill("Camille")
    entry.get_by_label("Pourquoi").fill("le titre entier vaut mieux")
    entry.get_by_role("button", name="Retirer").click()
    expect(page.locator(".decision", has_text="titre abrégé")).to_contain_text("retirée")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("view", ["charger", "completude", "decider", "historique", "exporter"])
def test_no_axe_violation(page: Page, address: str, scheme: str, view: str) -> None:
    page.add_init_script(f"localStorage.setItem('mantine-color-scheme-value', '{scheme}')")
    page.goto(f"{address}/donnees?vue={view}")
    page.wait_for_selector(".tabs")
    expect(page.locator("html")).to_have_attribute("data-mantine-color-scheme", scheme)
    assert violations(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("rows", [GOOD, FAULTY], ids=["good", "faulty"])
def test_no_axe_violation_in_a_preview(
    page: Page, address: str, tmp_path: Path, scheme: str, rows: Rows
) -> None:
    page.add_init_script(f"localStorage.setItem('mantine-color-scheme-value', '{scheme}')")
    send(page, address, workbook(tmp_path / "bilan.xlsx", rows))
    assert violations(page) == []
