"""String tools: what holds for any text, and what each value becomes."""

import datetime
from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from goldsmith.strings.amounts import CURRENCIES, amount, normal_amount
from goldsmith.strings.companies import FORMS, company, normal_company
from goldsmith.strings.dates import date, normal_date
from goldsmith.strings.distance import alike, distance, ratio
from goldsmith.strings.filtering import is_noise, kept
from goldsmith.strings.folding import fold, plain
from goldsmith.strings.numbers import normal_number, number

# Any text, and texts of the signs that numbers, dates and amounts are made of.
TEXTS = st.text(max_size=40) | st.text("0123456789.,'()-+/ €$kr rmJanuary\u2212\u00a0", max_size=20)
ALPHABETS = st.text("abcxyzæøåäöüßçğışIİiéñЖжΣςσ", max_size=20)


@pytest.mark.parametrize("normalise", [plain, fold, normal_date, normal_company])
@given(text=TEXTS)
@example(text="İ\u0307ı")
@example(text="\u00b4\u2032\u0338")
@example(text="e\u200b\u0301")
@example(text="\ud800")
def test_normalising_twice_is_normalising_once(
    normalise: Callable[[str], str | None], text: str
) -> None:
    once = normalise(text)
    assert once is None or normalise(once) == once


@pytest.mark.parametrize("normalise", [normal_number, normal_amount])
@given(text=TEXTS)
@example(text="1.2340")
def test_a_normal_number_is_read_back_with_its_point(
    normalise: Callable[..., str | None], text: str
) -> None:
    once = normalise(text)
    assert once is None or normalise(once, ".") == once


@given(ALPHABETS)
def test_case_folds_away(text: str) -> None:
    assert fold(text.upper()) == fold(text.lower()) == fold(text)


@given(st.text(max_size=15), st.text(max_size=15), st.floats(0, 1))
def test_likeness_is_symmetric_and_bounded(one: str, other: str, least: float) -> None:
    assert distance(one, other) == distance(other, one)
    assert abs(len(one) - len(other)) <= distance(one, other) <= max(len(one), len(other))
    assert 0 <= ratio(one, other) == ratio(other, one) <= 1
    assert (ratio(one, other) == 1) == (one == other)
    assert alike(one, other, least) == alike(other, one, least)
    assert alike(one, one, 1) and alike(one, other, 0)


@given(st.text(max_size=8), st.text(max_size=8), st.text(max_size=8))
def test_the_triangle_holds(one: str, other: str, third: str) -> None:
    assert distance(one, third) <= distance(one, other) + distance(other, third)


@given(st.decimals(-(10**12), 10**12, places=2), st.sampled_from([".", ","]))
def test_a_number_written_in_either_convention_is_read_back(value: Decimal, decimal: str) -> None:
    written = f"{value:,.2f}"
    if decimal == ",":
        written = written.translate(str.maketrans(",.", ".,"))
    found = number(written, decimal)  # type: ignore[arg-type]
    assert found is not None and found.value == value and not found.ambiguous
    free = number(written)
    assert free is not None and value in free


@given(st.dates(datetime.date(1970, 1, 1), datetime.date(2068, 12, 31)))
def test_a_date_is_read_back_in_every_form(day: datetime.date) -> None:
    for form in ("%d/%m/%Y", "%d-%m-%y", "%Y.%m.%d", "%d %b %Y", "%B %d, %Y", "%Y%m%d"):
        found = date(day.strftime(form))
        assert found is not None and day == found.value, form
    known = date(day.strftime("%m/%d/%y"), "mdy")
    assert known is not None and known.value == day and known.century_guessed


@pytest.mark.parametrize(
    ("text", "value", "other"),
    [
        ("1,250.50", "1250.5", None),
        ("1.250,50", "1250.5", None),
        ("1,250", "1250", "1.25"),
        ("1.250", "1250", "1.25"),
        ("1,25", "1.25", None),
        ("0,125", "0.125", None),
        ("1.250.000", "1250000", None),
        ("1 250 000,5", "1250000.5", None),
        ("1'250.00", "1250", None),
        (".5", "0.5", None),
        ("(1,250.50)", "-1250.5", None),
        ("−3", "-3", None),
        ("3-", "-3", None),
        ("+3", "3", None),
        ("1" * 40 + "-", "-" + "1" * 40, None),
    ],
)
def test_numbers(text: str, value: str, other: str | None) -> None:
    found = number(text)
    assert found is not None and found.value == Decimal(value)
    assert found.other == (None if other is None else Decimal(other))
    assert found.ambiguous == (other is not None)


@pytest.mark.parametrize(
    "text", ["", "-", "()", "(-3)", "--3", "1,2,3", "12,34.5", "1.2.3", "3 %", "²x"]
)
def test_what_is_no_number(text: str) -> None:
    assert number(text) is None


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("RM 8.20", "MYR 8.2"),
        ("rm8.20", "MYR 8.2"),
        ("-RM 0.02", "MYR -0.02"),
        ("RM -0.02", "MYR -0.02"),
        ("(RM 5.00)", "MYR -5"),
        ("RM (5.00)", "MYR -5"),
        ("€1.250,00", "EUR 1250"),
        ("$ 1,250.00", "$ 1250"),
        ("US$5", "USD 5"),
        ("kr. 25,-", "kr 25"),
        ("12.50 EUR", "EUR 12.5"),
        ("12.50", "12.5"),
        ("EUR 5 RM", None),
        ("5 apples", None),
        ("-RM -5", None),
        ("RM", None),
    ],
)
def test_amounts(text: str, normal: str | None) -> None:
    assert normal_amount(text) == normal


def test_an_amount_keeps_both_readings() -> None:
    found = amount("EUR 1.250")
    assert found is not None and found.number.other == Decimal("1.250")
    assert {amount(f"5 {sign}").currency for sign in CURRENCIES} == set(CURRENCIES.values())  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("text", "value", "other"),
    [
        ("19/10/2018 20:49:59", "2018-10-19", None),
        ("10/11/2018", "2018-11-10", "2018-10-11"),
        ("12/25/2018", "2018-12-25", None),
        ("11/11/2018", "2018-11-11", None),
        ("2018-12-05", "2018-12-05", None),
        ("25 DEC 18", "2018-12-25", None),
        ("Tue, 25th of December 2018", "2018-12-25", None),
        ("1. maj 2019", "2019-05-01", None),
        ("3. März 2019", "2019-03-03", None),
        ("MAR 3, 2019 1:30 PM", "2019-03-03", None),
        ("20181225", "2018-12-25", None),
        ("29/02/2020", "2020-02-29", None),
        ("01-01-69", "1969-01-01", None),
        ("01-01-68", "2068-01-01", None),
    ],
)
def test_dates(text: str, value: str, other: str | None) -> None:
    found = date(text)
    assert found is not None and found.value.isoformat() == value
    assert (found.other and found.other.isoformat()) == other


@pytest.mark.parametrize(
    "text",
    ["", "31/02/2018", "29/02/2019", "00/00/0000", "13/13/2018", "2018-13-01", "ma 3 2019",
     "Jui 3 2019", "12 market 2018", "10/11/8", "99999999", "1/2", "60.30"],
)  # fmt: skip
def test_what_is_no_day_of_any_calendar(text: str) -> None:
    assert date(text) is None


def test_the_order_of_a_date_may_be_known() -> None:
    assert normal_date("10/11/2018", "mdy") == "2018-10-11"
    assert normal_date("18/12/05", "ymd") == "2018-12-05"
    assert normal_date("2018/12/05", "dmy") is None


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("OJC MARKETING SDN BHD", "sdn bhd"),
        ("Ojc Marketing Sdn. Bhd.", "sdn bhd"),
        ("Novo Nordisk A/S", "a/s"),
        ("Siemens AG", "ag"),
        ("Müller GmbH & Co. KG", "gmbh & co kg"),
        ("Acme Trading Co., Ltd.", "co ltd"),
        ("TATA PRIVATE LIMITED", "pte ltd"),
        ("Limited", ""),
        ("Company of Heroes", ""),
        ("", ""),
    ],
)
def test_legal_forms(text: str, form: str) -> None:
    assert company(text).form == form


def test_spellings_of_a_company_are_one() -> None:
    spellings = ("ACME Limited", "Acme, Ltd.", "acme  LTD")
    assert {normal_company(one) for one in spellings} == {"acme ltd"}
    assert all(fold(" ".join(words)) == " ".join(words) for words in FORMS)


def test_signs_of_one_meaning_are_one() -> None:
    assert plain("“a”–b\u00adc\u200b’s  ﬁ\x00") == '"a"-bc\'s fi'
    assert fold("İstanbul") == fold("ISTANBUL") == fold("ıstanbul")
    assert fold("STRASSE") == fold("straße") == fold("STRAẞE")


def test_noise_is_left_out() -> None:
    assert is_noise("***") and is_noise("") and not is_noise("€") and not is_noise("٣")
    assert kept(["--", " A  b ", "a B", "x"], least=2) == ["A b", "a B"]
    assert kept(["A b", "a B"], repeats=False) == ["A b"]
    assert alike("T0TAL AMOUNT", "total amount", 0.9) and not alike("T0TAL", "total", 0.9)
