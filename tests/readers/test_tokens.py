"""Tagged sentences from any table."""

import json
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from goldsmith.errors import DataError
from goldsmith.readers.tables import TABLES
from goldsmith.readers.tokens import Tokens, packaged_names
from goldsmith.records import TaggedTokens
from tests.readers.files import read as read_all
from tests.readers.files import write_table

LINE = {"id": "1", "tokens": ["2.25", "%"], "ner_tags": ["B-Rate", "O"]}


def read(
    folder: Path, line: dict[str, Any], name: str = "train.jsonl", **reader: Any
) -> list[TaggedTokens]:
    (folder / name).write_text(json.dumps(line) + "\n", encoding="utf-8")
    config = Tokens(**reader)
    return list(config.read(config.files(folder), Path("data")))


def test_a_line_becomes_a_record(tmp_path: Path) -> None:
    wanted = TaggedTokens("1", "", ("2.25", "%"), ("B-Rate", "O"), "train")
    assert read(tmp_path, LINE) == [wanted]


@pytest.mark.parametrize(
    ("name", "own", "split"),
    [
        ("train.jsonl", None, "train"),
        ("valid.jsonl", None, "validation"),
        ("dev.jsonl", None, "validation"),
        ("test.jsonl", None, "test"),
        ("goldens.jsonl", None, ""),
        ("goldens.jsonl", "dev", "validation"),
        ("train.jsonl", "test", "test"),
    ],
)
def test_the_split_of_a_record(tmp_path: Path, name: str, own: str | None, split: str) -> None:
    assert read(tmp_path, LINE | {"split": own}, name)[0].split == split


def test_other_columns_and_ids(tmp_path: Path) -> None:
    line = {"words": ["a"], "tags": ["O"], "doc": 7}
    columns = {"tokens": "words", "tags": "tags", "document_id": "doc"}
    record = read(tmp_path, line, columns=columns)[0]
    assert (record.id, record.document_id) == ("train:1", "7")
    assert read(tmp_path, LINE | {"id": 0})[0].id == "0"


def test_a_null_is_an_absent_value(tmp_path: Path) -> None:
    record = read(tmp_path, LINE | {"id": None, "document_id": None})[0]
    assert record.document_id == ""  # not "None": all such records would be one document
    assert record.id == "train:1"


def test_integer_tags_need_names(tmp_path: Path) -> None:
    line = LINE | {"ner_tags": [1, 0]}
    assert read(tmp_path, line, tag_names=["O", "B-Rate"])[0].tags == ("B-Rate", "O")
    assert read(tmp_path, line | {"ner_tags": [34, 0]}, tag_names="finer139")[0].tags == (
        "B-DebtInstrumentBasisSpreadOnVariableRate1",
        "O",
    )


@pytest.mark.parametrize(
    ("change", "reader", "said"),
    [
        ({"tokens": None}, {}, "column 'tokens' is not a list"),
        ({"tokens": "2.25 %"}, {}, "column 'tokens' is not a list"),
        ({"tokens": ["a", 3]}, {}, "column 'tokens' holds something that is not text"),
        ({"ner_tags": [1.0, 0]}, {}, "tag 1.0 is neither a name nor an integer"),
        ({"ner_tags": [True, 0]}, {}, "tag True is neither"),
        ({"ner_tags": [None]}, {}, "tag None is neither"),
        ({"ner_tags": [1, 0]}, {}, "name the tags with source.reader.tag_names"),
        ({"ner_tags": [2, 0]}, {"tag_names": ["O", "B-A"]}, "tag 2 is not in 0..1 of tag_names"),
        ({"ner_tags": [-1, 0]}, {"tag_names": ["O", "B-A"]}, "tag -1 is not in 0..1"),
        ({"split": "tets"}, {}, "unknown split 'tets': did you mean test"),
    ],
)
def test_faults_name_file_line_and_remedy(
    tmp_path: Path, change: dict[str, Any], reader: dict[str, Any], said: str
) -> None:
    with pytest.raises(DataError) as caught:
        read(tmp_path, LINE | change, **reader)
    assert str(caught.value).startswith("data/train.jsonl:1: ")
    assert said in str(caught.value)


def test_a_missing_column_says_the_near_names(tmp_path: Path) -> None:
    line = {"id": "1", "token": ["a"], "ner_tags": ["O"]}
    with pytest.raises(
        DataError, match=r"column 'tokens' is missing: did you mean token\?.*columns"
    ):
        read(tmp_path, line)


def test_the_file_itself_is_named_where_the_path_is_a_file(tmp_path: Path) -> None:
    file = tmp_path / "x.jsonl"
    file.write_text("{}\n", encoding="utf-8")
    with pytest.raises(DataError, match=rf"^{file}:1: "):
        list(Tokens().read([file], file))


def test_unknown_keys_and_packaged_names() -> None:
    with pytest.raises(ValidationError):
        Tokens.model_validate({"format": "tokens", "colums": {}})
    with pytest.raises(DataError, match="did you mean finer139"):
        packaged_names("finer-139")


def test_the_names_of_finer_139() -> None:
    names = packaged_names("finer139")
    assert (len(names), len(set(names)), names[0]) == (279, 279, "O")
    begins, inners = ({name[2:] for name in names if name[:2] == kind} for kind in ("B-", "I-"))
    assert begins == inners and len(begins) == 139


@pytest.mark.parametrize("form", TABLES)
@pytest.mark.parametrize("write", [list, str, json.dumps], ids=["list", "python", "json"])
def test_lists_from_every_form(tmp_path: Path, form: str, write: Any) -> None:
    if form in (".csv", ".tsv") and write is list:
        pytest.skip("CSV has no lists")
    tokens, tags = ["it's", '"x",', "é\n"], ["O", "B-X", "I-X"]
    row = {"id": "1", "tokens": write(tokens), "ner_tags": write(tags)}
    write_table(tmp_path / f"train{form}", [row])
    assert read_all(Tokens(), tmp_path) == [
        TaggedTokens("1", "", tuple(tokens), tuple(tags), "train")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "['O' 'B-X']",  # as numpy prints; Python would join them to one tag
        "['O', __import__('os')]",
        "[f'{1}']",
        "['O', 'B-X'",
        "O B-X",
        "'O'",
        "[" * 10_000,
        "{'O'}",
        r"['\ud800']",
        r'["\ud800"]',
    ],
    ids=range(10),
)
def test_text_that_is_no_list(tmp_path: Path, text: str) -> None:
    with pytest.raises(DataError, match=r"column 'ner_tags' is not a list but text ['\"]"):
        read(tmp_path, LINE | {"ner_tags": text})


def test_integer_tags_as_text(tmp_path: Path) -> None:
    line = LINE | {"ner_tags": "[1, 0]"}
    assert read(tmp_path, line, tag_names=["O", "B-Rate"])[0].tags == ("B-Rate", "O")


def test_the_scheme_is_that_of_all_files(tmp_path: Path) -> None:
    """One file alone would be taken for BIO with a stray I-."""
    lines = [["B-A", "I-A"]] + [["O", "I-A"]] * 2
    for number, tags in enumerate(lines):
        row = {"id": str(number), "tokens": ["a", "b"], "ner_tags": tags}
        write_table(tmp_path / f"{number}.jsonl", [row])
    assert [one.tags for one in read_all(Tokens(), tmp_path)] == [
        ("B-A", "I-A"),
        ("O", "B-A"),
        ("O", "B-A"),
    ]
    kept = read_all(Tokens(scheme="bio"), tmp_path)
    assert [one.tags[1] for one in kept] == ["I-A"] * 3


def test_names_in_parquet_are_used_unless_the_use_case_has_its_own(tmp_path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    feature = {"feature": {"_type": "ClassLabel", "names": ["O", "B-Rate"]}, "_type": "List"}
    metadata = {"huggingface": json.dumps({"info": {"features": {"ner_tags": feature}}})}
    table = pa.Table.from_pylist([{"tokens": ["2.25", "%"], "ner_tags": [1, 0]}])
    pq.write_table(table.replace_schema_metadata(metadata), tmp_path / "train.parquet")
    assert read_all(Tokens(), tmp_path)[0].tags == ("B-Rate", "O")
    assert read_all(Tokens(tag_names=("O", "B-X")), tmp_path)[0].tags == ("B-X", "O")
