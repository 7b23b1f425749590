"""Cells become values, or say what they should have been."""

import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.workbook import cells
from loaders.workbook.identifiers import luhn, read_code, read_siren, read_siret
from loaders.workbook.known import fold
from loaders.workbook.trouble import CellError


@given(st.integers(0, 10**11))
def test_money_is_whole_cents_however_written(cents: int) -> None:
    euros = Decimal(cents) / 100
    assert cells.read_money(f"{euros:,.2f} €".replace(",", " ").replace(".", ",")) == cents
    assert cells.read_money(f"{euros:.2f}") == cents
    if cents < 10**9:
        assert cells.read_money(float(euros)) == cents


@pytest.mark.parametrize("raw", [-0.01, "-3", "douze", "1,2345", True, datetime.date(2014, 1, 1), "nan"])
def test_what_is_no_amount_is_refused(raw: object) -> None:
    with pytest.raises(CellError):
        cells.read_money(raw)


@given(st.dates(datetime.date(1900, 1, 1), datetime.date(2100, 12, 31)))
def test_dates_are_read_in_every_form(day: datetime.date) -> None:
    moment = datetime.datetime(day.year, day.month, day.day)
    for raw in (day, moment, day.isoformat(), day.strftime("%d/%m/%Y"), f"{day.day}.{day.month}.{day.year}"):
        assert cells.read_date(raw) == day


@pytest.mark.parametrize("raw", ["31/02/2015", "2015-13-01", "hier", "12/2015", 42])
def test_what_is_no_date_is_refused(raw: object) -> None:
    with pytest.raises(CellError):
        cells.read_date(raw)


@given(st.integers(0, 10**12))
def test_whole_numbers(number: int) -> None:
    assert cells.read_integer(float(number)) == number
    assert cells.read_integer(f" {number} ") == number


@pytest.mark.parametrize("raw", [1.5, "1,5", "-2", -2, "x"])
def test_what_is_no_whole_number_is_refused(raw: object) -> None:
    with pytest.raises(CellError):
        cells.read_integer(raw)


def test_shares_are_numbers_or_percents() -> None:
    assert cells.read_share("25 %") == 0.25
    assert cells.read_share("0,25") == 0.25
    assert cells.read_share(1) == 1.0
    for raw in (1.01, "120 %", -0.1):
        with pytest.raises(CellError):
            cells.read_share(raw)


def test_yes_and_no() -> None:
    assert [cells.read_boolean(raw) for raw in ("oui", "Oui ", "x", True, 1.0)] == [True] * 5
    assert [cells.read_boolean(raw) for raw in ("non", "FAUX", False, 0.0)] == [False] * 4
    with pytest.raises(CellError):
        cells.read_boolean("peut-être")


def test_words_of_a_list_in_french_in_the_file_form_and_without_accents() -> None:
    for raw in ("ciblé", "CIBLE", "cible", "targeted"):
        assert cells.read_word(raw, "enum:degree", {}) == "targeted"
    with pytest.raises(CellError) as caught:
        cells.read_word("cibel", "enum:degree", {})
    assert caught.value.trouble.fix == "Vouliez-vous dire « ciblé » ?"
    assert cells.read_word("nouveau maillon", "choice:links", {}) == "nouveau maillon"


def test_lists_in_a_cell() -> None:
    assert cells.read_text_list("emploi ; insertion;") == ["emploi", "insertion"]
    assert cells.read_integer_list("2014 ; 2015, 2016") == [2014, 2015, 2016]
    assert cells.read_integer_list(2014.0) == [2014]


@given(st.integers(0, 10**8 - 1))
def test_one_digit_in_ten_closes_luhns_sum(head: int) -> None:
    closed = [digit for digit in range(10) if luhn(f"{head:08d}{digit}")]
    assert len(closed) == 1


def test_siren_is_checked_and_its_zeros_given_back() -> None:
    assert read_siren("732 829 320") == ("732829320", None)
    mended, warning = read_siren(5680004.0)
    assert mended == "005680004"
    assert warning is not None
    assert warning.severity == "warning"
    assert read_siren("5680004")[0] == "005680004"
    for raw in ("732829321", "73282932", "73282932A"):
        with pytest.raises(CellError):
            read_siren(raw)


def test_siret_of_the_post_office_is_no_fault() -> None:
    assert read_siret("35600000000048")[0] == "35600000000048"
    assert read_siret("35600000012346")[0] == "35600000012346"
    for raw in ("35600000012345", "218601946", 218601946):
        with pytest.raises(CellError):
            read_siret(raw)


def test_codes_read_as_numbers_get_their_zeros_back() -> None:
    assert read_code("01004", 5) == ("01004", None)
    code, warning = read_code(1004.0, 5)
    assert code == "01004"
    assert warning is not None
    assert read_code("1004", 5)[0] == "01004"
    assert read_code("104", 5) == ("104", None)
    assert read_code("2a004", 5) == ("2A004", None)


@given(st.text(max_size=30))
def test_folding_twice_is_folding_once(word: str) -> None:
    assert fold(fold(word)) == fold(word)


def test_codes_of_actions_fold_alike() -> None:
    assert fold("II_1.1") == fold("II.1.1") == fold(" ii.1.1 ")
