"""Every process at every stage: hours, and so nightly."""

import subprocess
import sys

import pytest


@pytest.mark.nightly
@pytest.mark.timeout(4 * 3600)
def test_killed_anywhere_a_run_ends_as_an_undisturbed_one() -> None:
    command = [sys.executable, "-m", "tests.chaos"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr[-3000:]
