"""Statements: what the text says that is neither an action, nor a party, nor an amount."""

from collections.abc import Sequence

from loaders.convention.citation import Citation
from loaders.convention.register import Register


class StatementEntry(Citation):
    """One statement of a convention file.

    Attributes
    ----------
    id, kind, name
        Identifier, one of the schema's `statement_kind`, short French title.
    text
        Its text when it is not the quote itself.
    consequence, source
        For a context statement: what it changes, and where it was read.
    about
        Links to what it speaks of.
    """

    id: str
    kind: str
    name: str
    text: str | None = None
    consequence: str | None = None
    source: str | None = None
    about: tuple[str, ...] = ()


def add_statements(register: Register, file: str, statements: Sequence[StatementEntry], first: int) -> int:
    """Add the statements of one file and return the position that follows.

    Parameters
    ----------
    register
        Holds every other node already: a statement may speak of any of them.
    file
        Name of the file, for the faults.
    first
        Position of the first one; positions run on from file to file.
    """
    for position, entry in enumerate(statements, first):
        values = {
            "kind": entry.kind,
            "text": entry.text or entry.quote,
            "consequence": entry.consequence,
            "source": entry.source,
            "position": position,
        }
        statement = register.add("Statement", entry.id, values, name=entry.name, place=entry.place)
        register.relate("ABOUT", statement, entry.about, file, place=entry.place)
    return first + len(statements)
