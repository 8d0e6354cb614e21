"""Goldens that cannot be used: named by file, line and record id, before any training; exit 2."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.command import World, ended_well

Rows = list[dict[str, object]]


def edit(path: Path, change: Callable[[Rows], None]) -> None:
    rows: Rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    change(rows)
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def not_json(folder: Path) -> None:
    path = folder / "train.jsonl"
    lines = path.read_text("utf-8").splitlines()
    lines[6] = lines[6][:-1]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def not_utf8(folder: Path) -> None:
    path = folder / "train.jsonl"
    lines = path.read_bytes().splitlines()
    lines[2] = lines[2].replace(b"tokens", b"tok\xe9ns")
    path.write_bytes(b"\n".join(lines) + b"\n")


def lengths(folder: Path) -> None:
    def change(rows: Rows) -> None:
        rows[4]["ner_tags"] = ["O"]

    edit(folder / "train.jsonl", change)


def unknown_tag(folder: Path) -> None:
    def change(rows: Rows) -> None:
        rows[9]["ner_tags"] = ["X-Rate"] * len(rows[9]["tokens"])

    edit(folder / "test.jsonl", change)


def only_o(folder: Path) -> None:
    def change(rows: Rows) -> None:
        for row in rows:
            row["ner_tags"] = ["O"] * len(row["tokens"])

    for path in folder.glob("*.jsonl"):
        edit(path, change)


def empty(folder: Path) -> None:
    for path in folder.glob("*.jsonl"):
        path.write_text("", encoding="utf-8")


def same_ids(folder: Path) -> None:
    def change(rows: Rows) -> None:
        rows[1]["id"] = rows[0]["id"]

    edit(folder / "train.jsonl", change)


def no_column(folder: Path) -> None:
    def change(rows: Rows) -> None:
        rows[3]["tags"] = rows[3].pop("ner_tags")

    edit(folder / "train.jsonl", change)


def gone(folder: Path) -> None:
    folder.rename(folder.with_name("moved"))


def wrong_folder(folder: Path) -> None:
    for path in folder.glob("*.jsonl"):
        path.rename(path.with_suffix(".xlsx"))


def a_line_that_is_a_list(folder: Path) -> None:
    (folder / "train.jsonl").write_text('["a"]\n', encoding="utf-8")


@pytest.mark.parametrize(
    ("spoil", "parts"),
    [
        (not_json, ["train.jsonl:7:", "not JSON"]),
        (not_utf8, ["train.jsonl:3", "not UTF-8"]),
        (a_line_that_is_a_list, ["train.jsonl:1", "a JSON object is needed"]),
        (no_column, ["train.jsonl:4", "'ner_tags' is missing"]),
        (lengths, ["tokens and tags of equal length", "s5"]),
        (unknown_tag, ["legal tags", "s270", "X-Rate"]),
        (same_ids, ["unique ids", "s1"]),
        (only_o, ["every tag is O"]),
        (empty, ["the data set is empty"]),
        (gone, ["data/raw/toy: no such file or folder"]),
        (wrong_folder, ["data/raw/toy: a folder without a *.jsonl or", "test.xlsx"]),
    ],
)  # fmt: skip
def test_unusable_goldens(fresh: World, spoil: Callable[[Path], None], parts: list[str]) -> None:
    spoil(fresh.folder / "data" / "raw" / "toy")
    ended_well(fresh.run("run", "toy"), 2, *parts)
    assert fresh.made("train") == [] and fresh.versions() == []


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads every file")
def test_unreadable_goldens(fresh: World) -> None:
    (fresh.folder / "data" / "raw" / "toy" / "train.jsonl").chmod(0)
    ended_well(fresh.run("run", "toy"), 2, "train.jsonl", "not readable")


def test_path_to_a_folder_of_the_wrong_thing(champion: World) -> None:
    ended_well(
        champion.run("run", "toy", "--path", "use_cases"), 2, "without a *.jsonl or", "toy.yaml"
    )
    assert champion.aliases() == {"champion": 1}


@pytest.mark.slow
def test_after_bad_goldens_the_next_run_works(champion: World) -> None:
    folder = champion.folder / "data" / "raw" / "toy"
    whole = (folder / "train.jsonl").read_bytes()
    lengths(folder)
    ended_well(champion.run("run", "toy"), 2, "equal length")
    assert champion.aliases() == {"champion": 1}
    (folder / "train.jsonl").write_bytes(whole)
    answer = champion.train()
    assert (answer["version"], answer["new"]) == (1, False)
