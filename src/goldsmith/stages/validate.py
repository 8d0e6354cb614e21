"""validate: the data contract, on raw records and again on prepared ones."""

from pathlib import Path

from goldsmith.config import UseCase
from goldsmith.prepared import Prepared
from goldsmith.stages import Context
from goldsmith.stages.load import read_records
from goldsmith.validation import checking, report, suites
from goldsmith.validation.profile import profile_records, profile_support


def run_raw(context: Context) -> None:
    """Check every raw record."""
    frame = profile_records(read_records(context.inputs["load"]))
    checks = checking.run_suite(frame, suites.raw_suite(context.config), index="id")
    _write(context, "validate_raw", len(frame), checks)


def run_prepared(context: Context) -> None:
    """Check the support of every label in training and test."""
    prepared = Prepared(context.inputs["prepare"])
    train, test = profile_support(prepared.counts, prepared.labels)
    bounds = context.config.validation
    checks = [
        *checking.run_suite(
            train,
            suites.support_suite(bounds.min_train_support, "training", "min_train_support"),
            "label",
        ),
        *checking.run_suite(
            test, suites.support_suite(bounds.min_test_support, "test", "min_test_support"), "label"
        ),
    ]
    _write(context, "validate_prepared", sum(prepared.counts["records"].values()), checks)


def _write(context: Context, stage: str, records: int, checks: list[checking.Check]) -> None:
    passed = all(check.passed for check in checks)
    result = checking.Validation(stage=stage, passed=passed, records=records, checks=tuple(checks))
    report.write(result, context.out)
    done = sum(check.passed for check in checks)
    context.report(
        {"type": "note", "text": f"{done} of {len(checks)} checks passed on {records:,} records"}
    )


def accept(config: UseCase, folder: Path) -> None:
    """Stop the run on goldens that break the contract.

    Raises:
        DataError: naming the checks and the record ids.
    """
    report.require(report.read(folder), folder)
