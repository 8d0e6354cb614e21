"""Versions without a model: each has a quality, and answers so many of the records right."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from goldsmith import gates
from goldsmith.config.gates import ChampionGate
from goldsmith.families.scores import Scores
from goldsmith.gates import Comparison, Gate, VariantHash, Verdict
from goldsmith.registry import store
from goldsmith.registry.deciding import Judge
from goldsmith.registry.versions import Version

RECORDS = 120
QUALITIES = tuple(range(5, RECORDS, 10))  # far enough apart that the better one always wins
QUALITY_TAG = "quality"
SETTINGS = ChampionGate(resamples=200)


@dataclass(frozen=True)
class Hits(Scores):
    """One count: whether the answer was right."""

    def aggregate(self, totals: np.ndarray) -> dict[str, np.ndarray]:
        return {"accuracy": totals[..., 0] / totals[..., 1]}

    def support(self) -> dict[str, int]:
        return {}


def scores(quality: int) -> Hits:
    """Right on the first so many records; a better version is right wherever a worse one is."""
    names = [f"d{place}" for place in range(RECORDS)]
    counts = np.array([[place < quality, 1] for place in range(RECORDS)], dtype=np.int64)
    return Hits(names, names, ["right", "all"], counts)


def quality(version: Version) -> int:
    return int(version.tags[QUALITY_TAG])


def gate(challenger: int, champion: int) -> Gate:
    """The real gate on the scores of two qualities."""
    return gates.champion_gate(scores(challenger), scores(champion), "accuracy", SETTINGS)


def judge(challenger: Version, judged: list[int] | None = None) -> Judge:
    """The real gate on the two versions' scores; notes against whom it was asked."""

    def compare(champion: Version) -> Comparison:
        if judged is not None:
            judged.append(champion.number)
        found = gate(quality(challenger), quality(champion))
        return Comparison(better=bool(found.passed), reason=found.reason, gates=(found,))

    return compare


def verdict(version: Version, **changes: Any) -> Verdict:
    """A passing verdict on a file of the version's own."""
    sha256 = f"{version.number:064x}"
    passing = Verdict(
        passed=True, estimate="test", chosen="fp32", model_sha256=sha256, data_md5="",
        variants=(VariantHash(name="fp32", sha256=sha256),), gates=(),
    )  # fmt: skip
    return passing.model_copy(update=changes)


def register(model: str, qualities: list[int]) -> None:
    """A registered model with one version of each quality."""
    client = store.client()
    client.create_registered_model(model)
    experiment = store.experiment_id(client, model)
    for one in qualities:
        run = client.create_run(experiment).info
        client.create_model_version(
            model, f"{run.artifact_uri}/bundle", run.run_id, {QUALITY_TAG: str(one)}
        )
