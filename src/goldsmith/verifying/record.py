"""The passport against itself and against the artifact store: keys, settings, contents, base."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from goldsmith import bases
from goldsmith.artifacts import content_of_files, digest, file_hashes, read_manifest
from goldsmith.errors import listed
from goldsmith.settings import Settings
from goldsmith.verifying.items import CHANGED, HOLDS, UNCHECKED, Item


def items(passport: Mapping[str, Any]) -> Iterator[Item]:
    """Settings, keys of the stages, contents of the artifacts that are here."""
    if "stages" not in passport or "contents" not in passport:
        yield Item("config", UNCHECKED, "a passport from before it said what stages were made from")
        return
    yield _config(passport)
    yield _keys(passport)
    yield from _contents(passport)


def _config(passport: Mapping[str, Any]) -> Item:
    """The whole settings, by their hash and by those that each stage says it was made from."""
    settings = passport["config"]
    if digest(settings) != passport["config_sha256"]:
        return Item("config", CHANGED, "has another hash than the passport says")
    other = [
        f"{stage}: {dotted}"
        for stage, made_from in passport["stages"].items()
        for dotted, value in made_from["config"].items()
        if _section(settings, dotted) != value
    ]
    if other:
        return Item("config", CHANGED, f"not what stages were made from: {listed(other)}")
    return Item(
        "config", HOLDS, f"by its hash, and by the settings of {len(passport['stages'])} stages"
    )


def _section(settings: Any, dotted: str) -> Any:
    for name in dotted.split("."):
        settings = settings.get(name) if isinstance(settings, dict) else None
    return settings


def _keys(passport: Mapping[str, Any]) -> Item:
    """Each stage's key is the digest of what it was made from; its inputs are what others made."""
    keys, contents = dict(passport["artifacts"]), passport["contents"]
    keys["generate"] = keys.get("raw")
    other = [name for name, parts in passport["stages"].items() if digest(parts) != keys.get(name)]
    other += [
        f"{stage}, what it read of {name}"
        for stage, made_from in passport["stages"].items()
        for name, content in made_from["inputs"].items()
        if contents.get(name) != content
    ]
    if other:
        return Item("stages", CHANGED, f"do not follow from one another: {listed(other)}")
    return Item(
        "stages", HOLDS, f"{len(passport['stages'])} keys follow from what they were made from"
    )


def _contents(passport: Mapping[str, Any]) -> Iterator[Item]:
    absent, held = [], 0
    for name, expected in passport["contents"].items():
        found = here(passport, name)
        if found is None:
            absent.append(name)
        elif content_of_files(file_hashes(found)) == expected:
            held += 1
        else:
            yield Item(f"artifact of {name}", CHANGED, f"{found} has other files or bytes")
    if held:
        yield Item("artifacts", HOLDS, f"{held} of {len(passport['contents'])}, by their content")
    if absent:
        yield Item(
            "other artifacts",
            UNCHECKED,
            f"not in this machine's artifact store: {listed(absent, 12)}",
        )


def here(passport: Mapping[str, Any], name: str) -> Path | None:
    """The folder of an artifact that the passport names, whole or not, if this machine has it."""
    root, key = Settings().artifacts, passport["artifacts"][name]
    stages = ("generate", "snapshot") if name == "raw" else (name,)
    folders = [root / stage / key for stage in stages]
    return next((one for one in folders if read_manifest(one) is not None), None)


def base(passport: Mapping[str, Any]) -> Item:
    """The base model's files, by those of the base that is here."""
    named = passport.get("base", {})
    if not named.get("files"):
        return Item("base", UNCHECKED, "the passport names no files of a base model")
    folder = bases.here(named["name"], named.get("commit"))
    if folder is None:
        return Item("base", UNCHECKED, f"{named['name']} is not on this machine")
    there = bases.hashes(folder)
    other = [name for name, one in named["files"].items() if there.get(name) != one]
    if other:
        return Item("base", CHANGED, f"{named['name']} here has another {listed(other)}")
    return Item("base", HOLDS, f"{len(there)} files of {named['name']}")
