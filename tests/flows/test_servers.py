"""Runs against real servers: Prefect's by PREFECT_API_URL, MLflow's by MLFLOW_TRACKING_URI."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import mlflow_server as servers
from tests.command import World
from tests.prefect_server import ask, running

pytestmark = pytest.mark.slow


def test_run_shows_on_a_prefect_server(champion: World, tmp_path: Path) -> None:
    with running(tmp_path / "prefect") as url:
        champion.train("--set", "gates.max_size_mb=140", PREFECT_API_URL=url)
        (run,) = ask(f"{url}/flow_runs/filter", {})
        assert (run["name"], run["state"]["type"]) == ("toy", "COMPLETED")
        tasks = {one["name"].rpartition("-")[0]: one for one in ask(f"{url}/task_runs/filter", {})}
        states = {name: one["state"]["name"] for name, one in tasks.items()}
        kept = (
            "load",
            "validate raw",
            "prepare",
            "validate prepared",
            "train",
            "evaluate",
            "export",
        )
        assert {states[name] for name in kept} == {"Cached"}
        assert {states[name] for name in ("preflight", "judge", "register", "promote")} == {
            "Completed"
        }
        artifacts = {one["key"]: one for one in ask(f"{url}/artifacts/filter", {})}
        assert {"toy-verdict", "toy-promotion", "toy-validate-raw"} <= set(artifacts)
        assert '"figure": "micro.f1"' in artifacts["toy-metrics"]["data"]
        verdict = artifacts["toy-verdict"]["data"]
        assert verdict.startswith("**passed: ") and "report.html" in verdict
        assert "| micro.f1 " in verdict and "| parity.agreement " in verdict
        said = {name: one["state"]["message"] for name, one in tasks.items()}
        assert said["judge"].startswith("passed: ") and said["promote"].startswith("kept: ")
        assert run["state"]["message"].startswith("toy.demo version 2 kept: ")

        again = champion.train("--set", "gates.max_size_mb=140", PREFECT_API_URL=url)
        assert not again["new"]
        assert len(ask(f"{url}/flow_runs/filter", {})) == 2


@pytest.fixture
def mlflow_server(tmp_path: Path) -> Iterator[str]:
    """A real `mlflow server` with its own database and artifact root."""
    with servers.running(tmp_path / "server") as url:
        yield url


def test_register_and_predict_on_an_mlflow_server(champion: World, mlflow_server: str) -> None:
    answer = champion.train(MLFLOW_TRACKING_URI=mlflow_server)
    assert (answer["version"], answer["new"], answer["outcome"]) == (1, True, "promoted")
    sample = ("predict", "toy", "--text", "paid at 4.5 % per annum")
    done = champion.run(*sample, MLFLOW_TRACKING_URI=mlflow_server)
    assert done.status == 0, done.text
    (span,) = json.loads(done.out)["prediction"]
    assert (span["text"], span["label"]) == ("4.5 %", "Rate")
    again = champion.train(MLFLOW_TRACKING_URI=mlflow_server)
    assert (again["version"], again["new"], again["outcome"]) == (1, False, "champion")
