"""A real Prefect server for tests and for .ci/server_smoke.py: its own port, its own home."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

START_SECONDS = 180.0
SCHEDULE_SECONDS = 180.0
GRACE_SECONDS = 10.0
POLL_SECONDS = 0.5


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def running(home: Path) -> Iterator[str]:
    """Start a server with its state in `home`, yield its API URL, and leave no process behind."""
    home.mkdir(parents=True, exist_ok=True)
    port = free_port()
    url = f"http://127.0.0.1:{port}/api"
    command = [sys.executable, "-m", "prefect", "server", "start", "--port", str(port)]
    environment = {**os.environ, "PREFECT_HOME": str(home), "PREFECT_API_URL": url}
    with (home / "server.log").open("wb") as log:
        process = subprocess.Popen(
            [*command, "--host", "127.0.0.1"],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        _await_health(process, url, home / "server.log")
        yield url
    finally:
        _stop(process)


def _await_health(process: "subprocess.Popen[bytes]", url: str, log: Path) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        with contextlib.suppress(OSError):
            if ask(f"{url}/health") is True:
                return
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(POLL_SECONDS)
            break
    raise AssertionError(f"no healthy Prefect server: {log.read_text(errors='replace')[-2000:]}")


def _stop(process: "subprocess.Popen[bytes]") -> None:
    for sign in (signal.SIGTERM, signal.SIGKILL):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, sign)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(GRACE_SECONDS)


def ask(url: str, body: Any = None) -> Any:
    """GET, or POST a JSON body; the JSON answer. A server that is busy is asked again, as its clients do."""
    data = None if body is None else json.dumps(body).encode()
    end = time.monotonic() + START_SECONDS
    while True:
        request = Request(url, data, {"Content-Type": "application/json"})
        try:
            with urlopen(request, timeout=30) as answer:
                return json.loads(answer.read())
        except HTTPError as error:
            if error.code != HTTPStatus.SERVICE_UNAVAILABLE or time.monotonic() > end:
                raise
            threading.Event().wait(POLL_SECONDS)


def tell(url: str, body: Any, method: str = "POST") -> None:
    """Send a JSON body to what answers nothing."""
    data, header = json.dumps(body).encode(), {"Content-Type": "application/json"}
    request = Request(url, data, header, method=method)
    urlopen(request, timeout=10).close()


def register(url: str, project: Path, *arguments: str) -> str:
    """Run `goldsmith deploy` in a project folder; what it printed."""
    found = subprocess.run(
        [sys.executable, "-m", "goldsmith", "deploy", *arguments],
        cwd=project,
        env={**os.environ, "PREFECT_API_URL": url},
        capture_output=True,
        text=True,
    )
    assert found.returncode == 0, found.stderr
    return found.stdout


def deployment(url: str, name: str) -> dict[str, Any]:
    """A registered deployment, such as `training/toy.demo`."""
    found: dict[str, Any] = ask(f"{url}/deployments/name/{name}")
    return found


def scheduled_runs(url: str, name: str) -> int:
    """How many runs a deployment's schedule has planned, as soon as there is one."""
    query = {
        "deployments": {"id": {"any_": [deployment(url, name)["id"]]}},
        "flow_runs": {"state": {"type": {"any_": ["SCHEDULED"]}}},
    }
    end = time.monotonic() + SCHEDULE_SECONDS
    pace = threading.Event()
    found = 0
    while not found and time.monotonic() < end:
        found = ask(f"{url}/flow_runs/count", query)
        if not found:
            pace.wait(POLL_SECONDS)
    return found
