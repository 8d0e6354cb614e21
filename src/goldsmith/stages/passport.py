"""The passport of a version: how it was made, enough to make it again and to check it."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from goldsmith import __version__, artifacts, versioning
from goldsmith.artifacts import Artifact
from goldsmith.config import UseCase
from goldsmith.stages import load

LOCK_FILE = "requirements.lock"


def passport(config: UseCase, made: Mapping[str, Artifact], flow_run: str) -> dict[str, Any]:
    """How a version was made, enough to make it again."""
    lock = Path(LOCK_FILE)
    return {
        "use_case": config.name,
        "profile": config.profile,
        "seed": config.seed,
        "goldsmith": __version__,
        "commit": versioning.commit(),
        "data_md5": load.read_facts(made["load"].folder)["md5"],
        "goldens_md5": load.read_facts(made["load"].folder)["goldens_md5"],
        "data_rev": config.data_rev,
        "data": _about(made["raw"]),
        "artifacts": {name: one.key for name, one in made.items()},
        "lock_sha256": artifacts.file_sha256(lock) if lock.is_file() else "",
        "flow_run": flow_run,
        "config": config.model_dump(mode="json"),
    }


def _about(raw: Artifact) -> dict[str, Any]:
    """Where the raw data came from: a path, and a pointer's md5 or a hub's commit."""
    manifest = artifacts.read_manifest(raw.folder)
    return dict(manifest["about"]) if manifest else {}
