"""Other goldens than the test records, and the keys by which trained-on records are known."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from goldsmith import config
from goldsmith.contests import goldens
from goldsmith.contests.testset import current_test_set

LINES = [json.dumps({"id": f"g{n}", "tokens": ["at", f"{n}", "%"], "ner_tags": ["O", "B-Rate", "I-Rate"]})
         for n in range(40)]  # fmt: skip


def test_a_record_has_one_key_however_it_is_read(project: Path) -> None:
    loaded = config.load("toy")
    prepared = current_test_set(loaded)
    read, notes = goldens.read(loaded, Path("data/raw/toy/test.jsonl"))
    assert notes == () and len(read.records) >= len(prepared.records)
    by_id = dict(zip((one.id for one in read.records), read.keys.tolist(), strict=True))
    assert [by_id[one.id] for one in prepared.records] == prepared.keys.tolist()
    assert prepared.keys.max() > 2**63 > prepared.keys.min(), "neither a float nor an int64 does"
    assert prepared.keys.dtype == read.keys.dtype == np.uint64


def test_goldens_are_cleaned_and_mapped_and_what_cannot_be_used_is_named(project: Path) -> None:
    path = project / "more.jsonl"
    uneven = json.dumps({"id": "bad", "tokens": ["a", "b"], "ner_tags": ["O"]})
    path.write_text("\n".join([*LINES, uneven]) + "\n", encoding="utf-8")
    rules = ["prepare.map_labels={Rate: Interest}", "prepare.keep_labels=[Interest, Amount]"]
    found, (note,) = goldens.read(config.load("toy", overrides=rules), path)
    assert [one.id for one in found.records] == [f"g{n}" for n in range(40)]
    assert found.records[0].tags == ("O", "B-Interest", "I-Interest")
    assert found.labels == ["O", "B-Interest", "B-Amount"]
    assert (note.kind, note.count, note.named) == (
        "goldens left out: tags_of_another_length", 1, ("bad",)
    )  # fmt: skip


@pytest.mark.parametrize("value", [{"tokens": ["a"]}, {"tokens": "a", "ner_tags": ["O"]}])
def test_goldens_that_break_the_reader_are_named_by_line(project: Path, value: Any) -> None:
    path = project / "broken.jsonl"
    path.write_text(f"{LINES[0]}\n{json.dumps({'id': 'x', **value})}\n", encoding="utf-8")
    with pytest.raises(Exception, match=r"broken\.jsonl:2"):
        goldens.read(config.load("toy"), path)
