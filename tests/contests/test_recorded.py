"""Recorded answers: what is read, what is counted, what is refused."""

from pathlib import Path
from typing import Any

import pytest

from goldsmith.contests.recorded import Recorded
from goldsmith.errors import DataError
from tests.contests.hand_made import FAMILY, LABELS, RECORDS, RIGHT, write


def score(path: Path, records: list[Any] = RECORDS) -> tuple[list[list[str]], dict[str, Any], Any]:
    predictor = Recorded(path).on(FAMILY, records, LABELS)
    found = predictor.predict(records)
    notes = {one.kind.partition(" (")[0]: one for one in predictor.notes}
    return [one.tags for one in found], notes, FAMILY.score(records, found, LABELS).metrics()


def test_right_answers_are_right_in_code_points_and_words(tmp_path: Path) -> None:
    tags, notes, metrics = score(write(tmp_path / "right.jsonl", RIGHT))
    assert tags == [list(record.tags) for record in RECORDS]
    assert notes == {} and metrics["micro.f1"] == 1.0


def test_ids_of_the_fixed_goldens_match_with_and_without_their_mark(tmp_path: Path) -> None:
    marked = [type(one)(f"goldens:{one.id}", one.document_id, one.tokens, one.tags) for one in RECORDS]  # fmt: skip
    for answers in (RIGHT, {f"goldens:{name}": found for name, found in RIGHT.items()}):
        _, notes, metrics = score(write(tmp_path / "answers.jsonl", answers), marked)
        assert notes == {} and metrics["micro.f1"] == 1.0


def test_what_is_wrong_with_ids_is_counted_and_named(tmp_path: Path) -> None:
    path = tmp_path / "answers.jsonl"
    path.write_text(
        '{"id": "a", "prediction": [{"start": 3, "end": 9, "label": "Rate"}]}\n'
        '{"id": "a", "prediction": []}\n'
        '{"id": "b", "error": "timed out"}\n\n'
        '{"id": 7, "prediction": []}\n'
        '{"id": "d", "prediction": [], "model": {"name": "llm", "version": 2}}\n',
        encoding="utf-8",
    )
    tags, notes, _ = score(path)
    assert tags[0] == list(RECORDS[0].tags) and set(tags[1]) == set(tags[2]) == {"O"}
    assert {kind: (one.count, one.named) for kind, one in notes.items()} == {
        "ids that stand twice": (1, ("a",)),
        "lines with an error in place of an answer": (1, ("b: timed out",)),
        "answers to no record of the set": (1, ("7",)),
        "records without an answer": (1, ("c",)),
    }
    assert Recorded(path).models == ["llm version 2"]


@pytest.mark.parametrize(
    ("spans", "kind", "tags"),
    [
        ([{"start": 4, "end": 9, "label": "Rate"}], "spans that do not begin", "O Rate Rate O O"),
        ([{"start": 2, "end": 10, "label": "Rate"}], "", "O Rate Rate O O"),
        ([{"start": 16, "end": 40, "label": "Rate"}], "spans beyond the text", "O O O O O"),
        ([{"start": 2, "end": 3, "label": "Rate"}], "spans beyond the text", "O O O O O"),
        ([{"start": 9, "end": 3, "label": "Rate"}], "spans without whole", "O O O O O"),
        ([{"start": -3, "end": 3, "label": "Rate"}], "spans without whole", "O O O O O"),
        ([{"start": 3, "end": 9}], "spans without whole", "O O O O O"),
        ([{"start": True, "end": 9, "label": "Rate"}], "spans without whole", "O O O O O"),
        (["4.25 %"], "spans without whole", "O O O O O"),
        ("Rate: 4.25 %", "answers that are no list", "O O O O O"),
        (
            [{"start": 3, "end": 9, "label": "Rate", "text": "4.5 %"}],
            "spans whose `text`", "O Rate Rate O O",
        ),
        (
            [{"start": 3, "end": 9, "label": "Rate"}, {"start": 8, "end": 13, "label": "Amount"}],
            "spans that overlap", "O Rate Rate O O",
        ),
        ([{"start": 3, "end": 9, "label": "Rates"}], "spans with a label", "O Rates Rates O O"),
    ],
)  # fmt: skip
def test_spans_that_do_not_fit_are_counted_and_named(
    tmp_path: Path, spans: Any, kind: str, tags: str
) -> None:
    found, notes, metrics = score(write(tmp_path / "answers.jsonl", {**RIGHT, "a": spans}))
    assert [tag.rpartition("-")[2] for tag in found[0]] == tags.split()
    kinds = list(notes)
    assert len(kinds) == bool(kind) and all(one.startswith(kind) for one in kinds)
    if kind.startswith("spans with a label"):
        assert notes[kinds[0]].named == ("Rates (did you mean Rate?)",)
        assert metrics["label:Rates.precision"] == 0.0 and metrics["micro.precision"] == 2 / 3


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ('{"id": "a", "prediction": []}\nnot json\n', [":2:1", "not JSON"]),
        ('{"id": "a", "prediction": []}\n[1]\n', [":2", "object"]),
        ('{"prediction": []}\n', [":1", "`id`"]),
        ('{"id": true, "prediction": []}\n', [":1", "`id`"]),
        ('{"id": "a", "predictions": []}\n', [":1", "neither", "did you mean predictions?"]),
        ("\n\n", ["the file is empty"]),
        ('{"id": "z9", "prediction": []}\n', ["none of its 1 ids", "'z9'", "'a'"]),
    ],
)
def test_files_that_cannot_be_meant_are_refused(
    tmp_path: Path, text: str, parts: list[str]
) -> None:
    path = tmp_path / "answers.jsonl"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataError) as caught:
        score(path)
    assert all(part in str(caught.value) for part in [str(path), *parts]), caught.value


def test_many_faults_stay_a_few_words(tmp_path: Path) -> None:
    answers = {f"x{number}": [] for number in range(5_000)} | RIGHT
    _, notes, _ = score(write(tmp_path / "answers.jsonl", answers))
    (note,) = notes.values()
    assert note.count == 5_000 and len(str(note)) < 200 and "and 4995 more" in str(note)
