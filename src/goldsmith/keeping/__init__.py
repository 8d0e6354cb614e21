"""Clearing away what nobody needs: versions, runs, artifacts, checkpoints. See docs/keeping.md."""

import time
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from goldsmith.artifacts import Store
from goldsmith.errors import GoldsmithError
from goldsmith.keeping import models, shared, stored
from goldsmith.keeping.items import DAY, LEAST_DAYS, Item, Policy, aged
from goldsmith.keeping.models import Needs
from goldsmith.mirrored import Mirrored
from goldsmith.registry import removal
from goldsmith.settings import Settings

__all__ = ["Item", "Policy", "Swept", "sweep"]

LEFT = "it was needed by the time that it should have gone"
REGISTERING = "register-"  # before the model's name, in the names of locks


@dataclass(frozen=True)
class Swept:
    """What became of everything.

    Attributes:
        policy: by what rule.
        dry: whether nothing was deleted.
        removed: what went, or would go.
        kept: what stays, and why.
        failed: what should have gone and did not, and why.
    """

    policy: Policy
    dry: bool
    removed: tuple[Item, ...]
    kept: tuple[Item, ...]
    failed: tuple[str, ...] = ()

    @property
    def size(self) -> int:
        """Bytes that were freed, or would be."""
        return sum(one.size for one in self.removed)

    def as_json(self) -> dict[str, Any]:
        """For programs."""
        return {
            "dry_run": self.dry,
            "policy": self.policy._asdict(),
            "bytes": self.size,
            "removed": [one._asdict() for one in self.removed],
            "kept": [one._asdict() for one in self.kept],
            "failed": list(self.failed),
        }


def sweep(
    policy: Policy,
    dry: bool = False,
    waiting: Callable[[], None] = lambda: None,
    now: float | None = None,
    mirror: bool = False,
) -> Swept:
    """Delete what the policy does not keep and nothing needs.

    Args:
        policy: how long things stay.
        dry: delete nothing, and say what would be deleted.
        waiting: called if another sweep is at work on this home, which is waited for.
        now: in seconds since 1970; None: the clock's.
        mirror: also what lies in the mirror, which all machines must share the registry for.

    Raises:
        UserError: there is no mirror.
        StoreError: the mirror or MLflow cannot be reached: then nobody knows what is needed, and nothing goes.
    """
    moment = time.time() if now is None else now
    far = shared.opened() if mirror else None
    lock: Any = nullcontext() if dry else Store(Settings().artifacts).lock("gc", waiting)
    with lock:
        needs, found, going = Needs(), list[Item](), dict[str, str]()
        known = removal.models() if _registry_is_there() else []
        for model in known:
            judged = models.judged(model, policy, moment, needs)
            gone = set() if dry else models.remove(judged, policy, moment)
            for item, version in judged:
                goes = item.goes if dry else version.number in gone
                found.append(item if goes == item.goes else item._replace(goes=goes, why=LEFT))
                going |= {item.name: version.run_id} if goes else {}
        _of_other_registries(known, needs)
        sweeping = _Sweeping(dry)
        rest: list[Item | _Run] = [
            *_runs(known, going, policy, moment),
            *_stored(policy, moment, needs),
        ]
        done = [*found, *map(sweeping.carried_out, rest)]
        if far is not None:
            done += sweeping.all_carried_out(
                far, list(shared.items(far, policy, moment, needs)), moment
            )
    removed = tuple(one for one in done if one.goes)
    kept = tuple(one for one in done if not one.goes)
    return Swept(policy, dry, removed, kept, tuple(sweeping.failed))


class _Sweeping:
    """Deletes one thing after the other; one that cannot be deleted keeps no other."""

    def __init__(self, dry: bool) -> None:
        self.dry, self.failed = dry, list[str]()

    def carried_out(self, one: "Item | _Run") -> Item:
        """Delete it if it goes; what became of it."""
        run, item = (one.run, one.item) if isinstance(one, _Run) else (None, one)
        if self.dry or not item.goes:
            return item
        try:
            if run is not None:
                removal.delete_run(run)
            elif not stored.discard(item):
                return item._replace(goes=False, why="a process began to use it")
        except GoldsmithError as error:
            self.failed.append(f"{item.name}: {error}")
            return item._replace(goes=False, why=str(error))
        return item

    def all_carried_out(self, far: Mirrored, items: list[Item], moment: float) -> list[Item]:
        """Delete those of the mirror that go, which needs one look at all of it; what became of them."""
        going = [one for one in items if one.goes]
        if self.dry or not going:
            return items
        try:
            shared.discard(far, going, moment)
        except GoldsmithError as error:
            self.failed.append(f"{far.place.shown}: {error}")
            return [one._replace(goes=False, why=str(error)) if one.goes else one for one in items]
        return items


class _Run(NamedTuple):
    """A run of MLflow's to which no version refers, or none that stays."""

    run: Any
    item: Item


def _runs(known: list[str], going: dict[str, str], policy: Policy, moment: float) -> Iterator[_Run]:
    """The runs of ours that no version refers to: of removed versions, and of killed runs."""
    experiments = sorted({model.partition(".")[0] for model in known})
    for run, version in removal.left_over(experiments, going) if known else ():
        days = (moment - run.info.start_time / 1000) / DAY
        goes = bool(version) or days >= max(policy.days, LEAST_DAYS)
        why = f"of {version}" if version else f"no version refers to it, {aged(days)}"
        yield _Run(run, Item("run", run.info.run_id, removal.size(run), goes, why))


def _stored(policy: Policy, moment: float, needs: Needs) -> Iterator[Item]:
    yield from stored.artifacts(policy, moment, needs)
    yield from stored.checkpoints(policy, moment)
    yield from stored.caches(policy, moment)
    yield from stored.scratch(policy, moment)


def _registry_is_there() -> bool:
    """Whether there is a registry to ask: asking for one in a file would make it."""
    uri = Settings().tracking_uri
    return not uri.startswith("sqlite:///") or Path(uri.removeprefix("sqlite:///")).is_file()


def _of_other_registries(known: list[str], needs: Needs) -> None:
    """Models that were registered from this home, and are not where MLFLOW_TRACKING_URI points.

    What their champions need nobody can tell here, so nothing of their use cases goes.
    """
    for file in sorted((Settings().home.absolute() / "locks").glob(f"{REGISTERING}*.lock")):
        model = file.stem.removeprefix(REGISTERING)
        if model not in known:
            needs.use_cases.setdefault(
                model.partition(".")[0],
                f"{model} was registered from here and is not in this registry: is "
                f"MLFLOW_TRACKING_URI another? (if it was deleted: rm {file})",
            )
