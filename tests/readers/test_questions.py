"""Questions: SQuAD 1.1 and 2.0, and flat tables."""

import json
from pathlib import Path
from typing import Any

import pytest

from goldsmith.errors import DataError
from goldsmith.readers.questions import Questions
from goldsmith.records import Answer, Question
from tests.readers.files import read, write_table

CONTEXT = "The fee is 3 euro. It is due in May."
SPAN = {"text": ["3 euro"], "answer_start": [11]}
FLAT = {"id": 5, "title": "T", "context": CONTEXT, "question": "What fee?"}


def squad(*qas: dict[str, Any], **article: Any) -> dict[str, Any]:
    paragraph = {"context": CONTEXT, "qas": [{"question": "What fee?", **one} for one in qas]}
    return {"version": "2.0", "data": [{**article, "paragraphs": [paragraph, paragraph]}]}


def in_json(folder: Path, value: Any, **settings: Any) -> list[Question]:
    (folder / "dev.json").write_text(json.dumps(value), encoding="utf-8")
    return read(Questions(**settings), folder, Path("data"))


def in_table(folder: Path, row: dict[str, Any], form: str = ".jsonl", **settings: Any) -> Question:
    found: Question = read(Questions(**settings), write_table(folder / f"x{form}", [row]))[0]
    return found


def test_squad(tmp_path: Path) -> None:
    asked = {"id": 1, "answers": [{"text": "3 euro", "answer_start": 11}], "type": "x"}
    found = in_json(tmp_path, squad(asked, title="Fees"))
    answers = (Answer("3 euro", 11),)
    assert found[0] == Question(
        "1", "Fees", "Fees", CONTEXT, "What fee?", answers, False, "validation"
    )


def test_squad_2_and_what_may_be_missing(tmp_path: Path) -> None:
    nothing = {"answers": [], "is_impossible": True, "plausible_answers": [{"text": "3"}]}
    found = in_json(tmp_path, squad(nothing, {"answers": []}, {}))
    assert [one.is_impossible for one in found] == [True, False, False] * 2
    assert [one.id for one in found[:4]] == ["dev:1.1.1", "dev:1.1.2", "dev:1.1.3", "dev:1.2.1"]
    assert {one.document_id for one in found} == {"dev:1"} and {one.title for one in found} == {""}
    apart = in_json(tmp_path, squad(nothing, title="Fees"), document="paragraph")
    assert [one.document_id for one in apart] == ["dev:1.1", "dev:1.2"]


@pytest.mark.parametrize("form", [".jsonl", ".json", ".csv", ".parquet"])
@pytest.mark.parametrize(
    "answers",
    [
        {"answers": SPAN},
        {"answers": [{"text": "3 euro", "answer_start": 11}]},
        {"answer": "3 euro", "answer_start": 11},
        {"answer": "3 euro"},
    ],
    ids=["lists", "list", "columns", "searched"],
)
def test_flat_tables(tmp_path: Path, form: str, answers: dict[str, Any]) -> None:
    found = in_table(tmp_path, FLAT | answers, form)
    assert found == Question("5", "T", "T", CONTEXT, "What fee?", (Answer("3 euro", 11),))


@pytest.mark.parametrize(
    ("row", "wanted"),
    [
        ({"answer": "4 euro"}, (("4 euro", -1),)),  # for validation to find
        ({"answer": "is", "answer_start": 22}, (("is", 22),)),
        ({"answer": "is", "answer_start": None}, (("is", 8),)),
        ({"answer": "3 euro", "answer_start": 12}, (("3 euro", 12),)),
        ({"answer": ""}, ()),
        ({"answers": {"text": ["3", "May"], "answer_start": []}}, (("3", 11), ("May", 32))),
        ({"answers": [{"text": ""}]}, (("", -1),)),
    ],
)
def test_answers(tmp_path: Path, row: dict[str, Any], wanted: Any) -> None:
    found = in_table(tmp_path, FLAT | row)
    assert (found.answers, found.is_impossible) == (wanted, False)


@pytest.mark.parametrize(
    ("row", "impossible"),
    [
        ({"answers": {"text": [], "answer_start": []}}, True),  # the hub's form of SQuAD 2.0
        ({"answers": SPAN}, False),
        ({"answers": SPAN, "is_impossible": True}, True),  # for validation to find
        ({"answers": None, "is_impossible": False}, False),
        ({"answer": "", "is_impossible": "True"}, True),
        ({"answer": "", "is_impossible": 0.0}, False),
    ],
)
def test_questions_without_an_answer(tmp_path: Path, row: dict[str, Any], impossible: bool) -> None:
    assert in_table(tmp_path, FLAT | row).is_impossible is impossible


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({}, "x.jsonl:1: column 'answers' holds no answers"),
        ({"answers": "3 euro"}, "there is no column 'answer'"),
        ({"answers": {"text": ["a"], "answer_start": [1, 2]}}, "holds no answers"),
        ({"answers": {"text": [3], "answer_start": [1]}}, "an answer is not text but int"),
        ({"answer": "3", "answer_start": "x"}, "'answer_start' is not a whole number (of"),
        ({"answer": "3", "answer_start": 2**31}, "32 bits) but int '2147483648'"),
        ({"answer": "3", "is_impossible": "maybe"}, "'is_impossible' is not true or false but 'm"),
        ({"answer": "3", "context": None, "question": 4}, "column 'question' is not text but int"),
    ],
)
def test_faults(tmp_path: Path, row: dict[str, Any], said: str) -> None:
    with pytest.raises(DataError) as caught:
        in_table(tmp_path, FLAT | row)
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ({"data": [{"paragraphs": 3}]}, "data/dev.json: data[0]: no list of objects at 'paragraphs'"),
        ({"data": [{"paragraphs": [{"qas": []}]}]}, "data[0].paragraphs[0]: no text at 'context'"),
        ({"data": [{"paragraphs": [{"context": ""}]}]}, "paragraphs[0]: no list of objects at 'qas'"),
        ({"data": [{"paragraphs": []}, 3]}, "data/dev.json: row 2: a JSON object is needed"),
        (squad({"question": 3}), "data[0].paragraphs[0].qas[0]: column 'question' is not text"),
    ],
)  # fmt: skip
def test_faults_of_squad_name_the_place(tmp_path: Path, value: Any, said: str) -> None:
    with pytest.raises(DataError) as caught:
        in_json(tmp_path, value)
    assert said in str(caught.value)


@pytest.mark.parametrize("form", [".json", ".jsonl", ".csv"])
def test_a_test_file_without_answers_is_asked_and_no_golden(tmp_path: Path, form: str) -> None:
    reader = Questions()
    write_table(tmp_path / "train.jsonl", [FLAT | {"answers": SPAN}])
    rows = [FLAT, FLAT | {"id": 6}]
    if form == ".json":
        (tmp_path / "test.json").write_text(json.dumps(squad({"id": 5}, {"answers": [], "id": 6})))
    else:
        write_table(tmp_path / f"test{form}", rows)
    files, shown = reader.files(tmp_path), Path("data")
    assert [one.split for one in reader.read(files, shown)] == ["train"]
    assert reader.unlabelled(files, shown) == [f"data/test{form}"]
    (unanswered,) = (file for file in files if file.name.startswith("test"))
    lines = list(reader.asked([unanswered], unanswered))
    assert lines[:2] == [
        {"id": name, "question": "What fee?", "context": CONTEXT} for name in ("5", "6")
    ]
    # One answer, or one word that there is none, makes it goldens; elsewhere a lack is a fault.
    write_table(tmp_path / "test.jsonl", [FLAT | {"answer": ""}, FLAT | {"answer": "3 euro"}])
    assert "data/test.jsonl" not in reader.unlabelled(reader.files(tmp_path), shown)
    write_table(tmp_path / "test.jsonl", [FLAT | {"is_impossible": True}])
    assert "data/test.jsonl" not in reader.unlabelled(reader.files(tmp_path), shown)
