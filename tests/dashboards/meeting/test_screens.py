"""A meeting as it is held: by the keyboard alone, at ten metres, store gone, network cut."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Download, Page, expect

from dashboards.meeting import save_meeting
from graphmodel import ContractGraph, open_store
from graphmodel.evaluation import Evaluation
from loaders.reference import reference_batch
from loaders.registry import FileRequest, read
from tests.dashboards.axe import violations
from tests.dashboards.conftest import HOSTILE, graph_of
from tests.dashboards.dialogs import dialogs_of
from tests.dashboards.meeting.conftest import NEXT, Site, evaluated, meeting_builder, meeting_site
from tests.dashboards.serving import CODE

FLOOR_PX = 28
"""Smallest letters that carry meaning at 1280 px: 12 minutes of arc at ten metres."""
KINDS_AFTER = ("sujet", "argent", "zones", "territoire", "reseau", "besoins", "dire", "releve")
"""Screens after that of the needs."""
MOST_WORDS, MOST_NUMBERS = 25, 3
LEGIBLE = """() => {
  const screen = document.querySelector('.screen:not([hidden])');
  const small = [];
  const walker = document.createTreeWalker(screen, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode, holder = node.parentElement;
    const shown = holder.checkVisibility() && getComputedStyle(holder).visibility === 'visible';
    // Time stamps and the name of a key never carry the message.
    if (!node.textContent.trim() || !shown || holder.closest('time, kbd, .kept')) continue;
    const size = parseFloat(getComputedStyle(holder).fontSize);
    if (size < FLOOR) small.push(`${size} ${node.textContent.trim()}`);
  }
  for (const field of screen.querySelectorAll('input')) {
    if (parseFloat(getComputedStyle(field).fontSize) < FLOOR) small.push(field.id);
  }
  return small;
}"""
SPOKEN = """() => [...document.querySelectorAll('.screen:not([hidden])')].map((screen) => {
  const copy = screen.cloneNode(true);
  const aside = copy.querySelectorAll('.map, .legend, kbd, .notes, button, time, ul[hidden]');
  aside.forEach((part) => part.remove());
  return copy.textContent;
})[0]"""
CLIPPED = """() => [...document.querySelectorAll('.screen:not([hidden]) *')].filter((part) => {
  if (!part.checkVisibility() || part.closest('svg, .ghost, .notes, .map')) return false;
  const box = part.getBoundingClientRect();
  const foot = document.querySelector('footer').getBoundingClientRect();
  return box.width > 0 && (box.right > innerWidth + 1 || box.bottom > foot.top + 1);
}).map((part) => `${part.tagName}.${part.className}`)"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with meeting_site(Path(tmp_path_factory.mktemp("seance"))) as found:
        yield found


def open_meeting(page: Page, site: Site, search: str = "") -> None:
    """Open the screens and wait for the first."""
    page.goto(f"{site.address}/seance/ecran?date={NEXT.isoformat()}{search}")
    page.wait_for_selector("html[data-ready]")


def shown(page: Page) -> str:
    """Return the kind of the present screen."""
    return str(page.evaluate("document.querySelector('.screen:not([hidden])').dataset.kind"))


def unlocked(page: Page) -> None:
    """Say who takes notes, as the screen asks on arrival."""
    page.wait_for_selector("#signing[open]")
    page.fill("#author", "Ana")
    page.fill("#code", CODE)
    page.keyboard.press("Enter")
    expect(page.locator("#signing")).to_be_hidden()
    expect(page.locator("#entry")).to_be_focused()


def loaded(saved: list[Download], folder: Path) -> ContractGraph:
    """Load the tables that a file without network saved, as `maillage load` does."""
    with open_store(f"sqlite:///{folder / 'x.sqlite'}", create=True) as store:
        store.apply(store.plan([reference_batch(), meeting_builder().build()]))
        for download in saved:
            path = folder / download.suggested_filename
            download.save_as(path)
            store.apply(store.plan(read(FileRequest(path, store))))
        return store.snapshot()


def pairs(graph: ContractGraph, kind: str) -> list[tuple[str, str]]:
    """Return the ends of the relationships of a kind."""
    rows = graph.relationships(kind)
    return list(zip(map(str, rows["source"]), map(str, rows["target"]), strict=True))


def numbers(text: str) -> list[str]:
    """Return the numbers of a text; « 4 sur 6 » is one, the code of an action or of a report none."""
    plain = re.sub(r"\b[IVX]+(?:[._]\d+)+|\b[A-Z]+-?\d[\w-]*", "", text.replace("\u202f", ""))
    return re.findall(r"\d+(?:,\d+)?(?: sur \d+)?", plain)


@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080)])
def test_every_screen_is_read_at_ten_metres(page: Page, site: Site, size: tuple[int, int]) -> None:
    width, height = size
    page.set_viewport_size({"width": width, "height": height})
    open_meeting(page, site)
    floor = str(FLOOR_PX * width / 1280)
    seen = []
    while True:
        kind = shown(page)
        if kind == "besoins":
            # The question of who takes notes comes first; nobody answers it here.
            page.wait_for_selector("#signing[open]")
            page.keyboard.press("Escape")
        if kind == "territoire":
            page.keyboard.type("grenoble")
            page.keyboard.press("Enter")
        assert page.evaluate(LEGIBLE.replace("FLOOR", floor)) == [], kind
        assert page.evaluate(CLIPPED) == [], kind
        spoken = str(page.evaluate(SPOKEN))
        said = re.findall(r"[\w’'-]*[^\W\d][\w’'-]*", spoken)
        assert len(said) <= MOST_WORDS, (kind, said)
        assert len(numbers(spoken)) <= MOST_NUMBERS, (kind, spoken)
        seen.append(kind)
        before = page.evaluate("location.hash")
        page.keyboard.press("PageDown")
        if page.evaluate("location.hash") == before:
            break
    assert seen == ["demandes", "demandes", *KINDS_AFTER]
    expect(page.locator(".place-in")).to_have_text("9 sur 9")
    expect(page.locator("footer .badge")).to_contain_text("Données fictives")


def test_the_legend_adds_up_and_uses_three_colours(page: Page, site: Site) -> None:
    open_meeting(page, site)
    page.keyboard.press("3")
    assert shown(page) == "argent"
    texts = page.locator(".screen-argent .legend li").all_inner_texts()
    counts = [int(text.rsplit(":", 1)[1]) for text in texts]
    units = page.locator(".screen-argent use.unit").count()
    assert sum(counts) == units
    colours = page.evaluate(
        "[...new Set([...document.querySelectorAll('.screen-argent use.unit')]"
        ".map((unit) => getComputedStyle(unit).fill))].length"
    )
    assert colours <= 3


def test_keys_move_blacken_and_jump(page: Page, site: Site) -> None:
    open_meeting(page, site)
    for key, kind in (("ArrowRight", "demandes"), (" ", "sujet"), ("PageUp", "demandes"), ("8", "dire")):
        page.keyboard.press(key)
        assert shown(page) == kind
    page.keyboard.press("b")
    expect(page.locator(".black")).to_be_visible()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".black")).to_be_hidden()
    assert shown(page) == "dire"
    with page.context.expect_page() as opened:
        page.keyboard.press("n")
    chair = opened.value
    expect(chair.locator("#chair h1")).to_have_text("Ce qu’on peut dire")
    page.keyboard.press("3")
    expect(chair.locator("#chair h1")).to_have_text(re.compile("L’argent est-il allé partout"))
    chair.keyboard.press("ArrowRight")
    expect(page.locator(".screen-zones")).to_be_visible()


def test_a_territory_is_called_by_its_first_letters(page: Page, site: Site) -> None:
    open_meeting(page, site)
    page.keyboard.press("3")
    page.keyboard.type("val de d")
    expect(page.locator(".search .ghost b")).to_have_text("rôme")
    page.keyboard.press("Enter")
    expect(page.locator(".card h2")).to_have_text("Val de Drôme")
    ring = page.locator(".screen-territoire .ring.chosen-0")
    assert ring.get_attribute("href") == "#t-242600252"
    assert ring.evaluate("(use) => getComputedStyle(use).stroke") == "rgb(255, 106, 19)"
    page.keyboard.type("die+grenoble")
    page.keyboard.press("Enter")
    expect(page.locator(".card h2")).to_have_count(2)
    page.keyboard.type("zzzz")
    page.keyboard.press("Enter")
    expect(page.locator(".screen-territoire .prompt")).to_contain_text(
        "Aucun territoire ne commence par « zzzz »"
    )
    page.keyboard.press("Escape")
    # Letters opened it from the third screen: the way goes on from there.
    page.keyboard.press("PageDown")
    assert shown(page) == "zones"


def test_a_note_is_in_the_graph_with_its_day_and_its_territory(page: Page, site: Site) -> None:
    open_meeting(page, site)
    page.keyboard.press("7")
    unlocked(page)
    page.keyboard.press("ArrowUp")
    page.keyboard.type("grenoble-alpes")
    page.keyboard.press("Enter")
    page.keyboard.type("Une plateforme d’achats commune")
    page.keyboard.press("Enter")
    expect(page.locator(".notes .kept")).to_have_count(0)
    page.keyboard.press("Tab")
    page.keyboard.type("Les quartiers sont nommés, pas encore atteints")
    page.keyboard.press("Enter")
    expect(page.locator(".notes .is-remark")).to_have_text("Remarque · ")
    expect(page.locator(".notes .kept")).to_have_count(0)
    graph = site.read()
    need = graph.nodes("Need")
    need = need[need["text"] == "Une plateforme d’achats commune"]
    assert [str(day) for day in need["date"]] == [NEXT.isoformat()]
    key = str(need.index[0])
    assert graph.ends("PART_OF", "Need", "Meeting")[key].endswith("ADT-2016-03-22")
    expressed = {need: place for place, need in pairs(graph, "EXPRESSES")}
    assert expressed[key].startswith("epci/200040715")
    remark = graph.nodes("Remark")
    assert list(remark["text"]) == ["Les quartiers sont nommés, pas encore atteints"]
    assert graph.ends("ABOUT", "Remark", "Territory")[str(remark.index[0])].startswith("epci/200040715")
    page.keyboard.press("PageDown")
    page.keyboard.press("PageDown")
    expect(page.locator(".totals")).to_contain_text("1 besoin, 1 remarque")
    page.goto(f"{site.address}/seance/releve?date={NEXT.isoformat()}")
    expect(page.locator("main")).to_contain_text("Une plateforme d’achats commune")


def test_what_is_said_while_the_store_is_gone_is_kept_then_written(page: Page, site: Site) -> None:
    open_meeting(page, site)
    page.keyboard.press("7")
    unlocked(page)
    page.keyboard.type("Un premier besoin")
    page.keyboard.press("Enter")
    expect(page.locator(".notes .kept")).to_have_count(0)
    site.store_gone.append(True)
    page.keyboard.type("Dit pendant la panne")
    page.keyboard.press("Enter")
    expect(page.locator(".hint")).to_contain_text("gardé ici, sera écrit au retour de la base")
    expect(page.locator(".notes .kept")).to_have_count(1)
    assert "Dit pendant la panne" not in list(site.read().nodes("Need")["text"])
    open_meeting(page, site)
    expect(page.locator(".notes .kept")).to_have_count(1)
    site.store_gone.clear()
    page.evaluate("window.Meeting.send()")
    expect(page.locator(".notes .kept")).to_have_count(0)
    assert list(site.read().nodes("Need")["text"]).count("Dit pendant la panne") == 1


def test_the_file_opens_with_the_network_cut(
    page: Page, meeting_graph: ContractGraph, evaluation: Evaluation, tmp_path: Path
) -> None:
    path = tmp_path / "seance.html"
    assert save_meeting(meeting_graph, evaluation, NEXT, path) == path.stat().st_size < 1_000_000
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.context.set_offline(True)
    page.goto(path.as_uri())
    page.wait_for_selector("html[data-ready]")
    page.keyboard.press("3")
    assert shown(page) == "argent"
    page.keyboard.type("die")
    page.keyboard.press("Enter")
    expect(page.locator(".card h2")).to_have_text("Diois")
    page.keyboard.press("7")
    page.keyboard.type("=1+1")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("Une remarque sur le Diois")
    page.keyboard.press("Enter")
    expect(page.locator(".hint")).to_contain_text("gardé dans ce navigateur")
    page.keyboard.press("PageDown")
    page.keyboard.press("PageDown")
    saved: list[Download] = []
    page.on("download", lambda one: saved.append(one))
    with page.expect_download(lambda one: one.suggested_filename.startswith("Remarques")):
        page.get_by_role("button", name="Enregistrer le fichier").click()
    expect(page.locator(".totals")).to_contain_text("1 besoin, 1 remarque")
    graph = loaded(saved, tmp_path)
    assert "1+1" in graph.nodes("Need")["text"].iloc[-1]
    need = graph.nodes("Need").index[graph.nodes("Need")["id"].str.startswith("SEANCE-")][0]
    assert {need: place for place, need in pairs(graph, "EXPRESSES")}[need].startswith("epci/")
    assert list(graph.nodes("Remark")["text"]) == ["Une remarque sur le Diois"]
    assert [url for url in asked if not url.startswith(("file:", "blob:", "data:"))] == []


def test_hostile_names_stay_text(page: Page, tmp_path: Path) -> None:
    alerts = dialogs_of(page)
    graph = graph_of(meeting_builder(hostile=True))
    path = tmp_path / "seance.html"
    save_meeting(graph, evaluated(graph), NEXT, path)
    page.goto(path.as_uri())
    page.wait_for_selector("html[data-ready]")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".screen:not([hidden]) .asked")).to_contain_text(HOSTILE[:12])
    page.keyboard.press("7")
    page.keyboard.insert_text(HOSTILE)
    page.keyboard.press("Enter")
    expect(page.locator(".notes")).to_contain_text("</script><img")
    assert page.locator("img").count() == 0
    assert alerts == []


def test_no_axe_violation_on_any_screen(page: Page, site: Site) -> None:
    open_meeting(page, site)
    for kind in ("demandes", "demandes", *KINDS_AFTER):
        assert shown(page) == kind
        if kind == "besoins":
            page.wait_for_selector("#signing[open]")
        assert violations(page) == [], kind
        if kind == "besoins":
            page.keyboard.press("Escape")
        page.keyboard.press("PageDown")
    page.goto(f"{site.address}/seance/releve?date={NEXT.isoformat()}")
    assert violations(page) == []


def test_a_note_without_the_code_or_from_another_site_is_refused(page: Page, site: Site) -> None:
    note = {
        "id": "abcdefgh1",
        "kind": "need",
        "text": "x",
        "meeting": date.today().isoformat(),
        "author": "A",
    }
    address = f"{site.address}/seance/notes"
    assert page.request.post(address, data=note).status == 401
    assert page.request.post(address, data={**note, "code": CODE, "kind": "autre"}).status == 400
    elsewhere = {"Origin": "https://ailleurs.example"}
    assert page.request.post(address, data={**note, "code": CODE}, headers=elsewhere).status == 403
