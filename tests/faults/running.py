"""Goldens through the pipeline's own stages, and everything that was said of them on the way."""

import json
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from goldsmith.config import UseCase, plugins
from goldsmith.config.sections import Section
from goldsmith.config.usecase import use_case_type
from goldsmith.errors import DataError
from goldsmith.records import TYPES
from goldsmith.sources.files import FilesSource
from goldsmith.stages import Context, load, prepare, validate
from goldsmith.validation import drift, report
from goldsmith.validation.checking import Check

LOAD = "load"
How = Literal["error", "warning", "count"]


@dataclass(frozen=True)
class Finding:
    """One thing that was said.

    Attributes:
        by: `load`, a check, or `prepare.RULE`.
        how: error: the run stopped; warning: the report says so; count: prepare left records out.
        names: ids or labels that it names, at most 20.
        total: of how many in all.
        text: the message.
    """

    by: str
    how: How
    names: tuple[str, ...]
    total: int
    text: str


class NoModel(Section):
    """Stands where the family does: data are checked and prepared without one."""

    def lost_targets(self, records: Any) -> None:
        """Without a model no length cuts anything off."""


def use_case(path: Path, reader: dict[str, Any], **sections: Any) -> UseCase:
    """A use case on some files; the record type decides whether there is a family for it."""
    source = {"kind": "files", "path": str(path), "reader": reader}
    fixed = {"name": "faults", "profile": "demo", "title": "Faults", **sections}
    if plugins.load("readers", reader["format"]).record is TYPES["tagged_tokens"]:
        model = {"family": "token_classification", "base": "packaged:minilm"}
        kind = use_case_type("token_classification", "files")
        return kind.model_validate({**fixed, "source": source, "model": model})
    return UseCase.model_validate(
        {**fixed, "source": FilesSource.model_validate(source), "model": NoModel()}
    )


Summary = dict[str, dict[str, int]]


def findings(config: UseCase, raw: Path, before: Summary | None = None) -> list[Finding]:
    """Load, validate, prepare and validate again, as far as the goldens get.

    Args:
        config: the use case.
        raw: its raw files.
        before: the summary of the goldens that were accepted last.
    """
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        found = _findings(config, raw, folder)
        after = summary(folder)
        if before and after:
            found += _of([drift.compare(before, after, config.validation)])
        return found


def accepted(config: UseCase, raw: Path) -> Summary:
    """The summary of goldens, as if they were accepted."""
    with tempfile.TemporaryDirectory() as scratch:
        _findings(config, raw, Path(scratch))
        found = summary(Path(scratch))
    assert found is not None
    return found


def summary(folder: Path) -> Summary | None:
    """What validate_prepared writes down to compare later goldens with."""
    return drift.read(folder / "validate_prepared" / validate.SUMMARY_FILE)


def _findings(config: UseCase, raw: Path, scratch: Path) -> list[Finding]:
    made: dict[str, Path] = {"raw": raw}

    def run(name: str, body: Any) -> Path:
        out = scratch / name
        out.mkdir()
        body(Context(config, made, out, scratch / "work", lambda event: None))
        made[name] = out
        return out

    try:
        run("load", load.run)
    except DataError as error:
        return [Finding(LOAD, "error", (), 1, str(error))]
    found = _checks(run("validate_raw", validate.run_raw))
    if any(one.how == "error" for one in found):
        return found
    try:
        found += _counts(run("prepare", prepare.run))
    except DataError as error:
        return [*found, Finding("prepare", "error", (), 1, str(error))]
    return found + _checks(run("validate_prepared", validate.run_prepared))


def _checks(folder: Path) -> list[Finding]:
    return _of(report.read(folder).checks)


def _of(checks: Iterable[Check]) -> list[Finding]:
    return [
        Finding(
            one.check,
            "error" if one.status == "failed" else "warning",
            one.ids,
            one.failures,
            one.sentence(),
        )
        for one in checks
        if one.status != "passed"
    ]


def _counts(folder: Path) -> list[Finding]:
    counts = json.loads((folder / "counts.json").read_text(encoding="utf-8"))
    rules = {**counts["dropped"], "cleaned": counts["cleaned"]}
    return [
        Finding(f"prepare.{rule}", "count", tuple(one["ids"]), one["records"], rule)
        for rule, one in rules.items()
        if one["records"]
    ]
