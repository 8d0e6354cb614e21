"""compose.yaml's services as plain processes: their commands, variables and health checks as written.

What differs from containers: hosts and ports, folders, and that all packages of this environment are
there. PostgreSQL and S3 are other servers of the same kind.
"""

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.command import free_port, until
from tests.deployments import files

PORTS = (4200, 5000, 5432, 7070, 8080, 8081)
KEPT = ("PYTHONPATH", "OMP_NUM_THREADS", "HF_HUB_OFFLINE", "LANG", "TMPDIR")
IMAGE_HOME = "/var/lib/goldsmith"
# The serving image has none of these.
ABSENT = ("torch", "transformers", "datasets", "dvc", "great_expectations", "optimum", "prefect")


@dataclass
class Plain:
    """A stack in `place`, whose project is the folder with `use_cases/`."""

    place: Path
    project: Path
    values: dict[str, str]
    ports: dict[str, str] = field(default_factory=dict)
    processes: dict[str, "subprocess.Popen[bytes]"] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.services = files.compose(self.values)["services"]
        self.stages = files.stages()
        self.ports = {**{str(port): str(free_port()) for port in PORTS}, **self.ports}

    def here(self, text: str) -> str:
        """A command's word or a variable's value with this machine's hosts and ports.

        Left as they are: the names that MLflow answers to. The profile is `demo`, as `full` refuses
        to train from a tree that differs from its commit.
        """
        if text == "full":
            return "demo"
        text = re.sub(rf"(@|//)({'|'.join(self.services)}):(?=\d)", r"\g<1>127.0.0.1:", text)
        ports = rf"(?<!mlflow:)\b({'|'.join(self.ports)})\b"
        text = re.sub(ports, lambda found: self.ports[found[1]], text)
        return text.replace("0.0.0.0", "127.0.0.1")

    def environment(self, name: str) -> dict[str, str]:
        """The image's variables and compose's, and of ours only what finds the code."""
        service = self.services[name]
        home = self.place / name
        home.mkdir(exist_ok=True)
        found = {key: os.environ[key] for key in KEPT if key in os.environ}
        found["PATH"] = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
        stage = self.stages[service["image"].removeprefix("goldsmith-")]
        for key, value in files.environment(stage).items():
            found[key] = value.replace(IMAGE_HOME, str(home))
        for key, value in service.get("environment", {}).items():
            found[key] = self.here(value).replace(IMAGE_HOME, str(home))
        if service["image"] == "goldsmith-serving":
            found["PYTHONPATH"] = f"{self._without(ABSENT)}:{found.get('PYTHONPATH', '')}"
        return found

    def _without(self, packages: tuple[str, ...]) -> Path:
        folder = self.place / "absent"
        folder.mkdir(exist_ok=True)
        for name in packages:
            (folder / f"{name}.py").write_text(f"raise ImportError('{name} is not there')\n")
        return folder

    def command(self, name: str) -> list[str]:
        service = self.services[name]
        stage = self.stages[service["image"].removeprefix("goldsmith-")]
        words = service.get("command") or yaml_list(stage.last("CMD"))
        return [self.here(word) for word in words]

    def start(self, name: str) -> None:
        """Start a service in a process group of its own."""
        with self.log(name).open("ab") as log:
            self.processes[name] = subprocess.Popen(
                self.command(name),
                env=self.environment(name),
                cwd=self.project,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def log(self, name: str) -> Path:
        return self.place / f"{name}.log"

    def up(self, name: str) -> None:
        """Start a service, and wait for what those wait for that depend on it."""
        self.start(name)
        if self.services[name]["restart"] == "no":
            assert self.processes[name].wait(300) == 0, self.log(name).read_text(errors="replace")
        else:
            until(f"{name} to be healthy", lambda: self.healthy(name))

    def healthy(self, name: str) -> bool:
        """Whether the service's health check succeeds; it is not asked before anybody listens."""
        assert self.processes[name].poll() is None, self.log(name).read_text(errors="replace")
        check = self.services[name].get("healthcheck", {}).get("test")
        if check is None:
            stage = self.stages[self.services[name]["image"].removeprefix("goldsmith-")]
            check = yaml_list("[CMD, " + stage.last("HEALTHCHECK").partition("CMD [")[2])
        assert check[0] == "CMD"
        words = [self.here(word) for word in check[1:]]
        port = re.search(r"127\.0\.0\.1:(\d+)", words[-1])
        if port and not listens(int(port[1])):
            return False
        done = subprocess.run(words, env=self.environment(name), capture_output=True)
        return done.returncode == 0

    def down(self) -> None:
        """End every process, also one that got away from its group."""
        for process in self.processes.values():
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        for pid in self._left():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def _left(self) -> Iterator[int]:
        wanted = f"GOLDSMITH_HOME={self.place}/".encode()
        for path in Path("/proc").glob("[0-9]*/environ"):
            with contextlib.suppress(OSError):
                if wanted in path.read_bytes():
                    yield int(path.parent.name)


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def yaml_list(text: str) -> list[Any]:
    """An instruction's words."""
    import yaml

    return list(yaml.safe_load(text))
