"""A use case's lines in params.yaml and dvc.yaml, added without touching any other line."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from goldsmith.config import plugins
from goldsmith.errors import UserError

PARAMS, STAGES = "params.yaml", "dvc.yaml"
# DVC wants a path for every use case: what calls functions is a dependency of those stages anyway.
INDEXED = "retrieval"  # the list of use cases whose encoder makes an index
NO_FUNCTIONS = "src/goldsmith/functions"


def entries(project: Path, name: str, family: str, raw: str) -> Iterator[tuple[Path, str]]:
    """(file, new text) of what has to change; nothing where the project has no such files, or the
    family comes from a package.

    Raises:
        UserError: a file of another form, or the name stands in it already.
    """
    params, stages = project / PARAMS, project / STAGES
    if not (params.is_file() and stages.is_file() and has_stages(family)):
        return
    known = _mapping(params)
    if not isinstance(known.get("use_cases"), dict):
        return
    if name in known["use_cases"]:
        raise UserError(f"{params} has a use case {name} already: take another name")
    text = params.read_text(encoding="utf-8")
    for key, item in _items(family, raw, known).items():
        text = _added(
            text, key, [f"  {name}:", *(f"    {at}: {value}" for at, value in item.items())]
        )
        _require(params, text, key, {**(known[key] or {}), name: item})
    yield params, text
    metrics = _mapping(stages).get("metrics")
    if isinstance(metrics, list):
        ours = [f"reports/{name}/{stage}/metrics.json" for stage in ("judge", "evaluate")]
        text = _added(
            stages.read_text(encoding="utf-8"), "metrics", [f"  - {path}" for path in ours]
        )
        _require(stages, text, "metrics", [*metrics, *ours])
        yield stages, text


def has_stages(family: str) -> bool:
    """Whether dvc.yaml can run a family: its stages depend on folders of this repository."""
    return plugins.load("families", family).__module__.partition(".")[0] == "goldsmith"


def _items(family: str, raw: str, known: dict[str, Any]) -> dict[str, dict[str, str]]:
    """A use case's entry in each list of params.yaml that it belongs in."""
    kind: Any = plugins.load("families", family)
    calls = getattr(kind, "calls", ()) or (family,)
    code = {"family": family, "calls": f"src/goldsmith/families/{calls[0]}"}
    found = {"use_cases": {**code, "raw": raw, "functions": NO_FUNCTIONS}}
    if kind.record.kind == "query" and INDEXED in known:
        found[INDEXED] = {**code, "documents": raw}  # it indexes its goldens' corpus
    return found


def _mapping(path: Path) -> dict[str, Any]:
    try:
        value = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise UserError(f"{path}: not valid YAML: {getattr(error, 'problem', error)}") from None
    return value if isinstance(value, dict) else {}


def _added(text: str, key: str, lines: list[str]) -> str:
    """The text with lines at the end of the block of a top-level key."""
    rows = text.splitlines()
    start = next((n for n, row in enumerate(rows) if row.split("#")[0].rstrip() == f"{key}:"), -1)
    end = start + 1
    for number in range(start + 1, len(rows)):
        if rows[number].strip() and not rows[number].startswith((" ", "-", "#")):
            break
        if rows[number].startswith((" ", "-")):
            end = number + 1
    return "\n".join([*rows[:end], *lines, *rows[end:]]) + "\n"


def _require(path: Path, text: str, key: str, expected: Any) -> None:
    """Our lines may not fit the style of the file: then it is left for a person."""
    try:
        found = yaml.safe_load(text).get(key)
    except yaml.YAMLError:
        found = None
    if found != expected:
        raise UserError(
            f"{path}: `{key}` is written in a way that no line can be added to: write it as a block, "
            "one entry a line"
        )
