"""Versions of a registered model: finding and fetching them."""

import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from goldsmith.artifacts import Store, digest
from goldsmith.errors import UserError, listed, near
from goldsmith.registry import store
from goldsmith.settings import Settings

if TYPE_CHECKING:
    from mlflow.entities.model_registry import ModelVersion

CHAMPION, CANDIDATE = "champion", "candidate"


@dataclass(frozen=True)
class Version:
    """One registered version; `new` says whether this call registered it."""

    model: str
    number: int
    run_id: str
    tags: Mapping[str, str]
    aliases: tuple[str, ...]
    new: bool = False


def version_of(found: "ModelVersion", new: bool = False) -> Version:
    """Our view of MLflow's version."""
    return Version(
        found.name,
        int(found.version),
        found.run_id or "",
        dict(found.tags),
        tuple(found.aliases),
        new,
    )


def all_versions(model: str) -> list[Version]:
    """All versions, newest first; empty for a model that was never registered."""
    client = store.client()
    with store.reaching():
        found = [version_of(one) for one in client.search_model_versions(f"name='{model}'")]
        return [
            version_of(client.get_model_version(model, str(one.number)))
            for one in sorted(found, key=lambda one: -one.number)
        ]


def find(model: str, wanted: str = CHAMPION) -> Version:
    """A version by number or alias.

    Raises:
        UserError: there is none; says which there are.
    """
    versions = all_versions(model)
    for one in versions:
        if wanted == str(one.number) or wanted in one.aliases:
            return one
    if not versions:
        raise UserError(
            f"{model} has no version yet: run `goldsmith run {model.partition('.')[0]}` first"
        )
    if wanted == CHAMPION:
        latest = versions[0]
        raise UserError(
            f"{model} has no champion: version {latest.number} was {latest.tags.get('verdict', 'not judged')}; "
            f"see `goldsmith show {model.partition('.')[0]}@{latest.number}`"
        )
    known = [str(one.number) for one in versions] + [
        alias for one in versions for alias in one.aliases
    ]
    raise UserError(
        f"{model} has no version {wanted!r}: {near(wanted, known)}; it has {listed(known)}"
    )


def champion(model: str) -> Version | None:
    """The champion, None if there is none."""
    return next((one for one in all_versions(model) if CHAMPION in one.aliases), None)


def fetch_bundle(version: Version) -> Path:
    """The version's bundle in a local folder, kept for the next time.

    Raises:
        StoreError: MLflow cannot give it.
    """
    import mlflow

    store.client()

    def download(out: Path) -> None:
        uri = f"models:/{version.model}/{version.number}"
        with store.reaching(), tempfile.TemporaryDirectory(dir=out.parent) as scratch:
            found = Path(
                mlflow.artifacts.download_artifacts(f"{uri}/artifacts/bundle", dst_path=scratch)
            )
            shutil.copytree(found, out, dirs_exist_ok=True)

    key = digest([Settings().tracking_uri, version.model, version.number, version.run_id])
    return Store(Settings().artifacts).ensure("bundle", key, download).folder
