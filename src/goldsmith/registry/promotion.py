"""Promotion: a passing challenger becomes champion if there is none, or if it is better on the
same records."""

import json
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from goldsmith.artifacts import Store
from goldsmith.config.sections import ChampionGate
from goldsmith.families.base import Predictor
from goldsmith.families.scores import Scores
from goldsmith.gates import Gate, Verdict, as_json, champion_gate
from goldsmith.registry import store, versions
from goldsmith.registry.bundle import open_checked
from goldsmith.registry.versions import CANDIDATE, CHAMPION, Version
from goldsmith.settings import Settings

OUTCOME_TAG, AGAINST_TAG, REASON_TAG = "promotion", "promotion.against", "promotion.reason"


@dataclass(frozen=True)
class Contest:
    """How to compare with a champion: the challenger's scores, and the same records for the other.

    `challenger` is None where there are no records that neither model has seen.
    """

    metric: str
    challenger: Scores | None
    rescore: Callable[[Predictor], Scores]


@dataclass(frozen=True)
class Promotion:
    """What became of a version: promoted, kept, candidate, adhoc or refused; and why, in words."""

    outcome: str
    reason: str
    champion: int | None
    gate: Gate | None = None


def promote(
    version: Version,
    verdict: Verdict,
    contest: Contest,
    settings: ChampionGate,
    seed: int,
    adhoc: bool,
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
        decided = _decide(version, verdict, contest, settings, seed, adhoc, champion)
        _carry_out(version, verdict, decided, against)
        return decided


def _decide(
    version: Version,
    verdict: Verdict,
    contest: Contest,
    settings: ChampionGate,
    seed: int,
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
    if contest.challenger is None:
        reason = "estimated by folds and no `goldens:` to compare on: a person decides"
        return Promotion("candidate", reason, seated)
    predictor, _ = open_checked(versions.fetch_bundle(champion))
    gate = champion_gate(
        contest.challenger, contest.rescore(predictor), contest.metric, settings, seed
    )
    if gate.passed:
        return Promotion("promoted", gate.reason, version.number, gate)
    return Promotion("kept", gate.reason, seated, gate)


def _carry_out(version: Version, verdict: Verdict, decided: Promotion, against: int) -> None:
    client = store.client()
    number = str(version.number)
    seen = verdict.model_copy(
        update={
            "champion_seen": str(against) if against else None,
            "gates": (*verdict.gates, *([decided.gate] if decided.gate else [])),
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
