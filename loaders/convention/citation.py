"""Entries of the convention's files, and the citation that most of them carry."""

from pydantic import BaseModel, ConfigDict, model_validator

from graphmodel.batch import NOWHERE, Place


class Entry(BaseModel):
    """A mapping of a convention file; a key it does not know is a fault."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Citation(Entry):
    """An entry with the words of the text that carry it.

    Attributes
    ----------
    quote
        Words of the text, equal to the source when blanks are set aside; None when the entry is a remark of
        the reader, or stands on too many lines.
    lines
        First and last line of the source, from 1.
    """

    quote: str | None = None
    lines: tuple[int, int] | None = None

    @model_validator(mode="after")
    def _complete(self) -> "Citation":
        if self.quote is not None and self.lines is None:
            raise ValueError("quote_without_lines")
        if self.lines is not None and not 1 <= self.lines[0] <= self.lines[1]:
            raise ValueError("lines_out_of_order")
        return self

    @property
    def place(self) -> Place:
        """Place of the entry in the text, `NOWHERE` when it quotes nothing."""
        return Place(quote=self.quote, lines=self.lines) if self.lines else NOWHERE


class TerritoryRef(Entry):
    """A territory named by its level, code and vintage; with its name when nobody else knows it.

    Attributes
    ----------
    level, code, vintage
        Natural key of the territory; the level is one of the schema's `territory_level`.
    name, kind
        Given for a territory that the territory reference does not hold.
    """

    level: str
    code: str
    vintage: str
    name: str | None = None
    kind: str | None = None
