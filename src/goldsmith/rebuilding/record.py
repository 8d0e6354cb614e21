"""What is known of a registered version: its passport, its verdict, its figures."""

import json
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from goldsmith.errors import DataError, GoldsmithError, StoreError, listed
from goldsmith.gates import Verdict
from goldsmith.registry import bundle, fresh, versions
from goldsmith.registry.versions import Version

NEEDED = ("use_case", "profile", "config", "commit", "data_md5")


@dataclass(frozen=True)
class Record:
    """A version as it was registered.

    Attributes:
        version: in the registry.
        passport: how it was made.
        verdict: what it was judged by.
        figures: by name, as MLflow has them with its run; empty where that run is gone.
    """

    version: Version
    passport: Mapping[str, Any]
    verdict: Verdict
    figures: Mapping[str, float]

    @property
    def shown(self) -> str:
        """What messages call it."""
        return f"{self.version.model} version {self.version.number}"


def read(version: Version) -> Record:
    """Fetch what the registry has of a version; nothing is kept of it.

    Raises:
        GoldsmithError: its bundle is gone or altered, or its passport does not say enough.
        StoreError: MLflow cannot be reached or fails.
    """
    target = f"{version.model.partition('.')[0]}@{version.number}"
    shown = f"{version.model} version {version.number}"
    with tempfile.TemporaryDirectory() as scratch:
        try:
            folder = versions.download_bundle(version, Path(scratch) / "bundle")
            altered = bundle.faults(folder, version.tags)
            passport = json.loads((folder / bundle.PASSPORT_FILE).read_text(encoding="utf-8"))
            verdict = bundle.read_verdict(folder)
        except (DataError, OSError, ValueError) as error:
            raise StoreError(f"{shown}: its passport cannot be had: {error}") from None
    if altered:
        raise GoldsmithError(
            f"{shown}: its bundle was altered ({listed(altered)}), so its passport is nothing to go "
            f"by: goldsmith verify {target}"
        )
    missing = [name for name in NEEDED if name not in passport]
    if missing:
        raise GoldsmithError(
            f"{shown}: a passport from before it named {listed(missing)}: nobody can follow it; run "
            "the use case again, and that version can be made anew"
        )
    return Record(version, passport, verdict, fresh.figures(version))
