"""Labelled texts and questions that cannot be used as they are: named before any training; or usable."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from goldsmith import config, pipeline
from goldsmith.errors import DataError
from goldsmith.validation import report
from tests.toys import write_questions, write_texts

CHECKED = ("validate_raw", "validate_prepared")
STAGES = ("load", "validate_raw", "prepare", "validate_prepared")
RAW = Path("data/raw/mine")
Rows = list[dict[str, Any]]
CLASSIFIER = {"family": "sequence_classification", "base": "packaged:minilm"}
READER = {"family": "extractive_qa", "base": "packaged:minilm"}


@pytest.fixture(autouse=True)
def in_project(project: Path) -> None:
    """A project to which each test adds a use case."""


def through_the_data_stages(form: str) -> tuple[dict[str, Any], str]:
    """Load, hold to the contract, prepare, hold to it again; the counts, and what was said."""
    source = {"kind": "files", "path": str(RAW), "reader": {"format": form}}
    model = CLASSIFIER if form == "texts" else READER
    metric = "accuracy" if form == "texts" else "f1"
    value = {"title": "Mine", "model": model, "gates": {"metrics": {metric: {"min": 0.1}}}, "profiles": {"demo": {"source": source}}}  # fmt: skip
    Path("use_cases/mine.yaml").write_text(json.dumps(value), encoding="utf-8")
    found = config.load("mine")
    folders = {"raw": pipeline.raw(found).folder}
    for name in STAGES:
        inputs = {one: folders[one] for one in pipeline.stage(name, found.kind).reads}
        folders[name] = pipeline.run_stage(name, found, inputs).folder
    counts = json.loads((folders["prepare"] / "counts.json").read_text(encoding="utf-8"))
    said = [line for name in CHECKED for line in report.notes(report.read(folders[name]))]
    return counts, "\n".join(said)


def edit(name: str, change: Callable[[Rows], None]) -> None:
    path = RAW / f"{name}.jsonl"
    rows: Rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    change(rows)
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def slipped(rows: Rows) -> None:
    for row in rows:
        row["answers"]["answer_start"] = [at + 1 for at in row["answers"]["answer_start"]]


def searched(rows: Rows) -> None:
    """Answers as people write them into a table: a text without its place."""
    for row in rows:
        texts = row.pop("answers")["text"]
        row |= {"answer": texts[0] if texts else "", "is_impossible": not texts}


def found_nowhere(count: int) -> Callable[[Rows], None]:
    def change(rows: Rows) -> None:
        searched(rows)
        for row in [one for one in rows if one["answer"]][:count]:
            row["answer"] = "stands nowhere"

    return change


def same_id(rows: Rows) -> None:
    rows[1]["id"] = rows[0]["id"]


def empty_contexts(rows: Rows) -> None:
    for row in rows[:30]:
        row.update(context="", answers={"text": [], "answer_start": []})


def huge(rows: Rows) -> None:
    for row in rows[:10]:
        row["text" if "text" in row else "context"] += " word" * 40_000


def other_labels(rows: Rows) -> None:
    for number, row in enumerate(rows):
        row["label"] = f"unseen-{number % 2}"


@pytest.mark.parametrize(
    ("form", "part", "change", "parts"),
    [
        ("questions", "train", slipped, ["answers are slices of their context", "s1", "offsets count Unicode code points"]),
        ("questions", "train", same_id, ["unique ids", "s1"]),
        ("questions", "train", empty_contexts, ["text present", "s1"]),
        ("questions", "train", huge, ["record size", "s1", "max_chars"]),
        ("texts", "train", same_id, ["unique ids", "s1"]),
        ("texts", "train", huge, ["record size", "s1", "max_chars"]),
        ("texts", "test", other_labels, ["unseen-0"]),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_named(
    form: str, part: str, change: Callable[[Rows], None], parts: list[str]
) -> None:
    (write_texts if form == "texts" else write_questions)(RAW)
    edit(part, change)
    with pytest.raises(DataError) as caught:
        through_the_data_stages(form)
    message = str(caught.value)
    assert all(part in message for part in parts), message
    assert len(message) < 3000


def one_label_only_in_test(rows: Rows) -> None:
    rows[0]["label"] = "unseen"


def one_empty_context(rows: Rows) -> None:
    rows[0].update(context="", answers={"text": [], "answer_start": []})


def endless_question(rows: Rows) -> None:
    rows[0]["question"] = "why " * 2_000


def test_answers_that_are_found_nowhere_are_counted_and_bounded() -> None:
    write_questions(RAW)
    for part in ("validation", "test"):
        edit(part, searched)
    whole = {part: (RAW / f"{part}.jsonl").read_bytes() for part in ("train", "validation", "test")}
    edit("train", searched)
    plain, before = through_the_data_stages("questions")
    assert "answers are slices" not in before
    for part, content in whole.items():
        (RAW / f"{part}.jsonl").write_bytes(content)
    edit("train", found_nowhere(1))
    counts, said = through_the_data_stages("questions")
    assert "answers are slices of their context): 1 faulty in s1" in said
    assert sum(plain["records"].values()) - sum(counts["records"].values()) == 1
    (RAW / "train.jsonl").write_bytes(whole["train"])
    edit("train", found_nowhere(12))
    with pytest.raises(DataError, match=r"context\): 12 faulty"):
        through_the_data_stages("questions")


@pytest.mark.parametrize(
    ("form", "part", "change", "left_out", "said"),
    [
        ("texts", "test", one_label_only_in_test, 0, "unseen"),
        ("questions", "train", one_empty_context, 1, "s1"),
        ("questions", "train", endless_question, 0, ""),
    ],
)
def test_what_is_odd_in_one_record_stops_nothing(
    form: str, part: str, change: Callable[[Rows], None], left_out: int, said: str
) -> None:
    (write_texts if form == "texts" else write_questions)(RAW)
    plain, before = through_the_data_stages(form)
    edit(part, change)
    counts, after = through_the_data_stages(form)
    assert said in after and not (said and said in before)
    assert sum(plain["records"].values()) - sum(counts["records"].values()) == left_out
