"""When two writings are one value."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldsmith.config.evaluation import FieldRule
from goldsmith.extraction.same import amount_of, canonical, date_of, right, same

KINDS = ("text", "date", "amount", "company")


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1,250.50", "1250.5"), ("1.250,50", "1250.5"), ("RM 12", "12"), ("12,5", "12.5"),
        ("1,250", "1250"), ("1.250.000", "1250000"), ("1 250,00 kr", "1250"), ("-3.20", "-3.2"),
        ("(3.20)", "-3.2"), ("$-3", "-3"), ("A-12", "12"), ("0,125.5", "125.5"), ("1'250.00", "1250"),
    ],
)  # fmt: skip
def test_amounts_in_every_writing(text: str, amount: str) -> None:
    assert amount_of(text) == Decimal(amount)


@pytest.mark.parametrize("text", ["", "none", "12 of 30 x 4", "GST 6% 12.00"])
def test_what_has_no_one_number_is_no_amount(text: str) -> None:
    assert amount_of(text) is None


@pytest.mark.parametrize(
    "text", ["2021-02-03", "3/2/2021", "03.02.21", "3 Feb 2021", "Feb 3, 2021", "03-FEBRUARY-2021", "02/03/2021"],
)  # fmt: skip
def test_dates_in_every_writing(text: str) -> None:
    expected = date(2021, 3, 2) if text == "02/03/2021" else date(2021, 2, 3)
    assert date_of(text) == expected, "of two numbers that could be a month the first is the day"


def test_a_month_that_cannot_be_one_is_the_day_and_no_date_is_none() -> None:
    assert date_of("02/25/2021") == date(2021, 2, 25)
    assert date_of("3.2.85") == date(1985, 2, 3)
    assert [date_of(one) for one in ("31/02/2021", "yesterday", "3 Foo 2021", "")] == [None] * 4


def test_companies_without_their_legal_form_are_the_same() -> None:
    assert same("company", "Jade Books Sdn. Bhd.", "JADE BOOKS SDN BHD")
    assert same("company", "Jade Books Ltd", "Jade Books")
    assert not same("company", "Jade Books Ltd", "Jade Bakery Ltd")
    assert canonical("company", "Ltd") == "ltd", "what is nothing but a legal form stays"


@given(st.sampled_from(KINDS), st.text(max_size=40))
def test_any_text_has_a_canonical_form_that_stays(kind: str, text: str) -> None:
    assert same(kind, text, text)
    if kind in ("text", "company"):
        assert canonical(kind, canonical(kind, text)) == canonical(kind, text)


@given(st.sampled_from(KINDS), st.text(max_size=20), st.text(max_size=20))
def test_it_does_not_matter_which_comes_first(kind: str, first: str, second: str) -> None:
    assert same(kind, first, second) == same(kind, second, first)


def test_a_rule_is_as_strict_as_it_says() -> None:
    def rights(**rule: object) -> list[bool]:
        found = FieldRule.model_validate(rule)
        return [right(found, "Mill Lane 12", one) for one in ("Mill Lane 12", "mill  lane 12", "Mi1l Lane 12", "Mill Road 21")]  # fmt: skip

    assert rights(compare="exact") == [True, False, False, False]
    assert rights(compare="normalised") == [True, True, False, False]
    assert rights(compare="edit", max_distance=0.1) == [True, True, True, False]
