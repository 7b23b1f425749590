"""Values of the JSON form, checked and turned into those of the graph.

Years are texts of four digits, dates ISO texts, amounts euros; in the graph they are integers, dates and
integer cents. Closed lists of words become the English values of the schema.
"""

import difflib
import re
from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from graphmodel.schema import SCHEMA

EXACT_INTEGER = 2**53
"""Above it a number no longer counts one by one."""
_LONGEST_ID = 300
"""Two identifiers and a type make a relationship's key, which both stores limit."""

_YEAR = re.compile(r"(19\d\d|20\d\d|2100)", re.ASCII)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def parse_year(value: object) -> int:
    """Return the year of a text of four digits, 1900 to 2100.

    Raises
    ------
    PydanticCustomError
        `not_a_year` for anything else, a bare number included.
    """
    if isinstance(value, str) and _YEAR.fullmatch(value):
        return int(value)
    raise PydanticCustomError("not_a_year", "not a year")


def parse_day(value: object) -> date:
    """Return the date of an ISO text such as `2015-03-31`.

    Raises
    ------
    PydanticCustomError
        `not_a_date`, also for days that do not exist.
    """
    if isinstance(value, str) and _DAY.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise PydanticCustomError("not_a_date", "not a date")


def parse_euros(value: object) -> int:
    """Return an amount in euros as cents, exactly.

    Raises
    ------
    PydanticCustomError
        `not_an_amount`, `fraction_of_cent`, `negative_amount`.
    """
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise PydanticCustomError("not_an_amount", "not an amount")
    cents = Decimal(repr(value)) * 100
    if cents != cents.to_integral_value():
        raise PydanticCustomError("fraction_of_cent", "fraction of a cent")
    if cents < 0:
        raise PydanticCustomError("negative_amount", "negative")
    if cents >= 100 * EXACT_INTEGER:
        raise PydanticCustomError("not_an_amount", "too large")
    return int(cents)


def euros(cents: int) -> int | float:
    """Return cents as euros: an integer when there is no cent; inverse of `parse_euros`."""
    return cents // 100 if cents % 100 == 0 else cents / 100


def plain_number(value: float | int) -> int | float:
    """Return a number as JSON would write it: an integer when it is whole."""
    return int(value) if float(value).is_integer() else value


def french_number(value: float | int) -> str:
    """Return a number as French readers write it.

    >>> french_number(27000)
    '27\u202f000'
    """
    return f"{plain_number(value):,}".replace(",", "\u202f").replace(".", ",")


def word_of(enumeration: str, value: str | None) -> str | None:
    """Return the file's word for a stored value, None for None."""
    return None if value is None else SCHEMA.enumerations[enumeration].to_file(value)


def nearest(word: str, words: Iterable[str]) -> str | None:
    """Return the known word that a wrong one most resembles, or None."""
    found = difflib.get_close_matches(word, list(words), n=1, cutoff=0.6)
    return found[0] if found else None


def _known_word(words: dict[str, str]) -> Callable[[object], str]:
    def check(value: object) -> str:
        if isinstance(value, str) and value in words:
            return words[value]
        guess = nearest(value, words) if isinstance(value, str) else None
        raise PydanticCustomError(
            "unknown_word", "unknown word", {"words": ", ".join(words), "nearest": guess or ""}
        )

    return check


def _words_of(enumeration: str) -> dict[str, str]:
    """Return the stored values of an enumeration by word of the file."""
    return {word: value for value, word in SCHEMA.enumerations[enumeration].file_words.items()}


def _subset(enumeration: str, *values: str) -> dict[str, str]:
    return {word: value for word, value in _words_of(enumeration).items() if value in values}


def _itself(*words: str) -> dict[str, str]:
    return {word: word for word in words}


def _whole(value: object) -> object:
    """A whole number written with a decimal point is one."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


Text = Annotated[str, Field(pattern=r"^[^\x00]*$")]
Id = Annotated[str, Field(pattern=r"^[^\x00]+$", max_length=_LONGEST_ID)]
Year = Annotated[int, BeforeValidator(parse_year)]
Day = Annotated[date, BeforeValidator(parse_day)]
Cents = Annotated[int, BeforeValidator(parse_euros)]
Whole = Annotated[int, BeforeValidator(_whole), Field(ge=-(2**63), le=2**63 - 1)]
Count = Annotated[int, BeforeValidator(_whole), Field(ge=0, le=EXACT_INTEGER)]
Real = Annotated[float, Field()]
Quantity = Annotated[float, Field(ge=0.0)]
Share = Annotated[float, Field(ge=0.0, le=1.0)]
Priority = Annotated[int, BeforeValidator(_whole), Field(ge=1, le=3)]
Rating = Annotated[int, BeforeValidator(_whole), Field(ge=0, le=3)]
World = Annotated[str, BeforeValidator(_known_word(_words_of("world")))]
Degree = Annotated[str, BeforeValidator(_known_word(_words_of("degree")))]
FundingKind = Annotated[str, BeforeValidator(_known_word(_words_of("funding_kind")))]
FundingBasis = Annotated[str, BeforeValidator(_known_word(_words_of("funding_basis")))]
MeasureStatus = Annotated[str, BeforeValidator(_known_word(_words_of("measure_status")))]
AnswerStatus = Annotated[str, BeforeValidator(_known_word(_words_of("answer_status")))]
CommitmentRole = Annotated[str, BeforeValidator(_known_word(_subset("role", "pilot", "partner", "funder")))]
Scope = Annotated[str, BeforeValidator(_known_word(_itself("regionale", "infra")))]
EmploymentKey = Annotated[str, BeforeValidator(_known_word(_itself("ess", "total")))]
Criterion = Annotated[
    str,
    BeforeValidator(
        _known_word(
            _itself(
                "elu_delegue", "deliberation", "budget", "agent", "commande_responsable", "co_construction"
            )
        )
    ),
]
