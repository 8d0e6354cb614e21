"""What a decision leaves on a version: promotion.json with its run, tags, the alias `candidate`."""

import json
import tempfile
from pathlib import Path

from goldsmith.gates import Verdict, as_json
from goldsmith.registry import anchor, store
from goldsmith.registry.versions import CANDIDATE, Version

PROMOTION_FILE = "promotion.json"  # of the latest decision; an entry's own is `Entry.file`


def text(verdict: Verdict) -> bytes:
    """A promotion.json as it is stored."""
    return (json.dumps(as_json(verdict), indent=1) + "\n").encode()


def put_down(version: Version, verdict: Verdict) -> None:
    """Store the latest decision on a version with its run, where it changes no champion.

    Raises:
        StoreError: MLflow cannot be reached or fails.
    """
    keep(version, text(verdict), PROMOTION_FILE)


def tag(version: Version, tags: dict[str, str]) -> None:
    """Set tags of a version.

    Raises:
        StoreError: MLflow cannot be reached or fails.
    """
    client, number = store.client(), str(version.number)
    with store.reaching():
        for name, value in tags.items():
            if version.tags.get(name) != value:
                store.again(lambda n=name, v=value: client.set_model_version_tag(version.model, number, n, v))  # type: ignore[misc]  # fmt: skip


def make_candidate(version: Version) -> None:
    """Set the alias of those that wait for a person.

    Raises:
        StoreError: MLflow cannot be reached or fails.
    """
    client = store.client()
    with store.reaching():
        store.again(
            lambda: client.set_registered_model_alias(version.model, CANDIDATE, str(version.number))
        )


def no_candidate(version: Version) -> None:
    """Take the alias of those that wait from a version that waits no more.

    Raises:
        StoreError: MLflow cannot be reached or fails.
    """
    client = store.client()
    with store.reaching():
        found = anchor.registered(client, version.model)
        if found and str(found.aliases.get(CANDIDATE)) == str(version.number):
            client.delete_registered_model_alias(version.model, CANDIDATE)


def answering_sha256(verdict: Verdict | None) -> str:
    """sha256 of the file that answers, as it was judged; empty where it did not pass."""
    files = {one.name: one.sha256 for one in verdict.variants} if verdict else {}
    return files.get(verdict.chosen, "") if verdict else ""


def keep(version: Version, content: bytes, name: str) -> None:
    """Write a file among the artifacts of the version's run.

    Raises:
        StoreError: MLflow cannot be reached or fails.
    """
    client = store.client()
    with store.reaching(), tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / Path(name).name
        path.write_bytes(content)
        folder = str(Path(name).parent)
        client.log_artifact(version.run_id, str(path), folder if folder != "." else None)
