"""The parties of a convention, read where it presents them: between « ENTRE » and « IL EST CONVENU ».

A party is what stands before « représenté(e) par »; its name begins where the representative of the one
before ends: at a paragraph, at a line, or after the name of a person.
"""

import re
from collections.abc import Iterable, Iterator

from loaders.convention_text.passages import ConventionText
from loaders.convention_text.proposal import ProposedParty
from loaders.convention_text.repair import folded, spaced

MAIN = "signataire principal"
"""Category of a party that stands under no heading of its own."""

_OPENING = re.compile(r"^[ \t]*entre\b(?:[ \t]+les[ \t]+soussign[ée]+s)?[ \t]*:?[ \t]*$", re.I | re.M)
_CLOSING = re.compile(
    r"\bil\s+(?:est|a\s+été|a\s+ete)\s+(?:convenu|arrêté|exposé|décidé|préalablement)"
    r"|^[ \t]*(?:article\s+(?:1|premier|i)\b|pr[ée]ambule\b)",
    re.I | re.M,
)
# Optical reading leaves a blank in the word often enough to be looked for.
_LETTERS = ("r", "e", "p", "r", "[ée]", "s", "e", "n", "t", "[ée]", "[ée]?", "s?")
_CLAUSE = re.compile(rf"\b{' ?'.join(_LETTERS)}\s+(?:\w+\s+){{0,2}}par\b", re.I)
_MARK = re.compile(
    r"(?<![\w’'])d['’]\s?(?:une|autre)\s+part\b[ \t]*[,;.:]?"
    r"|^[ \t]*(?:entre(?:[ \t]+les[ \t]+soussign[ée]+s)?|et)[ \t]*:?[ \t]*(?:,[ \t]*)?$",
    re.I | re.M,
)
_HEADING = re.compile(
    r"(?:^|(?<=\n))[ \t]*((?:et[ \t]+)?(?:les|des)[ \t][^\n:,]{3,80}?)[ \t]*:[ \t]*$", re.I | re.M
)
_PARAGRAPH = re.compile(r"\n[ \t\f]*\n\s*|\A\s*")
_LINE = re.compile(r"\n[ \t]*")
_TAIL = re.compile(
    r"[\s,;]+(?:dont\b|ayant\b|sis[e]?\b|domicili|ci-apr|immatricul|régie?\b|association\s+(?:loi|régie)).*",
    re.I | re.S,
)
_ACRONYM = re.compile(
    r"ci[- ]après\s+(?:désign|dénomm|appel)\w*\s*(?:par|comme|sous)?\s*[«\"“]\s*([^»\"”]{2,40}?)\s*[»\"”]",
    re.I,
)
_ARTICLE = re.compile(r"(?:(?:les?|la)\s+|l\s?['’]\s?)", re.I)
_CIVILITY = re.compile(r"(?:M\.|MM\.|Mmes?|Mlle|Messieurs|Mesdames|Monsieur|Madame|Mademoiselle)(?=\s)")
_OFFICE = re.compile(
    r"(?:\d+\w*\s+)?(?:vice|pr[ée]sident|maire|pr[ée]f[eè]t|directeur|directrice|conseiller|conseill[eè]re|adjoint|"
    r"secr[ée]taire|tr[ée]sori|g[ée]rant|d[ée]l[ée]gu|repr[ée]sentant|chef|responsable|premi)",
    re.I,
)
_NAMES = r"[A-ZÀ-Þ][\w’'-]+(?:[ \t]+(?:de|du|des|d['’]|le|la)[ \t]?)?"
_PERSON = re.compile(
    rf"(?:{_CIVILITY.pattern})\s+{_NAMES}\s+{_NAMES}|{_NAMES}\s+[A-ZÀ-Þ][A-ZÀ-Þ’'-]{{2,}}(?![a-zà-ÿ])"
)
_BULLET = re.compile(r"[\s\-–—•▪*·o]*(?:\d{1,2}[.)°]\s*)?(?=\S)")


def read_parties(text: ConventionText) -> list[ProposedParty]:
    """Return the parties in the order of the text; empty when it presents none."""
    start, end = _block(text)
    body = text.body
    clauses = [clause for clause in _CLAUSE.finditer(body, start, end) if not _is_inner(body, clause)]
    headings = list(_HEADING.finditer(body, start, end))
    found: list[ProposedParty] = []
    edges = [start, *(clause.end() for clause in clauses)]
    for position, clause in enumerate(clauses):
        after = clauses[position + 1].start() if position + 1 < len(clauses) else end
        begin = _begin(body, edges[position], clause.start(), first=position == 0)
        stop = _stop(body, clause.end(), after, position + 1 < len(clauses))
        under = [match for match in headings if match.start() < begin]
        found.append(_party(text, (begin, clause.start(), stop), under[-1][1] if under else None))
    _distinguish(found)
    _compare_signatures(text, end, found)
    return found


def _block(text: ConventionText) -> tuple[int, int]:
    """Return where the presentation of the parties begins and ends; the whole text when nothing opens it."""
    body = text.body
    opening = _OPENING.search(body)
    start = opening.end() if opening else 0
    closing = _CLOSING.search(body, start)
    return start, closing.start() if closing else len(body)


def _is_inner(body: str, clause: re.Match[str]) -> bool:
    """Tell whether a clause represents a representative: « lui-même représenté par »."""
    before = body[max(0, clause.start() - 20) : clause.start()]
    return re.search(r"(?:elle|lui)-m[êe]me\s*$", before, re.I) is not None


def _begin(body: str, start: int, end: int, *, first: bool) -> int:
    """Return where a party's name begins between the clause before and its own."""
    marks = [match.end() for pattern in (_MARK, _HEADING) for match in pattern.finditer(body, start, end)]
    if marks:
        start, first = max(marks), True
    region = body[start:end]
    for pattern in (_PARAGRAPH, _LINE):
        places = [match.end() for match in pattern.finditer(region)]
        if pattern is _LINE and first:
            places = [0, *places]
        chosen = _chosen(region, places, first=first)
        if chosen is not None:
            return start + chosen
    return start if first else start + _inline(region)


def _chosen(region: str, places: Iterable[int], *, first: bool) -> int | None:
    """Return the first place where a name may begin: one with an article wins over one without."""
    plain: list[int] = []
    for place in places:
        at = place + len(_bullet(region[place:]))
        head = region[at:]
        if not head or not (head[0].isupper() or _ARTICLE.match(head)):
            continue
        if _is_representative(head) or not (first or _PERSON.search(region[:at]) or region[:at].strip()):
            continue
        if _named_by_article(head):
            return at
        if first or _PERSON.search(region[:at]):
            plain.append(at)
    return plain[0] if plain else None


def _named_by_article(head: str) -> bool:
    """Tell whether a name begins with an article and a capital: « Le syndicat », « la Ville »."""
    article = _ARTICLE.match(head)
    return article is not None and (head[0].isupper() or head[article.end() : article.end() + 1].isupper())


def _is_representative(head: str) -> bool:
    """Tell whether words are those of who represents: a person, an office."""
    article = _ARTICLE.match(head)
    rest = head[article.end() :] if article else head
    if _CIVILITY.match(head) or _OFFICE.match(rest):
        return True
    paragraph = head.split("\n", 1)[0].strip(" ,;.")
    return _PERSON.fullmatch(paragraph) is not None


def _bullet(words: str) -> str:
    match = _BULLET.match(words)
    return match[0] if match else ""


def _inline(region: str) -> int:
    """Return where a name begins on the very line of the representative before it."""
    articles = [
        match.start()
        for match in re.finditer(r"(?<=[\w.,;»])\s+(?=(?:Le|La|Les)\s|L\s?['’])", region)
        if not _is_representative(region[match.end() :])
    ]
    if articles:
        return articles[-1]
    person = _PERSON.search(region)
    return person.end() if person else 0


def _stop(body: str, start: int, end: int, followed: bool) -> int:
    """Return where the presentation of a party ends: where the next begins, or at the first mark."""
    if followed:
        end = _begin(body, start, end, first=False)
    marks = [match.start() for p in (_MARK, _HEADING) for match in p.finditer(body, start, end)]
    return min([*marks, end])


def _party(text: ConventionText, span: tuple[int, int, int], heading: str | None) -> ProposedParty:
    begin, clause, stop = span
    written = _TAIL.sub("", text.body[begin:clause]).strip(" \t\n,;:.-–")
    written = re.sub(r"(['’])\s+", r"\1", spaced(re.sub(r"\s*\(?\bet$", "", written)))
    passage = text.passage(begin, stop)
    acronym = _ACRONYM.search(passage.quote)
    category, authority = _category(heading)
    party = ProposedParty(
        passage, "", _named(written), written, spaced(acronym[1]) if acronym else None, category, authority
    )
    if not written or len(written) > 150:
        party.doubtful("Le nom n’est pas sûr : le relire dans la citation.")
    return party


def _category(heading: str | None) -> tuple[str, bool | None]:
    """Return the category that a heading gives, in the singular, and whether it says « collectivités »."""
    if heading is None:
        return MAIN, None
    words = re.sub(r"^(?:et\s+)?(?:les|des)\s+", "", " ".join(heading.split()), flags=re.I)
    singular = re.sub(r"(?<=[^\Ws])s\b", "", words)
    return singular, True if "collectivit" in folded(words) else None


def _named(written: str) -> str:
    """Return a name without its article, its first letter in capital.

    >>> _named("Le syndicat mixte Rhône Pluriel"), _named("L’Etat"), _named("Saint-Etienne Métropole")
    ('Syndicat mixte Rhône Pluriel', 'Etat', 'Saint-Etienne Métropole')
    """
    article = _ARTICLE.match(written)
    name = written[article.end() :] if article else written
    return name[:1].upper() + name[1:]


def _distinguish(parties: list[ProposedParty]) -> None:
    """Give each party an identifier of its own, made from its name."""
    seen: dict[str, int] = {}
    for party in parties:
        base = re.sub(r"[^A-Z0-9]+", "-", folded(party.name).upper()).strip("-") or "PARTIE"
        seen[base] = seen.get(base, 0) + 1
        party.id = base if seen[base] == 1 else f"{base}-{seen[base]}"
        if seen[base] > 1:
            party.doubtful("Une autre partie porte le même nom.")


def _compare_signatures(text: ConventionText, start: int, parties: list[ProposedParty]) -> None:
    """Say which parties the signature pages do not name, when the text has such pages."""
    names = [folded(spaced(name)) for name in _signatures(text.body, start)]
    if len(names) < max(2, len(parties) // 2):
        return
    for party in parties:
        words = set(re.findall(r"[a-z0-9]{3,}", folded(party.name)))
        best = max((_share(words, name) for name in names), default=0.0)
        if words and best < 0.5:
            party.doubtful("Les pages de signature ne la nomment pas.")


def _signatures(body: str, start: int) -> Iterator[str]:
    """Yield the names after « Pour » on the signature pages, behind the articles."""
    made = re.compile(r"\bfait\s+à\b|^\W*pour\s+l(?:e|a|es|['’])", re.I | re.M).search(body, start)
    if made is None:
        return
    lines = list(re.finditer(r"^[ \t\-–•]*Pour\s+([^\n]*(?:\n[^\n]+)?)", body[made.start() :], re.M))
    for match in lines:
        yield re.split(r"\s*,|\bvu\b", match[1])[0]


def _share(words: set[str], name: str) -> float:
    """Return the share of some words that a name holds, two spellings of a word being one."""
    held = re.findall(r"[a-z0-9]{3,}", name)
    same = sum(any(word[:5] == other[:5] for other in held) for word in words)
    return same / len(words) if words else 0.0
