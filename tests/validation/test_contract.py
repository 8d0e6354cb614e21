"""The data contract: each check fails on its broken record, and names it."""

from pathlib import Path
from typing import Any

import pytest

from goldsmith.config.sections import Validation as Bounds
from goldsmith.errors import DataError
from goldsmith.records import TaggedTokens
from goldsmith.validation import checking, report, suites
from goldsmith.validation.profile import profile_records, profile_support


class Config:
    """The one section that the suites read."""

    validation = Bounds(min_rows=3, max_tokens=5)


def good(number: int, **change: Any) -> TaggedTokens:
    fields: dict[str, Any] = {"id": f"r{number}", "document_id": "", "split": "train"}
    return TaggedTokens(**fields | {"tokens": ("at", "2"), "tags": ("O", "B-Rate")} | change)


GOOD = [good(number) for number in range(4)]


def failed(records: list[TaggedTokens]) -> dict[str, checking.Check]:
    suite = suites.raw_suite(Config())  # type: ignore[arg-type]
    checks = checking.run_suite(profile_records(records), suite, "id")
    assert len(checks) == len(suite)
    return {check.check: check for check in checks if not check.passed}


def test_good_records_pass() -> None:
    assert failed(GOOD) == {}


@pytest.mark.parametrize(
    ("broken", "check"),
    [
        (good(9, tags=("O",)), "tokens and tags of equal length"),
        (good(9, tags=("O", "Rate")), "legal tags"),
        (good(9, tags=("O", "")), "legal tags"),
        (good(9, tokens=(" ", ""), tags=("O", "O")), "text present"),
        (good(9, tokens=(), tags=()), "record size"),
        (good(9, tokens=("a",) * 6, tags=("O",) * 6), "record size"),
    ],
)
def test_each_check_names_the_broken_record(broken: TaggedTokens, check: str) -> None:
    found = failed([*GOOD, broken])
    assert found[check].ids == ("r9",)
    assert "r9" in found[check].sentence() and found[check].remedy


def test_doubled_ids_are_named() -> None:
    found = failed([*GOOD, good(2)])
    assert list(found) == ["unique ids"]
    assert found["unique ids"].ids == ("r2",)


@pytest.mark.parametrize(
    ("records", "check"),
    [
        (GOOD[:2], "row count"),
        ([], "row count"),
        ([good(n, tags=("O", "O")) for n in range(4)], "some entity"),
    ],
)
def test_checks_of_the_whole(records: list[TaggedTokens], check: str) -> None:
    assert check in failed(records)


def test_entities_written_with_i_alone_are_entities() -> None:
    assert failed([good(n, tags=("O", "I-Rate")) for n in range(4)]) == {}


def test_ids_are_bounded_and_counted() -> None:
    check = failed([*GOOD, *(good(n, tags=("O", "x")) for n in range(10, 200))])["legal tags"]
    assert (len(check.ids), check.failures) == (20, 190)
    assert "190 failing in r10, r11, r12, r13, r14 and 185 more" in check.sentence()
    assert len(check.sentence()) < 200


def test_a_missing_column_fails_and_does_not_raise() -> None:
    frame = profile_records(GOOD).drop(columns="n_tags")
    checks = checking.run_suite(frame, suites.raw_suite(Config()), "id")  # type: ignore[arg-type]
    names = {check.check for check in checks if not check.passed}
    assert names == {"schema", "tokens and tags of equal length"}


def test_support_by_label() -> None:
    counts = {"folds": 0, "mentions": {"train": {"A": 9, "B": 2}, "test": {"A": 1}}}
    train, test = profile_support(counts, ["O", "B-A", "B-B", "I-A"])
    checks = [
        *checking.run_suite(
            train, suites.support_suite(5, "training", "min_train_support"), "label"
        ),
        *checking.run_suite(test, suites.support_suite(1, "test", "min_test_support"), "label"),
    ]
    assert [(check.passed, check.ids) for check in checks] == [(False, ("B",)), (False, ("B",))]
    assert "validation.min_train_support" in checks[0].sentence()


def test_support_of_folds_is_their_sum() -> None:
    counts = {"folds": 2, "mentions": {"fold-0": {"A": 3}, "fold-1": {"A": 4}}}
    train, test = profile_support(counts, ["O", "B-A"])
    assert train.to_dict("records") == test.to_dict("records") == [{"label": "A", "mentions": 7}]


def many_failed(count: int) -> checking.Validation:
    checks = tuple(
        checking.Check(check=f"check <{n}>", passed=False, observed="", failures=1, ids=("r1",))
        for n in range(count)
    )
    return checking.Validation(stage="validate_raw", passed=not count, records=9, checks=checks)


def test_a_broken_contract_stops_the_run_in_few_lines(tmp_path: Path) -> None:
    report.require(many_failed(0), tmp_path)
    with pytest.raises(DataError) as caught:
        report.require(many_failed(9), tmp_path)
    lines = str(caught.value).splitlines()
    assert len(lines) == 8 and "9 of 9 checks" in lines[0] and "and 4 more" in lines[6]


def test_a_report_survives_its_file_and_escapes(tmp_path: Path) -> None:
    report.write(many_failed(2), tmp_path)
    assert report.read(tmp_path) == many_failed(2)
    page = (tmp_path / report.HTML_FILE).read_text(encoding="utf-8")
    assert "check &lt;1&gt;" in page and "<1>" not in page and "http" not in page
    assert "| check <0> | **failed** |" in report.markdown(many_failed(2))
