"""The parties to the contract: who they are, who represents them in each reading, what they deliberated."""

import datetime

from graphmodel.batch import Ref
from loaders.convention.citation import Citation, Entry, TerritoryRef
from loaders.convention.register import Register
from loaders.convention.statements import StatementEntry


class Delegation(Entry):
    """What a representative's function says of the social economy.

    Attributes
    ----------
    ess
        True when the function names it; None where the question is not asked.
    ess_wording
        Words of the function when they are not « économie sociale et solidaire » nor « ESS ».
    domains
        Domains of policy tied to it in the function (T14); None where `ess` is not true.
    """

    ess: bool | None = None
    ess_wording: str | None = None
    domains: list[str] | None = None


class Delegate(Delegation):
    """Who signs by delegation: `capacity` is `delegate`, or `to_confirm` when the text says so."""

    person: str
    function: str
    capacity: str
    reservation: str | None = None


class Reading(Citation, Delegation):
    """One reading of the party and of who represents it; `person` is None where the text names nobody."""

    name: str
    person: str | None = None
    function: str | None = None
    capacity: str = "holder"
    reservation: str | None = None


class SignatureReading(Reading):
    """The reading of the signature page, with who signs by delegation."""

    delegate: Delegate | None = None


class DeliberationEntry(Citation):
    """A deliberation as the text refers to it.

    Attributes
    ----------
    date, end_date
        Whole dates.
    date_text
        The date as it stands when it is not whole.
    complete
        True when nothing the text announces is left blank.
    cited
        False where the text refers to no deliberation: the lack is recorded, the deed is not.
    """

    id: str
    body: str | None = None
    date: datetime.date | None = None
    end_date: datetime.date | None = None
    date_text: str | None = None
    number: str | None = None
    complete: bool
    cited: bool = True
    note: str | None = None


class PartyEntry(Entry):
    """A party; the organisation and its territory are two objects."""

    id: str
    name: str
    acronym: str | None = None
    variants: list[str] | None = None
    kind: str
    kind_deduced: bool | None = None
    category: str
    contractual_categories: list[str]
    roles: list[str] | None = None
    world: str
    local_authority: bool
    address: str | None = None
    note: str | None = None
    territory: TerritoryRef | None = None
    preamble: Reading
    signature: SignatureReading
    deliberations: tuple[DeliberationEntry, ...] = ()


class PartiesFile(Entry):
    """`parties.yaml`."""

    parties: list[PartyEntry]
    statements: tuple[StatementEntry, ...] = ()


def add_parties(register: Register, file: PartiesFile) -> None:
    """Add every party with its mandates, deliberations, signature and territory."""
    for position, entry in enumerate(file.parties, 1):
        party = _organisation(register, entry, position)
        place = entry.signature.place
        register.builder.relationship(
            "SIGNED", party, register.contract, {"category": entry.category}, place=place
        )
        if entry.territory is not None:
            territory = register.territory(entry.territory)
            register.builder.relationship("ADMINISTERS", party, territory, place=entry.preamble.place)
        _mandates(register, entry, party)
        for deliberation in entry.deliberations:
            _deliberation(register, deliberation, entry, party)


def _organisation(register: Register, entry: PartyEntry, position: int) -> Ref:
    values = entry.model_dump(
        include={
            "acronym", "variants", "kind", "kind_deduced", "contractual_categories", "roles", "world",
            "local_authority", "address", "note",
        }
    )  # fmt: skip
    values |= {
        "position": position,
        "preamble_name": entry.preamble.name,
        "signature_name": entry.signature.name,
    }
    return register.add(
        "Organisation", entry.id, values, name=entry.name, place=entry.preamble.place, part=False
    )


def _mandates(register: Register, entry: PartyEntry, party: Ref) -> None:
    """Keep both readings: neither the preamble nor the signature page overwrites the other."""
    _mandate(register, f"{entry.id}-preamble", entry.preamble, "preamble", party, entry.preamble)
    signature = entry.signature
    signatory = _mandate(register, f"{entry.id}-signature", signature, "signature", party, signature)
    delegate = signature.delegate
    if delegate is not None:
        other = _mandate(register, f"{entry.id}-delegate", delegate, "signature", party, signature)
        register.builder.relationship(
            "DELEGATES_TO", signatory, other, {"wording": "par délégation"}, place=signature.place
        )


def _mandate(
    register: Register, key: str, said: Reading | Delegate, source: str, party: Ref, citation: Citation
) -> Ref:
    values = said.model_dump(
        include={"person", "function", "capacity", "reservation", "ess", "ess_wording", "domains"}
    )
    name = said.person or f"{said.function or 'Représentant'} (non nommé)"
    mandate = register.add(
        "Mandate", key, {**values, "source": source}, name=name, place=citation.place, part=False
    )
    register.builder.relationship("REPRESENTED_BY", party, mandate, place=citation.place)
    return mandate


def _deliberation(register: Register, entry: DeliberationEntry, party: PartyEntry, organisation: Ref) -> None:
    values = entry.model_dump(exclude={"id", "cited", "quote", "lines"})
    name = f"{party.name} : {entry.body if entry.cited else 'aucune délibération visée'}"
    node = register.add("Deliberation", entry.id, values, name=name, place=entry.place, part=False)
    register.builder.relationship("ABOUT", node, register.contract, place=entry.place)
    if entry.cited:
        register.builder.relationship("DELIBERATED", organisation, node, place=entry.place)
