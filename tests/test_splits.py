"""Splits depend on a record's own group and the salt alone."""

from hypothesis import given, settings
from hypothesis import strategies as st

from goldsmith.config.sections import Splits
from goldsmith.splits import bucket, by_hash, fold, validation_of_train

GROUPS = [f"filing-{number}" for number in range(4000)]


def test_places_never_change() -> None:
    # Written down: a change of these figures would move every record of every user.
    assert round(bucket("10-K-0042", "goldsmith"), 6) == 0.711314
    assert [by_hash(name, Splits()) for name in GROUPS[:3]] == ["train", "validation", "test"]
    assert [fold(name, Splits(folds=5)) for name in GROUPS[:4]] == [3, 1, 0, 4]


def test_shares_are_kept() -> None:
    found = [by_hash(name, Splits(validation=0.1, test=0.2)) for name in GROUPS]
    assert abs(found.count("test") / 4000 - 0.2) < 0.02
    assert abs(found.count("validation") / 4000 - 0.1) < 0.02


def test_folds_are_even_and_all_used() -> None:
    found = [fold(name, Splits(folds=5)) for name in GROUPS]
    assert set(found) == set(range(5))
    assert all(abs(found.count(number) / 4000 - 0.2) < 0.03 for number in range(5))
    assert fold("x", Splits()) == -1


def test_validation_taken_from_train() -> None:
    found = [validation_of_train(name, Splits(validation=0.3)) for name in GROUPS]
    assert set(found) == {"train", "validation"}
    assert abs(found.count("validation") / 4000 - 0.3) < 0.03


def test_another_salt_divides_otherwise() -> None:
    salted = [by_hash(name, Splits(salt="other")) for name in GROUPS]
    assert salted != [by_hash(name, Splits()) for name in GROUPS]


@settings(max_examples=50)
@given(st.text(max_size=20), st.floats(0.0, 0.4), st.floats(0.0, 0.4))
def test_a_larger_test_share_only_adds_to_test(group: str, small: float, more: float) -> None:
    if by_hash(group, Splits(test=small, validation=0)) == "test":
        assert by_hash(group, Splits(test=small + more, validation=0)) == "test"
    assert 0 <= bucket(group, "s") < 1
