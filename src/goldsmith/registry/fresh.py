"""What MLflow stores of a version, fetched anew: for checking, never from a copy kept here."""

from pathlib import Path

from goldsmith.artifacts import Artifact, Store
from goldsmith.registry import store
from goldsmith.registry.versions import Version, bundle_key
from goldsmith.settings import Settings


def file(version: Version, name: str, out: Path) -> Path | None:
    """A file of the version's run, downloaded into a folder; None if it is not there.

    Raises:
        StoreError: MLflow cannot be reached or fails.
    """
    client = store.client()
    folder = name.rpartition("/")[0] or None
    with store.reaching():
        if name not in {item.path for item in client.list_artifacts(version.run_id, folder)}:
            return None
        return Path(client.download_artifacts(version.run_id, name, str(out)))


def kept_bundle(version: Version) -> Artifact | None:
    """The copy of the version's bundle that this machine answers from; None before the first."""
    return Store(Settings().artifacts).find("bundle", bundle_key(version))
