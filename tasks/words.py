"""What a stage came to, in a few words, for the final state of its task."""

import json
from pathlib import Path

from goldsmith.families import base
from goldsmith.prepared import FINAL
from goldsmith.stages import export, judge, load, train
from goldsmith.validation import report as validation
from tasks.showing import verdict_line

LONGEST = 300


def of(stage: str, folder: Path) -> str:
    """The words for a finished stage; empty for one whose name says it all."""
    found = _SAID.get(stage)
    return found(folder)[:LONGEST] if found else ""


def _loaded(folder: Path) -> str:
    facts = load.read_facts(folder)
    return f"{facts['records']:,} records"


def _validated(folder: Path) -> str:
    return validation.tag(validation.read(folder))


def _prepared(folder: Path) -> str:
    counts = json.loads((folder / "counts.json").read_text(encoding="utf-8"))
    return ", ".join(f"{part} {number:,}" for part, number in counts["records"].items())


def _trained(folder: Path) -> str:
    facts = train.read_facts(folder)[FINAL]
    return f"{facts.get('steps', 0):,} steps, {facts.get('epochs', 0):g} epochs"


def _exported(folder: Path) -> str:
    _, facts = base.read_family(folder / export.MODEL_FOLDER)
    return ", ".join(one["name"] for one in facts["variants"])


def _judged(folder: Path) -> str:
    return verdict_line(judge.read_verdict(folder))


_SAID = {
    "load": _loaded,
    "validate_raw": _validated,
    "validate_prepared": _validated,
    "prepare": _prepared,
    "train": _trained,
    "export": _exported,
    "judge": _judged,
}
