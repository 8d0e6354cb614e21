"""A temporary Prefect server for one run: begun early, out of the way of ctrl-C, never outliving it.

Prefect starts one itself where the first flow asks for it, imports all of the server into the run for
that, and waits until it answers. Here it listens from the first moment: the run goes on importing,
and its first request waits in the socket's queue. Prefect also starts it in the run's own process
group: there ctrl-C ends the server first, and the run spends minutes trying to tell it how it ended.
A killed run would leave it behind for ever.
"""

import atexit
import gc
import os
import socket
import ssl
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.client import HTTPException
from typing import IO, NamedTuple
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from goldsmith.errors import GoldsmithError, StoreError
from goldsmith.families.__main__ import die_with

HEALTH_SECONDS = 10.0
GONE_SECONDS = 1.0
LONGEST = 300  # characters of the server's last word


class _Server(NamedTuple):
    process: "subprocess.Popen[bytes]"
    log: IO[bytes]


_begun: dict[str, _Server] = {}  # by URL; one at most


def shelter() -> None:
    """Begin such a server for runs without PREFECT_API_URL; call it before flows are imported.

    Calling it again changes nothing: PREFECT_API_URL names the server from then on.

    Raises:
        StoreError: PREFECT_API_URL, or a profile, names a server that cannot be reached.
    """
    if url := os.environ.get("PREFECT_API_URL"):
        if url not in _begun:
            reach(url)
        return
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = _serving(listening)
        # Only now: importing Prefect takes a second, which the server uses too.
        from prefect.context import refresh_global_settings_context
        from prefect.settings import PREFECT_API_URL

        if url := PREFECT_API_URL.value():  # a profile or a settings file names one
            _end(server)
            reach(url)
            return
        url = f"http://127.0.0.1:{listening.getsockname()[1]}/api"
    atexit.register(_end, server)
    _begun[url] = server
    os.environ["PREFECT_API_URL"] = url
    refresh_global_settings_context()


def reach(url: str) -> None:
    """Ask a server for its health.

    Raises:
        StoreError: it cannot be reached, or the URL is none.
    """
    try:
        urlopen(f"{url.rstrip('/')}/health", timeout=HEALTH_SECONDS).close()
    except (OSError, ValueError, HTTPException) as error:
        if _answered(error):  # whether it takes our requests is the business of Prefect's client
            return
        raise StoreError(
            f"the Prefect server at PREFECT_API_URL={url} does not answer: {error}; start it with "
            "`goldsmith up` or `prefect server start`, or correct the URL (it ends in /api)"
        ) from None


def _answered(error: Exception) -> bool:
    if isinstance(error, HTTPError):
        return error.code != HTTPStatus.NOT_FOUND
    # Prefect has settings of its own for certificates.
    return isinstance(error, URLError) and isinstance(error.reason, ssl.SSLCertVerificationError)


def lasting_server() -> str | None:
    """Address of the Prefect server, where it outlives the run."""
    from prefect.settings import PREFECT_API_URL

    url = PREFECT_API_URL.value()
    return None if url in _begun else url


@contextmanager
def failures_in_words() -> Iterator[None]:
    """Say so where it is the temporary server that made a run fail.

    Raises:
        StoreError: it has ended; with what it said last.
    """
    try:
        yield
    except GoldsmithError:  # says already what happened
        raise
    except Exception:
        for server in _begun.values():
            if _has_ended(server):
                raise StoreError(
                    f"Prefect's temporary server ended: {_last_word(server)}; what it keeps is in "
                    "PREFECT_HOME, else in GOLDSMITH_HOME/prefect: no stage's results, so that "
                    "folder may be moved away"
                ) from None
        raise


def _has_ended(server: _Server) -> bool:
    """Its socket is closed before its process is gone."""
    try:
        server.process.wait(timeout=GONE_SECONDS)
    except subprocess.TimeoutExpired:
        return False
    return True


def _last_word(server: _Server) -> str:
    # Reading through the stream would move the place at which the server writes.
    text = os.pread(server.log.fileno(), os.fstat(server.log.fileno()).st_size, 0)
    said = [one.strip() for one in text.decode(errors="replace").split("\n") if one.strip()]
    errors = [one for one in said if "Error: " in one]
    return [*errors[-1:], *said[-1:], "it said nothing"][0][:LONGEST]


def _serving(listening: socket.socket) -> _Server:
    number, log = listening.fileno(), tempfile.TemporaryFile()  # noqa: SIM115 - open while it lives
    command = [sys.executable, "-m", __name__, str(number), str(os.getpid())]
    process = subprocess.Popen(
        command, pass_fds=[number], stdin=subprocess.DEVNULL, stderr=log, start_new_session=True
    )
    return _Server(process, log)


def _end(server: _Server) -> None:
    server.process.terminate()
    try:
        server.process.wait(timeout=5)
    except subprocess.TimeoutExpired:
        server.process.kill()
        server.process.wait()
    server.log.close()


def main(listening: int, parent: int) -> None:
    """Serve the API on a listening socket, as Prefect does, until the parent ends it or dies."""
    die_with(parent)
    os.environ.update(
        {"PREFECT_UI_ENABLED": "0", "PREFECT__SERVER_EPHEMERAL": "1", "PREFECT__SERVER_FINAL": "1"}
    )
    gc.disable()  # nothing to collect while importing, and an eighth of the time
    import uvicorn
    from prefect.server.api.server import create_app

    app = create_app()
    gc.enable()
    served = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="on"))
    served.run(sockets=[socket.socket(fileno=listening)])


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
