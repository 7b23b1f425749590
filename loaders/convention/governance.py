"""The governance bodies: composition, mission, frequency, secretariat, and who sits in them."""

from pydantic import Field

from loaders.convention.citation import Citation, Entry
from loaders.convention.parties import PartiesFile
from loaders.convention.register import Register
from loaders.convention.statements import StatementEntry

_FILE = "governance.yaml"


class Composition(Citation):
    """Members as the text names them."""

    members: list[str]


class Frequency(Citation):
    """Meetings a year: None where the text sets no minimum or no maximum."""

    minimum_per_year: int | None = None
    maximum_per_year: int | None = None
    weak_obligation: bool | None = None
    note: str | None = None


class Secretariat(Citation):
    """Which organisation keeps the secretariat or leads the body, and what it does."""

    organisation: str
    nature: str
    content: tuple[str, ...] = ()


class Seat(Entry):
    """A college: the parties of a category, or organisations by name, and the role they hold."""

    parties: str | None = None
    organisations: tuple[str, ...] = ()
    role: str
    college: str


class Rule(Entry):
    """What is said of one body, or of several alike."""

    composition: Composition | None = None
    mission: Citation | None = None
    frequency: Frequency | None = None
    secretariat: Secretariat | None = None
    seats: tuple[Seat, ...] = ()


class BodyEntry(Rule):
    """A governance body; `same_rule_as` names a shared rule that says the rest."""

    id: str
    name: str
    kind: str | None = None
    nature: str | None = None
    serves: tuple[str, ...] = ()
    serves_note: str | None = None
    same_rule_as: str | None = None


class Moment(Citation):
    """Another moment of the contract's life: a yearly gathering, thematic meetings, a body of one action."""

    id: str
    name: str
    kind: str
    nature: str | None = None
    minimum_per_year: int | None = None
    serves: tuple[str, ...] = ()


class GovernanceFile(Entry):
    """`governance.yaml`."""

    bodies: list[BodyEntry]
    shared_rules: dict[str, Rule] = Field(default_factory=dict)
    other_moments: tuple[Moment, ...] = ()
    statements: tuple[StatementEntry, ...] = ()


def add_governance(register: Register, file: GovernanceFile) -> None:
    """Add the bodies and what they follow; who sits in them comes with `add_seats`."""
    for body in file.bodies:
        rule = _rule(file, body)
        frequency = rule.frequency or Frequency()
        values = {
            "kind": body.kind,
            "nature": body.nature,
            **frequency.model_dump(exclude={"quote", "lines"}),
            "composition": rule.composition.members if rule.composition else None,
            "mission": rule.mission.quote if rule.mission else None,
            "secretariat": _secretariat_text(rule.secretariat),
        }
        place = (rule.composition or frequency).place
        node = register.add("GovernanceBody", body.id, values, name=body.name, place=place)
        register.relate("SERVES", node, body.serves, _FILE, {"note": body.serves_note}, place)
    for moment in file.other_moments:
        values = moment.model_dump(include={"kind", "nature", "minimum_per_year"})
        node = register.add("GovernanceBody", moment.id, values, name=moment.name, place=moment.place)
        register.relate("SERVES", node, moment.serves, _FILE, place=moment.place)


def add_seats(register: Register, file: GovernanceFile, parties: PartiesFile) -> None:
    """Add who sits in each body and who keeps its secretariat."""
    for body in file.bodies:
        rule = _rule(file, body)
        node = register.find(f"GovernanceBody:{body.id}", _FILE)
        if node is None:
            continue
        place = (rule.composition or Citation()).place
        for seat in rule.seats:
            for identifier in _members(seat, parties):
                organisation = register.find(f"Organisation:{identifier}", _FILE)
                if organisation is not None:
                    said = {"role": seat.role, "college": seat.college}
                    register.builder.relationship("SITS_IN", organisation, node, said, place=place)
        if rule.secretariat is not None:
            secretariat = rule.secretariat
            link = [f"Organisation:{secretariat.organisation}"]
            said = {"nature": secretariat.nature}
            register.relate("HOSTED_BY", node, link, _FILE, said, secretariat.place)


def _rule(file: GovernanceFile, body: BodyEntry) -> Rule:
    return file.shared_rules.get(body.same_rule_as, body) if body.same_rule_as else body


def _members(seat: Seat, parties: PartiesFile) -> list[str]:
    named = list(seat.organisations)
    if seat.parties is not None:
        named += [p.id for p in parties.parties if seat.parties in (p.category, *p.contractual_categories)]
    return named


def _secretariat_text(secretariat: Secretariat | None) -> str | None:
    if secretariat is None:
        return None
    content = f" : {', '.join(secretariat.content)}" if secretariat.content else ""
    return secretariat.nature + content
