"""compose.yaml from its databases to a served champion, without containers."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from tests import postgres
from tests.command import until
from tests.deployments import files
from tests.deployments.plain import Plain
from tests.prefect_server import ask

SECRETS = ("POSTGRES_PASSWORD", "PREFECT_DB_PASSWORD", "MLFLOW_DB_PASSWORD", "S3_ACCESS_KEY",
           "S3_SECRET_KEY")  # fmt: skip


@pytest.fixture
def stack(project: Path, tmp_path: Path, bucket: str) -> Iterator[Plain]:
    """All but the servers of PostgreSQL's and S3's images, which are servers of this machine."""
    if shutil.which("psql") is None or postgres.binaries() is None:
        pytest.skip("no psql in PATH, or no PostgreSQL server")
    values = {**files.example(), **dict.fromkeys(SECRETS, "filled"), "MODEL": "toy.demo"}
    with postgres.running() as server:  # a new one each time: its image makes the databases once
        ports = {
            "5432": server.rpartition(":")[2],
            "7070": os.environ["AWS_ENDPOINT_URL"].rpartition(":")[2],
        }
        made = Plain(tmp_path / "stack", project, values, ports)
        made.place.mkdir()
        yield made
        made.down()


def psql(stack: Plain, *words: str, **variables: str) -> str:
    done = subprocess.run(
        words,
        env={
            "PGHOST": "127.0.0.1",
            "PGPORT": stack.ports["5432"],
            "PATH": os.environ["PATH"],
            **variables,
        },
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def status(url: str, host: str) -> int:
    try:
        return int(urlopen(Request(url, headers={"Host": host}), timeout=30).status)
    except HTTPError as error:
        return error.code


def bring_up(stack: Plain) -> None:
    """Everything but the service, as compose orders it; the two servers side by side."""
    given = stack.services["postgres"]["environment"]
    passwords = {name: value for name, value in given.items() if name.endswith("DB_PASSWORD")}
    script = stack.services["postgres"]["volumes"][1].partition(":")[0]
    psql(stack, str(files.HERE / script), PGUSER="goldsmith", **passwords)
    check = stack.services["postgres"]["healthcheck"]["test"][1:]
    psql(stack, *(stack.here(word) for word in check), PGUSER="goldsmith")
    stack.up("buckets")
    stack.start("prefect")
    stack.up("mlflow")
    until("Prefect's server", lambda: stack.healthy("prefect"))
    stack.up("deploy")
    stack.up("worker")


def deployment(stack: Plain) -> tuple[str, str]:
    """Prefect's address, and the id of the deployment that `deploy` registered."""
    prefect = f"http://127.0.0.1:{stack.ports['4200']}/api"
    return prefect, ask(f"{prefect}/deployments/name/training/toy.demo")["id"]


@pytest.mark.slow
def test_the_servers_and_a_worker_start_on_new_databases(stack: Plain) -> None:
    bring_up(stack)
    assert deployment(stack)
    mlflow = f"http://127.0.0.1:{stack.ports['5000']}/"
    assert status(mlflow, "mlflow:5000") == 200
    assert status(mlflow, "elsewhere.example") == 403
    # Both are in the databases that were made for them.
    for name, table in (("prefect", "deployment"), ("mlflow", "experiments")):
        url = f"postgresql://{name}:filled@127.0.0.1:{stack.ports['5432']}/{name}"
        assert psql(stack, "psql", "-Atc", f"select count(*) from {table}", url) == "1\n"
    stack.up("buckets")  # a stack that starts again has them


@pytest.mark.nightly
def test_from_new_databases_to_a_served_champion(stack: Plain) -> None:
    bring_up(stack)
    prefect, identity = deployment(stack)
    run = ask(f"{prefect}/deployments/{identity}/create_flow_run", {})["id"]
    state = until("the run's end", lambda: ended(prefect, run))
    assert state["type"] == "COMPLETED", (state, stack.log("worker").read_text(errors="replace"))
    stack.up("service")
    rows = {"dataframe_records": [{"text": "interest of 4.5 % and notes of $ 500"}]}
    answer = ask(f"http://127.0.0.1:{stack.ports['8080']}/invocations", rows)
    assert [one["text"] for one in answer["predictions"][0]] == ["4.5 %", "500"], answer


def ended(prefect: str, run: str) -> Any:
    state = ask(f"{prefect}/flow_runs/{run}")["state"]
    return state if state["type"] in ("COMPLETED", "FAILED", "CRASHED", "CANCELLED") else None
