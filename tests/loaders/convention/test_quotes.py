"""Every quote of our files is in the text, at its lines; every quote of the extraction is in our files."""

from collections.abc import Iterator
from typing import Any

from graphmodel.batch import Batch


def squeeze(text: str) -> str:
    return "".join(text.split())


def quotes_of(value: Any, words: tuple[str, str] = ("quote", "lines")) -> Iterator[tuple[str, list[int]]]:
    """Yield every (quote, lines) of nested mappings and lists."""
    if isinstance(value, dict):
        if words[0] in value:
            yield value[words[0]], value.get(words[1])
        for inner in value.values():
            yield from quotes_of(inner, words)
    elif isinstance(value, list):
        for inner in value:
            yield from quotes_of(inner, words)


def in_text(quote: str, lines: tuple[int, int] | list[int], text: list[str]) -> bool:
    first, last = lines
    return squeeze(quote) in squeeze("".join(text[first - 1 : last]))


def test_every_quote_of_our_files_is_in_the_text_at_its_lines(
    raw_files: dict[str, Any], source_lines: list[str]
) -> None:
    found = [(file, quote, lines) for file, data in raw_files.items() for quote, lines in quotes_of(data)]
    wrong = [(file, lines, quote) for file, quote, lines in found if not in_text(quote, lines, source_lines)]
    assert len(found) > 300
    assert wrong == []


def test_every_quote_of_the_graph_is_in_the_text_at_its_lines(batch: Batch, source_lines: list[str]) -> None:
    places = [(row.key, row.place) for rows in batch.rows.values() for row in rows if row.place.quote]
    wrong = [key for key, place in places if not in_text(place.quote, place.lines, source_lines)]
    assert len(places) > 400
    assert wrong == []


def test_a_changed_word_or_a_wrong_line_is_seen(source_lines: list[str]) -> None:
    assert in_text("Il se réunira une à deux fois par an.", [620, 620], source_lines)
    assert not in_text("Il se réunira une à trois fois par an.", [620, 620], source_lines)
    assert not in_text("Il se réunira une à deux fois par an.", [621, 622], source_lines)


def test_no_quote_of_the_extraction_is_lost(extraction: dict[str, Any], raw_files: dict[str, Any]) -> None:
    ours = [squeeze(quote) for quote, _ in quotes_of(raw_files)]
    lost = [q for q, _ in quotes_of(extraction, ("q", "l")) if not any(squeeze(q) in quote for quote in ours)]
    assert lost == []


def test_line_spans_of_the_extraction_are_kept(extraction: dict[str, Any], raw_files: dict[str, Any]) -> None:
    ours = {(squeeze(quote), tuple(lines)) for quote, lines in quotes_of(raw_files)}
    lost = [
        (q, span) for q, span in quotes_of(extraction, ("q", "l")) if (squeeze(q), tuple(span)) not in ours
    ]
    assert lost == []


def test_names_of_the_plan_are_the_words_of_the_text(batch: Batch, source_lines: list[str]) -> None:
    """A name may straighten an apostrophe; it may not change a word."""
    text = squeeze("".join(source_lines)).replace("'", "’")
    names = [str(row.values["name"]) for label in ("Action", "ExpectedEffect") for row in batch.rows[label]]
    assert [name for name in names if squeeze(name).replace("'", "’") not in text] == []
