"""A file on its way to a batch: its form, the rows made so far, and where each thing was put."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from graphmodel import BatchBuilder, Place
from graphmodel.batch import Ref
from graphmodel.keys import node_key
from loaders.contract_json.form import Form
from loaders.contract_json.parsing import Step, json_path

_SIREN = re.compile(r"\d{9}", re.ASCII)


@dataclass(slots=True)
class Draft:
    """What the sections of a file share while it is read.

    Attributes
    ----------
    form
        The file.
    builder
        Rows of the batch.
    contract
        Reference of the contract.
    territories
        References of territories by identifier; `R` is the region.
    organisations
        References of organisations by identifier, those the file only names included.
    taken
        Identifiers given so far, by label, for rows that have none of their own.
    """

    form: Form
    builder: BatchBuilder
    contract: Ref
    territories: dict[str, Ref] = field(default_factory=dict)
    organisations: dict[str, Ref] = field(default_factory=dict)
    taken: dict[str, set[str]] = field(default_factory=dict)

    @property
    def contract_id(self) -> str:
        """Identifier of the contract."""
        return self.contract[1]

    def given(self, name: str) -> bool:
        """Tell whether the file has the key of a field, even empty."""
        return name in self.form.model_fields_set

    def action(self, identifier: str) -> Ref:
        """Return the reference of an action of the file."""
        return "Action", node_key("Action", identifier, self.contract_id)

    def organisation(self, identifier: str, *steps: Step) -> Ref:
        """Return the reference of an organisation, made with nothing but its identifier when missing."""
        if identifier not in self.organisations:
            values = {"siren": identifier} if _SIREN.fullmatch(identifier) else {}
            self.organisations[identifier] = self.builder.node(
                "Organisation", identifier, values, place=place(*steps)
            )
        return self.organisations[identifier]

    def natural_id(self, label: str, *parts: object) -> str:
        """Return an identifier made of what tells a row apart, with a rank for the second alike."""
        stem = "-".join(str(part) for part in parts if part is not None)
        taken = self.taken.setdefault(label, set())
        rank, identifier = 1, stem
        while identifier in taken:
            rank += 1
            identifier = f"{stem}-{rank}"
        taken.add(identifier)
        return identifier

    def observe(
        self, metric: str, year: int, subject: Ref, name: str, values: dict[str, object], *steps: Step
    ) -> None:
        """Add an observation of a subject; `name` is the subject's identifier."""
        said = {"metric": metric, "year": year, **values}
        made = self.builder.node("Observation", f"{metric}-{year}-{name}", said, place=place(*steps))
        self.builder.relationship("ABOUT", made, subject)

    def members(
        self, kind: str, identifiers: Iterable[str], target: Ref, values: dict[str, object], *steps: Step
    ) -> None:
        """Add one relationship from each organisation of a list, in its order."""
        for rank, identifier in enumerate(identifiers):
            said = {**values, "position": rank + 1}
            here = place(*steps, rank)
            self.builder.relationship(kind, self.organisation(identifier), target, said, place=here)


def place(*steps: Step) -> Place:
    """Return the place of a row as a path of the file."""
    return Place(column=json_path(steps)) if steps else Place()
