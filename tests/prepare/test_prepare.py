"""Prepare: mapping, splits, sampling, leakage, and the views of what was prepared."""

import json
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from goldsmith.config.sections import Prepare, Splits
from goldsmith.errors import DataError
from goldsmith.prepare import as_prepared, prepare
from goldsmith.prepared import COUNTS_FILE, RECORDS_FILE, WATCHED, Prepared
from goldsmith.records import Record, TaggedTokens, arrow_schema
from goldsmith.text import normalise


def rules(
    prepare: dict[str, Any] | None = None, splits: dict[str, Any] | None = None
) -> tuple[Prepare, Splits]:
    return Prepare(**prepare or {}), Splits(**splits or {})


def parquet(path: Path, records: Sequence[Record]) -> Path:
    """Records as load writes them."""
    schema = arrow_schema(records[0].kind)
    pq.write_table(pa.Table.from_pylist([one.row() for one in records], schema), path)
    return path


def record(number: int, split: str = "", tag: str = "B-Rate", **change: Any) -> TaggedTokens:
    fields = {"document_id": f"d{number // 3}", "tokens": ("at", f"{number}"), **change}
    return TaggedTokens(id=f"r{number}", tags=("O", tag), split=split, **fields)


def prepared(folder: Path, records: Sequence[Record], **sections: Any) -> Prepared:
    folder.mkdir(exist_ok=True)
    raw = parquet(folder / "raw.parquet", records)
    counts = prepare(records[0].kind, raw, *rules(**sections), folder)
    (folder / COUNTS_FILE).write_text(json.dumps(counts), encoding="utf-8")
    return Prepared(folder)


def views(data: Prepared, part: str = "final") -> dict[str, list[str]]:
    found = (data.training(part), data.validation(part), data.heldout(part))
    names = ("train", "validation", "test")
    return {name: [one.id for one in view] for name, view in zip(names, found, strict=True)}


def test_without_validation_records_from_all_over_are_watched(tmp_path: Path) -> None:
    # Sorted by label, as one file a label gives them: the first alone would look like a collapse.
    tags = ["B-Rate"] * 700 + ["B-Name"] * 300
    raw = [record(number, tag=tag) for number, tag in enumerate(tags)]
    data = prepared(tmp_path / "p", raw, splits={"by": "hash", "validation": 0.0, "test": 0.0})
    watched, validates = data.watched("final")
    assert not validates
    assert 128 <= len(watched) <= WATCHED
    share = sum(one.tags[1] == "B-Name" for one in watched) / len(watched)
    assert share == pytest.approx(0.3, abs=0.02)


def test_labels_that_are_not_kept_become_outside() -> None:
    tags = ("B-A", "I-A", "I-B", "B-C")
    raw = TaggedTokens("1", "", ("a", "b", "c", "d"), tags)
    (found,) = as_prepared([raw], Prepare(keep_labels=("B", "C")))
    assert found.tags == ("O", "O", "B-B", "B-C")
    assert as_prepared([found], Prepare()) == [found]


def test_the_sources_split_is_used_and_its_validation(tmp_path: Path) -> None:
    records = [record(1, "train"), record(2, "validation"), record(3, "test")]
    found = prepared(tmp_path, records)
    assert views(found) == {"train": ["r1"], "validation": ["r2"], "test": ["r3"]}
    assert found.labels == ["O", "B-Rate"]
    assert found.training("final")[0] == records[0]


def test_validation_is_taken_from_train_by_document(tmp_path: Path) -> None:
    records = [record(n, "train" if n < 300 else "test") for n in range(360)]
    found = views(prepared(tmp_path, records, splits={"validation": 0.3}))
    assert found["test"] == [f"r{n}" for n in range(300, 360)]
    assert 60 < len(found["validation"]) < 150
    documents = [{int(name[1:]) // 3 for name in found[split]} for split in ("train", "validation")]
    assert not documents[0] & documents[1]


def test_a_source_without_complete_splits_is_hashed_or_refused(tmp_path: Path) -> None:
    records = [record(n, "train") for n in range(300)]
    found = views(prepared(tmp_path / "hash", records))
    assert all(len(found[split]) > 10 for split in found)
    with pytest.raises(DataError, match=r"the source's splits are train: 300.*splits\.by=hash"):
        prepared(tmp_path / "source", records, splits={"by": "source"})


def test_a_source_of_train_and_validation_is_judged_on_validation_where_asked(
    tmp_path: Path,
) -> None:
    records = [record(n, "train" if n < 300 else "validation") for n in range(360)]
    found = views(prepared(tmp_path, records, splits={"by": "source"}))
    assert found["test"] == [f"r{n}" for n in range(300, 360)] and found["validation"]
    hashed = views(prepared(tmp_path / "auto", records))
    assert hashed["test"] != found["test"]


def test_hash_wins_over_the_sources_split_where_asked(tmp_path: Path) -> None:
    records = [record(n, "train" if n else "test") for n in range(300)]
    assert len(views(prepared(tmp_path, records, splits={"by": "hash"}))["test"]) > 10


def test_negatives_are_sampled_in_training_only(tmp_path: Path) -> None:
    records = [record(n, "train" if n < 400 else "test", "O") for n in range(1, 600)]
    found = prepared(tmp_path, [record(0, "train"), *records], prepare={"negative_rate": 0.25})
    kept = views(found)
    assert 0.18 < len(kept["train"]) / found.counts["records"]["train"] < 0.32
    assert "r0" in kept["train"]
    assert len(kept["test"]) == 200
    assert len(kept["validation"]) == found.counts["records"]["validation"]


def test_no_negative_at_all_and_every_one(tmp_path: Path) -> None:
    records = [
        record(n, "test" if n > 80 else "train", "B-Rate" if n % 9 == 0 else "O") for n in range(99)
    ]
    none = prepared(
        tmp_path / "none", records, prepare={"negative_rate": 0.0}, splits={"validation": 0}
    )
    every = prepared(tmp_path / "all", records, splits={"validation": 0})
    assert all("B-Rate" in one.tags for one in none.training("final"))
    assert len(every.training("final")) == 81
    assert len(none.heldout("final")) == len(every.heldout("final")) == 18


def test_an_equal_text_stays_in_the_split_nearest_to_test(tmp_path: Path) -> None:
    same = {"tokens": ("Plus", "2.25")}
    other = {"tokens": ("plus", "2.25")}  # equal once normalised
    records = [record(1, "train", **same), record(2, "test", **other), record(3, "train")]
    found = prepared(tmp_path, records, splits={"validation": 0})
    assert views(found) == {"train": ["r3"], "validation": [], "test": ["r2"]}
    assert found.counts["dropped"] == {"duplicates": {"records": 1, "ids": ["r1"]}}


WORDS = st.lists(st.sampled_from(["Libor", "LIBOR", "plus", "2.25", "%"]), min_size=1, max_size=3)
GOLDENS = st.lists(
    st.tuples(
        WORDS,
        st.sampled_from(["", "a", "b", "c"]),
        st.sampled_from(["train", "test", "validation"]),
    ),
    min_size=1,
    max_size=12,
)
Row = tuple[list[str], str, str]
# The fixture that Hypothesis warns of is only the home of every test, which these do not use.
QUICK = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def drawn(rows: list[tuple[list[str], str, str]]) -> list[TaggedTokens]:
    return [
        TaggedTokens(str(n), document, tuple(words), ("B-Rate",) + ("O",) * (len(words) - 1), split)
        for n, (words, document, split) in enumerate(rows)
    ]


def written(records: list[TaggedTokens], **sections: Any) -> list[dict[str, Any]]:
    """The prepared rows as they lie on disk, without the views."""
    with tempfile.TemporaryDirectory() as folder:
        raw = parquet(Path(folder) / "raw.parquet", records)
        prepare("tagged_tokens", raw, *rules(**sections), Path(folder))
        rows: list[dict[str, Any]] = pq.read_table(Path(folder) / RECORDS_FILE).to_pylist()
    return rows


@QUICK
@given(GOLDENS, st.sampled_from(["auto", "hash"]))
def test_equal_texts_never_lie_in_two_splits(rows: list[Row], by: str) -> None:
    found = written(drawn(rows), splits={"by": by, "test": 0.4, "validation": 0.2})
    place: dict[str, set[str]] = {}
    for row in found:
        place.setdefault(normalise(" ".join(row["tokens"])), set()).add(row["split"])
    assert all(len(splits) == 1 for splits in place.values())
    assert set(place) == {normalise(" ".join(words)) for words, _, _ in rows}


@QUICK
@given(GOLDENS)
def test_equal_texts_share_a_fold_and_no_record_is_lost(rows: list[Row]) -> None:
    every = {"on_duplicate": "keep_in_one_split"}
    found = written(drawn(rows), splits={"folds": 3}, prepare=every)
    place: dict[str, set[int]] = {}
    for row in found:
        place.setdefault(normalise(" ".join(row["tokens"])), set()).add(row["fold"])
    assert all(len(folds) == 1 for folds in place.values())
    assert len(found) == len(rows)


@QUICK
@given(GOLDENS, st.sampled_from([0, 3]))
def test_adding_data_never_moves_old_records(rows: list[Row], folds: int) -> None:
    old = drawn(rows)
    new = [record(n, tokens=("new", str(n))) for n in range(20)]
    before, after = (
        written(some, splits={"by": "hash", "folds": folds}) for some in (old, new + old)
    )
    assert before == [row for row in after if not row["id"].startswith("r")]


def test_folds_and_their_parts(tmp_path: Path) -> None:
    records = [record(n, tag="B-Rate" if n % 2 else "O") for n in range(150)]
    data = prepared(tmp_path, records, splits={"folds": 5}, prepare={"negative_rate": 0.5})
    assert data.parts == ["final", "fold-0", "fold-1", "fold-2", "fold-3", "fold-4"]
    assert len(data.heldout("final")) == len(data.validation("fold-1")) == 0
    trained, held = (view("fold-2") for view in (data.training, data.heldout))
    documents = [{one.document_id for one in view} for view in (trained, held)]
    assert not documents[0] & documents[1]
    assert len(data.training("final")) < 150 == sum(len(data.heldout(p)) for p in data.judged_parts)
    assert len(data.parity("final")) == len(data.training("final"))


def test_raw_tags_are_kept_for_auxiliary_training(tmp_path: Path) -> None:
    records = [record(1, "train", "I-Other"), record(2, "train"), record(3, "test")]
    data = prepared(tmp_path, records, prepare={"keep_labels": ["Rate"]}, splits={"validation": 0})
    assert [one.tags[1] for one in data.training("final")] == ["O", "B-Rate"]
    assert [one.tags[1] for one in data.training("final", "raw_tags")] == ["B-Other", "B-Rate"]
    assert data.counts["raw_labels"] == 2


@pytest.mark.parametrize(
    ("tag", "keep", "said"),
    [
        ("B-Rate", ["Rates"], "'Rates': did you mean Rate"),
        ("B-Rate", ["Rate", "Amount"], "'Amount': valid: Rate"),
        ("O", None, "every tag is O, so there is nothing to learn"),
        ("O", ["Rate"], "every tag is O, so there is nothing to learn"),
    ],
)
def test_labels_that_no_record_carries(tmp_path: Path, tag: str, keep: Any, said: str) -> None:
    with pytest.raises(DataError, match=said):
        prepared(tmp_path, [record(1, tag=tag)], prepare={"keep_labels": keep})


def test_records_are_read_as_a_sequence(tmp_path: Path) -> None:
    records = [record(n, "train" if n else "test") for n in range(9)]
    view = prepared(tmp_path, records, splits={"validation": 0}).training("final")
    assert view[-1] == records[-1] and view[1:3] == records[2:4]
    assert list(view) == records[1:]
