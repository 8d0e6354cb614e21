"""CoNLL in its dialects."""

from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from goldsmith.errors import DataError
from goldsmith.readers.conll import Conll
from goldsmith.records import TaggedTokens
from tests.readers.files import read


def records(folder: Path, text: str, name: str = "train.conll", **settings: Any) -> list[Any]:
    (folder / name).write_text(text, encoding="utf-8", newline="")
    return read(Conll(**settings), folder, Path("data"))


def test_conll_2003(tmp_path: Path) -> None:
    text = (
        "-DOCSTART- -X- O O\n\nU.N. NNP I-NP I-ORG\nof IN I-PP O\n\n\n-DOCSTART- -X- O O\nA B C O"
    )
    assert records(tmp_path, text) == [
        TaggedTokens("train:3", "train:1", ("U.N.", "of"), ("B-ORG", "O"), "train"),
        TaggedTokens("train:8", "train:2", ("A",), ("O",), "train"),
    ]


def test_documents_may_be_marked_at_their_end(tmp_path: Path) -> None:
    text = "a O\n\nb O\n-DOCSTART- O\nc O\n-DOCSTART- O\n"
    found = [(one.id, one.document_id) for one in records(tmp_path, text)]
    assert found == [("train:1", "train:0"), ("train:3", "train:0"), ("train:5", "train:1")]


def test_without_a_mark_no_document_is_known(tmp_path: Path) -> None:
    """One document for the whole file would let none of it be held back."""
    assert {one.document_id for one in records(tmp_path, "a O\n\nb O\n")} == {""}


def test_tabs_keep_words_with_spaces(tmp_path: Path) -> None:
    found = records(tmp_path, "New York\tB-L\r\n\u00a0\tO\r\n\tO\r\n \r\n# \tO\r\n")
    assert [one.tokens for one in found] == [("New York", "\u00a0", ""), ("# ",)]
    assert records(tmp_path, "a\u00a0b  O \nc\td\n", separator="whitespace")[0].tokens == (
        "a\u00a0b",
        "c",
    )


def test_comments_before_the_words(tmp_path: Path) -> None:
    text = (
        "# newdoc id = d7\n# id: 12\n# text = #a = b\n#\tO\n# x = y\tO\n\n"
        "#a O\n# O\n\n# sent_id = s3\n# slots: 1:2:x\nb O\n"
    )
    found = records(tmp_path, text)
    assert [(one.id, one.document_id, one.tokens) for one in found] == [
        ("12", "d7", ("#", "# x = y")),
        ("train:7", "", ("#a", "#")),
        ("s3", "", ("b",)),
    ]


def test_columns_by_place(tmp_path: Path) -> None:
    text = "1\thvor\tweather/find\tO\n2\tvarmt\tweather/find\tB-attribute\n"
    found = records(tmp_path, text, columns={"token": 1, "tag": 3})
    assert (found[0].tokens, found[0].tags) == (("hvor", "varmt"), ("O", "B-attribute"))


@pytest.mark.parametrize(
    ("text", "settings", "said"),
    [
        ("a O\n\nb X O\n", {}, r"data/train\.conll:3: 3 columns where the file's first word has 2"),
        ("a O\nNew York O\n", {}, r"train\.conll:2: 3 columns .* 'New York O' \(source\.reader"),
        ("a\nb\n", {"columns": {"tag": 1}}, r":1: there is no column 1 for the tag, only 1"),
        ("a O\n", {"columns": {"token": -3}}, r":1: there is no column -3 for the token, only 2"),
        ("a O\nb\n", {}, r"train\.conll:2: 1 columns where"),
    ],
)
def test_faults_name_the_line(
    tmp_path: Path, text: str, settings: dict[str, Any], said: str
) -> None:
    with pytest.raises(DataError, match=said):
        records(tmp_path, text, **settings)


def test_a_word_alone_has_no_tag(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="the token and the tag are both column 0"):
        records(tmp_path, "a\nb\n")


def test_files_by_their_suffix(tmp_path: Path) -> None:
    for name in ("b.txt", "a.conll.gz", "c.csv"):
        (tmp_path / name).touch()
    assert [file.name for file in Conll().files(tmp_path)] == ["a.conll.gz", "b.txt"]
    with pytest.raises(ValidationError):
        Conll.model_validate({"scheme": "bioes"})
