"""deploy: what runs by itself, registered on a Prefect server."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from goldsmith.cli.running import AsJson, ProfileName, wide_console
from goldsmith.errors import GoldsmithError, StoreError, UserError
from goldsmith.settings import Settings

SIGNS = {"new": "+", "changed": "~", "same": "=", "gone": "-"}


def deploy(
    use_cases: Annotated[
        list[str] | None, typer.Argument(help="Use cases, as in `goldsmith list`; all if none.")
    ] = None,
    profile: ProfileName = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would change, and change nothing.")
    ] = False,
    prune: Annotated[
        bool,
        typer.Option(
            "--prune", help="Delete deployments of this folder that no use case asks for any more."
        ),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Register every use case on PREFECT_API_URL's server, to run on schedules and on events.

    Example: goldsmith deploy --profile full --dry-run
    """
    if prune and use_cases:
        raise UserError("--prune looks at all use cases: name none with it")
    found = deployed(use_cases or [], profile or Settings().profile, Path.cwd(), dry_run, prune)
    if as_json:
        print(json.dumps(found, indent=1))
    else:
        _print(wide_console(), found, dry_run, prune)


def deployed(
    names: Sequence[str], profile: str, root: Path, dry_run: bool = False, prune: bool = False
) -> dict[str, Any]:
    """Register deployments, work pools and automations; returns what changed.

    Raises:
        UserError: no PREFECT_API_URL, or no use case has the profile.
        ConfigError: an unknown use case, a faulty file, or a work pool that is not there; nothing
            is registered then.
        StoreError: the server does not answer, or refuses.
    """
    from deployments import automations, plans, registration

    use_cases, lacking = plans.choose(names, profile)
    if not use_cases:
        raise UserError(f"no use case has a profile {profile!r}: name one with --profile")
    wanted = [plan for use_case in use_cases for plan in plans.plans(use_case, root)]
    server = registration.server()
    with said_in_words():
        changes = registration.compare(wanted)
        if not dry_run:
            registration.apply(wanted, changes)
        gone = registration.prune(root) if prune and not dry_run else registration.orphans(root)
        rules = automations.ensure(dry=dry_run)
    return {
        "server": server,
        "profile": profile,
        "deployments": [
            {"name": one.name, "change": one.kind, "details": list(one.details)}
            for one in [*changes, *gone]
        ],
        "automations": rules,
        "without_profile": lacking,
    }


@contextmanager
def said_in_words() -> Iterator[None]:
    """Turn what a Prefect server refuses into a StoreError."""
    import httpx
    from prefect.exceptions import PrefectHTTPStatusError

    try:
        yield
    except GoldsmithError:
        raise
    except (httpx.HTTPError, PrefectHTTPStatusError) as error:
        raise StoreError(f"the Prefect server refused: {str(error)[:300]}") from error


def _print(console: Console, found: dict[str, Any], dry_run: bool, prune: bool) -> None:
    def say(text: str) -> None:
        console.print(text, highlight=False, markup=False, soft_wrap=True)

    for one in found["deployments"]:
        kind, details = one["change"], one["details"]
        left = "; --prune deletes it" if kind == "gone" and not prune else ""
        told = "unchanged" if kind == "same" else f"{kind}: " + "; ".join(details) + left
        say(f"{SIGNS[kind]} {one['name']}  {told}")
    for name in found["automations"]:
        say(f"~ automation {name}")
    if found["without_profile"]:
        names = ", ".join(found["without_profile"])
        say(f"without profile {found['profile']}, not registered: {names}")
    if dry_run:
        say("\nNothing was changed. Next: the same without --dry-run")
        return
    first = next(one["name"] for one in found["deployments"] if one["change"] != "gone")
    say(
        f"\nNext:\n  prefect worker start --pool cpu   # unless one runs\n  prefect deployment run {first}"
    )


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command()(deploy)
