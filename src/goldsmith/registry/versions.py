"""Versions of a registered model: finding and fetching them."""

import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from goldsmith.artifacts import Store, digest
from goldsmith.errors import DataError, UserError, near
from goldsmith.registry import store
from goldsmith.registry.ledger import CHAMPION
from goldsmith.settings import Settings

if TYPE_CHECKING:
    from mlflow.entities.model_registry import ModelVersion

CANDIDATE = "candidate"


@dataclass(frozen=True)
class Version:
    """One registered version.

    Attributes:
        model, number: which.
        run_id: of the run that made it.
        tags, aliases: as they are now.
        new: whether this call registered it.
        created: when, in seconds since 1970, by MLflow's clock.
    """

    model: str
    number: int
    run_id: str
    tags: Mapping[str, str]
    aliases: tuple[str, ...]
    new: bool = False
    created: float = 0.0


def version_of(found: "ModelVersion", new: bool = False) -> Version:
    """Our view of MLflow's version."""
    return Version(
        found.name,
        int(found.version),
        found.run_id or "",
        dict(found.tags),
        tuple(found.aliases),
        new,
        (found.creation_timestamp or 0) / 1000,
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
    seated = champion(model) if wanted == CHAMPION else None
    if seated is not None:
        return seated
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
    raise UserError(f"{model} has no version {wanted!r}: {near(wanted, known)}")


def get(model: str, number: int) -> Version | None:
    """A version by number; None if there is none.

    Raises:
        StoreError: MLflow cannot be reached or fails.
    """
    from mlflow.exceptions import MlflowException

    client = store.client()
    with store.reaching():
        try:
            return version_of(client.get_model_version(model, str(number)))
        except MlflowException as error:
            if error.error_code == "RESOURCE_DOES_NOT_EXIST":
                return None
            raise


def champion(model: str) -> Version | None:
    """The champion by the ledger, None if there is none; an alias that says otherwise is repaired.

    Raises:
        StoreError: MLflow cannot be reached or fails, the ledger is gone for good, or the
            champion's version was deleted from the registry.
    """
    from goldsmith.registry import seat  # which knows versions

    return seat.settle(model).champion


def fetch_bundle(version: Version) -> Path:
    """The version's bundle in a local folder, kept for the next time.

    Raises:
        DataError: the version has none in MLflow.
        StoreError: MLflow cannot be reached or fails.
    """

    def download(out: Path) -> None:
        with tempfile.TemporaryDirectory(dir=out.parent) as scratch:
            shutil.copytree(download_bundle(version, Path(scratch)), out, dirs_exist_ok=True)

    return Store(Settings().artifacts).ensure("bundle", bundle_key(version), download).folder


def download_bundle(version: Version, out: Path) -> Path:
    """The version's bundle as MLflow has it, downloaded into a folder.

    Raises:
        DataError: the version has none in MLflow.
        StoreError: MLflow cannot be reached or fails.
    """
    import mlflow
    from mlflow.exceptions import MlflowException

    store.client()
    uri = f"models:/{version.model}/{version.number}/artifacts/bundle"
    gone = f"{version.model} version {version.number}: MLflow's store has no bundle of it: {uri}"
    with store.reaching():
        try:
            return Path(mlflow.artifacts.download_artifacts(uri, dst_path=str(out)))
        except OSError as error:
            raise DataError(f"{gone}: {error}") from None
        except MlflowException:
            if mlflow.artifacts.list_artifacts(artifact_uri=uri):
                raise
            raise DataError(gone) from None


def bundle_key(version: Version) -> str:
    """Under which the artifact store keeps the version's bundle."""
    return digest([Settings().tracking_uri, version.model, version.number, version.run_id])
