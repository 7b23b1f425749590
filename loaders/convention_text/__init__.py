"""A convention's raw text, read into proposals that somebody reviews before they enter the graph.

The text goes through `passages` (clean lines that keep their numbers), then one reader a kind of proposal:
`parties`, `actions`, `amounts`, and `heading` for the contract itself. `proposal` gathers them, `draft`
writes them in a workbook to correct and reads it back, `rows` turns what is kept into a batch.
"""

from loaders.convention_text.draft import is_draft_file, read_draft, write_draft
from loaders.convention_text.passages import ConventionText, is_convention_text, read_text, text_of
from loaders.convention_text.proposal import Proposal, proposal_of, propose
from loaders.convention_text.rows import batch_of, known_parties

__all__ = [
    "ConventionText", "Proposal", "batch_of", "is_convention_text", "is_draft_file", "known_parties",
    "proposal_of", "propose", "read_draft", "read_text", "text_of", "write_draft",
]  # fmt: skip
