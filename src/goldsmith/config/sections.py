"""The sections of a use case that no family, source or reader owns: frozen, unknown keys
refused."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from goldsmith.config.checks import CHECKS, Severity
from goldsmith.errors import near

Share = Annotated[float, Field(ge=0.0, le=1.0)]


class Section(BaseModel):
    """Base of every section: frozen, and an unknown key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Prepare(Section):
    """How raw records become training records."""

    clean: bool = Field(
        True,
        description="Remove control and zero-width characters and make odd white space plain.",
    )
    map_labels: dict[str, str] = Field(
        default_factory=dict, description="Labels to rename, old name to new; O drops an entity."
    )
    keep_labels: tuple[str, ...] | None = Field(
        None,
        description="Labels to learn; in tagging others become O, else their records go. None keeps all.",
    )
    negative_rate: Share = Field(
        1.0,
        description="Share of the records without a kept label used in training; test has all.",
    )
    on_duplicate: Literal["keep_first", "keep_in_one_split"] = Field(
        "keep_first",
        description="Equal records: keep the first nearest to test, or all of them in one split.",
    )
    on_conflict: Literal["drop", "keep"] = Field(
        "drop", description="Equal inputs with other targets: drop all of them, or keep them."
    )

    @field_validator("keep_labels")
    @classmethod
    def _labels_to_learn(cls, value: tuple[str, ...] | None) -> tuple[str, ...] | None:
        if value is not None and not value:
            raise ValueError("an empty list leaves nothing to learn: name labels, or leave it out")
        for label in value or ():
            if value and value.count(label) > 1:
                raise ValueError(f"{label!r} stands twice")
        return value


class Splits(Section):
    """How records are divided: by the source's own split, else by hash; or into folds."""

    by: Literal["auto", "source", "hash"] = Field(
        "auto",
        description="source: the source's own split; hash: ours; auto: source where it has one.",
    )
    validation: Share = Field(0.1, description="Share of the documents for validation, under hash.")
    test: Share = Field(0.2, description="Share of the documents for test, under hash.")
    folds: int = Field(0, ge=0, le=20, description="Cross-validate in this many folds; 0: do not.")
    salt: str = Field(
        "goldsmith", description="Another salt gives another division of the same records."
    )

    @model_validator(mode="after")
    def _shares_leave_training(self) -> "Splits":
        if self.validation + self.test >= 1.0:
            raise ValueError("validation and test together must leave a share for training")
        if self.folds == 1:
            raise ValueError("one fold holds nothing out: use 0 (off) or at least 2")
        return self


class CheckRule(Section):
    """What a use case changes of one check of the data contract."""

    severity: Severity | None = Field(
        None, description="error stops the run beyond the bound, warn never does."
    )
    max_count: int | None = Field(None, ge=0, description="Bound: faulty rows that pass.")
    max_share: Share | None = Field(None, description="Bound: share of faulty rows that passes.")

    @model_validator(mode="after")
    def _one_bound(self) -> "CheckRule":
        if self.max_count is not None and self.max_share is not None:
            raise ValueError("give max_count or max_share, not both")
        return self


class Validation(Section):
    """Bounds of the data contract."""

    min_rows: int = Field(20, ge=1, description="Fewest records of the whole data set.")
    min_train_support: int | None = Field(
        None,
        ge=0,
        description="Fewest mentions of each label in training, strictly. None: fewer than 5 is a "
        "warning, and an error where it is more than half of the labels.",
    )
    min_test_support: int | None = Field(
        None,
        ge=0,
        description="Fewest mentions of each label in test, strictly. None: none at all is a "
        "warning, and an error where it is more than half of the labels.",
    )
    max_tokens: int = Field(2000, ge=1, description="Most words of one record.")
    max_chars: int = Field(100_000, ge=1, description="Most characters of one record.")
    max_imbalance: float = Field(
        1000.0, ge=1, description="How many times rarer than the commonest a label may be."
    )
    max_drift: float = Field(
        0.2, gt=0, description="Greatest population stability index against the last accepted data."
    )
    near_duplicate: Share = Field(
        0.8, gt=0, description="Jaccard similarity of word triples from which two texts are near."
    )
    labels: tuple[str, ...] | None = Field(
        None, description="All labels that may occur in the raw data; None: any."
    )
    fields: tuple[str, ...] | None = Field(
        None, description="All fields that may occur in document goldens; None: any."
    )
    language: tuple[str, ...] = Field(
        (), description="Languages (ISO 639-1) that texts are in; empty: not looked at."
    )
    checks: dict[str, CheckRule] = Field(
        default_factory=dict, description="Severity and bound by check; others keep their default."
    )

    @field_validator("checks")
    @classmethod
    def _known_checks(cls, value: dict[str, CheckRule]) -> dict[str, CheckRule]:
        for name in value:
            if name not in CHECKS:
                raise ValueError(f"unknown check {name!r}: {near(name, CHECKS)}")
        return value


class Pattern(Section):
    """One rule of the regular-expression baseline."""

    label: str = Field(description="Label that the rule gives.")
    pattern: str = Field(
        description="Regular expression over the words joined by one space; group `value` is tagged."
    )

    @model_validator(mode="after")
    def _pattern_compiles(self) -> "Pattern":
        import re

        try:
            groups = re.compile(self.pattern).groupindex
        except re.error as error:
            raise ValueError(f"not a regular expression: {error}") from None
        if "value" not in groups:
            raise ValueError("needs a named group (?P<value>...) around what is tagged")
        return self


class Baseline(Section):
    """What a model is reported beside: no gate, a yardstick."""

    patterns: tuple[Pattern, ...] = Field((), description="Rules, tried in order; first come wins.")


class Bound(Section):
    """Least and greatest allowed value of a metric."""

    min: float | None = Field(None, description="Least allowed value.")
    max: float | None = Field(None, description="Greatest allowed value.")

    @model_validator(mode="after")
    def _bounds_something(self) -> "Bound":
        if self.min is None and self.max is None:
            raise ValueError("give min or max")
        return self


class VariantGates(Section):
    """What an exported variant must keep of the trained model."""

    min_agreement: Share = Field(
        0.999, description="Share of decisions equal to the trained model's."
    )
    max_loss: float = Field(
        0.002, description="Greatest loss of the primary metric, in points of 1."
    )
    max_logit_difference: float | None = Field(
        None, description="Greatest absolute difference of one logit; None: not judged."
    )


class ChampionGate(Section):
    """How a challenger is compared with the champion on the same test records."""

    test: Literal["superiority", "non_inferiority"] = Field(
        "superiority", description="What must be shown."
    )
    alpha: Annotated[float, Field(gt=0.0, lt=0.5)] = Field(
        0.05, description="Risk of a false promotion."
    )
    margin: float = Field(0.0, ge=0.0, description="Loss that non-inferiority still allows.")
    resamples: int = Field(10_000, ge=100, description="Bootstrap resamples.")


BatchSize = Literal["1", "32"]


def _default_latencies() -> dict[BatchSize, float]:
    return {"1": 250.0, "32": 5000.0}


def _variant_defaults() -> dict[str, VariantGates]:
    return {
        "fp32": VariantGates(max_logit_difference=0.01),
        "int8": VariantGates(min_agreement=0.97, max_loss=0.02),
    }


class Gates(Section):
    """What a model must pass to be champion; no part of any training key."""

    metrics: dict[str, Bound] = Field(
        default_factory=dict, description="Bounds by metric name; `label:*.f1` means every label."
    )
    min_support: int = Field(10, ge=0, description="Fewest test mentions to judge a label by.")
    on_thin_support: Literal["refuse", "pass"] = Field(
        "refuse", description="What `not enough evidence` does to the verdict."
    )
    variants: dict[str, VariantGates] = Field(
        default_factory=_variant_defaults,
        description="Bounds by exported variant; one that is not named keeps its default.",
    )
    max_size_mb: float = Field(
        150.0, gt=0, description="Greatest size of the chosen variant's file."
    )
    max_p95_ms: dict[BatchSize, float] = Field(
        default_factory=_default_latencies,
        description="Greatest p95 latency in milliseconds by batch size.",
    )
    champion: ChampionGate = Field(
        default_factory=ChampionGate, description="Against the champion."
    )

    @field_validator("variants")
    @classmethod
    def _every_variant(cls, value: dict[str, VariantGates]) -> dict[str, VariantGates]:
        return _variant_defaults() | value

    def variant(self, name: str) -> VariantGates:
        """The bounds of a variant; one that nobody named must keep what fp32 keeps."""
        return self.variants.get(name, VariantGates())


class Compute(Section):
    """Where and how long training runs; no part of any training key."""

    timeout: float = Field(14_400, gt=0, description="Seconds until a training process is stopped.")
    device: Literal["auto", "cpu", "cuda"] = Field(
        "auto", description="auto takes a GPU where there is one."
    )


class Schedule(Section):
    """When the deployment of this use case runs by itself."""

    cron: str = Field(description="Five fields: minute, hour, day, month, weekday.")
    timezone: str = Field("UTC", description="IANA name.")
    active: bool = Field(True, description="False registers the schedule paused.")
