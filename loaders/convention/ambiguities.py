"""The inconsistencies of the text, each with the rule the tool applies."""

import datetime
from collections.abc import Sequence

from loaders.convention.citation import Citation, Entry
from loaders.convention.parties import PartiesFile
from loaders.convention.register import Register

_FILE = "ambiguities.yaml"
_EVERY_PARTY = "*"
_PROPERTIES = {"family", "severity", "finding", "rule", "external", "decided_by", "date"}


class AmbiguityEntry(Entry):
    """An inconsistency.

    Attributes
    ----------
    finding, rule
        What the text holds, and the rule applied.
    decided_by, date
        Who decided and when; no date while it is a proposal of the tool.
    parties, actions
        Identifiers of the parties (`*` for all) and codes of the actions it bears on.
    passages
        Lines at stake, quoted when they are few.
    """

    id: str
    family: str
    severity: str
    finding: str
    rule: str
    parties: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    external: bool = False
    decided_by: str
    date: datetime.date | None = None
    passages: list[Citation]


class AmbiguitiesFile(Entry):
    """`ambiguities.yaml`."""

    ambiguities: list[AmbiguityEntry]


def add_ambiguities(register: Register, file: AmbiguitiesFile, parties: PartiesFile) -> None:
    """Add the ambiguities; each keeps the lines of all its passages, and quotes the first."""
    for entry in file.ambiguities:
        values = entry.model_dump(include=_PROPERTIES)
        place = entry.passages[0].place if entry.passages else Citation().place
        values["passages"] = lines_text(entry.passages)
        node = register.add("Ambiguity", entry.id, values, name=entry.id, place=place)
        named = list(entry.parties)
        if _EVERY_PARTY in named:
            named = [party.id for party in parties.parties]
        links = [f"Organisation:{party}" for party in named] + [f"Action:{code}" for code in entry.actions]
        register.relate("ABOUT", node, links, _FILE, place=place)


def lines_text(passages: Sequence[Citation]) -> str | None:
    """Return the lines of passages in French.

    Examples
    --------
    >>> lines_text([Citation(lines=(75, 76)), Citation(lines=(104, 104))])
    'l. 75-76, 104'
    """
    parts = [f"{a}-{b}" if a != b else str(a) for a, b in (p.lines for p in passages if p.lines)]
    return f"l. {', '.join(parts)}" if parts else None
