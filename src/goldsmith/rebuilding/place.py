"""The folder in which a version is made again: clones, data, settings, a home of its own."""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from goldsmith.artifacts import writing
from goldsmith.errors import UserError
from goldsmith.rebuilding.record import Record

MARK = "reproduce.json"
PROFILES = "profiles"
# Of a use case's settings, those that its file cannot hold: they come from the command.
COMMAND = ("name", "profile", "adhoc", "data_rev")


@dataclass(frozen=True)
class Place:
    """Where everything lies: below one folder, so that nothing else is touched."""

    root: Path

    @property
    def home(self) -> Path:
        """Goldsmith's home: no artifact that was made before answers, no registry is shared."""
        return self.root / "home"

    @property
    def code(self) -> Path:
        """The clone of Goldsmith's code."""
        return self.root / "code"

    @property
    def project(self) -> Path:
        """The clone of the project."""
        return self.root / "project"

    @property
    def use_cases(self) -> Path:
        """Beside the clone, which stays clean."""
        return self.root / "use_cases"

    @property
    def metadata(self) -> Path:
        """What the clone's code would be installed with: its version and entry points."""
        return self.root / "metadata"


def prepare(root: Path, record: Record) -> Place:
    """Claim a folder: an empty one, or one in which the same version was begun.

    Raises:
        UserError: something else lies there.
        StoreError: it cannot be written.
    """
    mark = {
        "model": record.version.model,
        "version": record.version.number,
        "run": record.version.run_id,
    }
    file = root / MARK
    if root.exists() and (not root.is_dir() or any(root.iterdir())) and _read(file) != mark:
        raise UserError(
            f"--into {root}: not empty, and not of this version: name a folder that is not there yet"
        )
    with writing(root):
        root.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(mark) + "\n", encoding="utf-8")
    return Place(root.absolute())


def _read(file: Path) -> Any:
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def write_use_case(
    place: Place, passport: Mapping[str, Any], data: str | None, goldens: str | None
) -> None:
    """Write the version's settings as a use case's file, with the data where they were put.

    No stage's key holds where data lie, only which they are. Nothing is published.

    Args:
        place: where.
        passport: the version's.
        data: the file or folder of the raw data; None: where the source says.
        goldens: the same of the fixed test set.
    """
    settings = {name: value for name, value in passport["config"].items() if name not in COMMAND}
    settings |= {name: None for name in ("publish",) if name in settings}
    if data is not None:
        settings["source"] = _files(settings["source"]) | {"path": data}
    if goldens is not None:
        settings["goldens"] = {**settings["goldens"], "path": goldens}
    settings[PROFILES] = {passport["profile"]: {}}
    place.use_cases.mkdir(exist_ok=True)
    text = yaml.safe_dump(settings, sort_keys=False, allow_unicode=True)
    (place.use_cases / f"{passport['use_case']}.yaml").write_text(text, encoding="utf-8")


def _files(source: Mapping[str, Any]) -> dict[str, Any]:
    """A source of files; of one without a path, such as a database, as its snapshot's."""
    if source["kind"] == "files":
        return dict(source)
    kept = {name: source[name] for name in ("reader", "prepare", "label") if name in source}
    return {"kind": "files", **kept}


def write_metadata(place: Place) -> None:
    """Let Python find the version and the entry points of the clone, not of what is installed.

    The first folder on Python's path that has a distribution's metadata is the one that counts.
    """
    project = tomllib.loads((place.code / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    folder = place.metadata / f"{project['name']}-{project['version']}.dist-info"
    folder.mkdir(parents=True, exist_ok=True)
    lines = ["Metadata-Version: 2.1", f"Name: {project['name']}", f"Version: {project['version']}"]
    (folder / "METADATA").write_text("\n".join(lines) + "\n", encoding="utf-8")
    groups = project.get("entry-points", {})
    text = "".join(
        f"[{group}]\n" + "".join(f"{name} = {value}\n" for name, value in found.items())
        for group, found in groups.items()
    )
    (folder / "entry_points.txt").write_text(text, encoding="utf-8")
