"""A family whose training process runs short of memory: the text classifier, with a limit on it."""

import resource
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

from pydantic import Field

from goldsmith.families.base import Run
from goldsmith.families.sequence_classification import SequenceClassification
from goldsmith.prepared import Prepared


class Limited(SequenceClassification):
    """From its first checkpoint on it may have `room` more MiB than it has then, and no more."""

    family: Literal["limited"] = Field(description="limited")
    room: int = Field(description="MiB.")

    def train(self, data: Prepared, part: str, out: Path, run: Run) -> dict[str, Any]:
        """Train as the classifier does."""
        return super().train(data, part, out, replace(run, report=_limiting(run.report, self.room)))


def _limiting(report: Callable[[dict[str, Any]], None], room: int) -> Any:
    def limit(event: dict[str, Any]) -> None:
        report(event)
        if event["type"] == "checkpoint":
            status = Path("/proc/self/status").read_text(encoding="utf-8")
            (now,) = (line.split()[1] for line in status.splitlines() if line.startswith("VmData"))
            wanted = (int(now) + room * 1024) * 1024
            resource.setrlimit(resource.RLIMIT_DATA, (wanted, resource.RLIM_INFINITY))

    return limit
