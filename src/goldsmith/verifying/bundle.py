"""The bundle and its verdict, as MLflow has them and as they are kept here; the promotion."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from goldsmith.artifacts import file_hashes, file_sha256
from goldsmith.errors import DataError, StoreError
from goldsmith.registry import bundle as bundles
from goldsmith.registry import fresh, ledger
from goldsmith.registry.bundle import BUNDLE_FILE, PASSPORT_FILE, VERDICT_FILE, Fault
from goldsmith.registry.versions import Version
from goldsmith.stages import contest
from goldsmith.verifying.items import CHANGED, HOLDS, MISSING, UNCHECKED, Item

MOST_FILES = 20  # named one by one


def stored(version: Version, folder: Path) -> list[Item]:
    """MLflow's copy, by its own list and by the version's tags."""
    found = _faults("bundle", folder, version.tags)
    if bundles.BUNDLE_TAG not in version.tags:
        reason = "the version was registered before Goldsmith put the list's hash into a tag"
        found.append(Item("bundle's list", UNCHECKED, reason))
    return found


def kept(version: Version) -> list[Item]:
    """The copy on this machine, which answers; nothing where there is none."""
    copy = fresh.kept_bundle(version)
    if copy is None:
        return []
    first, *more = _faults("bundle, copy kept here", copy.folder, version.tags)
    if first.state != HOLDS:
        remedy = f"{first.detail}; delete {copy.folder}, and it is fetched again"
        first = first._replace(detail=remedy)
    return [first, *more]


def _faults(what: str, folder: Path, tags: Mapping[str, str]) -> list[Item]:
    try:
        found = bundles.faults(folder, tags)
    except DataError as error:
        return [Item(what, UNCHECKED, str(error))]
    if not found:
        count = len(file_hashes(folder)) - 1
        by = BUNDLE_FILE + (" and the version's tag" if bundles.BUNDLE_TAG in tags else "")
        return [Item(what, HOLDS, f"{count} files, by {by}")]
    items = [_fault(what, one) for one in found[:MOST_FILES]]
    more = len(found) - MOST_FILES
    return items + ([Item(what, CHANGED, f"and {more} more files")] if more > 0 else [])


def _fault(what: str, one: Fault) -> Item:
    said = {"changed": f"not as {BUNDLE_FILE} lists it", "missing": f"listed by {BUNDLE_FILE}"}
    state = MISSING if one.how.startswith("missing") else CHANGED
    return Item(f"{what}: {one.name}", state, said.get(one.how, one.how))


def by_passport(folder: Path, passport: Mapping[str, Any]) -> list[Item]:
    """Files and verdict, by what the passport says of them."""
    if "bundle" not in passport:
        reason = "a passport from before it named the bundle's files"
        return [Item("passport", UNCHECKED, reason), _verdict(folder, passport)]
    there = file_hashes(folder)
    named = {**passport["bundle"]}
    names = sorted((named.keys() | there.keys()) - {BUNDLE_FILE, PASSPORT_FILE})
    wrong = [name for name in names if named.get(name) != there.get(name)]
    items = [_file(name, named, there) for name in wrong[:MOST_FILES]]
    if not wrong:
        items = [Item("passport", HOLDS, f"names the {len(named)} files of the bundle")]
    return [*items, _verdict(folder, passport)]


def _file(name: str, named: Mapping[str, str], there: Mapping[str, str]) -> Item:
    what = f"passport: {name}"
    if name not in there:
        return Item(what, MISSING, "named, and not in the bundle")
    said = "has another hash than the passport says" if name in named else "not named in it"
    return Item(what, CHANGED, said)


def _verdict(folder: Path, passport: Mapping[str, Any]) -> Item:
    try:
        verdict = bundles.read_verdict(folder)
    except DataError as error:
        return Item("verdict", MISSING, str(error).replace(f"{folder}: ", ""))
    expected = passport.get("verdict_sha256", "")
    if expected and file_sha256(folder / VERDICT_FILE) != expected:
        return Item("verdict", CHANGED, "has another hash than the passport says")
    if verdict.data_md5 != passport["data_md5"]:
        return Item("verdict", CHANGED, "is about other data than the passport's")
    wrong = _other_files(folder, {one.name: one.sha256 for one in verdict.variants})
    if wrong:
        return Item("verdict", CHANGED, f"is about other files than {', '.join(wrong)}")
    outcome = "passed" if verdict.passed else "refused"
    return Item(
        "verdict", HOLDS, f"{outcome}; about the {len(verdict.variants)} file(s) that are there"
    )


def _other_files(folder: Path, judged: Mapping[str, str]) -> Sequence[str]:
    """The judged variants whose file is gone or another."""
    try:
        facts = json.loads((folder / "family.json").read_text(encoding="utf-8"))
        files = {item["name"]: folder / item["file"] for item in facts["variants"]}
    except (OSError, ValueError, KeyError, TypeError):
        return sorted(judged)
    there = {name: file_sha256(one) for name, one in files.items() if one.is_file()}
    return sorted(name for name, one in judged.items() if there.get(name) != one)


def trained_on(version: Version, scratch: Path) -> Item:
    """The list of texts that it was trained on, which comparisons leave out."""
    name, expected = contest.TRAINED_ON_FILE, version.tags.get(contest.TRAINED_ON_TAG)
    if expected is None:
        return Item(name, UNCHECKED, "the version does not say what it was trained on")
    file = fresh.file(version, name, scratch)
    if file is None:
        return Item(name, MISSING, f"{name} of run {version.run_id}")
    same = file_sha256(file) == expected
    said = "as the version's tag says" if same else "has another hash than the version's tag says"
    return Item(name, HOLDS if same else CHANGED, said)


def promotion(version: Version, folder: Path, scratch: Path) -> list[Item]:
    """What the ledger says of the version, by what is stored; nothing of one never champion."""
    try:
        entry = ledger.read(version.model).of(version.number)
    except StoreError as error:
        return [Item("ledger", MISSING, str(error))]
    if entry is None:
        return []
    name = f"ledger, entry {entry.number}"
    items = [_answering(name, entry.file_sha256, folder)]
    if not entry.verdict:
        return [*items, Item("promotion.json", UNCHECKED, f"{name} was written without one")]
    file = fresh.file(version, entry.file, scratch)
    if file is None:
        return [*items, Item("promotion.json", MISSING, f"{entry.file} of run {version.run_id}")]
    same = file_sha256(file) == entry.verdict
    said = "as the ledger's entry says" if same else "has another hash than the ledger's entry says"
    return [*items, Item("promotion.json", HOLDS if same else CHANGED, said)]


def _answering(name: str, expected: str, folder: Path) -> Item:
    if not expected:
        return Item(name, UNCHECKED, "does not say which file answers")
    found = {file_sha256(file) for file in folder.rglob("*.onnx")}
    if expected in found:
        return Item(name, HOLDS, f"the file that answers is {expected[:12]}...")
    return Item(
        name, CHANGED, f"no file of the bundle is {expected[:12]}..., which it made champion"
    )
