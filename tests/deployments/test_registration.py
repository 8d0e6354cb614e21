"""`goldsmith deploy`: light to build, says what differs, changes that alone, and its crons plan runs."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests import prefect_server
from tests.prefect_server import ask

HEAVY = ("torch", "transformers", "mlflow", "dvc", "datasets", "great_expectations")
SCHEDULE = 'schedule: {cron: "0 3 * * 1", timezone: Europe/Copenhagen}\n'


def deploy(*arguments: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "goldsmith", "deploy", *arguments]
    return subprocess.run(command, capture_output=True, text=True)


def add(project: Path, text: str) -> None:
    with (project / "use_cases" / "toy.yaml").open("a", encoding="utf-8") as stream:
        stream.write(text)


def plan(project: Path) -> Any:
    from deployments.plans import choose, plans

    (found,) = plans(choose(["toy"], "demo")[0][0], project)
    return found.deployment


def test_building_every_deployment_imports_nothing_heavy() -> None:
    code = (
        "import sys; from pathlib import Path; from goldsmith import config\n"
        "from deployments.plans import choose, plans\n"
        "found = [one for name in choose([], 'demo')[0] for one in plans(name, Path.cwd())]\n"
        "assert len(found) >= len(config.names()) > 0\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert found.returncode == 0, found.stderr
    assert found.stdout.strip() == "[]"


def test_a_deployment_names_its_profile_limit_pool_and_schedule(project: Path) -> None:
    add(project, SCHEDULE)
    found = plan(project)
    assert found.full_name == "training/toy.demo"
    assert found.parameters == {"use_case": "toy", "profile": "demo"}
    assert (found.concurrency_limit, found.work_pool_name) == (1, "cpu")
    assert found.concurrency_options.collision_strategy.value == "ENQUEUE"
    schedule = found.schedules[0].schedule
    assert (schedule.cron, schedule.timezone) == ("0 3 * * 1", "Europe/Copenhagen")
    assert found.storage.to_pull_step() == {
        "prefect.deployments.steps.set_working_directory": {"directory": str(project)}
    }


def test_the_name_is_the_use_cases_under_full(project: Path) -> None:
    from deployments.plans import choose, plans

    file = project / "use_cases" / "toy.yaml"
    text = file.read_text(encoding="utf-8").replace("  demo:", "  full:")
    file.write_text(text, encoding="utf-8")
    assert plans(choose([], "full")[0][0], project)[0].name == "training/toy"
    assert choose([], "demo") == ([], ["toy"])


@pytest.mark.parametrize(
    "schedule", ['{cron: "every monday"}', '{cron: "0 3 * * 1", timezone: Europe/Kopenhagen}']
)
def test_a_schedule_that_is_none_is_named_with_its_file(project: Path, schedule: str) -> None:
    from goldsmith.errors import ConfigError

    add(project, f"schedule: {schedule}\n")
    with pytest.raises(ConfigError, match=r"toy\.yaml: schedule: "):
        plan(project)


def test_without_a_server_it_says_what_to_do(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = deploy()
    assert found.returncode == 2
    assert "PREFECT_API_URL is not set" in found.stderr
    assert "goldsmith up" in found.stderr
    url = f"http://127.0.0.1:{prefect_server.free_port()}/api"
    monkeypatch.setenv("PREFECT_API_URL", url)
    found = deploy()
    assert found.returncode == 1
    assert f"PREFECT_API_URL={url} does not answer" in found.stderr
    assert "Traceback" not in found.stderr
    found = deploy("tory")
    assert found.returncode == 2
    assert "did you mean toy?" in found.stderr


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with prefect_server.running(tmp_path_factory.mktemp("prefect")) as url:
        yield url


def changes(url: str, project: Path, *arguments: str) -> dict[str, str]:
    """What `deploy --json` says, by deployment: `kind: details`."""
    said = json.loads(prefect_server.register(url, project, "--json", *arguments))
    return {one["name"]: f"{one['change']}: {'; '.join(one['details'])}" for one in said["deployments"]}  # fmt: skip


def rules(url: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = ask(f"{url}/automations/filter", {})
    return [one for one in found if one["name"].startswith("goldsmith: ")]


@pytest.mark.slow
def test_registering_says_what_differs_and_changes_that_alone(project: Path, server: str) -> None:
    name = "training/toy.demo"
    add(project, SCHEDULE)
    assert changes(server, project, "--dry-run")[name].startswith(
        "new: profile: demo; schedule: 0 3"
    )
    assert ask(f"{server}/deployments/filter", {}) == rules(server) == []

    assert changes(server, project)[name].startswith("new: ")
    assert prefect_server.scheduled_runs(server, name) > 0
    before, looking_after = prefect_server.deployment(server, name), rules(server)
    assert len(looking_after) == 4
    limit = before["global_concurrency_limit"]
    assert (limit["limit"], before["concurrency_options"]["collision_strategy"]) == (1, "ENQUEUE")
    assert before["job_variables"]["env"]["PREFECT_FLOWS_HEARTBEAT_FREQUENCY"] == "30"
    assert before["job_variables"]["env"]["PREFECT_CLIENT_RETRY_EXTRA_CODES"] == "500"

    assert changes(server, project)[name] == "same: "
    assert prefect_server.deployment(server, name)["updated"] == before["updated"]
    assert rules(server) == looking_after
    assert ask(f"{server}/work_pools/cpu")["type"] == "process"

    # Registered by a Goldsmith whose runs had another environment.
    environment = before["job_variables"]["env"]
    older = {**environment, "PREFECT_CLIENT_RETRY_EXTRA_CODES": "501"}
    one = f"{server}/deployments/{before['id']}"
    prefect_server.tell(one, {"job_variables": {"env": older}}, "PATCH")
    assert changes(server, project)[name].startswith("changed: runs with: ")
    assert prefect_server.deployment(server, name)["job_variables"]["env"] == environment

    # Paused by a person: nothing is planned any more, and deploying again is what resumes it.
    (cron,) = before["schedules"]
    client = ["prefect", "deployment", "schedule", "pause", name, cron["id"]]
    environment = {**os.environ, "PREFECT_API_URL": server}
    subprocess.run([sys.executable, "-m", *client], env=environment, check=True)
    assert not prefect_server.deployment(server, name)["schedules"][0]["active"]
    told = "changed: schedule: 0 3 * * 1 Europe/Copenhagen (paused) -> 0 3 * * 1 Europe/Copenhagen"
    assert changes(server, project)[name] == told
    assert prefect_server.deployment(server, name)["schedules"][0]["active"]
    assert prefect_server.scheduled_runs(server, name) > 0

    file = project / "use_cases" / "toy.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace(SCHEDULE, ""), encoding="utf-8")
    told = "changed: schedule: 0 3 * * 1 Europe/Copenhagen -> on demand"
    assert changes(server, project, "--dry-run")[name] == told
    assert len(prefect_server.deployment(server, name)["schedules"]) == 1
    assert changes(server, project)[name] == told
    after = prefect_server.deployment(server, name)
    assert (after["id"], after["schedules"]) == (before["id"], [])


@pytest.mark.slow
def test_pruning_deletes_what_no_use_case_asks_for_and_cancels_what_waits(
    project: Path, server: str
) -> None:
    file = project / "use_cases" / "toy.yaml"
    other = file.with_name("other.yaml")
    other.write_text(file.read_text(encoding="utf-8"), encoding="utf-8")
    changes(server, project)
    gone = prefect_server.deployment(server, "training/other.demo")
    run = ask(f"{server}/deployments/{gone['id']}/create_flow_run", {})
    other.unlink()
    told = "gone: no use case other with that profile"
    assert changes(server, project)["training/other.demo"] == told
    assert prefect_server.deployment(server, "training/other.demo")["id"] == gone["id"]
    assert changes(server, project, "--prune")["training/other.demo"] == told
    names = {one["name"] for one in ask(f"{server}/deployments/filter", {})}
    assert "toy.demo" in names
    assert "other.demo" not in names
    state = ask(f"{server}/flow_runs/{run['id']}")["state"]
    assert (state["type"], "pruned" in state["message"]) == ("CANCELLED", True)


@pytest.mark.slow
def test_a_pool_that_does_not_exist_is_refused_before_anything_is_registered(
    project: Path, server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(project, "compute: {pool: cpuu}\n")
    before = ask(f"{server}/deployments/filter", {})
    monkeypatch.setenv("PREFECT_API_URL", server)
    found = deploy()
    assert found.returncode == 2
    assert (
        "toy.yaml: compute.pool: no work pool 'cpuu' on the server: did you mean cpu"
        in found.stderr
    )
    assert ask(f"{server}/deployments/filter", {}) == before
