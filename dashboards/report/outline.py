"""Numbers of headings and captions, French spacing, and the words of a text that are strong."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from dashboards.prints.text import french
from dashboards.report.blocks import (
    Block,
    Box,
    Bullets,
    Cell,
    Heading,
    Paragraph,
    Part,
    Picture,
    Report,
    Table,
)

_STRONG = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)


def numbered(report: Report) -> Report:
    """Return a report whose headings and captions bear their numbers and whose words are set in French."""
    counts: Counter[str] = Counter()
    parts = tuple(
        replace(
            part,
            title=french(part.title),
            lead=french(part.lead),
            blocks=tuple(_numbered(part, counts)),
        )
        for part in report.parts
    )
    facts = tuple((french(name), french(said)) for name, said in report.facts)
    return replace(
        report,
        parts=parts,
        facts=facts,
        title=french(report.title),
        subtitle=french(report.subtitle),
        opening=tuple(french(text) for text in report.opening),
        running=french(report.running),
        foot=french(report.foot),
    )


def _numbered(part: Part, counts: Counter[str]) -> Iterator[Block]:
    second = third = 0
    for block in part.blocks:
        if isinstance(block, Heading):
            second, third = (second + 1, 0) if block.level == 2 else (second, third + 1)
            number = f"{part.number}.{second}" + (f".{third}" if block.level == 3 else "")
            yield replace(block, number=number, text=french(block.text))
        elif isinstance(block, Table):
            counts["Tableau"] += 1
            yield _set_table(block, f"Tableau {counts['Tableau']}")
        elif isinstance(block, Picture):
            counts[block.kind] += 1
            yield replace(
                block,
                number=f"{block.kind} {counts[block.kind]}",
                caption=_stopped(block.caption),
                source=french(block.source),
                alt=french(block.alt),
            )
        else:
            yield _set_words(block)


def _set_words(block: Paragraph | Bullets | Box) -> Block:
    if isinstance(block, Bullets):
        return Bullets(tuple(french(item) for item in block.items))
    if isinstance(block, Box):
        return replace(block, title=french(block.title), text=french(block.text))
    return block if block.mono else replace(block, text=french(block.text))


def _set_table(table: Table, number: str) -> Table:
    return replace(
        table,
        number=number,
        caption=_stopped(table.caption),
        source=french(table.source),
        notes=tuple(french(note) for note in table.notes),
        columns=tuple(replace(c, title=french(c.title), group=french(c.group)) for c in table.columns),
        rows=tuple(
            replace(row, cells=tuple(Cell(french(cell.text), cell.note) for cell in row.cells))
            for row in table.rows
        ),
    )


def _stopped(caption: str) -> str:
    """Return a caption as a sentence: its source comes after it."""
    told = french(caption)
    return told if told.endswith((".", "?", "!", "…")) else f"{told}."


def pieces(text: str) -> list[tuple[str, bool]]:
    """Return the pieces of a text, each with whether it is strong.

    Examples
    --------
    >>> pieces("L’écart est **établi**.")
    [('L’écart est ', False), ('établi', True), ('.', False)]
    """
    parts = _STRONG.split(text)
    return [(part, rank % 2 == 1) for rank, part in enumerate(parts) if part]


def bare(text: str) -> str:
    """Return a text without the stars that make words strong."""
    return _STRONG.sub(r"\1", text)
