"""The pipeline's one table of stages, and the one function by which every driver runs them.

Prefect tasks and `goldsmith step` (which dvc.yaml calls) both use it; a test holds dvc.yaml to it.
"""

import importlib
import shutil
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any, cast

from goldsmith import artifacts, functions, mirrored, processor, snapshots, versioning
from goldsmith.artifacts import Artifact, Store
from goldsmith.config import Evaluation, UseCase
from goldsmith.errors import UserError
from goldsmith.pipeline.keys import code_digest, code_parts, code_paths, key, key_parts, section
from goldsmith.pipeline.sides import pinned_sides, raw_side
from goldsmith.pipeline.table import (
    AFTER_EXPORT,
    EVALUATION,
    FAMILY,
    GOLDENS,
    KINDS,
    RAW,
    TOMBSTONES,
    TRAINING,
    Stage,
    stage,
)
from goldsmith.settings import Settings
from goldsmith.stages import Context, resuming

__all__ = [
    "AFTER_EXPORT",
    "EVALUATION",
    "FAMILY",
    "GOLDENS",
    "KINDS",
    "RAW",
    "Report",
    "Stage",
    "TOMBSTONES",
    "TRAINING",
    "accept",
    "code_digest",
    "code_parts",
    "code_paths",
    "key",
    "key_parts",
    "make_stage",
    "out_path",
    "pinned",
    "pinned_sides",
    "raw",
    "raw_side",
    "run_stage",
    "section",
    "stage",
    "workspace_input",
]

Report = Callable[[dict[str, Any]], None]
AT_HAND = ("generate",)  # bigger in a mirror than it is to make: a seed and some seconds


def make_stage(
    name: str,
    config: UseCase | Evaluation,
    inputs: Mapping[str, Path],
    report: Report = lambda event: None,
    contents: Mapping[str, str] | None = None,
) -> Artifact:
    """Return a stage's finished artifact, made now or before, or being made by an equal run.

    Args:
        name: the stage.
        config: the use case.
        inputs: folders of the stages that it reads.
        report: takes progress events.
        contents: content digests of the inputs, where they are known already.

    Raises:
        GoldsmithError: what the stage has to say.
    """
    one, whole = stage(name, config.kind), cast(UseCase, config)  # its bodies know which it is
    settings = Settings()
    known = {
        read: (contents or {}).get(read) or artifacts.content_of(inputs[read]) for read in one.reads
    }
    parts = key_parts(one, config, known)
    found = artifacts.digest(parts)
    body = getattr(_module(one), one.function.partition(":")[2])

    work = settings.home.absolute() / "work" / f"{name}-{found[:24]}"

    def make(out: Path) -> None:
        body(Context(whole, inputs, out, work, report))
        shutil.rmtree(work, ignore_errors=True)

    waited = {"type": "note", "text": f"an equal {name} is running; waiting for its result"}
    about = {
        "use_case": config.name,
        "profile": config.profile,
        "made_from": parts,
        "machine": processor.facts(),
    }
    say = partial(_note, report)
    store = Store(settings.artifacts) if name in AT_HAND else mirrored.store(say)
    made_now = store.ensure(name, found, make, about, lambda: report(waited))
    if name == "train":
        resuming.clear(work, say)
    return made_now


def _note(report: Report, text: str) -> None:
    report({"type": "note", "text": text})


def _module(one: Stage) -> Any:
    return importlib.import_module(f"goldsmith.stages.{one.function.partition(':')[0]}")


def accept(
    name: str,
    config: UseCase | Evaluation,
    folder: Path,
    report: Report = lambda event: None,
) -> None:
    """Stop the pipeline at a result that it must not go on from.

    Raises:
        GoldsmithError: what the stage's own check has to say.
    """
    check = getattr(_module(stage(name, config.kind)), "accept", None)
    if check:
        check(config, folder, partial(_note, report))


def run_stage(
    name: str,
    config: UseCase | Evaluation,
    inputs: Mapping[str, Path],
    report: Report = lambda event: None,
    contents: Mapping[str, str] | None = None,
) -> Artifact:
    """`make_stage`, then `accept`."""
    artifact = make_stage(name, config, inputs, report, contents)
    accept(name, config, artifact.folder, report)
    return artifact


def pinned(config: UseCase, one: Stage | None = None) -> UseCase:
    """The use case with every branch of a hub or of git replaced by the commit that it is at now.

    So one run means one state of the data and of the base model throughout, and names it. The
    functions of the user's own are found, too: what is not there is said before any work starts.

    Args:
        config: the use case.
        one: a stage: pin only what it looks at.

    Raises:
        UserError: there is no such data set, base, revision or function.
        StoreError: a hub cannot be reached.
    """
    source: Any = config.source
    family: Any = config.model
    found: dict[str, Any] = {}
    if one is None or RAW in one.reads:
        found["source"] = source.pinned()
        if config.data_rev is not None:
            versioning.find_pointer(source.location, config.data_rev)
            found["data_rev"] = versioning.resolve(config.data_rev, source.location)
    if one is None or "model" in one.sections:
        found["model"] = family.pinned()
    for field in (field for each in ([one] if one else TRAINING) for field in each.functions):
        if name := section(config, field):
            functions.find(field, name)
    return config.model_copy(update=found)


def raw(config: UseCase, report: Report = lambda event: None) -> Artifact:
    """The raw goldens as an artifact: generated, or a snapshot of the source's files.

    Raises:
        UserError: `data_rev` is no revision, or has no pointer to the source's data.
        DataError: no such path, or not what the reader reads.
        StoreError: a DVC pointer whose data cannot be pulled, or a hub that is away.
    """
    source: Any = config.source
    if source.kind == "generated":
        return run_stage("generate", config, {}, report)
    return snapshots.take(config, report)


def out_path(one: Stage, use_case: str) -> Path:
    """Where `goldsmith step` puts a stage's result."""
    return Path(one.out.format(use_case=use_case))


def workspace_input(name: str, config: UseCase | Evaluation) -> Path:
    """Where `goldsmith step` finds what a stage reads.

    Raises:
        UserError: it is not there; says which step makes it.
    """
    if isinstance(config, Evaluation):
        if name.startswith(f"{RAW}_"):
            return raw_side(config, name.removeprefix(f"{RAW}_")).folder
    elif name == RAW and config.section("source")["kind"] != "generated":
        return raw(config).folder
    made_by = stage("generate" if name == RAW else name, config.kind)
    path = out_path(made_by, config.name)
    if not path.is_dir():
        raise UserError(
            f"{path} is missing: run `goldsmith step {made_by.name} {config.name}` first"
        )
    return path
