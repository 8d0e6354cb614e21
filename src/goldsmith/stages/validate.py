"""validate: the data contract, on raw records and again on prepared ones."""

import json
from pathlib import Path
from typing import Any

import numpy as np

from goldsmith.config import UseCase
from goldsmith.prepared import RECORDS_FILE, Prepared
from goldsmith.settings import Settings
from goldsmith.stages import Context
from goldsmith.stages.load import read_facts
from goldsmith.validation import contract, drift, report
from goldsmith.validation.checking import Validation, result

SUMMARY_FILE = "summary.json"


def run_raw(context: Context) -> None:
    """Check every raw record."""
    import pyarrow.parquet as pq

    folder = context.inputs["load"]
    kind = read_facts(folder)["record"]
    found, profile = contract.check_raw(kind, folder, context.config.validation)
    pq.write_table(profile, context.out / contract.PROFILE_FILE)
    _write(context, found)


def run_prepared(context: Context) -> None:
    """Check splits, support and leakage of what training will see."""
    data = Prepared(context.inputs["prepare"])
    path = data.folder / RECORDS_FILE
    found, summary = contract.check_prepared(
        data.kind,
        path,
        data.folds,
        data.label_names,
        context.config.validation,
        _lost(data, context.config),
    )
    text = json.dumps(summary, indent=1) + "\n"
    (context.out / SUMMARY_FILE).write_text(text, encoding="utf-8")
    _write(context, found)


def _lost(data: Prepared, config: UseCase) -> np.ndarray | None:
    """(n) whether the model's length cuts a target off; None where its family cannot tell."""
    family: Any = config.model
    counted = family.lost_targets(data.records())
    return None if counted is None else np.array(counted) > 0


def _write(context: Context, found: Validation) -> None:
    report.write(found, context.out)
    for text in report.notes(found):
        context.report({"type": "note", "text": text})


def accept(config: UseCase, folder: Path, note: Any = lambda text: None) -> None:
    """Stop the run on goldens that break the contract; compare the rest with the last accepted.

    Raises:
        DataError: naming the checks and the record ids.
    """
    report.require(report.read(folder), folder)
    path = folder / SUMMARY_FILE
    if not path.is_file() or config.adhoc:
        return
    kept = Settings().home.absolute() / "accepted" / f"{config.name}.{config.profile}.json"
    before, after = drift.read(kept), json.loads(path.read_text(encoding="utf-8"))
    if before == after:
        return
    if before:
        check = drift.compare(before, after, config.validation)
        found = result("validate_prepared", sum(after["lengths"].values()), [check])
        for text in report.notes(found)[1:]:
            note(text)
        report.require(found, folder)
    drift.write(kept, after)
