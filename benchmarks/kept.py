"""Figures that took hours, kept beside the code: a line for each data set and seed.

A line counts as long as its settings and its prepared data are the ones at hand; it says at which
commit, when and on which processor it was measured.
"""

import json
import subprocess
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from goldsmith import processor

FILE = Path(__file__).with_name("figures.jsonl")


@dataclass(frozen=True)
class Figure:
    """What one seed came to.

    Attributes:
        data, seed: of what.
        key: of its settings and its prepared data.
        metric: name of the figure.
        how: the protocol in words.
        values: the figure of the model and of each yardstick.
        interval: 95 %, of the model's.
        gains: of the model over each yardstick: mean, and its 95 % interval.
        seconds: processor's, of training a part.
        memory: greatest of a part, in MiB.
        commit, date, processor: where it was measured.
    """

    data: str
    seed: int
    key: str
    metric: str
    how: str
    values: dict[str, float]
    interval: tuple[float, float]
    gains: dict[str, tuple[float, float, float]]
    seconds: float
    memory: int
    commit: str = ""
    date: str = ""
    processor: str = ""


def read() -> list[Figure]:
    """Every line of the file; none where there is no file."""
    lines = FILE.read_text(encoding="utf-8").splitlines() if FILE.is_file() else []
    return [Figure(**json.loads(line)) for line in lines]


def add(figure: Figure) -> Figure:
    """Keep a figure, with where it was measured, in place of an older one of its set and seed."""
    command = ["git", "rev-parse", "--short", "HEAD"]
    said = subprocess.run(command, capture_output=True, text=True, cwd=FILE.parent, check=False)
    where = {
        "commit": said.stdout.strip() or "unknown",
        "date": f"{datetime.now(UTC):%Y-%m-%d}",
        "processor": processor.name(),
    }
    made = Figure(**(asdict(figure) | where))
    others = [one for one in read() if (one.data, one.seed) != (made.data, made.seed)]
    every = sorted([*others, made], key=lambda one: (one.data, one.seed))
    text = "".join(f"{json.dumps(asdict(one))}\n" for one in every)
    FILE.write_text(text, encoding="utf-8")
    return made
