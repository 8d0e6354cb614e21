"""Training that runs out of memory half way, by a limit that its own process sets itself."""

import json
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from goldsmith import config
from goldsmith.config import plugins
from tests.command import REPOSITORY
from tests.stages import training
from tests.toys import TOPICS, write_tiny_base

pytestmark = pytest.mark.slow

LONGEST = 1024  # subwords: a batch of 8 takes some 260 MiB, nearly all of it for its attention
RECORDS, BATCH, EPOCHS = 16, 8, 2


def write_long_texts(folder: Path, **_: Any) -> Path:
    rng, rows = random.Random(0), []
    for number in range(RECORDS):
        label = sorted(TOPICS)[number % 2]
        text = " ".join(rng.choices(TOPICS[label], k=LONGEST))
        rows.append(
            json.dumps({"id": f"s{number}", "text": text, "label": label, "split": "train"})
        )
    folder.mkdir(parents=True)
    (folder / "train.jsonl").write_text("\n".join(rows) + "\n", encoding="utf-8")
    return folder


def install(at: Path) -> Path:
    """The family as an installed package; returns the folder for PYTHONPATH."""
    shutil.copytree(Path(__file__).with_name("limited"), at / "limited")
    about = at / "limited-0.1.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: limited\nVersion: 0.1\n")
    (about / "entry_points.txt").write_text("[goldsmith.families]\nlimited = limited:Limited\n")
    return at


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    site = install(tmp_path / "site")
    with monkeypatch.context() as patch:
        patch.syspath_prepend(str(site))
        plugins.load.cache_clear()
        base = write_tiny_base(tmp_path / "base", LONGEST)
        training.write(
            tmp_path, base, write_long_texts, family="limited", room=1, epochs=EPOCHS,
            batch_size=BATCH, max_length=LONGEST,
        )  # fmt: skip
    plugins.load.cache_clear()
    config.usecase.use_case_type.cache_clear()
    return site


def train(site: Path, name: str, *overrides: str) -> "subprocess.CompletedProcess[str]":
    path = os.pathsep.join([str(site), str(REPOSITORY), os.environ.get("PYTHONPATH", "")])
    return subprocess.run(
        [sys.executable, "-m", "tests.stages.training", name, *overrides],
        env={**os.environ, "PYTHONPATH": path}, capture_output=True, text=True,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("processes", "room"), [(1, 190), pytest.param(2, 95, marks=pytest.mark.nightly)]
)
def test_a_batch_that_does_not_fit_is_split_and_training_goes_on(
    site: Path, processes: int, room: int
) -> None:
    done = train(site, "split", f"model.room={room}", f"compute.processes={processes}")
    assert done.returncode == 0, done.stderr
    facts = json.loads(Path("split/facts.json").read_text("utf-8"))["final"]
    assert facts["accumulate"] in (2, 4) and facts["steps"] == RECORDS // BATCH * EPOCHS
    said = [json.loads(line) for line in done.stdout.splitlines()]
    kinds = [event["type"] for event in said if event["type"] in ("checkpoint", "resume")]
    halved = facts["accumulate"].bit_length() - 1
    assert kinds == ["checkpoint", *["resume"] * halved, *["checkpoint"] * (EPOCHS - 1)]
    (text, *_) = (event["text"] for event in said if "accumulate" in event)
    share = BATCH // processes
    assert text.startswith(
        f"the processor's memory cannot hold a training batch of {share} (the longest input has "
        f"1,024 subwords): goes on with 2 x {share // 2} for each optimiser step"
    )


def test_where_one_record_does_not_fit_the_end_is_clear(site: Path) -> None:
    done = train(site, "never", "model.room=4", "model.batch_size=1")
    assert done.returncode == 1 and "OutOfMemoryError: the processor's memory cannot" in done.stderr
    for part in ("batch of 1 (", "1,024 subwords", "lower model.max_length", "smaller model.base"):
        assert part in done.stderr
