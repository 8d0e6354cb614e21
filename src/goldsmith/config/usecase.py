"""UseCase: all that is particular to one use case, under one profile, checked and frozen."""

from functools import cache
from glob import has_magic
from pathlib import Path
from typing import Any, Literal

from pydantic import (
    Field,
    SerializeAsAny,
    ValidationInfo,
    create_model,
    field_validator,
    model_validator,
)

from goldsmith.config import plugins
from goldsmith.config.card import CardText
from goldsmith.config.compute import Compute
from goldsmith.config.gates import Gates
from goldsmith.config.promotion import PromotionRule
from goldsmith.config.readers import AnyReader
from goldsmith.config.sections import (
    Baseline,
    Prepare,
    Schedule,
    Section,
    Splits,
    Validation,
)
from goldsmith.config.triggers import Triggers, Watch, watch_fault
from goldsmith.errors import listed

NAME_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"


class FixedGoldens(Section):
    """Goldens that every version is judged on and none is trained on."""

    path: str = Field(description="File, folder or glob; a DVC pointer beside it is pulled.")
    reader: AnyReader | None = Field(
        None, description="The format and its settings; none: the source's own."
    )

    @field_validator("path")
    @classmethod
    def _is_there(cls, value: str) -> str:
        path = Path(value).expanduser()
        if not (path.exists() or path.with_name(f"{path.name}.dvc").is_file() or has_magic(value)):
            raise ValueError(f"no such file or folder, and no pointer {path.name}.dvc beside it")
        return value

    @property
    def location(self) -> Path:
        """The path as given; relative paths are relative to the working directory."""
        return Path(self.path).expanduser()


class Index(Section):
    """What a retriever's index holds."""

    documents: str | None = Field(
        None,
        description="Folder of .txt and .md files that is indexed, by paragraph; none: the goldens' corpus.",
    )


class UseCase(Section):
    """One use case under one profile."""

    name: str = Field(pattern=NAME_PATTERN, description="Name, as its file's and its model's.")
    profile: str = Field(description="Profile that was chosen.")
    title: str = Field(description="One line for lists and reports.")
    kind: Literal["training"] = Field("training", description="Which pipeline it runs.")
    seed: int = Field(13, ge=0, description="Seed of everything random.")
    source: SerializeAsAny[Section] = Field(description="Where raw goldens come from.")
    prepare: Prepare = Field(default_factory=Prepare, description="Mapping and filtering.")
    splits: Splits = Field(default_factory=Splits, description="Train, validation, test, or folds.")
    validation: Validation = Field(default_factory=Validation, description="The data contract.")
    model: SerializeAsAny[Section] = Field(description="The family and its settings.")
    baseline: Baseline = Field(
        default_factory=Baseline, description="What to report beside the model."
    )
    index: Index = Field(default_factory=Index, description="What retrieval looks in.")
    gates: Gates = Field(default_factory=Gates, description="What promotion asks for.")
    promotion: PromotionRule = Field(
        default_factory=PromotionRule,
        description="Who lets a version that earned it be champion; a plain text is the mode.",
    )
    card: CardText = Field(default_factory=CardText, description="What the model card says.")
    compute: Compute = Field(default_factory=Compute, description="Where and how long.")
    schedule: Schedule | None = Field(None, description="When it runs by itself.")
    watch: Watch | None = Field(None, description="Where new goldens arrive by themselves.")
    triggers: Triggers = Field(
        default_factory=Triggers, description="Which events start a training, and how often."
    )
    goldens: FixedGoldens | None = Field(
        None,
        description="A fixed test set apart from the source; a plain text is its path.",
    )
    publish: str | None = Field(
        None,
        pattern=r"^s3://[^/]+",
        description="Where a new champion's bundle is copied: s3://bucket/prefix.",
    )
    data_rev: str | None = Field(
        None,
        description="Git revision whose data this run reads (`--data-rev`); none: the working tree.",
    )
    adhoc: tuple[str, ...] = Field(
        (), description="Overrides of data in this run: such a version never moves the alias."
    )

    @field_validator("goldens", mode="before")
    @classmethod
    def _path_alone(cls, value: Any) -> Any:
        return {"path": value} if isinstance(value, str) else value

    @field_validator("promotion", mode="before")
    @classmethod
    def _mode_alone(cls, value: Any) -> Any:
        return {"mode": value} if isinstance(value, str) else value

    @model_validator(mode="after")
    def _source_takes_what_is_watched(self) -> "UseCase":
        # A run on another source, or on overrides, takes nothing in.
        fault = watch_fault(self.watch, self.source) if self.watch and not self.adhoc else ""
        if fault:
            raise ValueError(fault)
        return self

    @model_validator(mode="after")
    def _rules_fit_the_records(self) -> "UseCase":
        source: Any = self.source
        kind, rules = source.reader.record.kind, self.prepare
        needs = {
            "source.label": (source.label, ("labelled_text",)),
            "prepare.min_label_count": (rules.min_label_count, ("labelled_text", "tagged_tokens")),
            "prepare.limit": (
                rules.limit,
                ("labelled_text", "tagged_tokens", "question", "query"),
            ),
        }
        for name, (value, kinds) in needs.items():
            if value and kind not in kinds:
                raise ValueError(f"{name}: for {' and '.join(kinds)} records only, not for {kind}")
        return self

    @field_validator("compute")
    @classmethod
    def _processes_share_a_batch(cls, value: Compute, info: ValidationInfo) -> Compute:
        family: Any = info.data.get("model")
        if value.workers == 1 or family is None:
            return value
        if not getattr(family, "parallel", False):
            raise ValueError(
                f"{value.workers} training processes, but {family.family} trains in one: leave processes "
                "out, and gpus at 1 or less"
            )
        batch = family.batch_size
        if batch % value.workers:
            fitting = [str(count) for count in range(1, batch + 1) if batch % count == 0]
            raise ValueError(
                f"{value.workers} training processes cannot share a model.batch_size of {batch} evenly: "
                f"take {listed(fitting, 12)} processes, or as batch_size a multiple of {value.workers}"
            )
        return value

    @property
    def model_name(self) -> str:
        """Name in the registry: the use case's for `full`, with the profile's name else."""
        return self.name if self.profile == "full" else f"{self.name}.{self.profile}"

    def section(self, name: str) -> Any:
        """One section as plain values, for keys and passports."""
        return self.model_dump(mode="json")[name]


@cache
def use_case_type(family: str, source: str) -> type[UseCase]:
    """UseCase with the model and source sections of the named family and source.

    Raises:
        ConfigError: unknown family or source.
    """
    return create_model(
        "UseCase",
        __base__=UseCase,
        model=(plugins.load("families", family), Field(description="The family's settings.")),
        source=(plugins.load("sources", source), Field(description="The source's settings.")),
    )
