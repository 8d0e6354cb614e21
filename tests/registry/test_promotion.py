"""Registering once, and every outcome of a promotion, on a registry of SQLite."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from goldsmith import gates
from goldsmith.config.gates import ChampionGate
from goldsmith.errors import UserError
from goldsmith.families.token_classification.metrics import TagScores
from goldsmith.gates import Comparison, Verdict
from goldsmith.registry import bundle, promotion, registering, versions
from goldsmith.registry.promotion import Promotion
from goldsmith.registry.versions import Version
from tests.command import World


@dataclass
class Registry:
    """The champion's registry, seen from this process."""

    world: World
    verdict: Verdict

    def register(self, identity: str) -> Version:
        judged, train = self.world.made("judge")[0], self.world.made("train")[0]
        passport = {
            "use_case": "toy",
            "profile": "demo",
            "seed": 13,
            "config": {"model": {"a": {"b": 1}}},
        }
        return registering.register(
            "toy.demo", self.world.made("export")[0] / "model", judged,
            train / "final" / "history.csv", passport, {"micro.f1": 0.9}, {"verdict": "passed"},
            identity,
        )  # fmt: skip

    def promote(
        self, version: Version, challenger: Any, champion: Any = None, **changes: Any
    ) -> Promotion:
        verdict = self.verdict.model_copy(update={"passed": changes.pop("passed", True)})
        settings = ChampionGate(resamples=200, **changes.pop("settings", {}))

        def compare(seated: Version) -> Comparison:
            if challenger is None:
                return Comparison(better=None, reason="nothing to compare on")
            gate = gates.champion_gate(challenger, champion, "micro.f1", settings)
            return Comparison(better=bool(gate.passed), reason=gate.reason, gates=(gate,))

        return promotion.promote(version, verdict, compare, **changes)


@pytest.fixture
def registry(champion: World, monkeypatch: pytest.MonkeyPatch) -> Registry:
    monkeypatch.setenv("GOLDSMITH_HOME", str(champion.home))
    return Registry(champion, bundle.read_verdict(champion.made("judge")[0]))


def scores(hits: int) -> TagScores:
    """Forty documents of one mention each, the first `hits` of them found."""
    counts = [[1, 0, 0, 5, 5] if place < hits else [0, 0, 1, 4, 5] for place in range(40)]
    names = [f"d{place}" for place in range(40)]
    columns = ["Rate.tp", "Rate.fp", "Rate.fn", "words.correct", "words.total"]
    return TagScores(names, names, columns, np.array(counts))


def test_equal_version_is_registered_once(registry: Registry) -> None:
    first, second = registry.register("a"), registry.register("a")
    assert first.new and not second.new
    assert first.number == second.number == 2
    assert registry.register("b").number == 3
    assert registry.world.versions() == [1, 2, 3]


def test_better_challenger_is_promoted_and_says_why(registry: Registry) -> None:
    decided = registry.promote(registry.register("a"), scores(38), scores(20))
    assert (decided.outcome, decided.champion) == ("promoted", 2)
    assert decided.gates[0].passed and decided.gates[0].name == "champion.superiority"
    assert registry.world.aliases() == {"champion": 2}
    assert registry.world.tags(2)["promotion"] == "promoted"


def test_worse_challenger_leaves_the_champion(registry: Registry) -> None:
    decided = registry.promote(registry.register("a"), scores(20), scores(38))
    assert (decided.outcome, decided.champion) == ("kept", 1)
    assert registry.world.aliases() == {"champion": 1}


def test_tie_is_enough_where_non_inferiority_is_asked(registry: Registry) -> None:
    tie = {"test": "non_inferiority", "margin": 0.01}
    decided = registry.promote(registry.register("a"), scores(30), scores(30), settings=tie)
    assert decided.outcome == "promoted"


def test_refused_adhoc_and_candidate(registry: Registry) -> None:
    refused = registry.register("a")
    failing = registry.verdict.gates[0].model_copy(update={"passed": False, "reason": "too low"})
    registry.verdict = registry.verdict.model_copy(update={"gates": (failing,)})
    decided = registry.promote(refused, scores(40), scores(1), passed=False)
    assert (decided.outcome, decided.reason) == ("refused", "too low")
    assert (
        registry.promote(registry.register("b"), scores(40), scores(1), adhoc=True).outcome
        == "adhoc"
    )
    assert registry.promote(registry.register("c"), None).outcome == "candidate"
    assert registry.world.aliases() == {"champion": 1, "candidate": 4}


def test_champion_and_decided_versions_are_not_judged_again(registry: Registry) -> None:
    assert (
        registry.promote(versions.find("toy.demo", "1"), scores(1), scores(40)).outcome
        == "champion"
    )
    registry.promote(registry.register("a"), scores(20), scores(38))
    decided = registry.promote(versions.find("toy.demo", "2"), scores(40), scores(1))
    assert decided.outcome == "kept"


def test_promotion_is_written_down_with_the_version(registry: Registry, tmp_path: Path) -> None:
    import json

    import mlflow

    version = registry.register("a")
    registry.promote(version, scores(38), scores(20))
    path = mlflow.artifacts.download_artifacts(
        run_id=version.run_id, artifact_path="promotion.json", dst_path=str(tmp_path)
    )
    written = gates.from_json(json.loads(Path(path).read_text("utf-8")))
    assert (written.passed, written.champion_seen) == (True, "1")
    assert written.gates[-1].name == "champion.superiority"


def test_versions_are_found_by_number_and_alias(registry: Registry) -> None:
    assert versions.find("toy.demo").number == versions.find("toy.demo", "1").number == 1
    with pytest.raises(UserError, match="no version 'champoin': did you mean champion"):
        versions.find("toy.demo", "champoin")
    with pytest.raises(UserError, match="has no version yet"):
        versions.find("other.demo")
    assert versions.all_versions("other.demo") == []
