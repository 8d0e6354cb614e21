"""goldsmith goldens: each verb on a use case or on files, in tables and in JSON."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.here import here
from tests.command import World, ended_well


@pytest.fixture
def world(tmp_path: Path, goldens: Path) -> World:
    return World.make(tmp_path, Path("packaged:minilm"), goldens)


def answer(world: World, *arguments: str) -> Any:
    done = here(world, "goldens", *arguments, "--json")
    assert done.status == 0, done.text
    return json.loads(done.out)


def write(path: Path, *rows: dict[str, Any]) -> str:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return str(path)


def tagged(name: str, text: str, tags: str) -> dict[str, Any]:
    return {"id": name, "tokens": text.split(), "ner_tags": tags.split()}


ANNA = [tagged("1", "at 2.25 %", "O B-Rate O"), tagged("2", "$ 5 now", "O B-Amount O")]
BEN = [tagged("1", "at 2.25 %", "O B-Rate I-Rate"), tagged("2", "$ 5 now", "O B-Amount O")]


def test_stats_of_a_use_case_in_figures_and_as_a_page(world: World) -> None:
    found = answer(world, "stats", "toy")
    assert found["splits"] == {"train": 200, "validation": 60, "test": 80}
    assert (
        set(found["labels"]) == {"Rate", "Amount"} and found["page"] == "reports/toy/goldens.html"
    )
    page = (world.folder / found["page"]).read_text(encoding="utf-8")
    assert "<svg" in page and "Amount" in page
    text = here(world, "goldens", "stats", "toy").out
    assert all(word in text for word in ("Amount", "validation", "duplicates", "conflicts"))


def test_stats_of_the_fixed_test_set(world: World) -> None:
    write(world.folder / "apart.jsonl", *ANNA)
    with world.use_case().open("a", encoding="utf-8") as stream:
        stream.write("goldens: apart.jsonl\n")
    found = answer(world, "stats", "toy", "--part", "goldens", "--output", "page.html")
    assert found["records"] == 2 and found["page"] == "page.html"
    assert answer(world, "stats", "toy")["records"] == 340


def test_a_sample_is_read_by_the_reader_of_its_kind(world: World) -> None:
    drawn = answer(world, "sample", "toy", "-n", "7", "--split", "test", "--output", "few.jsonl")
    assert len(drawn["records"]) == 7
    again = answer(world, "stats", "--path", "few.jsonl", "--format", "tokens")
    assert again["splits"] == {"test": 7}
    shown = here(world, "goldens", "sample", "toy", "-n", "2", "--label", "Rate").out
    assert "Rate: " in shown


def test_conflicts_are_decided_by_a_person_and_merged_back(world: World) -> None:
    path = write(world.folder / "all.jsonl", *ANNA, *(row | {"id": f"b{row['id']}"} for row in BEN))
    given = ("--path", path, "--format", "tokens")
    text = here(world, "goldens", "conflicts", *given, "--output", "decide.jsonl").out
    assert "Rate: 2.25 %" in text and "decision" in text
    decide = world.folder / "decide.jsonl"
    (line,) = map(json.loads, decide.read_text(encoding="utf-8").splitlines())
    right = [place for place, one in enumerate(line["options"], 1) if one["ids"] == ["b1"]]
    write(decide, line | {"decision": right[0]})
    merged = answer(world, "merge", *given, "--decisions", "decide.jsonl", "--output", "one.jsonl")
    assert merged["settled"] == {"decision": 1} and merged["open"] == [] and merged["surplus"] == 1
    ids = [json.loads(row)["id"] for row in (world.folder / "one.jsonl").read_text().splitlines()]
    assert ids == ["b1", "2"]


def test_merge_prints_agreement_and_writes_open_conflicts(world: World) -> None:
    anna, ben = "anna.jsonl", "ben.jsonl"
    write(world.folder / anna, *ANNA)
    write(world.folder / ben, *BEN)
    both = ("--path", anna, "--path", ben, "--format", "tokens", "--output", "all.jsonl")
    text = here(world, "goldens", "merge", *both).out
    assert "50.0% labelled alike" in text and "kappa over words" in text
    left = world.folder / "all.jsonl.conflicts.jsonl"
    assert len(left.read_text(encoding="utf-8").splitlines()) == 1
    found = answer(world, "merge", *both, "--prefer", ben)
    assert found["settled"] == {"prefer": 1} and not left.exists()
    ended_well(here(world, "goldens", "merge", *both, "--prefer", "bn.jsonl"), 2, "did you mean")
    ended_well(
        here(world, "goldens", "merge", "--path", anna, "--format", "tokens"), 2, "two or more"
    )


def test_dedupe_never_writes_into_its_input(world: World) -> None:
    source = world.folder / "data" / "raw" / "toy"
    with (source / "train.jsonl").open("a", encoding="utf-8") as stream:
        first = (source / "train.jsonl").read_text(encoding="utf-8").splitlines()[0]
        stream.write(json.dumps(json.loads(first) | {"id": "again"}) + "\n")
    found = answer(world, "dedupe", "toy", "--output", "fewer.jsonl")
    assert {"id": "again", "kept": "s1", "reason": "duplicate"} in found["dropped"]
    assert found["written"] + len(found["dropped"]) == found["records"] == 341
    done = here(world, "goldens", "dedupe", "toy", "--output", str(source / "train.jsonl"))
    ended_well(done, 2, "would change the goldens that are read")
    glob = ("--path", f"{source}/t*.jsonl", "--format", "tokens")
    done = here(world, "goldens", "dedupe", *glob, "--output", str(source / "test2.jsonl"))
    ended_well(done, 2, "would change the goldens that are read")


def test_align_counts_what_has_no_place(world: World) -> None:
    rows = [
        {"id": "1", "text": "Interest of 4.25% on $1,250.00.", "values": {"Rate": "4.25", "Amt": "1250"}},
        {"id": "2", "text": "Either 1% or 1%.", "values": {"Rate": "1"}},
    ]  # fmt: skip
    path = write(world.folder / "values.jsonl", *rows)
    to = ("--output", "tagged.jsonl", "--problems", "left.jsonl")
    found = answer(world, "align", "--path", path, *to)
    assert found["counts"] == {"Amt": {"normalised": 1}, "Rate": {"exact": 1, "ambiguous": 1}}
    stats = answer(world, "stats", "--path", "tagged.jsonl", "--format", "tokens")
    assert stats["records"] == 1 and set(stats["labels"]) == {"Rate", "Amt"}
    left = json.loads((world.folder / "left.jsonl").read_text(encoding="utf-8"))
    assert (left["id"], left["fault"]) == ("2", "ambiguous")
    assert "ambiguous" in here(world, "goldens", "align", "--path", path).out


@pytest.mark.parametrize(
    ("arguments", "parts"),
    [
        (["stats"], ["give a use case, or --path"]),
        (["stats", "tyo"], ["did you mean toy?"]),
        (["stats", "--path", "few.jsonl"], ["--format, one of", "tokens"]),
        (["stats", "--path", "few.jsonl", "--format", "token"], ["did you mean tokens"]),
        (["stats", "--path", "no.jsonl", "--format", "tokens"], ["no such file"]),
        (["stats", "toy", "--part", "goldens"], ["no `goldens:` section"]),
        (["sample", "toy", "--label", "Rat"], ["did you mean Rate?"]),
    ],
)
def test_misuse(world: World, arguments: list[str], parts: list[str]) -> None:
    ended_well(here(world, "goldens", *arguments), 2, *parts)


def test_every_verb_has_help_with_an_example(world: World) -> None:
    text = here(world, "goldens", "--help").out
    for verb in ("stats", "sample", "conflicts", "dedupe", "merge", "align"):
        assert verb in text
        assert f"goldsmith goldens {verb}" in here(world, "goldens", verb, "--help").out
