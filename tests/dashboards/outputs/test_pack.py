"""The folder of a meeting: for whom, what is in it, whole or nothing, and read with the network cut."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from dashboards.cli import run
from dashboards.map_kinds import CARDS
from dashboards.pack import Choice, Packed, contents, contents_of, write_pack
from dashboards.pack.bench import Bench, Origin
from dashboards.pack.contents import slug
from dashboards.pack.folder import check_folder
from dashboards.pack.index import INDEX, weight
from dashboards.sheets import Desk
from dashboards.words import NNBSP
from graphmodel import ContractGraph, MaillageError, UsageError, open_store
from graphmodel.evaluation import Evaluation
from tests.dashboards.axe import violations
from tests.dashboards.outputs.conftest import SHEET
from tests.support.small_store import MEETING, UNREACHED

Published = tuple[ContractGraph, Evaluation]
COMMAND = "maillage pack --meeting 2015-10-13 --out dossier"


@pytest.fixture(scope="module")
def bench(small_path: Path, published: Published) -> Iterator[Bench]:
    """Return a bench on the small contract."""
    with open_store(f"sqlite:///{small_path}") as store:
        yield Bench(store, *published)


@pytest.fixture(scope="module", autouse=True)
def one_map() -> Iterator[None]:
    """Leave one map: the others have tests of their own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(contents, "CARDS", tuple(card for card in CARDS if card.kind == "actions"))
        yield


def packed_at(bench: Bench, folder: Path) -> Packed:
    asked = Choice(MEETING.isoformat())
    origin = Origin("", "", None, "publication")
    found = contents_of(bench.graph, asked)
    return write_pack(bench, origin, found, folder, COMMAND, lambda _: None, workers=1)


@pytest.fixture(scope="module")
def packed(bench: Bench, tmp_path_factory: pytest.TempPathFactory) -> Packed:
    """Return the folder of the assembly."""
    return packed_at(bench, tmp_path_factory.mktemp("pack") / "dossier")


def titles(graph: ContractGraph, *who: str) -> list[str]:
    found = contents_of(graph, Choice(MEETING.isoformat(), who))
    return [order.title for order in found.orders if order.kind == "sheet"]


def test_authorities_that_did_not_sign_are_invited_too(published: Published) -> None:
    graph, _ = published
    signed = ["Conseil général de l’Isère", "Grenoble-Alpes Métropole", "Syndicat mixte du Parc du Pilat"]
    assert titles(graph) == [*signed[:2], signed[2], "Ville de Bourg", "Ville de Die"]
    assert titles(graph, "parties") == signed
    assert titles(graph, "members") == titles(graph, "all") == titles(graph)
    assert titles(graph, UNREACHED, "Isère") == ["Conseil général de l’Isère", "Ville de Bourg"]


def test_who_has_no_sheet_is_named_with_the_reason(published: Published) -> None:
    found = contents_of(published[0], Choice("13/10/2015"))
    reasons = dict(found.absent)
    assert "périmètre du contrat" in reasons["Région Rhône-Alpes"]
    assert any("aucun territoire" in reason for reason in reasons.values())


def test_an_unknown_meeting_is_answered_by_those_known(published: Published) -> None:
    with pytest.raises(UsageError, match="13/10/2015"):
        contents_of(published[0], Choice("2016-01-01"))
    with pytest.raises(UsageError, match="se donne seul"):
        contents_of(published[0], Choice("ADT-2015-1", ("parties", "26113")))


def test_the_command_says_what_was_chosen(published: Published) -> None:
    choice = Choice("ADT-2015-1", ("26113", "Grenoble-Alpes Métropole"), "working")
    meeting = contents_of(published[0], choice).meeting
    assert choice.command(meeting, "dossier") == (
        'maillage pack --meeting 2015-10-13 --for 26113 --for "Grenoble-Alpes Métropole" '
        "--mode working --out dossier"
    )


def test_the_index_lists_every_file_and_every_link_leads_to_one(packed: Packed) -> None:
    index = (packed.folder / INDEX).read_text(encoding="utf-8")
    on_disk = {
        path.relative_to(packed.folder).as_posix() for path in packed.folder.rglob("*") if path.is_file()
    }
    links = set(re.findall(r'href="([^"]+)"', index))
    assert links == on_disk - {INDEX}
    assert {path for path, _ in packed.files} == on_disk
    assert sum(path.startswith("fiches/") for path in links) == 10
    assert "DONNÉES FICTIVES" in index
    assert "Publication" in index
    assert COMMAND in index
    assert "Assemblée des territoires, 13 octobre 2015" in index


def test_a_sheet_and_a_map_are_those_that_export_writes(packed: Packed, made: Path) -> None:
    folder = packed.folder
    (pdf,), (page,) = (list((folder / "fiches").glob(f"*-{SHEET}{end}")) for end in (".pdf", ".html"))
    assert pdf.read_bytes() == (made / f"fiche-{SHEET}.pdf").read_bytes()
    assert page.read_bytes() == (made / f"fiche-{SHEET}.html").read_bytes()
    assert (folder / "cartes" / "carte-m2-actions.pdf").read_bytes() == (made / "carte-m2.pdf").read_bytes()
    assert (folder / "cartes" / "communes.html").read_bytes() == (made / "carte-communes.html").read_bytes()


def test_the_same_folder_takes_the_place_of_the_earlier_one_with_the_same_bytes(
    packed: Packed, bench: Bench
) -> None:
    before = {path: (packed.folder / path).read_bytes() for path, _ in packed.files}
    (packed.folder / "oubli.txt").write_text("resté là", encoding="utf-8")
    again = packed_at(bench, packed.folder)
    assert {path: (again.folder / path).read_bytes() for path, _ in again.files} == before
    assert not (again.folder / "oubli.txt").exists()
    assert [path.name for path in packed.folder.parent.iterdir()] == ["dossier"]


def test_a_page_that_would_be_wrong_leaves_no_folder_at_all(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: Desk, query: str) -> None:
        raise MaillageError(f"la page de {query} ne tient pas")

    monkeypatch.setattr(Desk, "sheet", fail)
    with pytest.raises(MaillageError, match="ne tient pas"):
        packed_at(bench, tmp_path / "dossier")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_holds_something_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("à garder", encoding="utf-8")
    with pytest.raises(UsageError, match="autre chose"):
        check_folder(tmp_path)
    with pytest.raises(UsageError, match="fichier"):
        check_folder(tmp_path / "notes.txt")
    check_folder(tmp_path / "neuf")


def test_an_unknown_meeting_is_a_french_sentence_and_writes_nothing(
    small_path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "dossier"
    assert run(["--store", str(small_path), "pack", "--meeting", "hier", "--out", str(out)]) == 2
    assert "Réunions connues" in capsys.readouterr().err
    assert not out.exists()


def test_the_index_and_the_presentation_open_with_the_network_cut(packed: Packed, page: Page) -> None:
    page.context.set_offline(True)
    page.goto((packed.folder / INDEX).as_uri())
    assert violations(page) == []
    page.get_by_role("link", name=re.compile("Ville de Die, page web")).click()
    assert page.locator("h1").inner_text() == "Die"
    assert violations(page) == []
    page.goto((packed.folder / "seance.html").as_uri())
    assert page.locator("h1:visible, h2:visible").count() > 0


def test_sizes_and_names_are_french_and_plain() -> None:
    assert weight(1_260_000) == f"1,3{NNBSP}Mo"
    assert weight(200) == f"1{NNBSP}ko"
    assert slug("Conseil général de l’Isère") == "conseil-general-de-l-isere"
