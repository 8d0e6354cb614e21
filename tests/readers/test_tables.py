"""Any table file as rows with their place."""

import gzip
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from goldsmith.config import plugins
from goldsmith.errors import DataError
from goldsmith.readers.tables import TABLES, Row, rows
from goldsmith.readers.texts import Texts
from goldsmith.records import arrow_schema
from tests.readers.files import write_table

ROWS = [{"text": "één", "label": "a"}, {"text": 'say "so",\nor not', "label": "b"}]


def rows_in(file: Path, **settings: Any) -> list[Row]:
    return list(rows([file], Path(file.name), Texts(**settings)))


def fault(file: Path, **settings: Any) -> str:
    with pytest.raises(DataError) as caught:
        rows_in(file, **settings)
    return str(caught.value)


@pytest.mark.parametrize("packed", ["", ".gz"])
@pytest.mark.parametrize("form", TABLES)
def test_every_form_gives_the_same_rows(tmp_path: Path, form: str, packed: str) -> None:
    found = rows_in(write_table(tmp_path / f"dev{form}{packed}", ROWS))
    assert [dict(row.values) for row in found] == ROWS
    assert {row.split for row in found} == {"validation"} and {row.stem for row in found} == {"dev"}


@pytest.mark.parametrize(
    ("name", "places", "ids"),
    [
        ("x.jsonl", ["x.jsonl:1", "x.jsonl:2"], ["x:1", "x:2"]),
        ("x.json", ["x.json: row 1", "x.json: row 2"], ["x:1", "x:2"]),
        ("x.csv", ["x.csv:2", "x.csv:3"], ["x:2", "x:3"]),
        ("x.parquet.gz", ["x.parquet.gz: row 1", "x.parquet.gz: row 2"], ["x:1", "x:2"]),
    ],
)
def test_places_and_ids(tmp_path: Path, name: str, places: list[str], ids: list[str]) -> None:
    found = rows_in(write_table(tmp_path / name, ROWS))
    assert ([row.place for row in found], [row.default_id for row in found]) == (places, ids)


def test_a_row_is_placed_where_it_begins(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_bytes(b'\xef\xbb\xbfa,b\r\n\r\n"1\r\n2",3\r\n4,"5\n\n6"\r\n7,8')
    assert [(row.place, dict(row.values)) for row in rows_in(tmp_path / "x.csv")] == [
        ("x.csv:3", {"a": "1\r\n2", "b": "3"}),
        ("x.csv:5", {"a": "4", "b": "5\n\n6"}),
        ("x.csv:8", {"a": "7", "b": "8"}),
    ]


def test_delimiters_and_quotes(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text('text;label\n"a;b";c\n')
    assert rows_in(tmp_path / "x.csv", delimiter=";")[0].values == {"text": "a;b", "label": "c"}
    (tmp_path / "x.tsv").write_text('text\tlabel\n"5 inch\tc\n')
    assert rows_in(tmp_path / "x.tsv", quotes=False)[0].values["text"] == '"5 inch'
    with pytest.raises(ValidationError, match="one character is needed"):
        Texts(delimiter="||")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("a,b\n1,2\n3\n", "x.csv:3: 1 columns where the header has 2"),
        ("a,b\n1,2,3\n", "x.csv:2: 3 columns where the header has 2: is the delimiter part of"),
        ("a,b\n1,2\n\"3\n4,5\n\",6,7\n", "x.csv:3: 3 columns .* the row goes on to line 5: does a q"),
        ("a,b,a\n1,2,3\n", "x.csv:1: the header names a column twice: 'a'"),
        ('a,b\n1,2\n3,"4\n5,6\n7,8\n', "x.csv:3: the quote that opens here never closes"),
        ('a,b\n"1\n""2""",3\n4,"5"" 6\n7,8\n', "x.csv:4: the quote that opens here never closes"),
        ('a,b\n1,"2\n3,4\n5,"6"\n', "x.csv:2: the quote that opens here closes on line 4 before m"),
        ('a,b\n"1" 2,3\n', "x.csv:2: the quote that opens here closes on line 2 before more text"),
        ("a,b\n1\r2,3\n", "x.csv:2: not CSV: new-line character"),
    ],
)  # fmt: skip
def test_faults_of_csv(tmp_path: Path, content: str, said: str) -> None:
    (tmp_path / "x.csv").write_bytes(content.encode())
    with pytest.raises(DataError, match=said):
        rows_in(tmp_path / "x.csv")


@pytest.mark.parametrize(
    ("value", "settings"),
    [
        (ROWS, {}),
        ({"version": 2, "data": ROWS}, {}),
        ({"data": ROWS, "more": []}, {"records_at": "data"}),
    ],
)
def test_a_list_in_json(tmp_path: Path, value: Any, settings: dict[str, Any]) -> None:
    (tmp_path / "x.json").write_text(json.dumps(value, indent=1))
    assert [dict(row.values) for row in rows_in(tmp_path / "x.json", **settings)] == ROWS


def test_json_lines_under_the_name_of_json(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text('{"text": "a"}\n\n{"text": "b"}\n')
    assert [row.values["text"] for row in rows_in(tmp_path / "x.json")] == ["a", "b"]


@pytest.mark.parametrize(
    ("content", "settings", "said"),
    [
        ('[{"a": 1},\n {"a": ]', {}, "x.json:2:8: not JSON"),
        ('{"a": 1}\n{"a": }\n', {}, "x.json:2:7: not JSON"),
        ('{"a": [], "b": []}', {}, "several lists (a, b): name the one of the records"),
        ('{"data": []}', {"records_at": "dta"}, "at key 'dta' (source.reader.records_at): did you"),
        ("[1]", {}, "x.json: row 1: a JSON object is needed, not int"),
        ('"text"', {}, "a list of objects is needed, or an object that holds one"),
        ('[{"a": 1, "b": {"c": 1, "c": 2}}]', {}, "key 'c' stands twice in one object"),
        ("[" * 100_000, {}, "nested too deeply"),
        ('["\\ud800"]', {}, "half of a surrogate pair"),
        ("", {}, "x.json:1:1: not JSON"),
    ],
)
def test_faults_of_json(tmp_path: Path, content: str, settings: dict[str, Any], said: str) -> None:
    (tmp_path / "x.json").write_text(content)
    assert said in fault(tmp_path / "x.json", **settings)


def test_faults_of_json_lines(tmp_path: Path) -> None:
    (tmp_path / "x.jsonl").write_text('{"a": 1}\n{"a": 1, "a": 2}\n')
    assert "x.jsonl:2: key 'a' stands twice in one object" in fault(tmp_path / "x.jsonl")
    (tmp_path / "y.jsonl").write_text(f'{{"a": {"9" * 5000}}}\n')
    assert fault(tmp_path / "y.jsonl").startswith("y.jsonl:1: ")


def test_faults_of_parquet(tmp_path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    whole = write_table(tmp_path / "x.parquet", ROWS * 500).read_bytes()
    (tmp_path / "cut.parquet").write_bytes(whole[:-20])
    assert "cut.parquet: not sound Parquet (" in fault(tmp_path / "cut.parquet")
    (tmp_path / "no.parquet").write_bytes(b"text,label\n")
    assert "not sound Parquet" in fault(tmp_path / "no.parquet")
    middle = len(whole) // 4
    (tmp_path / "bad.parquet").write_bytes(whole[:middle] + bytes(40) + whole[middle + 40 :])
    assert "not sound Parquet" in fault(tmp_path / "bad.parquet")
    (tmp_path / "cut.parquet.gz").write_bytes(gzip.compress(whole)[:-30])
    assert "cut.parquet.gz: cut short" in fault(tmp_path / "cut.parquet.gz")
    twice = pa.table([pa.array(["a"]), pa.array(["b"])], names=["text", "text"])
    pq.write_table(twice, tmp_path / "twice.parquet")
    assert "names a column twice: 'text'" in fault(tmp_path / "twice.parquet")
    not_text = pa.array([b"\xff\xfe"]).cast(pa.binary()).view(pa.string())
    pq.write_table(pa.table({"text": not_text}), tmp_path / "bytes.parquet")
    assert "not sound Parquet" in fault(tmp_path / "bytes.parquet")


def test_parquet_is_read_in_batches_whatever_its_types(tmp_path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    columns = {
        "large": pa.array(["a"] * 2500, pa.large_string()),
        "dictionary": pa.array(["b"] * 2500).dictionary_encode(),
        "decimal": pa.array([Decimal("1.50")] * 2500),
    }
    pq.write_table(pa.table(columns), tmp_path / "x.parquet")
    found = rows_in(tmp_path / "x.parquet")
    assert found[-1].place == "x.parquet: row 2500"
    assert found[-1].values == {"large": "a", "dictionary": "b", "decimal": Decimal("1.50")}


def test_a_file_of_an_unknown_form(tmp_path: Path) -> None:
    (tmp_path / "x.xlsx").touch()
    said = fault(tmp_path / "x.xlsx")
    assert "x.xlsx: no table of a known form (.jsonl, " in said and ".gz" in said


CORPUS = {
    "tokens": {"id": 1, "tokens": ["a", "b"], "ner_tags": ["O", "B-X"]},
    "texts": {"id": "a", "text": 't "q"\nx', "label": "l"},
    "questions": {"context": "a b", "question": "?", "answers": [{"text": "b", "answer_start": 2}]},
    "fields": {"document_id": "d", "field": "f", "value": "v", "box": [1, 2, 3, 4]},
}
INSERTS = [b'"', b"\n", b",", b"[", b"null", b"1e999", b"\xff", b"\0", b"99999999999", b"\\ud800"]


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(sorted(CORPUS)), st.sampled_from(TABLES), st.data())
def test_whatever_happens_to_a_file_it_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, name: str, form: str, data: st.DataObject
) -> None:
    import pyarrow as pa

    file = write_table(tmp_path_factory.mktemp("x") / f"x{form}", [CORPUS[name]] * 2)
    content = file.read_bytes()
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(content)))
        end = at + data.draw(st.integers(0, 6))
        content = content[:at] + data.draw(st.sampled_from(INSERTS)) + content[end:]
    file.write_bytes(content)
    reader: Any = plugins.load("readers", name)()
    try:
        found = [record.row() for record in reader.read([file], file)]
    except DataError as error:
        assert str(error).startswith(str(file)) and len(str(error)) < 800
    else:
        pa.Table.from_pylist(found, arrow_schema(reader.record.kind))
