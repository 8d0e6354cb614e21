"""What lies in the home: artifacts, checkpoints, and what killed processes left."""

import shutil
from collections.abc import Iterator
from pathlib import Path

from goldsmith.artifacts import MANIFEST, PARTIAL, Store, read_manifest, writing
from goldsmith.keeping.items import DAY, LEAST_DAYS, Item, Policy, aged
from goldsmith.keeping.models import Needs
from goldsmith.settings import Settings

GONE = ".gone-"
SCRATCH = "tmp????????"  # as Python's tempfile names folders
COPIES = ("bundle", "version-file")  # of what the registry has
KEY_CHARACTERS = 24  # of a key in the names of locks and folders of checkpoints


def artifacts(policy: Policy, time: float, needs: Needs) -> Iterator[Item]:
    """Every artifact of the store; kept are the needed ones, those in use, and the young."""
    store = Store(Settings().artifacts)
    used = store.leases.held() if store.leases.folder.is_dir() else set()
    for folder in sorted(store.root.glob("*/*")):
        if not folder.is_dir() or folder.match(SCRATCH):
            continue
        stage, key = folder.parent.name, folder.name.removeprefix(PARTIAL)
        name = f"{stage}/{key}"
        if folder.name.startswith(PARTIAL):
            yield Item("left over", name, size(folder), not _busy(store, stage, key), "half made")
            continue
        days = (time - _used(folder)) / DAY
        about = (read_manifest(folder) or {}).get("about", {}) if needs.use_cases else {}
        why = needs.artifacts.get((stage, key)) or needs.of_use_case(
            stage, about.get("use_case", "")
        )
        if not why and name in used:
            why = "in use by a process"
        if not why and days < policy.days:
            why = f"used within {policy.days:g} days"
        goes = f"used last {aged(days)} ago".replace(" old", "")
        yield Item("artifact", name, size(folder), not why, why or goes)


def _busy(store: Store, stage: str, key: str) -> bool:
    with store.try_lock(f"{stage}-{key[:KEY_CHARACTERS]}") as free:
        return not free


def _used(folder: Path) -> float:
    """When an artifact was made or used last, in seconds since 1970."""
    manifest = folder / MANIFEST
    return (manifest if manifest.is_file() else folder).stat().st_mtime


def checkpoints(policy: Policy, time: float) -> Iterator[Item]:
    """The folders of stages at work: finished ones, and those that nobody went on with for long."""
    store, work = Store(Settings().artifacts), Settings().home.absolute() / "work"
    for folder in sorted(work.glob("*")):
        if not folder.is_dir():
            continue
        stage, _, key = folder.name.removeprefix(GONE).rpartition("-")
        days = (time - _newest(folder)) / DAY
        if folder.name.startswith(GONE):
            yield Item("left over", folder.name, size(folder), True, "its removal was begun")
        elif _busy(store, stage, key):
            yield Item(
                "checkpoints", folder.name, size(folder), False, "a process is at work on it"
            )
        elif next((store.root / stage).glob(f"{key}*/{MANIFEST}"), None):
            yield Item("checkpoints", folder.name, size(folder), True, f"the {stage} is finished")
        elif days < policy.days:
            why = f"written within {policy.days:g} days: the next run goes on with it"
            yield Item("checkpoints", folder.name, size(folder), False, why)
        else:
            yield Item(
                "checkpoints", folder.name, size(folder), True, f"nobody went on: {aged(days)}"
            )


def caches(policy: Policy, time: float) -> Iterator[Item]:
    """Arrow copies of prepared data, which are made again when they are read; while a process has
    artifacts of stages in use it may have them open."""
    leases, home = Store(Settings().artifacts).leases, Settings().home.absolute()
    used = leases.held() if leases.folder.is_dir() else set()
    busy = any(one.partition("/")[0] not in COPIES for one in used)
    for folder in sorted(home.glob("datasets/*/*")):
        days = (time - _newest(folder)) / DAY
        old = days >= max(policy.days, LEAST_DAYS)
        why = "a process is at work in this home" if busy and old else aged(days)
        name = folder.relative_to(home).as_posix()
        if folder.is_dir():
            yield Item("left over", name, size(folder), old and not busy, why)


def scratch(policy: Policy, time: float) -> Iterator[Item]:
    """Folders of downloads and uploads whose process was killed."""
    home = Settings().home.absolute()
    least = max(policy.days, LEAST_DAYS)
    for folder in sorted([*home.glob(SCRATCH), *home.glob(f"artifacts/*/{SCRATCH}")]):
        days = (time - _newest(folder)) / DAY
        if folder.is_dir():
            name = folder.relative_to(home).as_posix()
            yield Item("left over", name, size(folder), days >= least, aged(days))


def discard(item: Item) -> bool:
    """Delete a thing of the home, unless somebody began to use it; whether it is gone.

    Raises:
        StoreError: the disk refuses.
    """
    store, home = Store(Settings().artifacts), Settings().home.absolute()
    if item.kind == "artifact" or (item.kind == "left over" and item.why == "half made"):
        return store.discard(*item.name.split("/", 1))
    if item.kind == "checkpoints":
        return _discard_work(store, home / "work" / item.name)
    folder = home / "work" / item.name if item.name.startswith(GONE) else home / item.name
    with writing(folder):
        shutil.rmtree(folder, ignore_errors=True)
    return not folder.exists()


def _discard_work(store: Store, folder: Path) -> bool:
    with store.try_lock(folder.name) as free, writing(folder):
        if not free:
            return False
        gone = folder.with_name(f"{GONE}{folder.name}")
        shutil.rmtree(gone, ignore_errors=True)
        if folder.exists():
            folder.rename(gone)
    shutil.rmtree(gone, ignore_errors=True)
    return True


def size(folder: Path) -> int:
    """Bytes of the files below a folder."""
    total = 0
    for path in folder.rglob("*"):
        try:
            total += path.lstat().st_size if path.is_file() else 0
        except FileNotFoundError:
            continue  # somebody is at work
    return total


def _newest(folder: Path) -> float:
    """When anything below a folder was written last."""
    times = [folder.stat().st_mtime]
    for path in folder.rglob("*"):
        try:
            times.append(path.lstat().st_mtime)
        except FileNotFoundError:
            continue
    return max(times)
