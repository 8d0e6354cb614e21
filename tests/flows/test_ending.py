"""The notice of a run that failed: ours in words, a stranger's error by its type, ctrl-C not at all."""

from typing import Any
from uuid import uuid4

import pytest
from prefect.client.schemas.objects import FlowRun
from prefect.states import Crashed, Failed

from flows.training import training
from goldsmith.errors import DataError
from tasks.ending import tell_failure
from tests.test_notices import SECRET, hook


@pytest.mark.parametrize(
    ("state", "reason"),
    [
        (Failed(data=DataError("data/raw: no records")), "data/raw: no records"),
        (Failed(data=ValueError(f"https://hooks/{SECRET}")), "an unexpected ValueError"),
        (Crashed(message="Execution was aborted by a termination signal."), "the process ended"),
        (Crashed(message="Execution was aborted by an interrupt signal."), None),
    ],
)
def test_a_failed_run_is_told(
    state: Any, reason: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert tell_failure in training.on_failure_hooks and tell_failure in training.on_crashed_hooks
    run = FlowRun(flow_id=uuid4(), parameters={"use_case": "toy", "profile": None})
    with hook() as (address, got):
        monkeypatch.setenv("GOLDSMITH_NOTIFY", address)
        tell_failure(training, run, state)
    if reason is None:
        assert got == []
        return
    (notice,) = got
    assert (notice["model"], notice["version"], notice["outcome"]) == ("toy.demo", None, "failed")
    assert notice["reason"].startswith(reason) and SECRET not in notice["text"]
