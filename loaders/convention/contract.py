"""The contract itself: what it is, and what it declares for its evaluation."""

import datetime

from graphmodel.batch import BatchBuilder
from loaders.convention.citation import Citation, Entry, TerritoryRef
from loaders.convention.register import Register
from loaders.convention.statements import StatementEntry


class Identity(Citation):
    """Identity of the contract, with the words that say its purpose."""

    id: str
    name: str
    title: str
    region: str
    start_year: int
    end_year: int
    rank: int | None = None


class Signature(Citation):
    """The line of signature; `date` stays empty while the text leaves it blank."""

    date: datetime.date | None = None


class ZoningUse(Entry):
    """A zoning the contract uses: scheme, vintage, and what for."""

    scheme: str
    vintage: str
    purpose: str


class Analysis(Entry):
    """What the contract declares for its evaluation: nothing of it is a constant in code.

    Attributes
    ----------
    years, t0
        Waves of observation and reference year.
    pivot, contract_funders
        Identifiers of organisations: the hub of the network, and whose money is the contract's.
    possible_families, commercial_families
        Families of the social economy (K of S07), and those that leave it in the other coding.
    chain_links
        Links of the contribution chain (T19), in order.
    perimeter_date
        Date at which perimeters are frozen.
    territory, zonings
        Territory covered, zonings used.
    policy_criteria, policy_domains
        Criteria of T13 by identifier with their label, frozen list of domains of T14.
    """

    years: list[int]
    t0: int
    pivot: str | None = None
    contract_funders: list[str]
    possible_families: list[str]
    commercial_families: list[str]
    chain_links: list[str]
    perimeter_date: datetime.date
    territory: TerritoryRef
    zonings: list[ZoningUse]
    policy_criteria: dict[str, str]
    policy_domains: list[str]


class DocumentEntry(Entry):
    """The document the quotes come from."""

    id: str
    name: str
    kind: str
    sha256: str
    line_count: int
    language: str


class ContractFile(Entry):
    """`contract.yaml`."""

    contract: Identity
    signature: Signature
    analysis: Analysis
    document: DocumentEntry
    statements: tuple[StatementEntry, ...] = ()


def add_contract(builder: BatchBuilder, file: ContractFile) -> Register:
    """Add the contract, its territory, zonings and document; return the register that the rest fills."""
    register = Register(builder, ("Contract", file.contract.id))
    territory = register.territory(file.analysis.territory)
    identity = file.contract
    builder.node(
        "Contract",
        identity.id,
        {
            "title": identity.title,
            "region": identity.region,
            "rank": identity.rank,
            "start_year": identity.start_year,
            "end_year": identity.end_year,
            "signature_date": file.signature.date,
            "territory": territory[1],
            **file.analysis.model_dump(exclude={"territory", "zonings"}),
        },
        name=identity.name,
        place=identity.place,
    )
    builder.relationship("USES", register.contract, territory, {"purpose": "territoire du contrat"})
    for use in file.analysis.zonings:
        zoning = register.zoning(use.scheme, use.vintage)
        builder.relationship("USES", register.contract, zoning, {"purpose": use.purpose})
    document = file.document
    register.add("Document", document.id, document.model_dump(exclude={"id", "name"}), name=document.name)
    return register


def check_organisations(register: Register, file: ContractFile) -> None:
    """Record a fault for a pivot or a funder that no file describes."""
    named = [*file.analysis.contract_funders, *([file.analysis.pivot] if file.analysis.pivot else [])]
    for identifier in named:
        register.find(f"Organisation:{identifier}", "contract.yaml")
