"""Tagged sentences as JSON lines."""

import json
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from goldsmith.errors import DataError
from goldsmith.readers.tokens_jsonl import TokensJsonl, packaged_names
from goldsmith.records import TaggedTokens

LINE = {"id": "1", "tokens": ["2.25", "%"], "ner_tags": ["B-Rate", "O"]}


def read(
    folder: Path, line: dict[str, Any], name: str = "train.jsonl", **reader: Any
) -> list[TaggedTokens]:
    (folder / name).write_text(json.dumps(line) + "\n", encoding="utf-8")
    config = TokensJsonl(**reader)
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
        list(TokensJsonl().read([file], file))


def test_unknown_keys_and_packaged_names() -> None:
    with pytest.raises(ValidationError):
        TokensJsonl.model_validate({"format": "tokens_jsonl", "colums": {}})
    with pytest.raises(DataError, match="did you mean finer139"):
        packaged_names("finer-139")


def test_the_names_of_finer_139() -> None:
    names = packaged_names("finer139")
    assert (len(names), len(set(names)), names[0]) == (279, 279, "O")
    begins, inners = ({name[2:] for name in names if name[:2] == kind} for kind in ("B-", "I-"))
    assert begins == inners and len(begins) == 139
