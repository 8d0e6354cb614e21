"""Use cases: one YAML file each, laid under a profile and overrides, checked into a UseCase.

`load("financial-entities", profile="demo", overrides=["model.epochs=2"])` is the only way in.
Imports no heavy library: loading every YAML takes milliseconds.
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from goldsmith.config import layers, plugins
from goldsmith.config.evaluation import SIDES, Evaluation, evaluation_type
from goldsmith.config.problems import explain
from goldsmith.config.usecase import UseCase, use_case_type
from goldsmith.errors import ConfigError, near
from goldsmith.settings import Settings

__all__ = ["Evaluation", "UseCase", "find", "folder", "load", "load_any", "names", "profiles",
           "read_settings"]  # fmt: skip

OTHERS = "`goldsmith run`, `show`, `promote`, `rollback`, `step`, `list` and `deploy` are"
Checked = TypeVar("Checked", UseCase, Evaluation)

# Overrides of these sections change the data that a version was made from.
DATA_SECTIONS = ("source", "prepare", "splits", "goldens", "fields")


def folder() -> Path:
    """The folder of the use cases: ./use_cases (or GOLDSMITH_USE_CASES), else the packaged ones."""
    local = Settings().use_cases
    if local.is_dir():
        return local
    packaged = Path(__file__).parent.parent / "_use_cases"
    return packaged if packaged.is_dir() else Path(__file__).parents[3] / "use_cases"


def names() -> list[str]:
    """The names of all use cases."""
    return sorted(path.stem for path in folder().glob("*.yaml"))


def find(name: str) -> Path:
    """The YAML file of a use case.

    Raises:
        ConfigError: there is none; says the near names.
    """
    path = folder() / f"{name}.yaml"
    if name not in names():
        raise ConfigError(f"unknown use case {name!r} in {folder()}/: {near(name, names())}")
    return path


def profiles(name: str) -> list[str]:
    """The profiles that a use case's file defines."""
    tree, origins = layers.parse_yaml(find(name))
    return sorted(_named_layers(tree, origins, "profiles"))


def load(
    name: str,
    profile: str | None = None,
    overrides: Sequence[str] = (),
    source: str | None = None,
    path: str | None = None,
    data_rev: str | None = None,
    settings: Mapping[str, Any] | layers.Layer | None = None,
    instead: str = "",
) -> UseCase:
    """Load a use case: its file, the profile, the named source, the settings, the overrides.

    Args:
        name: the use case, as its file's name without `.yaml`.
        profile: a key of the file's `profiles`; GOLDSMITH_PROFILE or `demo` if None.
        overrides: `section.key=value` texts, under the same checks as the file.
        source: a key of the file's `sources`, each a layer like a profile; or a source kind.
        path: file or folder for the source's `path`.
        data_rev: git revision of the source's data; None: the data in the working tree.
        settings: sections as in the file, from `read_settings` or as plain values.
        instead: what to do with a use case that trains nothing, in words.

    Raises:
        ConfigError: whatever is wrong, with file, line and the nearest valid names; or it trains
            nothing.
    """
    found = load_any(name, profile, overrides, source, path, data_rev, settings)
    if isinstance(found, Evaluation):
        raise ConfigError(
            f"{find(name)}: {name} is of kind: evaluation: it judges the results of a system that is "
            f"not ours and has no model, so this is not for it; {(instead or OTHERS).format(name=name)}"
        )
    return found


def load_any(
    name: str,
    profile: str | None = None,
    overrides: Sequence[str] = (),
    source: str | None = None,
    path: str | None = None,
    data_rev: str | None = None,
    settings: Mapping[str, Any] | layers.Layer | None = None,
) -> UseCase | Evaluation:
    """`load`, also of a use case of `kind: evaluation`, which takes neither source, path nor revision.

    Raises:
        ConfigError: whatever is wrong, with file, line and the nearest valid names.
    """
    file = find(name)
    tree, origins = layers.parse_yaml(file)
    judges = tree.get("kind") == "evaluation"
    if judges:
        _refuse_source(name, {"--source": source, "--path": path, "--data-rev": data_rev})
    profile = profile or Settings().profile
    adhoc = _lay_all(file, tree, origins, profile, source, path, overrides, settings)
    ours: dict[str, Any] = {"name": name, "profile": profile, "adhoc": adhoc}
    ours |= {} if judges else {"data_rev": data_rev}
    for key in ours.keys() & tree.keys():
        kind = Evaluation if judges else UseCase
        valid = near(key, kind.model_fields.keys() - ours.keys())
        raise ConfigError(f"{origins.get((key,), file)}: unknown key {key!r}: {valid}")
    if judges:
        return _check_evaluation(tree | ours, origins, file)
    found = _check(tree | ours, origins, file)
    if data_rev is not None:
        _require_revisions(found)
    return found


def _lay_all(
    file: Path,
    tree: dict[str, Any],
    origins: layers.Origins,
    profile: str,
    source: str | None,
    path: str | None,
    overrides: Sequence[str],
    settings: Mapping[str, Any] | layers.Layer | None,
) -> list[str]:
    """Lay everything over what a file says; returns what of it changes the data."""
    adhoc: list[str] = []
    all_profiles, all_sources = (
        _named_layers(tree, origins, key) for key in ("profiles", "sources")
    )
    if profile not in all_profiles:
        raise ConfigError(f"{file}: no profile {profile!r}: {near(profile, all_profiles)}")
    _lay(tree, origins, all_profiles[profile], ("profiles", profile))
    if source is not None:
        known = [*all_sources, *plugins.names("sources")]
        if source not in known:
            raise ConfigError(f"{file}: unknown source {source!r}: {near(source, known)}")
        layer = all_sources.get(source, {"source": {"kind": source}})
        _lay(tree, origins, layer, ("sources", source))
        adhoc.append(f"--source {source}")
    if settings is not None:
        adhoc += _lay_settings(tree, origins, settings)
    if path is not None:
        layers.merge(tree, origins, {"source": {"path": path}}, {("source", "path"): "--path"})
        adhoc.append(f"--path {path}")
    for text in overrides:
        dotted = layers.override(tree, origins, text)
        if dotted.split(".")[0] in DATA_SECTIONS:
            adhoc.append(f"--set {text}")
    return adhoc


def _refuse_source(name: str, given: dict[str, str | None]) -> None:
    for option, value in given.items():
        if value is not None:
            raise ConfigError(
                f"{option}: {name} is of kind: evaluation and has two sources: say which by "
                "--set results.path=FILE or --set goldens.path=FILE"
            )


def read_settings(path: Path | None) -> layers.Layer | None:
    """The settings of a JSON or YAML file; None for no file.

    Raises:
        ConfigError: not there, not readable, neither JSON nor YAML, or no mapping of sections.
    """
    return None if path is None else layers.parse_settings(path)


def _lay_settings(tree: dict[str, Any], origins: layers.Origins, settings: Any) -> list[str]:
    """Lay settings over what there is; returns those that change the data."""
    if not isinstance(settings, Mapping | layers.Layer):
        raise ConfigError(
            "settings must be a mapping of sections, such as {model: {epochs: 2}}: a run takes the "
            "values, only the command takes a file"
        )
    layer = settings if isinstance(settings, layers.Layer) else layers.as_settings(settings)
    for key in ("profiles", "sources"):
        if key in layer.tree:
            raise ConfigError(
                f"{layer.origins[key,]}: {key}: settings lie over the profile and the source that "
                "were chosen: give the sections themselves"
            )
    layers.merge(tree, origins, layer.tree, layer.origins)
    return [
        f"--settings {name}={json.dumps(value, ensure_ascii=False, default=str)}"
        for name, value in layers.leaves(layer.tree)
        if name.split(".")[0] in DATA_SECTIONS
    ]


def _require_revisions(found: UseCase) -> None:
    source: Any = found.source
    instead = getattr(source, "without_revisions", "")
    if instead:
        raise ConfigError(f"--data-rev {found.data_rev}: {instead}")


def _named_layers(tree: dict[str, Any], origins: layers.Origins, key: str) -> dict[str, Any]:
    """Take `profiles` or `sources` out of a tree."""
    found = tree.pop(key, None) or {}
    if not isinstance(found, dict):
        raise ConfigError(f"{origins[key,]}: {key} must be a mapping of names to sections")
    return found


def _lay(tree: dict[str, Any], origins: layers.Origins, layer: Any, at: layers.KeyPath) -> None:
    if layer is not None and not isinstance(layer, dict):
        raise ConfigError(f"{origins[at]}: {'.'.join(map(str, at))} must be a mapping of sections")
    layers.merge(tree, origins, layer or {}, layers.subtree(origins, at))


def _check(tree: dict[str, Any], origins: layers.Origins, file: Path) -> UseCase:
    chosen = []
    for section, key, group in (("model", "family", "families"), ("source", "kind", "sources")):
        value = tree.get(section)
        if not isinstance(value, dict) or not isinstance(value.get(key), str):
            place = origins.get((section,), str(file))
            raise ConfigError(f"{place}: {section}.{key} is missing: it names one of the {group}")
        chosen.append(value[key])
    try:
        kind = use_case_type(*chosen)
    except ConfigError as error:
        raise ConfigError(f"{file}: {error}") from None
    return _validated(kind, tree, origins, file)


def _check_evaluation(tree: dict[str, Any], origins: layers.Origins, file: Path) -> Evaluation:
    chosen: list[Any] = []
    for side in SIDES:
        value = tree.get(side)
        if value is None and side == "pages":
            chosen.append(None)
        elif not isinstance(value, dict) or not isinstance(value.get("kind"), str):
            place = origins.get((side,), str(file))
            raise ConfigError(f"{place}: {side}.kind is missing: it names one of the sources")
        else:
            chosen.append(value["kind"])
    try:
        kind = evaluation_type(*chosen)
    except ConfigError as error:
        raise ConfigError(f"{file}: {error}") from None
    return _validated(kind, tree, origins, file)


def _validated(
    kind: type[Checked], tree: dict[str, Any], origins: layers.Origins, file: Path
) -> Checked:
    try:
        return kind.model_validate(tree)
    except ValidationError as error:
        raise ConfigError(explain(error, kind, origins, file)) from None
