"""The temporary server: one, begun at once, and the one that Prefect then uses."""

import os
import ssl
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from goldsmith.errors import StoreError
from tasks.temporary_server import reach
from tests import prefect_server
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
from tasks import announcing
assert not announcing.has_server(), "nobody would hear of what it is told"
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
    with prefect_server.running(tmp_path / "server") as url:
        home = _profile(tmp_path / "home", url)
        script = "from tasks.temporary_server import lasting_server, shelter; shelter(); shelter(); print(lasting_server())"
        done = _run(script, PREFECT_HOME=str(home))
    assert (done.stdout.strip(), done.stderr) == (url, "")


def _profile(home: Path, url: str) -> Path:
    home.mkdir()
    (home / "profiles.toml").write_text(
        f'active = "ours"\n[profiles.ours]\nPREFECT_API_URL = "{url}"\n', encoding="utf-8"
    )
    return home


def test_a_server_that_cannot_start_says_why(champion: World, tmp_path: Path) -> None:
    nowhere = f"sqlite+aiosqlite:///{tmp_path}/nowhere/prefect.db"
    done = champion.run("run", "toy", PREFECT_API_DATABASE_CONNECTION_URL=nowhere)
    _fails_in_words(done, "temporary server ended: ", "unable to open database file")
    runs = champion.run("runs", PREFECT_API_DATABASE_CONNECTION_URL=nowhere)
    _fails_in_words(runs, "temporary server ended: ", "unable to open database file")


def test_a_server_that_cannot_be_reached_is_named(champion: World, tmp_path: Path) -> None:
    url = f"http://127.0.0.1:{free_port()}/api"
    said = f"PREFECT_API_URL={url} does not answer"
    _fails_in_words(champion.run("run", "toy", PREFECT_API_URL=url), said)
    home = _profile(tmp_path / "home", url)
    _fails_in_words(champion.run("run", "toy", PREFECT_HOME=str(home)), said)


def _fails_in_words(done: Any, *words: str) -> None:
    assert done.status == 1
    assert all(one in done.text for one in words), done.text
    assert "Traceback" not in done.text


@pytest.mark.parametrize("url", ["http://127.0.0.1:port/api", "not a URL", "ftp://[", ""])
def test_what_is_no_url_is_named(url: str) -> None:
    with pytest.raises(StoreError, match=r"does not answer.*ends in /api"):
        reach(url)


class _Web(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_error(int(self.path.split("/")[1]))

    def log_message(self, *told: Any) -> None:
        pass


@contextmanager
def _answering(web: HTTPServer) -> Iterator[str]:
    threading.Thread(target=web.serve_forever, daemon=True).start()
    try:
        yield f"127.0.0.1:{web.server_port}"
    finally:
        web.shutdown()
        web.server_close()


def test_another_web_server_is_none_of_prefects_and_a_guarded_one_may_be() -> None:
    with _answering(HTTPServer(("127.0.0.1", 0), _Web)) as place:
        reach(f"http://{place}/401")
        with pytest.raises(StoreError, match="Not Found"):
            reach(f"http://{place}/404")


def test_a_certificate_is_prefects_own_business(tmp_path: Path) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(_self_signed(tmp_path / "both.pem"))
    web = HTTPServer(("127.0.0.1", 0), _Web)
    web.socket = context.wrap_socket(web.socket, server_side=True)
    with _answering(web) as place:
        reach(f"https://{place}/200")


def _self_signed(file: Path) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now)
        .not_valid_after(now + timedelta(hours=1))
        .sign(key, hashes.SHA256())
    )
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file.write_bytes(secret + made.public_bytes(Encoding.PEM))
    return file
