"""Cells become values, or say what they should have been."""

import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.workbook import cells
from loaders.workbook.identifiers import luhn, read_code, read_siren, read_siret
from loaders.workbook.known import Known, fold
from loaders.workbook.references import read_reference
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


@pytest.mark.parametrize(
    "said",
    ["1er avril 2015", "01/04/2015", "1/4/15", "mercredi 1 avril 2015", "2015-04-01 00:00:00", "20150401",
     "le 1er avr. 2015", 42095, "42095", 42095.0],
)  # fmt: skip
def test_dates_as_people_write_them(said: object) -> None:
    assert cells.read_date(said) == datetime.date(2015, 4, 1)


def test_days_of_spreadsheets_are_counted_from_1899() -> None:
    for day in (datetime.date(1960, 1, 1), datetime.date(2000, 2, 29), datetime.date(2016, 12, 31)):
        assert cells.read_date((day - datetime.date(1899, 12, 30)).days) == day


@pytest.mark.parametrize(
    ("said", "cents"),
    [
        ("1 234,50 €", 123450), ("1.234,50", 123450), ("1,234.50", 123450), ("12 k€", 1200000),
        ("1,5 M€", 150000000), ("20 euros", 2000), ("20 EUR", 2000), ("1’000", 100000), ("0", 0),
    ],
)  # fmt: skip
def test_amounts_as_people_write_them(said: str, cents: int) -> None:
    assert cells.read_money(said) == cents


def test_words_for_unknown_and_for_nothing_are_not_zero() -> None:
    assert all(cells.says_unknown(word, "money") for word in ("NC", " n.c. ", "-", "à compléter", "Inconnu"))
    assert not any(cells.says_unknown(word, "money") for word in ("0", "néant", "", None, 0))
    assert not cells.says_unknown("NC", "text")
    with pytest.raises(CellError) as caught:
        cells.read_money("néant")
    assert caught.value.trouble.fix == "Écrire 0 si c’est zéro ; laisser vide si c’est inconnu."


def test_errors_of_formulas_kept_as_text_are_told() -> None:
    words = ("#REF!", " #N/A", "#DIV/0!", "#VALEUR!", "#NOM?", "Err:508")
    assert all(cells.is_error_word(word) for word in words)
    assert not any(cells.is_error_word(word) for word in ("Erreur de saisie", "#1 du classement", "N/A", 3))


def test_numbers_of_the_register_of_associations() -> None:
    assert cells.read_rna(" w692001234 ") == "W692001234"
    assert cells.read_rna("W2A1000123") == "W2A1000123"
    for raw in ("W12", "692001234", "WW92001234"):
        with pytest.raises(CellError):
            cells.read_rna(raw)


@pytest.mark.parametrize(
    "said", ["II.1.1", "II_1.1", "ii 1.1", "II-1-1", "Fiche II.1.1 – dialogue social", "Action n° II.1.1"]
)
def test_codes_of_actions_however_parted(said: str, known: Known) -> None:
    assert read_reference(said, "action", known).id == "II_1.1"
    assert read_reference("I.1.1.1", "action", known).id == "I_1.1.1"


def test_longer_code_is_not_cut_to_a_known_one(known: Known) -> None:
    with pytest.raises(CellError):
        read_reference("II.1.1.7", "action", known)
    with pytest.raises(CellError):
        read_reference("II.1.1b", "action", known)
