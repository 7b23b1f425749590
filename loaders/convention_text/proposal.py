"""What a convention's text proposes for the graph: the contract, its parties, actions and amounts."""

import hashlib
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from loaders.convention_text.passages import ConventionText, Passage


@dataclass(slots=True)
class Proposed:
    """One thing read in the text.

    Attributes
    ----------
    passage
        Words that carry it, and their lines.
    doubt
        French sentence that says what to look at; empty when nothing seems doubtful.
    kept
        False to leave it out of the graph; the reviewer decides.
    """

    passage: Passage
    doubt: str = field(default="", kw_only=True)
    kept: bool = field(default=True, kw_only=True)

    def doubtful(self, sentence: str) -> None:
        """Add a sentence to the doubts."""
        self.doubt = f"{self.doubt} {sentence}".strip()


@dataclass(slots=True)
class ProposedContract(Proposed):
    """The contract: identifier, title, region, first and last year; None where the text does not say."""

    id: str
    title: str
    region: str | None
    start_year: int | None
    end_year: int | None


@dataclass(slots=True)
class ProposedParty(Proposed):
    """A party: identifier, name without article, the text's own name, acronym, category as the text says."""

    id: str
    name: str
    written: str
    acronym: str | None
    category: str
    authority: bool | None


@dataclass(slots=True)
class ProposedAction(Proposed):
    """An action: code of the plan (empty when it has none), label, axis, year of the plan."""

    code: str
    name: str
    axis: str | None
    axis_name: str | None
    year: int | None


@dataclass(slots=True)
class ProposedFunding(Proposed):
    """An amount: funder (identifier of a party, None when unknown), year, euros, provisional or not."""

    funder: str | None
    year: int | None
    amount: Decimal
    provisional: bool


@dataclass(slots=True)
class Proposal:
    """All that a text proposes; `file` and `sha256` say which text."""

    file: str
    sha256: str
    contract: ProposedContract
    parties: list[ProposedParty]
    actions: list[ProposedAction]
    fundings: list[ProposedFunding]

    @property
    def doubts(self) -> int:
        """Number of proposals to look at."""
        found = (self.contract, *self.parties, *self.actions, *self.fundings)
        return sum(bool(each.doubt) for each in found)


def propose(text: ConventionText) -> Proposal:
    """Return what a text proposes; nothing that it does not say is made up."""
    from loaders.convention_text.actions import read_actions
    from loaders.convention_text.amounts import read_amounts
    from loaders.convention_text.heading import read_contract
    from loaders.convention_text.parties import read_parties

    parties = read_parties(text)
    contract = read_contract(text, parties)
    actions = read_actions(text, contract.start_year)
    fundings = read_amounts(text, parties, contract)
    return Proposal(text.file, text.sha256, contract, parties, actions, fundings)


def proposal_of(path: Path) -> tuple[Proposal, str]:
    """Return the proposals of a file, the text or the workbook of its proposals, and the file's SHA-256.

    Raises
    ------
    InputFaultsError
        The file cannot be read, or a cell of the workbook cannot.
    """
    from loaders.convention_text.draft import is_draft_file, read_draft
    from loaders.convention_text.passages import read_text

    if is_draft_file(path):
        return read_draft(path), hashlib.sha256(path.read_bytes()).hexdigest()
    text = read_text(path)
    return propose(text), text.sha256
