"""Training that another machine can go on with: its state in the mirror.

A state is what lies in the work folder of a part at one moment: its whole checkpoints, its events
and how its batches were split, or the finished model. `checkpoints/<work>/<part>/<number>.json` lists its files by content
and is written last; a later state has a higher number.
"""

import contextlib
import json
import os
import queue
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from goldsmith import checkpoints, mirror
from goldsmith.artifacts import PARTIAL, file_hashes, writing
from goldsmith.errors import StoreError
from goldsmith.families.launching import MEMORY_FILE
from goldsmith.mirror import DamagedError, Place
from goldsmith.settings import Settings
from goldsmith.stages import Context

FACTS_FILE = "facts.json"  # of a part that is finished
EVENTS_FILE = "events.jsonl"
FOLDER = "checkpoints"
FILES = "files"
SPOOL = ".sending"  # links, so that the trainer may delete a checkpoint while it is being sent
KEPT = 2  # states of a part
Say = Callable[[str], None]


@contextlib.contextmanager
def following(context: Context, part: str, last: bool) -> Iterator[Context]:
    """Fetch the state of a part if the mirror's is ahead, and mirror it as training goes on.

    Args:
        context: of the stage.
        part: the part that is trained in the block, in `context.work / part`.
        last: whether it is the last one; then its model needs no mirror but the artifact's.

    Yields:
        The context to train the part with.

    Raises:
        StoreError: the mirror cannot be reached at the start; later that is only a note.
    """
    place = mirror.opened(Settings().mirror)
    if place is None:
        yield context
        return
    state = State(place, f"{FOLDER}/{context.work.name}/{part}", context.work / part)
    state.restore(lambda text: context.report({"type": "note", "text": text}))
    sender = _Sender(state)

    def report(event: dict[str, Any]) -> None:
        context.report(event)
        if event["type"] == "checkpoint":
            sender.take()
        sender.tell(context.report)

    try:
        yield replace(context, report=report)
        if not last:
            sender.take()
    except Exception:
        sender.close()  # what another machine may go on from is worth waiting for
        raise
    else:
        sender.close(drop=last)
    finally:
        sender.tell(context.report)


def clear(work: Path, say: Say) -> None:
    """Delete the states of a training whose artifact is complete."""
    place = mirror.opened(Settings().mirror)
    if place is None:
        return
    at = f"{FOLDER}/{work.name}"
    try:
        place.delete(place.names(at))
    except StoreError as error:
        say(f"warning: {at} is needed no more, but was not deleted: {error}")


@dataclass(frozen=True)
class _Taken:
    """A state as it was at one moment, in links."""

    folder: Path
    number: int


class State:
    """The state of one part, on this machine and in the mirror."""

    def __init__(self, place: Place, at: str, folder: Path) -> None:
        self._place, self._at, self._folder = place, at, folder

    def restore(self, say: Say) -> None:
        """Put the mirror's newest whole state into the work folder, if it is ahead of this one.

        Raises:
            StoreError: the mirror cannot be reached, or the disk is full.
        """
        have = _number(self._folder)
        for name in reversed(self._lists()):
            number = int(Path(name).stem)
            if number <= have:
                return
            try:
                with writing(self._folder):
                    self._fetch(name)
            except DamagedError as error:
                say(f"warning: {self._place.shown}/{name}: {error}: it is passed over")
                continue
            say(f"fetched {_shown(self._folder)} from {self._place.shown}/{name}")
            return

    def _fetch(self, name: str) -> None:
        try:
            files = dict(json.loads(self._place.read(name) or b"")["files"])
        except (ValueError, TypeError, KeyError):
            raise DamagedError("it is no list of files that can be read") from None
        partial = self._folder.with_name(f"{PARTIAL}{self._folder.name}")
        shutil.rmtree(partial, ignore_errors=True)
        partial.mkdir(parents=True)
        try:
            mirror.fetch(self._place, f"{self._at}/{FILES}", files, partial)
            shutil.rmtree(self._folder, ignore_errors=True)
            partial.rename(self._folder)
        finally:
            shutil.rmtree(partial, ignore_errors=True)

    def take(self) -> _Taken | None:
        """The state as it is now; None if there is nothing to go on from."""
        number = _number(self._folder)
        (self._folder / SPOOL).mkdir(exist_ok=True)
        target = Path(tempfile.mkdtemp(dir=self._folder / SPOOL))
        linked = [_link(self._folder, name, target) for name in self._names()]
        if not any(linked):
            shutil.rmtree(target, ignore_errors=True)
            return None
        if (self._folder / MEMORY_FILE).is_file():
            _link(self._folder, MEMORY_FILE, target)
        # After the checkpoints: steps that come twice are no harm to the curve, missing ones are.
        shutil.copyfile(self._folder / EVENTS_FILE, target / EVENTS_FILE)
        return _Taken(target, number)

    def _names(self) -> list[str]:
        """What there is to go on from, below the work folder."""
        if (self._folder / FACTS_FILE).is_file():
            return [FACTS_FILE, "model"]
        return [path.relative_to(self._folder).as_posix() for path in _whole(self._folder)]

    def send(self, taken: _Taken) -> None:
        """Put a state into the mirror, unless it is there, and delete older ones.

        Raises:
            StoreError: the mirror cannot be reached or refuses.
        """
        lists = self._lists()
        if lists and int(Path(lists[-1]).stem) >= taken.number:
            return
        files = file_hashes(taken.folder)
        mirror.send(self._place, f"{self._at}/{FILES}", taken.folder, files)
        text = json.dumps({"files": files}, indent=1)
        self._place.write(f"{self._at}/{taken.number:08d}.json", text.encode())
        self._prune()

    def _prune(self) -> None:
        lists = self._lists()
        needed: set[str] = set()
        for name in lists[-KEPT:]:
            with contextlib.suppress(ValueError, KeyError):  # damaged: no one goes on from it
                needed.update(json.loads(self._place.read(name) or b"")["files"].values())
        at = f"{self._at}/{FILES}"
        kept = {mirror.blob_name(at, one) for one in needed}
        old = [name for name in self._place.names(at) if name not in kept]
        self._place.delete(lists[:-KEPT] + old)

    def _lists(self) -> list[str]:
        """The lists of files of the states in the mirror, oldest first."""
        names = self._place.names(self._at)
        return [one for one in names if one.endswith(".json") and Path(one).stem.isdecimal()]


class _Sender:
    """Sends states in order, beside the training; of those that wait only the newest."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._queue: queue.SimpleQueue[_Taken | None] = queue.SimpleQueue()
        self._said: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._newest: _Taken | None = None
        # A daemon: ctrl-C must not wait for an upload.
        self._thread = threading.Thread(target=self._work, name="mirror", daemon=True)
        self._thread.start()

    def take(self) -> None:
        """Send the state as it is now, some time."""
        try:
            taken = self._state.take()
        except FileNotFoundError:  # deleted while it was looked at: a newer one is coming
            return
        except OSError as error:
            self._said.put(f"warning: the checkpoint was not mirrored: {error}")
            return
        if taken is not None:
            self._newest = taken
            self._queue.put(taken)

    def close(self, drop: bool = False) -> None:
        """Wait for what is being sent, and unless it is to be dropped for what waits."""
        if drop:
            self._newest = None
        self._queue.put(None)
        self._thread.join()

    def tell(self, report: Callable[[dict[str, Any]], None]) -> None:
        """Report what there is to say, in the caller's thread."""
        with contextlib.suppress(queue.Empty):
            while True:
                report({"type": "note", "text": self._said.get_nowait()})

    def _work(self) -> None:
        while (taken := self._queue.get()) is not None:
            try:
                if taken is self._newest:
                    self._state.send(taken)
            except (StoreError, OSError) as error:
                self._said.put(f"warning: the checkpoint was not mirrored: {error}")
            shutil.rmtree(taken.folder, ignore_errors=True)


def _whole(folder: Path) -> list[Path]:
    """The whole checkpoints of a part; all of them where its family marks none."""
    root = folder / FOLDER
    marked = sorted(mark.parent for mark in root.rglob(checkpoints.COMPLETE))
    if marked:
        return [path for path in marked if checkpoints.is_complete(path)]
    return [root] if root.is_dir() and any(root.iterdir()) else []


def _number(folder: Path) -> int:
    """How far a part has come: its checkpoints so far, one more once it is finished; 0: nothing."""
    finished = (folder / FACTS_FILE).is_file()
    if not (finished or _whole(folder)) or not (folder / EVENTS_FILE).is_file():
        return 0
    lines = (folder / EVENTS_FILE).read_text(encoding="utf-8", errors="replace").splitlines()
    return sum('"type": "checkpoint"' in line for line in lines) + finished


def _shown(folder: Path) -> str:
    """What a state is, in words."""
    if (folder / FACTS_FILE).is_file():
        return f"the finished part {folder.name}"
    return f"part {folder.name} as it was after checkpoint {_number(folder)}"


def _link(folder: Path, name: str, target: Path) -> bool:
    """Link a file or a folder of files; False if it went away meanwhile, and is not whole."""
    source, made = folder / name, target / name
    try:
        if source.is_dir():
            shutil.copytree(source, made, copy_function=_link_file)
        else:
            made.parent.mkdir(parents=True, exist_ok=True)
            _link_file(str(source), str(made))
    except (FileNotFoundError, shutil.Error):
        shutil.rmtree(made, ignore_errors=True)
        return False
    if name.startswith(f"{FOLDER}/") and not checkpoints.is_complete(made):
        shutil.rmtree(made, ignore_errors=True)
        return False
    return True


def _link_file(source: str, target: str) -> str:
    try:
        os.link(source, target)
    except FileNotFoundError:
        raise
    except OSError:  # a file system without links
        shutil.copy2(source, target)
    return target
