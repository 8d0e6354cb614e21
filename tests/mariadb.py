"""A real MariaDB server for tests: its own folder, its own port, gone afterwards."""

import contextlib
import getpass
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
import pytest

from tests.command import free_port, until

PLACES = "/usr/sbin", "/usr/local/sbin", "/usr/libexec", "/opt/homebrew/opt/mariadb/bin"
SETTINGS = "--innodb-flush-method=nosync", "--innodb-buffer-pool-size=16M", "--skip-log-bin"


def binary(name: str) -> Path | None:
    """A program of the server; system folders are often not in PATH."""
    found = shutil.which(name) or shutil.which(name, path=":".join(PLACES))
    return Path(found) if found else None


@dataclass
class Server:
    """A server and the folder that it keeps its data in."""

    place: Path
    port: int
    process: subprocess.Popen[bytes] | None = None

    @property
    def socket(self) -> Path:
        return self.place / "socket"

    def make(self) -> None:
        """Make its data folder."""
        command = [
            str(binary("mariadb-install-db")), "--no-defaults", f"--datadir={self.place / 'data'}",
            "--auth-root-authentication-method=normal", "--skip-test-db", *self._as_user(),
        ]  # fmt: skip
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout[-1000:] + done.stderr[-1000:]

    def start(self) -> None:
        """Start it, also after its death; returns when it answers."""
        command = [
            str(binary("mariadbd")), "--no-defaults", f"--datadir={self.place / 'data'}",
            f"--socket={self.socket}", f"--port={self.port}", "--bind-address=127.0.0.1",
            f"--pid-file={self.place / 'pid'}", *SETTINGS, *self._as_user(),
        ]  # fmt: skip
        with (self.place / "log").open("ab") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log)
        until("MariaDB did not start", self._answers, 120)

    def stop(self) -> None:
        """Kill it: nothing of its data is needed again."""
        if self.process is not None:
            with contextlib.suppress(psutil.NoSuchProcess):
                psutil.Process(self.process.pid).kill()
            self.process.wait()

    def run(self, *statements: str, database: str | None = None) -> list[Any]:
        """Run statements as its root; the rows of the last one."""
        import pymysql

        opened = pymysql.connect(unix_socket=str(self.socket), user="root", database=database)
        with contextlib.closing(opened) as found, found.cursor() as cursor:
            for one in statements:
                cursor.execute(one)
            rows = list(cursor.fetchall())
            found.commit()
            return rows

    def _answers(self) -> bool:
        import pymysql

        assert self.process is not None
        assert self.process.poll() is None, (self.place / "log").read_text()[-2000:]
        try:
            self.run("select 1")
        except pymysql.Error:
            return False
        return True

    @staticmethod
    def _as_user() -> list[str]:
        return [f"--user={getpass.getuser()}"]


@contextlib.contextmanager
def server() -> Iterator[Server]:
    """A running server in a folder of its own; skips where MariaDB is not installed."""
    if binary("mariadbd") is None or binary("mariadb-install-db") is None:
        pytest.skip("no MariaDB: install its server (Debian: mariadb-server-core)")
    found = Server(Path(tempfile.mkdtemp(prefix="goldsmith-mariadb-")), free_port())
    try:
        found.make()
        found.start()
        yield found
    finally:
        found.stop()
        shutil.rmtree(found.place, ignore_errors=True)


@pytest.fixture(scope="session")
def mariadb_server() -> Iterator[Server]:
    """A server for the whole session."""
    with server() as found:
        yield found
