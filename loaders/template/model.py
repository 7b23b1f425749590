"""The template as data: which sheets, which columns, and where each column goes in the graph.

Two tables beside this file hold it, and a third the words of its own lists. They drive both the writing and
the reading: a new column is one line of `columns.csv`. A column left without heading, kind or help takes
those of the property of the schema it goes to.

Kinds are the types of the schema (`text`, `money`, …) and, for references and checked codes: `action`,
`organisation`, `body`, `meeting`, `need`, `ptce`, `sector`, `axis`, `effect`, `instrument`, `document` (a
node by its identifier or name), `commune`, `qpv` (a territory by its code), `territory` (by its code, its
level standing in the column `level` of the row), `siren`, `siret`, `business` (an organisation by its SIREN),
`action_code`, `priority`, `grade`, `observed_year`, `enum:<name>` (a list of the schema) and `choice:<name>`
(a list of `choices.csv` or of the contract).

Targets are `id`, `name`, `at` (plan year), `<Label or TYPE>.<property>`, `source` and `end` (the ends of a
relationship that is the row itself), `out TYPE Label` and `in TYPE Label` (a relationship from or to the
row's node), `authority TYPE` (from the territory that an organisation administers, else from itself), with
`default=…`, `precision=…` or `any` behind; nothing for a column that only serves others of its row.
"""

import csv
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files

from graphmodel.schema import SCHEMA, Property

VERSION = "1"
"""Version of the template, written in its first sheet."""

README_SHEET = "Lisez-moi"
LISTS_SHEET = "Listes"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a sheet.

    Attributes
    ----------
    field
        Name in code, unique within the sheet.
    header
        French heading.
    kind
        What a cell holds; see the module.
    target
        Words of the target: the first says what it is; empty when the column has none.
    options
        `default` and `precision` behind the target.
    required
        True when no row goes without.
    width
        In characters.
    example, help
        What the comment of the heading shows.
    """

    field: str
    header: str
    kind: str
    target: tuple[str, ...]
    options: dict[str, str]
    required: bool
    width: int
    example: str
    help: str

    @property
    def owner(self) -> str | None:
        """Table of the schema the column is a property of, if it is one."""
        head = self.target[0] if self.target else ""
        return head.partition(".")[0] if "." in head else None

    @property
    def essential(self) -> bool:
        """True when a row has no meaning in the graph without it, whatever is asked of people."""
        if self.owner is not None:
            return SCHEMA.tables[self.owner].properties[self.property].required
        return self.required and self.target[:1] not in (("out",), ("in",), ("authority",), ("name",))

    @property
    def property(self) -> str:
        """Name of the property, empty when it is none."""
        return self.target[0].partition(".")[2] if self.target else ""


@dataclass(frozen=True)
class Sheet:
    """One sheet: the record its rows make, the fields that identify it, its columns.

    Attributes
    ----------
    name
        French name.
    record
        Label or type of the schema; `EMPLOYMENT` and `COMPARISON` are shapes of their own.
    identity
        Fields that, joined, identify a node that has no identifier of its own.
    caption
        Field shown as the node's name; empty when there is none.
    part
        True when the node of a row is a part of the contract itself.
    sentence
        What a row says, for the first sheet.
    columns
        In order.
    """

    name: str
    record: str
    identity: tuple[str, ...]
    caption: str
    part: bool
    sentence: str
    columns: tuple[Column, ...]

    @cached_property
    def by_field(self) -> dict[str, Column]:
        """Columns by field."""
        return {column.field: column for column in self.columns}

    def header(self, field: str) -> str:
        """Return the heading of a field."""
        return self.by_field[field].header


def _rows(name: str) -> list[dict[str, str]]:
    text = (files("loaders.template") / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def _column(row: dict[str, str]) -> Column:
    words = row["target"].split()
    options = dict(word.split("=", 1) for word in words if "=" in word)
    target = tuple(word for word in words if "=" not in word)
    column = Column(
        field=row["field"],
        header=row["header"],
        kind=row["kind"],
        target=target,
        options=options,
        required=row["required"] == "yes",
        width=int(row["width"]),
        example=row["example"],
        help=row["help"],
    )
    return _from_schema(column)


def _from_schema(column: Column) -> Column:
    """Return the column with the heading, kind and help of its property where it gives none."""
    if column.owner is None:
        return column
    prop = SCHEMA.tables[column.owner].properties[column.property]
    return Column(
        column.field,
        column.header or prop.french,
        column.kind or _kind(prop),
        column.target,
        column.options,
        column.required,
        column.width,
        column.example,
        column.help or prop.sentence,
    )


def _kind(prop: Property) -> str:
    return f"enum:{prop.enumeration}" if prop.type == "enumeration" else prop.type


def load_sheets() -> dict[str, Sheet]:
    """Read the tables of the template: sheets by name, in the order of the workbook."""
    columns = _rows("columns.csv")
    return {
        row["sheet"]: Sheet(
            row["sheet"],
            row["record"],
            tuple(row["identity"].split()),
            row["caption"],
            row["part"] == "yes",
            row["sentence"],
            tuple(_column(column) for column in columns if column["sheet"] == row["sheet"]),
        )
        for row in _rows("sheets.csv")
    }


def load_choices() -> dict[str, dict[str, str]]:
    """Read the template's own lists: by name, French word by stored value."""
    found: dict[str, dict[str, str]] = {}
    for row in _rows("choices.csv"):
        found.setdefault(row["choice"], {})[row["value"]] = row["french"]
    return found


SHEETS = load_sheets()
CHOICES = load_choices()


def words_of(kind: str, contract_lists: dict[str, dict[str, str]] | None = None) -> dict[str, str] | None:
    """Return the French words by stored value of a kind that is a closed list, else None.

    Parameters
    ----------
    kind
        Kind of a column.
    contract_lists
        Lists that the contract declares, by name; a list nobody declares leaves the cell free.
    """
    family, _, name = kind.partition(":")
    if family == "enum":
        return SCHEMA.enumerations[name].french
    if family == "choice":
        return CHOICES.get(name) or (contract_lists or {}).get(name) or None
    if kind == "boolean":
        return {"true": "oui", "false": "non"}
    return None
