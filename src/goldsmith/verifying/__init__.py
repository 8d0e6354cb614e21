"""Verifying: every hash in a version's passport held against what is stored, both ways."""

import json
import tempfile
from pathlib import Path
from typing import Any

from goldsmith.errors import DataError
from goldsmith.registry import fresh, versions
from goldsmith.registry.bundle import PASSPORT_FILE
from goldsmith.registry.versions import Version
from goldsmith.verifying import bundle, code, data, record
from goldsmith.verifying.items import CHANGED, HOLDS, MISSING, UNCHECKED, Item

__all__ = ["CHANGED", "HOLDS", "MISSING", "UNCHECKED", "Item", "sound", "verify"]


def verify(version: Version) -> list[Item]:
    """What became of each thing that a version's passport names, in the order of a table.

    Raises:
        StoreError: MLflow cannot be reached.
    """
    with tempfile.TemporaryDirectory() as scratch:
        try:
            folder = versions.download_bundle(version, Path(scratch) / "bundle")
        except DataError as error:
            found = [Item("bundle", MISSING, str(error))]
            return found + bundle.kept(version) + _by_kept_passport(version)
        stored = bundle.stored(version, folder) + bundle.kept(version)
        passport = _passport(folder)
        if passport is None:
            return [*stored, Item("passport", MISSING, "not there, or not readable")]
        beside = [bundle.trained_on(version, Path(scratch))]
        beside += bundle.promotion(version, folder, Path(scratch))
        return [*stored, *bundle.by_passport(folder, passport), *beside, *_record(passport)]


def sound(items: list[Item]) -> bool:
    """Whether nothing is changed or missing."""
    return all(one.state not in (CHANGED, MISSING) for one in items)


def _passport(folder: Path) -> dict[str, Any] | None:
    try:
        found = json.loads((folder / PASSPORT_FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) and "config" in found else None


def _by_kept_passport(version: Version) -> list[Item]:
    """What can be said without MLflow's copy: by the passport in the one that is kept here."""
    kept = fresh.kept_bundle(version)
    passport = _passport(kept.folder) if kept else None
    if passport is None:
        reason = "the passport was in the bundle that is gone"
        return [Item("data, code, config, lock", UNCHECKED, reason)]
    return _record(passport)


def _record(passport: dict[str, Any]) -> list[Item]:
    return [
        *data.items(passport),
        *record.items(passport),
        code.item(passport),
        code.lock(passport),
        record.base(passport),
    ]
