"""Prefect's temporary server, kept out of the way of ctrl-C, and never outliving its run.

Prefect starts it in the run's own process group: there ctrl-C ends the server first, and the run
spends minutes trying to tell it how it ended. A killed run would leave it behind for ever.
"""

import os
import subprocess
import sys
from typing import Any

from goldsmith.families.__main__ import die_with


def shelter() -> None:
    """Let runs without PREFECT_API_URL use such a server; call it before the first flow runs."""
    from prefect.settings import PREFECT_API_URL, get_current_settings

    if PREFECT_API_URL.value():
        return
    from prefect.server.api.server import SubprocessASGIServer

    class Sheltered(SubprocessASGIServer):
        def _run_uvicorn_command(self) -> "subprocess.Popen[Any]":
            command = [sys.executable, "-m", __name__, str(self.port), str(os.getpid())]
            settings = get_current_settings().to_environment_variables(exclude_unset=True)
            return subprocess.Popen(
                command,
                env={**os.environ, **settings},
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )

    Sheltered()  # Prefect keeps one instance a port and takes this one from now on.


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
