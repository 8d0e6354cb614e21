"""The extraction flow: results of a system that is not ours, and goldens, to a verdict on them.

`goldsmith run UC`, `python -m flows.extraction UC` and `prefect deployment run extraction/UC` are
this, for use cases of `kind: evaluation`.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from prefect import flow
from prefect.states import State

from goldsmith import config
from goldsmith.errors import ConfigError
from goldsmith.settings import quiet_environment
from tasks.chain import Chain
from tasks.ending import ended, tell_failure
from tasks.extraction import accept, judge, load, preflight, register, score, validate
from tasks.temporary_server import failures_in_words, shelter


@flow(
    name="extraction",
    flow_run_name="{use_case}",
    persist_result=False,
    validate_parameters=False,
    on_failure=[tell_failure],
    on_crashed=[tell_failure],
)
def extraction(
    use_case: str,
    profile: str | None = None,
    overrides: Sequence[str] = (),
    settings: dict[str, Any] | None = None,
) -> State[dict[str, Any]]:
    """Run one use case of `kind: evaluation` from results and goldens to verdict, version and alias.

    Args:
        use_case: name of a file in use_cases/, without `.yaml`.
        profile: one of its profiles; GOLDSMITH_PROFILE or `demo` if None.
        overrides: `section.key=value` texts.
        settings: values by section, as in the use case's file, over the profile.
    """
    chain = Chain(_loaded(use_case, profile, overrides, settings))
    preflight(chain)
    load(chain)
    validate(chain)
    score(chain)
    judge(chain)
    register(chain)
    accept(chain)
    return ended(chain)


def _loaded(
    use_case: str, profile: str | None, overrides: Sequence[str], settings: dict[str, Any] | None
) -> Any:
    found = config.load_any(use_case, profile, overrides, settings=settings)
    if found.kind != "evaluation":
        raise ConfigError(f"{use_case} is of kind: training: prefect deployment run training/...")
    return found


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m flows.extraction")
    parser.add_argument("use_case", help="as in `goldsmith list`")
    parser.add_argument("--profile", help="GOLDSMITH_PROFILE or demo if none")
    return parser


if __name__ == "__main__":
    given = _parser().parse_args()
    quiet_environment()
    sys.path.insert(0, str(Path.cwd()))
    shelter()
    with failures_in_words():
        extraction(given.use_case, given.profile)
