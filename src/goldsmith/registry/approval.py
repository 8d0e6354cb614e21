"""A person's no to a candidate: recorded with the version, and remembered by later equal runs."""

from goldsmith.registry import marks
from goldsmith.registry.promotion import OUTCOME_TAG, REASON_TAG, Promotion
from goldsmith.registry.versions import Version

REJECTED_BY, REJECTED_REASON = "rejected.by", "rejected.reason"
LONGEST = 1000  # characters of a reason, as in the ledger


def reject(version: Version, champion: int | None, *, by: str, reason: str) -> Promotion:
    """Record that a person refused a candidate; it waits no longer, and is not asked about again.

    Args:
        version: the candidate.
        champion: the version that stays champion, None if there is none.
        by: who refused.
        reason: why.

    Raises:
        StoreError: MLflow cannot be reached or fails.
    """
    said = reason[:LONGEST]
    decided = Promotion("refused", _words(by, said), champion)
    tags = {REJECTED_BY: by, REJECTED_REASON: said}
    marks.tag(version, {**tags, OUTCOME_TAG: decided.outcome, REASON_TAG: decided.reason})
    marks.no_candidate(version)
    return decided


def rejected(version: Version) -> str:
    """What a person said when refusing the version; empty if nobody did, or one said yes since."""
    tags = version.tags
    if REJECTED_BY not in tags or tags.get(OUTCOME_TAG) != "refused":
        return ""
    return _words(tags[REJECTED_BY], tags[REJECTED_REASON])


def _words(by: str, reason: str) -> str:
    return f"rejected by {by}: {reason}"
