"""When two writings are one value."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldsmith.config.evaluation import FieldRule
from goldsmith.extraction.same import canonical, right, same

KINDS = ("text", "date", "amount", "company")


@pytest.mark.parametrize(
    ("kind", "first", "second", "one"),
    [
        ("amount", "1,250.50", "RM 1250.5", True),
        ("amount", "1.250,50", "1250.50", True),
        ("amount", "(3.20)", "-3.2", True),
        ("amount", "3.20", "-3.2", False),
        ("amount", "12 of 30", "12", False),
        ("date", "2021-02-03", "3/2/2021", True),
        ("date", "3 Feb 2021", "03.02.21", True),
        ("date", "02/03/2021", "2 March 2021", True),
        ("date", "31/02/2021", "2021-02-28", False),
        ("date", "yesterday", "Yesterday", True),
    ],
)
def test_amounts_and_dates_are_compared_by_value(
    kind: str, first: str, second: str, one: bool
) -> None:
    assert same(kind, first, second) is one


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
