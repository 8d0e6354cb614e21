"""The data contract of OCR pages: nothing but warnings about empty pages and boxes beyond the page."""

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from goldsmith.config.sections import Prepare, Splits, Validation
from goldsmith.curation.stats import stats
from goldsmith.prepare import prepare
from goldsmith.records import OcrPage, arrow_schema
from goldsmith.validation import contract


def page(name: str, **change: Any) -> OcrPage:
    fields: dict[str, Any] = {
        "page": 1, "width": 100, "height": 100, "words": ("Total", name), "boxes": ((0, 0, 40, 10), (50, 0, 100, 10)),
    }  # fmt: skip
    return OcrPage(**{"id": f"{name}:1", "document_id": name} | fields | change)


PAGES = [
    *(page(f"d{number}") for number in range(6)),
    page("empty", words=(), boxes=()),
    page("beyond", boxes=((0, 0, 40, 10), (50, 0, 300, 10))),
    page("slip", boxes=((0, 0, 40, 10), (50, 0, 100.5, 10))),
    page("unsized", width=0, height=0),
    page("blank\u200b\0", id="odd:1"),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    rows = [one.row() for one in PAGES]
    pq.write_table(
        pa.Table.from_pylist(rows, arrow_schema("ocr_page")), tmp_path / "records.parquet"
    )
    return tmp_path


def test_pages_are_held_to_their_own_checks(folder: Path) -> None:
    bounds = Validation.model_validate({"min_rows": 3})
    found, _ = contract.check_raw("ocr_page", folder, bounds)
    faults = {one.check: (one.status, one.ids) for one in found.checks if one.status != "passed"}
    assert faults.pop("empty_page") == ("warning", ("empty:1",))
    assert faults.pop("boxes_on_page") == ("warning", ("beyond:1",))
    assert set(faults) == {"zero_width", "control_characters"}
    assert "empty_text" not in {one.check for one in found.checks}


def test_prepare_keeps_empty_pages_and_cleans_words_in_their_places(folder: Path) -> None:
    out = folder / "out"
    out.mkdir()
    rules, splits = Prepare(on_duplicate="keep_in_one_split"), Splits(by="hash")
    prepare("ocr_page", folder / "records.parquet", rules, splits, out)
    rows = {row["id"]: row for row in pq.read_table(out / "records.parquet").to_pylist()}
    assert set(rows) == {one.id for one in PAGES}
    assert rows["odd:1"]["words"] == ["Total", "blank"] and len(rows["odd:1"]["boxes"]) == 2
    assert rows["empty:1"]["words"] == []


def test_pages_are_counted_without_labels() -> None:
    found = stats(iter(PAGES), "ocr_page")
    assert found.records == len(PAGES) and found.labels == {} and found.unlabelled == len(PAGES)
