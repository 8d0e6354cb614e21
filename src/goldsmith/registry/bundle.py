"""The bundle: what is registered and released, a folder that serves by itself and can be
checked."""

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from goldsmith.artifacts import file_hashes, file_sha256
from goldsmith.errors import DataError, listed
from goldsmith.families import base
from goldsmith.gates import Verdict, from_json

BUNDLE_FILE = "bundle.json"
VERDICT_FILE = "verdict.json"
PASSPORT_FILE = "passport.json"
CARD_FILE = "card.md"
SCHEMA = 1
READABLE = (1,)  # every schema that a champion was ever registered with
OPSET = 17
LEAST_RUNTIME = "1.17"  # the first onnxruntime release line with opset 17 and its contrib operators

# Tags of a version, set when it is registered: what its bundle must still be.
BUNDLE_TAG = "goldsmith.bundle_sha256"
VERDICT_TAG = "goldsmith.verdict_sha256"


ALTERED = "altered"


class NoVerdictError(DataError):
    """A bundle that would answer with what has no passing verdict; `altered` since it was made, or
    not."""

    def __init__(self, message: str, altered: bool = False) -> None:
        super().__init__(message)
        self.altered = altered


class Fault(NamedTuple):
    """One way in which a bundle is not as it was made: a file's (or a tag's) name, and how."""

    name: str
    how: str

    def __str__(self) -> str:
        return f"{self.name} ({self.how})"


def build(export: Path, judged: Path, passport: Mapping[str, Any], out: Path) -> None:
    """Assemble a bundle from an exported and a judged folder.

    Only the variants that passed their gates are in it; of a refused model, all are.
    The passport gets the hashes of the verdict and of the other files.
    """
    verdict = from_json(json.loads((judged / VERDICT_FILE).read_text(encoding="utf-8")))
    out.mkdir(parents=True)
    family, facts = base.read_family(export)
    kept = {variant.name for variant in verdict.variants}
    variants = [item for item in facts["variants"] if item["name"] in kept or not verdict.passed]
    for item in variants:
        folder = Path(item["file"]).parent
        shutil.copytree(export / folder, out / folder)
    own = base.own_facts(facts)
    base.write_family(out, family, facts["labels"], **own, variants=variants, chosen=verdict.chosen)
    for name in (VERDICT_FILE, CARD_FILE):
        shutil.copyfile(judged / name, out / name)
    hashes = {"verdict_sha256": file_sha256(out / VERDICT_FILE), "bundle": file_hashes(out)}
    _write(out / PASSPORT_FILE, {**passport, **hashes})
    about = {"schema": SCHEMA, "opset": OPSET, "onnxruntime": LEAST_RUNTIME}
    _write(out / BUNDLE_FILE, {**about, "files": file_hashes(out)})


def _write(path: Path, value: Mapping[str, Any]) -> None:
    path.write_text(json.dumps(value, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def anchors(bundle: Path) -> dict[str, str]:
    """The tags by which a version in the registry holds its bundle."""
    return {
        BUNDLE_TAG: file_sha256(bundle / BUNDLE_FILE),
        VERDICT_TAG: file_sha256(bundle / VERDICT_FILE),
    }


def read_verdict(bundle: Path) -> Verdict:
    """The verdict that came with a bundle.

    Raises:
        DataError: there is none.
    """
    try:
        return from_json(json.loads((bundle / VERDICT_FILE).read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError):
        raise DataError(f"{bundle}: a bundle without a readable {VERDICT_FILE}") from None


def faults(bundle: Path, tags: Mapping[str, str] | None = None) -> list[Fault]:
    """What differs from what a bundle's own list says, and from the tags of its version.

    Args:
        bundle: the folder.
        tags: of the version in the registry; None for a folder that is opened by itself. A version
            that was registered before there were such tags is held to its list alone.

    Raises:
        DataError: a bundle of a schema that this Goldsmith does not know.
    """
    wanted = _listed(bundle)
    if wanted is None:
        return [Fault(BUNDLE_FILE, "missing or not readable")]
    found = {name: one for name, one in file_hashes(bundle).items() if name != BUNDLE_FILE}
    result = [
        Fault(name, "changed" if name in found else "missing")
        for name in sorted(wanted)
        if found.get(name) != wanted[name]
    ]
    result += [Fault(name, "in no list") for name in sorted(found.keys() - wanted.keys())]
    return result + _against_tags(bundle, tags or {}, {one.name for one in result})


def _listed(bundle: Path) -> dict[str, str] | None:
    try:
        value = json.loads((bundle / BUNDLE_FILE).read_text(encoding="utf-8"))
        schema, files = value["schema"], dict(value["files"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    if schema not in READABLE:
        raise DataError(
            f"{bundle}: a bundle of schema {schema!r}; this Goldsmith reads {listed(READABLE)}: "
            "install the version that made it, or a newer one"
        )
    return files


def _against_tags(bundle: Path, tags: Mapping[str, str], known: set[str]) -> list[Fault]:
    """Who edits a file can edit the bundle's list too, but not the registry with the same hand."""
    result = []
    listing, verdict = bundle / BUNDLE_FILE, bundle / VERDICT_FILE
    relisted = _differs(listing, tags.get(BUNDLE_TAG))
    if relisted:
        result.append(Fault(BUNDLE_FILE, f"not as registered by the tag {BUNDLE_TAG}"))
    if VERDICT_FILE not in known and _differs(verdict, tags.get(VERDICT_TAG)):
        name = VERDICT_FILE if relisted else f"tag {VERDICT_TAG}"
        result.append(Fault(name, "changed since it was registered"))
    return result


def _differs(file: Path, registered: str | None) -> bool:
    return bool(registered) and file.is_file() and file_sha256(file) != registered


def open_checked(
    bundle: Path,
    *,
    without_verdict: bool = False,
    tags: Mapping[str, str] | None = None,
    shown: str = "",
) -> tuple[base.Predictor, dict[str, str]]:
    """Open the chosen variant of a bundle whose files are those that passed.

    The pyfunc file of every version that was ever registered calls this with the bundle alone.

    Args:
        bundle: the folder.
        without_verdict: open what has no passing verdict too.
        tags: of the version in the registry, where it is opened through it.
        shown: what messages call it; its folder if empty.

    Returns:
        The predictor, and the variant and sha256 of the file that answers; `without_verdict` says
        why there is no passing verdict, where there is none.

    Raises:
        NoVerdictError: a verdict that did not pass, or a file that is not as it was judged.
        DataError: not a bundle, or one of an unknown schema; the file that answers is missing.
    """
    found = objection(bundle, tags)
    if found and not without_verdict:
        message = f"{shown or bundle}: {found}: it does not answer"
        raise NoVerdictError(message, altered=found.startswith(ALTERED))
    _, facts = base.read_family(bundle)
    files = {item["name"]: item["file"] for item in facts["variants"]}
    name = str(facts.get("chosen", "")) if found else read_verdict(bundle).chosen
    if name not in files or not (bundle / files[name]).is_file():
        raise DataError(
            f"{shown or bundle}: the chosen variant {name!r} is missing; it has {listed(list(files))}"
        )
    about = {"variant": name, "sha256": file_sha256(bundle / files[name])}
    return base.open(bundle, name), {**about, "without_verdict": found} if found else about


def objection(bundle: Path, tags: Mapping[str, str] | None = None) -> str:
    """Why a bundle must not answer, in words; empty where it may.

    Raises:
        DataError: a bundle of an unknown schema.
    """
    altered = faults(bundle, tags)
    if altered:
        return f"{ALTERED}, so that no verdict is about it: {listed(altered)}"
    try:
        verdict = read_verdict(bundle)
    except DataError:
        return f"it has no readable {VERDICT_FILE}"
    if not verdict.passed:
        reasons = [gate.reason for gate in verdict.failed]
        return f"refused by its verdict: {listed(reasons, 1) or 'no reason given'}"
    return _not_judged(bundle, verdict)


def _not_judged(bundle: Path, verdict: Verdict) -> str:
    """Whether the file that would answer is another than the verdict is about."""
    _, facts = base.read_family(bundle)
    files = {item["name"]: bundle / item["file"] for item in facts["variants"]}
    judged = {variant.name: variant.sha256 for variant in verdict.variants}
    file = files.get(verdict.chosen)
    if file is None or not file.is_file() or file_sha256(file) == judged.get(verdict.chosen):
        return ""
    return f"its verdict is about another file than {file.relative_to(bundle)}"
