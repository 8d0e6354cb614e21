"""The passport of a version: how it was made, enough to make it again and to check it."""

import platform
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from goldsmith import __version__, artifacts, versioning
from goldsmith.artifacts import Artifact
from goldsmith.config import UseCase
from goldsmith.errors import UserError, listed
from goldsmith.stages import load
from goldsmith.versioning import code, git

SCHEMA = 1
LOCK_FILE = "requirements.lock"
# What a result depends on; a library that only moves it about, such as prefect, is not here.
LIBRARIES = ("torch", "transformers", "tokenizers", "accelerate", "onnxruntime", "optimum", "optimum-onnx",
             "datasets", "numpy", "pyarrow", "great_expectations")  # fmt: skip


def passport(config: UseCase, made: Mapping[str, Artifact], flow_run: str) -> dict[str, Any]:
    """How a version was made; the schema is in docs/formats.md.

    `bundle.build` adds the hashes of the bundle's files to it.
    """
    facts = load.read_facts(made["load"].folder)
    stages = {
        one.stage: about["made_from"]
        for one in made.values()
        if "made_from" in (about := _about(one))
    }
    settings = config.model_dump(mode="json")
    return {
        "schema": SCHEMA,
        "model": config.model_name,
        "use_case": config.name,
        "profile": config.profile,
        "seed": config.seed,
        "goldsmith": __version__,
        "commit": code.commit(),
        "project_commit": versioning.commit(),
        "flow_run": flow_run,
        "data_md5": facts["md5"],
        "goldens_md5": facts["goldens_md5"],
        "data_rev": config.data_rev,
        "data": {} if "made_from" in _about(made["raw"]) else _about(made["raw"]),
        "base": _base(settings["model"], stages),
        "lock_sha256": lock_sha256(),
        "libraries": libraries(),
        "config_sha256": artifacts.digest(settings),
        "config": settings,
        "artifacts": {name: one.key for name, one in made.items()},
        "contents": {name: one.content for name, one in made.items()},
        "stages": stages,
        "machines": _machines(made),
    }  # fmt: skip


def _about(made: Artifact) -> dict[str, Any]:
    """The plain facts in an artifact's manifest: of a snapshot where the raw data came from, of a
    stage `made_from`."""
    manifest = artifacts.read_manifest(made.folder)
    return dict(manifest["about"]) if manifest else {}


def _machines(made: Mapping[str, Artifact]) -> dict[str, Any]:
    """On which processor each stage was made, where its artifact says so."""
    found = {name: _about(one).get("machine") for name, one in made.items()}
    return {name: one for name, one in found.items() if one}


def _base(model: Mapping[str, Any], stages: Mapping[str, Any]) -> dict[str, Any]:
    """The base model's name, its commit on the hub, and its files' sha256 as training read them."""
    files = dict(stages.get("train", {}).get("identity", {}))
    commit = files.pop("commit", None)
    return {"name": model.get("base"), "commit": commit, "files": files}


def lock_sha256() -> str:
    """sha256 of the lock file in the working directory; empty where there is none."""
    lock = Path(LOCK_FILE)
    return artifacts.file_sha256(lock) if lock.is_file() else ""


def libraries() -> dict[str, str]:
    """The versions here of what a result depends on, by name; one that is not installed is left
    out."""
    found = {"python": platform.python_version(), "goldsmith": __version__}
    for name in LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def require_clean(config: UseCase) -> None:
    """Refuse to run `full` from a tree that differs from its commit: nobody could make it again.

    Raises:
        UserError: the code or the working directory has changes that are not committed.
    """
    if config.profile != "full":
        return
    trees = (
        ("Goldsmith's code", code.commit(), code.clone()),
        ("this folder", versioning.commit(), None),
    )
    for what, commit, at in trees:
        if commit.endswith(git.DIRTY):
            changed = git.changed(at)
            raise UserError(
                f"profile full: {what} differs from its commit {commit[:10]} "
                f"({listed(changed, 3) if changed else 'new files in the package'}), so nobody could "
                "make this version again: commit or stash that first, or try it under another profile"
            )  # fmt: skip
