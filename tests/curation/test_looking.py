"""stats, sample, conflicts, dedupe: on records of every type."""

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from goldsmith.curation import conflicts, dedupe, files
from goldsmith.curation.page import page
from goldsmith.curation.sample import sample
from goldsmith.curation.stats import stats
from goldsmith.errors import DataError, UserError
from goldsmith.records import Answer, Field, Judgement, LabelledText, Query, Question, TaggedTokens

TAGGED = [
    TaggedTokens("a", "d1", ("at", "2.25", "%"), ("O", "B-Rate", "I-Rate"), "train"),
    TaggedTokens("b", "d1", ("At", "2.25", "%"), ("O", "B-Rate", "I-Rate"), "train"),  # of a
    TaggedTokens("c", "d2", ("at", "2.25", "%"), ("O", "B-Rate", "O"), "test"),  # against a
    TaggedTokens("d", "", ("nothing", "here"), ("O", "O"), "test"),
    TaggedTokens("e", "d3", ("$", "5", "and", "6"), ("O", "B-Amount", "O", "B-Amount"), ""),
    TaggedTokens("f", "d1", ("at", "2.25", "%"), ("O", "B-Rate", "I-Rate"), "test"),  # of a
]
TEXTS = [LabelledText(str(n), "", f"text {n}", "rare" if n < 3 else "often") for n in range(300)]
CONTEXT = "Interest is 4 % a year."
QUESTIONS = [
    Question("1", "p", "", CONTEXT, "What is it?", (Answer("4 %", 12),)),
    Question("2", "p", "", CONTEXT, "What is it?", (Answer("4", 12),)),
    Question("3", "p", "", CONTEXT, "Whose?", (), True),
]
OTHERS = [
    (QUESTIONS, {"answer": 2, "no_answer": 1}, 1),
    ([Query("1", "flow", (Judgement("d1", 1), Judgement("d2", 2)))], {"grade 1": 1, "grade 2": 1}, 0),
    ([Field("1", "d1", "total", "9.00"), Field("2", "d1", "date", "")], {"total": 1, "date": 1}, 0),
]  # fmt: skip


def test_stats_count_labels_by_split_lengths_and_repeats() -> None:
    found = stats(iter(TAGGED), "tagged_tokens")
    assert found.splits == {"train": 2, "test": 3, "(none)": 1}
    assert found.labels == {
        "Rate": {"train": 2, "test": 2, "(none)": 0},
        "Amount": {"train": 0, "test": 0, "(none)": 2},
    }
    assert (found.documents, found.without_document, found.unlabelled) == (3, 1, 1)
    assert found.lengths["test"].max == 3 and found.lengths["(none)"].p50 == 4
    assert found.repeats.duplicate_ids == ("b", "f")
    assert found.repeats.conflicting == 4 and found.repeats.conflicting_ids == ("a", "c")


@pytest.mark.parametrize(("records", "labels", "unlabelled"), OTHERS)
def test_stats_of_every_type(
    records: list[object], labels: dict[str, int], unlabelled: int
) -> None:
    found = stats(iter(records), records[0].kind)
    assert {name: found.support(name) for name in found.labels} == labels
    assert found.unlabelled == unlabelled


def test_the_page_is_offline_and_shows_what_markup_cannot_break() -> None:
    odd = [LabelledText("1", "", "x", "<script>alert(1)</script>"), *TEXTS]
    text = page(stats(iter(odd), "labelled_text"), "Odd & ends")
    assert "Odd &amp; ends" in text and "<script" not in text
    assert "http://www.w3.org/2000/svg" in text and "src=" not in text and "<link" not in text


def test_sample_is_stratified_seeded_and_whatever_the_order() -> None:
    drawn = sample(lambda: iter(TEXTS), 30, seed=1)
    labels = Counter(record.label for record in drawn.records)
    assert labels == {"often": 29, "rare": 1}
    assert drawn.strata == [("often", 297, 29), ("rare", 3, 1)]
    again = sample(lambda: reversed(TEXTS), 30, seed=1)
    assert {one.id for one in again.records} == {one.id for one in drawn.records}
    other = sample(lambda: iter(TEXTS), 30, seed=2)
    assert {one.id for one in other.records} != {one.id for one in drawn.records}
    assert len(sample(lambda: iter(TEXTS), 1000, seed=1).records) == len(TEXTS)


def test_sample_of_a_label_or_a_split() -> None:
    assert [one.id for one in sample(lambda: iter(TAGGED), 9, 1, label="Amount").records] == ["e"]
    drawn = sample(lambda: iter(TAGGED), 9, 1, split="test")
    assert [one.id for one in drawn.records] == ["c", "d", "f"]
    with pytest.raises(UserError, match="did you mean Rate"):
        sample(lambda: iter(TAGGED), 9, 1, label="Rat")
    with pytest.raises(UserError, match=r"valid: .*train"):
        sample(lambda: iter(TAGGED), 9, 1, split="zz")


def test_conflicts_lie_side_by_side_most_frequent_first() -> None:
    (one,) = conflicts.conflicts(lambda: iter(TAGGED))
    assert [option.ids for option in one.options] == [("a", "b", "f"), ("c",)]
    assert [option.shown for option in one.options] == ["Rate: 2.25 %", "Rate: 2.25"]
    (asked,) = conflicts.conflicts(lambda: iter(QUESTIONS))
    assert [option.shown for option in asked.options] == ["'4 %' at 12", "'4' at 12"]
    assert conflicts.conflicts(lambda: iter(TEXTS)) == []


def test_decisions_come_back_or_say_what_is_wrong(tmp_path: Path) -> None:
    path = tmp_path / "decide.jsonl"
    found = conflicts.conflicts(lambda: iter(TAGGED))
    path.write_text("".join(conflicts.lines(found)), encoding="utf-8")
    assert conflicts.read_decisions(path) == {}
    line = json.loads(path.read_text(encoding="utf-8"))
    for decision, fault in ((3, "names no option: it is 1 to 2"), ("dorp", "decision")):
        path.write_text(json.dumps(line | {"decision": decision}), encoding="utf-8")
        with pytest.raises(DataError, match=rf"decide.jsonl:1: .*{fault}"):
            conflicts.read_decisions(path)
    path.write_text(json.dumps(line | {"decision": 2}), encoding="utf-8")
    assert conflicts.read_decisions(path)[line["key"]].decision == 2
    with pytest.raises(DataError, match="no such file"):
        conflicts.read_decisions(tmp_path / "none")


@pytest.mark.parametrize(
    ("rule", "drop_conflicts", "stay"),
    [
        ("keep_first", False, "acde"),
        ("keep_last", False, "cdef"),
        ("keep_in_test", False, "cdef"),
        ("keep_first", True, "de"),
    ],
)
def test_dedupe_by_rule(rule: dedupe.Rule, drop_conflicts: bool, stay: str) -> None:
    found = dedupe.survey(lambda: iter(TAGGED), rule, drop_conflicts)
    assert "".join(one.id for one in dedupe.kept(iter(TAGGED), found)) == stay
    assert len(found.dropped) + len(stay) == found.records == len(TAGGED)
    if rule == "keep_first" and not drop_conflicts:
        assert found.dropped == (("b", "a", "duplicate"), ("f", "a", "duplicate"))


def test_nothing_is_written_over_or_into_what_is_read(tmp_path: Path) -> None:
    source = tmp_path / "in"
    source.mkdir()
    (source / "train.jsonl").write_text("{}\n", encoding="utf-8")
    for path in (source / "train.jsonl", source / "deep" / "new.jsonl"):
        with pytest.raises(UserError, match="would change the goldens"):
            files.write(TAGGED, path, [source])
    with pytest.raises(UserError, match="is a folder"):
        files.write(TAGGED, tmp_path, [])
    out = tmp_path / "out.jsonl"
    out.write_text("old", encoding="utf-8")

    def broken() -> Iterator[TaggedTokens]:
        yield TAGGED[0]
        raise DataError("cut short")

    with pytest.raises(DataError):
        files.write(broken(), out, [source])
    assert out.read_text("utf-8") == "old" and sorted(tmp_path.iterdir()) == [source, out]
