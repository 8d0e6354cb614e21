"""Promotion: a passing challenger becomes champion if there is none, or if it is better on the
same records."""

import json
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from goldsmith.artifacts import Store
from goldsmith.gates import Comparison, Gate, Verdict, as_json
from goldsmith.registry import store, versions
from goldsmith.registry.versions import CANDIDATE, CHAMPION, Version
from goldsmith.settings import Settings

OUTCOME_TAG, AGAINST_TAG, REASON_TAG = "promotion", "promotion.against", "promotion.reason"


Judge = Callable[[Version], Comparison]  # against the version that is champion now


@dataclass(frozen=True)
class Promotion:
    """What became of a version: promoted, kept, candidate, adhoc or refused; and why, in words."""

    outcome: str
    reason: str
    champion: int | None
    gates: tuple[Gate, ...] = ()


def promote(
    version: Version,
    verdict: Verdict,
    compare: Judge,
    *,
    adhoc: bool = False,
) -> Promotion:
    """Decide on a registered version and move the alias if it earned it.

    Raises:
        StoreError: MLflow cannot be reached or fails; the champion is then as it was.
    """
    with Store(Settings().artifacts).lock(f"promote-{version.model}"):
        champion = versions.champion(version.model)
        against = champion.number if champion else 0
        if champion and champion.number == version.number:
            return Promotion(
                "champion", f"version {version.number} is the champion already", against
            )
        if version.tags.get(AGAINST_TAG) == str(against):
            return Promotion(
                version.tags[OUTCOME_TAG], version.tags.get(REASON_TAG, ""), against or None
            )
        decided = _decide(version, verdict, compare, adhoc, champion)
        _carry_out(version, verdict, decided, against)
        return decided


def _decide(
    version: Version,
    verdict: Verdict,
    compare: Judge,
    adhoc: bool,
    champion: Version | None,
) -> Promotion:
    seated = champion.number if champion else None
    if not verdict.passed:
        return Promotion("refused", verdict.failed[0].reason, seated)
    if adhoc:
        reason = "data other than the profile's own (source=adhoc): the alias stays where it is"
        return Promotion("adhoc", reason, seated)
    if champion is None:
        return Promotion("promoted", "the first version that passes every gate", version.number)
    found = compare(champion)
    outcome = {None: "candidate", True: "promoted", False: "kept"}[found.better]
    return Promotion(outcome, found.reason, version.number if found.better else seated, found.gates)


def _carry_out(version: Version, verdict: Verdict, decided: Promotion, against: int) -> None:
    client = store.client()
    number = str(version.number)
    seen = verdict.model_copy(
        update={
            "champion_seen": str(against) if against else None,
            "gates": (*verdict.gates, *decided.gates),
            "passed": decided.outcome == "promoted",
        }
    )
    with store.reaching(), tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "promotion.json"
        path.write_text(json.dumps(as_json(seen), indent=1) + "\n", encoding="utf-8")
        client.log_artifact(version.run_id, str(path))
        if decided.outcome == "promoted":
            client.set_registered_model_alias(version.model, CHAMPION, number)
        elif decided.outcome == "candidate":
            client.set_registered_model_alias(version.model, CANDIDATE, number)
        tags = {OUTCOME_TAG: decided.outcome, REASON_TAG: decided.reason, AGAINST_TAG: str(against)}
        for name, value in tags.items():
            client.set_model_version_tag(version.model, number, name, value)
