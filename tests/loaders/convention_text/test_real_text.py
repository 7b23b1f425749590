"""The proposals on the real convention are what its careful reading found."""

import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from loaders.convention_text import Proposal, is_convention_text, propose, read_text

TEXT = "convention/000_9092218c93b45cea.txt"


def squeezed(words: str) -> str:
    """Return words without blanks, case or kinds of apostrophes: the text itself is full of stray blanks."""
    return re.sub(r"\s", "", words).replace("’", "'").casefold()


@pytest.fixture(scope="module")
def proposal(shared: Path) -> Proposal:
    """Return what the real text proposes."""
    return propose(read_text(shared / TEXT))


@pytest.fixture(scope="module")
def extraction(shared: Path) -> dict[str, Any]:
    """Return the extraction made by hand."""
    content: dict[str, Any] = yaml.safe_load(
        (shared / "convention/contract.yaml").read_text(encoding="utf-8")
    )
    return content


def test_the_twenty_parties_are_found_in_order(proposal: Proposal, extraction: dict[str, Any]) -> None:
    said = extraction["parties"]
    main = [party["nom"] for party in said["signataires_principaux"]]
    partners = [party["nom_preambule"] for party in said["collectivites_partenaires"]]
    assert [squeezed(party.written) for party in proposal.parties] == [
        squeezed(name) for name in main + partners
    ]
    assert [party.category for party in proposal.parties] == ["signataire principal"] * 4 + [
        "collectivité partenaire"
    ] * 16
    assert [party.acronym for party in proposal.parties if party.acronym] == ["CRESS RA"]
    assert not any(party.doubt for party in proposal.parties)


def test_the_twenty_actions_are_found_with_code_and_label(
    proposal: Proposal, extraction: dict[str, Any]
) -> None:
    expected = {
        action["code"]: squeezed(action["label"])
        for axis in extraction["plan_actions"]["axes"]
        for objective in axis["objectifs"]
        for part in objective["sous_objectifs"]
        for action in part["actions"]
    }
    kept = [action for action in proposal.actions if action.kept]
    assert len(kept) == 20
    assert {action.code: squeezed(action.name) for action in kept} == expected
    assert {action.axis: action.axis_name for action in kept} == {
        "I": "Promotion", "II": "Innovation sociale", "III": "Entrepreneuriat et développement économique",
    }  # fmt: skip
    assert {action.year for action in kept} == {2014}


def test_the_line_without_a_code_is_left_to_the_reviewer(proposal: Proposal) -> None:
    (left,) = [action for action in proposal.actions if not action.kept]
    assert left.name.startswith("Animation du contrat économique sectoriel")
    assert left.passage.lines == (1089, 1089)
    assert "sans code" in left.doubt


def test_the_three_amounts_are_found(proposal: Proposal) -> None:
    names = {party.id: party.written for party in proposal.parties}
    assert [(names[f.funder or ""], f.year, f.amount, f.provisional) for f in proposal.fundings] == [
        ("La Région Rhône-Alpes", 2014, Decimal(2387500), False),
        ("L’Etat", 2014, Decimal(1000000), True),
        ("La Caisse des Dépôts et Consignations", 2014, Decimal(1085200), False),
    ]


def test_the_contract_is_named_by_its_own_words(proposal: Proposal) -> None:
    contract = proposal.contract
    assert (contract.id, contract.region) == ("CES-ESS-RA-2014-2016", "Rhône-Alpes")
    assert (contract.start_year, contract.end_year) == (2014, 2016)


def test_every_quote_stands_on_its_lines(proposal: Proposal, shared: Path) -> None:
    lines = (shared / TEXT).read_text(encoding="utf-8").split("\n")
    rows = [proposal.contract, *proposal.parties, *proposal.actions, *proposal.fundings]
    for each in rows:
        first, last = each.passage.lines
        assert squeezed(each.passage.quote) in squeezed("".join(lines[first - 1 : last])), each


def test_the_text_is_known_for_what_it_is(shared: Path) -> None:
    assert is_convention_text(shared / TEXT)
    assert not any(
        is_convention_text(shared / name) for name in ("convention/ambiguities.md", "method/format.md")
    )
