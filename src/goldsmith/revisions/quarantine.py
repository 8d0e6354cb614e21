"""Quarantine: files that the data contract refused, kept with the reason and the report."""

import json
import shutil
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from goldsmith import artifacts
from goldsmith.artifacts import PARTIAL, writing
from goldsmith.config import UseCase
from goldsmith.readers.opening import watched
from goldsmith.revisions.adding import Rejected
from goldsmith.settings import Settings
from goldsmith.validation.report import HTML_FILE, JSON_FILE

ABOUT = "quarantine.json"
WHY = "why.txt"
FILES = "files"
NAMED = 12  # characters of the content's hash in a folder's name


def root(config: UseCase) -> Path:
    """The folder that holds what was refused of a use case under a profile."""
    return Settings().home.absolute() / "quarantine" / config.model_name


def put(
    config: UseCase,
    files: Sequence[Path],
    error: Rejected,
    origins: Mapping[str, str] | None = None,
) -> Path:
    """Keep copies of refused files with the reason and the report; returns their folder.

    What the same files were refused with before is replaced.

    Args:
        config: the use case.
        files: of different names.
        error: why they were refused.
        origins: where each came from, by name; else its path.

    Raises:
        StoreError: the disk refuses.
        DataError: a file changes meanwhile.
    """
    hashes = {file.name: artifacts.file_sha256(file) for file in files}
    content = artifacts.digest(hashes)[:NAMED]
    place = root(config)
    before = sorted(place.glob(f"*-{content}"))
    target = place / f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}-{content}"
    partial = place / f"{PARTIAL}{content}"
    about = {
        "use_case": config.name,
        "profile": config.profile,
        "when": datetime.now(UTC).isoformat(timespec="seconds"),
        "files": [
            {"name": file.name, "sha256": hashes[file.name],
             "from": (origins or {}).get(file.name, str(file.absolute()))}
            for file in files
        ],
    }  # fmt: skip
    with writing(target):
        shutil.rmtree(partial, ignore_errors=True)
        (partial / FILES).mkdir(parents=True)
        for file in files:
            with watched(file, str(file)):
                shutil.copyfile(file, partial / FILES / file.name)
        for name in (HTML_FILE, JSON_FILE) if error.report else ():
            assert error.report is not None
            shutil.copyfile(error.report / name, partial / name)
        (partial / WHY).write_text(f"{error}\n", encoding="utf-8")
        text = json.dumps(about, indent=1, ensure_ascii=False) + "\n"
        (partial / ABOUT).write_text(text, encoding="utf-8")
        for old in before:
            shutil.rmtree(old, ignore_errors=True)
        partial.rename(target)
    return target
