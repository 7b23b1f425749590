"""What the text names: organisations, instruments, frameworks."""

from loaders.convention.citation import Citation, Entry
from loaders.convention.register import Register
from loaders.convention.statements import StatementEntry

_FILE = "named_entities.yaml"


class Linked(Citation):
    """A named entity and what it is tied to.

    Attributes
    ----------
    explicit
        Links that the text itself makes.
    proposed
        Links that the reader proposes.
    """

    id: str
    name: str
    kind: str
    explicit: tuple[str, ...] = ()
    proposed: tuple[str, ...] = ()
    note: str | None = None


class Host(Entry):
    """Who carries an instrument, in the text's words."""

    organisation: str
    nature: str


class InstrumentEntry(Linked):
    """A platform, event, fund, scheme or tool."""

    host: Host | None = None


class FrameworkEntry(Citation):
    """A law, plan, agreement or earlier contract the text refers to."""

    id: str
    name: str
    kind: str
    period: str | None = None


class EntitiesFile(Entry):
    """`named_entities.yaml`."""

    organisations: list[Linked]
    instruments: list[InstrumentEntry]
    frameworks: list[FrameworkEntry]
    statements: tuple[StatementEntry, ...] = ()


def add_named_organisations(register: Register, file: EntitiesFile) -> None:
    """Add the organisations that the text names; to be named is not to take part in anything."""
    for entry in file.organisations:
        values = {"kind": entry.kind, "note": entry.note}
        register.add("Organisation", entry.id, values, name=entry.name, place=entry.place, part=False)


def add_frameworks(register: Register, file: EntitiesFile) -> None:
    """Add the frameworks the contract refers to, and the contracts before it."""
    for entry in file.frameworks:
        values = {"kind": entry.kind, "period": entry.period}
        node = register.add("Framework", entry.id, values, name=entry.name, place=entry.place)
        kind = "PRECEDED_BY" if entry.kind == "earlier_contract" else "REFERS_TO"
        register.builder.relationship(kind, register.contract, node, place=entry.place)


def add_instruments(register: Register, file: EntitiesFile) -> None:
    """Add the instruments, who carries them, and the links of every named entity."""
    for entry in file.instruments:
        values = {"kind": entry.kind, "note": entry.note}
        node = register.add("Instrument", entry.id, values, name=entry.name, place=entry.place)
        if entry.host is not None:
            link = [f"Organisation:{entry.host.organisation}"]
            register.relate("HOSTED_BY", node, link, _FILE, {"nature": entry.host.nature}, entry.place)
    for organisation in file.organisations:
        _links(register, "Organisation", organisation)
    for instrument in file.instruments:
        _links(register, "Instrument", instrument)


def _links(register: Register, label: str, entry: Linked) -> None:
    node = register.find(f"{label}:{entry.id}", _FILE)
    if node is None:
        return
    register.relate("ABOUT", node, entry.explicit, _FILE, {"strength": "explicit"}, entry.place)
    register.relate("ABOUT", node, entry.proposed, _FILE, {"strength": "proposed"}, entry.place)
