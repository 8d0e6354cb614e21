"""Drift: the index of equal, shifted and new shares, and the check that it makes."""

from pathlib import Path
from typing import Any

import pytest

from goldsmith.config.sections import Validation as Bounds
from goldsmith.validation import drift

BEFORE = {"labels": {"cards": 500, "loans": 500}, "lengths": {"64": 700, "128": 300}}


def after(**changed: dict[str, int]) -> dict[str, Any]:
    return {**BEFORE, **changed}


@pytest.mark.parametrize(
    ("one", "other", "least", "most"),
    [
        ({"a": 500, "b": 500}, {"a": 500, "b": 500}, 0.0, 0.0),
        ({"a": 500, "b": 500}, {"a": 5000, "b": 5000}, 0.0, 1e-6),
        ({"a": 500, "b": 500}, {"a": 520, "b": 480}, 0.001, 0.01),
        ({"a": 500, "b": 500}, {"a": 800, "b": 200}, 0.4, 0.45),
        ({"a": 500, "b": 500}, {"a": 500, "c": 500}, 1.0, 20.0),
        ({}, {}, 0.0, 0.0),
    ],
)
def test_the_index(one: dict[str, int], other: dict[str, int], least: float, most: float) -> None:
    found = drift.stability_index(one, other)
    assert least <= found <= most + 1e-12
    assert found == pytest.approx(drift.stability_index(other, one))


def test_equal_data_pass() -> None:
    found = drift.compare(BEFORE, BEFORE, Bounds())
    assert (found.status, found.check) == ("passed", "drift")


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"labels": {"cards": 500, "lending": 500}}, "loans 50.0% -> 0.0%"),
        ({"labels": {"cards": 900, "loans": 100}}, "cards 50.0% -> 90.0%"),
        ({"lengths": {"64": 100, "128": 900}}, "128 30.0% -> 90.0%"),
    ],
)
def test_what_moved_is_said(changed: dict[str, dict[str, int]], said: str) -> None:
    found = drift.compare(BEFORE, after(**changed), Bounds())
    assert found.status == "warning"
    assert said in found.sentence() and found.remedy


def test_the_use_case_decides_how_much_and_how_grave() -> None:
    other = after(labels={"cards": 900, "loans": 100})
    strict = Bounds.model_validate({"checks": {"drift": {"severity": "error"}}})
    assert drift.compare(BEFORE, other, strict).status == "failed"
    assert drift.compare(BEFORE, BEFORE, strict).status == "passed"
    assert drift.compare(BEFORE, other, Bounds(max_drift=5)).status == "passed"


def test_what_was_accepted_is_kept_and_a_broken_file_is_none(tmp_path: Path) -> None:
    path = tmp_path / "accepted" / "toy.demo.json"
    assert drift.read(path) is None
    drift.write(path, BEFORE)
    assert drift.read(path) == BEFORE
    for text in ('{"labels"', "[]", '{"labels": {}}'):
        path.write_text(text, encoding="utf-8")
        assert drift.read(path) is None
