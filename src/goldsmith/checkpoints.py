"""Checkpoints of a training run: marked once they are whole, so that half of one is never used."""

import json
import shutil
from pathlib import Path

COMPLETE = "complete.json"
NAME = "checkpoint-"  # then the step


def mark_complete(folder: Path) -> None:
    """Say that a checkpoint is whole, once all its files are written."""
    files = (path for path in folder.rglob("*") if path.is_file())
    sizes = {path.relative_to(folder).as_posix(): path.stat().st_size for path in files}
    sizes.pop(COMPLETE, None)
    partial = folder / f".{COMPLETE}"
    partial.write_text(json.dumps(sizes), encoding="utf-8")
    partial.rename(folder / COMPLETE)


def is_complete(folder: Path) -> bool:
    """Whether a checkpoint is whole: its mark is there, and its files as the mark says."""
    try:
        sizes = json.loads((folder / COMPLETE).read_text(encoding="utf-8"))
        return all((folder / name).stat().st_size == size for name, size in sizes.items())
    except (OSError, ValueError):
        return False


def step_of(folder: Path) -> int:
    """The optimiser step that a checkpoint was made at."""
    return int(folder.name.removeprefix(NAME))


def newest(folder: Path) -> Path | None:
    """The newest whole checkpoint in a folder; others, left by a killed run, are removed."""
    found = []
    for path in folder.glob(f"{NAME}*"):
        if is_complete(path):
            found.append(path)
        else:
            shutil.rmtree(path, ignore_errors=True)
    return max(found, key=step_of, default=None)
