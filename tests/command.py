"""The command as a user has it: a process of its own, in a working directory with one use case."""

import json
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.toys import TINY_SETTINGS

REPOSITORY = Path(__file__).parents[1]
DEADLINE = 300.0  # seconds; idle machines need a twentieth of it
FOREIGN = ("MLFLOW_TRACKING_URI", "PREFECT_API_URL", "PREFECT_PROFILE", "GOLDSMITH_PROFILE")
# MLflow keeps absolute places: (table, column) of each.
PLACES = (
    ("experiments", "artifact_location"),
    ("runs", "artifact_uri"),
    ("logged_models", "artifact_location"),
    ("model_versions", "source"),
    ("model_versions", "storage_location"),
)


@dataclass(frozen=True)
class Done:
    """How a command ended."""

    status: int
    out: str
    err: str

    @property
    def text(self) -> str:
        return self.out + self.err


def free_port() -> int:
    with closing(socket.socket()) as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def until(what: str, found: Callable[[], Any], seconds: float = DEADLINE) -> Any:
    """Wait until a function returns something true; fail with `what` when that takes too long."""
    pause, end = threading.Event(), time.monotonic() + seconds
    while time.monotonic() < end:
        value = found()
        if value:
            return value
        pause.wait(0.02)
    raise AssertionError(f"waited {seconds:g} s in vain: {what}")


@dataclass
class World:
    """A project folder and a Goldsmith home."""

    folder: Path
    home: Path
    variables: dict[str, str] = field(default_factory=dict)

    @classmethod
    def make(cls, at: Path, base: Path, goldens: Path, **variables: str) -> "World":
        world = cls(at / "project", at / "home", variables)
        (world.folder / "use_cases").mkdir(parents=True)
        shutil.copytree(goldens, world.folder / "data" / "raw" / "toy")
        world.use_case().write_text(TINY_SETTINGS.format(base=base), encoding="utf-8")
        return world

    def copy(self, at: Path) -> "World":
        """Both folders again, with MLflow's absolute places moved along."""
        other = World(at / "project", at / "home", dict(self.variables))
        shutil.copytree(self.folder, other.folder)
        shutil.copytree(self.home, other.home)
        database = other.home / "mlflow" / "mlflow.db"
        if database.is_file():
            with closing(sqlite3.connect(database)) as found, found:
                for table, column in PLACES:
                    found.execute(
                        f"update {table} set {column} = replace({column}, ?, ?)",
                        (str(self.home), str(other.home)),
                    )
        return other

    @property
    def prefect_home(self) -> Path:
        return Path(self.variables.get("PREFECT_HOME", str(self.home / "prefect")))

    def use_case(self, name: str = "toy") -> Path:
        return self.folder / "use_cases" / f"{name}.yaml"

    def environment(self, **variables: str) -> dict[str, str]:
        own = {name: value for name, value in os.environ.items() if name not in FOREIGN}
        return {**own, "GOLDSMITH_HOME": str(self.home), **self.variables, **variables}

    def start(self, *arguments: str, limit: int | None = None, **variables: str) -> Any:
        """Start the command in a process group of its own; `limit` bounds its files, in bytes."""
        bound = ["prlimit", f"--fsize={limit}"] if limit else []
        return subprocess.Popen(
            [*bound, sys.executable, "-m", "goldsmith", *arguments],
            cwd=self.folder,
            env=self.environment(**variables),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
            # A shell hands an ignored ctrl-C down to what it starts in the background.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )

    def run(self, *arguments: str, limit: int | None = None, **variables: str) -> Done:
        """Run the command to its end."""
        return finish(self.start(*arguments, limit=limit, **variables))

    def train(self, *arguments: str, **variables: str) -> dict[str, Any]:
        """`goldsmith run toy --json`, which must succeed; returns its answer."""
        done = self.run("run", "toy", "--json", *arguments, **variables)
        assert done.status == 0, done.text
        value: dict[str, Any] = json.loads(done.out)
        return value

    def query(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """Rows of the registry's database; none where there is no database yet."""
        database = self.home / "mlflow" / "mlflow.db"
        if not database.is_file():
            return []
        with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as found:
            return list(found.execute(sql, values))

    def aliases(self, model: str = "toy.demo") -> dict[str, int]:
        sql = "select alias, version from registered_model_aliases where name = ?"
        return dict(self.query(sql, model))

    def versions(self, model: str = "toy.demo") -> list[int]:
        # MLflow keeps the row of a version that was deleted, and marks it.
        sql = (
            "select version from model_versions where name = ? "
            "and current_stage != 'Deleted_Internal' order by version"
        )
        return [row[0] for row in self.query(sql, model)]

    def tags(self, version: int, model: str = "toy.demo") -> dict[str, str]:
        sql = "select key, value from model_version_tags where name = ? and version = ?"
        return dict(self.query(sql, model, version))

    def made(self, stage: str) -> list[Path]:
        """The complete artifacts of a stage."""
        root = self.home / "artifacts" / stage
        return sorted(path.parent for path in root.glob("[!.]*/artifact.json"))

    def working(self) -> Iterator[Path]:
        """Folders of training processes that are not finished."""
        return (self.home / "work").glob("train-*/*/")

    def trainer(self) -> int:
        """Process id of a training process at work in this home, 0 if there is none."""
        for path in Path("/proc").glob("[0-9]*/cmdline"):
            try:
                words = path.read_bytes().split(b"\0")
            except OSError:
                continue
            here = any(word.startswith(bytes(self.home)) for word in words)
            if here and b"goldsmith.families" in words:
                return int(path.parent.name)
        return 0

    def processes(self) -> list[int]:
        """Every process that was started with this home, however it got away."""
        wanted, found = f"GOLDSMITH_HOME={self.home}".encode(), []
        for path in Path("/proc").glob("[0-9]*/environ"):
            try:
                variables = path.read_bytes().split(b"\0")
            except OSError:
                continue
            if wanted in variables:
                found.append(int(path.parent.name))
        return found


def finish(process: Any, seconds: float = DEADLINE) -> Done:
    """Wait for a command; one that takes too long is killed with its whole group."""
    try:
        out, err = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        out, err = process.communicate()
        raise AssertionError(f"took longer than {seconds:g} s:\n{out}\n{err}") from None
    return Done(process.returncode, out, err)


def killed(body: Callable[[], Any]) -> None:
    """Run a body in a fork of this process, which must die of a SIGKILL in it: no imports to pay."""
    child = os.fork()
    if not child:
        try:
            body()
        except BaseException:
            traceback.print_exc()
        os._exit(1)
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == -signal.SIGKILL


def die(*_: Any, **__: Any) -> None:
    """As kill -9 would have it."""
    os.kill(os.getpid(), signal.SIGKILL)


def ended_well(done: Done, status: int, *parts: str, lines: int = 12) -> None:
    """The status, every part of the message, no traceback, and not too many lines of error."""
    assert done.status == status, done.text
    assert "Traceback" not in done.text, done.text
    for part in parts:
        assert part in done.err, f"{part!r} is not in:\n{done.text}"
    if status not in (0, 130):
        message = done.err[done.err.index("error: ") :]
        assert len(message.splitlines()) <= lines, message
