"""A letter as plain text, for an e-mail: 88 columns, lists instead of tables."""

import textwrap

from dashboards import words
from dashboards.letters.letter import Letter, Table

_WIDTH = 88


def plain_text(letter: Letter) -> str:
    """Return a letter as text, lines of at most 88 characters, ended by a line end."""
    lines: list[str] = []
    if letter.fictional:
        lines += [f"[{words.FICTIONAL.upper()}]", ""]
    lines += [*letter.sender, ""] if letter.sender else []
    lines += [*letter.recipient, "", letter.dated, ""]
    lines += [*_wrapped(f"Objet{words.NBSP}: {letter.subject}"), "", letter.greeting, ""]
    for paragraph in letter.opening:
        lines += [*_wrapped(paragraph), ""]
    for table in letter.tables:
        lines += [*_list(table), ""]
    for paragraph in letter.closing:
        lines += [*_wrapped(paragraph), ""]
    lines += letter.signature
    return "\n".join(lines).rstrip() + "\n"


def _list(table: Table) -> list[str]:
    """Return the rows of a table as a list: what, then the other cells with their heading."""
    lines = [table.lead]
    for what, *others in table.rows:
        said = ", ".join(
            f"{heading.lower()}{words.NBSP}: {cell}"
            for heading, cell in zip(table.headings[1:], others, strict=True)
        )
        lines += _wrapped(f"- {what} ({said}){words.NNBSP};", "  ")
    lines[-1] = lines[-1].removesuffix(f"{words.NNBSP};") + "."
    return lines


def _wrapped(text: str, indent: str = "") -> list[str]:
    return textwrap.wrap(
        text, _WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )
