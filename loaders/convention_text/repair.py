"""Words that the layout or the optical reading of a text cut in two, mended by the text's own vocabulary."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_WORD = re.compile(r"[^\W\d_]+")
_PAIR = re.compile(r"(?<![\w'’-])([^\W\d_]+) (?=([^\W\d_]+)(?!\w))")
_CUT = re.compile(r"([^\W\d_]+)-[ \t]*$")
_FIRST = re.compile(r"[ \t]*([^\W\d_]+)")
_WHOLE = frozenset(
    _WORD.findall(
        "a au aux avec ce ces chez contre dans de des du elle en entre est et eu il ils je la le les leur "
        "lui mais ne ni nos nous on ont ou où par pas plus pour quand que qui sa sans se ses si son sont "
        "sous sur ta tes ton tout un une vos vous y à été"
    )
)
"""Short words that are no piece of another."""
_PREFIXES = frozenset(
    ["vice", "sous", "non", "inter", "demi", "ex", "mi", "semi", "contre", "co", "bio", "socio"]
)
"""Beginnings that often keep their hyphen."""
_RARE = 2
"""Most times a piece of a cut word is met in a whole text."""


def spaced(words: str) -> str:
    """Return words on one line, one blank between two."""
    return " ".join(words.split())


def folded(words: str) -> str:
    """Return words as they are compared: no accents, no case, straight apostrophes, single blanks.

    >>> folded("Caisse  des Dépôts d’Épargne")
    "caisse des depots d'epargne"
    """
    plain = unicodedata.normalize("NFKD", words.replace("’", "'").replace("œ", "oe")).casefold()
    return " ".join("".join(letter for letter in plain if not unicodedata.combining(letter)).split())


@dataclass(frozen=True)
class Vocabulary:
    """How often each word of a text is met, without case."""

    counts: Counter[str]

    @classmethod
    def of(cls, lines: Iterable[str]) -> "Vocabulary":
        """Return the vocabulary of some lines, the pieces of the words that line ends cut left out."""
        counts: Counter[str] = Counter()
        cut = False
        for line in lines:
            words = _WORD.findall(line)
            ends = _CUT.search(line) is not None
            counts.update(word.casefold() for word in words[int(cut) : len(words) - int(ends)])
            cut = ends
        return cls(counts)

    def mended(self, line: str) -> str:
        """Return a line without the blanks that cut its words.

        >>> Vocabulary.of(["solidaire, solidaire", "Solidair e"]).mended("Economie Solidair e")
        'Economie Solidaire'
        """
        line = re.sub(r"\([ \t]+", "(", line)
        return _PAIR.sub(self._joined, line)

    def rejoined(self, lines: Sequence[str]) -> list[str]:
        """Return lines whose last word is whole; a hyphen at a line end goes unless it is the word's own.

        >>> words = Vocabulary.of(["coopération, un vice, le vice, un président, le président"])
        >>> words.rejoined(["le Vice-", "président,", "la coopé-", "ration locale"])
        ['le Vice-président', ',', 'la coopération', 'locale']
        """
        found = list(lines)
        for at in range(len(found) - 1):
            head, tail = _CUT.search(found[at]), _FIRST.match(found[at + 1])
            if head and tail:
                hyphen = "" if self._is_cut(head[1], tail[1]) else "-"
                found[at] = f"{found[at][: head.end(1)]}{hyphen}{tail[1]}"
                found[at + 1] = found[at + 1][tail.end() :].lstrip(" ")
        return found

    def _joined(self, match: re.Match[str]) -> str:
        first, second = match[1].casefold(), match[2].casefold()
        whole = self.counts[first + second]
        rarest = min(self.counts[first], self.counts[second])
        cut = whole and rarest <= min(_RARE, whole) and not {first, second} & _WHOLE
        return match[1] if cut else match[0]

    def _is_cut(self, first: str, second: str) -> bool:
        """Tell whether a line end cut one word: the text writes it whole, or a piece of it nowhere else."""
        if self.counts[(first + second).casefold()]:
            return True
        rarest = min(self.counts[piece.casefold()] for piece in (first, second))
        return second[0].islower() and not rarest and first.casefold() not in _PREFIXES
