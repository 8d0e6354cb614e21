"""Run a suite over a profile in an ephemeral Great Expectations context."""

from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict

from goldsmith.errors import MAX_LISTED, listed
from goldsmith.validation.suites import Expectation

if TYPE_CHECKING:
    import pandas as pd

MAX_IDS = 20


class Check(BaseModel):
    """One expectation's result; `ids` holds at most 20 of the failing records."""

    model_config = ConfigDict(frozen=True)

    check: str
    passed: bool
    observed: str
    failures: int = 0
    ids: tuple[str, ...] = ()
    seen: tuple[str, ...] = ()
    remedy: str = ""

    def sentence(self) -> str:
        """What is wrong, where, and what to do."""
        shown = self.ids[:MAX_LISTED]
        more = f" and {self.failures - len(shown)} more" if len(self.ids) > len(shown) else ""
        where = f" in {', '.join(shown)}{more}" if shown else ""
        seen = f" (seen: {listed(self.seen, 3)})" if self.seen else ""
        count = f"{self.failures} failing{where}{seen}" if self.failures else self.observed
        return f"{self.check}: {count}. {self.remedy}".rstrip(". ") + "."


class Validation(BaseModel):
    """The result of one validation stage."""

    model_config = ConfigDict(frozen=True)

    stage: str
    passed: bool
    records: int
    checks: tuple[Check, ...]

    @property
    def failed(self) -> list[Check]:
        """The checks that did not pass."""
        return [check for check in self.checks if not check.passed]


def run_suite(frame: "pd.DataFrame", suite: list[Expectation], index: str) -> list[Check]:
    """Validate a profile; `index` is the column that names a row.

    An expectation that cannot be computed (a missing column, say) counts as failed.
    """
    import great_expectations as gx
    from great_expectations.data_context.types.base import ProgressBarsConfig

    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    batch = (
        context.data_sources.add_pandas("profile")
        .add_dataframe_asset("records")
        .add_batch_definition_whole_dataframe("all")
        .get_batch(batch_parameters={"dataframe": frame})
    )
    expectations = context.suites.add(gx.ExpectationSuite(name="contract", expectations=suite))
    wanted = {"result_format": "COMPLETE", "unexpected_index_column_names": [index]}
    result = batch.validate(expectations, result_format=wanted)
    return [_check(one, index) for one in result.results]


def _check(result: Any, index: str) -> Check:
    meta, found = result.expectation_config.meta, result.result or {}
    rows = found.get("unexpected_index_list") or []
    ids = list(dict.fromkeys(str(row[index]) for row in rows))
    observed = found.get("observed_value", found.get("unexpected_count", ""))
    if not result.success and not found:
        observed = _exception(result)
    seen = dict.fromkeys(repr(value) for value in found.get("partial_unexpected_list") or [])
    return Check(
        check=meta["check"],
        passed=bool(result.success),
        observed=f"observed {observed}"[:200],
        failures=int(found.get("unexpected_count") or 0),
        ids=tuple(ids[:MAX_IDS]),
        seen=tuple(seen)[:3],
        remedy=meta["remedy"],
    )


def _exception(result: Any) -> str:
    info = result.exception_info or {}
    first = info if "exception_message" in info else next(iter(info.values()), {})
    return str(first.get("exception_message", "no result"))
