"""The plan of actions: axes, objectives, sub-objectives, coded actions, and the line without a code."""

from graphmodel.batch import Ref
from loaders.convention.citation import Citation, Entry
from loaders.convention.register import Register
from loaders.convention.statements import StatementEntry

_FILE = "action_plan.yaml"


class Annex(Citation):
    """The annex that holds the plan, and the year it is for: part of every action's key."""

    year: int


class ActionEntry(Citation):
    """An action of the plan.

    Attributes
    ----------
    code
        Code of the annex.
    short_name
        Label of 45 characters at most for maps and figures.
    region_wide
        True or False when it is known; None otherwise.
    pilot
        Identifier of its operator, only where the text names one.
    """

    code: str
    name: str
    short_name: str
    note: str | None = None
    region_wide: bool | None = None
    pilot: str | None = None


class SubObjectiveEntry(Citation):
    """A sub-objective and its actions."""

    id: str
    name: str
    actions: list[ActionEntry]


class ObjectiveEntry(Citation):
    """An objective; `continued` is the rest of a label that the layout cuts in two."""

    id: str
    name: str
    note: str | None = None
    continued: Citation | None = None
    sub_objectives: list[SubObjectiveEntry]


class BodyTitle(Citation):
    """A title that the body of the text gives under an axis."""

    name: str


class AxisEntry(Entry):
    """An axis: its labels in article 1 and in the annex, its strategic objective, its titles in the body."""

    id: str
    name: str
    article_label: str
    annex_label: str
    strategic_objective: Citation
    article: Citation
    annex: Citation
    body_titles: list[BodyTitle]
    objectives: list[ObjectiveEntry]


class PlanFile(Entry):
    """`action_plan.yaml`."""

    plan: Annex
    uncoded_actions: tuple[ActionEntry, ...] = ()
    axes: list[AxisEntry]
    statements: tuple[StatementEntry, ...] = ()


class _Writer:
    """Writes the plan in the order of the annex; positions run on from axis to axis."""

    def __init__(self, register: Register, year: int) -> None:
        self.register = register
        self.year = year
        self.actions = 0
        self.objectives = 0

    def axis(self, entry: AxisEntry, position: int) -> None:
        """Write an axis and all it holds."""
        values = {
            "position": position,
            "article_label": entry.article_label,
            "annex_label": entry.annex_label,
            "strategic_objective": entry.strategic_objective.quote,
            "body_titles": [title.name for title in entry.body_titles],
        }
        place = entry.strategic_objective.place
        axis = self.register.add("Axis", entry.id, values, name=entry.name, place=place)
        for objective in entry.objectives:
            self.objective(objective, axis)

    def objective(self, entry: ObjectiveEntry, axis: Ref) -> None:
        """Write an objective, its sub-objectives and their actions."""
        objective = self._objective(entry, "objective", axis)
        for part in entry.sub_objectives:
            inner = self._objective(part, "sub_objective", objective)
            for action in part.actions:
                self.action(action, coded=True, holders=(inner, axis))

    def _objective(self, entry: ObjectiveEntry | SubObjectiveEntry, level: str, holder: Ref) -> Ref:
        self.objectives += 1
        values = {"level": level, "position": self.objectives}
        ref = self.register.add("Objective", entry.id, values, name=entry.name, place=entry.place, part=False)
        self.register.builder.relationship("PART_OF", ref, holder, place=entry.place)
        return ref

    def action(self, entry: ActionEntry, *, coded: bool, holders: tuple[Ref, ...]) -> None:
        """Write an action as a part of each of its holders."""
        self.actions += 1
        values = {
            "plan_year": self.year,
            "short_name": entry.short_name,
            "coded": coded,
            "region_wide": entry.region_wide,
            "note": entry.note,
            "position": self.actions,
        }
        action = self.register.add(
            "Action", entry.code, values, name=entry.name, place=entry.place, at=self.year, part=False
        )
        for holder in holders:
            self.register.builder.relationship("PART_OF", action, holder, place=entry.place)


def add_plan(register: Register, file: PlanFile) -> None:
    """Add axes, objectives and actions; an action's key carries the year of the plan."""
    writer = _Writer(register, file.plan.year)
    for action in file.uncoded_actions:
        writer.action(action, coded=False, holders=(register.contract,))
    for position, axis in enumerate(file.axes, 1):
        writer.axis(axis, position)


def add_pilots(register: Register, file: PlanFile) -> None:
    """Add the operators that the text itself names: it names none for a coded action."""
    coded = (a for axis in file.axes for o in axis.objectives for s in o.sub_objectives for a in s.actions)
    for entry in (*file.uncoded_actions, *coded):
        if entry.pilot is None:
            continue
        organisation = register.find(f"Organisation:{entry.pilot}", _FILE)
        action = register.find(f"Action:{entry.code}", _FILE)
        if organisation is not None and action is not None:
            said = {"role": "pilot", "year": file.plan.year, "basis": "convention"}
            register.builder.relationship("TAKES_PART_IN", organisation, action, said, place=entry.place)
