"""Support by label: strict where the use case states it, a warning for a tail of rare labels."""

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from goldsmith.config.sections import Prepare, Splits, Validation
from goldsmith.prepare import prepare
from goldsmith.prepared import RECORDS_FILE
from goldsmith.records import LabelledText, arrow_schema
from goldsmith.validation import contract


def prepared(folder: Path, **splits: Any) -> Path:
    """90 texts of `common`, 30 of `usual`, three of `rare`, one of `lonely` (in test alone)."""
    labels = ["common"] * 90 + ["usual"] * 30 + ["rare"] * 3 + ["lonely"]
    records = [
        LabelledText(f"t{n}", "", f"text number {n}", label, "test" if n % 3 == 0 else "train")
        for n, label in enumerate(labels)
    ]
    raw, out = folder / "raw.parquet", folder / "out"
    schema = arrow_schema("labelled_text")
    pq.write_table(pa.Table.from_pylist([one.row() for one in records], schema), raw)
    out.mkdir()
    prepare("labelled_text", raw, Prepare(), Splits(validation=0.0, **splits), out)
    return out / RECORDS_FILE


@pytest.mark.parametrize(
    ("bounds", "status"),
    [({}, "warning"), ({"min_train_support": 5}, "failed"), ({"min_train_support": 0}, "passed")],
)
def test_a_stated_support_is_strict(tmp_path: Path, bounds: dict[str, int], status: str) -> None:
    path = prepared(tmp_path)
    names = ["common", "usual", "rare", "lonely"]
    found, summary = contract.check_prepared("labelled_text", path, 0, names, Validation(**bounds))
    checks = {one.check: one for one in found.checks}
    assert checks["train_support"].status == status
    if status != "passed":
        assert set(checks["train_support"].ids) == {"rare", "lonely"}
    assert checks["unknown_labels"].ids == ("t123",)
    assert checks["unknown_labels"].seen == ("lonely",)
    assert summary["labels"]["common"] == 90


def test_with_folds_a_label_of_one_fold_is_unknown_to_its_model(tmp_path: Path) -> None:
    path = prepared(tmp_path, folds=3)
    found, _ = contract.check_prepared("labelled_text", path, 3, [], Validation())
    checks = {one.check: one for one in found.checks}
    assert checks["unknown_labels"].ids == ("t123",)
