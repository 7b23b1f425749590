"""The story of the demonstration: tables a person can read and change, in the folder `scenario`."""

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from importlib.resources import files
from typing import cast

from geodata.territories import Territories
from geodata.territory import Level

YEARS = (2014, 2015, 2016)
CONTRACT = "CES-ESS-RA-2014-2016"
PIVOT = "CRESS-RA"
CONTRACT_FUNDERS = ("REGION-RA", "ETAT", "CDC")

Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Operator:
    """A fictional organisation: what it is, where it sits, when and how much it takes part.

    Attributes
    ----------
    community
        Letter of the group of actions it mostly takes part in.
    first, last
        First and last year it is there.
    actions
        About how many actions it takes part in.
    """

    id: str
    name: str
    world: str
    family: str | None
    legal_form: str
    community: str
    seat: str
    in_neighbourhood: bool
    first: int
    last: int
    actions: int


@dataclass(frozen=True, slots=True)
class ActionStory:
    """An action: its community, its reach, its money.

    Attributes
    ----------
    innovation
        Grade of social innovation; None when not graded.
    target
        What places it aims at: `town`, `qpv`, `rural`, `both`, `epci`, `departement`; empty when
        region-wide.
    planned
        Euros planned in 2014 by funder of the contract.
    leverage
        Euros found elsewhere for each euro of the contract.
    """

    code: str
    community: str
    region_wide: bool
    innovation: bool | None
    target: str
    planned: dict[str, int]
    leverage: float


@dataclass(frozen=True, slots=True)
class Authority:
    """A local authority of the contract as the story uses it.

    Attributes
    ----------
    actions
        Actions it commits itself to from its first year on.
    funds
        Euros a year it puts in, all actions together.
    score
        Criteria of policy met in 2014, the delegation apart.
    """

    organisation: str
    level: str
    code: str
    first: int
    actions: tuple[str, ...]
    funds: int
    score: int


class Scenario:
    """Every table of the story, read once."""

    @cached_property
    def operators(self) -> tuple[Operator, ...]:
        """Fictional organisations, in the order of the table."""
        return tuple(
            Operator(
                row["id"], row["name"], row["world"], row["family"] or None, row["legal_form"],
                row["community"], row["seat"], row["seat_qpv"] == "yes",
                int(row["first"]), int(row["last"]), int(row["actions"]),
            )
            for row in table("operators")
        )  # fmt: skip

    @cached_property
    def actions(self) -> dict[str, ActionStory]:
        """Actions by code, in the order of the annex."""
        graded = {"yes": True, "no": False, "": None}
        return {
            row["action"]: ActionStory(
                row["action"], row["community"], row["region_wide"] == "yes", graded[row["innovation"]],
                row["target"], {funder: int(row[funder]) for funder in CONTRACT_FUNDERS},
                float(row["leverage"]),
            )
            for row in table("actions")
        }  # fmt: skip

    @cached_property
    def authorities(self) -> tuple[Authority, ...]:
        """The sixteen local authorities."""
        return tuple(
            Authority(
                row["organisation"], row["level"], row["code"], int(row["first"]),
                tuple(row["actions"].split()), int(row["funds"]), int(row["score"]),
            )
            for row in table("authorities")
        )  # fmt: skip

    @property
    def coded(self) -> list[ActionStory]:
        """Actions that the annex codes: all but the animation."""
        return [action for action in self.actions.values() if action.code != "ANIMATION"]

    def community(self, letter: str) -> list[str]:
        """Return the codes of the actions of a community."""
        return [action.code for action in self.coded if action.community == letter]


@cache
def table(name: str) -> tuple[Row, ...]:
    """Return the rows of a table of the story."""
    text = (files("loaders.demonstration") / "scenario" / f"{name}.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))


@cache
def scenario() -> Scenario:
    """Return the story."""
    return Scenario()


def people_of(territories: Territories) -> dict[str, int]:
    """Return the inhabitants of the communes, by code."""
    column = territories.frame("commune")["population"].to_dict()
    return {str(code): int(people) for code, people in column.items()}


def areas_of(territories: Territories) -> dict[str, float]:
    """Return the areas of the communes in km², by code."""
    column = territories.frame("commune")["area_km2"].to_dict()
    return {str(code): float(area) for code, area in column.items()}


def communes_of(territories: Territories, level: str, code: str) -> list[str]:
    """Return the communes of an official territory, sorted by code."""
    return territories.contains(code, cast(Level, level))


def day(text: str) -> date | None:
    """Return a date of a table, None when the cell is empty."""
    return date.fromisoformat(text) if text else None
