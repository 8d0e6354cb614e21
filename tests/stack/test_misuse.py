"""What a worker cannot do: the run fails in words, changes nothing, and the next one works."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.command import World
from tests.stack.running import Stack, up

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def stack(
    tmp_path_factory: pytest.TempPathFactory, tiny_base: Path, goldens: Path
) -> Iterator[Stack]:
    with up(World.make(tmp_path_factory.mktemp("stack"), tiny_base, goldens)) as found:
        yield found


def failed(stack: Stack, identity: str) -> str:
    """What the run's state says, which must be a failure without a traceback."""
    run: dict[str, Any] = stack.ended(identity)
    assert run["state"]["type"] == "FAILED", run["state"]
    said = str(run["state"]["message"])
    assert "Traceback" not in said
    assert stack.world.aliases() == {}
    return said


def test_a_use_case_that_is_removed_while_its_run_waits(stack: Stack) -> None:
    file = stack.world.use_case()
    aside = file.rename(file.with_suffix(".aside"))
    try:
        said = failed(stack, stack.start_run())
    finally:
        aside.rename(file)
    assert "unknown use case 'toy' in use_cases/" in said


def test_a_worker_of_another_version(stack: Stack) -> None:
    said = failed(stack, stack.start_run(env={"GOLDSMITH_DEPLOYED_BY": "0.0.1"}))
    assert "but 0.0.1 registered the deployment: install goldsmith 0.0.1 on the worker" in said


@pytest.mark.nightly
def test_a_full_disk_on_the_worker_is_tried_again_named_and_passes(stack: Stack) -> None:
    full = f"prlimit --fsize=20000 {sys.executable} -m prefect.engine"
    said = failed(stack, stack.start_run(command=full))
    assert "File too large" in said
    run = stack.ended(stack.start_run())
    assert run["state"]["message"].startswith("toy.demo version 1 promoted: ")
