"""The watch flow: what arrived in a watched place becomes a revision, and its event a training.

`python -m flows.watching UC` and `prefect deployment run watch/UC` are this.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from prefect import flow

from goldsmith.settings import quiet_environment
from tasks.temporary_server import failures_in_words, shelter
from tasks.watching import ended, take, tell_once


@flow(
    name="watch",
    flow_run_name="watch {use_case}",
    persist_result=False,
    validate_parameters=False,
    on_failure=[tell_once],
    on_crashed=[tell_once],
)
def watch(use_case: str, profile: str | None = None) -> Any:
    """Look once at what a use case watches.

    Args:
        use_case: name of a file in use_cases/, without `.yaml`.
        profile: one of its profiles, with a section `watch`; GOLDSMITH_PROFILE or `demo` if None.
    """
    return ended(take(use_case, profile, return_state=True))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m flows.watching")
    parser.add_argument("use_case", help="as in `goldsmith list`")
    parser.add_argument("--profile", help="GOLDSMITH_PROFILE or demo if none")
    return parser


def main(arguments: Sequence[str] | None = None) -> None:
    """Look once, from a terminal."""
    given = _parser().parse_args(arguments)
    quiet_environment()
    sys.path.insert(0, str(Path.cwd()))
    shelter()
    with failures_in_words():
        watch(given.use_case, given.profile)


if __name__ == "__main__":
    main()
