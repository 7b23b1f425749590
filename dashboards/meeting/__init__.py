"""The presentation of a contract to the assembly of the territories: « Séance »."""

from datetime import date
from pathlib import Path

from dashboards.meeting.context import MeetingContext, meeting_context
from dashboards.meeting.render import meeting_page, save_page
from graphmodel import ContractGraph
from graphmodel.evaluation import Evaluation

__all__ = ["MeetingContext", "meeting_context", "meeting_page", "save_meeting"]


def save_meeting(graph: ContractGraph, evaluation: Evaluation, meeting_date: date, path: Path) -> int:
    """Write the meeting of a day as one HTML file that opens from a key, with the network cut.

    Parameters
    ----------
    graph
        Snapshot of one contract.
    evaluation
        Its whole evaluation; what secrecy covers is not shown, whatever the mode.
    meeting_date
        Day of the meeting, held or to come; its agenda is the one kept in the store, else the storyboard.
    path
        File to write; its folder must exist.

    Returns
    -------
    Size of the file in bytes.
    """
    return save_page(meeting_context(graph, evaluation, meeting_date), path)
