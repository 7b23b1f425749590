"""The contract itself, read on the first lines of its convention: title, years, region, identifier."""

import re
from collections import Counter
from collections.abc import Sequence

from loaders.convention_text.passages import ConventionText
from loaders.convention_text.proposal import ProposedContract, ProposedParty
from loaders.convention_text.repair import folded, spaced

_RANGE = re.compile(r"(?<!\d)(20\d\d)\s?[-–/]\s?(20\d\d)(?!\d)")
_YEARS = re.compile(r"années?[^.;\n]{0,30}?((?:20\d\d[\s,]*(?:et\s+)?){2,})", re.I)
_COVER_END = re.compile(r"^[ \t]*(?:vu\b|entre\b[ \t]*(?:les|:|$)|article\s+1)", re.I | re.M)
_SUBJECT = re.compile(r"\b(?:contrat|convention|accord|pacte|protocole)\b", re.I)
_LONGEST = 10
"""Most years of a contract."""
_SMALL = frozenset(re.findall(r"\w+", "de du des d la le les l et en au aux a pour sur par n"))


def read_contract(text: ConventionText, parties: Sequence[ProposedParty]) -> ProposedContract:
    """Return the contract; what the text does not say is None, with a doubt."""
    start, end = _years(text)
    cover = _COVER_END.search(text.body)
    limit = cover.start() if cover else min(len(text.body), 1500)
    begin, finish = _title(text.body[:limit])
    title = spaced(text.body[begin:finish])
    region = next((name for party in parties if (name := _region(party.name))), None)
    contract = ProposedContract(
        text.passage(begin, finish), _identifier(text.body[begin:finish], region, start, end), title, region,
        start, end,
    )  # fmt: skip
    if start is None:
        contract.doubtful("Les années du contrat n’ont pas été trouvées.")
    if region is None:
        contract.doubtful("Aucune région n’est parmi les parties.")
    return contract


def _years(text: ConventionText) -> tuple[int | None, int | None]:
    """Return the first and last year: the range most written on the cover, else in the text."""
    for body in (text.body[:1500], text.body):
        ranges = Counter(
            (int(first), int(last))
            for first, last in _RANGE.findall(body)
            if 0 < int(last) - int(first) < _LONGEST
        )
        if ranges:
            return ranges.most_common(1)[0][0]
    listed = _YEARS.search(text.body)
    years = [int(year) for year in re.findall(r"20\d\d", listed[1])] if listed else []
    return (min(years), max(years)) if years else (None, None)


def _title(cover: str) -> tuple[int, int]:
    """Return where the title stands: lines of the cover up to its years, « CONVENTION » alone left out."""
    lines = list(re.finditer(r"[^\n]*[^\s][^\n]*", cover))
    named = [line for line in lines if _SUBJECT.search(line[0]) and len(line[0].split()) > 1]
    if not named:
        return (lines[0].start(), lines[0].end()) if lines else (0, 0)
    begin = named[0]
    dated = [line for line in lines if line.start() >= begin.start() and _RANGE.search(line[0])]
    last = dated[0] if dated and dated[0].start() - begin.end() < 300 else begin
    return begin.start(), last.end()


def _region(name: str) -> str | None:
    match = re.match(r"(?:conseil\s+r[ée]gional\s+(?:de\s+|d['’])?|r[ée]gion\s+)(.+)", name, re.I)
    return match[1].strip() if match else None


def _identifier(title: str, region: str | None, start: int | None, end: int | None) -> str:
    """Return the initials of the title line by line, those of the region, and the years.

    >>> _identifier("CONTRAT ECONOMIQUE\\nECONOMIE SOCIALE ET SOLIDAIRE 2014-2016", "Rhône-Alpes", 2014, 2016)
    'CE-ESS-RA-2014-2016'
    """
    lines = [_initials(line) for line in _RANGE.sub("", title).split("\n")]
    parts = [*lines, _initials(region or ""), str(start or ""), str(end or "")]
    return "-".join(part for part in parts if part) or "CONTRAT"


def _initials(words: str) -> str:
    kept = [word for word in re.findall(r"[a-z0-9]+", folded(words)) if word not in _SMALL]
    return "".join(word[0] for word in kept).upper()
