"""The rules of prepare: cleaning, mapping, duplicates and conflicts, of every record type."""

from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from goldsmith.prepared import RECORDS_FILE
from goldsmith.records import TYPES, Answer, LabelledText, Question, Record, TaggedTokens
from tests.prepare.test_prepare import prepared, views


def text(number: int, words: str, label: str = "a", split: str = "train") -> LabelledText:
    return LabelledText(f"t{number}", "", words, label, split)


def rows(folder: Path, kind: str) -> list[Any]:
    found = pq.read_table(folder / RECORDS_FILE).to_pylist()
    return [TYPES[kind].from_row(row) for row in found]


HELD_OUT = [text(90, "held out", "a", "test"), text(91, "also held out", "b", "test")]


def test_conflicting_records_go_in_every_split_and_are_named(tmp_path: Path) -> None:
    records = [text(1, "Card lost"), text(2, "card  lost", "b", "test"), text(3, "fine"), *HELD_OUT]
    data = prepared(tmp_path / "drop", records, splits={"validation": 0})
    assert data.counts["dropped"] == {"conflicting_targets": {"records": 2, "ids": ["t1", "t2"]}}
    assert views(data)["train"] == ["t3"]
    kept = prepared(
        tmp_path / "keep", records, splits={"validation": 0}, prepare={"on_conflict": "keep"}
    )
    assert views(kept) == {"train": ["t3"], "validation": [], "test": ["t1", "t2", "t90", "t91"]}


def test_all_copies_may_stay_in_one_split(tmp_path: Path) -> None:
    records = [text(1, "same"), text(2, "same", split="test"), text(3, "same"), *HELD_OUT]
    data = prepared(tmp_path, records, prepare={"on_duplicate": "keep_in_one_split"})
    assert views(data)["test"] == ["t1", "t2", "t3", "t90", "t91"]
    assert data.counts["dropped"] == {}


def test_what_is_mapped_alike_is_no_conflict(tmp_path: Path) -> None:
    records = [text(1, "same", "A!"), text(2, "same", "a"), *HELD_OUT]
    data = prepared(tmp_path, records, prepare={"map_labels": {"A!": "a"}})
    assert data.counts["dropped"] == {"duplicates": {"records": 1, "ids": ["t2"]}}
    assert data.labels == ["a", "b"]


def test_labels_that_are_not_kept_take_their_texts_along(tmp_path: Path) -> None:
    records = [text(1, "one"), text(2, "two", "b"), *HELD_OUT]
    data = prepared(tmp_path, records, prepare={"keep_labels": ["a"]}, splits={"validation": 0})
    assert views(data) == {"train": ["t1"], "validation": [], "test": ["t90"]}
    assert data.counts["dropped"]["label_not_kept"] == {"records": 2, "ids": ["t2", "t91"]}


def test_the_same_question_may_have_other_answers_but_never_in_two_splits(tmp_path: Path) -> None:
    def asked(number: int, start: int, split: str) -> Question:
        answer = Answer("red or blue"[start : start + 3].strip(), start)
        return Question(f"q{number}", "", "", "red or blue", "Which?", (answer,), False, split)

    records = [asked(1, 0, "train"), asked(2, 7, "test"), asked(3, 0, "train")]
    data = prepared(tmp_path, records, splits={"validation": 0})
    assert views(data)["test"] == ["q1", "q2"]
    assert data.counts["dropped"] == {"duplicates": {"records": 1, "ids": ["q3"]}}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (text(1, "pay\u00a02 %\x00 now\u200b"), text(1, "pay 2 % now")),
        (
            TaggedTokens("1", "", ("\u200b", "2\x00", "%"), ("O", "B-R", "I-R"), "train"),
            TaggedTokens("1", "", ("2", "%"), ("B-R", "I-R"), "train"),
        ),
        (
            Question(
                "1", "", "", "a\x00b\ufeff red", "w\x01?", (Answer("red", 5),), False, "train"
            ),
            Question("1", "", "", "ab red", "w?", (Answer("red", 3),), False, "train"),
        ),
    ],
)
def test_cleaning_keeps_offsets_and_tags_right(
    tmp_path: Path, before: Record, after: Record
) -> None:
    data = prepared(tmp_path / "clean", [before])
    (found,) = rows(tmp_path / "clean", before.kind)
    assert found.row() | {"split": "train"} == after.row()  # one record: hashed into some split
    assert data.counts["cleaned"] == {"records": 1, "ids": [before.id]}
    prepared(tmp_path / "raw", [before], prepare={"clean": False})
    assert rows(tmp_path / "raw", before.kind)[0].text == before.text


def test_what_cannot_be_learnt_from_is_left_out_and_named(tmp_path: Path) -> None:
    good = Question("1", "", "", "red", "Which?", (Answer("red", 0),), False, "train")
    moved = Question("2", "", "", "red", "Why?", (Answer("red", 1),), False, "train")
    empty = Question("3", "", "", " ", "Why?", (Answer("red", 0),), False, "test")
    data = prepared(tmp_path, [good, moved, empty], splits={"by": "hash"})
    assert data.counts["dropped"] == {
        "answer_not_in_context": {"records": 1, "ids": ["2"]},
        "empty_text": {"records": 1, "ids": ["3"]},
    }
