"""gc on random histories: whoever is needed stays and answers, whoever is not goes, whole."""

import random
import time
from pathlib import Path

import pytest

from goldsmith import keeping
from goldsmith.errors import StoreError
from goldsmith.keeping import Policy
from goldsmith.keeping import models as keeping_models
from goldsmith.keeping.models import Needs
from goldsmith.registry import bundle, removal, seat, store, versions
from goldsmith.registry.creating import IDENTITY_TAG
from goldsmith.registry.rollback import earlier, looked_at
from goldsmith.registry.versions import Version
from tests.races import contestants
from tests.registry.models import Model
from tests.registry.test_promotion import Died, dying, meanwhile

LATER = time.time() + 100 * 86400
STRICT = Policy(days=30, versions=1)


def add(model: Model, quality: int, content: str = "") -> Version:
    """A version as runs of ours register it."""
    number = len(versions.all_versions(model.name)) + 1
    name = content or f"{model.name} {number}"
    version = model.add(quality, bundle=name, verdict="passed", **{IDENTITY_TAG: name})
    store.client().set_tag(version.run_id, "verdict", "passed")
    return version


def sweep(policy: Policy = STRICT, dry: bool = False) -> keeping.Swept:
    return keeping.sweep(policy, dry, now=LATER)


def mine(found: tuple[keeping.Item, ...], model: Model) -> set[int]:
    """The versions of the model among things: others' are in the store too."""
    start = f"{model.name} version "
    return {int(one.name.removeprefix(start)) for one in found if one.name.startswith(start)}


def files(version: Version) -> Path:
    uri = store.client().get_run(version.run_id).info.artifact_uri
    return Path(uri.removeprefix("file://"))


def target(model: Model) -> int | None:
    """To whom a rollback would go."""
    book = seat.settle(model.name).book
    found = (versions.get(model.name, number) for number in earlier(book))
    return next((one.number for one in found if one and not looked_at(one)[0]), None)


def history(model: Model, rng: random.Random, steps: int) -> None:
    """Promotions, refusals, approvals, rollbacks and candidates in any order."""
    for step in range(steps):
        what = rng.choice(
            ["promote", "promote", "promote", "refuse", "approve", "rollback", "wait"]
        )
        if what == "rollback":
            model.rollback(reason=f"reason {step}")
            continue
        content = f"refused {model.name} {step}" if what == "refuse" else ""
        version = add(model, rng.choice(contestants.QUALITIES), content)
        if what == "approve":
            model.approve(version)
        elif what == "wait":
            model.promote(version, approval=True)
        elif what == "promote":
            model.promote(version)


@pytest.mark.parametrize(
    "seed", [0, *(pytest.param(seed, marks=pytest.mark.nightly) for seed in range(1, 25))]
)
def test_after_any_history_whoever_is_needed_stays(model: Model, seed: int) -> None:
    rng = random.Random(seed)
    history(model, rng, 6 if seed == 0 else 12)
    before = {one.number: one for one in versions.all_versions(model.name)}
    entries, aliases = model.entries, {one.number: one.aliases for one in before.values() if one.aliases}  # fmt: skip
    back, newest = target(model) if model.champions else None, max(before)

    planned = sweep(dry=True)
    assert {one.number for one in versions.all_versions(model.name)} == before.keys()
    done = sweep()
    gone, left = mine(done.removed, model), {one.number: one for one in versions.all_versions(model.name)}  # fmt: skip
    assert gone == mine(planned.removed, model) == before.keys() - left.keys()
    assert gone.isdisjoint({newest, back, *aliases})
    if not entries:
        assert not gone, "without a champion any version may become it"
    needed = {newest, back, *aliases, *(one.previous for one in entries[-1:])}
    assert left.keys() <= needed | (set() if entries else before.keys()), "nothing else is kept"
    assert model.entries[: len(entries)] == entries and done.failed == ()
    for one in before.values():
        assert files(one).exists() == (one.number in left)
    for one in left.values():
        assert one.aliases == aliases.get(one.number, ())
        assert not bundle.faults(versions.fetch_bundle(one), one.tags)
    assert mine(sweep().removed, model) == set(), "a second sweep finds nothing"
    if entries:
        champion = entries[-1].version
        assert versions.find(model.name).number == champion
        decided = model.rollback(reason="something else")
        assert (decided.outcome, decided.champion) == ("restored" if back else "refused", back or champion)  # fmt: skip
        stronger = model.promote(add(model, contestants.QUALITIES[-1] + 1))
        assert stronger.outcome in ("promoted", "kept")


def grown(model: Model) -> list[Version]:
    """Five champions, one after the other."""
    made = [add(model, quality) for quality in (15, 35, 55, 75, 95)]
    for one in made:
        assert model.promote(one).outcome == "promoted"
    return made


def test_killed_at_any_step_the_next_sweep_ends_it(model: Model) -> None:
    first, second, third, *_ = grown(model)
    judged = keeping_models.judged(model.name, STRICT, LATER, Needs())
    with pytest.raises(Died):
        removal.announce(model.name, lambda now: {1, 2, 3}, dying("announced"))
    assert seat.settle(model.name).book.removed == {1, 2, 3}
    for refused in (lambda: model.rollback(2), lambda: model.promote(first)):
        with pytest.raises(StoreError, match="is being removed by `goldsmith gc`"):
            refused()
    removal.delete(second)  # and it was killed before the files went
    assert keeping_models.remove(judged, STRICT, LATER) == {1, 3}
    assert files(third).exists()
    done = sweep()
    assert not any(files(one).exists() for one in (first, second, third))
    runs = {one.name for one in done.removed if one.kind == "run"}
    assert {one.run_id for one in (first, second, third)} <= runs
    assert (model.alias, target(model)) == (5, 4)


def test_nobody_becomes_champion_while_it_is_removed(model: Model) -> None:
    old = grown(model)[0]
    stronger = meanwhile("judged", sweep)
    with pytest.raises(StoreError, match="is being removed"):  # judged before, written after
        model.approve(old, at=stronger, force=True)
    assert versions.get(model.name, 1) is None and model.alias == 5

    def promoted() -> None:
        assert model.approve(model.get(4), force=True).champion == 4

    policy = Policy(days=30, versions=0)
    judged = {
        one.number: one for _, one in keeping_models.judged(model.name, policy, LATER, Needs())
    }

    def choose(now: seat.Seat) -> set[int]:
        stays = keeping_models.kept(now, list(judged.values()), policy, LATER)
        return {number for number, (keep, _) in stays.items() if not keep}

    add(model, 5)
    judged |= {6: model.get(6)}
    gone = removal.announce(model.name, choose, meanwhile("read", promoted))
    assert 4 not in gone and 6 in gone and model.alias == 4


def test_files_that_another_version_refers_to_stay(model: Model) -> None:
    made = grown(model)
    assert model.rollback().champion == 4  # so 5 was champion before, and 3 is whom to go back to
    client = store.client()
    other = f"{model.name}-copy"
    client.create_registered_model(other)
    client.create_model_version(other, client.get_model_version(model.name, "1").source, made[0].run_id)  # fmt: skip
    assert mine(sweep().removed, model) == {1, 2}
    assert files(made[0]).exists() and not files(made[1]).exists()
    client.delete_registered_model(other)
    sweep()
    assert not files(made[0]).exists()
    assert model.rollback(reason="that one too").champion == 3


def test_what_was_registered_today_stays_whatever_the_policy(model: Model) -> None:
    """A run may be about to promote it: on this machine, or on another one."""
    grown(model)
    done = keeping.sweep(Policy(days=0, versions=0))
    assert mine(done.removed, model) == set()
    reasons = {one.name: one.why for one in done.kept if one.name.startswith(f"{model.name} ")}
    assert reasons[f"{model.name} version 1"] == "younger than 1 day(s)"
