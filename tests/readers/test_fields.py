"""Gold values of fields: a row a value, or a row or a file a document."""

import json
from pathlib import Path
from typing import Any

import pytest

from goldsmith.errors import DataError
from goldsmith.readers.fields import Fields
from goldsmith.records import Field
from tests.readers.files import read, write_table

VALUE = {"document_id": 7, "field": "total", "value": "60.30"}


@pytest.mark.parametrize("form", [".jsonl", ".csv", ".parquet"])
def test_a_row_a_value(tmp_path: Path, form: str) -> None:
    file = write_table(tmp_path / f"test{form}", [VALUE, VALUE, VALUE | {"field": "date"}])
    assert read(Fields(), file) == [
        Field("7:total", "7", "total", "60.30", split="test"),
        Field("7:total:2", "7", "total", "60.30", split="test"),
        Field("7:date", "7", "date", "60.30", split="test"),
    ]


@pytest.mark.parametrize("box", [[1, 2, 3, 4.5], "[1, 2, 3, 4.5]"])
def test_the_place_on_the_page(tmp_path: Path, box: Any) -> None:
    row = VALUE | {"id": 3, "page": 2, "box": box, "score": 0.5}
    found = read(Fields(), write_table(tmp_path / "x.jsonl", [row]))
    assert found == [Field("3", "7", "total", "60.30", 2, (1.0, 2.0, 3.0, 4.5), 0.5)]


def test_a_file_a_document(tmp_path: Path) -> None:
    for name, value in {"001": {"company": "A", "total": 3}, "002": {"date": None}}.items():
        (tmp_path / f"{name}.json").write_text(json.dumps(value))
    assert read(Fields(layout="wide"), tmp_path) == [
        Field("001:company", "001", "company", "A"),
        Field("001:total", "001", "total", "3"),
    ]


def test_a_row_a_document(tmp_path: Path) -> None:
    rows = [{"doc": "a", "company": "A", "total": ""}, {"doc": "b", "company": "B", "total": "2"}]
    reader = Fields(layout="wide", columns={"document_id": "doc"})
    for name in ("x.csv", "x.json"):
        found = read(reader, write_table(tmp_path / name, rows))
        assert [(one.id, one.value) for one in found] == [
            ("a:company", "A"),
            ("a:total", ""),
            ("b:company", "B"),
            ("b:total", "2"),
        ]


@pytest.mark.parametrize(
    ("row", "layout", "said"),
    [
        ({"document_id": 1, "field": "a"}, "long", "column 'value' is missing"),
        (VALUE | {"document_id": None}, "long", "column 'document_id' is empty"),
        (VALUE | {"box": [1, 2]}, "long", "'box' is not four numbers but '[1, 2]'"),
        (VALUE | {"box": [1, 2, 3, "x"]}, "long", "'box' is not a number but 'x'"),
        (
            VALUE | {"page": 1.5},
            "long",
            "'page' is not a whole number (of 32 bits) but float '1.5'",
        ),
        (VALUE | {"score": "inf"}, "long", "'score' is not a number but 'inf'"),
        (VALUE | {"score": "high"}, "long", "'score' is not a number but 'high'"),
        (VALUE | {"value": ["a"]}, "long", "'value' is not text or a number but list"),
        ({"document": 1, "total": "3"}, "wide", "'document_id' is missing: did you mean document?"),
        ({"document_id": 1, "items": [{}]}, "wide", "'items' is not text or a number but list"),
    ],
)
def test_faults(tmp_path: Path, row: dict[str, Any], layout: Any, said: str) -> None:
    with pytest.raises(DataError) as caught:
        read(Fields(layout=layout), write_table(tmp_path / "x.jsonl", [row]))
    assert "x.jsonl:1: " in str(caught.value) and said in str(caught.value)
