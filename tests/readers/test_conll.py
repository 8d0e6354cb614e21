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
        ("train:7", "d7", ("#a", "#")),
        ("s3", "d7", ("b",)),
    ]


def test_columns_by_place(tmp_path: Path) -> None:
    text = "1\thvor\tweather/find\tO\n2\tvarmt\tweather/find\tB-attribute\n"
    found = records(tmp_path, text, columns={"token": 1, "tag": 3})
    assert (found[0].tokens, found[0].tags) == (("hvor", "varmt"), ("O", "B-attribute"))


UNIVERSAL = """\
# newdoc id = d1
# newpar
# sent_id = 1
# Free words, which no key begins
1-2\tvámonos\t_
1\tvamos\tO
2\tnos\tI-PER

# sent_id = 2
1\t#
2\tRosa\tI-PER
2.1\t_\t_

# newdoc
# sent_id = 3
1\tRosa\tI-PER
"""


def test_conll_u(tmp_path: Path) -> None:
    """Documents go on until the next, remarks are free, ranges and unwritten words are none."""
    settings = {"columns": {"number": 0, "token": 1, "tag": 2}}
    text = UNIVERSAL.replace("1\t#\n", "1\t#\tO\n")
    assert records(tmp_path, text, "da-ud-train.conllu", **settings) == [
        TaggedTokens("1", "d1", ("vamos", "nos"), ("O", "B-PER")),
        TaggedTokens("2", "d1", ("#", "Rosa"), ("O", "B-PER")),
        TaggedTokens("3", "da-ud-train:2", ("Rosa",), ("B-PER",)),
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1\ta\tO\n2\tb\tO\n1\tc\tO\n", r"conll:3: column 0 says '1' where word 3 of the sentence"),
        ("1\ta\tO\n\n1\tb\tO\n3\tc\tO\n", r"conll:4: column 0 says '3' where word 2 .*a line is miss"),
        ("a\tb\tO\n", r"conll:1: column 0 says 'a' .*source\.reader\.columns\.number"),
    ],
)  # fmt: skip
def test_numbers_that_do_not_count_the_words(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(DataError, match=said):
        records(tmp_path, text, columns={"number": 0, "token": 1})


def test_the_number_of_a_word_has_a_column(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r":1: there is no column 5 for the number, only 2"):
        records(tmp_path, "a O\n", columns={"number": 5})


# One sentence as it stands in each dialect; all say the same of it.
DIALECTS: dict[str, tuple[str, dict[str, Any]]] = {
    "CoNLL-2003, IOB1": ("Ann NNP I-NP I-PER\nBo NNP B-NP B-PER\nfor IN I-PP O\nAC NNP I-NP I-ORG\nIX NNP I-NP I-ORG\n", {}),
    "CoNLL-2003, IOB2": ("Ann NNP I-NP B-PER\nBo NNP B-NP B-PER\nfor IN I-PP O\nAC NNP I-NP B-ORG\nIX NNP I-NP I-ORG\n", {}),
    "BILOU": ("Ann\tU-PER\nBo\tU-PER\nfor\tO\nAC\tB-ORG\nIX\tL-ORG\n", {}),
    "IOBES": ("Ann\tS-PER\nBo\tS-PER\nfor\tO\nAC\tB-ORG\nIX\tE-ORG\n", {}),
    "tag first": ("B-PER Ann\nB-PER Bo\nO for\nB-ORG AC\nI-ORG IX\n", {"columns": {"token": 1, "tag": 0}}),
    "xSID": ("# id = 3\n# text: Ann\n1\tAnn\tx\tB-PER\n2\tBo\tx\tB-PER\n3\tfor\tx\tO\n4\tAC\tx\tB-ORG\n5\tIX\tx\tI-ORG\n",
             {"columns": {"number": 0, "token": 1}}),
    "SEC filings": ("Ann NNP - B-PER\nBo NNP - B-PER\nfor IN - O\nAC NNP - B-ORG\nIX NNP - I-ORG\n", {"separator": "whitespace"}),
}  # fmt: skip


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_dialects_say_the_same(tmp_path: Path, dialect: str, ends: str) -> None:
    text, settings = DIALECTS[dialect]
    (found,) = records(tmp_path, text.replace("\n", ends), **settings)
    assert found.tokens == ("Ann", "Bo", "for", "AC", "IX")
    assert found.tags == ("B-PER", "B-PER", "O", "B-ORG", "I-ORG")


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
