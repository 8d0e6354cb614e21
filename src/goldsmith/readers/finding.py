"""Which files make up a data set, and what they are called in messages and in made-up ids.

A path is a file, a folder or a glob. Names are relative to the folder that all the files lie in,
so that a copy of just these files is read as the originals are.
"""

import glob
import json
import os
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from goldsmith.errors import DataError, listed, near

GZIP = ".gz"
# Describes a folder of ours: whatever else lies in or below that folder is the data set.
MANIFEST = "artifact.json"
SPLIT_NAMES = {
    "train": "train",
    "validation": "validation",
    "valid": "validation",
    "dev": "validation",
    "test": "test",
}
# train-00000-of-00003 is a shard of the hub's, train-v2.0 one of SQuAD's files.
_SHARD = re.compile(r"-(?:\d+-of-\d+|v\d+(?:\.\d+)*)$")

NAMED_BY = "source.path or --path"  # what says where a use case's files are


class Found(NamedTuple):
    """A file of a data set.

    Attributes:
        file: where it is.
        name: as messages call it.
        stem: its name without suffixes.
        prefix: of the ids made for records without one, unique among the files.
        split: train, validation or test if it is named so, else empty.
    """

    file: Path
    name: str
    stem: str
    prefix: str
    split: str


def find_files(path: Path, suffixes: Sequence[str]) -> list[Path]:
    """A file; the files with one of the suffixes, or that and `.gz`, directly in a folder; or
    those that a glob matches. Sorted by name; hidden files are passed over.

    Raises:
        DataError: no such path, not readable, a folder without such files, a glob without match.
    """
    try:
        if path.is_file():
            found = [path]
        elif path.is_dir():
            found = _in_folder(path, suffixes)
        elif glob.has_magic(str(path)):
            found = _matches(path)
        else:
            raise DataError(f"{path}: no such file or folder: check the path ({NAMED_BY})")
    except PermissionError:
        raise DataError(f"{path}: not readable by this user: check its permissions") from None
    if any(file.name == MANIFEST for file in found):
        raise DataError(f"{path}: {MANIFEST} is the name of a file of ours: give yours another")
    return found


def _in_folder(folder: Path, suffixes: Sequence[str]) -> list[Path]:
    ours = _is_artifact(folder)
    found = sorted(
        file
        for file in (folder.rglob("*") if ours else folder.iterdir())
        if file.is_file()
        and not file.name.startswith(".")
        and (file != folder / MANIFEST if ours else suffix(file) in suffixes)
    )
    if not found:
        wanted = " or ".join(f"*{one}" for one in suffixes)
        raise DataError(f"{folder}: a folder without a {wanted} file; it {holds(folder)}")
    return found


def _is_artifact(folder: Path) -> bool:
    try:
        about = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(about, dict) and {"schema", "stage", "key", "content"} <= about.keys()


def _matches(path: Path) -> list[Path]:
    fixed = fixed_part(path)
    inside = fixed.glob(str(path.relative_to(fixed))) if fixed.is_dir() else ()
    found = sorted(file for file in inside if file.is_file() and not file.name.startswith("."))
    if not found:
        there = f"{fixed} {holds(fixed)}" if fixed.is_dir() else f"there is no folder {fixed}"
        raise DataError(f"{path}: this glob matches no file; {there}")
    return found


def holds(folder: Path) -> str:
    """What a folder holds, in words and bounded."""
    others = sorted(file.name for file in folder.iterdir())
    return f"holds {listed(others)}" if others else "is empty"


def fixed_part(path: Path) -> Path:
    """The folder that a glob searches; of a path that is no glob, the path.

    >>> fixed_part(Path("data/raw/*/train.csv")).as_posix()
    'data/raw'
    """
    if path.exists():
        return path
    plain = (part for part in (path, *path.parents) if not glob.has_magic(str(part)))
    return next(plain, Path())


def suffix(file: Path) -> str:
    """The suffix that tells a file's form, in lower case; gzip is none.

    >>> suffix(Path("train.JSONL.gz"))
    '.jsonl'
    """
    return _plain(file).suffix.lower()


def _plain(file: Path) -> Path:
    return file.with_suffix("") if file.suffix.lower() == GZIP else file


def relative_names(files: Sequence[Path]) -> list[str]:
    """The files' paths below the innermost folder that holds them all."""
    common = os.path.commonpath([file.absolute().parent for file in files])
    return [file.absolute().relative_to(common).as_posix() for file in files]


def named(files: Sequence[Path], shown: Path) -> Iterator[Found]:
    """The files with their names; `shown` is the file, folder or glob that the user gave."""
    relative = relative_names(files)
    stems = [_plain(file).stem for file in files]
    times = Counter(stems)
    for file, below, stem in zip(files, relative, stems, strict=True):
        prefix = stem if times[stem] == 1 else below
        split = SPLIT_NAMES.get(_SHARD.sub("", stem), "")
        yield Found(file, str(_shown(below, shown)), stem, prefix, split)


def _shown(below: str, shown: Path) -> Path:
    """A file's name: the user's path to the file or the folder; of a glob, as much as is known."""
    if not glob.has_magic(str(shown)) or shown.exists():
        return shown if shown.name == Path(below).name else shown / below
    parts, known = shown.parts, Path(below).parts
    if "**" in parts:
        return Path(*parts[: parts.index("**") + 1], below)
    return Path(*parts[: -len(known)], below)


def split_name(value: str, place: str) -> str:
    """train, validation or test, from any of the words for it.

    Raises:
        DataError: another word.
    """
    if value not in SPLIT_NAMES:
        raise DataError(f"{place}: unknown split {value!r}: {near(value, SPLIT_NAMES)}")
    return SPLIT_NAMES[value]
