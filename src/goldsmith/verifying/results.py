"""Judged results of a system that is not ours: what MLflow has of them, held against their verdict."""

import json
import tempfile
from pathlib import Path

from goldsmith.artifacts import file_sha256
from goldsmith.errors import DataError
from goldsmith.gates import Verdict
from goldsmith.registry import store
from goldsmith.registry.bundle import PASSPORT_FILE, VERDICT_FILE, read_verdict
from goldsmith.registry.results import RESULTS_FILE
from goldsmith.registry.versions import Version
from goldsmith.verifying import code
from goldsmith.verifying.items import CHANGED, HOLDS, MISSING, Item


def verify(version: Version) -> list[Item]:
    """What became of the verdict, the results, the goldens' md5, and the passport of a version.

    Raises:
        StoreError: MLflow cannot be reached.
    """
    with tempfile.TemporaryDirectory() as scratch:
        folder = _downloaded(version, Path(scratch))
        try:
            verdict = read_verdict(folder)
        except DataError:
            return [
                Item("verdict", MISSING, f"no {VERDICT_FILE}, or not readable"),
                *_passport(folder),
            ]
        return [_verdict(version, verdict), _results(folder, verdict), *_passport(folder)]


def _downloaded(version: Version, out: Path) -> Path:
    """What of the three MLflow has, downloaded anew: what is kept here may be older."""
    client = store.client()
    with store.reaching():
        there = {one.path for one in client.list_artifacts(version.run_id)}
        for name in sorted(there & {VERDICT_FILE, RESULTS_FILE, PASSPORT_FILE}):
            client.download_artifacts(version.run_id, name, str(out))
    return out


def _verdict(version: Version, verdict: Verdict) -> Item:
    tagged = {"verdict": "passed" if verdict.passed else "refused", "data_md5": verdict.data_md5}
    other = [name for name, value in tagged.items() if version.tags.get(name) != value]
    if other:
        return Item("verdict", CHANGED, f"not as the version's tag {other[0]} says")
    return Item("verdict", HOLDS, "tags of the version")


def _results(folder: Path, verdict: Verdict) -> Item:
    if not (folder / RESULTS_FILE).is_file():
        return Item("results", MISSING, f"no {RESULTS_FILE}")
    if file_sha256(folder / RESULTS_FILE) != verdict.model_sha256:
        return Item("results", CHANGED, "another SHA-256 than was judged")
    return Item("results", HOLDS, "SHA-256 in the verdict")


def _passport(folder: Path) -> list[Item]:
    try:
        passport = json.loads((folder / PASSPORT_FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return [Item("passport", MISSING, f"no {PASSPORT_FILE}, or not readable")]
    return [code.lock(passport)]
