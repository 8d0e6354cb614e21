"""Files as users have them: each is read for what it is, or refused with file, line and remedy.

Load runs as in the pipeline, on a snapshot of the files.
"""

import csv
import json
import threading
from pathlib import Path
from typing import Any

import pytest

from goldsmith import config, pipeline
from goldsmith.errors import DataError
from goldsmith.stages import load
from tests.command import World, ended_well
from tests.readers.files import write_table

RAW = Path("data/raw/mail")
ROWS = [{"id": f"m{number}", "text": f"Hello {number}", "label": "a"} for number in range(6)]


@pytest.fixture(autouse=True)
def in_project(project: Path) -> None:
    RAW.mkdir(parents=True)


def loaded(path: Path | str = RAW, section: str = "{format: texts}", *more: str) -> list[Any]:
    """The records of a path, as stage load writes them."""
    overrides = ["source.kind=files", f"source.path={path}", f"source.reader={section}", *more]
    found = config.load("toy", overrides=overrides)
    artifact = pipeline.run_stage("load", found, {"raw": pipeline.raw(found).folder})
    return list(load.read_records(artifact.folder))


def refused(path: Path | str = RAW, section: str = "{format: texts}") -> str:
    with pytest.raises(DataError) as caught:
        loaded(path, section)
    said = str(caught.value)
    assert len(said) < 600, said
    return said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('id,text,label\n1,ok,a\n2,"never,a\n3,b,a\n', "mail/x.csv:3: the quote that opens here n"),
        ("id,text\n1,a\n", "mail/x.csv:1: column 'label' is missing: valid: id, text"),
        ("id,text,Label\n1,a,b\n", "x.csv:1: column 'label' is missing: did you mean Label?"),
        ("text,label,text\na,b,c\n", "mail/x.csv:1: the header names a column twice: 'text'"),
        ("text,label\na,b\na,b,c\n", "mail/x.csv:3: 3 columns where the header has 2"),
        ("text;label\na;b\n", "is ';' the delimiter? Then set source.reader.delimiter"),
    ],
)
def test_a_spoilt_csv(text: str, said: str) -> None:
    (RAW / "x.csv").write_text(text)
    assert said in refused()


def test_a_quote_that_never_closes_stops_the_command(fresh: World) -> None:
    (fresh.folder / "data" / "goldens.csv").write_text('tokens,ner_tags\n[],[]\n"[,[]\n')
    done = fresh.run("run", "toy", "--path", "data/goldens.csv")
    ended_well(done, 2, "data/goldens.csv:3: the quote that opens here never closes", "quotes: fal")


@pytest.mark.parametrize("form", [".jsonl", ".csv", ".parquet", ".json.gz"])
def test_texts_of_any_length_and_script(form: str) -> None:
    texts = ["🙂🏽‍🚀 ok", "שלום, עולם", "مرحبا \u202bبك\u202c", "a\u0000b", "x" * 200_000]
    write_table(
        RAW / f"x{form}", [row | {"text": text} for row, text in zip(ROWS, texts, strict=False)]
    )
    assert [one.text for one in loaded()] == texts


@pytest.mark.parametrize(
    ("ids", "wanted"),
    [
        ([1, 2], ["1", "2"]),
        ([1.0, None], ["1", "x:2"]),  # what pandas makes of integers with a gap
        ([1.5, float("nan")], ["1.5", "x:2"]),
        (["", "a"], ["x:1", "a"]),
        ([2**63 - 1, -1], [str(2**63 - 1), "-1"]),
    ],
)
@pytest.mark.parametrize("form", [".jsonl", ".parquet"])
def test_ids_that_are_numbers_or_missing(form: str, ids: list[Any], wanted: list[str]) -> None:
    write_table(
        RAW / f"x{form}", [row | {"id": given} for row, given in zip(ROWS, ids, strict=False)]
    )
    assert [one.id for one in loaded()] == wanted


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"text": 5}, "x.parquet: row 1: column 'text' is not text but int '5'"),
        ({"text": b"abc"}, "column 'text' is not text but bytes"),
        ({"text": ["a", "b"]}, "column 'text' is not text but list"),
        ({"id": {"oid": 1}}, "column 'id' is not text or a number but object"),
        ({"label": ["a"]}, "column 'label' is not text or a number but list"),
    ],
)
def test_a_parquet_with_other_types(row: dict[str, Any], said: str) -> None:
    write_table(RAW / "x.parquet", [ROWS[0] | row])
    assert said in refused()


@pytest.mark.parametrize("name", ["x.csv.gz", "x.jsonl.gz", "x.json.gz", "x.parquet.gz"])
def test_a_gzip_cut_short(name: str) -> None:
    file = write_table(RAW / name, [{**row, "text": row["text"] * 50} for row in ROWS])
    file.write_bytes(file.read_bytes()[:-12])
    assert f"data/raw/mail/{name}: cut short: its gzip data end too early" in refused()


def test_a_file_that_changes_while_a_run_reads_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another process appends to the file, over and over, from before the run reads it."""
    file, stop, begun = RAW / "x.jsonl", threading.Event(), threading.Event()
    file.write_text(json.dumps(ROWS[0]) * 20_000)

    def append() -> None:
        with file.open("a") as stream:
            while not stop.is_set():
                stream.write("\n")
                stream.flush()
                begun.set()

    writer = threading.Thread(target=append)
    writer.start()
    try:
        assert begun.wait(30)
        assert "data/raw/mail/x.jsonl: it changed while it was read" in refused()
    finally:
        stop.set()
        writer.join()


def test_a_glob_that_matches_nothing() -> None:
    write_table(RAW / "x.jsonl", ROWS)
    said = refused(RAW / "*.csv")
    assert "data/raw/mail/*.csv: this glob matches no file; data/raw/mail holds x.jsonl" in said
    assert "there is no folder data/raw/post" in refused("data/raw/post/*.csv")


def test_two_files_with_the_same_records() -> None:
    """Ids of the files stay, for validation to find; ids that the reader makes do not clash."""
    for folder in ("a", "b"):
        (RAW / folder).mkdir()
        write_table(RAW / folder / "train.csv", ROWS)
    assert [one.id for one in loaded(RAW / "*" / "train.csv")] == [row["id"] for row in ROWS] * 2
    for folder in ("a", "b"):
        write_table(RAW / folder / "train.csv", [{**row, "id": ""} for row in ROWS[:2]])
    found = loaded(RAW / "*" / "*.csv")
    made = ["a/train.csv:2", "a/train.csv:3", "b/train.csv:2", "b/train.csv:3"]
    assert [one.id for one in found] == made
    assert {one.split for one in found} == {"train"}


def test_a_fault_below_a_glob_names_the_users_file() -> None:
    for folder in ("a", "b"):
        (RAW / folder).mkdir()
        write_table(RAW / folder / "x.jsonl", ROWS[:1] if folder == "a" else [{"id": 1}])
    assert refused(RAW / "*" / "x.jsonl").startswith("data/raw/mail/b/x.jsonl:1: column 'text'")


def test_a_tag_column_as_string() -> None:
    with (RAW / "train.csv").open("w", newline="") as stream:
        rows = [("tokens", "tags"), ("['a', 'b']", "['O', 'B-X']"), ('["c"]', "['O']")]
        csv.writer(stream).writerows(rows)
    section = "{format: tokens, columns: {tags: tags}}"
    assert [one.tags for one in loaded(RAW, section)] == [("O", "B-X"), ("O",)]
    (RAW / "train.csv").write_text("tokens,tags\n\"['a', 'b']\",['O' 'B-X']\n")
    said = refused(RAW, section)
    assert "train.csv:2: column 'tags' is not a list but text \"['O' 'B-X']\"; write it as" in said


@pytest.mark.parametrize(
    ("codec", "section", "said"),
    [
        ("cp1252", "{format: texts}", "x.jsonl:1: byte 25 of the line is not UTF-8"),
        ("cp1252", "{format: texts, encoding: ascii}", "is not ascii: convert the file to UTF-8, or"),
        ("utf-8-sig", "{format: texts}", ""),
        ("cp1252", "{format: texts, encoding: cp1252}", ""),
        ("cp1252", "{format: texts, encoding: detect}", ""),
        ("utf-16", "{format: texts, encoding: detect}", ""),
    ],
)  # fmt: skip
def test_encodings(codec: str, section: str, said: str) -> None:
    text = "Blåbærgrød på en søndag er godt for børn"
    write_table(RAW / "x.jsonl", [ROWS[0] | {"text": text}], codec)
    if said:
        assert said in refused(RAW, section)
    else:
        assert [one.text for one in loaded(RAW, section)] == [text]


def test_judgements_keep_their_folder() -> None:
    write_table(RAW / "corpus.jsonl", [{"_id": "d", "title": "", "text": "one"}])
    write_table(RAW / "queries.jsonl", [{"_id": "q", "text": "which?"}])
    (RAW / "qrels").mkdir()
    judged = [{"query-id": "q", "corpus-id": "d", "score": 1}]
    write_table(RAW / "qrels" / "test.tsv", judged)
    (found,) = loaded(RAW, "{format: queries}")
    assert (found.relevant, found.split) == ((("d", 1),), "test")


def test_gzip_and_plain_are_one_data_set() -> None:
    write_table(RAW / "train.jsonl.gz", ROWS[:3])
    write_table(RAW / "test.csv", ROWS[3:])
    assert [one.split for one in loaded()] == ["test"] * 3 + ["train"] * 3
