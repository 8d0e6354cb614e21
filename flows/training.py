"""The training flow: goldens to a gated, registered ONNX model.

`goldsmith run UC`, `python -m flows.training UC` and `prefect deployment run training/UC` are this.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from prefect import flow
from prefect.states import State

from flows.approval import approval
from goldsmith import config
from goldsmith.settings import quiet_environment
from tasks.because import read, revision_for
from tasks.chain import Chain
from tasks.data import load, prepare, validate_prepared, validate_raw
from tasks.ending import ended, tell_failure
from tasks.model import evaluate, export, index, indexes, judge, train
from tasks.preflight import preflight
from tasks.release import asks, decide, promote, question, register
from tasks.temporary_server import failures_in_words, shelter
from tasks.triggers import skipped


@flow(
    name="training",
    flow_run_name="{use_case}",
    persist_result=False,
    validate_parameters=False,
    on_failure=[tell_failure],
    on_crashed=[tell_failure],
)
def training(
    use_case: str,
    profile: str | None = None,
    overrides: Sequence[str] = (),
    source: str | None = None,
    path: str | None = None,
    data_rev: str | None = None,
    settings: dict[str, Any] | None = None,
    because: Any = None,
) -> State[dict[str, Any]]:
    """Run one use case from goldens to verdict, version and alias.

    Args:
        use_case: name of a file in use_cases/, without `.yaml`.
        profile: one of its profiles; GOLDSMITH_PROFILE or `demo` if None.
        overrides: `section.key=value` texts.
        source: one of its `sources`, in place of the profile's own.
        path: file or folder for that source.
        data_rev: git revision whose data to run on; None: the data in the working tree.
        settings: values by section, as in the use case's file, over the profile.
        because: the event that triggered it: a mapping of event, id and payload (tasks.because).
            Of any type here, for a server would drop another one without a word.
    """
    cause = read(because, use_case)
    rev = revision_for(cause, data_rev)
    chain = Chain(
        config.load(use_case, profile, overrides, source, path, rev, settings), cause=cause
    )
    if end := skipped(chain):
        return end
    preflight(chain)
    load(chain)
    validate_raw(chain)
    prepare(chain)
    validate_prepared(chain)
    train(chain)
    evaluate(chain)
    export(chain)
    if indexes(chain):
        index(chain)
    judge(chain)
    register(chain)
    promote(chain)
    if asks(chain):
        decide(chain, approval(**question(chain)))
    return ended(chain)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m flows.training")
    parser.add_argument("use_case", help="as in `goldsmith list`")
    parser.add_argument("--profile", help="GOLDSMITH_PROFILE or demo if none")
    parser.add_argument("--data-rev", metavar="REV", help="git revision whose data to run on")
    return parser


if __name__ == "__main__":
    given = _parser().parse_args()
    quiet_environment()
    sys.path.insert(0, str(Path.cwd()))
    shelter()
    with failures_in_words():
        training(given.use_case, given.profile, data_rev=given.data_rev)
