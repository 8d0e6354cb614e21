"""Faults of the raw files themselves: cut, packed badly, in the wrong encoding, columns mixed up."""

import csv
import gzip
import io
import json
from collections.abc import Callable
from pathlib import Path
from random import Random

from tests.faults.clean import messages, names, receipts
from tests.faults.goldens import Goldens
from tests.faults.injectors.base import Fault, Named


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines(keepends=True)


def _cut_line(folder: Path, draw: Random) -> Named:
    path = folder / "train.jsonl"
    lines = _lines(path)
    last = lines[-1]
    path.write_text("".join([*lines[:-1], last[: len(last) // 2]]), encoding="utf-8")
    return [{f"train.jsonl:{len(lines)}:"}]


def _cut_gzip(folder: Path, draw: Random) -> Named:
    path = folder / "train.jsonl.gz"
    raw = path.read_bytes()
    path.write_bytes(raw[: len(raw) * 2 // 3])
    return [{"train.jsonl.gz"}]


def _unclosed_quote(folder: Path, draw: Random) -> Named:
    path = folder / "train.csv"
    lines = _lines(path)
    place = next(
        n for n, line in enumerate(lines) if line.count('"') == 2 and "," in line and n > 20
    )
    lines[place] = lines[place].replace('",', ",", 1)
    path.write_text("".join(lines), encoding="utf-8", newline="")
    return [{f"train.csv:{place + 1}:"}]


def _latin1_bytes(folder: Path, draw: Random) -> Named:
    path = folder / "train.jsonl"
    lines = _lines(path)
    raw = [line.encode("cp1252", "replace") for line in lines]
    path.write_bytes(b"".join(raw))
    first = next(n for n, (line, one) in enumerate(zip(lines, raw, strict=True), 1) if line.encode() != one and not _is_utf8(one))  # fmt: skip
    return [{f"train.jsonl:{first}:"}]


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode()
    except UnicodeDecodeError:
        return False
    return True


def _utf16(folder: Path, draw: Random) -> Named:
    path = folder / "test.csv"
    path.write_bytes(path.read_text(encoding="utf-8").encode("utf-16"))
    return [{"test.csv:1:"}]


def _joined_with_bom(folder: Path, draw: Random) -> Named:
    """Two files put behind each other, the second with its byte order mark."""
    path = folder / "train.jsonl"
    lines = _lines(path)
    path.write_text("".join([*lines[:50], "\ufeff", *lines[50:]]), encoding="utf-8")
    return [{"train.jsonl:51:"}]


def _header_renamed(folder: Path, draw: Random) -> Named:
    path = folder / "train.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("text,label", "body,label", 1), encoding="utf-8", newline="")
    return [{"train.csv:1:"}]


def _column_twice(folder: Path, draw: Random) -> Named:
    path = folder / "train.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("document_id", "text", 1), encoding="utf-8", newline="")
    return [{"train.csv:1:"}]


def _value_more(folder: Path, draw: Random) -> Named:
    path = folder / "train.csv"
    lines = _lines(path)
    place = next(n for n, line in enumerate(lines) if n > 30 and line.count('"') == 2)
    lines[place] = lines[place].replace('"', "")
    path.write_text("".join(lines), encoding="utf-8", newline="")
    return [{f"train.csv:{place + 1}:"}]


def _columns_turned(name: str, header: bool) -> Callable[[Path, Random], Named]:
    """The columns of every row in the opposite order, with the header or without it."""

    def turn(folder: Path, draw: Random) -> Named:
        named: Named = []
        for path in folder.glob(f"*.{name}"):
            rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"))))
            stream = io.StringIO()
            turned = [row[::-1] for row in rows]
            named += [{row[0]} for row in turned[1:] if not header]
            csv.writer(stream).writerows(turned if header else [rows[0], *turned[1:]])
            path.write_text(stream.getvalue(), encoding="utf-8", newline="")
        return named

    return turn


def _conll_turned(folder: Path, draw: Random) -> Named:
    named: Named = []
    for path in folder.glob("*.conll"):
        lines = path.read_text(encoding="utf-8").split("\n")
        turned = ["\t".join(line.split("\t")[::-1]) if "\t" in line else line for line in lines]
        path.write_text("\n".join(turned), encoding="utf-8")
        named += [{line.removeprefix("# id = ")} for line in lines if line.startswith("# id = ")]
    return named


def _conll_gap(folder: Path, draw: Random) -> Named:
    """A tag is missing: a line with one column among lines with two."""
    path = folder / "train.conll"
    lines = path.read_text(encoding="utf-8").split("\n")
    place = next(n for n, line in enumerate(lines) if n > 100 and "\t" in line)
    lines[place] = lines[place].split("\t")[0]
    path.write_text("\n".join(lines), encoding="utf-8")
    return [{f"train.conll:{place + 1}:"}]


def _file_twice(folder: Path, draw: Random) -> Named:
    text = (folder / "validation.jsonl").read_text(encoding="utf-8")
    (folder / "validation_copy.jsonl").write_text(text, encoding="utf-8")
    return [{json.loads(line)["id"]} for line in text.splitlines()]


def _packed_in_name_only(folder: Path, draw: Random) -> Named:
    path = folder / "test.jsonl.gz"
    path.write_bytes(gzip.decompress(path.read_bytes()))
    return [{"test.jsonl.gz"}]


def _tags_as_text(goldens: Goldens, draw: Random) -> Named:
    for row in goldens.rows:
        row["tokens"], row["ner_tags"] = str(row["tokens"]), str(row["ner_tags"])
    return []


def _numbered(goldens: Goldens, draw: Random) -> Named:
    for number, row in enumerate(goldens.rows):
        row["id"] = number if row["split"] == "train" else float(number)
    return []


FAULTS = (
    Fault("truncated file", messages, "JSON lines that end in the middle of a line", "load", "error",
          files=_cut_line, names="places"),
    Fault("truncated gzip", messages, "a gzip without its last third", "load", "error",
          files=_cut_gzip, form="texts.jsonl.gz", names="places"),
    Fault("gzip in name only", messages, "plain text called .gz", "load", "error",
          files=_packed_in_name_only, form="texts.jsonl.gz", names="places"),
    Fault("quote never closed", messages, "a CSV value without its closing quote", "load", "error",
          files=_unclosed_quote, form="texts.csv", names="places"),
    Fault("Latin-1 as UTF-8", messages, "a file in Windows-1252, read as UTF-8", "load", "error",
          files=_latin1_bytes, names="places"),
    Fault("UTF-16 as UTF-8", messages, "a spreadsheet's Unicode text, read as UTF-8", "load", "error",
          files=_utf16, form="texts.csv", names="places"),
    Fault("BOM between files", messages, "two files joined, a byte order mark between", "load",
          "error", files=_joined_with_bom, names="places"),
    Fault("column renamed", messages, "the header says body where it said text", "load", "error",
          files=_header_renamed, form="texts.csv", names="places"),
    Fault("column twice", messages, "the header names a column twice", "load", "error",
          files=_column_twice, form="texts.csv", names="places"),
    Fault("unquoted delimiter", messages, "a comma in a value without quotes", "load", "error",
          files=_value_more, form="texts.csv", names="places"),
    Fault("columns turned, with header", messages, "CSV columns in another order, named by the header",
          "", "harmless", files=_columns_turned("csv", True), form="texts.csv"),
    Fault("columns turned, header left", messages, "CSV columns in another order under the old header",
          "unique_ids", "error",
          files=_columns_turned("csv", False), form="texts.csv"),
    Fault("fields turned, header left", receipts, "CSV columns in another order under the old header",
          "unique_ids", "error",
          files=_columns_turned("csv", False), form="fields.csv"),
    Fault("CoNLL columns turned", names, "the tag before the word", "legal_tags", "error",
          files=_conll_turned, form="conll"),
    Fault("CoNLL tag missing", names, "a line with a word and no tag", "load", "error",
          files=_conll_gap, form="conll", names="places"),
    Fault("file twice", messages, "the records of one file again in another", "unique_ids", "error",
          files=_file_twice),
    Fault("tags as text", names, "lists written as \"['O', 'B-X']\"", "", "harmless", rows=_tags_as_text),
    Fault("ids as numbers", messages, "ids that are integers and floats", "", "harmless", rows=_numbered),
)  # fmt: skip
