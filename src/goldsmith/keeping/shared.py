"""What lies in the mirror that several machines share: artifacts, states of trainings, loose files."""

from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from goldsmith import mirrored
from goldsmith.errors import UserError
from goldsmith.keeping.items import DAY, LEAST_DAYS, Item, Policy, aged
from goldsmith.keeping.models import Needs
from goldsmith.mirror import VARIABLE
from goldsmith.mirrored import FILES, Mirrored
from goldsmith.stages import resuming
from goldsmith.storage import Object


def opened() -> Mirrored:
    """The mirror.

    Raises:
        UserError: none is named.
    """
    store = mirrored.store()
    if not isinstance(store, Mirrored):
        raise UserError(f"--mirror: there is none: {VARIABLE} names a folder or s3://bucket/prefix")
    return store


def items(store: Mirrored, policy: Policy, time: float, needs: Needs) -> Iterator[Item]:
    """Everything in the mirror, and what becomes of it.

    That a process on another machine uses an artifact is no reason to keep it here: it has a copy.
    """
    least = max(policy.days, LEAST_DAYS)
    for one in store.kept():
        days = (time - one.written) / DAY
        why = needs.artifacts.get((one.stage, one.key)) or needs.of_use_case(
            one.stage, one.about.get("use_case", "")
        )
        if not why and not one.readable:
            why = "its manifest cannot be read: is it a newer Goldsmith's?"
        if not why and days < least:
            why = f"sent within {least:g} days"
        yield Item("mirrored", f"{one.stage}/{one.key}", one.size, not why, why or aged(days))
    for work, objects in _states(store).items():
        days = (time - max(one.written for one in objects)) / DAY
        goes = days >= least
        why = f"nobody went on: {aged(days)}" if goes else "another machine may go on from it"
        yield Item("mirrored", f"{resuming.FOLDER}/{work}", _size(objects), goes, why)
    loose = store.unlisted(time - LEAST_DAYS * DAY)
    if loose:
        why = f"{len(loose)} file(s) of no artifact: whoever sent them was killed"
        yield Item("mirrored", FILES, _size(loose), True, why)


def discard(store: Mirrored, going: Sequence[Item], time: float) -> None:
    """Delete those things from the mirror.

    Raises:
        StoreError: it cannot be reached or refuses.
    """
    artifacts = [
        (stage, key)
        for stage, slash, key in (one.name.partition("/") for one in going)
        if slash and stage != resuming.FOLDER
    ]
    if artifacts:
        store.forget(artifacts)
    for one in going:
        if one.name.startswith(f"{resuming.FOLDER}/"):
            store.place.delete(store.place.names(one.name))
    if any(one.name == FILES for one in going):
        store.place.delete([one.name for one in store.unlisted(time - LEAST_DAYS * DAY)])


def _states(store: Mirrored) -> dict[str, list[Object]]:
    """The states of trainings, by their work folder."""
    found: dict[str, list[Object]] = {}
    for one in store.place.listed(resuming.FOLDER):
        found.setdefault(PurePosixPath(one.name).parts[1], []).append(one)
    return found


def _size(objects: Sequence[Object]) -> int:
    return sum(one.size for one in objects)
