"""A person says which judged results are accepted; whoever should know of it is told."""

import json
from pathlib import Path

import pytest

from goldsmith.registry import ledger, seat, store, versions
from goldsmith.registry.versions import Version
from tests.cli.here import here
from tests.command import Done, World
from tests.extraction.test_pipeline import loaded, noisy, offered, shared_store, world
from tests.test_notices import hook

__all__ = ["shared_store", "world"]  # fixtures
LOW = "gates.metrics={micro.f1: {min: 0.1}}"
WHO = ("--by", "Ada", "--reason", "seen")


def promote(world: World, number: int, *more: str) -> Done:
    return here(world, "promote", f"{loaded(world).name}@{number}", *WHO, *more)


def rollback(world: World, *more: str) -> Done:
    return here(world, "rollback", loaded(world).name, *WHO, *more)


def accepted(model: str) -> int | None:
    """By the ledger and by the alias, which must agree."""
    book = seat.settle(model, False, ledger.ACCEPTED).book
    assert book.alias == (book.head.version if book.head else None)
    return book.alias


def stored(version: Version, name: str) -> Path:
    """Where MLflow keeps a file of the version's run."""
    uri = store.client().get_run(version.run_id).info.artifact_uri
    return Path(uri.removeprefix("file://")) / name


def test_a_candidate_is_accepted_by_a_person_and_rolled_back(world: World) -> None:
    first, _ = offered(loaded(world))
    second, decided = offered(loaded(world, "gates.accepted.min_documents=100", noisy(0.01)))
    assert decided.outcome == "candidate"
    done = promote(world, second.number)
    assert done.status == 0 and "version 2 is accepted (approved): seen" in done.out, done.text
    assert accepted(first.model) == second.number
    assert versions.get(first.model, second.number).aliases == ("accepted",), (
        "no candidate any more"
    )
    again = promote(world, second.number)
    assert again.status == 0 and "version 2 is accepted already" in again.out
    back = rollback(world)
    assert back.status == 0 and "version 1 is accepted (restored)" in back.out, back.text
    assert accepted(first.model) == first.number
    entries = seat.settle(first.model, False, ledger.ACCEPTED).book.entries
    assert [(one.kind, one.by) for one in entries] == [
        ("promoted", "goldsmith"), ("approved", "Ada"), ("rolled_back", "Ada")
    ]  # fmt: skip
    assert ledger.read(first.model).entries == (), "the ledger of champions is another"
    assert offered(loaded(world, "gates.accepted.min_documents=100", noisy(0.01)))[1].outcome == "rolled_back"  # fmt: skip


def test_worse_results_are_refused_unless_forced(world: World) -> None:
    offered(loaded(world))
    worse, _ = offered(loaded(world, noisy(0.25), LOW))
    done = promote(world, worse.number, "--json")
    answer = json.loads(done.out)
    assert (done.status, answer["outcome"], answer["champion"]) == (3, "refused", 1)
    assert answer["gates"][0]["name"] == "accepted.non_inferiority"
    forced = promote(world, worse.number, "--force")
    assert forced.status == 0 and "(although: " in forced.out
    assert accepted(worse.model) == worse.number


def test_results_without_a_passing_verdict_and_changed_ones_are_refused(world: World) -> None:
    offered(loaded(world))
    refused, _ = offered(loaded(world, noisy(0.0), "gates.metrics={micro.f1: {min: 0.999}}"))
    done = promote(world, refused.number)
    assert done.status == 3 and "below 0.999" in done.err
    changed, _ = offered(loaded(world, noisy(0.25), LOW))
    stored(changed, "records.parquet").write_bytes(b"PAR1")
    done = promote(world, changed.number)
    assert done.status == 3 and "records.parquet was changed since it was judged" in done.err
    back = rollback(world, "--to", str(changed.number))
    assert back.status == 3 and "--force makes it accepted version all the same" in back.err
    told = here(world, "verify", f"{loaded(world).name}@{changed.number}", "--json")
    items = {one["what"]: one["state"] for one in json.loads(told.out)["items"]}
    assert told.status == 1 and (items["verdict"], items["results"]) == ("holds", "changed")
    assert here(world, "verify", loaded(world).name).status == 0, "the accepted one"


def test_before_the_first_there_is_nothing_to_go_back_to(world: World) -> None:
    offered(loaded(world, "gates.metrics={micro.f1: {min: 0.999}}"))
    done = rollback(world)
    assert done.status == 3 and "has no accepted version: nothing to roll back" in done.err


def test_an_alias_from_before_any_ledger_is_taken_into_it(world: World) -> None:
    version, _ = offered(loaded(world, "fields.company.max_distance=0.9"))  # adhoc: not accepted
    store.client().set_registered_model_alias(version.model, ledger.ACCEPTED, str(version.number))
    assert accepted(version.model) == version.number
    (entry,) = seat.settle(version.model, False, ledger.ACCEPTED).book.entries
    assert entry.kind == "adopted"


def test_who_should_know_is_told(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    offered(loaded(world))
    second, _ = offered(loaded(world, "gates.accepted.min_documents=100", noisy(0.01)))
    with hook() as (address, got):
        monkeypatch.setenv("GOLDSMITH_NOTIFY", address)
        promote(world, second.number)
        rollback(world)
    assert [one["outcome"] for one in got] == ["approved", "restored"]
    assert "version 2 is accepted now: seen" in got[0]["text"]
    assert "version 1 is accepted again, by a rollback" in got[1]["text"]
    assert f"goldsmith show {loaded(world).name}@2" in got[0]["text"]


def test_gc_keeps_results_and_what_they_were_made_of(world: World) -> None:
    version, _ = offered(loaded(world))
    worse, _ = offered(loaded(world, noisy(0.25), LOW))
    strict = ("--dry-run", "--keep-days", "0", "--keep-versions", "0", "--json")
    found = json.loads(here(world, "gc", *strict).out)
    kept = {one["name"]: one["why"] for one in found["kept"]}
    assert "any may be accepted" in kept[f"{version.model} version {worse.number}"]
    assert kept[f"{version.model} version {version.number}"] == "alias accepted"
    # Which model is named does not matter: others of this store were made of the same artifacts.
    made = {name.partition("/")[0] for name, why in kept.items() if ": alias accepted" in why}
    assert {"generate", "load_goldens", "load_results", "score"} <= made, kept
