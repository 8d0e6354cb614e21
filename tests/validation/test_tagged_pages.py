"""Tagged pages through the data contract and prepare: values that are nowhere, boxes beside words."""

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from goldsmith.config.sections import Prepare, Splits, Validation
from goldsmith.prepare import as_prepared, prepare
from goldsmith.records import TaggedPage, TaggedTokens, arrow_schema
from goldsmith.validation import contract

BOXES = ((0, 0, 40, 10), (50, 0, 80, 10), (81, 0, 82, 10))


def page(name: str, first: str = "", **change: Any) -> TaggedPage:
    words = (first or f"Total{name}", "ACME", "\u200b")
    known = {"width": 100.0, "height": 50.0, "boxes": BOXES}
    return TaggedPage(f"{name}:1", name, words, ("O", "B-ORG", "O"), "", **(known | change))


PAGES = [
    *(page(f"d{number}") for number in range(18)),
    page("lost", missing=("company",)),
    page("beyond", boxes=(*BOXES[:2], (81, 0, 300, 10))),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    table = pa.Table.from_pylist([one.row() for one in PAGES], arrow_schema(TaggedPage))
    pq.write_table(table, tmp_path / "records.parquet")
    return tmp_path


def test_values_that_are_nowhere_are_counted_and_bounded(folder: Path) -> None:
    bounds = Validation.model_validate({"min_rows": 3})
    found, _ = contract.check_raw("tagged_tokens", folder, bounds)
    checks = {one.check: (one.status, one.ids) for one in found.checks}
    assert checks["values_on_page"] == ("warning", ("lost:1",))
    assert checks["boxes_on_page"] == ("warning", ("beyond:1",))
    strict = Validation.model_validate(
        {"min_rows": 3, "checks": {"values_on_page": {"max_share": 0.01}}}
    )
    found, _ = contract.check_raw("tagged_tokens", folder, strict)
    assert {one.check: one.status for one in found.checks}["values_on_page"] == "failed"


def test_sentences_are_not_asked_for_pages(tmp_path: Path) -> None:
    rows = [TaggedTokens(f"s{n}", "", ("a", "b"), ("O", "B-X")).row() for n in range(4)]
    table = pa.Table.from_pylist(rows, arrow_schema("tagged_tokens"))
    pq.write_table(table, tmp_path / "records.parquet")
    found, _ = contract.check_raw("tagged_tokens", tmp_path, Validation(min_rows=1))
    assert not {"values_on_page", "boxes_on_page"} & {one.check for one in found.checks}
    assert table.schema.names == ["id", "document_id", "tokens", "tags", "split"]


def test_prepare_leaves_out_what_may_stand_there_untagged(folder: Path) -> None:
    out = folder / "out"
    out.mkdir()
    rules, splits = Prepare(on_duplicate="keep_in_one_split"), Splits(by="hash")
    counts = prepare("tagged_tokens", folder / "records.parquet", rules, splits, out)
    assert counts["dropped"] == {"value_not_on_page": {"records": 1, "ids": ["lost:1"]}}
    found = [
        TaggedTokens.from_row(row) for row in pq.read_table(out / "records.parquet").to_pylist()
    ]
    assert len(found) == 19
    for one in found:
        # The word that cleaning leaves nothing of has gone with its tag and its box.
        assert isinstance(one, TaggedPage)
        assert one.tokens[1:] == ("ACME",) and one.tags == ("O", "B-ORG")
        assert one.boxes == BOXES[:2]


def test_a_page_is_prepared_alone_as_among_others() -> None:
    (found,) = as_prepared([page("d1")], Prepare())
    assert isinstance(found, TaggedPage) and found.boxes == BOXES[:2]
