"""Tasks of the model half: train, evaluate, export, judge."""

import json
import time
from typing import Any
from uuid import UUID

from prefect import task
from prefect.artifacts import (
    create_markdown_artifact,
    create_progress_artifact,
    create_table_artifact,
    update_progress_artifact,
)
from prefect.states import State

from goldsmith import pipeline
from goldsmith.stages import judge as judging
from goldsmith.stages import load
from goldsmith.stages.evaluate import METRICS_FILE
from tasks.chain import Chain
from tasks.retries import can_pass
from tasks.showing import metrics_rows, verdict_markdown

UPDATE_SECONDS = 5.0


class _ProgressArtifact:
    """Training progress in Prefect's UI, renewed every five seconds."""

    def __init__(self, key: str) -> None:
        self._key, self._last = key, 0.0
        self._id: UUID | None = None

    def __call__(self, stage: str, event: dict[str, Any]) -> None:
        now = time.monotonic()
        if event["type"] != "progress" or now - self._last < UPDATE_SECONDS:
            return
        self._last, share = now, 100.0 * event["step"] / event["steps"]
        if self._id is None:
            found: Any = create_progress_artifact(share, key=self._key, description="training")
            self._id = UUID(str(found))
        else:
            update_progress_artifact(self._id, share)


@task(name="train", retries=3, retry_delay_seconds=[1, 30, 120], retry_condition_fn=can_pass)
def train(chain: Chain) -> State[Any]:
    """Train in a process of its own; a killed run goes on from its last checkpoint."""
    return chain.perform("train", _ProgressArtifact(f"{chain.config.name}-training"))


@task(name="evaluate")
def evaluate(chain: Chain) -> State[Any]:
    """Score the trained model and the baseline, and show the figures in Prefect's UI."""
    state = chain.perform("evaluate")
    found = json.loads((chain.made["evaluate"].folder / METRICS_FILE).read_text(encoding="utf-8"))
    key = f"{chain.config.name}-metrics"
    create_table_artifact(metrics_rows(found), key=key, description="on the test records")
    return state


@task(name="export")
def export(chain: Chain) -> State[Any]:
    """Make and score the ONNX variants."""
    return chain.perform("export")


def indexes(chain: Chain) -> bool:
    """Whether what was exported looks in an index."""
    family: Any = chain.config.model
    return family.record.kind in pipeline.AFTER_EXPORT


@task(name="index")
def index(chain: Chain) -> State[Any]:
    """Index the corpus by the exported encoder; new documents need no training."""
    return chain.perform("index")


@task(name="judge")
def judge(chain: Chain) -> State[Any]:
    """Hold the exported files to the gates, and show verdict and report in Prefect's UI."""
    state = chain.perform("judge")
    folder = chain.made["judge"].folder
    verdict = judging.read_verdict(folder)
    data = load.read_facts(chain.made["load"].folder)["md5"]
    text = verdict_markdown(verdict, chain.config.title, folder / judging.REPORT_FILE, data)
    create_markdown_artifact(text, key=f"{chain.config.name}-verdict", description="every gate")
    return state
