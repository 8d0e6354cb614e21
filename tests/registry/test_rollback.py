"""Back to an earlier champion, and what keeps the one that was left from coming back by itself."""

import hashlib

import pytest

from goldsmith.errors import UserError
from goldsmith.registry import ledger, store, versions
from tests.registry.models import Model
from tests.registry.test_promotion import Died, dying, meanwhile


def three(model: Model) -> None:
    """Three champions, one after the other."""
    for quality, content in ((24, "one"), (34, "two"), (44, "three")):
        model.promote(model.add(quality, bundle=content))


def test_back_step_by_step_and_no_further(model: Model) -> None:
    assert model.rollback().reason == f"{model.name} has no champion: nothing to roll back"
    three(model)
    first, second, third = (model.rollback() for _ in range(3))
    assert (first.outcome, first.champion) == ("restored", 2)
    assert (second.outcome, second.champion) == ("restored", 1)
    assert third.outcome == "refused" and "there is no champion to go back to" in third.reason
    assert (model.champions, model.alias) == ([1, 2, 3, 2, 1], 1)
    for entry in model.entries:  # version 2 was made champion twice, each time on a file of its own
        assert hashlib.sha256(model.seen(entry)).hexdigest() == entry.verdict
    entry = model.entries[-1]
    assert (entry.kind, entry.by, entry.reason, entry.previous) == ("rolled_back", "Ada", "misses new notes", 2)  # fmt: skip
    tags = model.get(1).tags
    assert (tags["promotion"], tags["champion.number"]) == ("restored", "5")


def test_rolled_back_file_is_not_promoted_again_until_a_person_says_so(model: Model) -> None:
    three(model)
    model.rollback(reason="misses new notes")
    same_file = model.add(59, bundle="three")
    for version in (model.get(3), same_file):
        decided = model.promote(version)
        assert decided.outcome == "rolled_back"
        assert "rolled back by Ada (entry 4 of the ledger): misses new notes" in decided.reason
    assert model.alias == 2
    assert model.approve(model.get(3)).outcome == "approved"
    assert model.promote(model.add(59, bundle="three")).outcome == "promoted"


def test_only_to_a_version_that_answers_with_a_passing_verdict(model: Model) -> None:
    three(model)
    model.add(59, bundle="refused"), model.add(59)
    refused = model.rollback(4)
    assert refused.outcome == "refused" and "refused by its verdict" in refused.reason
    assert "artifacts/bundle" in model.rollback(5).reason
    with pytest.raises(UserError, match=f"{model.name} has no version '9'"):
        model.rollback(9)
    assert model.champions == [1, 2, 3]
    forced = model.rollback(4, force=True)
    assert forced.outcome == "restored" and "although: " in forced.reason
    assert "refused by its verdict" in ledger.read(model.name).entries[-1].reason
    assert (model.champions[-1], model.alias) == (4, 4)
    assert model.rollback(4).outcome == "champion"


def test_champion_without_its_bundle_is_passed_over(model: Model) -> None:
    three(model)
    store.client().delete_model_version(model.name, "2")
    assert model.rollback().champion == 1


@pytest.mark.parametrize("step", ["written", "aliased", "checked"])
def test_interrupted_rollback_is_finished_and_not_done_twice(model: Model, step: str) -> None:
    three(model)
    with pytest.raises(Died):
        model.rollback(at=dying(step))
    assert versions.find(model.name).number == 2
    assert model.rollback().champion == 2
    assert (model.champions, model.alias) == ([1, 2, 3, 2], 2)
    assert model.rollback(reason="that one too").champion == 1


def test_champion_that_changed_meanwhile_is_left_alone(model: Model) -> None:
    three(model)
    better = model.add(59, bundle="four")
    decided = model.rollback(at=meanwhile("judged", lambda: model.promote(better)))
    assert decided.outcome == "refused" and "version 4 became champion meanwhile" in decided.reason
    assert (model.champions, model.alias) == ([1, 2, 3, 4], 4)
