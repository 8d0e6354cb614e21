"""The temporary server: one, begun at once, and the one that Prefect then uses."""

import os
import subprocess
import sys
from pathlib import Path

from tests.command import World, free_port
from tests.conftest import REPOSITORY

SCRIPT = """
import os
from pathlib import Path
from tasks.temporary_server import lasting_server, shelter

def children():
    lists = Path(f"/proc/{os.getpid()}/task").glob("*/children")
    return sorted(pid for one in lists for pid in one.read_text().split())

shelter()
begun = children()
shelter()
assert children() == begun and len(begun) == 1, "one server, before anything asks for it"
from prefect.client.orchestration import get_client
with get_client(sync_client=True) as client:
    assert client.api_healthcheck() is None
assert children() == begun, "Prefect started another"
assert lasting_server() is None, "nobody can look at it after the run"
print(*begun)
"""


def _run(script: str, **variables: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if name != "PREFECT_API_URL"}
    return subprocess.run(
        [sys.executable, "-c", script],
        env={**kept, **variables},
        cwd=REPOSITORY, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_one_server_is_begun_early_used_and_ended(prefect_home: Path) -> None:
    done = _run(SCRIPT, PREFECT_HOME=str(prefect_home))
    assert done.returncode == 0, done.stderr
    assert not Path("/proc", done.stdout.strip()).exists()


def test_a_profile_that_names_a_server_is_heeded(tmp_path: Path) -> None:
    url = "http://prefect.example:4200/api"
    (tmp_path / "profiles.toml").write_text(
        f'active = "ours"\n[profiles.ours]\nPREFECT_API_URL = "{url}"\n', encoding="utf-8"
    )
    script = "from tasks.temporary_server import lasting_server, shelter; shelter(); shelter(); print(lasting_server())"
    done = _run(script, PREFECT_HOME=str(tmp_path))
    assert (done.stdout.strip(), done.stderr) == (url, "")


def test_a_server_that_cannot_start_says_why(champion: World, tmp_path: Path) -> None:
    nowhere = f"sqlite+aiosqlite:///{tmp_path}/nowhere/prefect.db"
    done = champion.run("run", "toy", PREFECT_API_DATABASE_CONNECTION_URL=nowhere)
    assert done.status == 1
    assert "temporary server does not answer: " in done.text
    assert "unable to open database file" in done.text
    assert "Traceback" not in done.text


def test_a_server_that_cannot_be_reached_is_named(champion: World) -> None:
    url = f"http://127.0.0.1:{free_port()}/api"
    done = champion.run("run", "toy", PREFECT_API_URL=url)
    assert done.status == 1
    assert f"PREFECT_API_URL={url} does not answer" in done.text
    assert "Traceback" not in done.text
