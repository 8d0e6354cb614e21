"""The raw files of a data set, in the forms that people have them in, and the reader of each."""

import csv
import gzip
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from tests.faults.goldens import Goldens, Row

SPLITS = ("train", "validation", "test")
Files = dict[str, str]


class Form(NamedTuple):
    """How goldens are written: file names and texts; and the reader's settings."""

    write: Callable[[Goldens], Files]
    reader: dict[str, Any]


def write(goldens: Goldens, form: str, folder: Path) -> None:
    """Write the raw files of a data set into a folder; names ending in .gz are packed."""
    for name, text in FORMS[form].write(goldens).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        # Characters that no encoding has (half of a surrogate pair) are written as they came.
        raw = text.encode("utf-8", "surrogatepass")
        path.write_bytes(gzip.compress(raw, mtime=0) if name.endswith(".gz") else raw)


def _by_split(goldens: Goldens, name: str, text: Callable[[list[Row]], str]) -> Files:
    return {name.format(split): text(goldens.part(split)) for split in SPLITS}


def _json_lines(rows: list[Row]) -> str:
    return "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows)


def _split_lines(rows: list[Row]) -> str:
    """JSON lines of one split: the file's name says which."""
    return _json_lines([{key: row[key] for key in row if key != "split"} for row in rows])


def csv_text(rows: list[Row], columns: list[str] | None = None, header: bool = True) -> str:
    """CSV with CRLF, as spreadsheets write it; quoted where needed."""
    names = columns or [key for key in rows[0] if key != "split"]
    stream = io.StringIO()
    writer = csv.DictWriter(stream, names, extrasaction="ignore")
    if header:
        writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue()


def _conll(rows: list[Row]) -> str:
    """Word and tag with a tab between; ids and documents in comments."""
    parts = []
    for row in rows:
        pairs = zip(row["tokens"], row["ner_tags"], strict=True)
        lines = [f"# id = {row['id']}", f"# document_id = {row['document_id']}"]
        parts.append("\n".join([*lines, *(f"{token}\t{tag}" for token, tag in pairs)]))
    return "\n\n".join(parts) + "\n"


def _squad(rows: list[Row]) -> str:
    """SQuAD 2.0: articles by title, paragraphs by context."""
    articles: dict[str, dict[str, list[Row]]] = {}
    for row in rows:
        articles.setdefault(row["title"], {}).setdefault(row["context"], []).append(row)
    kept = ("id", "question", "answers", "is_impossible")
    data = [
        {
            "title": title,
            "paragraphs": [
                {"context": context, "qas": [{key: row[key] for key in kept} for row in asked]}
                for context, asked in paragraphs.items()
            ],
        }
        for title, paragraphs in articles.items()
    ]
    return json.dumps({"version": "v2.0", "data": data}, ensure_ascii=False, indent=1) + "\n"


def _beir(goldens: Goldens) -> Files:
    corpus = [
        {"_id": one["document_id"], "title": one["title"], "text": one["text"]}
        for one in goldens.corpus
    ]
    queries = [
        {"_id": row["id"], "text": row["text"], "split": row["split"]} for row in goldens.rows
    ]
    lines = [
        f"{row['id']}\t{one['document_id']}\t{one['grade']}\n"
        for row in goldens.rows
        for one in row["relevant"]
    ]
    return {
        "corpus.jsonl": _json_lines(corpus),
        "queries.jsonl": _json_lines(queries),
        "qrels.tsv": "".join(["query-id\tcorpus-id\tscore\n", *lines]),
    }


FORMS: dict[str, Form] = {
    "tokens.jsonl": Form(
        lambda goldens: _by_split(goldens, "{}.jsonl", _split_lines), {"format": "tokens"}
    ),
    "conll": Form(lambda goldens: _by_split(goldens, "{}.conll", _conll), {"format": "conll"}),
    "texts.jsonl": Form(
        lambda goldens: _by_split(goldens, "{}.jsonl", _split_lines), {"format": "texts"}
    ),
    "texts.jsonl.gz": Form(
        lambda goldens: _by_split(goldens, "{}.jsonl.gz", _split_lines), {"format": "texts"}
    ),
    "texts.csv": Form(lambda goldens: _by_split(goldens, "{}.csv", csv_text), {"format": "texts"}),
    "squad.json": Form(
        lambda goldens: _by_split(goldens, "{}.json", _squad), {"format": "questions"}
    ),
    "questions.jsonl": Form(
        lambda goldens: _by_split(goldens, "{}.jsonl", _split_lines), {"format": "questions"}
    ),
    "beir": Form(_beir, {"format": "queries"}),
    "fields.csv": Form(
        lambda goldens: _by_split(goldens, "{}.csv", csv_text), {"format": "fields"}
    ),
}
USUAL = {
    "tagged_tokens": "tokens.jsonl",
    "labelled_text": "texts.jsonl",
    "question": "questions.jsonl",
    "query": "beir",
    "field": "fields.csv",
}
"""The form of each record type that faults of rows are written in."""
