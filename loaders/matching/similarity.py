"""How much two organisations look the same: identifiers first, then names, with the reason in French."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from loaders.matching.names import MODIFIERS, Form, acronyms, forms

THRESHOLD = 0.8
"""Scores under it are not proposed."""

_IDENTIFIERS = (("siret", "SIRET"), ("siren", "SIREN"), ("rna", "RNA"))
_PART = 0.82
_NEAR = 0.84
_SHORTEST = 5


@dataclass(frozen=True, slots=True)
class Named:
    """An organisation as it is compared.

    Attributes
    ----------
    key, id, contract
        Natural key, identifier, contract.
    names
        Every name its documents give it, the shown one first.
    acronym
        Acronym declared.
    siren, siret, rna
        Identifiers, None where unknown.
    sources
        Number of documents that name it.
    """

    key: str
    id: str
    contract: str
    names: tuple[str, ...]
    acronym: str | None = None
    siren: str | None = None
    siret: str | None = None
    rna: str | None = None
    sources: int = 1

    @property
    def acronyms(self) -> frozenset[str]:
        """Its acronyms, folded: declared, or standing apart in a name."""
        declared = acronyms(self.acronym.upper()) if self.acronym else frozenset[str]()
        return declared.union(*(acronyms(name) for name in self.names))

    @property
    def forms(self) -> tuple[Form, ...]:
        """Every way to read its names."""
        return tuple(dict.fromkeys(form for name in self.names for form in forms(name)))


Weights = Mapping[str, float]
"""What each word tells: rare words tell more."""


def weights_of(organisations: Iterable[Named]) -> Weights:
    """Return the weight of the words of a set of organisations: the logarithm of their rarity."""
    every = list(organisations)
    counts = Counter(word for o in every for word in {word for form in o.forms for word in form.words})
    return {word: math.log(1 + len(every) / count) for word, count in counts.items()}


def compare(first: Named, second: Named, weights: Weights) -> tuple[float, str] | None:
    """Return how much two organisations look the same, from 0 to 1, and why; None when they are not.

    Two that carry different SIREN or RNA numbers are not the same, whatever their names.
    """
    same = _identified(first, second)
    if same is not None:
        return same or None
    best = (0.0, "")
    if first.acronyms & second.acronyms:
        best = (0.9, "même sigle")
    elif _stands_for(first, second) or _stands_for(second, first):
        best = (0.85, "l’un est le sigle de l’autre")
    for one in first.forms:
        for other in second.forms:
            score, reason = _by_words(one, other, weights)
            if score > _PART and not (one.whole and other.whole):
                score, reason = _PART, "une partie du nom est la même"
            best = max(best, (score, reason))
    return best if best[0] > 0 else None


def _identified(first: Named, second: Named) -> tuple[float, str] | tuple[()] | None:
    """Return what the identifiers say: a score, empty for « not the same », None for nothing."""
    known = {
        name: (getattr(first, name), getattr(second, name))
        for name, _ in _IDENTIFIERS
        if getattr(first, name) and getattr(second, name)
    }
    for name, french in _IDENTIFIERS:
        if name in known and known[name][0] == known[name][1]:
            if name == "siren" and "siret" in known:
                return 0.95, "même SIREN, deux établissements"
            return 1.0, f"même {french}"
    return () if known.keys() & {"siren", "rna"} else None


def _stands_for(short: Named, long: Named) -> bool:
    initials = frozenset[str]().union(*(form.initials for form in long.forms))
    return bool(short.acronyms & initials)


def _by_words(one: Form, other: Form, weights: Weights) -> tuple[float, str]:
    if sorted(one.words) == sorted(other.words):
        return (0.99, "même nom, écrit autrement") if _tells(one.words) else (0.0, "")
    if not _tells(one.words) or not _tells(other.words):
        return 0.0, ""
    shared, left, right = _paired(one.words, other.words, weights)
    total = sum(weights.get(word, 1.0) for word in (*one.words, *other.words))
    score = 2 * shared / total
    if left and right:
        return score * 0.85, "noms proches"
    extra = left or right
    if not extra:
        return score, "noms proches, à une faute près"
    if any(word in MODIFIERS or word.isdigit() for word in extra):
        return score * 0.7, "noms proches"
    contained = min(len(one.words), len(other.words)) > 1
    return (max(score, THRESHOLD), "un nom contient l’autre") if contained else (score, "noms proches")


def _tells(words: tuple[str, ...]) -> bool:
    """Tell whether words are enough for a name: more than one, or one that is long."""
    return len(words) > 1 or (bool(words) and len(words[0]) >= _SHORTEST)


def _paired(
    one: tuple[str, ...], other: tuple[str, ...], weights: Weights
) -> tuple[float, list[str], list[str]]:
    """Return the weight of the words two names share, and the words left on each side."""
    left, right = list(one), list(other)
    shared = 0.0
    for word in one:
        if word in right:
            left.remove(word)
            right.remove(word)
            shared += weights.get(word, 1.0)
    for word in list(left):
        near = max(right, key=lambda candidate: _alike(word, candidate), default=None)
        if near is not None and (ratio := _alike(word, near)) >= _NEAR:
            left.remove(word)
            right.remove(near)
            shared += ratio * min(weights.get(word, 1.0), weights.get(near, 1.0))
    return shared, left, right


@lru_cache(maxsize=65_536)
def _alike(word: str, other: str) -> float:
    """Return how near two words are, 0 when no slip of the pen makes one of the other: Loire, Loiret."""
    short = min(len(word), len(other)) < _SHORTEST
    if short or word.startswith(other) or other.startswith(word) or word.isdigit() or other.isdigit():
        return 0.0
    return SequenceMatcher(None, word, other, autojunk=False).ratio()
