"""Judged results of a system that is not ours: what MLflow has of them, held against their verdict."""

import tempfile
from pathlib import Path

from goldsmith.artifacts import file_sha256
from goldsmith.errors import DataError
from goldsmith.gates import Verdict
from goldsmith.registry import fresh
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
        folder = Path(scratch)
        for name in (VERDICT_FILE, RESULTS_FILE):
            fresh.file(version, name, folder)
        passport = fresh.results_passport(version)
        described = Item("passport", MISSING, f"no {PASSPORT_FILE}, or not readable")
        if passport is not None:
            described = code.lock(passport)
        try:
            verdict = read_verdict(folder)
        except DataError:
            return [
                Item("verdict", MISSING, f"no {VERDICT_FILE}, or not readable"),
                described,
            ]
        return [_verdict(version, verdict), _results(folder, verdict), described]


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
