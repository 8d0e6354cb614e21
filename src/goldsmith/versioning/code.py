"""Which commit the running code is of: that of its clone, else the one that its wheel was built
from."""

import contextlib
import io
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path

from goldsmith.errors import UserError
from goldsmith.versioning import git

PACKAGE = Path(__file__).parents[1]
BUILT_FROM = PACKAGE / "built_from.txt"  # written into the wheel by its build


def commit() -> str:
    """The commit of Goldsmith's own code, with `+dirty` if it differs; empty where none is known."""
    top = clone()
    if top is not None:
        found = git.commit(top)
        new = git.run("ls-files", "--others", "--exclude-standard", "--", str(PACKAGE), at=top)
        return f"{found}{git.DIRTY}" if new and not found.endswith(git.DIRTY) else found
    return BUILT_FROM.read_text(encoding="utf-8").strip() if BUILT_FROM.is_file() else ""


def clone() -> Path | None:
    """The top folder of the clone that the code runs from; None for an installed wheel."""
    try:
        return git.root(PACKAGE) if git.tracks(PACKAGE / "__init__.py") else None
    except UserError:
        return None


@contextlib.contextmanager
def at_commit(wanted: str) -> Iterator[Path | None]:
    """The package's folder as a commit has it, for as long as the block lasts.

    None where the code runs from no clone, or the clone does not have the commit.
    """
    top = clone()
    packed = _archive(top, wanted) if top is not None else None
    if top is None or packed is None:
        yield None
        return
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
            archive.extractall(folder, filter="data")
        yield Path(folder) / git.relative(PACKAGE, top)


def _archive(top: Path, wanted: str) -> bytes | None:
    name = git.relative(PACKAGE, top)
    command = ["git", "archive", "--format=tar", wanted, "--", name]
    try:
        return subprocess.run(command, cwd=top, capture_output=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return None
