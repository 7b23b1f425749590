"""The rules know no name of any contract: what is written in invented conventions is what is read in them."""

import dataclasses
import random
import re
from decimal import Decimal
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.convention_text import propose, read_text, text_of
from tests.support.conventions import CODES, Layout, Written, write_convention

LAYOUTS = st.builds(
    Layout,
    width=st.sampled_from((45, 60, 75, 90, 120)),
    pages=st.sampled_from((0, 30, 55)),
    hyphens=st.booleans(),
    blanks=st.sampled_from((0.0, 0.0, 0.03)),
    spacing=st.integers(0, 3),
)


PREAMBLE = "ENTRE\n\nLa Région Ormelle, représentée par son Président\n\nIL EST CONVENU\n\n"


def bare(words: str) -> str:
    """Return words without what a layout may add or take: blanks and hyphens."""
    return re.sub(r"[\s-]", "", words)


def check(said: Written, lines: list[str]) -> None:
    """Compare what is proposed from lines with what was written in them."""
    found = propose(text_of(lines))
    assert [bare(party.written) for party in found.parties] == [bare(name) for name in said.parties]
    kept = {action.code: bare(action.name) for action in found.actions if action.kept}
    assert kept == {code: bare(label) for code, label in said.actions.items()}
    names = {party.id: bare(party.written) for party in found.parties}
    amounts = {names[f.funder or ""]: (f.amount, f.year) for f in found.fundings}
    assert amounts == {bare(name): (Decimal(euros), said.start) for name, euros in said.amounts.items()}
    assert (found.contract.start_year, found.contract.end_year) == (said.start, said.end)


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 10**6), layout=LAYOUTS, style=st.sampled_from(sorted(CODES)))
def test_whatever_the_names_codes_amounts_and_layout(seed: int, layout: Layout, style: str) -> None:
    said = write_convention(seed, layout, style)
    check(said, said.lines)


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10**6), layout=LAYOUTS)
def test_every_quote_stands_on_its_lines(seed: int, layout: Layout) -> None:
    said = write_convention(seed, layout, "roman_")
    found = propose(text_of(said.lines))
    for each in (found.contract, *found.parties, *found.actions, *found.fundings):
        first, last = each.passage.lines
        # The end of a word that a line end cut stands on the next written line, past a footer if any.
        written = [line for line in said.lines[last:] if line and "– page" not in line][:1]
        around = [line for line in said.lines[first - 1 : last] if "– page" not in line]
        assert bare(each.passage.quote) in bare("".join(around + written))


def test_the_order_of_parties_is_that_of_the_text() -> None:
    said = write_convention(7, Layout(), "roman_")
    start = said.lines.index("Les collectivités partenaires :")
    end = said.lines.index("IL EST CONVENU CE QUI SUIT")
    blocks = re.split(r"\n\n+", "\n".join(said.lines[start + 1 : end]).strip())
    random.Random(1).shuffle(blocks)
    lines = [*said.lines[: start + 1], *"\n\n".join(blocks).split("\n"), "", *said.lines[end:]]
    main = len(said.parties) - len(blocks)
    order = [next(name for name in said.parties[main:] if block.startswith(name)) for block in blocks]
    check(dataclasses.replace(said, parties=said.parties[:main] + order), lines)


def test_blank_lines_inside_a_presentation_do_not_make_parties() -> None:
    said = write_convention(11, Layout(width=60), "roman_")
    start, end = said.lines.index("ENTRE"), said.lines.index("IL EST CONVENU CE QUI SUIT")
    doubled = [piece for line in said.lines[start:end] for piece in (line, "")]
    check(said, [*said.lines[:start], *doubled, *said.lines[end:]])


@pytest.mark.parametrize(
    ("written", "euros"),
    [
        ("2 387 500 euros", "2387500"), ("1.250.000 €", "1250000"), ("350 000,50 euros", "350000.50"),
        ("1,5 million d’euros", "1500000"), ("300 k€", "300000"), ("2,25 M€", "2250000"), ("850 €", "850"),
        ("1 000 \n000 euros", "1000000"),
    ],
)  # fmt: skip
def test_ways_of_writing_an_amount(written: str, euros: str) -> None:
    text = f"{PREAMBLE}En 2020, la participation de la Région est de {written}."
    (funding,) = propose(text_of(text.split("\n"))).fundings
    assert (funding.amount, funding.funder, funding.year) == (Decimal(euros), "REGION-ORMELLE", 2020)


def test_what_is_unsure_is_said_and_not_guessed() -> None:
    text = f"{PREAMBLE}La participation du Fonds Bleu est de 500 euros."
    found = propose(text_of(text.split("\n")))
    (funding,) = found.fundings
    assert (funding.funder, funding.year) == (None, None)
    assert "financeur" in funding.doubt
    assert "ne dit pas l’année" in funding.doubt
    assert found.contract.doubt == "Les années du contrat n’ont pas été trouvées."
    assert found.actions == []


def test_a_code_met_twice_with_two_labels_is_doubtful() -> None:
    plan = "PLAN D’ACTIONS 2020\n\nA-1 Créer des ateliers\n\nA-2 Former\n\nA-1 Fermer des ateliers"
    first, second = propose(text_of(plan.split("\n"))).actions
    assert (first.name, second.name) == ("Créer des ateliers", "Former")
    assert first.doubt == "Le code revient avec un autre libellé, ligne 7."


def test_an_amount_outside_a_commitment_is_not_proposed() -> None:
    text = "Le loyer mensuel du siège, payé par le voisin, est de 900 euros."
    assert propose(text_of([text])).fundings == []


def test_a_word_document_reads_as_its_text(tmp_path: Path) -> None:
    said = write_convention(5, Layout(width=500, spacing=0), "roman_")
    document = docx.Document()
    start = next(at for at, line in enumerate(said.lines) if line.startswith("Axe "))
    for line in said.lines[:start]:
        document.add_paragraph(line)
    for line in said.lines[start:]:
        code, _, label = line.partition(" ")
        if code in said.actions:
            cells = document.add_table(rows=1, cols=2).rows[0].cells
            cells[0].text, cells[1].text = code, label
        else:
            document.add_paragraph(line)
    document.save(str(tmp_path / "convention.docx"))
    text = read_text(tmp_path / "convention.docx")
    check(said, text.body.split("\n"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_any_usual_encoding_reads_alike(tmp_path: Path, encoding: str) -> None:
    said = write_convention(3, Layout(), "roman_")
    path = tmp_path / "convention.txt"
    path.write_bytes("\r\n".join(said.lines).encode(encoding, errors="replace"))
    check(said, read_text(path).body.split("\n"))
