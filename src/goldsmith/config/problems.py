"""Turn pydantic's findings into lines a user can act on: where, what, near names."""

import types
import typing
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from goldsmith.config.layers import KeyPath, Origins
from goldsmith.errors import MAX_LISTED, near

_AROUND = (typing.Union, types.UnionType, typing.Annotated, tuple, list, dict)


def explain(error: ValidationError, model: type[BaseModel], origins: Origins, file: Path) -> str:
    """One line a finding, at most five, each with the file and line (or option) it came from."""
    findings = error.errors(include_url=False)
    lines = [_line(finding, model, origins, file) for finding in findings[:MAX_LISTED]]
    if len(findings) > MAX_LISTED:
        lines.append(f"and {len(findings) - MAX_LISTED} more")
    return "\n".join(lines)


def first_finding(error: ValidationError, model: type[BaseModel]) -> str:
    """The first finding as one line without a place, for a validator to raise."""
    finding = error.errors(include_url=False)[0]
    return _fault(finding, model)


def _line(finding: Any, model: type[BaseModel], origins: Origins, file: Path) -> str:
    path: KeyPath = tuple(finding["loc"])
    return f"{_origin(path, origins, file)}: {_fault(finding, model)}"


def _fault(finding: Any, model: type[BaseModel]) -> str:
    path: KeyPath = tuple(finding["loc"])
    dotted = ".".join(map(str, path)) or "use case"
    if finding["type"] == "extra_forbidden":
        moved = _moved_at(model, path[:-1]).get(str(path[-1]))
        if moved:
            return f"{dotted} is no more: {moved}"
        valid = _fields_at(model, path[:-1])
        return f"unknown key {dotted!r}: {near(str(path[-1]), valid)}"
    if finding["type"] == "missing":
        return f"{dotted} is missing"
    if finding["type"] in ("union_tag_invalid", "union_tag_not_found"):
        return _wrong_kind(finding, dotted)
    message = finding["msg"].removeprefix("Value error, ")
    given = finding["input"]
    shown = "" if isinstance(given, dict | list) else f", not {str(given)[:80]!r}"
    return f"{dotted}: {message}{shown}"


def _wrong_kind(finding: Any, dotted: str) -> str:
    """Of a section that is of one of several kinds."""
    context = finding["ctx"]
    key = context["discriminator"].strip("'")
    if finding["type"] == "union_tag_not_found":
        return f"{dotted}.{key} is missing"
    kinds = [name.strip(" '") for name in context["expected_tags"].split(",")]
    return f"unknown {dotted}.{key} {context['tag']!r}: {near(context['tag'], kinds)}"


def _origin(path: KeyPath, origins: Origins, file: Path) -> str:
    for size in range(len(path), 0, -1):
        if path[:size] in origins:
            return origins[path[:size]]
    return str(file)


def _fields_at(model: type[BaseModel], path: KeyPath) -> list[str]:
    return sorted({name for one in _models_at(model, path) for name in one.model_fields})


def _moved_at(model: type[BaseModel], path: KeyPath) -> dict[str, str]:
    """Keys of before, and where what they said stands now."""
    found = (getattr(one, "moved", {}) for one in _models_at(model, path))
    return {name: now for one in found for name, now in one.items()}


def _models_at(model: type[BaseModel], path: KeyPath) -> list[type[BaseModel]]:
    current = [model]
    for key in path:
        fields = [one.model_fields[str(key)] for one in current if str(key) in one.model_fields]
        if fields:
            current = [one for field in fields for one in _models_of(field.annotation)]
        else:  # a place in a list, a name in a mapping, or the kind of one of several models
            current = [one for one in current if _is_kind(one, key)] or current
    return current


def _is_kind(model: type[BaseModel], kind: Any) -> bool:
    """Whether a model of a union is the one that a `kind` names."""
    annotations = (field.annotation for field in model.model_fields.values())
    return any((kind,) == typing.get_args(one) for one in annotations)


def _models_of(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    if typing.get_origin(annotation) in _AROUND:
        return [one for inner in typing.get_args(annotation) for one in _models_of(inner)]
    return []
