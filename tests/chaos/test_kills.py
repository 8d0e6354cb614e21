"""kill -9 at the training process, at the flow, and at worker and flow together: the run goes on.

Three points for every change; all others by `make nightly`.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.chaos import points
from tests.command import World
from tests.stack.running import Stack, up

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def stack(
    tmp_path_factory: pytest.TempPathFactory, tiny_base: Path, goldens: Path
) -> Iterator[Stack]:
    with up(World.make(tmp_path_factory.mktemp("chaos"), tiny_base, goldens)) as found:
        yield found


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory, tiny_base: Path, goldens: Path) -> World:
    return World.make(tmp_path_factory.mktemp("alone"), tiny_base, goldens)


def same_as_undisturbed(stack: Stack, alone: World, seed: int) -> None:
    """Equal metrics, one version and one step of the ledger for it, and nothing left."""
    made = stack.world.made("evaluate")
    wanted = points.undisturbed(alone, points.LONG, f"seed={seed}")
    assert wanted in [points.metrics(folder) for folder in made]
    assert len(stack.world.versions()) == len(alone.versions())
    points.nothing_is_left(stack)


def test_the_training_process_is_killed(stack: Stack, alone: World) -> None:
    run = points.killed(stack, 31, points.trainer, points.trainer)
    assert run["run_count"] == 1, "the flow itself was not disturbed"
    assert "Crashed" not in stack.states(run["id"])
    same_as_undisturbed(stack, alone, 31)


def test_the_flow_is_killed_under_a_living_worker(stack: Stack, alone: World) -> None:
    run = points.killed(stack, 32, points.trainer, points.flow)
    assert run["run_count"] == 2
    assert "Crashed" in stack.states(run["id"])
    same_as_undisturbed(stack, alone, 32)


def test_worker_and_flow_are_killed_together(stack: Stack, alone: World) -> None:
    run = points.killed(stack, 33, points.trainer, points.worker_and_flow)
    assert run["run_count"] == 2
    states = stack.states(run["id"])
    assert "Crashed" in states, states
    same_as_undisturbed(stack, alone, 33)
