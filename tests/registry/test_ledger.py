"""Where the ledger is, on which everybody must agree; and what becomes of it by other hands."""

import logging

import pytest

from goldsmith.errors import StoreError, UserError
from goldsmith.registry import anchor, ledger, store, versions
from goldsmith.registry.ledger import Entry
from tests.registry.models import Model
from tests.registry.test_promotion import meanwhile


def gone_for_good(run_id: str) -> None:
    """What `mlflow gc` does to a deleted run."""
    client = store.client()
    client._tracking_client.store._hard_delete_run(run_id)


def ledger_run(model: Model) -> str:
    run_id = ledger.read(model.name).run_id
    assert run_id is not None
    return run_id


def test_entries_are_numbered_by_place_and_bounded(model: Model) -> None:
    model.add(24)
    book = ledger.read(model.name)
    assert book.run_id is None and book.head is None
    first = Entry(number=1, version=1, kind="forced", by="A" * 500, reason='"ø\n' * 5000, at="2999-01-01T00:00:00")  # fmt: skip
    assert ledger.append(book, first)
    assert ledger.append(book, first), "a repeated write of the same entry is the same entry"
    assert not ledger.append(book, Entry(number=1, version=1, kind="forced", by="A", reason="b"))
    assert model.entries == (first,) and len(first.text()) < 6000
    later = Entry(number=2, version=1, kind="promoted", by="B", reason="r", at="1970-01-01T00:00:00")  # fmt: skip
    assert ledger.append(ledger.read(model.name), later)
    head = ledger.read(model.name).head
    assert head is not None and head.number == 2, "clocks order nothing"


@pytest.mark.parametrize("step", ["begun", "anchored"])
def test_two_that_begin_at_once_agree_on_one_run(model: Model, step: str) -> None:
    worse, better = model.add(24), model.add(44)
    decided = model.promote(worse, at=meanwhile(step, lambda: model.promote(better)))
    assert (decided.outcome, model.champions, model.alias) == ("kept", [2], 2)
    client = store.client()
    experiment = client.get_experiment_by_name(anchor.EXPERIMENT)
    runs = client.search_runs([experiment.experiment_id], f"run_name = '{model.name}'")
    assert [run.info.run_id for run in runs] == [ledger_run(model)]
    assert client.get_registered_model(model.name).tags[anchor.TAG] == ledger_run(model)


def test_tag_that_is_missing_or_wrong_leads_nobody_astray(model: Model) -> None:
    model.promote(model.add(24))
    run_id, client = ledger_run(model), store.client()
    client.delete_registered_model_tag(model.name, anchor.TAG)
    assert ledger_run(model) == run_id
    client.set_registered_model_tag(model.name, anchor.TAG, model.get(1).run_id)
    assert ledger_run(model) == run_id


def test_model_that_is_made_anew_gets_a_new_ledger(model: Model) -> None:
    model.promote(model.add(24))
    old, client = ledger_run(model), store.client()
    client.delete_registered_model(model.name)
    assert versions.champion(model.name) is None
    client.create_registered_model(model.name)
    assert versions.champion(model.name) is None
    assert model.promote(model.add(4)).outcome == "promoted"
    assert ledger_run(model) != old


@pytest.mark.parametrize("whole", [False, True])
def test_deleted_ledger_is_restored_and_reported(
    model: Model, whole: bool, caplog: pytest.LogCaptureFixture
) -> None:
    model.promote(model.add(24))
    run_id, client = ledger_run(model), store.client()
    if whole:
        client.delete_experiment(client.get_run(run_id).info.experiment_id)
    else:
        client.delete_run(run_id)
    with caplog.at_level(logging.WARNING, "goldsmith"):
        assert versions.find(model.name).number == 1
    assert "was deleted: it was restored" in caplog.text
    assert model.promote(model.add(44)).outcome == "promoted"
    assert model.champions == [1, 2]


def test_ledger_that_is_gone_for_good_is_begun_anew_by_hand_only(model: Model) -> None:
    seated = model.add(24, bundle="weights", verdict="passed")
    model.promote(seated)
    with pytest.raises(UserError, match="its ledger is not lost"):
        ledger.begin_anew(model.name)
    for _ in range(2):  # the new one may be lost in its turn
        lost = ledger_run(model)
        gone_for_good(lost)
        with pytest.raises(StoreError, match=f"{lost}, is gone for good.*--new-ledger"):
            model.promote(model.add(44))
        book = ledger.begin_anew(model.name)
        assert book.run_id not in (None, lost) and ledger_run(model) == book.run_id
        found = versions.champion(model.name)
        assert found is not None and found.number == 1, "the alias still says who was champion"
        assert [entry.kind for entry in model.entries] == ["adopted"]


def test_entry_that_nobody_can_read_is_named(model: Model) -> None:
    model.promote(model.add(24))
    lost = ledger_run(model)
    store.client().log_param(lost, "champion.2", "version 7")
    with pytest.raises(StoreError, match=r"entry champion\.2 .* cannot be read.*'version 7'"):
        versions.champion(model.name)
    gone_for_good(lost)
    ledger.begin_anew(model.name)
