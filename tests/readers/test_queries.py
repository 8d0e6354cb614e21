"""Queries, documents and judgements: BEIR's tables and Cranfield's own form."""

from pathlib import Path
from typing import Any

import pytest

from goldsmith.errors import DataError
from goldsmith.readers.cranfield import Cranfield
from goldsmith.readers.queries import Queries
from goldsmith.records import Judgement, Passage, Query
from tests.readers.files import read, write_table

DOCUMENTS = [{"_id": "d1", "title": "T", "text": "one"}, {"_id": "d2", "title": None, "text": ""}]
ASKED = [{"_id": "q1", "text": "first?"}, {"_id": "q2", "text": "second?"}]
JUDGED = [
    {"query-id": "q1", "corpus-id": "d2", "score": 2},
    {"query-id": "q1", "corpus-id": "d1", "score": 1},
]
FILES = {"corpus.jsonl": DOCUMENTS, "queries.jsonl": ASKED, "qrels/test.tsv": JUDGED}


def lay(folder: Path, files: dict[str, Any]) -> Path:
    for name, rows in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        write_table(folder / name, rows)
    return folder


def test_beir(tmp_path: Path) -> None:
    reader = Queries()
    relevant = (Judgement("d2", 2), Judgement("d1", 1))
    assert read(reader, lay(tmp_path, FILES)) == [
        Query("q1", "first?", relevant, "test"),
        Query("q2", "second?", (), ""),
    ]
    assert list(reader.corpus(reader.files(tmp_path), tmp_path)) == [
        Passage("d1", "T", "one"),
        Passage("d2", "", ""),
    ]
    assert [one.id for one in read(Queries(unjudged="drop"), tmp_path)] == ["q1"]


def test_other_forms_and_names(tmp_path: Path) -> None:
    lay(tmp_path, {
        "corpus.csv.gz": [{"document_id": 1, "text": "one"}],
        "queries.parquet": [{"id": 7, "text": "first?", "split": "dev"}],
        "qrels.json": [{"q": 7, "d": 1.0, "grade": "1"}],
    })  # fmt: skip
    reader = Queries(columns={"query_id": "q", "corpus_id": "d", "score": "grade"})
    assert read(reader, tmp_path) == [Query("7", "first?", (Judgement("1", 1),), "validation")]
    assert [one.document_id for one in reader.corpus(reader.files(tmp_path), tmp_path)] == ["1"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"qrels/test.tsv": None}, "there is no qrels.*; it holds corpus.jsonl, qrels, queries"),
        ({"corpus.jsonl": None, "queries.jsonl": None}, "there is no corpus.* and no queries.*"),
        ({"queries.jsonl": ASKED[1:]}, "1 judged queries are not among the queries: q1"),
        ({"qrels/train.tsv": JUDGED}, "train.tsv:2: query 'q1' is judged for 'train' and for 'tes"),
        ({"qrels/test.tsv": [*JUDGED, JUDGED[0] | {"score": 0}]}, "test.tsv:4: document 'd2' is ju"),
        ({"qrels/test.tsv": [JUDGED[0] | {"score": 0.5}]}, "'score' is not a whole number"),
        ({"qrels/test.tsv": [JUDGED[0] | {"corpus-id": ""}]}, "column 'corpus-id' is empty"),
        ({"queries.jsonl": [{"qid": 1, "text": "?"}]}, "queries.jsonl:1: no column of ids (_id, id"),
    ],
)  # fmt: skip
def test_faults(tmp_path: Path, change: dict[str, Any], said: str) -> None:
    lay(tmp_path, FILES)
    for name, rows in change.items():
        (tmp_path / name).unlink(missing_ok=True)
        lay(tmp_path, {name: rows} if rows else {})
    with pytest.raises(DataError) as caught:
        read(Queries(), tmp_path)
    assert said in str(caught.value)


def test_the_same_judgement_twice_counts_once(tmp_path: Path) -> None:
    lay(tmp_path, FILES | {"qrels/test.tsv": [*JUDGED, JUDGED[0]]})
    assert len(read(Queries(), tmp_path)[0].relevant) == 2


def cranfield(folder: Path, **texts: str) -> Path:
    files = {
        "cran.all.1400": ".I 1\n.T\na wing\nin air .\n.A\nwho\n.B\nwhere\n.W\nbody .\n.I 2\n.W\n",
        "cran.qry": ".I 004\r\n.W\r\nwhat laws\r\nhold .\r\n.I 009\r\n.W\r\nwhy .\r\n",
        "cranqrel": "1 0 2 1\n3 0 1 -1\n\n",
    }
    for name, text in (files | texts).items():
        (folder / name).write_text(text, newline="")
    return folder


def test_cranfield(tmp_path: Path) -> None:
    reader = Cranfield(query_numbers="odd")
    assert read(reader, cranfield(tmp_path)) == [
        Query("1", "what laws\nhold .", (Judgement("2", 1),)),
        Query("3", "why .", (Judgement("1", -1),)),
    ]
    assert list(reader.corpus(reader.files(tmp_path), tmp_path)) == [
        Passage("1", "a wing in air .", "body ."),
        Passage("2", "", ""),
    ]


@pytest.mark.parametrize(
    ("numbers", "ids"), [("as_written", "4 9"), ("in_order", "1 2"), ("even", "2 4")]
)
def test_the_numbers_of_cranfields_queries(tmp_path: Path, numbers: Any, ids: str) -> None:
    folder = cranfield(tmp_path, cranqrel="")
    assert [one.id for one in read(Cranfield(query_numbers=numbers), folder)] == ids.split()
    assert read(Cranfield(query_numbers=numbers, unjudged="drop"), folder) == []


@pytest.mark.parametrize(
    ("files", "said"),
    [
        (
            {"cranqrel": "1 0 2\n"},
            "cranqrel:1: four numbers are needed (query, 0, document, grade)",
        ),
        ({"cranqrel": "5 0 2 1\n"}, "1 judged queries are not among the queries: 5"),
        ({"cran.qry": "what\n"}, "cran.qry:1: a line `.I NUMBER` or one of .T .A .B .W is needed"),
        ({"other.qry": ""}, "2 files are named '*.qry', one is needed; it holds"),
    ],
)
def test_faults_of_cranfield(tmp_path: Path, files: dict[str, str], said: str) -> None:
    with pytest.raises(DataError) as caught:
        read(Cranfield(), cranfield(tmp_path, **files))
    assert said in str(caught.value)


@pytest.mark.parametrize("reader", [Queries(), Cranfield()])
def test_a_folder_is_needed(tmp_path: Path, reader: Any) -> None:
    with pytest.raises(DataError, match="no such folder"):
        reader.files(tmp_path / "none")
