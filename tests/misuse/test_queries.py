"""Queries that cannot be used as they are: named by the command before any training; or usable."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.here import here
from tests.command import Done, World, ended_well
from tests.toys import write_queries

STAGES = ("load", "validate_raw", "prepare", "validate_prepared")
Rows = list[dict[str, Any]]


@pytest.fixture
def world(tmp_path: Path, tiny_base: Path) -> World:
    """A project with one use case, `seek`, on toy queries."""
    found = World(tmp_path / "project", tmp_path / "home")
    found.use_case().parent.mkdir(parents=True)
    write_queries(raw(found))
    source = {"kind": "files", "path": "data/raw/seek", "reader": {"format": "queries"}}
    value = {
        "title": "Seek",
        "model": {"family": "retrieval", "base": str(tiny_base), "max_length": 32},
        "validation": {"min_rows": 10, "min_train_support": 5, "min_test_support": 5},
        "profiles": {"demo": {"source": source}},
    }
    found.use_case("seek").write_text(json.dumps(value), encoding="utf-8")
    return found


def raw(world: World) -> Path:
    return world.folder / "data" / "raw" / "seek"


def edit(world: World, name: str, change: Callable[[Rows], Any]) -> None:
    path = raw(world) / f"{name}.jsonl"
    rows: Rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    change(rows)
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")


def through_the_data_stages(world: World) -> Done:
    """`goldsmith step`, stage by stage; the first that fails, or the last."""
    said = ""
    for stage in STAGES:
        done = here(world, "step", stage, "seek")
        said += done.text
        if done.status:
            return done
    return Done(0, said, "")


def no_judgements(rows: Rows) -> None:
    del rows[:40]


def grade_of_nothing(rows: Rows) -> None:
    for row in rows[:40]:
        row["score"] = 0


def empty_documents(rows: Rows) -> None:
    for row in rows[:3]:
        row.update(title="", text=" ")


def missing_document(rows: Rows) -> None:
    rows[5]["corpus-id"] = "nowhere-1"


def document_gone(rows: Rows) -> None:
    del rows[0]


def twice(rows: Rows) -> None:
    rows.append(dict(rows[0]))


def empty_queries(rows: Rows) -> None:
    for row in rows[:30]:
        row["text"] = ""


@pytest.mark.parametrize(
    ("table", "change", "parts"),
    [
        (
            "qrels/train",
            no_judgements,
            ["queries with a relevant document", "q0", "judge these queries"],
        ),
        ("qrels/train", grade_of_nothing, ["queries with a relevant document", "q0"]),
        (
            "qrels/train",
            missing_document,
            ["judged documents are in the corpus", "nowhere-1", "q5"],
        ),
        ("corpus", document_gone, ["judged documents are in the corpus", "add the documents"]),
        ("corpus", empty_documents, ["documents with text", "drop them from the corpus"]),
        ("corpus", twice, ["unique document ids"]),
        ("queries", empty_queries, ["text present", "q0"]),
    ],
)
def test_what_cannot_be_used_is_named(
    world: World, table: str, change: Callable[[Rows], None], parts: list[str]
) -> None:
    edit(world, table, change)
    done = through_the_data_stages(world)
    ended_well(done, 2, *parts)
    assert len(done.err) < 3000


@pytest.mark.parametrize("name", ["corpus", "queries"])
def test_without_any_document_or_query_nothing_is_trained(world: World, name: str) -> None:
    edit(world, name, lambda rows: rows.clear())
    said = {"corpus": "judged documents are in the corpus", "queries": "not among the queries"}
    ended_well(through_the_data_stages(world), 2, said[name])


def test_one_query_without_a_relevant_document_stops_nothing_and_is_told(world: World) -> None:
    edit(world, "qrels/train", lambda rows: rows.pop(0))
    done = through_the_data_stages(world)
    assert done.status == 0, done.text
    assert "queries with a relevant document" in done.text and "q0" in done.text
