"""Objects by name in a folder that several machines mount, as `storage.Bucket` has them in S3."""

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from goldsmith.errors import StoreError
from goldsmith.storage import Object

VARIABLE = "GOLDSMITH_ARTIFACTS"
PARTIAL = ".partial-"


class Folder:
    """Objects as files of a folder that several machines mount."""

    def __init__(self, root: Path) -> None:
        self.shown = str(root)
        self._root = root

    def size(self, name: str) -> int | None:
        """Bytes of a file; None if there is none."""
        with self._reaching(), contextlib.suppress(FileNotFoundError):
            return (self._root / name).stat().st_size
        return None

    def read(self, name: str) -> bytes | None:
        """A file; None if there is none."""
        with self._reaching(), contextlib.suppress(FileNotFoundError):
            return (self._root / name).read_bytes()
        return None

    def write(self, name: str, data: bytes) -> None:
        """Write a file beside its place, then rename it."""
        with self._reaching(), self._beside(name) as partial:
            partial.write_bytes(data)

    def get(self, name: str, path: Path) -> bool:
        """Copy a file; False if there is none. What fails at the path is its disk's OSError."""
        source = None
        with self._reaching(), contextlib.suppress(FileNotFoundError):
            source = (self._root / name).open("rb")
        if source is None:
            return False
        with source, path.open("wb") as target:
            shutil.copyfileobj(source, target, 1 << 20)
        return True

    def put(self, path: Path, name: str) -> None:
        """Copy a file beside its place, then rename it."""
        with self._reaching(), self._beside(name) as partial:
            shutil.copyfile(path, partial)

    def listed(self, folder: str) -> list[Object]:
        """The files below a folder, by name; not those that are being written."""
        found = []
        with self._reaching():
            for path in sorted((self._root / folder).rglob("*")):
                with contextlib.suppress(FileNotFoundError):  # another machine is clearing away
                    if path.is_file() and not path.name.startswith(PARTIAL):
                        about = path.stat()
                        name = path.relative_to(self._root).as_posix()
                        found.append(Object(name, about.st_size, about.st_mtime))
        return found

    def names(self, folder: str) -> list[str]:
        """The names of the files below a folder, sorted."""
        return [one.name for one in self.listed(folder)]

    def delete(self, names: Sequence[str]) -> None:
        """Delete files, and folders that are empty then."""
        with self._reaching():
            for name in names:
                path = self._root / name
                path.unlink(missing_ok=True)
                with contextlib.suppress(OSError):  # another file is in it
                    for parent in path.relative_to(self._root).parents[:-1]:
                        (self._root / parent).rmdir()

    @contextlib.contextmanager
    def _beside(self, name: str) -> Iterator[Path]:
        target = self._root / name
        made = self._open_beside(target)
        try:
            yield Path(made)
            Path(made).chmod(0o644)
            Path(made).replace(target)
        finally:
            Path(made).unlink(missing_ok=True)

    @staticmethod
    def _open_beside(target: Path) -> str:
        """An empty file in the target's folder, which another machine may be clearing away."""
        while True:
            target.parent.mkdir(parents=True, exist_ok=True)
            with contextlib.suppress(FileNotFoundError):
                number, made = tempfile.mkstemp(dir=target.parent, prefix=PARTIAL)
                os.close(number)
                return made

    @contextlib.contextmanager
    def _reaching(self) -> Iterator[None]:
        if not self._root.is_dir():
            raise StoreError(_missing(self._root))
        try:
            yield
        except OSError as error:
            raise StoreError(
                f"{self.shown}: {error.strerror} ({error.filename}); look at the folder that "
                f"{VARIABLE} names, its free space and who may write there"
            ) from error


def _missing(folder: Path) -> str:
    return (
        f"{VARIABLE}: no such folder: {folder}: mount it, or make it with `mkdir -p`; it is not made "
        "here, because it may be a mount that is missing"
    )
