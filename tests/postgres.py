"""A real PostgreSQL server for tests: its own folder, its own port, gone afterwards."""

import contextlib
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

from tests.command import free_port

OTHERS = ("postgres", "nobody")  # the server refuses to run as root
PLACES = "/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql*/bin"
START_SECONDS = 180
SETTINGS = {"fsync": "off", "full_page_writes": "off", "max_connections": "50"}  # nothing to keep


def binaries() -> Path | None:
    """The folder with initdb and pg_ctl, the newest where there are several."""
    found = shutil.which("initdb")
    if found and shutil.which("pg_ctl"):
        return Path(found).resolve().parent
    folders = [folder for place in PLACES for folder in Path("/").glob(place.lstrip("/"))]
    return max((one for one in folders if (one / "initdb").is_file()), key=_release, default=None)


def _release(folder: Path) -> float:
    digits = "".join(sign for sign in folder.parent.name if sign.isdigit() or sign == ".")
    return float(digits or 0)


def version() -> str:
    """Such as `PostgreSQL 15.14`."""
    folder = binaries()
    assert folder is not None
    said = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True)
    return "PostgreSQL " + said.stdout.split()[2]


@dataclass(frozen=True)
class Server:
    """A server and the folder that it keeps its data in."""

    place: Path
    port: int

    @property
    def uri(self) -> str:
        """With user and port, without a database's name."""
        return f"postgresql://goldsmith@127.0.0.1:{self.port}"

    def make(self) -> None:
        """Make its data folder."""
        other = _other_user()
        if other:
            os.chown(self.place, other.pw_uid, other.pw_gid)
        who = ("-U", "goldsmith", "-A", "trust")
        _run(other, _tool("initdb"), "-D", self.place / "data", *who, "-N", "-E", "UTF8")

    def start(self) -> None:
        """Start it, also after its death; returns when it answers."""
        settings = " ".join(f"-c {name}={value}" for name, value in SETTINGS.items())
        options = f"-h 127.0.0.1 -p {self.port} -k {self.place} {settings}"
        self._control("-w", "-t", START_SECONDS, "-l", self.place / "log", "-o", options, "start")

    def stop(self) -> None:
        self._control("-m", "immediate", "-w", "stop")

    def processes(self) -> list[psutil.Process]:
        """The server's own process and all of its children."""
        pid = (self.place / "data" / "postmaster.pid").read_text(encoding="utf-8").splitlines()[0]
        first = psutil.Process(int(pid))
        return [first, *first.children(recursive=True)]

    def _control(self, *words: object) -> None:
        _run(_other_user(), _tool("pg_ctl"), "-D", self.place / "data", *words)


@contextlib.contextmanager
def server() -> Iterator[Server]:
    """A running server in a folder of its own."""
    found = Server(Path(tempfile.mkdtemp(prefix="goldsmith-postgres-")), free_port())
    try:
        found.make()
        found.start()
        yield found
    finally:
        with contextlib.suppress(subprocess.CalledProcessError):
            found.stop()
        shutil.rmtree(found.place, ignore_errors=True)


@contextlib.contextmanager
def running() -> Iterator[str]:
    """Start a server; yields its URI with user and port, without a database's name."""
    with server() as found:
        yield found.uri


def _tool(name: str) -> Path:
    folder = binaries()
    assert folder is not None, "no initdb and pg_ctl"
    return folder / name


def _other_user() -> pwd.struct_passwd | None:
    """Whom to run as: ourselves unless we are root."""
    if os.geteuid() != 0:
        return None
    known = {one.pw_name: one for one in pwd.getpwall()}
    return next(known[name] for name in OTHERS if name in known)


def _run(other: pwd.struct_passwd | None, *command: object) -> None:
    """Run a command as that user; its output is shown where it fails."""
    done = subprocess.run(
        [str(word) for word in command],
        user=other.pw_uid if other else None,
        group=other.pw_gid if other else None,
        extra_groups=[] if other else None,
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    if done.returncode:
        raise subprocess.CalledProcessError(done.returncode, command[0], stderr=done.stderr)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """A server's URI without a database; skips where PostgreSQL is not installed."""
    if binaries() is None:
        pytest.skip("no PostgreSQL: install its server (Debian: postgresql), or put initdb in PATH")
    with running() as uri:
        yield uri


def new_database(server: str, name: str) -> str:
    """Create a database; its URI."""
    import psycopg2

    with contextlib.closing(psycopg2.connect(f"{server}/postgres")) as found:
        found.autocommit = True
        with found.cursor() as cursor:
            cursor.execute(f'create database "{name}"')
    return f"{server}/{name}"
