"""`python -m deployments [USE_CASE ...] [--profile P]`: register on PREFECT_API_URL's server."""

import argparse
import os
import sys
from pathlib import Path

from goldsmith.errors import GoldsmithError, UserError
from goldsmith.settings import Settings, quiet_environment


def main(arguments: list[str] | None = None) -> int:
    """Register, print what was registered and what to type next; returns the exit status."""
    options = _parser().parse_args(arguments)
    quiet_environment()
    try:
        _register(options.use_cases, options.profile or Settings().profile)
    except GoldsmithError as error:
        print(f"error: {error}", file=sys.stderr)
        return error.exit_status
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m deployments", description="Register one Prefect deployment per use case."
    )
    parser.add_argument("use_cases", nargs="*", metavar="USE_CASE", help="all if none is named")
    parser.add_argument("--profile", help="profile of the runs; GOLDSMITH_PROFILE or demo")
    return parser


def _register(names: list[str], profile: str) -> None:
    url = os.environ.get("PREFECT_API_URL", "")
    if not url:
        raise UserError(
            "PREFECT_API_URL is not set: start a server with `prefect server start`, then "
            "`export PREFECT_API_URL=http://127.0.0.1:4200/api` and run this again"
        )
    from deployments import registration

    use_cases, lacking = registration.choose(names, profile)
    if not use_cases:
        raise UserError(f"no use case has a profile {profile!r}: name one with --profile")
    registration.check_server(url)
    registered = registration.register(use_cases, Path.cwd())
    for one in registered:
        print(f"training/{one.name}: profile {one.profile}, {one.schedule}")
    for name in lacking:
        print(f"{name}: no profile {profile}, not registered")
    print(f"\nNext:\n  prefect worker start --pool {registration.POOL}")
    print(f"  prefect deployment run training/{registered[0].name}")


if __name__ == "__main__":
    sys.exit(main())
