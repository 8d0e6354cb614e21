"""Merging of configuration layers that remembers where every value came from.

A tree is nested dicts; an origin is a short text such as `use_cases/x.yaml:12` or `--set a.b`.
"""

import contextlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from goldsmith.errors import ConfigError

KeyPath = tuple[str | int, ...]
Origins = dict[KeyPath, str]


class Layer(NamedTuple):
    """Values to lay over others, and where each came from."""

    tree: dict[str, Any]
    origins: Origins


def parse_yaml(path: Path) -> tuple[dict[str, Any], Origins]:
    """Read a use case's YAML file into a tree and the origin (file:line) of every key.

    Raises:
        ConfigError: unreadable, not UTF-8, not YAML (with line and column), not a mapping.
    """
    return _from_yaml(
        path, _text(path), "a use case is a mapping of sections, such as `title: ...`"
    )


def parse_settings(path: Path) -> Layer:
    """Read a file of settings: JSON where its name ends so, else YAML.

    Raises:
        ConfigError: unreadable, not UTF-8, not JSON or YAML (with line and column), not a mapping.
    """
    text, mapping = _text(path), "settings are a mapping of sections, such as `model: {epochs: 2}`"
    if path.suffix.lower() == ".json":
        return _from_json(path, text, mapping)
    return _from_yaml(path, text, mapping)


def as_settings(tree: Mapping[str, Any]) -> Layer:
    """Settings that came as plain values, in a flow run's parameters."""
    origins: Origins = {}
    _collect_keys(tree, (), origins)
    return Layer(dict(tree), origins)


def leaves(tree: Mapping[str, Any], path: tuple[str, ...] = ()) -> list[tuple[str, Any]]:
    """Every plain value or list of a tree under its dotted key."""
    found: list[tuple[str, Any]] = []
    for key, value in tree.items():
        inner = (*path, str(key))
        deeper = isinstance(value, dict) and value
        found += leaves(value, inner) if deeper else [(".".join(inner), value)]
    return found


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise ConfigError(
            f"{path}: byte {error.start} is not UTF-8: save the file as UTF-8"
        ) from None
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from None


def _from_yaml(path: Path, text: str, mapping: str) -> Layer:
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        tree = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError) as error:  # ValueError: a date such as 2020-13-45
        raise ConfigError(_syntax_message(path, error)) from None
    if not isinstance(tree, dict) or not isinstance(node, yaml.MappingNode):
        raise ConfigError(f"{path}: {mapping}")
    return _located(path, tree, node)


def _from_json(path: Path, text: str, mapping: str) -> Layer:
    """JSON by its own rules (1e-4 is a number); YAML, its superset, tells the lines."""
    try:
        tree = json.loads(text.removeprefix("\ufeff"))
    except json.JSONDecodeError as error:
        place = f"{path}:{error.lineno}:{error.colno}"
        raise ConfigError(f"{place}: not valid JSON: {error.msg}") from None
    except RecursionError:
        raise ConfigError(f"{path}: not valid JSON: nested too deeply") from None
    if not isinstance(tree, dict):
        raise ConfigError(f"{path}: {mapping}")
    node = None
    with contextlib.suppress(yaml.YAMLError):  # a key of over 1024 characters: no lines then
        # Only indentation can hold a raw tab, which YAML takes for a mistake.
        node = yaml.compose(text.replace("\t", " "), Loader=yaml.SafeLoader)
    return _located(path, tree, node)


def _located(path: Path, tree: dict[str, Any], node: yaml.Node | None) -> Layer:
    origins: Origins = {}
    if node is None:
        _collect_keys(tree, (), origins, str(path))
    else:
        _collect_lines(node, (), str(path), origins)
    return Layer(tree, origins)


def _collect_keys(value: Any, path: KeyPath, origins: Origins, place: str = "") -> None:
    """An origin for each key of values that no file has lines for."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            below = (*path, str(key))
            origins[below] = place or f"settings {'.'.join(map(str, below))}"
            _collect_keys(inner, below, origins, place)


def _syntax_message(path: Path, error: Exception) -> str:
    mark = getattr(error, "problem_mark", None)
    place = f"{path}:{mark.line + 1}:{mark.column + 1}" if mark else str(path)
    return f"{place}: not valid YAML: {getattr(error, 'problem', None) or error}"


def _collect_lines(node: yaml.Node, path: KeyPath, file: str, origins: Origins) -> None:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            inner = (*path, str(key.value))
            if inner in origins:
                line = key.start_mark.line + 1
                raise ConfigError(f"{file}:{line}: key {key.value!r} stands twice in one mapping")
            origins[inner] = f"{file}:{key.start_mark.line + 1}"
            _collect_lines(value, inner, file, origins)
    elif isinstance(node, yaml.SequenceNode):
        for place, value in enumerate(node.value):
            origins[(*path, place)] = f"{file}:{value.start_mark.line + 1}"
            _collect_lines(value, (*path, place), file, origins)


def subtree(origins: Origins, prefix: KeyPath) -> Origins:
    """The origins below a key, by the path from there."""
    size = len(prefix)
    return {path[size:]: place for path, place in origins.items() if path[:size] == prefix}


def merge(tree: dict[str, Any], origins: Origins, layer: dict[str, Any], places: Origins) -> None:
    """Lay one tree over another in place: mappings merge, every other value replaces.

    A section whose `kind` or `family` changes is replaced whole: its other keys were another's.
    """
    _merge(tree, layer, (), origins)
    origins.update(places)


def _merge(tree: dict[str, Any], layer: dict[str, Any], path: KeyPath, origins: Origins) -> None:
    for key, value in layer.items():
        old = tree.get(key)
        same = isinstance(old, dict) and isinstance(value, dict) and not _changes_type(old, value)
        if same:
            _merge(tree[key], value, (*path, key), origins)
        else:
            tree[key] = _copy(value)
            _forget(origins, (*path, key))


def _forget(origins: Origins, replaced: KeyPath) -> None:
    """Where the parts of a value came from that another value replaced."""
    size = len(replaced)
    for path in [path for path in origins if path[:size] == replaced and len(path) > size]:
        del origins[path]


def _changes_type(old: dict[str, Any], new: dict[str, Any]) -> bool:
    return any(
        name in new and name in old and new[name] != old[name] for name in ("kind", "family")
    )


def _copy(value: Any) -> Any:
    return {key: _copy(inner) for key, inner in value.items()} if isinstance(value, dict) else value


def override(tree: dict[str, Any], origins: Origins, text: str) -> str:
    """Apply one `--set section.key=value`; the value is read as YAML. Returns the dotted key.

    Raises:
        ConfigError: no `=`, an empty key, a value that is not YAML, or a key below a plain value.
    """
    dotted, equals, raw = text.partition("=")
    dotted = dotted.strip()
    if not equals or not all(dotted.split(".")):
        raise ConfigError(f"--set {text!r}: write it as section.key=value, such as model.epochs=2")
    try:
        value = yaml.safe_load(raw)
    except (yaml.YAMLError, ValueError) as error:
        problem = getattr(error, "problem", None) or error
        raise ConfigError(f"--set {dotted}: {raw!r} is not a YAML value: {problem}") from None
    keys = _keys(tree, dotted.split("."))
    inner = tree
    for key in keys[:-1]:
        if inner.get(key) is None:
            inner[key] = {}
        inner = inner[key]
        if not isinstance(inner, dict):
            raise ConfigError(f"--set {dotted}: {key!r} is a plain value and holds no key below it")
    inner[keys[-1]] = value
    _forget(origins, keys)
    origins[keys] = f"--set {dotted}"
    return dotted


def _keys(tree: Any, parts: list[str]) -> tuple[str, ...]:
    """Dotted parts as keys: an existing key with dots in it, such as `micro.f1`, is one key."""
    keys: list[str] = []
    while parts:
        inner = tree if isinstance(tree, dict) else {}
        sizes = range(len(parts), 0, -1)
        size = next((size for size in sizes if ".".join(parts[:size]) in inner), 1)
        keys.append(".".join(parts[:size]))
        tree, parts = inner.get(keys[-1]), parts[size:]
    return tuple(keys)
