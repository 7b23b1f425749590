"""What people decide: between two files that disagree, against a file, on two names of one organisation."""

from graphmodel.decisions.conflicts import Conflict, conflicts
from graphmodel.decisions.corrections import correct, withdraw_correction
from graphmodel.decisions.journal import JournalEntry, journal
from graphmodel.decisions.merging import MatchDecision, decide_match, match_decisions

__all__ = [
    "Conflict",
    "JournalEntry",
    "MatchDecision",
    "conflicts",
    "correct",
    "decide_match",
    "journal",
    "match_decisions",
    "withdraw_correction",
]
