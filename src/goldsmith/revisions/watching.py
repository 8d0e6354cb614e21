"""watch: what arrived in a watched place becomes a new revision, made in a clone of its own.

Nothing of the project's working tree is touched. What was seen is remembered only after it was
delivered or refused: whoever is killed does it again, and doing it again changes nothing.
"""

import contextlib
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from goldsmith import config as configs
from goldsmith.artifacts import Store, writing
from goldsmith.config import UseCase
from goldsmith.config.triggers import Watch
from goldsmith.errors import ConfigError, listed
from goldsmith.readers.finding import MANIFEST, suffix
from goldsmith.revisions import adding, arrivals, delivering, moving, quarantine
from goldsmith.revisions.arrivals import Arrival, Seen
from goldsmith.revisions.delivering import Announce, Delivered, Outdated
from goldsmith.settings import Settings
from goldsmith.versioning import clones
from goldsmith.versioning.committing import Behind

LONGEST_NAME = 200  # bytes; a file system takes 255, and we put words before some
TRIES = 3  # where others push to the same branch meanwhile
Say = Callable[[str], None]


@dataclass(frozen=True)
class Refused:
    """Files in quarantine.

    Attributes:
        names: of the files.
        reason: why, in words.
        folder: where they are.
    """

    names: tuple[str, ...]
    reason: str
    folder: Path


@dataclass(frozen=True)
class Looked:
    """What a look at a watched place came to.

    Attributes:
        taken: names of the files that are in the goldens now.
        refused: those that are in quarantine.
        delivered: the new revision; None where nothing was taken.
    """

    taken: tuple[str, ...] = ()
    refused: tuple[Refused, ...] = ()
    delivered: Delivered | None = None

    @property
    def words(self) -> str:
        """All of it in one line."""
        parts = []
        if self.delivered is not None:
            what = f"{len(self.taken)} file(s) taken ({listed(self.taken, 3)})"
            records = f"{self.delivered.added.records:,} records"
            parts.append(f"{what}: {records}, revision {self.delivered.revision[:10]}")
        for one in self.refused:
            parts.append(f"{listed(one.names, 3)} in quarantine: {one.folder}")
        return "; ".join(parts) or "nothing new"


def look(
    config: UseCase, say: Say, announce: Announce | None, tell: Callable[[Refused], None]
) -> Looked:
    """Take what is new in the watched place into the goldens; refuse what breaks the contract.

    Args:
        config: the use case, under a profile with `watch`.
        say: takes a line about each step.
        announce: tells of the new revision; None: nobody is to be told.
        tell: takes each refusal.

    Raises:
        ConfigError: nothing is watched under this profile.
        UserError: no git or DVC repository, or no upstream.
        StoreError: the place, a store, git or a server cannot be reached or refuses.
    """
    watch = config.watch
    if watch is None:
        raise ConfigError(
            f"{config.name} watches nothing under profile {config.profile}: `watch: {{path: …}}` "
            "in the profile names a folder or s3://bucket/prefix"
        )
    place = Settings().home.absolute() / "watch" / config.model_name
    waiting = "another look is under way: waiting for it"
    with Store(place.parent).lock(f"watch-{config.model_name}", lambda: say(waiting)):
        seen = Seen.read(place / "seen.json", watch.path)
        here = arrivals.look(watch)
        found = seen.new(here)
        found = _readable(config, seen, found, say)
        done = _take(config, watch, place, found, seen, say, announce, tell) if found else Looked()
        seen.forget_but(here)
        seen.write(watch.path)
    return done


def _readable(config: UseCase, seen: Seen, found: Sequence[Arrival], say: Say) -> list[Arrival]:
    """Those that the source's format reads; the others are passed over, and said once."""
    source: Any = config.source
    suffixes: tuple[str, ...] | None = getattr(source.reader, "suffixes", None)
    good = [
        one
        for one in found
        if (suffixes is None or suffix(Path(one.name)) in suffixes)
        and one.name != MANIFEST
        and len(one.name.encode()) <= LONGEST_NAME
    ]
    others = [one for one in found if one not in good]
    if others:
        reads = (
            f": format {source.reader.format} reads {' and '.join(suffixes)}" if suffixes else ""
        )
        say(f"passed over {listed([one.where for one in others], 3)}{reads}")
        seen.mark(others, "passed", {})
    return good


def _take(
    config: UseCase, watch: Watch, place: Path, found: Sequence[Arrival], seen: Seen, say: Say,
    announce: Announce | None, tell: Callable[[Refused], None],
) -> Looked:  # fmt: skip
    say(f"new in {watch.path}: {listed([one.name for one in found], 10)}")
    with _scratch(place) as folder:
        here = arrivals.bring(watch, found, folder, say)
        if not here:
            return Looked()
        for left in reversed(range(TRIES)):
            try:
                done = _once(config, place, here, folder, say, announce)
                break
            except (Behind, Outdated) as error:
                if not left:
                    raise
                say(f"{error.args[0].partition(':')[0]}: once more")
    for refused in done.refused:
        tell(refused)
        names = {name: str(refused.folder) for name in refused.names}
        seen.mark([one for one in here if one.name in names], "quarantined", names)
    if done.delivered is not None:
        names = dict.fromkeys(done.taken, done.delivered.revision)
        seen.mark([one for one in here if one.name in names], "taken", names)
    return done


def _once(
    config: UseCase, place: Path, here: Sequence[Arrival], folder: Path, say: Say,
    announce: Announce | None,
) -> Looked:  # fmt: skip
    """One try in the clone as the upstream is now."""
    project, clone = Path.cwd(), place / "clone"
    clones.ready(project, clone)
    origins = {one.name: one.where for one in here}
    files = [folder / one.name for one in here]
    with clones.inside(project, clone, Settings().home, configs.folder()):
        moving.restore(config, say)
        good, bad = adding.sift(config, files, say)
        refused = tuple(
            Refused((file.name,), str(error), quarantine.put(config, [file], error, origins))
            for file, error in bad.items()
        )
        delivered = delivering.deliver(config, good, say, announce) if good else None
    return Looked(tuple(file.name for file in good), refused, delivered)


@contextlib.contextmanager
def _scratch(place: Path) -> Iterator[Path]:
    """A folder for what is fetched, gone afterwards; a killed look's is cleared."""
    with writing(place):
        place.mkdir(parents=True, exist_ok=True)
        for left in place.glob("fetched-*"):
            shutil.rmtree(left, ignore_errors=True)
        folder = Path(tempfile.mkdtemp(dir=place, prefix="fetched-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
