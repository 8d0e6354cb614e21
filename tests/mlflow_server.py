"""A real `mlflow server` for tests: its own port, its own artifact root, gone afterwards."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from tests.command import free_port, until

PID_FILE = "server.pid"


@contextlib.contextmanager
def running(place: Path, port: int = 0, workers: int = 1) -> Iterator[str]:
    """Start a server with its state in `place`; yields its URL."""
    place.mkdir(parents=True, exist_ok=True)
    port = port or free_port()
    command = [
        sys.executable, "-m", "mlflow", "server", "--host", "127.0.0.1", "--port", str(port),
        "--backend-store-uri", f"sqlite:///{place}/mlflow.db", "--workers", str(workers),
        "--artifacts-destination", str(place / "artifacts"),
    ]  # fmt: skip
    with (place / "server.log").open("ab") as log:
        process = subprocess.Popen(
            command,
            env={**os.environ, "MLFLOW_SERVER_ENABLE_JOB_EXECUTION": "false"},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )

    (place / PID_FILE).write_text(f"{process.pid} {port}")

    def healthy() -> bool:
        assert process.poll() is None, (place / "server.log").read_text(errors="replace")
        try:
            return bool(urlopen(f"http://127.0.0.1:{port}/health", timeout=5).status == 200)
        except (URLError, OSError):
            return False

    try:
        until("MLflow's server", healthy)
        yield f"http://127.0.0.1:{port}"
    finally:
        stop(place)
        process.wait()


def stop(place: Path) -> None:
    """Kill the server with this state, if it runs; returns when nothing listens any more."""
    pid, port = (int(word) for word in (place / PID_FILE).read_text().split())
    with contextlib.suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)
    until("the server's end", lambda: not _listens(port))


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
