"""Run a suite over a profile in an ephemeral Great Expectations context."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel, ConfigDict

from goldsmith.errors import MAX_LISTED, listed
from goldsmith.validation.suites import Wanted

if TYPE_CHECKING:
    import pandas as pd

MAX_IDS = 20


class Check(BaseModel):
    """One check's result; `ids` names at most 20 of the faulty rows."""

    model_config = ConfigDict(frozen=True)

    check: str
    title: str
    status: Literal["passed", "warning", "failed"]
    observed: str
    bound: str = ""
    failures: int = 0
    ids: tuple[str, ...] = ()
    seen: tuple[str, ...] = ()
    remedy: str = ""

    def sentence(self) -> str:
        """What is wrong, where, and what to do."""
        shown = self.ids[:MAX_LISTED]
        more = f" and {self.failures - len(shown)} more" if self.failures > len(shown) else ""
        where = f" in {', '.join(one[:80] for one in shown)}{more}" if shown else ""
        seen = f" (seen: {listed(self.seen, 3)})" if self.seen else ""
        count = f"{self.failures:,} faulty{where}{seen}" if self.failures else self.observed
        return f"{self.check} ({self.title}): {count}. {self.remedy}".rstrip(". ") + "."


class Validation(BaseModel):
    """The result of one validation stage."""

    model_config = ConfigDict(frozen=True)

    stage: str
    passed: bool
    records: int
    checks: tuple[Check, ...]

    @property
    def failed(self) -> list[Check]:
        """The checks that stop the run."""
        return [check for check in self.checks if check.status == "failed"]

    @property
    def warnings(self) -> list[Check]:
        """The checks with faults that do not stop the run."""
        return [check for check in self.checks if check.status == "warning"]


def result(stage: str, records: int, checks: Sequence[Check]) -> Validation:
    """The validation of one stage: passed unless a check failed."""
    passed = all(check.status != "failed" for check in checks)
    return Validation(stage=stage, passed=passed, records=records, checks=tuple(checks))


def run_suite(frame: "pd.DataFrame", suite: Sequence[Wanted]) -> list[Check]:
    """Let Great Expectations decide on a profile whose column `id` names a row.

    An expectation that cannot be computed (a missing column, say) counts as failed. The optional
    column `seen` says in words what was seen in a faulty row.
    """
    if not suite:
        return []
    import great_expectations as gx
    from great_expectations.data_context.types.base import ProgressBarsConfig

    # It hashes what it is given, which takes long for strings; these are for our own words only.
    judged = [name for name in frame.columns if name != "id" and not name.endswith(".seen")]
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    batch = (
        context.data_sources.add_pandas("profile")
        .add_dataframe_asset("records")
        .add_batch_definition_whole_dataframe("all")
        .get_batch(batch_parameters={"dataframe": frame[judged]})
    )
    expected = [one.expects(len(frame)) for one in suite]
    expectations = context.suites.add(gx.ExpectationSuite(name="contract", expectations=expected))
    found = batch.validate(expectations, result_format="BASIC")
    by_name = {one.expectation_config.meta["check"]: one for one in found.results}
    return [_check(one, by_name[one.name], frame) for one in suite]


def _check(wanted: Wanted, found: Any, frame: "pd.DataFrame") -> Check:
    values = found.result or {}
    observed = values.get("observed_value", values.get("unexpected_count", ""))
    if not found.success and not values:
        observed = _exception(found)
    failures = int(values.get("unexpected_count") or 0)
    status: Literal["passed", "warning", "failed"] = "passed"
    if failures or not found.success:
        stops = not found.success and wanted.severity == "error"
        status = "failed" if stops else "warning"
    ids, seen = _faulty(frame, wanted.name) if failures else ((), ())
    return Check(
        check=wanted.name,
        title=wanted.title,
        status=status,
        observed=f"observed {observed}"[:200],
        bound=wanted.bound,
        failures=failures,
        ids=ids,
        seen=seen,
        remedy=wanted.remedy,
    )


def _faulty(frame: "pd.DataFrame", name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if name not in frame.columns:
        return (), ()
    rows = frame.loc[frame[name].to_numpy(dtype=bool)].head(10 * MAX_IDS)
    ids = dict.fromkeys(str(one) for one in rows["id"])
    seen = dict.fromkeys(str(one) for one in rows.get(f"{name}.seen", []))
    return tuple(ids)[:MAX_IDS], tuple(seen)[:3]


def _exception(found: Any) -> str:
    info = found.exception_info or {}
    first = info if "exception_message" in info else next(iter(info.values()), {})
    return str(first.get("exception_message", "no result"))
