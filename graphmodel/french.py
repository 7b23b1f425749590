"""Numbers and lists as French text, for the sentences that the analysis itself writes.

Narrow no-break space (U+202F) between thousands and before « % » and « € », decimal comma, minus sign.
"""

from collections.abc import Iterable
from typing import Final

NNBSP: Final = "\u202f"
"""Narrow no-break space: thousands, « % », « € », « ; », « ? », « ! »."""
NBSP: Final = "\u00a0"
"""No-break space: « : » and inside guillemets."""
MINUS: Final = "\u2212"


def number(value: float, decimals: int = 0) -> str:
    """Return a finite number as French text.

    Examples
    --------
    >>> number(-12345.5, 1)
    '−12\\u202f345,5'
    """
    text = f"{abs(value):,.{decimals}f}".replace(",", NNBSP).replace(".", ",")
    negative = value < 0 and any(digit in "123456789" for digit in text)
    return f"{MINUS}{text}" if negative else text


def percent(share: float, decimals: int = 1) -> str:
    """Return a share from 0 to 1 as « 71,4 % »."""
    return f"{number(share * 100, decimals)}{NNBSP}%"


def listed(names: Iterable[str]) -> str:
    """Return names joined as a French list: « a, b et c »."""
    every = list(names)
    if len(every) < 2:
        return "".join(every)
    return f"{', '.join(every[:-1])} et {every[-1]}"


def quoted(text: str) -> str:
    """Return a text between French quotation marks."""
    return f"«{NBSP}{text}{NBSP}»"
