"""Turn pydantic's findings into lines a user can act on: where, what, near names."""

import types
import typing
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from goldsmith.config.layers import KeyPath, Origins
from goldsmith.errors import MAX_LISTED, near


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
        valid = _fields_at(model, path[:-1])
        return f"unknown key {dotted!r}: {near(str(path[-1]), valid)}"
    if finding["type"] == "missing":
        return f"{dotted} is missing"
    message = finding["msg"].removeprefix("Value error, ")
    given = finding["input"]
    shown = "" if isinstance(given, dict | list) else f", not {str(given)[:80]!r}"
    return f"{dotted}: {message}{shown}"


def _origin(path: KeyPath, origins: Origins, file: Path) -> str:
    for size in range(len(path), 0, -1):
        if path[:size] in origins:
            return origins[path[:size]]
    return str(file)


def _fields_at(model: type[BaseModel], path: KeyPath) -> list[str]:
    current: type[BaseModel] | None = model
    for key in path:
        field = current.model_fields.get(str(key)) if current else None
        current = _model_of(field.annotation) if field else current
    return sorted(current.model_fields) if current else []


def _model_of(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    if typing.get_origin(annotation) in (typing.Union, types.UnionType, tuple, list, dict):
        found = [_model_of(inner) for inner in typing.get_args(annotation)]
        return next((model for model in found if model), None)
    return None
