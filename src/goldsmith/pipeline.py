"""The pipeline's one table of stages, and the one function by which every driver runs them.

Prefect tasks and `goldsmith step` (which dvc.yaml calls) both use it; a test holds dvc.yaml to it.
"""

import hashlib
import importlib
import inspect
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from goldsmith import artifacts, functions, snapshots, versioning
from goldsmith.artifacts import Artifact, Store
from goldsmith.config import UseCase
from goldsmith.curation import fixed
from goldsmith.errors import UserError, near
from goldsmith.settings import Settings
from goldsmith.stages import Context
from goldsmith.versioning import tombstones

Report = Callable[[dict[str, Any]], None]
PACKAGE = Path(__file__).parent
RAW = "raw"
FAMILY = "{family}"
TOMBSTONES = tombstones.FOLDER.as_posix()
GOLDENS = fixed.FOLDER.as_posix()


@dataclass(frozen=True)
class Stage:
    """One stage.

    Attributes:
        name: as in `goldsmith step NAME` and dvc.yaml.
        function: `module:function` of the body; `module:accept`, if there, checks every result.
        reads: the stages whose artifacts it reads; `raw` is what `generate` made or a snapshot.
        sections: the config sections in its key, dotted.
        code: files and folders in its key, below the package; `{family}` is the family's folder.
        out: where `goldsmith step` puts the result.
        beside: folders of the project that it looks into as well.
        after: of the stages that it reads, those that it only waits for: no part of its key.
        functions: config fields that name a function of the user's, whose code is in its key.
    """

    name: str
    function: str
    reads: tuple[str, ...]
    sections: tuple[str, ...]
    code: tuple[str, ...]
    out: str
    beside: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    functions: tuple[str, ...] = ()


_DATA = ("records.py", "text.py", "columns")
_MODEL = (
    "families/base.py",
    "families/scores.py",
    "families/finetuned.py",
    "families/onnx.py",
    "{family}",
    "prepared.py",
    *_DATA,
)

TRAINING = (
    Stage(
        "generate", "generate:run", (), ("source",),
        ("stages/generate.py", "sources/generated.py", "sources/generators"), "data/generated/{use_case}",
    ),
    Stage(
        "load", "load:run", (RAW,),
        ("source.kind", "source.reader", "source.prepare", "source.label"),
        ("stages/load.py", "sources/__init__.py", "sources/hub.py", "readers", "versioning/tombstones.py", "curation/fixed.py", "functions", *_DATA), "data/records/{use_case}",
        (TOMBSTONES, GOLDENS), functions=("source.label", "source.prepare"),
    ),
    Stage(
        "validate_raw", "validate:run_raw", ("load",), ("validation",),
        ("stages/validate.py", "validation", "config/checks.py", *_DATA), "reports/{use_case}/validate_raw",
    ),
    Stage(
        "prepare", "prepare:run", ("load", "validate_raw"), ("prepare", "splits"),
        ("stages/prepare.py", "prepare", "splits.py", "functions", *_DATA),
        "data/prepared/{use_case}", after=("validate_raw",), functions=("splits.assign",),
    ),
    Stage(
        "validate_prepared", "validate:run_prepared", ("prepare",),
        ("validation", "model.base", "model.max_length", "model.stride", "model.max_question"),
        ("stages/validate.py", "validation", "config/checks.py", "prepared.py", "{family}", *_DATA),
        "reports/{use_case}/validate_prepared",
    ),
    Stage(
        "train", "train:run", ("prepare", "validate_prepared"), ("model", "seed"),
        ("stages/train.py", "finetune", "bases.py", "families/__main__.py", *_MODEL),
        "models/{use_case}/trained", after=("validate_prepared",),
    ),
    Stage(
        "evaluate", "evaluate:run", ("prepare", "train"), ("baseline",),
        ("stages/evaluate.py", *_MODEL), "reports/{use_case}/evaluate",
    ),
    Stage(
        "export", "export:run", ("prepare", "train", "evaluate"), (),
        ("stages/export.py", "stages/evaluate.py", "exporting.py", *_MODEL), "models/{use_case}/exported",
    ),
    Stage(
        "judge", "judge:run",
        ("load", "validate_raw", "prepare", "validate_prepared", "train", "evaluate", "export"),
        ("gates", "title", "profile", "card"),
        ("stages/judge.py", "stages/summary.py", "stages/figures.py", "stages/carding.py",
         "gates", "reporting",
         "families/base.py", "families/scores.py", "families/bootstrap.py", "families/student.py",
         "{family}"),
        "reports/{use_case}/judge",
    ),
)  # fmt: skip
KINDS = {"training": TRAINING}


def stage(name: str, kind: str = "training") -> Stage:
    """A stage of the table by name.

    Raises:
        UserError: unknown name; says the near ones.
    """
    table = {one.name: one for one in KINDS[kind]}
    if name not in table:
        raise UserError(f"unknown stage {name!r}: {near(name, table)}")
    return table[name]


def code_paths(one: Stage, config: UseCase) -> dict[str, Path]:
    """The files and folders of our own code in a stage's key; `{family}` if it is one of ours."""
    family = Path(inspect.getfile(type(config.model))).parent
    found = {name: PACKAGE / name for name in one.code if name != FAMILY}
    if FAMILY not in one.code:
        return found
    # What a family of another package calls or derives from may be any of ours.
    outside = functions.packaged(type(config.model).__module__)
    return found | ({"families": PACKAGE / "families"} if outside else {FAMILY: family})


def code_parts(one: Stage, config: UseCase) -> dict[str, str]:
    """Digests of all code in a stage's key, by name: see `functions.code` for what is not ours."""
    source: Any = config.source
    found = {name: code_digest(path) for name, path in code_paths(one, config).items()}
    if FAMILY in one.code:
        found |= functions.packaged(type(config.model).__module__)
    if RAW in one.reads:
        for part in (source, source.reader):
            found |= functions.packaged(type(part).__module__)
    for field in one.functions:
        name = _section(config, field)
        found |= functions.code_of(name) if name else {}
    return found


@cache
def code_digest(path: Path) -> str:
    """Digest of a file of code, or of every file below a folder of it, by its path there."""
    files = sorted(path.rglob("*")) if path.is_dir() else [path]
    found = hashlib.sha256()
    for file in files:
        if file.is_file() and "__pycache__" not in file.parts:
            found.update(f"{file.relative_to(path)}\0".encode() + file.read_bytes() + b"\0")
    return found.hexdigest()


def _section(config: UseCase, dotted: str) -> Any:
    value: Any = config.model_dump(mode="json")
    for name in dotted.split("."):
        value = value.get(name) if isinstance(value, dict) else None
    return value


def _sections(one: Stage, config: UseCase) -> tuple[str, ...]:
    """What a source of another package reads its files by may be any of its settings."""
    outside = RAW in one.reads and functions.packaged(type(config.source).__module__)
    return (*one.sections, "source") if outside else one.sections


def key_parts(one: Stage, config: UseCase, contents: Mapping[str, str]) -> dict[str, Any]:
    """All that determines a stage's result: inputs' content, settings, code, base models, what is
    forgotten, the fixed test set."""
    family: Any = config.model
    return {
        "stage": one.name,
        "inputs": {name: contents[name] for name in one.reads if name not in one.after},
        "config": {name: _section(config, name) for name in _sections(one, config)},
        "code": code_parts(one, config),
        "identity": family.identity() if one.name == "train" else {},
        "forgotten": tombstones.read(config.name).digest() if TOMBSTONES in one.beside else "",
        "goldens": fixed.digest(config) if GOLDENS in one.beside else "",
    }


def key(one: Stage, config: UseCase, contents: Mapping[str, str]) -> str:
    """Digest of all that determines a stage's result."""
    return artifacts.digest(key_parts(one, config, contents))


def make_stage(
    name: str,
    config: UseCase,
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
    one = stage(name, config.kind)
    settings = Settings()
    known = {
        read: (contents or {}).get(read) or artifacts.content_of(inputs[read]) for read in one.reads
    }
    parts = key_parts(one, config, known)
    found = artifacts.digest(parts)
    body = getattr(_module(one), one.function.partition(":")[2])

    def make(out: Path) -> None:
        work = settings.home.absolute() / "work" / f"{name}-{found[:24]}"
        body(Context(config, inputs, out, work, report))
        shutil.rmtree(work, ignore_errors=True)

    waited = {"type": "note", "text": f"an equal {name} is running; waiting for its result"}
    about = {"use_case": config.name, "profile": config.profile, "made_from": parts}
    store = Store(settings.artifacts)
    return store.ensure(name, found, make, about, lambda: report(waited))


def _module(one: Stage) -> Any:
    return importlib.import_module(f"goldsmith.stages.{one.function.partition(':')[0]}")


def accept(name: str, config: UseCase, folder: Path, report: Report = lambda event: None) -> None:
    """Stop the pipeline at a result that it must not go on from.

    Raises:
        GoldsmithError: what the stage's own check has to say.
    """
    check = getattr(_module(stage(name, config.kind)), "accept", None)
    if check:
        check(config, folder, lambda text: report({"type": "note", "text": text}))


def run_stage(
    name: str,
    config: UseCase,
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
        if name := _section(config, field):
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


def workspace_input(name: str, config: UseCase) -> Path:
    """Where `goldsmith step` finds what a stage reads.

    Raises:
        UserError: it is not there; says which step makes it.
    """
    source: Any = config.source
    if name == RAW and source.kind != "generated":
        return raw(config).folder
    made_by = stage("generate" if name == RAW else name, config.kind)
    path = out_path(made_by, config.name)
    if not path.is_dir():
        raise UserError(
            f"{path} is missing: run `goldsmith step {made_by.name} {config.name}` first"
        )
    return path
