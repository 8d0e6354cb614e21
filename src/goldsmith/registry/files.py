"""Single files that lie beside a version, among the artifacts of its run."""

import tempfile
from pathlib import Path

from goldsmith.artifacts import Store, digest
from goldsmith.registry import store
from goldsmith.registry.versions import Version
from goldsmith.settings import Settings


def fetch_file(version: Version, name: str) -> Path | None:
    """A file of a version's run in a local folder, kept for the next time; None: it has none.

    Only for files that are written once, with the version.

    Raises:
        StoreError: MLflow cannot give it.
    """
    client = store.client()
    with store.reaching():
        if name not in {item.path for item in client.list_artifacts(version.run_id)}:
            return None

    def download(out: Path) -> None:
        with store.reaching(), tempfile.TemporaryDirectory(dir=out.parent) as scratch:
            found = Path(client.download_artifacts(version.run_id, name, scratch))
            (out / name).write_bytes(found.read_bytes())

    key = file_key(version, name)
    return Store(Settings().artifacts).ensure("version-file", key, download).folder / name


def file_key(version: Version, name: str) -> str:
    """Under which the artifact store keeps a file of the version's run."""
    return digest([Settings().tracking_uri, version.run_id, name])
