"""The money the convention itself names: one amount a funder, for its first year."""

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from loaders.convention.citation import Citation, Entry
from loaders.convention.register import Register
from loaders.convention.statements import StatementEntry

_FILE = "funding.yaml"


class FundingLine(Citation):
    """One amount.

    Attributes
    ----------
    funder, year
        Identifier of the organisation, year of the amount.
    amount_eur
        Euros, cents at most.
    kind, basis
        `planned`, `agreed` or `paid`; `convention` or `deliberation`.
    provisional
        True when the text says « prévisionnel ».
    wording
        The text's own words on the nature of the amount.
    """

    funder: str
    year: int
    amount_eur: Annotated[Decimal, Field(ge=0, decimal_places=2)]
    kind: str
    basis: str
    provisional: bool
    wording: str


class FundingFile(Entry):
    """`funding.yaml`."""

    currency: str
    lines: list[FundingLine]
    statements: tuple[StatementEntry, ...] = ()


def add_funding(register: Register, file: FundingFile) -> None:
    """Add the amounts, in cents, tied to their funder and to the contract as a whole."""
    for position, line in enumerate(file.lines, 1):
        funder = register.find(f"Organisation:{line.funder}", _FILE)
        if funder is None:
            continue
        values = {
            "year": line.year,
            "amount": int(line.amount_eur * 100),
            "kind": line.kind,
            "basis": line.basis,
            "provisional": line.provisional,
            "wording": line.wording,
            "position": position,
        }
        identifier = f"{line.funder}-{line.year}"
        name = f"{register.name(funder)} {line.year}"
        node = register.add("Funding", identifier, values, name=name, place=line.place, part=False)
        register.builder.relationship("FUNDS", funder, node, place=line.place)
        register.builder.relationship("ABOUT", node, register.contract, place=line.place)
