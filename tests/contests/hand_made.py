"""A set of records and files of answers to it, made by hand."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from goldsmith import columns
from goldsmith.families.token_classification import TokenClassification
from goldsmith.records import TaggedTokens, arrow_schema
from goldsmith.stages.contest import TestSet

FAMILY = TokenClassification(family="token_classification", base="packaged:minilm")
LABELS = ["O", "B-Amount", "B-Rate", "I-Rate"]
RECORDS = [
    TaggedTokens("a", "d1", ("at", "4.25", "%", "per", "annum"), ("O", "B-Rate", "I-Rate", "O", "O")),
    TaggedTokens("b", "d2", ("paid", "$", "500"), ("O", "O", "B-Amount")),
    TaggedTokens("c", "d3", ("naïve", "😀", "7", "%"), ("O", "O", "B-Rate", "I-Rate")),
    TaggedTokens("d", "d4", ("nothing", "here"), ("O", "O")),
]  # fmt: skip
RIGHT: dict[str, list[dict[str, Any]]] = {
    "a": [{"start": 3, "end": 9, "label": "Rate"}],
    "b": [{"start": 7, "end": 10, "label": "Amount"}],
    "c": [{"start": 8, "end": 11, "label": "Rate"}],
    "d": [],
}


def test_records(records: Sequence[TaggedTokens] = RECORDS) -> TestSet:
    batch = pa.RecordBatch.from_pylist(
        [one.row() for one in records], arrow_schema("tagged_tokens")
    )
    keys = columns.text_keys("tagged_tokens", batch) if records else np.zeros(0, np.uint64)
    return TestSet(FAMILY, list(records), LABELS, keys)


test_records.__test__ = False


def write(path: Path, answers: dict[str, Any]) -> Path:
    """Prediction lines by id."""
    lines = [json.dumps({"id": name, "prediction": found}) for name, found in answers.items()]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path
