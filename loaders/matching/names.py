"""The name of an organisation as words that can be compared: no accents, legal forms, articles, plurals."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_ARTICLES = frozenset(re.split(" ", "de du des d la le les l et en a au aux pour sur sous dans par"))
_LEGAL_FORMS = frozenset(
    re.split(
        " ",
        "scop scic sarl sas sasu sa eurl sci snc scp gie gip epic association asso assoc cooperative coop "
        "mutuelle fondation societe ste",
    )
)
_SAME_WORDS = (
    (r"\bconseil regional (?=de |du |d )", "region "),
    (r"\bconseil regional\b", "region"),
    (r"\bconseil (?:general|departemental)\b", "departement"),
    (r"\b(?:ville|mairie|municipalite)\b(?= de | du | d )", "commune"),
    (r"\bcommunaute d agglomeration\b", "agglo"),
    (r"\bagglomeration\b", "agglo"),
    (r"\bcommunaute de communes\b", "comcom"),
    (r"\bc\.? ?c\.? (?=du |de |d )", "comcom "),
    (r"\bchambre regionale (?:de l )?economie sociale(?: et)? solidaire\b", "cress"),
    (r"\beconomie sociale(?: et)? solidaire\b", "ess"),
    (r"\bst\b", "saint"),
    (r"\bste\b(?= [a-z])", "sainte"),
)
"""Words that say the same of French bodies, folded; the order counts."""
MODIFIERS = frozenset(
    re.split(
        " ",
        "haut haute bas basse nord sud est ouest centre grand grande petit petite val vallee pays "
        "nouveau nouvelle ancien ancienne un deux trois",
    )
)
"""Words that make another place or body of the one they qualify."""

_ASIDE = re.compile(r"\(([^)]*)\)")
_DASH = re.compile(r"\s[–—-]\s|\s*[,;/]\s+")
_ACRONYM = re.compile(r"[A-ZÀ-Ý0-9&.-]{2,12}")


@dataclass(frozen=True, slots=True)
class Form:
    """One way a name can be read.

    Attributes
    ----------
    words
        Its words that tell something, folded, in order.
    initials
        Initials of its words, articles left out and kept; a name of one word has none.
    whole
        False when it is only a part of the name.
    """

    words: tuple[str, ...]
    initials: frozenset[str]
    whole: bool


def fold(text: str) -> str:
    """Return a text without case, accents or punctuation, its words parted by one space."""
    plain = unicodedata.normalize("NFKD", text.casefold().replace("œ", "oe").replace("&", " et "))
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(re.findall(r"[a-z0-9]+", letters))


@lru_cache(maxsize=65_536)
def forms(name: str) -> tuple[Form, ...]:
    """Return the ways a name can be read: whole, without its parentheses, each side of its dashes."""
    plain = _ASIDE.sub(" ", name)
    parts = [*_ASIDE.findall(name), *_DASH.split(plain)]
    found = [_form(name, whole=True), _form(plain, whole=True), *(_form(part, whole=False) for part in parts)]
    unique: dict[tuple[str, ...], Form] = {}
    for form in found:
        unique.setdefault(form.words, form)
    return tuple(form for words, form in unique.items() if words)


@lru_cache(maxsize=65_536)
def acronyms(name: str) -> frozenset[str]:
    """Return the acronyms a name is or holds as a part of its own: « ARDI – agence… », « … (CAPI) »."""
    parts = [_ASIDE.sub(" ", name), *_ASIDE.findall(name), *_DASH.split(_ASIDE.sub(" ", name))]
    found = {part.strip().replace(".", "") for part in parts if _ACRONYM.fullmatch(part.strip())}
    return frozenset(folded for part in found if len(folded := fold(part).replace(" ", "")) >= 3)


def _form(text: str, *, whole: bool) -> Form:
    said = fold(text)
    for pattern, word in _SAME_WORDS:
        said = re.sub(pattern, word, said)
    every = said.split()
    told = [word for at, word in enumerate(every) if not _empty(every, at)] or every
    return Form(tuple(map(_singular, told)), _initials(fold(text).split()), whole)


def _empty(words: list[str], at: int) -> bool:
    """Tell whether a word says nothing: an article, or a legal form that no article introduces."""
    word = words[at]
    if word in _ARTICLES:
        return True
    return word in _LEGAL_FORMS and not (at and words[at - 1] in _ARTICLES)


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 4 and word[-1] in "sx" else word


def _initials(words: list[str]) -> frozenset[str]:
    told = [word for word in words if word not in _ARTICLES]
    found = {"".join(word[0] for word in kept) for kept in (words, told) if len(kept) > 1}
    return frozenset(text for text in found if len(text) >= 3)
