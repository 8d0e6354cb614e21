"""The measurements run: their figures are for people, their commands for CI."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks import figures, kept, small_net, training
from benchmarks.kept import Figure
from goldsmith import processor
from tests.conftest import REPOSITORY


@pytest.mark.slow
def test_the_cost_of_the_contract_is_measured_beside_others() -> None:
    command = [sys.executable, "-m", "benchmarks.data", "--rows", "500", "--repeat", "1"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=REPOSITORY, check=False)
    assert done.returncode == 0, done.stderr
    sides = [line.split("|")[2].strip() for line in done.stdout.splitlines()[2:]]
    assert sides == ["contract", "checks", "datasets.map", "pandas"]


def test_a_kept_figure_takes_the_place_of_an_older_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(kept, "FILE", tmp_path / "figures.jsonl")
    interval, gains = (0.7, 0.9), {"probe": (0.1, 0.0, 0.2)}
    for value, seed in ((0.1, 13), (0.9, 14), (0.8, 13)):
        values = {"model": value, "probe": 0.7}
        kept.add(
            Figure("xsid", seed, "k", "accuracy", "5 folds", values, interval, gains, 20.4, 300)
        )
    found = kept.read()
    assert [(one.seed, one.values["model"]) for one in found] == [(13, 0.8), (14, 0.9)]
    assert all(one.commit and one.date for one in found)
    figures.print_table(found)
    said = capsys.readouterr().out
    assert "| xsid | 5 folds | model | accuracy | 0.850 | 0.800 to 0.900 (2) |" in said
    assert "| xsid | 5 folds | probe | accuracy | 0.700 | 0.700 to 0.700 (2) | model +0.100" in said
    assert f"commit {found[0].commit}" in said


def grown(tmp_path: Path, *given: str) -> list[list[str]]:
    """The cells of the rows that `benchmarks.scale` prints; it draws its picture too."""
    kind = given[given.index("--kind") + 1]
    picture = tmp_path / "images" / f"growth-{kind}.png"
    command = [sys.executable, "-m", "benchmarks.scale", *given]
    command += ["--pictures", str(picture.parent)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=REPOSITORY, check=False)
    assert done.returncode == 0, done.stderr
    assert picture.stat().st_size > 10_000
    assert done.stdout.startswith(processor.name())
    lines = [line for line in done.stdout.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.split("|")[1:-1]] for line in lines[1:]]


@pytest.mark.slow
def test_growth_is_measured_stage_by_stage(tmp_path: Path) -> None:
    rows = grown(tmp_path, "--rows", "1000", "--kind", "texts")
    assert [row[1] for row in rows[:2]] == ["100", "1,000"]
    assert 0 < int(rows[-1][1]) < 1000  # training records alone are tokenised
    stages = [row[0] for row in rows[::2]]
    assert stages == ["load", "validate_raw", "prepare", "validate_prepared", "tokenise"]


@pytest.mark.slow
def test_passages_are_indexed_and_queried(tmp_path: Path) -> None:
    rows = grown(tmp_path, "--kind", "passages", "--passages", "300")
    assert [row[0] for row in rows] == ["100", "300"]
    assert [float(row[8]) for row in rows] == [1.0, 1.0]


def demos(folder: Path, *names: str) -> subprocess.CompletedProcess[str]:
    paths = [str(REPOSITORY), os.environ.get("PYTHONPATH", "")]
    return subprocess.run(
        [sys.executable, "-m", "benchmarks.demos", *names], cwd=folder, check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)}, capture_output=True, text=True,
    )  # fmt: skip


@pytest.mark.slow
def test_a_demo_is_measured_from_an_empty_home(project: Path) -> None:
    done = demos(project, "toy")
    assert done.returncode == 0, done.stderr
    columns, _, row = [
        [cell.strip() for cell in line.split("|")[1:-1]] for line in done.stdout.splitlines()[2:]
    ]
    found = dict(zip(columns, row, strict=True))
    assert (found["use case"], found["outcome"]) == ("toy", "promoted")
    assert float(found["wall s"]) > 0 < float(found["CPU s"])
    low, high = map(float, found["95 %"].split(" to "))
    assert found["figure"].startswith("micro.f1 ")
    assert low <= float(found["figure"].split()[1]) <= high
    assert not (project / ".goldsmith").exists()


def test_a_demo_that_is_not_there_is_told_before_the_first_run(project: Path) -> None:
    done = demos(project, "toy", "toi")
    assert done.returncode == 2 and "did you mean toy?" in done.stderr and not done.stdout


@pytest.mark.slow
@pytest.mark.parametrize("task", small_net.TASKS)
def test_the_small_net_is_measured_beside_a_transformer(
    task: str, datasets_folder: Path, tmp_path: Path
) -> None:
    records = {"articles": "60", "receipts": "24"}[task]
    command = [sys.executable, "-m", "benchmarks.small_net", task]
    command += ["--epochs", "1", "--repeat", "1", "--records", records]
    places = {"GOLDSMITH_DATASETS": str(datasets_folder), "GOLDSMITH_HOME": str(tmp_path)}
    done = subprocess.run(
        command, env={**os.environ, **places}, capture_output=True, text=True, cwd=REPOSITORY,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    head, _, *rows = [line.split("|")[1:-1] for line in done.stdout.splitlines() if "|" in line]
    sides = list(small_net.TASKS[task].sides({}, {}))
    assert [row[0].strip() for row in rows] == [side for side in sides for _ in range(2)]
    assert len(head) == 9 and all(len(row) == len(head) for row in rows)
    assert all(float(cell.replace(",", "")) > 0 for row in rows for cell in row[3:])
    assert done.stdout.count(" times again\n") == 4 * (len(sides) - 1)


@pytest.mark.nightly
@pytest.mark.parametrize("name", training.DATA)
def test_every_side_learns_from_the_same_records(
    name: str, datasets_folder: Path, tmp_path: Path
) -> None:
    command = [sys.executable, "-m", "benchmarks.training", "--data", name]
    command += ["--epochs", "1", "--repeat", "1", "--tolerance", "1"]
    few = ["--records", "400", "--set", "validation.min_train_support=1"]
    command += few if name == "banking77" else ["--records", "60"]  # the first has 77 labels
    done = subprocess.run(
        command,
        env={
            **os.environ,
            "GOLDSMITH_DATASETS": str(datasets_folder),
            "GOLDSMITH_HOME": str(tmp_path),
        },
        capture_output=True, text=True, cwd=REPOSITORY, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    head, _, *rows = [line.split("|")[1:-1] for line in done.stdout.splitlines()]
    assert [row[1].strip() for row in rows] == list(training.SIDES)
    assert all(len(row) == len(head) for row in rows)
