"""up: the whole of it on one machine."""

import os
import signal
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from goldsmith.cli.running import ProfileName, wide_console
from goldsmith.settings import Settings

PREFECT_PORT = 4200
MLFLOW_PORT = 5000


def up(
    profile: ProfileName = None,
    port: Annotated[int, typer.Option(help="Port of Prefect's server and UI.")] = PREFECT_PORT,
    mlflow_port: Annotated[int, typer.Option(help="Port of MLflow's server.")] = MLFLOW_PORT,
    postgres: Annotated[
        str,
        typer.Option(
            envvar="GOLDSMITH_POSTGRES",
            metavar="URL",
            show_envvar=True,
            help="Keep the servers' state in databases of this PostgreSQL, not in SQLite.",
        ),
    ] = "",
) -> None:
    """Start Prefect's server, MLflow's and the workers, register every use case, and follow the logs.

    Ctrl-C stops all of it; started again it goes on with what it was doing. Commands in another
    terminal with the same GOLDSMITH_HOME use its servers.

    Example: goldsmith up --profile demo
    """
    from deployments import databases, stack

    home, ports = Settings().home.absolute(), stack.Ports(port, mlflow_port)
    chosen = profile or Settings().profile
    found = stack.environment(home, ports)
    leads = {name: found[name] for name in ("PREFECT_API_URL", "MLFLOW_TRACKING_URI")}
    console = wide_console()
    for sign in (signal.SIGTERM, signal.SIGINT):  # both, however we were started
        signal.signal(sign, signal.default_int_handler)
    with stack.alone(home, leads):
        stack.check_ports(ports)
        kept = databases.postgres(postgres) if postgres else databases.sqlite(home)
        os.environ.update(found)  # before Prefect is imported, which reads it once
        running = stack.Stack(home, os.environ)
        try:
            _start(running, stack.servers(home, ports, kept), console)
            _register(console, chosen)
            _start(running, stack.workers(stack.pools()), console)
            _say_where(console, ports)
            stack.follow(running, lambda name, line: _line(console, name, line))
        except KeyboardInterrupt:
            console.print()
        finally:
            console.print("stopping ...", highlight=False)
            running.stop()
            console.print(f"all stopped; state and logs lie in {home}", highlight=False)


def _start(running: Any, services: Sequence[Any], console: Console) -> None:
    for service in services:
        console.print(f"starting {service.name}", highlight=False)
        running.start(service)


def _register(console: Console, profile: str) -> None:
    from goldsmith.cli.deploying import deployed

    found = deployed([], profile, Path.cwd())
    names = [one["name"] for one in found["deployments"] if one["change"] != "gone"]
    console.print(f"registered {len(names)} deployments under profile {profile}", highlight=False)


def _say_where(console: Console, ports: Any) -> None:
    for line in (
        "",
        f"Prefect  http://127.0.0.1:{ports.prefect}",
        f"MLflow   http://127.0.0.1:{ports.mlflow}",
        "",
        "Next, in another terminal: goldsmith runs, or goldsmith run USE_CASE",
        "Ctrl-C stops everything",
        "",
    ):
        console.print(line, highlight=False)


def _line(console: Console, name: str, line: str) -> None:
    console.print(f"{name:<10} | {line}", highlight=False, markup=False, soft_wrap=True)


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command()(up)
