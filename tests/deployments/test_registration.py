"""Registration: light to build, the same when done again, and its schedules plan runs."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import prefect_server

HEAVY = ("torch", "transformers", "mlflow", "dvc", "datasets", "great_expectations")
SCHEDULE = 'schedule: {cron: "0 3 * * 1", timezone: Europe/Copenhagen}\n'


def deploy(*arguments: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "deployments", *arguments]
    return subprocess.run(command, capture_output=True, text=True)


def add(project: Path, text: str) -> None:
    with (project / "use_cases" / "toy.yaml").open("a", encoding="utf-8") as stream:
        stream.write(text)


def test_building_every_deployment_imports_nothing_heavy() -> None:
    code = (
        "import sys; from pathlib import Path; from goldsmith import config\n"
        "from deployments.registration import build, choose\n"
        "found = [build(one, Path.cwd()) for one in choose([], 'demo')[0]]\n"
        "assert len(found) == len(config.names()) > 0\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert found.returncode == 0, found.stderr
    assert found.stdout.strip() == "[]"


def test_a_deployment_names_its_profile_limit_pool_and_schedule(project: Path) -> None:
    from deployments.registration import build, choose

    add(project, SCHEDULE)
    found = build(choose(["toy"], "demo")[0][0], project)
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
    from deployments.registration import build, choose

    file = project / "use_cases" / "toy.yaml"
    text = file.read_text(encoding="utf-8").replace("  demo:", "  full:")
    file.write_text(text, encoding="utf-8")
    assert build(choose([], "full")[0][0], project).full_name == "training/toy"
    assert choose([], "demo") == ([], ["toy"])


@pytest.mark.parametrize(
    "schedule", ['{cron: "every monday"}', '{cron: "0 3 * * 1", timezone: Europe/Kopenhagen}']
)
def test_a_schedule_that_is_none_is_named_with_its_file(project: Path, schedule: str) -> None:
    from deployments.registration import build, choose
    from goldsmith.errors import ConfigError

    add(project, f"schedule: {schedule}\n")
    with pytest.raises(ConfigError, match=r"toy\.yaml: schedule: "):
        build(choose(["toy"], "demo")[0][0], project)


def test_without_a_server_it_says_what_to_do(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = deploy()
    assert found.returncode == 2
    assert "PREFECT_API_URL is not set" in found.stderr
    assert "prefect server start" in found.stderr
    url = f"http://127.0.0.1:{prefect_server.free_port()}/api"
    monkeypatch.setenv("PREFECT_API_URL", url)
    found = deploy()
    assert found.returncode == 1
    assert f"PREFECT_API_URL={url} does not answer" in found.stderr
    assert "Traceback" not in found.stderr
    found = deploy("tory")
    assert found.returncode == 2
    assert "did you mean toy?" in found.stderr


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    with prefect_server.running(tmp_path / "prefect") as url:
        yield url


@pytest.mark.slow
def test_a_cron_plans_runs_and_registering_again_changes_nothing(
    project: Path, server: str
) -> None:
    add(project, SCHEDULE)
    said = prefect_server.register(server, project)
    assert "training/toy.demo: profile demo, 0 3 * * 1 Europe/Copenhagen" in said
    assert prefect_server.scheduled_runs(server, "training/toy.demo") > 0
    before = prefect_server.deployment(server, "training/toy.demo")

    prefect_server.register(server, project)
    after = prefect_server.deployment(server, "training/toy.demo")
    assert after["id"] == before["id"]
    assert len(after["schedules"]) == 1
    assert len(prefect_server.ask(f"{server}/deployments/filter", {})) == 1
    limit = after["global_concurrency_limit"]
    assert (limit["limit"], after["concurrency_options"]["collision_strategy"]) == (1, "ENQUEUE")
    assert after["parameters"] == {"use_case": "toy", "profile": "demo"}

    file = project / "use_cases" / "toy.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace(SCHEDULE, ""), encoding="utf-8")
    assert "on demand" in prefect_server.register(server, project)
    assert prefect_server.deployment(server, "training/toy.demo")["schedules"] == []
    assert prefect_server.ask(f"{server}/work_pools/cpu")["type"] == "process"
