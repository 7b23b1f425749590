"""What people decide: between two files that disagree, against a file, on two names of one organisation."""

from graphmodel.decisions.basket import ReportItem, add_item, kept_items, move_item, remove_item, report_items
from graphmodel.decisions.conflicts import Conflict, conflicts
from graphmodel.decisions.corrections import correct, withdraw_correction
from graphmodel.decisions.journal import JournalEntry, journal
from graphmodel.decisions.merging import MatchDecision, decide_match, match_decisions

__all__ = [
    "Conflict",
    "JournalEntry",
    "MatchDecision",
    "ReportItem",
    "add_item",
    "conflicts",
    "correct",
    "decide_match",
    "journal",
    "kept_items",
    "match_decisions",
    "move_item",
    "remove_item",
    "report_items",
    "withdraw_correction",
]
