"""What determines a stage's result, and the digest of it under which the result is kept."""

import hashlib
import inspect
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from goldsmith import artifacts, functions
from goldsmith.config import Evaluation, UseCase
from goldsmith.config.evaluation import SIDES
from goldsmith.curation import fixed
from goldsmith.families.retrieval import chunking
from goldsmith.pipeline.table import FAMILY, GOLDENS, RAW, TOMBSTONES, Stage
from goldsmith.versioning import tombstones

PACKAGE = Path(__file__).parents[1]


def code_paths(one: Stage, config: UseCase | Evaluation) -> dict[str, Path]:
    """The files and folders of our own code in a stage's key; `{family}` if it is one of ours."""
    found = {name: PACKAGE / name for name in one.code if name != FAMILY}
    if FAMILY not in one.code or isinstance(config, Evaluation):
        return found
    family = Path(inspect.getfile(type(config.model))).parent
    # What a family of another package calls or derives from may be any of ours.
    outside = functions.packaged(type(config.model).__module__)
    if outside:
        return found | {"families": PACKAGE / "families"}
    called = {f"families/{name}": PACKAGE / "families" / name for name in _called(config)}
    return found | {FAMILY: family} | called


def _called(config: UseCase) -> tuple[str, ...]:
    """Families of ours whose code the use case's family calls."""
    names: tuple[str, ...] = getattr(config.model, "calls", ())
    return names


def code_parts(one: Stage, config: UseCase | Evaluation) -> dict[str, str]:
    """Digests of all code in a stage's key, by name: see `functions.code` for what is not ours."""
    found = {name: code_digest(path) for name, path in code_paths(one, config).items()}
    if FAMILY in one.code and isinstance(config, UseCase):
        found |= functions.packaged(type(config.model).__module__)
    for source in raw_sources(one, config):
        for part in (source, source.reader):
            found |= functions.packaged(type(part).__module__)
    for field in one.functions:
        name = section(config, field)
        found |= functions.code_of(name) if name else {}
    return found


def raw_sources(one: Stage, config: UseCase | Evaluation) -> list[Any]:
    """The sources whose raw files a stage reads."""
    named = {RAW: "source"} | {f"{RAW}_{side}": side for side in SIDES}
    found = (getattr(config, named[read], None) for read in one.reads if read in named)
    return [source for source in found if source is not None]


@cache
def code_digest(path: Path) -> str:
    """Digest of a file of code, or of every file below a folder of it, by its path there."""
    files = sorted(path.rglob("*")) if path.is_dir() else [path]
    found = hashlib.sha256()
    for file in files:
        if file.is_file() and "__pycache__" not in file.parts:
            found.update(f"{file.relative_to(path)}\0".encode() + file.read_bytes() + b"\0")
    return found.hexdigest()


def section(config: UseCase | Evaluation, dotted: str) -> Any:
    """A part of the settings by its dotted name; None where there is none."""
    value: Any = config.model_dump(mode="json")
    for name in dotted.split("."):
        value = value.get(name) if isinstance(value, dict) else None
    return value


def _sections(one: Stage, config: UseCase | Evaluation) -> tuple[str, ...]:
    """What a source of another package reads its files by may be any of its settings."""
    outside = any(functions.packaged(type(one).__module__) for one in raw_sources(one, config))
    if not outside:
        return one.sections
    whole = "source" if RAW in one.reads else one.sections[0].partition(".")[0]
    return (*one.sections, whole)


def key_parts(
    one: Stage, config: UseCase | Evaluation, contents: Mapping[str, str]
) -> dict[str, Any]:
    """All that determines a stage's result: inputs' content, settings, code, base models, what is
    forgotten, the fixed test set."""
    family: Any = getattr(config, "model", None)
    found = {
        "stage": one.name,
        "inputs": {name: contents[name] for name in one.reads if name not in one.after},
        "config": {name: section(config, name) for name in _sections(one, config)},
        "code": code_parts(one, config),
        "identity": family.identity() if one.name == "train" else {},
        "forgotten": tombstones.read(config.name).digest() if TOMBSTONES in one.beside else "",
        "goldens": _fixed(config) if GOLDENS in one.beside else "",
    }
    documents = None
    if isinstance(config, UseCase) and one.name == "index":
        documents = config.index.documents
    return found | ({"documents": chunking.digest(Path(documents))} if documents else {})


def _fixed(config: UseCase | Evaluation) -> str:
    return fixed.digest(config) if isinstance(config, UseCase) else ""


def key(one: Stage, config: UseCase | Evaluation, contents: Mapping[str, str]) -> str:
    """Digest of all that determines a stage's result."""
    return artifacts.digest(key_parts(one, config, contents))
