"""Readers and columns guessed, bounds chosen, and lines added to params.yaml and dvc.yaml."""

import difflib
import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from goldsmith.curation import drafting, dvc_yaml
from goldsmith.curation.guessing import guess
from goldsmith.curation.stats import stats
from goldsmith.errors import ConfigError, DataError, UserError
from goldsmith.records import LabelledText, TaggedPage
from tests import toys

TEXTS = [f"my card number {n} was lost abroad" for n in range(12)]
TABLE = [
    {"nr": n, "what": text, "queue": "card" if n % 2 else "loan", "when": "2020"}
    for n, text in enumerate(TEXTS)
]
ASKED = [{"Context": "It is 4 %.", "Query": f"What {n}?", "Answer": "4 %"} for n in range(3)]
SETS = [
    ("financial_entity_tagging/finer139_tokens/train.jsonl", "tagged_tokens", {"format": "tokens"}),
    ("financial_entity_tagging/sec_filings_ner/FIN5.txt", "tagged_tokens", {"format": "conll"}),
    ("person_company_names/wnut17", "tagged_tokens", {"format": "conll"}),
    ("message_routing/banking77/train.csv", "labelled_text", {"format": "texts", "columns": {"label": "category"}}),
    ("message_routing/cfpb_complaints_1000/dataset_shared.csv", "labelled_text", {"format": "texts", "columns": {"label": "product", "text": "narrative"}}),
    ("question_answering/policyqa/dev.json", "question", {"format": "questions"}),
]  # fmt: skip


def write(path: Path, rows: list[dict[str, Any]], delimiter: str = "") -> Path:
    if delimiter:
        lines = [delimiter.join(rows[0]), *(delimiter.join(map(str, r.values())) for r in rows)]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    else:
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.mark.parametrize(("name", "kind", "section"), SETS)
def test_public_sets(datasets_folder: Path, name: str, kind: str, section: dict[str, Any]) -> None:
    assert guess(datasets_folder / name, kind).section == section


def test_columns_by_name_and_by_content(tmp_path: Path) -> None:
    found = guess(write(tmp_path / "a.csv", TABLE, ";"), "labelled_text")
    assert found.section == {
        "format": "texts", "delimiter": ";", "columns": {"label": "queue", "text": "what"},
    }  # fmt: skip
    assert found.notes == ("column 'what' looks like text: check it",)
    assert [one.label for one in found.reader.read([tmp_path / "a.csv"], tmp_path / "a.csv")][:2] == ["loan", "card"]  # fmt: skip
    asked = guess(write(tmp_path / "q.jsonl", ASKED), "question")
    assert asked.section["columns"] == {
        "answer": "Answer", "context": "Context", "question": "Query",
    }  # fmt: skip
    given = guess(tmp_path / "a.csv", "labelled_text", {"columns": {"label": "when"}})
    assert given.section["columns"] == {"label": "when", "text": "what"}


def test_what_no_reader_understands(tmp_path: Path) -> None:
    path = write(tmp_path / "odd.jsonl", [{"a": 1, "b": 2}])
    with pytest.raises(DataError, match="no column looks like tokens and tags; it has a, b"):
        guess(path, "tagged_tokens")
    with pytest.raises(UserError, match="no reader makes records of type riddle"):
        guess(path, "riddle")
    with pytest.raises(ConfigError, match="did you mean tokens"):
        guess(path, "tagged_tokens", {"format": "token"})
    plain = tmp_path / "plain.txt"
    plain.write_text("no DET\nbirds NOUN\nhere ADV\n", encoding="utf-8")
    with pytest.raises(DataError, match="no record whose tags are tags"):
        guess(plain, "tagged_tokens")


def records(number: int, *, split: str = "", rare: int = 0) -> list[LabelledText]:
    labels = ["rare"] * rare + ["a", "b"] * number
    return [LabelledText(str(n), "", f"text {n}", one, split) for n, one in enumerate(labels)]


def test_bounds_come_from_the_counts() -> None:
    def plan(found: list[LabelledText]) -> drafting.Plan:
        return drafting.plan(stats(iter(found), "labelled_text"), iter(found))

    few = plan(records(100, rare=3))
    assert (few.folds, few.by, few.labels, few.left_out) == (5, "hash", ("a", "b"), ("rare",))
    assert (few.min_rows, few.train_support, few.test_support) == (101, 20, 10)
    assert plan(records(400)).folds == 0
    own = plan([*records(60, split="train"), *records(9, split="test")])
    assert (own.folds, own.by, own.labels, own.test_support) == (0, "source", None, 4)


def test_lines_are_added_and_no_other_is_touched(tmp_path: Path) -> None:
    repository = Path(__file__).parents[2]
    before = {}
    for name in ("params.yaml", "dvc.yaml"):
        before[name] = (repository / name).read_text(encoding="utf-8")
        (tmp_path / name).write_text(before[name], encoding="utf-8")
    added = {
        path.name: text
        for path, text in dvc_yaml.entries(tmp_path, "new", "window_mlp", "data/raw/new")
    }
    for name, text in added.items():
        marks = [line[0] for line in difflib.ndiff(before[name].splitlines(), text.splitlines())]
        assert "+" in marks and "-" not in marks
    assert yaml.safe_load(added["params.yaml"])["use_cases"]["new"] == {
        "family": "window_mlp", "calls": "src/goldsmith/families/token_classification",
        "raw": "data/raw/new", "functions": "src/goldsmith/functions",
    }  # fmt: skip
    assert "reports/new/judge/metrics.json" in yaml.safe_load(added["dvc.yaml"])["metrics"]
    (tmp_path / "params.yaml").write_text("use_cases: {a: {family: f}}\n", encoding="utf-8")
    with pytest.raises(UserError, match="write it as a block"):
        list(dvc_yaml.entries(tmp_path, "new", "window_mlp", "data/raw/new"))
    assert list(dvc_yaml.entries(tmp_path / "none", "new", "window_mlp", "x")) == []


def test_a_reader_that_must_be_told_more_is_not_guessed(tmp_path: Path) -> None:
    toys.write_goldens(tmp_path / "toy", sizes=(5, 2, 2))
    assert guess(tmp_path / "toy", "tagged_tokens").section["format"] == "tokens"
    toys.write_pages(tmp_path / "pages", sizes=(5, 2, 2))
    given = {
        "format": "tagged_pages", "fields": {"rate": "Rate"}, "pages": {"format": "ocr_json"},
        "goldens": {"format": "fields"},
    }  # fmt: skip
    assert guess(tmp_path / "pages", "tagged_tokens", given).reader.record is TaggedPage
