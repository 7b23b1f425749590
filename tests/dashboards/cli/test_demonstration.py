"""What the demonstration says at its end: commands that can be typed as they stand."""

import re

import pytest

from dashboards.cli.demonstration import _tell_what_leaves
from graphmodel.invitations import guests_of, meeting_named, meetings_of
from tests.support.demonstration import demonstration_graph


def test_demonstration_names_a_meeting_that_can_be_packed(capsys: pytest.CaptureFixture[str]) -> None:
    graph = demonstration_graph()
    _tell_what_leaves("sqlite:///demo.sqlite", graph)
    said = capsys.readouterr().out
    day = re.search(r"--store sqlite:///demo\.sqlite pack --meeting (\S+) --out", said)
    assert day is not None
    invited = len(guests_of(graph, meeting_named(graph, day[1])))
    assert invited == max(len(guests_of(graph, one)) for one in meetings_of(graph))
    assert "export report --out rapport.pdf" in said
