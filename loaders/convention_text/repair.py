"""Words that the layout or the optical reading of a text cut in two, mended by the text's own vocabulary."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

_WORD = re.compile(r"[^\W\d_]+")
_PAIR = re.compile(r"(?<![\w'’-])([^\W\d_]+) (?=([^\W\d_]+)(?!\w))")
_BROKEN = re.compile(r"([^\W\d_]+)-[ \t]*\n\s*([^\W\d_]+)")
_WHOLE = frozenset(
    _WORD.findall(
        "a au aux avec ce ces chez contre dans de des du elle en entre est et eu il ils je la le les leur "
        "lui mais ne ni nos nous on ont ou où par pas plus pour quand que qui sa sans se ses si son sont "
        "sous sur ta tes ton tout un une vos vous y à été"
    )
)
"""Short words that are no piece of another."""
_RARE = 2
"""Most times a piece of a cut word is met in a whole text."""


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
        """Return the vocabulary of some lines."""
        return cls(Counter(word.casefold() for line in lines for word in _WORD.findall(line)))

    def mended(self, line: str) -> str:
        """Return a line without the blanks that cut its words.

        >>> Vocabulary.of(["solidaire, solidaire", "Solidair e"]).mended("Economie Solidair e")
        'Economie Solidaire'
        """
        line = re.sub(r"\([ \t]+", "(", line)
        return _PAIR.sub(self._joined, line)

    def unbroken(self, words: str) -> str:
        """Return words on one line; a hyphen at a line end goes when the text writes the word without it.

        >>> words = Vocabulary.of(["coopération, un vice, le vice, un président, le président"])
        >>> words.unbroken("Vice-\\nprésident, coopé-\\nration")
        'Vice-président, coopération'
        """
        return " ".join(_BROKEN.sub(self._unhyphened, words).split())

    def _joined(self, match: re.Match[str]) -> str:
        first, second = match[1].casefold(), match[2].casefold()
        whole = self.counts[first + second]
        rarest = min(self.counts[first], self.counts[second])
        cut = whole and rarest <= min(_RARE, whole) and not {first, second} & _WHOLE
        return match[1] if cut else match[0]

    def _unhyphened(self, match: re.Match[str]) -> str:
        whole = (match[1] + match[2]).casefold()
        rarest = min(self.counts[match[1].casefold()], self.counts[match[2].casefold()])
        cut = self.counts[whole] > 0 or (rarest <= 1 and match[2][0].islower() and not self._apart(match))
        return match[1] + match[2] if cut else f"{match[1]}-{match[2]}"

    def _apart(self, match: re.Match[str]) -> bool:
        """Tell whether both pieces are words of the text on their own."""
        return all(self.counts[piece.casefold()] > 1 for piece in match.groups())
