"""The store's address is checked before any work, for each kind of URI."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from goldsmith.errors import StoreError
from goldsmith.registry import store
from tests.command import free_port, until


def test_sqlite_folder_is_made(tmp_path: Path) -> None:
    store.check(f"sqlite:///{tmp_path}/a/b/mlflow.db")
    assert list((tmp_path / "a" / "b").iterdir()) == []


def test_sqlite_below_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="cannot be written"):
        store.check(f"sqlite:///{tmp_path}/file/mlflow.db")


@pytest.mark.parametrize("scheme", ["http", "https", "postgresql", "mysql+pymysql"])
def test_server_that_listens_is_enough(scheme: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        store.check(f"{scheme}://127.0.0.1:{server.getsockname()[1]}/mlflow")


@pytest.mark.parametrize("scheme", ["http", "https", "postgresql", "mysql+pymysql"])
def test_server_that_is_away_is_named_without_its_password(scheme: str) -> None:
    port = free_port()
    with pytest.raises(StoreError) as caught:
        store.check(f"{scheme}://me:secret@127.0.0.1:{port}/mlflow")
    assert f"127.0.0.1:{port}" in str(caught.value) and "secret" not in str(caught.value)


def test_unknown_host_is_named() -> None:
    with pytest.raises(StoreError, match=r"no-such-host\.invalid"):
        store.check("http://no-such-host.invalid:5000")


def test_default_is_sqlite_in_the_home(home: Path) -> None:
    store.check()
    assert (home / "mlflow").is_dir()


@pytest.mark.parametrize(
    ("uri", "place"),
    [
        ("http://127.0.0.1:5000", None),
        ("sqlite:////far/mlflow.db", "file:///far/artifacts/toy"),
        ("postgresql://me@127.0.0.1/mlflow", "file://{home}/mlflow/artifacts/toy"),
    ],
)
def test_artifacts_never_lie_in_the_working_directory(
    uri: str, place: str | None, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MLFLOW_TRACKING_URI", uri)
    assert store.artifact_location("toy") == (place and place.format(home=home))


@pytest.mark.parametrize("uri", ["./mlruns", "/somewhere/mlruns", "file:///somewhere/mlruns"])
def test_store_of_plain_files_is_refused(uri: str) -> None:
    with pytest.raises(StoreError, match=r"folder of plain files.*sqlite:///FILE"):
        store.check(uri)


OPENS = "from goldsmith.registry import store; store.client().search_experiments()"


def opening(home: Path) -> "subprocess.Popen[str]":
    """A process that opens the store of a home; `wait` gives its status."""
    variables = {name: os.environ[name] for name in os.environ if not name.startswith("MLFLOW")}
    return subprocess.Popen(
        [sys.executable, "-c", OPENS],
        env={**variables, "GOLDSMITH_HOME": str(home)},
        stderr=subprocess.PIPE,
        text=True,
    )


def ended(process: "subprocess.Popen[str]") -> str:
    """What a process said on stderr, empty where it ended well."""
    said = process.communicate(timeout=120)[1]
    return said if process.returncode else ""


def test_two_that_begin_a_store_at_once_both_get_it(tmp_path: Path) -> None:
    assert [ended(one) for one in [opening(tmp_path) for _ in range(3)]] == ["", "", ""]


def test_store_whose_maker_was_killed_is_made_anew(tmp_path: Path) -> None:
    first = opening(tmp_path)
    folder = tmp_path / "mlflow"
    until(
        "the tables to grow",
        lambda: [one for one in folder.glob(".*partial") if one.stat().st_size],
    )
    os.kill(first.pid, signal.SIGKILL)
    first.communicate()
    assert not (folder / "mlflow.db").exists()
    assert ended(opening(tmp_path)) == ""
    assert sorted(one.name for one in folder.iterdir()) == ["mlflow.db", "mlflow.db.lock"]
