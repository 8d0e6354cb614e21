"""The raw data and the fixed goldens, wherever the bytes that were read may still be."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from goldsmith import storage, versioning
from goldsmith.config import plugins
from goldsmith.config.readers import AnyReader
from goldsmith.errors import DataError, GoldsmithError, UserError
from goldsmith.verifying import record
from goldsmith.verifying.items import CHANGED, HOLDS, UNCHECKED, Item
from goldsmith.versioning import git, objects, pointers, tombstones
from goldsmith.versioning.hashing import FOLDER, file_md5
from goldsmith.versioning.pointers import Pointer


def items(passport: Mapping[str, Any]) -> Iterator[Item]:
    """The raw data, and the goldens where the use case has a fixed test set."""
    use_case, source = passport["use_case"], passport["config"]["source"]
    yield _explained(_raw(passport, source), use_case, passport["data_md5"])
    if passport.get("goldens_md5"):
        goldens = passport["config"]["goldens"]
        found = _at(
            "goldens", goldens["path"], passport["goldens_md5"], _reader(goldens) or _reader(source)
        )
        yield _explained(found, use_case, passport["goldens_md5"])


def _explained(item: Item, use_case: str, md5: str) -> Item:
    """Data that differ for a record that was forgotten are nobody's fault."""
    remark = "" if item.state == HOLDS else tombstones.remark(use_case, md5)
    return Item(item.what, UNCHECKED, f"{item.detail}; {remark}") if remark else item


def _raw(passport: Mapping[str, Any], source: Mapping[str, Any]) -> Item:
    expected, reader = passport["data_md5"], _reader(source)
    copy = record.here(passport, "raw") if "raw" in passport.get("artifacts", {}) else None
    if copy is not None and reader is not None:
        same = _md5(copy, reader, expected) == expected
        said = "has other bytes" if not same else f"md5 {expected}"
        return Item(
            "data", HOLDS if same else CHANGED, f"{said}, by the copy in the artifact store"
        )
    if source["kind"] == "files" and not storage.is_remote(source["path"]):
        kept = passport.get("data", {}).get("md5", "")
        return _at("data", source["path"], expected, reader, kept)
    away = "in this machine's artifact store"
    return Item(
        "data", UNCHECKED, f"md5 {expected}: not {away}, and the source is {source['kind']}"
    )


def _reader(section: Mapping[str, Any]) -> Any:
    """The reader that a source or the goldens had; None where today's Goldsmith has no such."""
    try:
        if "kind" in section:
            source: Any = plugins.load("sources", section["kind"]).model_validate(section)
            return source.reader
        return (
            TypeAdapter(AnyReader).validate_python(section["reader"]) if section["reader"] else None
        )
    except (ValidationError, GoldsmithError):
        return None


def _md5(path: Path, reader: Any, expected: str) -> str:
    """The md5 of what a reader reads at a path; empty where there is nothing."""
    try:
        return versioning.md5(reader.files(path), single=not expected.endswith(FOLDER))
    except DataError:
        return ""


def _at(what: str, given: str, expected: str, reader: Any, kept: str = "") -> Item:
    """Data at a path: as they lie there, else as some commit's pointer has them in DVC's cache."""
    path = Path(given).expanduser()
    found = _md5(path, reader, expected) if reader is not None else ""
    if found == expected:
        return Item(what, HOLDS, f"md5 {expected}, {given} as it is here")
    pointer = _pointer(path, {expected, kept} - {""})
    if pointer is not None:
        return _in_cache(what, *pointer)
    if not found:
        return Item(what, UNCHECKED, f"md5 {expected}: {given} is not here")
    if _in_git(path):
        reason = f"{given} is another now, and git keeps it: look at it in a checkout of the commit"
        return Item(what, UNCHECKED, f"md5 {expected}: {reason}")
    lost = f"{given} now has md5 {found}, and no commit here has a pointer to md5 {expected}"
    return Item(what, CHANGED, lost)


def _pointer(path: Path, md5s: set[str]) -> tuple[str, Pointer] | None:
    try:
        return next(
            ((commit, one) for commit, one in pointers.history(path) if one.md5 in md5s), None
        )
    except UserError:
        return None


def _in_git(path: Path) -> bool:
    try:
        return git.tracks(path)
    except UserError:
        return False


def _in_cache(what: str, commit: str, pointer: Pointer) -> Item:
    """A pointer's objects in DVC's cache, each by its hash; nothing is fetched."""
    place = f"revision {commit[:10]} of {pointer.path}"
    try:
        with objects.opened(pointer.path) as found:
            absent = found.missing(found.cache, [pointer.md5])
            names = [] if absent else [md5 for _, md5 in found.files(pointer)]
            absent += found.missing(found.cache, names)
            if absent:
                return Item(what, UNCHECKED, f"{place}: not in DVC's cache here: `dvc fetch` it")
            wrong = [md5 for md5 in names if file_md5(Path(found.cache.oid_to_path(md5))) != md5]
    except GoldsmithError as error:
        return Item(what, UNCHECKED, f"{place}: {error}")
    if wrong:
        return Item(
            what, CHANGED, f"{place}: {len(wrong)} object(s) in DVC's cache have other bytes"
        )
    return Item(what, HOLDS, f"{place}, {len(names)} object(s) in DVC's cache")
