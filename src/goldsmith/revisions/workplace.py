"""Where a use case's goldens lie in the working tree, and changing them without leaving halves."""

import contextlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from goldsmith.artifacts import Store
from goldsmith.config import UseCase
from goldsmith.curation import fixed
from goldsmith.errors import ConfigError, StoreError, UserError
from goldsmith.readers.finding import fixed_part, named
from goldsmith.records import Record
from goldsmith.sources.files import FilesSource
from goldsmith.versioning import git, objects, pointers, swapping
from goldsmith.versioning.checking_out import PARTIAL
from goldsmith.versioning.objects import Objects
from goldsmith.versioning.pointers import Pointer

Say = Callable[[str], None]


@dataclass(frozen=True)
class Workplace:
    """The goldens of one use case under one profile.

    Attributes:
        config: the use case.
        path: the file or folder that a pointer stands beside.
        inner: what of it the source reads: a glob below a folder; else empty.
    """

    config: UseCase
    path: Path
    inner: str

    @property
    def reader(self) -> Any:
        """The source's reader."""
        source: Any = self.config.source
        return source.reader

    @property
    def together(self) -> bool:
        """Whether a record is read from several files, so that none of them says all of it alone."""
        return self.reader.record.kind == "query" or getattr(self.reader, "together", False)

    def files(self, root: Path | None = None) -> list[Path]:
        """The files that the source reads, of the working data or of a copy of them.

        Raises:
            DataError: nothing there that the reader reads.
        """
        at = root or self.path
        found: list[Path] = self.reader.files(at / self.inner if self.inner else at)
        return found

    def records(self, root: Path | None = None) -> Iterator[Record]:
        """The records of the working data or of a copy of them.

        Raises:
            DataError: a file that the reader refuses.
        """
        source: Any = self.config.source
        yield from self.reader.read(self.files(root), source.location)

    def prefixes(self, root: Path | None = None) -> tuple[str, ...]:
        """What ids begin with that are only places in a file."""
        source: Any = self.config.source
        return tuple({f"{one.prefix}:" for one in named(self.files(root), source.location)})

    def pointer(self) -> Pointer:
        """The pointer in the working tree.

        Raises:
            UserError: there is none.
        """
        found = pointers.read(self.path)
        if found is None:
            name = self.config.name
            raise UserError(
                f"{self.path} has no pointer {pointers.beside(self.path)}: `goldsmith data add "
                f"{name}` makes one of the files that lie there"
            )
        return found

    @contextlib.contextmanager
    def locked(self, say: Say) -> Iterator[Objects]:
        """DVC's stores, with no other `goldsmith data` command at work in this repository.

        Raises:
            UserError: not in a DVC repository.
        """
        with objects.opened(self.path) as found:
            place = Path(found.repo.tmp_dir) / "goldsmith"
            waiting = "another `goldsmith data` command is at work here: waiting for it"
            with Store(place).lock("data", lambda: say(waiting)):
                swapping.recover(self.path)
                yield found

    @contextlib.contextmanager
    def scratch(self) -> Iterator[Path]:
        """A folder on the data's own file system, gone afterwards.

        Raises:
            StoreError: it cannot be made.
        """
        parent = self.path.parent
        try:
            parent.mkdir(parents=True, exist_ok=True)
            for left in parent.glob(f"{PARTIAL}{self.path.name}-*"):  # a killed command's
                shutil.rmtree(left, ignore_errors=True)
            folder = tempfile.mkdtemp(dir=parent, prefix=f"{PARTIAL}{self.path.name}-")
        except OSError as error:
            raise StoreError(f"{parent} cannot be written: {error.strerror}") from error
        try:
            yield Path(folder)
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def copy_to(self, scratch: Path) -> Path:
        """The working data again, as links: rewrite a file of the copy beside it, never in place."""
        target = scratch / self.path.name
        if self.path.is_dir():
            shutil.copytree(self.path, target, copy_function=_link)
        elif self.path.is_file():
            _link(str(self.path), str(target))
        return target

    def refuse_git(self) -> None:
        """Refuse data that git itself keeps: DVC would not take them.

        Raises:
            UserError: git has them.
        """
        if git.tracks(self.path):
            raise UserError(
                f"git keeps {self.path} itself: `git rm -r --cached {self.path}` first, so that "
                "DVC can take it (the files stay where they are)"
            )

    def to_commit(self, *more: Path) -> list[str]:
        """What to type so that git has the new revision."""
        names = [pointers.beside(self.path), self.path.parent / ".gitignore", *more]
        shown = " ".join(str(name) for name in names if name.is_file())
        return [f"git add {shown}", f'git commit -m "{self.config.name}: new goldens"']


def _link(source: str, target: str) -> str:
    try:
        os.link(source, target)
    except OSError:  # another file system, or one without links
        shutil.copy2(source, target)
    return target


def fixed_part_of(config: UseCase) -> UseCase:
    """The use case as if its fixed test set were its source, to keep that in revisions too.

    Raises:
        ConfigError: it has none.
    """
    if config.goldens is None:
        raise ConfigError(
            f"{config.name} has no fixed test set under profile {config.profile}: name one with "
            "`goldens:`, or leave --part out"
        )
    reader = fixed.reader(config).model_dump(mode="json")
    source = FilesSource(kind="files", path=config.goldens.path, reader=reader)
    return config.model_copy(update={"source": source, "goldens": None})


def find(config: UseCase) -> Workplace:
    """The workplace of a use case.

    Raises:
        ConfigError: its source is not files in this working tree.
    """
    source: Any = config.source
    instead = getattr(source, "without_revisions", "")
    if instead:
        raise ConfigError(
            f"{config.name} under profile {config.profile} does not read files of the working tree "
            f"(source.kind is {source.kind}): {instead}. Another source or profile of the use case "
            "may: --source NAME, --profile NAME"
        )
    path = fixed_part(source.location)
    inner = source.location.relative_to(path).as_posix()
    return Workplace(config, path, "" if inner == "." else inner)
