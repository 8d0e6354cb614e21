"""`goldsmith up` as a user has it, on free ports, with the toy use case."""

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from tests.command import DEADLINE, World, free_port, until
from tests.postgres import Server
from tests.prefect_server import ask, deployment

READY = "Ctrl-C stops everything"
NAME = "training/toy.demo"
FINAL = ("COMPLETED", "FAILED", "CANCELLED")


@dataclass
class Stack:
    """A running stack."""

    world: World
    arguments: tuple[str, ...]
    variables: dict[str, str]
    process: "subprocess.Popen[bytes] | None" = None
    database: Server | None = None

    @property
    def log(self) -> Path:
        return self.world.home.parent / "up.log"

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.arguments[self.arguments.index('--port') + 1]}/api"

    def said(self) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace")

    def start(self) -> None:
        """Start it, also again after its death; returns when it is ready."""
        before = self.said().count(READY) if self.log.exists() else 0
        with self.log.open("ab") as stream:
            self.process = process = subprocess.Popen(
                [sys.executable, "-m", "goldsmith", "up", *self.arguments],
                cwd=self.world.folder,
                env=self.world.environment(**self.variables),
                stdin=subprocess.DEVNULL,
                stdout=stream,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

        def ready() -> bool:
            assert process.poll() is None, self.said()
            return self.said().count(READY) > before

        until("the stack", ready)

    def kill_all(self) -> None:
        """kill -9 every process of this home at once, as when a machine loses its power."""
        for sign in (signal.SIGSTOP, signal.SIGKILL):
            for pid in self.world.processes():
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, sign)
        if self.process is not None:
            self.process.wait(60)

    def start_run(self, *overrides: str, **job_variables: Any) -> str:
        """Start a run of the deployment by hand; its id."""
        about: dict[str, Any] = {"job_variables": job_variables}
        if overrides:
            about["parameters"] = {"overrides": list(overrides)}
        identity = deployment(self.url, NAME)["id"]
        return str(ask(f"{self.url}/deployments/{identity}/create_flow_run", about)["id"])

    def run(self, identity: str) -> dict[str, Any]:
        found: dict[str, Any] = ask(f"{self.url}/flow_runs/{identity}")
        return found

    def ended(self, identity: str) -> dict[str, Any]:
        """The run, once it has come to an end."""

        def over() -> dict[str, Any] | None:
            with contextlib.suppress(OSError):
                run = self.run(identity)
                return run if run["state"]["type"] in FINAL else None
            return None

        try:
            # Whose machine died waits for the heartbeats that lack before it starts again.
            found: dict[str, Any] = until("", over, 3 * DEADLINE)
        except AssertionError:
            log = self.said()[-3000:]
            raise AssertionError(
                f"run {identity} does not end: {self.states(identity)}\n{log}"
            ) from None
        return found

    def states(self, identity: str) -> list[str]:
        """Names of all states that a run was in, the first one first."""
        found = ask(f"{self.url}/flow_run_states/?flow_run_id={identity}")
        return [one["name"] for one in sorted(found, key=lambda one: one["timestamp"])]

    def processes(self, *words: str) -> list[psutil.Process]:
        """Processes of this stack whose command line has all the words."""
        found = []
        for pid in self.world.processes():
            with contextlib.suppress(psutil.Error):
                one = psutil.Process(pid)
                line = " ".join(one.cmdline())
                if all(word in line for word in words) and "nursery" not in line:
                    found.append(one)
        return found

    def flow(self) -> list[psutil.Process]:
        """The process of the flow run that is at work."""
        return self.processes("prefect.engine")

    def stop(self) -> int:
        """Stop it as a service manager does; its exit status."""
        assert self.process is not None
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        return self.process.wait(120)


@contextlib.contextmanager
def up(
    world: World, *arguments: str, database: Server | None = None, **variables: str
) -> Iterator[Stack]:
    """Start the stack, yield it when it is ready, and leave no process of it behind."""
    ports = ("--port", str(free_port()), "--mlflow-port", str(free_port()))
    if database:
        variables = {**variables, "GOLDSMITH_POSTGRES": f"{database.uri}/postgres"}
    stack = Stack(world, (*arguments, *ports), variables, database=database)
    try:
        stack.start()
        yield stack
    finally:
        stack.stop()
        stack.kill_all()
