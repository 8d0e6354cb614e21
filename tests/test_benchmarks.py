"""The measurements run: their figures are for people, their commands for CI."""

import subprocess
import sys

import pytest

from tests.conftest import REPOSITORY


@pytest.mark.slow
def test_the_cost_of_the_contract_is_measured_beside_others() -> None:
    command = [sys.executable, "-m", "benchmarks.data", "--rows", "500", "--repeat", "1"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=REPOSITORY, check=False)
    assert done.returncode == 0, done.stderr
    sides = [line.split("|")[2].strip() for line in done.stdout.splitlines()[2:]]
    assert sides == ["contract", "checks", "datasets.map", "pandas"]
