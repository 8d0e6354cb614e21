"""Labelled texts from tables and from CoNLL comments."""

from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from goldsmith.errors import DataError
from goldsmith.readers.texts import Texts
from goldsmith.records import LabelledText
from tests.readers.files import read, write_table


def one(folder: Path, row: dict[str, Any], form: str = ".jsonl", **settings: Any) -> LabelledText:
    found: LabelledText = read(Texts(**settings), write_table(folder / f"x{form}", [row]))[0]
    return found


def test_columns(tmp_path: Path) -> None:
    row = {"no": 7, "subject": "Hi", "body": "there", "to": "sales", "thread": "t", "set": "dev"}
    names = {"id": "no", "document_id": "thread", "text": ["subject", "body"], "label": "to"}
    found = one(tmp_path, row, columns={**names, "split": "set"})
    assert found == LabelledText("7", "t", "Hi\n\nthere", "sales", "validation")


def test_a_part_that_is_empty_leaves_no_gap(tmp_path: Path) -> None:
    columns = {"text": ["title", "text"]}
    row = {"title": "", "text": "t", "label": "a"}
    assert one(tmp_path, row, ".csv", columns=columns).text == "t"


@pytest.mark.parametrize(
    ("given", "wanted"),
    [(3, "3"), (3.0, "3"), (2.5, "2.5"), (True, "true"), ("a ", "a "), (None, ""), ("", "")],
)
def test_labels(tmp_path: Path, given: Any, wanted: str) -> None:
    assert one(tmp_path, {"text": "t", "label": given}).label == wanted


def test_integer_labels_by_name(tmp_path: Path) -> None:
    names = ("no", "yes")
    row = {"text": "t", "label": 1}
    assert one(tmp_path, row, label_names=names).label == "yes"
    assert one(tmp_path, row, ".csv", label_names=names).label == "yes"
    assert one(tmp_path, row | {"label": "no"}, label_names=names).label == "no"
    with pytest.raises(DataError, match=r"label 2 is not in 0\.\.1 of label_names"):
        one(tmp_path, row | {"label": 2}, label_names=names)
    with pytest.raises(DataError, match=r"'label' is not a whole number .* but text 'maybe'"):
        one(tmp_path, row | {"label": "maybe"}, label_names=names)


def test_the_label_is_the_file(tmp_path: Path) -> None:
    for name in ("a/cs.tsv", "b/cs.tsv", "b/math.csv.gz"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        write_table(tmp_path / name, [{"text": name}])
    found = read(Texts(label_from="file"), tmp_path / "*" / "*")
    assert [(row.label, row.id) for row in found] == [
        ("cs", "a/cs.tsv:2"),
        ("cs", "b/cs.tsv:2"),
        ("math", "math:2"),
    ]


def test_comments_of_conll_are_columns(tmp_path: Path) -> None:
    text = "# id = 4\n# text = Hvad nu?\n# intent = ask\n1\tHvad\task\tO\n\n"
    (tmp_path / "da.conll").write_text(text * 2)
    found = read(Texts(columns={"label": "intent"}), tmp_path)
    assert found == [LabelledText("4", "", "Hvad nu?", "ask")] * 2
    with pytest.raises(DataError, match=r"da\.conll:4: column 'label' is missing: valid: id, int"):
        read(Texts(), tmp_path)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"text": 5, "label": "a"}, "x.jsonl:1: column 'text' is not text but int '5'"),
        ({"text": ["a"], "label": "a"}, "column 'text' is not text but list"),
        ({"text": "t", "label": {"a": 1}}, "column 'label' is not text or a number but object"),
        ({"text": "t", "lable": "a"}, "column 'label' is missing: did you mean lable?"),
        ({"text": "t", "label": "a", "id": [1]}, "column 'id' is not text or a number but list"),
    ],
)
def test_faults(tmp_path: Path, row: dict[str, Any], said: str) -> None:
    with pytest.raises(DataError) as caught:
        one(tmp_path, row)
    assert said in str(caught.value)


def test_a_column_missing_is_one_of_the_header(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"x\.csv:1: column 'label' is missing: did you mean Label"):
        one(tmp_path, {"text": "t", "Label": "a"}, ".csv")
    with pytest.raises(DataError, match=r"x\.parquet: column 'text' is missing"):
        one(tmp_path, {"txt": "t", "label": "a"}, ".parquet")
    with pytest.raises(DataError, match=r"is ';' the delimiter\? Then set source\.reader\.delim"):
        one(tmp_path, {"text;label": "a;b"}, ".csv")


def test_an_optional_column_that_is_named_must_be_there(tmp_path: Path) -> None:
    row = {"text": "t", "label": "a"}
    with pytest.raises(DataError, match=r"x\.csv:1: column 'thread' is missing"):
        one(tmp_path, row, ".csv", columns={"document_id": "thread"})
    assert one(tmp_path, row, ".jsonl", columns={"document_id": "thread"}).document_id == ""


@pytest.mark.parametrize(
    "section", [{"columns": {"text": []}}, {"label_from": "folder"}, {"encoding": "utf-88"}]
)
def test_wrong_sections(section: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Texts.model_validate(section)
