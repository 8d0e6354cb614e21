"""Errors: exit statuses, near names and bounded lists."""

import pytest

from goldsmith import errors


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        (errors.GoldsmithError, 1),
        (errors.StoreError, 1),
        (errors.CollapseError, 1),
        (errors.UserError, 2),
        (errors.ConfigError, 2),
        (errors.DataError, 2),
    ],
)
def test_exit_status(kind: type[errors.GoldsmithError], status: int) -> None:
    assert kind("x").exit_status == status


@pytest.mark.parametrize(
    ("name", "valid", "said"),
    [
        ("epochz", ["epochs", "seed"], "did you mean epochs?"),
        ("min", ["mix", "max", "main"], "did you mean main or mix?"),
        ("zzz", ["epochs", "seed"], "valid: epochs, seed"),
        ("zzz", [], "there are none"),
    ],
)
def test_near(name: str, valid: list[str], said: str) -> None:
    assert errors.near(name, valid) == said


def test_lists_are_bounded() -> None:
    assert errors.listed(list("abcde")) == "a, b, c, d, e"
    assert errors.listed(range(1000)) == "0, 1, 2, 3, 4 and 995 more"
    assert len(errors.near("zzz", [f"name{n}" for n in range(1000)])) < 150
