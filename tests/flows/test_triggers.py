"""Events, cool-down and daily cap on a real Prefect server, with notices through its own block."""

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tasks.because import DEGRADED, NEW_DATA
from tests import prefect_server
from tests.command import World
from tests.flows.test_approval import slowly
from tests.prefect_server import ask, running
from tests.test_notices import hook
from tests.versioning.test_adding import GOOD

pytestmark = pytest.mark.slow
NAME = "training/toy.demo"


@contextlib.contextmanager
def served(world: World, at: Path) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """A server with the deployment, which events start, and a block that notifies."""
    with running(at / "prefect") as url, hook() as (address, notices):
        prefect_server.register(url, world.folder)
        world.variables |= {"PREFECT_API_URL": url, "GOLDSMITH_NOTIFY": "custom-webhook/team"}
        save_block(url, address)
        yield url, notices


def save_block(url: str, address: str) -> None:
    from prefect.blocks.notifications import CustomWebhookNotificationBlock
    from prefect.settings import PREFECT_API_URL, temporary_settings

    with temporary_settings({PREFECT_API_URL: url}):
        CustomWebhookNotificationBlock(
            name="team", url=address, method="POST", json_data={"text": "{{body}}"}
        ).save("team")


def runs(url: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = ask(
        f"{url}/flow_runs/filter", {"sort": "EXPECTED_START_TIME_ASC"}
    )
    return found


def started(url: str, before: int) -> dict[str, Any]:
    """The run that an event has started."""
    found: list[dict[str, Any]] = slowly("a run", lambda: runs(url)[before:])
    return found[0]


def execute(world: World, url: str, run: dict[str, Any]) -> dict[str, Any]:
    """Do what a worker does with a run; how it ended."""
    command = [sys.executable, "-m", "prefect", "flow-run", "execute", run["id"]]
    subprocess.run(command, cwd=world.folder, env=world.environment(), capture_output=True)
    state: dict[str, Any] = ask(f"{url}/flow_runs/{run['id']}")["state"]
    return state


def degraded(url: str, **payload: Any) -> None:
    resource = {"prefect.resource.id": "goldsmith.model.toy.demo"}
    from prefect.events import Event

    event = Event(event=DEGRADED, resource=resource, payload=payload)
    prefect_server.tell(f"{url}/events", [event.model_dump(mode="json")])


def test_events_start_runs_that_say_why(
    champion: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository(champion)
    strict = champion.use_case().read_text("utf-8").replace("{min: 0.5}", "{min: 1.0}")
    champion.use_case().write_text(strict, encoding="utf-8")
    with served(champion, tmp_path) as (url, notices):
        done = champion.run("data", "add", "toy", "--json")
        assert done.status == 0, done.text
        answer = json.loads(done.out)
        assert answer["announced"] and answer["records"] == 340
        run = started(url, 0)
        assert run["parameters"]["because"]["event"] == NEW_DATA
        assert run["parameters"]["because"]["payload"] == {
            "use_case": "toy", "profile": "demo", "revision": answer["revision"],
            "path": "data/raw/toy", "records": 340,
        }  # fmt: skip
        state = execute(champion, url, run)
        assert state["type"] == "COMPLETED" and "refused" in state["message"], state
        assert champion.tags(2)["data_md5"] == answer["md5"]
        cause = f"Triggered by new goldens (revision {answer['revision'][:10]}, 340 records)."
        assert "version 2 was refused" in notices[-1]["text"] and cause in notices[-1]["text"]

        # The cool-down counts from the run that new goldens started.
        degraded(url, use_case="toy", reason="F1 is <0.61>", f1=0.61)
        run = started(url, 1)
        assert run["parameters"]["because"]["payload"]["f1"] == 0.61
        state = execute(champion, url, run)
        assert (state["type"], state["name"]) == ("COMPLETED", "Skipped"), state
        assert "triggers.cool_down is 6 h" in state["message"]
        assert "a triggered run was skipped" in notices[-1]["text"]
        assert "Triggered by a degraded model (F1 is <0.61>)." in notices[-1]["text"]

        # A payload of the wrong type fails the run in words, and says so to people.
        degraded(url, use_case=["toy"])
        state = execute(champion, url, started(url, 2))
        assert state["type"] == "FAILED", state
        assert "payload.use_case is" in notices[-1]["text"]
        assert len(notices) == 3
        counted(champion, url)
        watched(champion, url, notices, tmp_path, monkeypatch)


def counted(world: World, url: str) -> None:
    """Cool-down and cap as the server's own runs say, without doing the runs."""
    from prefect.client.orchestration import get_client
    from prefect.settings import PREFECT_API_URL, temporary_settings
    from prefect.states import Completed, Running

    from goldsmith import config
    from tasks import triggers
    from tasks.because import read
    from tasks.chain import Chain

    because = {"event": DEGRADED, "id": "e", "payload": {"use_case": "toy", "reason": "worse"}}
    deployment = prefect_server.deployment(url, NAME)["id"]

    def ask_as_a_new_run(rule: str, then: Any) -> Any:
        chain = Chain(config.load("toy", "demo", [f"triggers={rule}"]), cause=read(because, "toy"))
        with get_client(sync_client=True) as client, pytest.MonkeyPatch.context() as patched:
            run = client.create_flow_run_from_deployment(
                deployment, parameters={"use_case": "toy", "because": because}
            )
            client.set_flow_run_state(run.id, Running(), force=True)
            patched.setenv("PREFECT__RUNTIME__DEPLOYMENT__ID", deployment)
            patched.setenv("PREFECT__RUNTIME__FLOW_RUN__ID", str(run.id))
            patched.setattr(triggers, "announce", lambda stage: lambda event: None)
            end = triggers.skipped(chain)
            client.set_flow_run_state(run.id, end or then, force=True)
        return end

    with temporary_settings({PREFECT_API_URL: url}), contextlib.chdir(world.folder):
        assert ask_as_a_new_run("{cool_down: 0, daily: 2}", Completed()) is None
        assert ask_as_a_new_run("{cool_down: 0, daily: 2}", Completed()) is None
        end = ask_as_a_new_run("{cool_down: 0, daily: 2}", Completed())
        assert "started 2 run(s) within 24 h, and triggers.daily is 2" in end.message
        # Skipped runs are no starts: the cap of three is not reached yet.
        assert ask_as_a_new_run("{cool_down: 0, daily: 3}", Completed()) is None
        assert "triggers.degraded is false" in ask_as_a_new_run("{degraded: false}", None).message


def repository(world: World) -> None:
    """git, DVC and a first revision of the goldens."""
    world.variables |= {"GIT_CONFIG_GLOBAL": "/dev/null"} | {
        f"GIT_{who}_{what}": "t@example.org"
        for who in ("AUTHOR", "COMMITTER")
        for what in ("NAME", "EMAIL")
    }
    for command in (
        ("git", "init", "-q", "-b", "main"),
        (sys.executable, "-m", "dvc", "init", "-q"),
        ("git", "add", ".dvc", "use_cases"),
        ("git", "commit", "-qm", "project"),
    ):
        subprocess.run(command, cwd=world.folder, env=world.environment(), check=True)


def watched(
    world: World, url: str, notices: list[dict[str, Any]], at: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The watch flow: what it takes is an event, what it refuses a notice, its failures one notice."""
    from prefect.settings import PREFECT_API_URL, temporary_settings

    from flows.watching import watch

    incoming, upstream = at / "incoming", at / "upstream.git"
    for command in (
        ("git", "init", "-q", "--bare", "-b", "main", str(upstream)),
        ("git", "remote", "add", "origin", str(upstream)),
        ("git", "push", "-q", "-u", "origin", "main"),
    ):
        subprocess.run(command, cwd=world.folder, env=world.environment(), check=True)
    with world.use_case().open("a", encoding="utf-8") as stream:
        stream.write(f"    watch: {{path: '{incoming}'}}\n")
    for name, value in world.environment().items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(world.folder)
    told = len(notices)
    with temporary_settings({PREFECT_API_URL: url}):
        for _ in range(2):
            state = watch("toy", "demo", return_state=True)
            assert state.is_failed() and "incoming cannot be read" in state.message, state
        assert ["cannot be read" in one["text"] for one in notices[told:]] == [True]
        incoming.mkdir()
        for name, text in (("good.jsonl", GOOD % (1, 1)), ("bad.jsonl", '{"id": ')):
            (incoming / name).write_text(text + "\n", encoding="utf-8")
            os.utime(incoming / name, (1, 1))
        state = watch("toy", "demo", return_state=True)
        assert state.is_completed() and state.name == "Quarantined", state
        assert "1 file(s) taken (good.jsonl): 341 records" in state.message
        assert "new goldens are in quarantine: bad.jsonl: " in notices[-1]["text"]
        event = slowly("the event", lambda: of_records(url, 341))
        assert event["resource"]["prefect.resource.id"] == "goldsmith.use-case.toy"
        assert event["resource"]["goldsmith.profile"] == "demo"
        assert watch("toy", "demo", return_state=True).name == "Nothing new"
        assert len(notices) == told + 2


def of_records(url: str, count: int) -> Any:
    """The event of a revision with so many records; None before the server shows it."""
    wanted = {"filter": {"event": {"name": [NEW_DATA]}}, "limit": 50}
    found = ask(f"{url}/events/filter", wanted)["events"]
    return next((one for one in found if one["payload"]["records"] == count), None)
