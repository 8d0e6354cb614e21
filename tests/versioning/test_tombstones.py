"""Tombstones keep records away, whatever brings them."""

from pathlib import Path

import pytest

from goldsmith import pipeline
from goldsmith.errors import DataError
from goldsmith.records import LabelledText
from goldsmith.stages import load
from goldsmith.versioning import tombstones
from goldsmith.versioning.tombstones import Tombstone, Tombstones
from tests.versioning.conftest import Project

WHEN = "2026-01-01T00:00:00+00:00"


def stone(name: str | None, text: str | None, *revisions: str) -> Tombstone:
    known = Tombstones("toy")
    return Tombstone(
        name and known.id_hash(name), text and known.text_hash(text), WHEN, "", revisions
    )


def test_id_and_input_are_known_by_hash() -> None:
    found = Tombstones("toy", [stone("s1", "At  2.25 %"), stone(None, "elsewhere")])
    record = LabelledText("s9", "", "at 2.25 %", "x")
    assert found.covers(record)
    assert found.covers(LabelledText("s1", "", "mended", "x"))
    assert found.covers(LabelledText("train:7", "", "Elsewhere", "x"))
    assert not found.covers(LabelledText("s2", "", "", "x"))
    assert [one.id for one in found.sift([record, LabelledText("s2", "", "b", "x")])] == ["s2"]
    assert found.dropped == 1
    assert not Tombstones("other", found.stones).covers(record), "hashes are of one use case"


def test_the_data_that_held_a_record_name_its_tombstone(empty: Project) -> None:
    found = Tombstones("toy", [stone("s1", "a", "abc.dir"), stone("s2", "b")])
    assert [one.revisions for one in found.for_revision("abc.dir")] == [("abc.dir",)]
    assert found.for_revision("") == []
    tombstones.write(found)
    assert tombstones.remark("toy", "abc.dir").startswith(
        "1 record(s) of these data were forgotten (2026-01-01, data/tombstones/toy.jsonl)"
    )
    assert tombstones.remark("toy", "other") == ""


def test_they_come_back_from_their_file(empty: Project) -> None:
    path = tombstones.write(Tombstones("toy", [stone("s1", "a", "m"), stone(None, "b")]))
    assert path == Path("data/tombstones/toy.jsonl")
    assert tombstones.read("toy").stones == (stone("s1", "a", "m"), stone(None, "b"))
    assert "s1" not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "line", ["{", "[]", '{"id": "x"}', '{"id": null, "text": null, "when": "", "why": ""}']
)
def test_a_damaged_file_stops_the_run(empty: Project, line: str) -> None:
    path = tombstones.write(Tombstones("toy", [stone("s1", "a")]))
    path.write_text(path.read_text(encoding="utf-8") + line + "\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"data/tombstones/toy\.jsonl:2: "):
        tombstones.read("toy")


def test_loading_drops_and_counts_and_has_another_key(empty: Project) -> None:
    use_case, one = empty.config(), pipeline.stage("load")
    raw = pipeline.raw(use_case)
    before = pipeline.run_stage("load", use_case, {"raw": raw.folder})
    tombstones.write(Tombstones("toy", [stone("s1", None), stone("s5", None)]))
    notes: list[str] = []
    after = pipeline.run_stage(
        "load", use_case, {"raw": raw.folder}, lambda event: notes.append(event["text"])
    )
    facts = [load.read_facts(made.folder) for made in (before, after)]
    assert [(one["records"], one["forgotten"]) for one in facts] == [(92, 0), (90, 2)]
    assert facts[0]["md5"] == facts[1]["md5"]
    assert "s1" not in [record.id for record in load.read_records(after.folder)]
    assert notes == [f"loaded 90 records, 2 forgotten ones left out, md5 {facts[1]['md5']}"]

    contents = {"raw": raw.content}
    keys = [pipeline.key(one, use_case, contents)]
    mended = [
        Tombstone(one.id, one.text, "later", "why", ("m",)) for one in tombstones.read("toy").stones
    ]
    tombstones.write(Tombstones("toy", mended))
    keys.append(pipeline.key(one, use_case, contents))
    assert keys[0] == keys[1] == after.key, "only what is forgotten counts"
