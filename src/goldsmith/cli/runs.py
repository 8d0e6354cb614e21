"""runs: what ran, runs and waits, and why."""

import json
import os
from typing import Annotated, Any

import typer
from rich.table import Table

from goldsmith import config
from goldsmith.cli.running import AsJson, wide_console
from goldsmith.errors import ConfigError, near
from goldsmith.settings import make_prefect_home

LONGEST = 160  # characters of a reason in the table


def runs(
    use_case: Annotated[
        str | None, typer.Argument(help="Of this use case alone, as in `goldsmith list`.")
    ] = None,
    limit: Annotated[
        int, typer.Option(min=1, max=200, help="Most runs that wait, and most that ended.")
    ] = 10,
    as_json: AsJson = False,
) -> None:
    """Show what runs, what waits and what ended, with the reason of each.

    Example: goldsmith runs email-routing
    """
    if use_case is not None and use_case not in config.names():
        raise ConfigError(f"no use case {use_case!r}: {near(use_case, config.names())}")
    found = _rows(use_case, limit)
    if as_json:
        print(json.dumps([_plain(row) for row in found], indent=1))
        return
    console = wide_console()
    if not found:
        console.print("no runs yet; next: goldsmith run USE_CASE", highlight=False)
        return
    table = Table(box=None, pad_edge=False)
    for name in ("use case", "flow", "state", "since", "took", "why"):
        table.add_column(name, no_wrap=name != "why")
    for row in found:
        table.add_row(*_cells(row))
    console.print(table)


def _rows(use_case: str | None, limit: int) -> list[Any]:
    """The server's answer; without one, that of the runs that this home has seen."""
    if not os.environ.get("PREFECT_API_URL"):
        make_prefect_home()
        os.environ.setdefault("PREFECT_LOGGING_LEVEL", "CRITICAL")
    from tasks.temporary_server import failures_in_words, shelter

    shelter()
    from deployments import overview
    from goldsmith.cli.deploying import said_in_words

    with said_in_words(), failures_in_words():
        return overview.rows(use_case, limit)


def _cells(row: Any) -> tuple[str, ...]:
    name = row.use_case if row.profile in ("", "full") else f"{row.use_case}.{row.profile}"
    when = row.when.astimezone().strftime("%Y-%m-%d %H:%M:%S") if row.when else ""
    took = f"{row.seconds:,.0f} s" if row.seconds else ""
    again = f" (start {row.starts})" if row.starts > 1 else ""
    why = row.why if len(row.why) <= LONGEST else f"{row.why[: LONGEST - 3]}..."
    return name, row.flow, f"{row.state}{again}", when, took, why


def _plain(row: Any) -> dict[str, Any]:
    return row._asdict() | {"when": row.when.isoformat() if row.when else None}


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command()(runs)
