"""The measurements run: their figures are for people, their commands for CI."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY


@pytest.mark.slow
def test_the_cost_of_the_contract_is_measured_beside_others() -> None:
    command = [sys.executable, "-m", "benchmarks.data", "--rows", "500", "--repeat", "1"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=REPOSITORY, check=False)
    assert done.returncode == 0, done.stderr
    sides = [line.split("|")[2].strip() for line in done.stdout.splitlines()[2:]]
    assert sides == ["contract", "checks", "datasets.map", "pandas"]


@pytest.mark.slow
def test_growth_is_measured_stage_by_stage(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "benchmarks.scale", "--rows", "1000", "--kind", "texts"]
    command += ["--picture", str(tmp_path / "growth.png")]
    done = subprocess.run(command, capture_output=True, text=True, cwd=REPOSITORY, check=False)
    assert done.returncode == 0, done.stderr
    rows = [line.split("|")[1:3] for line in done.stdout.splitlines() if line.startswith("| ")][1:]
    assert [rows[place][1].strip() for place in range(3)] == ["100", "100", "1,000"]
    stages = [rows[place][0].strip() for place in range(0, len(rows), 3)]
    assert stages == ["load", "validate_raw", "prepare", "validate_prepared", "tokenise"]
    assert (tmp_path / "growth.png").stat().st_size > 10_000
