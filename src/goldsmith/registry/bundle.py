"""The bundle: what is registered and released, a folder that serves by itself and can be
checked."""

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from goldsmith.artifacts import file_hashes, file_sha256
from goldsmith.errors import DataError, listed
from goldsmith.families import base
from goldsmith.gates import Verdict, from_json

BUNDLE_FILE = "bundle.json"
VERDICT_FILE = "verdict.json"
PASSPORT_FILE = "passport.json"
SCHEMA = 1
OPSET = 17
LEAST_RUNTIME = "1.17"  # the first onnxruntime release line with opset 17 and its contrib operators


def build(export: Path, judged: Path, passport: Mapping[str, Any], out: Path) -> None:
    """Assemble a bundle from an exported and a judged folder.

    Only the variants that passed their gates are in it; of a refused model, all are.
    """
    verdict = from_json(json.loads((judged / VERDICT_FILE).read_text(encoding="utf-8")))
    out.mkdir(parents=True)
    family, facts = base.read_family(export)
    kept = {variant.name for variant in verdict.variants} or {
        item["name"] for item in facts["variants"]
    }
    variants = [item for item in facts["variants"] if item["name"] in kept]
    for item in variants:
        folder = Path(item["file"]).parent
        shutil.copytree(export / folder, out / folder)
    base.write_family(out, family, facts["labels"], variants=variants, chosen=verdict.chosen)
    for name in (VERDICT_FILE, "card.md"):
        shutil.copyfile(judged / name, out / name)
    (out / PASSPORT_FILE).write_text(json.dumps(passport, indent=1) + "\n", encoding="utf-8")
    value = {
        "schema": SCHEMA,
        "opset": OPSET,
        "onnxruntime": LEAST_RUNTIME,
        "files": file_hashes(out),
    }
    (out / BUNDLE_FILE).write_text(json.dumps(value, indent=1) + "\n", encoding="utf-8")


def read_verdict(bundle: Path) -> Verdict:
    """The verdict that came with a bundle.

    Raises:
        DataError: there is none.
    """
    try:
        return from_json(json.loads((bundle / VERDICT_FILE).read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError):
        raise DataError(f"{bundle}: a bundle without a readable {VERDICT_FILE}") from None


def open_checked(bundle: Path) -> tuple[base.Predictor, dict[str, str]]:
    """Open the chosen variant of a bundle whose files are those that passed.

    Returns:
        The predictor, and the variant and sha256 of the file that answers.

    Raises:
        DataError: a verdict that did not pass, a missing file, or a file that was not judged.
    """
    verdict = read_verdict(bundle)
    if not verdict.passed:
        raise DataError(f"{bundle}: its verdict is refused: it does not answer")
    _, facts = base.read_family(bundle)
    files = {item["name"]: item["file"] for item in facts["variants"]}
    judged = {variant.name: variant.sha256 for variant in verdict.variants}
    name = verdict.chosen
    if name not in files or not (bundle / files[name]).is_file():
        raise DataError(
            f"{bundle}: the chosen variant {name!r} is missing; it has {listed(list(files))}"
        )
    found = file_sha256(bundle / files[name])
    if found != judged.get(name):
        raise DataError(f"{bundle / files[name]}: sha256 {found[:12]}... has no passing verdict")
    return base.open(bundle, name), {"variant": name, "sha256": found}
