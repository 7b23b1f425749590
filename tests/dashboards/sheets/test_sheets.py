"""Territory sheets: every authority, the awkward ones, what a reader of PDF finds in them."""

import io
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2
import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject, IndirectObject

from dashboards import words
from dashboards.prints.checks import audit
from dashboards.sheets import Desk, write_sheet
from dashboards.sheets.cards import Card, share
from dashboards.sheets.content import Sheet
from dashboards.sheets.sheet_map import HIGH, WIDE, _grouped
from dashboards.sheets.sources import ranges
from dashboards.sheets.subject import subject_of
from dashboards.sheets.tables import paid_here
from dashboards.sheets.typeset import sheet_pdf
from dashboards.sheets.web import sheet_html
from graphmodel import UsageError
from graphmodel.indicators.territories.authorities import authorities

UNKNOWN = ("ARDECHE-MERIDIONALE", "PNR-PILAT", "RHONE-PLURIEL", "SUD-GRESIVAUDAN")
DIE, LYON, ROANNE = "26113", "69123", "200035731"
MARGIN_MM = 5.0


def parties(desk: Desk) -> list[str]:
    """Return the codes of the authorities, the region left out: it is the whole map."""
    return [place.code for place in authorities(desk.context) if place.code != "82"]


@pytest.fixture(scope="module")
def sheets(published: Desk) -> dict[str, Sheet]:
    """Return the sheet of every authority that signed, and of a commune without any need."""
    return {code: published.sheet(code) for code in [*parties(published), DIE]}


@pytest.fixture(scope="module")
def lyon(sheets: dict[str, Sheet]) -> bytes:
    return sheet_pdf(sheets[LYON])


def test_the_sixteen_authorities_have_a_whole_sheet(sheets: dict[str, Sheet]) -> None:
    assert len(sheets) == 17
    for code, sheet in sheets.items():
        assert len(sheet.cards) == 6
        assert all(card.figure and (card.foot or card.detail) for card in sheet.cards), code
        assert len(sheet.limits) >= 3
        assert sheet.questions
        assert any("À qui demander" in strong for strong, _ in sheet.around), code
        assert (sheet.map is None) == (code in UNKNOWN), code


def test_every_sheet_compiles_as_an_accessible_pdf_of_two_pages_at_most(sheets: dict[str, Sheet]) -> None:
    for code, sheet in sheets.items():
        assert 1 <= len(PdfReader(io.BytesIO(sheet_pdf(sheet))).pages) <= 2, code


def test_the_page_of_every_authority_weighs_less_than_a_megabyte(sheets: dict[str, Sheet]) -> None:
    for code, sheet in sheets.items():
        assert len(sheet_html(sheet).encode("utf-8")) < 1_000_000, code


def test_the_last_row_of_each_table_sums_the_others(sheets: dict[str, Sheet], working: Desk) -> None:
    def euros(text: str) -> float:
        return float(text.replace(words.NNBSP, ""))

    for code in (LYON, ROANNE, DIE):
        actions = working.sheet(code).actions
        assert actions is not None
        paid = [euros(row[-1]) for row in actions.rows[:-1] if row[-1] != "—"]
        # Each line is rounded to a euro.
        assert euros(actions.rows[-1][-1]) == pytest.approx(sum(paid), abs=len(paid))
    told = sheets[LYON]
    assert told.strategy is not None
    assert told.needs is not None
    *criteria, score = told.strategy.rows
    assert score[1:] == tuple(str([row[at] for row in criteria].count("oui")) for at in (1, 2))
    *needs, answered = told.needs.rows
    assert answered[0].startswith(f"{sum(row[-1] == 'opérationnelle' for row in needs)} sur {len(needs)}")


def test_a_territory_that_no_signatory_crosses_says_so(sheets: dict[str, Sheet]) -> None:
    drawn = sheets[DIE].map
    assert drawn is not None
    assert drawn.crossings.startswith("Aucun autre signataire ne le chevauche.")


def test_the_words_of_a_piece_stay_in_the_working_document(published: Desk, working: Desk) -> None:
    (told,) = published.sheet(LYON).pieces
    assert "«" not in told[1]
    assert any("«" in excerpt for _, excerpt in working.sheet(LYON).pieces)


def test_the_numbers_of_communes_of_a_legend_sum_to_the_territory(
    sheets: dict[str, Sheet], working: Desk
) -> None:
    for sheet in [*sheets.values(), working.sheet(ROANNE)]:
        if sheet.map is not None:
            counts = [int(sign.count.replace(words.NNBSP, "")) for sign in sheet.map.signs if sign.count]
            assert sum(counts) == sheet.map.total
            assert len(sheet.map.alt) <= 350


def test_the_maps_pass_the_audit_of_printed_pages(sheets: dict[str, Sheet], working: Desk) -> None:
    for sheet in (sheets["38"], sheets[LYON], working.sheet(ROANNE)):
        assert sheet.map is not None
        # The map fills its page: it is a part of a page, whose margins typst keeps.
        # A long name may pass its measured box by a third of a millimetre: nothing touches it there.
        every = [told for told in audit(sheet.map.page) if told.detail != "hors de la page"]
        found = [told for told in every if told.kind != "container"]
        assert not found, found
        for _, box in sheet.map.page.boxes:
            assert min(box.x, box.y) >= 0
            assert box.right <= WIDE
            assert box.bottom <= HIGH


def test_a_perimeter_nobody_gave_has_no_map_and_says_so(sheets: dict[str, Sheet]) -> None:
    for code in UNKNOWN:
        said = sheet_html(sheets[code])
        assert "Périmètre inconnu" in said
        assert "<figure" not in said


def test_a_territory_without_quarter_says_why_there_is_no_figure(sheets: dict[str, Sheet]) -> None:
    quarters = sheets["200035731"].cards[0], sheets[DIE].cards[0]
    for card in quarters:
        if card.figure == words.NOT_COMPUTABLE:
            assert card.detail
    assert sheets[DIE].cards[0].figure == words.NOT_COMPUTABLE


def test_a_territory_without_any_action_still_has_a_full_sheet(published: Desk) -> None:
    code = next(c for c in sorted(published.ground.communes) if not published.actions.get(c))
    sheet = published.sheet(code)
    assert sheet.actions is None
    said = " ".join(strong for strong, _ in sheet.around)
    assert "À côté" in said
    assert "À qui demander" in said
    assert "Territoires comparables" in said
    assert any("Quelle action du contrat" in question for question in sheet.questions)
    assert sheet_pdf(sheet).startswith(b"%PDF")


def test_no_amount_is_told_in_publication(sheets: dict[str, Sheet], working: Desk) -> None:
    for sheet in sheets.values():
        paid = sheet.cards[4]
        assert paid.figure in (words.SECRET, words.NOT_COMPUTABLE)
        if sheet.actions is not None:
            assert {row[-1] for row in sheet.actions.rows} <= {words.SECRET, "—"}
        if sheet.map is not None:
            assert sheet.map.title == "Actions par commune"
    shown = working.sheet(LYON)
    assert "€" in shown.cards[4].figure
    assert shown.actions is not None
    assert any(re.search(r"\d", row[-1]) for row in shown.actions.rows)
    assert "document de travail" in shown.imprint


def test_what_is_paid_in_two_halves_of_a_territory_sums_to_the_whole(working: Desk) -> None:
    whole = subject_of(working.graph, ROANNE)
    codes = sorted(whole.communes)
    halves = [replace(whole, communes=frozenset(part)) for part in (codes[::2], codes[1::2])]
    totals = [
        sum(float(text.replace(words.NNBSP, "")) for text in paid_here(working.values, one).values())
        for one in (whole, *halves)
    ]
    assert totals[0] > 0
    assert totals[0] == pytest.approx(totals[1] + totals[2], abs=40)


def test_a_pdf_is_tagged_in_french_in_the_order_of_reading(lyon: bytes) -> None:
    reader = PdfReader(io.BytesIO(lyon))
    root: Any = reader.trailer["/Root"]
    assert str(root["/Lang"]).startswith("fr")
    assert root["/MarkInfo"]["/Marked"]
    kinds = [kind for kind, _ in tags(root["/StructTreeRoot"])]
    assert {"/H1", "/H2", "/Table", "/TH", "/Figure"} <= set(kinds)
    pictures = [tag for kind, tag in tags(root["/StructTreeRoot"]) if kind == "/Figure" and "/Alt" in tag]
    assert any("Lyon" in str(tag["/Alt"]) for tag in pictures)
    text = " ".join(page.extract_text() for page in reader.pages)
    heads = (
        "L’essentiel",
        "Où l’action a lieu",
        "Ce qu’on ne peut pas dire",
        "Actions présentes",
        "D’où viennent ces chiffres",
        "À demander",
    )
    order = [text.index(head) for head in heads]
    assert order == sorted(order)
    assert "DONNÉES FICTIVES" in text
    assert "\ufffd" not in text
    assert "(cid:" not in text


def tags(node: object) -> list[tuple[str, DictionaryObject]]:
    """Return the kinds of a structure tree with their dictionaries, in order."""
    found: list[tuple[str, DictionaryObject]] = []
    if isinstance(node, IndirectObject):
        node = node.get_object()
    if isinstance(node, list):
        for child in node:
            found += tags(child)
    elif isinstance(node, DictionaryObject):
        if "/S" in node:
            found.append((str(node["/S"]), node))
        found += tags(node.get("/K"))
    return found


def test_no_ink_stands_in_the_margins_and_no_letter_off_the_page(sheets: dict[str, Sheet]) -> None:
    for code in ("38", LYON, "PNR-PILAT"):
        document = pypdfium2.PdfDocument(sheet_pdf(sheets[code]))
        for page in document:
            picture = np.asarray(page.render(scale=100 / 72).to_pil().convert("L"))
            edge = round(MARGIN_MM / 25.4 * 100)
            inner = np.zeros(picture.shape, dtype=bool)
            inner[edge:-edge, edge:-edge] = True
            assert picture[~inner].min() > 200, code
            text = page.get_textpage()
            wide, high = page.get_size()
            for rank in range(text.count_chars()):
                left, bottom, right, top = text.get_charbox(rank)
                assert left >= 0 <= bottom, code
                assert right <= wide, code
                assert top <= high, code
        document.close()


def test_the_same_store_gives_the_same_bytes(published: Desk, tmp_path: Path) -> None:
    for name in ("fiche.pdf", "fiche.html"):
        (one,), (two,) = (write_sheet(published, ROANNE, tmp_path / place / name) for place in ("a", "b"))
        assert one.read_bytes() == two.read_bytes()


def test_a_page_for_a_browser_asks_for_nothing(sheets: dict[str, Sheet]) -> None:
    said = sheet_html(sheets[LYON])
    assert 'lang="fr"' in said
    assert not re.search(r"<script|<link|(?:src|href)=\"https?:", said)
    assert "<caption>" in said


def test_an_unknown_extension_is_refused(published: Desk, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="fiche"):
        write_sheet(published, LYON, tmp_path / "fiche.docx")


def test_an_authority_is_found_by_its_own_name(published: Desk) -> None:
    assert published.sheet("Syndicat mixte du Parc du Pilat").title == published.sheet("PNR-PILAT").title


@pytest.mark.parametrize(
    ("value", "n", "said"), [(0.3, 10, "3 sur 10"), (1.0, 19, "19 sur 19"), (0.5, 20, f"50{words.NNBSP}%")]
)
def test_under_twenty_a_proportion_is_a_count(value: float, n: int, said: str) -> None:
    assert share(value, n) == said


def test_groups_of_counts_have_neither_gap_nor_overlap() -> None:
    for most in range(5, 30):
        covered = [value for low, high in _grouped(most) for value in range(low, high + 1)]
        assert covered == list(range(1, most + 1))


def test_rows_are_told_as_ranges() -> None:
    assert ranges([5]) == "ligne 5"
    assert ranges([2, 3, 9]) == "lignes 2-3, 9"
    assert ranges([1, 3, 5, 7, 9, 11]).endswith("et 2\u00a0autres")


def test_a_card_with_an_interval_names_its_method(sheets: dict[str, Sheet]) -> None:
    cards: list[Card] = [card for sheet in sheets.values() for card in sheet.cards if card.low is not None]
    assert cards
    assert all(re.search(r"Wilson|exact|score", card.foot) and "n = " in card.foot for card in cards)
