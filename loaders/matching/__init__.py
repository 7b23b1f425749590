"""The same organisation written in several ways: proposed for decision, never joined silently."""

from loaders.matching.candidates import Candidate, find_candidates, proposed_by, to_decide
from loaders.matching.decision_file import COLUMNS, Decided, read_decisions

__all__ = [
    "COLUMNS",
    "Candidate",
    "Decided",
    "find_candidates",
    "proposed_by",
    "read_decisions",
    "to_decide",
]
