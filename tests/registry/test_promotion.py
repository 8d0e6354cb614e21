"""Every outcome of a promotion, deaths at every step, and others who are faster."""

import hashlib
import json
import logging

import pytest

from goldsmith import gates
from goldsmith.errors import StoreError, UserError
from goldsmith.gates import Gate
from goldsmith.registry import store, versions
from tests.races import contestants
from tests.registry.models import Model, undecided

BEFORE, BEHIND = ("read", "judged", "stored"), ("written", "aliased", "checked")


class Died(BaseException):
    """What a kill looks like from within."""


def dying(step: str):
    def at(now: str) -> None:
        if now == step:
            raise Died

    return at


def meanwhile(step: str, change):
    """An `at` that makes a change at a step, once."""
    left = [change]

    def at(now: str) -> None:
        if now == step and left:
            left.pop()()

    return at


def test_first_passing_version_then_only_a_better_one(model: Model) -> None:
    middle, worse, better, equal = (model.add(quality) for quality in (24, 14, 39, 39))
    first = model.promote(middle)
    assert (first.outcome, first.champion) == ("promoted", 1)
    kept = model.promote(worse)
    assert (kept.outcome, kept.champion, model.alias) == ("kept", 1, 1)
    assert "not shown to be better" in kept.reason
    decided = model.promote(better)
    assert (decided.outcome, decided.champion, model.alias) == ("promoted", 3, 3)
    assert decided.gates[0].name == "champion.superiority" and decided.gates[0].passed
    assert model.promote(equal).outcome == "kept"
    assert model.champions == [1, 3]
    entry = model.entries[-1]
    assert (entry.kind, entry.by, entry.previous, entry.file_sha256) == ("promoted", "goldsmith", 1, f"{3:064x}")  # fmt: skip
    tags = model.get(3).tags
    assert (tags["promotion"], tags["promotion.against"], tags["champion.number"]) == ("promoted", "1", "2")  # fmt: skip
    text = model.seen(entry)
    assert hashlib.sha256(text).hexdigest() == entry.verdict
    written = gates.from_json(json.loads(text))
    assert (written.passed, written.champion_seen) == (True, "1")
    assert written.gates[-1].name == "champion.superiority"


def test_refused_adhoc_candidate_and_approval(model: Model) -> None:
    seated, other = model.add(24), model.add(44)
    assert model.promote(seated, approval=True).outcome == "candidate"
    assert (model.alias, versions.find(model.name, "candidate").number) == (None, 1)
    assert model.approve(seated).outcome == "approved"
    assert "candidate" not in model.get(1).aliases
    gate = Gate(name="micro.f1", value=0.1, op=">=", threshold=0.5, passed=False, reason="too low")
    refusing = contestants.verdict(other, passed=False, gates=(gate,))
    decided = model.promote(other, verdict=refusing)
    assert (decided.outcome, decided.reason) == ("refused", "too low")
    assert model.promote(other, adhoc=True).outcome == "adhoc"
    assert model.promote(other, compare=undecided).outcome == "candidate"
    assert model.promote(other, approval=True).outcome == "candidate"
    assert (model.champions, versions.find(model.name, "candidate").number) == ([1], 2)
    assert versions.find(model.name).number == 1


def test_a_person_is_refused_what_lost_unless_forced(model: Model) -> None:
    seated, worse, adhoc = model.add(44), model.add(9), model.add(59, source="adhoc")
    model.promote(seated)
    assert model.approve(worse).outcome == "refused"
    assert model.approve(adhoc).reason == "its data were not the profile's own (source=adhoc)"
    with pytest.raises(UserError, match="needs a name and a reason"):
        model.approve(worse, by=" ")
    forced = model.approve(worse, force=True, reason="the other one is slow")
    assert (forced.outcome, forced.champion, model.alias) == ("forced", 2, 2)
    entry = model.entries[-1]
    assert (entry.kind, entry.by) == ("forced", "Ada")
    assert "the other one is slow (although: not shown to be better" in entry.reason
    assert not gates.from_json(json.loads(model.seen(entry))).passed
    assert model.approve(model.add(59), force=True).outcome == "approved"  # nothing was forced
    assert model.approve(model.get(4)).outcome == "champion"


def test_replays_change_nothing(model: Model) -> None:
    made = [model.add(quality) for quality in (24, 14, 44)]
    outcomes = [model.promote(version).outcome for version in made]
    assert outcomes == ["promoted", "kept", "promoted"]
    before = model.entries, model.alias, model.get(3)
    again = [model.promote(version).outcome for version in made]
    assert again == ["kept", "kept", "champion"]
    assert (model.entries, model.alias, model.get(3)) == before
    judged: list[int] = []
    third = [model.promote(one, compare=contestants.judge(one, judged)).outcome for one in made]
    assert third == again and judged == [], "nothing is judged twice against one champion"


@pytest.mark.parametrize("step", [*BEFORE, *BEHIND])
def test_death_at_any_step_leaves_nothing_that_the_next_reader_does_not_mend(
    model: Model, step: str
) -> None:
    seated, better = model.add(24), model.add(44)
    model.promote(seated)
    with pytest.raises(Died):
        model.promote(better, at=dying(step))
    head = 1 if step in BEFORE else 2
    found = versions.champion(model.name)
    assert found is not None and found.number == head == model.alias
    assert model.promote(better).outcome == ("promoted" if step in BEFORE else "champion")
    assert (model.champions, model.alias) == ([1, 2], 2)
    assert model.get(2).tags["champion.number"] == "2"
    assert model.get(2).tags["promotion"] == "promoted"


@pytest.mark.parametrize("step", BEFORE)
def test_late_waker_judges_again_and_loses(model: Model, step: str) -> None:
    seated, sleeper, faster = model.add(24), model.add(34), model.add(44)
    model.promote(seated)
    judged: list[int] = []
    late = model.promote(
        sleeper,
        compare=contestants.judge(sleeper, judged),
        at=meanwhile(step, lambda: model.promote(faster)),
    )
    assert (late.outcome, late.champion, model.champions, model.alias) == ("kept", 3, [1, 3], 3)
    assert judged == [1, 3]


def test_late_waker_behind_its_entry_sets_the_alias_back_where_it_belongs(model: Model) -> None:
    seated, sleeper, faster = model.add(24), model.add(34), model.add(44)
    model.promote(seated)
    decided = model.promote(sleeper, at=meanwhile("written", lambda: model.promote(faster)))
    assert decided.outcome == "promoted"
    assert (model.champions, model.alias) == ([1, 2, 3], 3)


@pytest.mark.parametrize("step", ["judged", "stored"])
def test_equal_version_at_once_ends_well_for_both(model: Model, step: str) -> None:
    seated, better = model.add(24), model.add(44)
    model.promote(seated)
    decided = model.promote(better, at=meanwhile(step, lambda: model.promote(better)))
    assert (decided.outcome, model.champions, model.alias) == ("champion", [1, 2], 2)
    entry = model.entries[-1]
    assert hashlib.sha256(model.seen(entry)).hexdigest() == entry.verdict


@pytest.mark.parametrize("step", ["judged", "stored", "written", "aliased"])
def test_alias_moved_by_somebody_between_reading_and_writing(
    model: Model, step: str, caplog: pytest.LogCaptureFixture
) -> None:
    seated, better, other = model.add(24), model.add(44), model.add(4)
    model.promote(seated)
    model.promote(better, at=meanwhile(step, lambda: model.set_alias(other.number)))
    found = versions.champion(model.name)
    assert found is not None and found.number == 2 == model.alias


def test_alias_moved_by_hand_is_reported_and_set_back(
    model: Model, caplog: pytest.LogCaptureFixture
) -> None:
    seated, other = model.add(44), model.add(4)
    model.promote(seated)
    model.set_alias(other.number)
    with caplog.at_level(logging.WARNING, "goldsmith"):
        assert versions.find(model.name, "champion").number == 1
    said = f"promote {model.name}@2 --by NAME --reason R --force"
    assert said in caplog.text and "stood at version 2, the ledger says version 1" in caplog.text
    assert model.alias == 1
    assert "entry 1" in model.get(2).tags["champion.moved_by_hand"]
    store.client().delete_registered_model_alias(model.name, "champion")
    assert versions.champion(model.name) is not None and model.alias == 1


def test_alias_from_before_the_ledger_is_adopted_or_removed(
    model: Model, caplog: pytest.LogCaptureFixture
) -> None:
    passing = model.add(24, bundle="weights", verdict="passed")
    for version in (model.add(44, bundle="refused weights"), model.add(54)):
        model.set_alias(version.number)
        assert versions.champion(model.name) is None and model.alias is None
        assert f"version {version.number}, which has no passing verdict" in caplog.text
    model.set_alias(passing.number)
    found = versions.champion(model.name)
    assert found is not None and found.number == 1
    (entry,) = model.entries
    assert (entry.kind, entry.by, entry.previous) == ("adopted", "goldsmith", None)
    assert hashlib.sha256(model.seen(entry)).hexdigest() == entry.verdict


def test_two_use_cases_at_once_do_not_wait_for_each_other(model: Model) -> None:
    other = Model(f"{model.name}-other")
    store.client().create_registered_model(other.name)
    second = other.add(24)
    for step in BEHIND:
        version = model.add(10 * len(step))
        model.promote(version, at=meanwhile(step, lambda: other.promote(second)))
    assert (other.champions, other.alias) == ([1], 1)


def test_champion_whose_version_was_deleted_is_an_error_with_the_remedy(model: Model) -> None:
    model.promote(model.add(24, bundle="one"))
    model.promote(model.add(44, bundle="two"))
    store.client().delete_model_version(model.name, "2")
    with pytest.raises(
        StoreError, match=r"version 2 \(entry 2 .*deleted from the registry.*goldsmith rollback"
    ):
        versions.champion(model.name)
    assert (model.rollback().outcome, model.champions, model.alias) == ("restored", [1, 2, 1], 1)


def test_versions_are_found_by_number_and_alias(model: Model) -> None:
    model.promote(model.add(24))
    assert versions.find(model.name).number == versions.find(model.name, "1").number == 1
    with pytest.raises(UserError, match="no version 'champoin': did you mean champion"):
        versions.find(model.name, "champoin")
    with pytest.raises(UserError, match="has no version yet"):
        versions.find("other.demo")
    assert versions.all_versions("other.demo") == [] and versions.champion("other.demo") is None
