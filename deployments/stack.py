"""A stack on this machine: Prefect's server, MLflow's server, workers, and every deployment.

All state lies in the home: started again, the stack goes on with what it was doing. Each service runs
in a nursery (`deployments.nursery`), so that no process outlives the stack, however it ends.
"""

import fcntl
import json
import os
import queue
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple, NoReturn
from urllib.request import urlopen

from deployments.databases import Databases
from goldsmith.errors import GoldsmithError, StoreError, UserError
from goldsmith.settings import STACK_FILE

HOST = "127.0.0.1"
START_SECONDS = 180.0
STOP_SECONDS = 20.0
POLL_SECONDS = 0.3
LAST_LINES = 15
MOST_ENDS = 5  # of one service within ENDS_SECONDS: then it is no accident
ENDS_SECONDS = 600.0
LEASES = "prefect.server.concurrency.lease_storage.filesystem"
ORDERING = "deployments.ordering"

Line = tuple[str, str]


class Ports(NamedTuple):
    """Where the servers listen, on this machine alone."""

    prefect: int
    mlflow: int


class Service(NamedTuple):
    """One process of the stack.

    Attributes:
        name: shown before each of its lines.
        command: what runs.
        environment: on top of the stack's own.
        health: a page that answers once it is ready; empty: it is ready when it runs.
    """

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str] = {}
    health: str = ""


class Stack:
    """The running services, in the order in which they were started."""

    def __init__(self, home: Path, environment: Mapping[str, str]) -> None:
        self._home, self._environment = home, dict(environment)
        self._running: list[tuple[Service, subprocess.Popen[str]]] = []
        self._ends: dict[str, list[float]] = {}
        self.lines: queue.Queue[Line] = queue.Queue()
        (home / "logs").mkdir(parents=True, exist_ok=True)

    def start(self, service: Service) -> None:
        """Start a service and wait until it is ready.

        Raises:
            GoldsmithError: it ends, or it is not ready in time; with its last lines.
        """
        process = self._spawn(service)
        self._running.append((service, process))
        end = time.monotonic() + START_SECONDS
        while service.health and not _answers(service.health):
            if process.poll() is not None or time.monotonic() > end:
                raise GoldsmithError(f"{service.name} did not start:\n{self._said(service.name)}")
            time.sleep(POLL_SECONDS)

    def revive(self) -> None:
        """Start services again that have ended by themselves.

        Raises:
            GoldsmithError: one ends again and again; with its last lines.
        """
        for place, (service, process) in enumerate(self._running):
            if process.poll() is None:
                continue
            ends = [*self._ends.get(service.name, ()), time.monotonic()][-MOST_ENDS:]
            self._ends[service.name] = ends
            if len(ends) == MOST_ENDS and ends[-1] - ends[0] < ENDS_SECONDS:
                raise GoldsmithError(
                    f"{service.name} ended {MOST_ENDS} times:\n{self._said(service.name)}"
                )
            self.lines.put(
                (service.name, f"has ended with status {process.returncode}: started again")
            )
            self._running[place] = (service, self._spawn(service))

    def _spawn(self, service: Service) -> "subprocess.Popen[str]":
        process = subprocess.Popen(
            [sys.executable, "-m", "deployments.nursery", str(os.getpid()), *service.command],
            env=self._environment | dict(service.environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            start_new_session=True,  # ctrl-C is for us alone, who stop them in their order
        )
        threading.Thread(target=self._follow, args=(service.name, process), daemon=True).start()
        return process

    def stop(self) -> None:
        """Stop all services, the last one first; none is left."""
        for _, process in reversed(self._running):
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def _follow(self, name: str, process: "subprocess.Popen[str]") -> None:
        assert process.stdout is not None
        with self._log(name).open("a", encoding="utf-8", buffering=1) as kept:
            for line in process.stdout:
                kept.write(line)
                self.lines.put((name, line.rstrip()))

    def _log(self, name: str) -> Path:
        return self._home / "logs" / f"{name.replace(' ', '-')}.log"

    def _said(self, name: str) -> str:
        lines = self._log(name).read_text(encoding="utf-8", errors="replace").splitlines()
        return "\n".join([*lines[-LAST_LINES:], f"(all of it: {self._log(name)})"])


def environment(home: Path, ports: Ports) -> dict[str, str]:
    """What every process of the stack has in its environment, beside the user's own."""
    return {
        "PREFECT_HOME": str(home / "prefect"),
        "PREFECT_API_URL": f"http://{HOST}:{ports.prefect}/api",
        "MLFLOW_TRACKING_URI": f"http://{HOST}:{ports.mlflow}",
        "GOLDSMITH_HOME": str(home),
        "PYTHONUNBUFFERED": "1",
        "PREFECT_SERVER_CONCURRENCY_LEASE_STORAGE": LEASES,
        "PREFECT_SERVER_EVENTS_CAUSAL_ORDERING": ORDERING,
        "PREFECT_WORKER_QUERY_SECONDS": "5",
        "PREFECT_CLI_COLORS": "false",
        # Its jobs are for language models' traces: eight processes more, for nobody here.
        "MLFLOW_SERVER_ENABLE_JOB_EXECUTION": "false",
        # SQLite has one writer at a time: on a busy machine the others wait longer than 10 s.
        "PREFECT_SERVER_DATABASE_TIMEOUT": "60",
        "PREFECT_SERVER_DATABASE_CONNECTION_TIMEOUT": "60",
    }


def servers(home: Path, ports: Ports, databases: Databases) -> list[Service]:
    """Prefect's server and MLflow's."""
    uvicorn = ("-m", "uvicorn", "--factory", "prefect.server.api.server:create_app")
    where = ("--host", HOST, "--port", str(ports.prefect), "--log-level", "warning")
    prefect_api = f"http://{HOST}:{ports.prefect}/api"
    root = home / "mlflow" / "artifacts"
    # Clients write artifacts to the folder themselves: they are found without the server too.
    store = ("--default-artifact-root", root.as_uri(), "--no-serve-artifacts")
    at = ("--host", HOST, "--port", str(ports.mlflow), "--workers", "1")
    quiet = ("--uvicorn-opts", "--log-level warning")
    return [
        Service(
            "prefect",
            (sys.executable, *uvicorn, *where, "--timeout-graceful-shutdown", "3"),
            databases.for_prefect,
            f"{prefect_api}/health",
        ),
        Service(
            "mlflow",
            (sys.executable, "-m", "mlflow", "server", *store, *at, *quiet),
            databases.for_mlflow,
            f"http://{HOST}:{ports.mlflow}/health",
        ),
    ]


def workers(pools: list[str]) -> list[Service]:
    """A process worker for each pool."""
    prefect = (sys.executable, "-m", "prefect", "worker", "start", "--type", "process")
    return [
        Service(f"worker {pool}", (*prefect, "--pool", pool, "--name", f"goldsmith-{pool}"))
        for pool in pools
    ]


def pools() -> list[str]:
    """`cpu`, and `gpu` where this machine has one."""
    return ["cpu", "gpu"] if Path("/proc/driver/nvidia/version").exists() else ["cpu"]


def check_ports(ports: Ports) -> None:
    """Refuse ports that are taken, before anything starts.

    Raises:
        UserError: naming the port, and which option chooses another.
    """
    for option, port in (("--port", ports.prefect), ("--mlflow-port", ports.mlflow)):
        with closing(socket.socket()) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, port))
            except OSError:
                raise UserError(
                    f"port {port} is taken (by another stack?): choose another with {option}"
                ) from None


@contextmanager
def alone(home: Path, found: Mapping[str, str]) -> Iterator[None]:
    """Hold the home's stack file, by which commands of this home find the running stack.

    Raises:
        UserError: another stack runs in this home.
        StoreError: the home cannot be written.
    """
    try:
        home.mkdir(parents=True, exist_ok=True)
        stream = (home / STACK_FILE).open("a+", encoding="utf-8")
    except OSError as error:
        raise StoreError(
            f"{home} cannot be written: {error.strerror}; set GOLDSMITH_HOME"
        ) from None
    with stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            stream.seek(0)
            other = json.loads(stream.read() or "{}")
            raise UserError(
                f"a stack runs in {home} already: {other.get('PREFECT_API_URL', '')} (process "
                f"{other.get('pid', '?')}); stop it, or set GOLDSMITH_HOME to another folder"
            ) from None
        stream.truncate(0)
        stream.write(json.dumps(dict(found) | {"pid": os.getpid()}))
        stream.flush()
        yield
        stream.truncate(0)


def follow(stack: Stack, show: Callable[[str, str], None]) -> NoReturn:
    """Show the services' lines for ever, and start services again that end by themselves.

    Raises:
        GoldsmithError: one ends again and again.
    """
    while True:
        stack.revive()
        try:
            show(*stack.lines.get(timeout=1.0))
        except queue.Empty:
            continue


def _answers(url: str) -> bool:
    try:
        return bool(urlopen(url, timeout=5).status == 200)
    except OSError:
        return False
