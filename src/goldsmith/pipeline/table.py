"""The table of stages: what each reads, and what of settings and code is in its key."""

from dataclasses import dataclass

from goldsmith.curation import fixed
from goldsmith.errors import UserError, near
from goldsmith.versioning import tombstones

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


_DATA = ("records", "text.py", "columns")
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
        ("stages/train.py", "finetune", "checkpoints.py", "bases.py", "families/__main__.py",
         "families/launching.py", *_MODEL),
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
_SIDE = ("stages/extraction/load.py", "sources/__init__.py", "sources/generated.py", "readers",
         "example_extractor.py", *_DATA)  # fmt: skip
_JUDGING = (
    "extraction",
    "config/evaluation.py",
    "strings",
    "families/scores.py",
    *_DATA,
)

EVALUATION = (
    Stage(
        "load_goldens", "extraction.load:goldens", ("raw_goldens",), ("goldens.kind", "goldens.reader"),
        _SIDE, "data/records/{use_case}/goldens",
    ),
    Stage(
        "load_results", "extraction.load:results", ("raw_results",), ("results.kind", "results.reader"),
        _SIDE, "data/records/{use_case}/results",
    ),
    Stage(
        "load_pages", "extraction.load:pages", ("raw_pages",), ("pages.kind", "pages.reader"),
        _SIDE, "data/records/{use_case}/pages",
    ),
    Stage(
        "validate_results", "extraction.validate:run", ("load_goldens", "load_results", "load_pages"),
        ("fields", "validation"),
        ("stages/extraction/validate.py", "stages/extraction/load.py", "validation", *_JUDGING),
        "reports/{use_case}/validate_results",
    ),
    Stage(
        "score", "extraction.score:run",
        ("load_goldens", "load_results", "raw_clusters", "validate_results"), ("fields",),
        ("stages/extraction/score.py", "stages/extraction/load.py", *_JUDGING),
        "reports/{use_case}/score", after=("validate_results",),
    ),
    Stage(
        "judge_results", "extraction.judge:run",
        ("load_goldens", "load_results", "load_pages", "validate_results", "score"),
        ("title", "profile", "seed", "gates", "fields"),
        ("stages/extraction/judge.py", "stages/extraction/load.py",
         "gates", "reporting", "families/bootstrap.py", "families/student.py", *_JUDGING),
        "reports/{use_case}/judge_results",
    ),
)  # fmt: skip
# Stages after export that only families of some records have, by the record's kind.
INDEX = Stage(
    "index", "index:run", ("load", "export"), ("index", "gates"),
    ("stages/index.py", "stages/judge.py", *_MODEL), "models/{use_case}/index",
)  # fmt: skip
AFTER_EXPORT = {"query": (INDEX,)}
KINDS = {"training": TRAINING, "evaluation": EVALUATION}


def stage(name: str, kind: str = "training") -> Stage:
    """A stage of the table by name.

    Raises:
        UserError: unknown name; says the near ones.
    """
    more = [one for stages in AFTER_EXPORT.values() for one in stages] if kind == "training" else []
    table = {one.name: one for one in (*KINDS[kind], *more)}
    if name not in table:
        raise UserError(f"unknown stage {name!r}: {near(name, table)}")
    return table[name]
