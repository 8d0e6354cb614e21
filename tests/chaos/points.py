"""Where a run is killed, and what must hold afterwards."""

import contextlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil

from tests.command import World, until
from tests.prefect_server import ask
from tests.stack.running import Stack

LONG = "model.epochs=12"


def kill(processes: list[psutil.Process]) -> None:
    """kill -9, all of them before the first one's end can be noticed."""
    assert processes, "nothing to kill"
    for one in processes:
        with contextlib.suppress(psutil.NoSuchProcess):
            one.suspend()
    for one in processes:
        with contextlib.suppress(psutil.NoSuchProcess):
            one.kill()
    psutil.wait_procs(processes, timeout=60)


def trainer(stack: Stack) -> list[psutil.Process]:
    """The training process, once it has kept a checkpoint."""

    def found() -> int:
        kept = (
            path
            for one in stack.world.working()
            for path in one.glob("checkpoints/**/checkpoint-*")
        )
        return stack.world.trainer() if any(kept) else 0

    return [psutil.Process(int(until("a training with a checkpoint", found)))]


def flow(stack: Stack) -> list[psutil.Process]:
    """The flow run's process; its training dies with it."""
    return list(until("a flow at work", stack.flow))


def worker(stack: Stack) -> list[psutil.Process]:
    """The worker's process."""
    return list(until("a worker", lambda: stack.processes("worker", "start")))


def prefect(stack: Stack) -> list[psutil.Process]:
    """Prefect's server, and with it its database."""
    return stack.processes("prefect.server.api.server")


def mlflow(stack: Stack) -> list[psutil.Process]:
    """MLflow's server, all of its processes."""
    # What started the stack has a word of it in its own command line.
    others = ("prefect", "goldsmith up")
    return [
        one
        for one in stack.processes("mlflow")
        if not any(other in " ".join(one.cmdline()) for other in others)
    ]


def worker_and_flow(stack: Stack) -> list[psutil.Process]:
    """Both at once: then nobody tells the server."""
    return [*worker(stack), *flow(stack)]


def database(stack: Stack) -> list[psutil.Process]:
    """The PostgreSQL server of Prefect and MLflow."""
    assert stack.database
    return stack.database.processes()


def after(stage: str) -> Callable[[Stack], object]:
    """Wait until a run that begins now has finished a stage."""

    def wait(stack: Stack) -> object:
        if stage == "register":
            before = len(registered(stack)[0])
            return until(stage, lambda: len(registered(stack)[0]) > before)
        before = len(stack.world.made(stage))
        return until(stage, lambda: len(stack.world.made(stage)) > before)

    return wait


def registered(stack: Stack) -> tuple[list[int], dict[str, int]]:
    """Versions and aliases of the toy's model, wherever the stack's MLflow keeps them."""
    if stack.database is None:
        return stack.world.versions(), stack.world.aliases()
    import psycopg2

    where = f"{stack.database.uri}/goldsmith_mlflow"
    with contextlib.closing(psycopg2.connect(where)) as found, found.cursor() as cursor:
        cursor.execute("select version from model_versions order by version")
        versions = [row[0] for row in cursor.fetchall()]
        cursor.execute("select alias, version from registered_model_aliases")
        return versions, dict(cursor.fetchall())


def undisturbed(world: World, *overrides: str) -> dict[str, Any]:
    """Metrics of the same run that nobody touches, in a home of its own."""
    settings = [text for one in overrides for text in ("--set", one)]
    return metrics(Path(world.train(*settings)["folders"]["evaluate"]))


def metrics(folder: Path) -> dict[str, Any]:
    """What a run was evaluated at."""
    found: dict[str, Any] = json.loads((folder / "metrics.json").read_text(encoding="utf-8"))
    return found


def killed(
    stack: Stack,
    seed: int,
    when: Callable[[Stack], object],
    what: Callable[[Stack], list[psutil.Process]],
) -> dict[str, Any]:
    """Start a run, wait, kill, and wait for the run's end; the run."""
    identity = stack.start_run(LONG, f"seed={seed}")
    when(stack)
    kill(what(stack))
    run = stack.ended(identity)
    assert run["state"]["type"] == "COMPLETED", (run["state"], stack.said()[-3000:])
    return run


def nothing_is_left(stack: Stack) -> None:
    """No process at work, no zombie among the stack's, no slot that is still held."""
    until("the flow's process to end", lambda: not stack.flow())
    assert not stack.world.trainer()
    zombies = [one for one in stack.processes() if one.status() == psutil.STATUS_ZOMBIE]
    assert not zombies
    limits = ask(f"{stack.url}/v2/concurrency_limits/filter", {})
    assert [one["active_slots"] for one in limits] == [0] * len(limits)
