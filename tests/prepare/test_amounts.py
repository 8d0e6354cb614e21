"""`min_label_count` and `limit`: fewer labels, fewer records, chosen so that more data move little."""

import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldsmith.errors import DataError
from goldsmith.prepare.limiting import beyond
from goldsmith.records import Answer, LabelledText, Question, Record
from goldsmith.splits import GOLDENS
from tests.prepare.test_prepare import QUICK, prepared, record


def text(number: int, label: str, split: str = "") -> LabelledText:
    return LabelledText(f"t{number}", "", f"text number {number}", label, split)


MANY = [text(n, "a" if n % 2 else "b" if n % 20 else "c") for n in range(2000)]


def stayed(records: list[Any], **prepare: Any) -> dict[str, str]:
    """Split by id of what stays."""
    with tempfile.TemporaryDirectory() as folder:
        rows = prepared(Path(folder), records, prepare=prepare).records()
        return {one.id: one.split for one in rows}


def test_texts_of_a_rare_label_go_and_are_counted(tmp_path: Path) -> None:
    records = [*MANY[:100], *(text(5000 + n, "rare", GOLDENS) for n in range(9))]
    data = prepared(tmp_path, records, prepare={"min_label_count": 6, "map_labels": {"b": "B"}})
    assert data.labels == ["B", "a"]
    assert data.counts["rare_labels"] == {"labels": 1, "mentions": 5, "named": {"c": 5}}
    assert data.counts["dropped"]["label_too_rare"] == {
        "records": 5,
        "ids": ["t0", "t20", "t40", "t60", "t80"],
    }
    # What only goldens carry was never to be learnt.
    assert data.counts["dropped"]["label_not_kept"]["records"] == 9


def test_rare_entities_become_outside_and_other_labels_stay(tmp_path: Path) -> None:
    records = [record(n, "train" if n < 20 else "test") for n in range(30)]
    records += [record(90, "train", "B-Rare"), record(91, "test", "B-Rare")]
    data = prepared(tmp_path / "2", records, prepare={"min_label_count": 2})
    assert data.label_names == ["Rare", "Rate"]
    data = prepared(tmp_path / "3", records, prepare={"min_label_count": 3})
    assert data.label_names == ["Rate"]
    assert data.counts["rare_labels"] == {"labels": 1, "mentions": 2, "named": {"Rare": 2}}
    (found,) = [one for one in data.records() if one.id == "r90"]
    assert found.tags == ("O", "O")


def test_kept_labels_are_counted_too_and_none_is_an_error(tmp_path: Path) -> None:
    rules = {"min_label_count": 6, "keep_labels": ["c", "a"]}
    data = prepared(tmp_path / "kept", MANY[:100], prepare=rules)
    assert data.labels == ["a"]
    assert set(data.counts["dropped"]) == {"label_too_rare", "label_not_kept"}
    with pytest.raises(DataError, match=r"min_label_count is 900, .*'a' has the most, 50"):
        prepared(tmp_path / "none", MANY[:100], prepare={"min_label_count": 900})
    with pytest.raises(DataError, match=r"keep_labels names labels that no record carries: 'x'"):
        prepared(tmp_path / "x", MANY[:100], prepare=rules | {"keep_labels": ["a", "x"]})


def test_a_limit_keeps_the_share_of_every_label_and_split() -> None:
    limited = stayed(MANY, limit=400)
    assert len(limited) == 400
    label = {one.id: one.label for one in MANY}
    found = Counter(label[name] for name in limited)
    assert (found["a"], found["b"], found["c"]) == pytest.approx((200, 180, 20), abs=1)
    whole = stayed(MANY)
    assert limited.items() <= whole.items(), "nobody changes the split"
    shares = Counter(limited.values())
    for split, count in Counter(whole.values()).items():
        assert shares[split] == pytest.approx(count / 5, rel=0.3)
    assert stayed(MANY, limit=3000) == whole
    salted = {one.id for one in _with_salt(MANY, 400)}
    assert 30 < len(salted & limited.keys()) < 150, "another salt chooses others"


def _with_salt(records: list[Any], limit: int) -> list[Record]:
    with tempfile.TemporaryDirectory() as folder:
        found = prepared(
            Path(folder), records, prepare={"limit": limit}, splits={"salt": "another"}
        )
        return list(found.records())


def test_more_data_move_few_records() -> None:
    before, after = stayed(MANY[:1800], limit=600), stayed(MANY, limit=600)
    old = {one.id for one in MANY[:1800]}
    assert len(before.keys() & after.keys()) / len(after.keys() & old) > 0.97
    in_other_order = stayed(MANY[::-1], limit=600)
    assert in_other_order == after


def test_a_limit_on_other_records(tmp_path: Path) -> None:
    tagged: list[Any] = [record(n, tag="B-Rate" if n % 4 else "O") for n in range(400)]
    tagged += [record(n, GOLDENS) for n in range(900, 920)]
    data = prepared(tmp_path / "tagged", tagged, prepare={"limit": 80})
    rows = list(data.records())
    assert len(rows) == 100 and len(data.heldout("final")) == 20, "fixed goldens all stay"
    of_source = [one for one in rows if not 900 <= int(one.id[1:]) < 920]
    assert sum("B-Rate" in one.tags for one in of_source) == pytest.approx(60, abs=1)
    assert data.counts["dropped"]["limit"]["records"] == 320
    asked = [
        Question(
            f"q{n}", "", "", f"red {n}", "Which?", (Answer("red", 0),) * (n % 3 > 0), n % 3 == 0
        )
        for n in range(300)
    ]
    questions = prepared(tmp_path / "questions", asked, prepare={"limit": 30})
    found = [one.is_impossible for one in questions.records()]
    assert (len(found), sum(found)) == (30, pytest.approx(10, abs=1))


@QUICK
@given(
    st.lists(st.integers(0, 5), min_size=1, max_size=60), st.integers(1, 70), st.text(max_size=3)
)
def test_exactly_the_limit_stays_and_each_label_its_share(
    labels: list[int], limit: int, salt: str
) -> None:
    keys = np.arange(len(labels), dtype=np.uint64) * np.uint64(7919)
    stratum = np.array(labels, dtype=np.uint64)
    gone = beyond(limit, keys, stratum, salt)
    assert (~gone).sum() == min(limit, len(labels))
    for label, size in Counter(labels).items():
        kept = (~gone[stratum == label]).sum()
        share = min(limit / len(labels), 1) * size
        assert abs(kept - share) <= 3
    fewer = beyond(max(limit - 1, 1), keys, stratum, salt)
    assert not (gone & ~fewer).any(), "a larger limit only adds"


def test_labels_that_stand_once_neither_all_stay_nor_all_go() -> None:
    stratum = np.array([*range(1, 1001), *[0] * 1000], dtype=np.uint64)
    gone = beyond(600, np.arange(2000, dtype=np.uint64), stratum, "goldsmith")
    assert 250 < (~gone[:1000]).sum() < 350


def test_a_million_records_are_limited_in_seconds() -> None:
    rng = np.random.default_rng(0)
    keys = rng.integers(0, 2**63, 1_000_000).astype(np.uint64)
    gone = beyond(50_000, keys, rng.integers(0, 30, 1_000_000).astype(np.uint64), "goldsmith")
    assert (~gone).sum() == 50_000
