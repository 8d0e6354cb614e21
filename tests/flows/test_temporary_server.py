"""The temporary server: one, begun at once, and the one that Prefect then uses."""

import os
import subprocess
import sys
from pathlib import Path

from tests.conftest import REPOSITORY

SCRIPT = """
import os
from pathlib import Path
from tasks.temporary_server import shelter

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
print(*begun)
"""


def test_one_server_is_begun_early_used_and_ended(prefect_home: Path) -> None:
    kept = {name: value for name, value in os.environ.items() if name != "PREFECT_API_URL"}
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        env={**kept, "PREFECT_HOME": str(prefect_home)},
        cwd=REPOSITORY, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert not Path("/proc", done.stdout.strip()).exists()
