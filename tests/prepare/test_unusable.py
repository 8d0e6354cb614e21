"""What a loosened check lets through, and no model can learn from, prepare leaves out and names."""

from pathlib import Path

import pytest

from goldsmith.errors import DataError
from goldsmith.records import LabelledText, TaggedTokens
from tests.prepare.test_prepare import prepared, views

GOOD = [
    TaggedTokens(f"g{n}", "", ("at", f"2{n}"), ("O", "B-Rate"), ("train", "test")[n % 2])
    for n in range(4)
]


def test_tags_that_do_not_fit_their_words_are_left_out(tmp_path: Path) -> None:
    broken = [
        TaggedTokens("short", "", ("at\0", "5", "%"), ("O", "B-Rate"), "train"),
        TaggedTokens("illegal", "", ("at", "6"), ("O", "X-Rate"), "train"),
    ]
    data = prepared(tmp_path, [*GOOD, *broken], splits={"validation": 0})
    assert views(data)["train"] == ["g0", "g2"]
    assert data.counts["dropped"] == {
        "illegal_tags": {"records": 1, "ids": ["illegal"]},
        "tags_of_another_length": {"records": 1, "ids": ["short"]},
    }


def test_texts_without_a_label_are_left_out(tmp_path: Path) -> None:
    texts = [
        LabelledText(f"t{n}", "", f"text {n}", ("a", " ", "b", "")[n % 4], ("train", "test")[n > 3])
        for n in range(8)
    ]
    data = prepared(tmp_path, texts, splits={"validation": 0})
    found = data.counts["dropped"]["empty_label"]
    assert found == {"records": 4, "ids": ["t1", "t3", "t5", "t7"]}
    assert data.labels == ["a", "b"]


def test_when_nothing_is_left_the_rules_are_named(tmp_path: Path) -> None:
    texts = [LabelledText(f"t{n}", "", f"text {n // 2}", "ab"[n % 2], "train") for n in range(8)]
    with pytest.raises(DataError, match=r"no record is left: conflicting_targets 8 .*prepare\."):
        prepared(tmp_path, texts)
