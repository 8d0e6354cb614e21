"""The data contract as Great Expectations suites over the profiles, bounds as the use case says."""

from dataclasses import dataclass
from typing import Any

from goldsmith.config.checks import CHECKS, Default, Severity
from goldsmith.config.sections import CheckRule, Validation


@dataclass(frozen=True)
class Wanted:
    """One check with the bound that holds in this use case.

    Attributes:
        name: its key in `validation.checks`.
        max_count, max_share: the bound; one of them is None.
        expectation: a Great Expectations configuration, where it is not the usual one on a flag.
    """

    name: str
    title: str
    remedy: str
    severity: Severity
    max_count: int | None
    max_share: float | None
    expectation: dict[str, Any] | None = None

    @property
    def bound(self) -> str:
        """The bound in words."""
        if self.max_count is not None:
            return f"at most {self.max_count}"
        return f"at most {100 * self.max_share:g} % of the rows" if self.max_share else "none"

    def mostly(self, rows: int) -> float:
        """The share of sound rows that the bound asks for."""
        if self.max_count is not None:
            return max(0, rows - self.max_count) / rows if rows else 1.0
        return 1.0 - (self.max_share or 0.0)

    def expects(self, rows: int) -> dict[str, Any]:
        """The expectation: `expectation`, else that the flag of this name is False."""
        found = self.expectation or {
            "type": "expect_column_values_to_be_in_set",
            "kwargs": {"column": self.name, "value_set": [False], "mostly": self.mostly(rows)},
        }
        return {**found, "meta": {"check": self.name}}


def wanted(name: str, bounds: Validation, expectation: dict[str, Any] | None = None) -> Wanted:
    """A check under the use case's rule for it, else as the table of checks says."""
    default: Default = CHECKS[name]
    rule = bounds.checks.get(name, CheckRule())
    stated = {"train_support": bounds.min_train_support, "test_support": bounds.min_test_support}
    usual = default.max_share if stated.get(name) is None else 0.0
    share = usual if rule.max_share is None else rule.max_share
    return Wanted(
        name,
        default.title,
        default.remedy,
        rule.severity or default.severity,
        rule.max_count,
        share if rule.max_count is None else None,
        expectation,
    )


def flags(names: list[str], bounds: Validation) -> list[Wanted]:
    """Checks whose fault is a flag column of a profile, in the order of the table of checks."""
    return [wanted(name, bounds) for name in CHECKS if name in names]


def whole_table(columns: list[str], bounds: Validation) -> list[Wanted]:
    """Checks of the profile as a whole: its columns and its number of rows."""
    schema = {
        "type": "expect_table_columns_to_match_set",
        "kwargs": {"column_set": columns, "exact_match": False},
    }
    count = {
        "type": "expect_table_row_count_to_be_between",
        "kwargs": {"min_value": bounds.min_rows},
    }
    return [wanted("schema", bounds, schema), wanted("row_count", bounds, count)]
