"""The record of a meeting as a page to read and to print: what was said, by territory."""

from importlib.resources import files

import jinja2
from markupsafe import Markup

from dashboards import theme, words
from dashboards.meeting.calendar import AssemblyMeeting
from dashboards.meeting.said import KINDS, by_territory, said_at
from graphmodel import ContractGraph


def record_page(graph: ContractGraph, meeting: AssemblyMeeting) -> str:
    """Return the record of a meeting as one HTML page that asks for nothing.

    Parameters
    ----------
    graph
        Snapshot of one contract.
    meeting
        The meeting, held or to come.
    """
    source = (files("dashboards.meeting") / "record.html").read_text(encoding="utf-8")
    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True)
    notes = said_at(graph, meeting)
    return environment.from_string(source).render(
        tokens=Markup(theme.css()),
        day=words.day(meeting.on),
        meeting=meeting,
        contract=str(graph.contract.get("name", "")),
        groups=by_territory(notes),
        total=words.counted(len(notes), "note"),
        kinds=KINDS,
        fictional=graph.fictional,
        badge=words.FICTIONAL,
        version=words.number(graph.version.number),
    )
