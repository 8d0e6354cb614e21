"""Files of questions as input of `predict`, and its answers as SQuAD's scorer reads them."""

import json
from pathlib import Path

from goldsmith.cli.answering import as_squad
from goldsmith.cli.answering_input import from_file
from goldsmith.families.extractive_qa import ExtractiveQa
from goldsmith.readers.questions import Questions


def test_questions_in_any_form_become_input_lines(tmp_path: Path) -> None:
    family = ExtractiveQa(family="extractive_qa", base="packaged:minilm")
    line = {"id": "7", "question": "What fee?", "context": "The fee is 3 euro."}
    asked = {"id": 7, "question": line["question"]}
    paragraph = {"context": line["context"], "qas": [asked, {**asked, "id": 8, "answers": []}]}
    squad = tmp_path / "test.json"
    squad.write_text(json.dumps({"data": [{"title": "t", "paragraphs": [paragraph]}]}))
    assert list(from_file(family, squad, Questions())) == [(1, line), (2, {**line, "id": "8"})]
    table = tmp_path / "asked.csv"
    table.write_text("id,asked,section\n7,What fee?,The fee is 3 euro.\n", encoding="utf-8")
    reader = Questions.model_validate({"columns": {"question": "asked", "context": "section"}})
    assert list(from_file(family, table, reader)) == [(1, line)]
    # JSON lines are input lines as they are, whatever the reader's columns are called.
    lines = tmp_path / "lines.jsonl"
    lines.write_text(json.dumps(line) + "\n", encoding="utf-8")
    assert list(from_file(family, lines, reader)) == [(1, line)]


def test_answers_as_squads_predictions() -> None:
    none = {"start": None, "end": None, "text": "", "score": 0.7}
    found = {"start": 11, "end": 17, "text": "3 euro", "score": 0.3}
    lines = [
        {"id": "1", "model": {}, "prediction": [found, none]},
        {"id": "2", "model": {}, "prediction": [none, found]},
        {"id": "3", "error": "needs `question` and `context` (strings)"},
    ]
    assert as_squad(lines) == {"1": "3 euro", "2": "", "3": ""}
