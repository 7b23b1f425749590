"""Follow-up and evaluation: questions in both wordings, expected effects, calendar."""

import datetime

from loaders.convention.citation import Citation, Entry
from loaders.convention.register import Register
from loaders.convention.statements import StatementEntry

_FILE = "follow_up.yaml"


class EffectEntry(Citation):
    """An effect expected under a question."""

    id: str
    name: str


class QuestionEntry(Entry):
    """An evaluation question: its wording in the list and its wording in the table may differ."""

    id: str
    name: str
    debated_in: str | None = None
    list_wording: Citation
    table_wording: Citation
    expected_effects: list[EffectEntry]


class MilestoneEntry(Citation):
    """A date of the contract; `date_text` when it is not a whole date."""

    id: str
    name: str
    date: datetime.date | None = None
    date_text: str | None = None


class FollowUpFile(Entry):
    """`follow_up.yaml`."""

    questions: list[QuestionEntry]
    calendar: list[MilestoneEntry]
    statements: tuple[StatementEntry, ...] = ()


def add_follow_up(register: Register, file: FollowUpFile) -> None:
    """Add questions, expected effects and milestones."""
    effects = 0
    for position, question in enumerate(file.questions, 1):
        if question.debated_in is not None:
            register.find(f"GovernanceBody:{question.debated_in}", _FILE)
        values = {
            "list_wording": question.list_wording.quote,
            "table_wording": question.table_wording.quote,
            "debated_in": question.debated_in,
            "position": position,
        }
        place = question.table_wording.place
        node = register.add("Question", question.id, values, name=question.name, place=place)
        for effect in question.expected_effects:
            effects += 1
            ref = register.add(
                "ExpectedEffect",
                effect.id,
                {"position": effects},
                name=effect.name,
                place=effect.place,
                part=False,
            )
            register.builder.relationship("PART_OF", ref, node, place=effect.place)
    for milestone in file.calendar:
        said = {"date": milestone.date, "date_text": milestone.date_text, "event": milestone.name}
        register.add("Milestone", milestone.id, said, name=milestone.name, place=milestone.place)
