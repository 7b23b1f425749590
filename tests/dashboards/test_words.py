"""French numbers, dates and lists."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboards import words

N = "\u202f"


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (0, 0, "0"),
        (-0.001, 2, "0,00"),
        (1234.5, 1, f"1{N}234,5"),
        (2387500, 0, f"2{N}387{N}500"),
        (-12, 0, "−12"),
        (None, 0, "non calculable"),
    ],
)
def test_numbers_are_french(value: float | None, decimals: int, text: str) -> None:
    assert words.number(value, decimals) == text


@given(st.integers(-(10**12), 10**12))
def test_an_integer_can_be_read_back(value: int) -> None:
    text = words.number(value)
    assert int(text.replace(N, "").replace("−", "-")) == value
    assert re.fullmatch(rf"−?\d{{1,3}}({N}\d{{3}})*", text)


def test_money_is_cents_and_unknown_is_not_zero() -> None:
    assert words.euros(238750000) == f"2{N}387{N}500{N}€"
    assert words.euros(252) == f"2,52{N}€"
    assert words.euros(0) == f"0{N}€"
    assert words.euros(None) == "non calculable"


def test_shares_dates_and_plurals() -> None:
    assert words.percent(0.714) == f"71,4{N}%"
    assert words.percent(None) == "non calculable"
    assert words.day(date(2014, 1, 1)) == "1er janvier 2014"
    assert words.day(date(2015, 8, 23)) == "23 août 2015"
    assert words.day(None) == "date inconnue"
    assert words.counted(0, "action") == "0\u00a0action"
    assert words.counted(1, "action") == "1\u00a0action"
    assert words.counted(2, "action") == "2\u00a0actions"


def test_lists_and_articles() -> None:
    assert words.listed([]) == ""
    assert words.listed(["a", "b", "c"]) == "a, b et c"
    assert words.shortened(["Lyon", "Grenoble", "Die"], 2) == "Lyon, Grenoble et 1\u00a0autre"
    assert words.shortened(["Lyon", "Die"], 2) == "Lyon et Die"
    assert words.elided("Annecy") == "d’Annecy"
    assert words.elided("Lyon") == "de Lyon"


def test_sentences_get_their_no_break_spaces_and_addresses_do_not() -> None:
    assert words.typeset("Où ? « ici » : 3 % ; l'essai !") == (
        f"Où{N}? «\u00a0ici\u00a0»\u00a0: 3{N}%{N}; l’essai{N}!"
    )
    assert words.typeset("sqlite:///x.sqlite") == "sqlite:///x.sqlite"


@given(st.text(alphabet="ab «»:;?!%'\u00a0\u202f", max_size=30))
def test_setting_a_sentence_twice_changes_nothing(text: str) -> None:
    once = words.typeset(text)
    assert words.typeset(once) == once
