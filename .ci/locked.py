"""Fail if a package is installed that requirements.lock does not pin to that version, or not for our oldest Python."""

import re
import sys
from importlib.metadata import distributions
from pathlib import Path

from packaging.specifiers import SpecifierSet

OLDEST = "3.11.0"
OURS_OR_VENV = {"goldsmith", "pip", "setuptools"}


def normal(name: str) -> str:
    """A package name as the index compares it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


lines = Path("requirements.lock").read_text(encoding="utf-8").splitlines()
pins = dict(line.split("==") for line in lines if "==" in line and not line.startswith("#"))
locked = {normal(name): version for name, version in pins.items()}
wrong = []
for found in distributions():
    name, version = normal(found.metadata["Name"]), found.version.partition("+")[0]
    if name not in OURS_OR_VENV and locked.get(name) != version:
        wrong.append(f"{name} {version}: the lock says {locked.get(name, 'nothing')}")
    python = found.metadata.get("Requires-Python", "")
    if OLDEST not in SpecifierSet(python):
        wrong.append(f"{name} {version}: needs Python {python}, and we promise {OLDEST}")
print("\n".join(wrong) if wrong else f"all {len(locked)} pins hold for what is installed")
sys.exit(bool(wrong))
