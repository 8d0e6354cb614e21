"""promote and rollback of judged results: a person moves the alias `accepted`."""

from contextlib import nullcontext
from typing import TYPE_CHECKING

from rich.console import Console

from goldsmith import config, pipeline
from goldsmith.registry.ledger import ACCEPTED

if TYPE_CHECKING:
    from goldsmith.gates import Comparison
    from goldsmith.registry.promotion import Judge, Promotion
    from goldsmith.registry.versions import Version


def approve(
    loaded: config.Evaluation,
    version: "Version",
    *,
    by: str,
    reason: str,
    force: bool,
    quiet: bool,
) -> "Promotion":
    """Accept a version because a person says so; it is held against the accepted one once more.

    Args:
        loaded: the use case.
        version: judged results.
        by, reason: for the ledger.
        force: also where that is refused.
        quiet: without a word on what takes time.

    Raises:
        GoldsmithError: nobody is named, goldens that cannot be read, or MLflow fails.
    """
    from goldsmith.registry import promotion, results

    objection, verdict = results.looked_at(version)
    judge = _judge(loaded, version, quiet)
    return promotion.approve(
        version, verdict, judge, by=by, reason=reason, force=force, objection=objection,
        name=ACCEPTED,
    )  # fmt: skip


def rollback(
    loaded: config.Evaluation, to: int | None, *, by: str, reason: str, force: bool
) -> "Promotion":
    """Accept earlier results again; `registry.rollback` says how.

    Raises:
        GoldsmithError: nobody is named, there is no such version, or MLflow fails.
    """
    from goldsmith.registry import promotion, results

    return promotion.rollback(
        loaded.model_name, to, by=by, reason=reason, force=force, name=ACCEPTED,
        look=results.looked_at,
    )  # fmt: skip


def _judge(loaded: config.Evaluation, version: "Version", quiet: bool) -> "Judge":
    """Scores both on the goldens as they are now; those are read only if it comes to that."""

    def compare(accepted: "Version") -> "Comparison":
        from goldsmith.stages.extraction import load, release

        console = Console(stderr=True)
        words = f"comparing version {version.number} with the accepted one, {accepted.number}"
        with console.status(words) if console.is_terminal and not quiet else nullcontext():
            pinned = pipeline.pinned_sides(loaded)
            raw = {"raw_goldens": pipeline.raw_side(pinned, "goldens").folder}
            folder = pipeline.run_stage("load_goldens", pinned, raw).folder
            return release.of_version(loaded, load.read_fields(folder), version)(accepted)

    return compare
