"""Records go out of raw files, and every other byte stays as it was."""

import gzip
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from goldsmith.errors import DataError
from goldsmith.revisions import rewriting, workplace
from goldsmith.revisions.workplace import Workplace
from goldsmith.versioning.tombstones import Tombstone, Tombstones
from tests.versioning.conftest import Project


def forgotten(*ids: str, texts: tuple[str, ...] = ()) -> Tombstones:
    known = Tombstones("toy")
    stones = [Tombstone(known.id_hash(name), None, "now", "") for name in ids]
    stones += [Tombstone(None, known.text_hash(text), "now", "") for text in texts]
    return Tombstones("toy", stones)


def place(form: str, path: Path) -> Workplace:
    return workplace.find(_load(form, path))


def _load(form: str, path: Path) -> object:
    from goldsmith import config

    return config.load("toy", overrides=[f"source.reader={{{form}}}", f"source.path={path}"])


LINES = {
    "jsonl": (
        "format: texts",
        b'\xef\xbb\xbf{"id": "a", "text": "x",  "label": "L"}\r\n\r\n{"id":"b","text":"y","label":"L"}\r\n {"text": "\xc3\xa9", "id": "c", "label": "L"}',
        b'\xef\xbb\xbf{"id": "a", "text": "x",  "label": "L"}\r\n\r\n {"text": "\xc3\xa9", "id": "c", "label": "L"}',
    ),
    "csv": (
        "format: texts, encoding: cp1252",
        b'id,text,label\r\na,"one, ""x""\r\n\r\ntwo",L\r\n\r\nb,"three\r\n\r\nfour \xe9",L\r\nc,five \xe9,L\r\n',
        b'id,text,label\r\na,"one, ""x""\r\n\r\ntwo",L\r\n\r\nc,five \xe9,L\r\n',
    ),
    "tsv": (
        "format: texts, quotes: false",
        b'label\tid\ttext\nL\ta\t"open\nL\tb\tsay "no"\nL\tc\tend',
        b'label\tid\ttext\nL\ta\t"open\nL\tc\tend',
    ),
    "conll": (
        "format: conll",
        b"-DOCSTART- O\n\n# id = a\nOne O\nrate B-Rate\n\n\n# id = b\n2.5 B-Rate\n% I-Rate\n\n-DOCSTART- O\n\n# id = c\nlast B-Rate\n",
        b"-DOCSTART- O\n\n# id = a\nOne O\nrate B-Rate\n\n\n-DOCSTART- O\n\n# id = c\nlast B-Rate\n",
    ),
}


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "gzip"])
@pytest.mark.parametrize("suffix", LINES)
def test_lines_go_and_the_rest_stays(empty: Project, suffix: str, packed: bool) -> None:
    form, before, after = LINES[suffix]
    file = Path(f"all.{suffix}{'.gz' if packed else ''}")
    file.write_bytes(gzip.compress(before) if packed else before)
    assert rewriting.leave_out(place(form, file), file, forgotten("b", "none")) == 1
    found = file.read_bytes()
    assert (gzip.decompress(found) if packed else found) == after
    assert not list(Path().glob(".*.partial"))
    assert rewriting.leave_out(place(form, file), file, forgotten("b")) == 0
    assert file.read_bytes() == found


def test_the_last_sentence_may_go(empty: Project) -> None:
    file = Path("all.conll")
    file.write_bytes(b"# id = a\nOne B-X\n\n# id = b\nTwo B-X")
    assert rewriting.leave_out(place("format: conll", file), file, forgotten("b")) == 1
    assert file.read_bytes() == b"# id = a\nOne B-X\n\n"


def test_parquet_keeps_its_types_and_compression(empty: Project) -> None:
    schema = pa.schema(
        [
            ("id", pa.large_string()),
            ("text", pa.string()),
            ("label", pa.string()),
            ("n", pa.int16()),
        ],
        metadata={"made": "by"},
    )
    rows = [{"id": name, "text": f"t {name}", "label": "L", "n": n} for n, name in enumerate("abc")]
    pq.write_table(pa.Table.from_pylist(rows, schema), "all.parquet", compression="zstd")
    file = Path("all.parquet")
    assert rewriting.leave_out(place("format: texts", file), file, forgotten("b")) == 1
    found = pq.read_table(file)
    assert found.schema.equals(schema, check_metadata=True)
    assert found.to_pylist() == [rows[0], rows[2]]
    assert pq.read_metadata(file).row_group(0).column(0).compression == "ZSTD"


def test_a_file_that_loses_all_goes(empty: Project) -> None:
    folder = Path("many")
    folder.mkdir()
    for name in "ab":
        (folder / f"{name}.csv").write_text(f"text,label\nof {name},L\n", encoding="utf-8")
    done = rewriting.leave_out(place("format: texts", folder), folder, forgotten(texts=("OF  A",)))
    assert done == 1
    assert [path.name for path in folder.iterdir()] == ["b.csv"]


@pytest.mark.parametrize(
    ("name", "form", "content", "why"),
    [
        ("a.json", "format: texts", b'[{"id": "a", "text": "x", "label": "L"}, {"id": "b", "text": "y", "label": "L"}]', "JSON in one piece"),
        ("a.csv", "format: texts, encoding: utf-16", "id,text,label\na,x,L\nb,y,L\n".encode("utf-16"), "lines of utf-16"),
    ],
)  # fmt: skip
def test_what_is_not_safe_is_refused(
    empty: Project, name: str, form: str, content: bytes, why: str
) -> None:
    Path(name).write_bytes(content)
    with pytest.raises(DataError, match=rf"{name} safely \({why}[\s\S]*goldsmith data add toy"):
        rewriting.leave_out(place(form, Path(name)), Path(name), forgotten("b"))
    assert Path(name).read_bytes() == content
