"""Prefect's temporary server: started early, out of the way of ctrl-C, and never outliving its run.

Prefect starts it where the first flow asks for it, and waits; it is ready seconds sooner where it
starts while the rest is still being imported. Prefect also starts it in the run's own process group:
there ctrl-C ends the server first, and the run spends minutes trying to tell it how it ended. A
killed run would leave it behind for ever.
"""

import os
import socket
import subprocess
import sys
from functools import cache
from typing import Any

from goldsmith.families.__main__ import die_with


def shelter() -> None:
    """Start such a server for runs without PREFECT_API_URL; call it before flows are imported.

    The first flow waits until it answers. Calling it again changes nothing.
    """
    from prefect.settings import PREFECT_API_URL

    if not PREFECT_API_URL.value():
        _start()


@cache
def _start() -> None:
    port = _free_port()
    early = [_served(port)]
    from prefect.server.api.server import SubprocessASGIServer

    class Sheltered(SubprocessASGIServer):
        def _run_uvicorn_command(self) -> "subprocess.Popen[Any]":
            # Prefect asks again, with another port, where somebody else has taken this one.
            return early.pop() if early else _served(self.port)

    Sheltered().port = port  # Prefect keeps one instance and takes this one from now on.


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _served(port: int | None) -> "subprocess.Popen[Any]":
    from prefect.settings import get_current_settings

    settings = get_current_settings().to_environment_variables(exclude_unset=True)
    return subprocess.Popen(
        [sys.executable, "-m", __name__, str(port), str(os.getpid())],
        env={**os.environ, **settings},
        stdin=subprocess.DEVNULL,
        start_new_session=True,
    )


def main(port: int, parent: int) -> None:
    """Serve the API, as Prefect does, until the parent ends it or dies."""
    die_with(parent)
    os.environ.update(
        {"PREFECT_UI_ENABLED": "0", "PREFECT__SERVER_EPHEMERAL": "1", "PREFECT__SERVER_FINAL": "1"}
    )
    import uvicorn

    uvicorn.run(
        "prefect.server.api.server:create_app",
        factory=True,
        host="127.0.0.1",
        port=port,
        log_level="error",
        lifespan="on",
    )


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
