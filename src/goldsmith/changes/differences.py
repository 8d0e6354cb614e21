"""Two states of what determines a model, compared: one `Change` for each thing that differs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from goldsmith.pipeline import Stage

Kind = Literal["data", "config", "code", "library", "base"]
ABSENT = "(none)"
UNCOMPARED = ("adhoc",)  # how the config came about; its values are compared themselves


@dataclass(frozen=True)
class Change:
    """One thing that is not as it was for the champion.

    Attributes:
        kind: data, config, code, library or base.
        name: a dotted field, a path below the package, a library, a file.
        old, new: in words; of code and files the beginning of their hash.
        stages: those whose key has it, in their order.
    """

    kind: Kind
    name: str
    old: str
    new: str
    stages: tuple[str, ...]


def of_config(
    old: Mapping[str, Any], new: Mapping[str, Any], table: Iterable[Stage]
) -> list[Change]:
    """Every value that differs, by dotted name."""
    before, after = _flat(old), _flat(new)
    stages = list(table)
    return [
        Change(
            "config", name, said(before.get(name, ABSENT)), said(after.get(name, ABSENT)),
            tuple(one.name for one in stages if any(covers(s, name) for s in one.sections)),
        )
        for name in sorted(before.keys() | after.keys())
        if before.get(name, ABSENT) != after.get(name, ABSENT)
        and name.split(".")[0] not in UNCOMPARED
    ]  # fmt: skip


def of_code(
    old: Mapping[str, Mapping[str, str]], new: Mapping[str, Mapping[str, str]], family: str
) -> list[Change]:
    """Every file or folder whose digest differs, with the stages that have it in their key.

    Args:
        old, new: digest by path, by stage; a stage that one of them lacks is passed over.
        family: the path to show for `{family}`.
    """
    found: dict[str, list[str]] = {}
    pairs: dict[str, tuple[str, str]] = {}
    for stage in new:
        if stage in old:
            for name in old[stage].keys() | new[stage].keys():
                pair = (old[stage].get(name, ABSENT), new[stage].get(name, ABSENT))
                if pair[0] != pair[1]:
                    found.setdefault(name, []).append(stage)
                    pairs[name] = pair
    return [
        Change("code", name.replace("{family}", family), *_said(pairs[name]), tuple(found[name]))
        for name in sorted(found)
    ]


def _said(pair: tuple[str, str]) -> tuple[str, str]:
    return said(pair[0]), said(pair[1])


def of_names(
    kind: Kind, old: Mapping[str, str], new: Mapping[str, str], stages: tuple[str, ...] = ()
) -> list[Change]:
    """Every name whose value differs: libraries, files of a base model, files of goldens."""
    return [
        Change(kind, name, said(old.get(name, ABSENT)), said(new.get(name, ABSENT)), stages)
        for name in sorted(old.keys() | new.keys())
        if old.get(name) != new.get(name)
    ]


def covers(section: str, name: str) -> bool:
    """Whether a section in a key holds a dotted name, or is below it."""
    return f"{name}.".startswith(f"{section}.") or f"{section}.".startswith(f"{name}.")


def said(value: Any, limit: int = 60) -> str:
    """A plain value in a few characters; a hash by its beginning."""
    text = str(value)
    if len(text) in (40, 64) and all(sign in "0123456789abcdef" for sign in text):
        return text[:12]
    return text if len(text) <= limit else f"{text[: limit - 1]}…"


def _flat(value: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    """Values by dotted name; an empty mapping is a value too."""
    flat: dict[str, Any] = {}
    for key, inner in value.items():
        if isinstance(inner, Mapping) and inner:
            flat |= _flat(inner, f"{prefix}{key}.")
        else:
            flat[f"{prefix}{key}"] = inner
    return flat
