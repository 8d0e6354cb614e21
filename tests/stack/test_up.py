"""`goldsmith up`: servers, workers and deployments; runs by hand and by cron; nothing left behind."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from tests.command import World, ended_well, until
from tests.prefect_server import ask, tell
from tests.stack.running import Stack, up

pytestmark = pytest.mark.slow

EVERY_MINUTE = 'schedule: {cron: "* * * * *", timezone: UTC}\n'


@pytest.fixture(scope="module")
def stack(
    tmp_path_factory: pytest.TempPathFactory, tiny_base: Path, goldens: Path
) -> Iterator[Stack]:
    world = World.make(tmp_path_factory.mktemp("stack"), tiny_base, goldens)
    with world.use_case().open("a", encoding="utf-8") as stream:
        stream.write(EVERY_MINUTE)
    with up(world) as found:
        yield found


def test_a_cron_starts_a_training_that_ends_with_a_champion(stack: Stack) -> None:
    query = {"flow_runs": {"state": {"type": {"any_": ["COMPLETED"]}}}, "sort": "START_TIME_ASC"}
    (run, *_) = until("a run by cron", lambda: ask(f"{stack.url}/flow_runs/filter", query))
    assert run["auto_scheduled"]
    assert run["state"]["message"].startswith("toy.demo version 1 promoted: ")
    assert stack.world.aliases() == {"champion": 1}
    done = stack.world.run("predict", "toy", "--text", "paid at 4.5 % per annum")
    assert done.status == 0, done.text


def test_commands_of_its_home_find_it_and_say_what_runs(stack: Stack) -> None:
    done = stack.world.run("run", "toy", "--json")
    assert done.status == 0, done.text
    names = [one["name"] for one in ask(f"{stack.url}/flow_runs/filter", {})]
    assert "toy" in names
    said = stack.world.run("runs")
    assert said.status == 0, said.text
    assert "toy.demo" in said.out
    assert "Completed" in said.out
    assert "on its schedule" in said.out or "Scheduled" in said.out
    ended_well(stack.world.run("runs", "toyy"), 2, "did you mean toy?")


def emit(stack: Stack, event: str, resource: str, payload: dict[str, Any]) -> None:
    about = {
        "id": str(uuid4()),
        "occurred": datetime.now(UTC).isoformat(),
        "event": event,
        "resource": {"prefect.resource.id": resource},
        "payload": payload,
    }
    tell(f"{stack.url}/events", [about])


def triggered(stack: Stack, identity: str) -> dict[str, Any]:
    """The run that an event with this evidence started."""

    def found() -> dict[str, Any] | None:
        for run in ask(f"{stack.url}/flow_runs/filter", {"sort": "EXPECTED_START_TIME_DESC"}):
            because = run["parameters"].get("because") or {}
            if (because.get("payload") or {}).get("psi") == identity:
                return dict(run)
        return None

    return stack.ended(until("a run by the event", found)["id"])


def test_an_event_starts_a_training_with_its_evidence(stack: Stack) -> None:
    payload = {"use_case": "toy", "reason": "drift", "psi": "0.31"}
    emit(stack, "goldsmith.model.degraded", "goldsmith.model.toy.demo", payload)
    run = triggered(stack, "0.31")
    assert run["parameters"]["because"]["payload"] == payload
    assert run["state"]["type"] == "COMPLETED", run["state"]

    emit(stack, "goldsmith.model.degraded", "goldsmith.model.toy.demo", payload | {"psi": "0.4"})
    assert triggered(stack, "0.4")["state"]["name"] == "Skipped", "within its cool-down"

    wrong = {"use_case": ["toy"], "psi": "wrong"}
    emit(stack, "goldsmith.model.degraded", "goldsmith.model.toy.demo", wrong)
    run = triggered(stack, "wrong")
    assert run["state"]["type"] == "FAILED"


def test_two_stacks_do_not_share_a_home_or_a_port(
    stack: Stack, tmp_path: Path, tiny_base: Path, goldens: Path
) -> None:
    ended_well(stack.world.run("up"), 2, "a stack runs in", stack.url)
    other = World.make(tmp_path, tiny_base, goldens)
    port = stack.url.split(":")[2].split("/")[0]
    ended_well(other.run("up", "--port", port), 2, f"port {port} is taken", "--port")
    assert not other.processes()


def test_stopped_it_leaves_no_process(stack: Stack) -> None:
    assert stack.processes()
    assert stack.stop() == 0
    assert "all stopped" in stack.said()
    assert not stack.world.processes()
