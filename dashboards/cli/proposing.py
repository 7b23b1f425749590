"""What a convention's text proposes, as a person reads it before anything is loaded, and as JSON."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from dashboards.cli.session import SESSION
from dashboards.words import euros
from graphmodel import UsageError
from loaders.convention_text import Proposal, is_draft_file, proposal_of, write_draft


def proposals_of(paths: Sequence[str], kind: str | None) -> dict[str, Proposal]:
    """Return what each text among some files proposes, by path; texts are told by content, or by `kind`."""
    return {
        path: proposal_of(Path(path))[0]
        for path in paths
        if Path(path).is_file() and _is_text(Path(path), kind)
    }


def _is_text(path: Path, kind: str | None) -> bool:
    """Tell whether a file is the text of a convention; one that cannot be read is told so by its loader."""
    from loaders.registry import needs_review

    try:
        return not is_draft_file(path) and (kind == "text" or (kind is None and needs_review(path)))
    except OSError:
        return False


def write_drafts(proposals: dict[str, Proposal], target: Path) -> None:
    """Write the workbook of the proposals of one text.

    Raises
    ------
    UsageError
        No text, or several; or the workbook exists already: its corrections are somebody's work.
    """
    if len(proposals) != 1:
        raise UsageError("--draft écrit la proposition d’un texte de convention : donnez un seul texte.")
    if target.exists():
        raise UsageError(f"« {target} » existe déjà : il n’est pas remplacé. Donnez un autre nom à --draft.")
    if target.suffix.lower() != ".xlsx":
        raise UsageError("--draft écrit un classeur : son nom finit par .xlsx.")
    (proposal,) = proposals.values()
    write_draft(target, proposal)
    SESSION.say(f"Proposition écrite dans {target} : relisez-la, puis chargez-la avec maillage load {target}")


def print_proposal(proposal: Proposal) -> None:
    """Print a proposal: each thing found, its lines, and what to check."""
    contract = proposal.contract
    years = f"{contract.start_year or '?'}-{contract.end_year or '?'}"
    print(f"Contrat : {contract.title or 'intitulé non trouvé'} ({contract.id}, {years})")
    print(f"{len(proposal.parties)} parties :")
    for party in proposal.parties:
        acronym = f" ({party.acronym})" if party.acronym else ""
        _line(f"{party.name}{acronym} — {party.category}", party.passage.lines, party.doubt)
    coded = [action for action in proposal.actions if action.kept]
    print(f"{len(coded)} actions :")
    for action in coded:
        _line(f"{action.code}  {action.name}", action.passage.lines, action.doubt)
    print(f"{len(proposal.fundings)} montants :")
    for funding in proposal.fundings:
        said = " (prévisionnel)" if funding.provisional else ""
        amount = f"{euros(int(funding.amount * 100))}{said}"
        who = next(
            (party.name for party in proposal.parties if party.id == funding.funder), "financeur inconnu"
        )
        _line(f"{who}, {funding.year or 'année inconnue'} : {amount}", funding.passage.lines, funding.doubt)
    left = [action for action in proposal.actions if not action.kept]
    if left:
        print("Non retenu, à décider :")
    for action in left:
        _line(action.name, action.passage.lines, action.doubt)


def _line(words: str, lines: tuple[int, int], doubt: str) -> None:
    first, last = lines
    place = f"ligne {first}" if first == last else f"lignes {first} à {last}"
    print(f"  - {words} [{place}]")
    if doubt:
        print(f"      À vérifier : {doubt}")


def as_json(proposal: Proposal) -> dict[str, Any]:
    """Return a proposal for `load --json`: every thing with its quote, lines and doubt."""
    return {
        "file": proposal.file,
        "contract": _said(proposal.contract, "id", "title", "region", "start_year", "end_year"),
        "parties": [_said(each, "id", "name", "written", "acronym", "category") for each in proposal.parties],
        "actions": [_said(each, "code", "name", "axis", "axis_name", "year") for each in proposal.actions],
        "fundings": [_said(each, "funder", "year", "amount", "provisional") for each in proposal.fundings],
    }


def _said(each: Any, *fields: str) -> dict[str, Any]:
    found: dict[str, Any] = {field: getattr(each, field) for field in fields}
    if "amount" in found:
        found["amount"] = float(found["amount"])
    lines = list(each.passage.lines)
    return {
        **found,
        "quote": each.passage.quote,
        "lines": lines,
        "doubt": each.doubt or None,
        "kept": each.kept,
    }
