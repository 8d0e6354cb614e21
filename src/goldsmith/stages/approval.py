"""A person's decision on a candidate, carried out for the run that asked."""

from collections.abc import Mapping

from goldsmith.artifacts import Artifact
from goldsmith.config import UseCase
from goldsmith.registry import approval, promotion, versions
from goldsmith.registry.promotion import Promotion
from goldsmith.registry.rollback import looked_at
from goldsmith.registry.versions import Version
from goldsmith.stages import contest, judge, release


def promote(config: UseCase, made: Mapping[str, Artifact], version: Version) -> Promotion:
    """Like `release.promote`, but what a person has refused stays refused.

    Raises:
        StoreError: MLflow cannot be reached or fails; the champion is then as it was.
    """
    said = approval.rejected(version)
    if not said:
        return release.promote(config, made, version)
    champion = versions.champion(version.model)
    return Promotion("refused", said, champion.number if champion else None)


def approve(
    config: UseCase, made: Mapping[str, Artifact], version: Version, *, by: str, reason: str
) -> Promotion:
    """Make a candidate champion on a person's word, if it still beats who is champion now.

    Args:
        config: the use case.
        made: the run's artifacts, which the version was made of.
        version: the candidate.
        by: who approved.
        reason: why.

    Raises:
        StoreError: MLflow cannot be reached or fails; the champion is then as it was.
    """
    against = contest.of_run(config, made, judge.read_verdict(made["judge"].folder))
    # Hours may have gone by: what is registered is looked at again.
    objection, verdict = looked_at(version)
    decided = promotion.approve(
        version, verdict, against, by=by, reason=reason, objection=objection
    )
    release.publish(config, version, decided)
    return decided


def settled(model: str, version: int) -> bool:
    """Whether the version became champion in another way meanwhile.

    Raises:
        StoreError: MLflow cannot be reached or fails.
    """
    champion = versions.champion(model)
    return champion is not None and champion.number == version
