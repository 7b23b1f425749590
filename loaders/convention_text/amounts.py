"""The amounts a convention commits: who, how much, for which year, and « prévisionnel » or not."""

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from loaders.convention_text.passages import ConventionText
from loaders.convention_text.proposal import ProposedContract, ProposedFunding, ProposedParty
from loaders.convention_text.repair import folded

_AMOUNT = re.compile(
    r"(?<![\d,.])(?P<number>\d{1,3}(?:(?:\s+|\.)\d{3})+(?:,\d{1,2})?|\d+(?:[.,]\d{1,3})?)\s*"
    r"(?P<unit>millions?\s+d['’]euros|M\s?€|k\s?€|kilo-?euros|milliers?\s+d['’]euros|euros?\b|€|EUR\b)",
    re.I,
)
_FACTORS = (("million", 1_000_000), ("m", 1_000_000), ("k", 1_000))
_COMMITS = re.compile(
    r"particip|subvent|contribu|concours|dotation|apport|engage|financ|envelopp|cr[ée]dit|aide|soutien|abond|verse",
    re.I,
)
_SENTENCE = re.compile(r"(?<=[.;:!?])\s+(?=[A-ZÀ-Þ«•\-])|\n[ \t]*\n|(?<=\n)(?=[ \t]*Article\b)")
_ARTICLE = re.compile(r"^[ \t]*article\s+\w+\s*[:.–-]?\s*(?P<title>[^\n]*(?:\n[^\n]+)?)", re.I | re.M)
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_PROVISIONAL = re.compile(r"pr[ée]visionnel|indicati|estim", re.I)
_COMMON = frozenset(["aux", "des", "les", "par", "pour", "ses", "son", "sur", "une"])
_STEM, _FORM = 5, 0.8
"""Letters that tell two forms of one word (« région », « régionale »), and what the other form is worth."""


def read_amounts(
    text: ConventionText, parties: Sequence[ProposedParty], contract: ProposedContract
) -> list[ProposedFunding]:
    """Return the amounts of the sentences that commit money."""
    found: list[ProposedFunding] = []
    for begin, end in _sentences(text.body):
        sentence = text.body[begin:end]
        if not _COMMITS.search(sentence):
            continue
        amounts = list(_AMOUNT.finditer(sentence))
        for position, match in enumerate(amounts):
            after = amounts[position - 1].end() if position else 0
            found.append(_funding(text, begin, end, match, after, parties, contract))
    return found


def _sentences(body: str) -> list[tuple[int, int]]:
    """Return the intervals of the sentences; a page or a blank line does not end one."""
    edges = [0, *(match.end() for match in _SENTENCE.finditer(body)), len(body)]
    whole: list[tuple[int, int]] = []
    for begin, end in pairwise(edges):
        head = body[begin:end].lstrip()
        if (
            whole
            and head
            and (head[0].islower() or head[0].isdigit())
            and not _closed(body[whole[-1][0] : begin])
        ):
            whole[-1] = (whole[-1][0], end)
        elif head:
            whole.append((begin, end))
    return whole


def _closed(words: str) -> bool:
    return words.rstrip().endswith((".", ";", ":", "!", "?"))


def _funding(
    text: ConventionText,
    begin: int,
    end: int,
    match: re.Match[str],
    after: int,
    parties: Sequence[ProposedParty],
    contract: ProposedContract,
) -> ProposedFunding:
    sentence = text.body[begin:end]
    near = sentence[after : match.start()]
    title, first = _title(text.body, begin)
    funder = _funder(near, parties) or _funder(sentence, parties) or _funder(title, parties)
    year, doubt = _year(near, sentence, contract)
    amount = _value(match)
    provisional = _PROVISIONAL.search(sentence) is not None
    funding = ProposedFunding(
        text.passage(max(begin, first), end), funder, year, amount, provisional, doubt=doubt
    )
    if funder is None:
        funding.doubtful("Le financeur n’a pas été reconnu parmi les parties.")
    return funding


def _value(match: re.Match[str]) -> Decimal:
    """Return an amount in euros: « 2 387 500 euros », « 1,5 M€ », « 300 k€ »."""
    written = re.sub(r"[\s\u00a0\u202f]", "", match["number"])
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", written):
        written = written.replace(".", "")
    unit = folded(match["unit"])
    factor = next((value for mark, value in _FACTORS if unit.startswith(mark)), 1)
    if unit.startswith("millier"):
        factor = 1_000
    return Decimal(written.replace(",", ".")) * factor


def _title(body: str, at: int) -> tuple[str, int]:
    """Return the title of the article a place stands in, and where its first line ends."""
    titles = [match for match in _ARTICLE.finditer(body) if match.start() <= at]
    if not titles:
        return "", 0
    first, _, second = titles[-1]["title"].partition("\n")
    whole = f"{first} {second}" if _words(first) and not _closed(first) else first
    return whole, titles[-1].start("title") + len(first)


def _funder(words: str, parties: Sequence[ProposedParty]) -> str | None:
    """Return the party that words name best; None when two do as well, or none does."""
    held = set(_words(words))
    scores: dict[str, tuple[float, int]] = {}
    for party in parties:
        own = _words(party.name)
        marks = [_likeness(word, held) for word in own]
        if party.acronym and re.search(rf"\b{re.escape(party.acronym)}\b", words):
            scores[party.id] = (2.0, 0)
        elif marks and marks[0] and (all(marks) or max(marks) == 1):
            # Of two parties named in full, the longer name is the more particular.
            scores[party.id] = (sum(marks) / len(marks), len(marks))
    best = sorted(scores.items(), key=lambda item: item[1], reverse=True)
    if not best or (len(best) > 1 and best[0][1] == best[1][1]):
        return None
    return best[0][0]


def _likeness(word: str, held: set[str]) -> float:
    """Return 1 for a word that is held, less for one of which another form is, 0 for none."""
    if word in held:
        return 1.0
    return _FORM if any(word[:_STEM] == other[:_STEM] for other in held) else 0.0


def _words(words: str) -> list[str]:
    return [word for word in re.findall(r"[a-z0-9]{3,}", folded(words)) if word not in _COMMON]


def _year(near: str, sentence: str, contract: ProposedContract) -> tuple[int | None, str]:
    """Return the year of an amount, and the doubt about it."""
    years = _YEAR.findall(near) or _YEAR.findall(sentence)
    if len(set(years)) == 1:
        return int(years[0]), ""
    if years:
        return int(years[0]), f"La phrase dit plusieurs années ({', '.join(dict.fromkeys(years))})."
    return (
        contract.start_year,
        "La phrase ne dit pas l’année : la première du contrat est proposée.",
    )
