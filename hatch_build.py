"""Writes the commit that a wheel or an sdist is built from into it, for the passports of its models.

`goldsmith.versioning.code` reads it. An sdist has no git history, so it carries the file itself.
"""

import subprocess
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NAME = "built_from.txt"
PLACES = {"wheel": f"goldsmith/{NAME}", "sdist": f"src/goldsmith/{NAME}"}


class BuiltFrom(BuildHookInterface):
    """Adds the file, but to an editable install, whose clone can be asked at any time."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add it to what is built."""
        root = Path(self.root)
        if version == "editable" or (root / PLACES["sdist"]).is_file():
            return
        commit = self._git("rev-parse", "HEAD")
        if commit and Path(self._git("rev-parse", "--show-toplevel")) == root.resolve():
            dirty = "+dirty" if self._git("status", "--porcelain", "-uno") else ""
            file = Path(tempfile.mkdtemp()) / NAME
            file.write_text(f"{commit}{dirty}\n", encoding="utf-8")
            build_data["force_include"][str(file)] = PLACES[self.target_name]

    def _git(self, *arguments: str) -> str:
        try:
            found = subprocess.run(
                ["git", *arguments], cwd=self.root, capture_output=True, text=True, check=True
            )
        except (OSError, subprocess.CalledProcessError):
            return ""
        return found.stdout.strip()
