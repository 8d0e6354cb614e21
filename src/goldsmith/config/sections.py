"""The sections of a use case that no family, source or reader owns: frozen, unknown keys
refused."""

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from goldsmith.config.checks import CHECKS, Severity
from goldsmith.config.functions import FunctionName
from goldsmith.errors import near

Share = Annotated[float, Field(ge=0.0, le=1.0)]


class Section(BaseModel):
    """Base of every section: frozen, and an unknown key is an error."""

    moved: ClassVar[Mapping[str, str]] = {}  # keys of before, and where what they said stands now

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
    min_label_count: int = Field(
        0,
        ge=0,
        description="Fewest mentions of a label in the source's records, of all splits; a rarer one "
        "is left out as if keep_labels did not name it.",
    )
    limit: int | None = Field(
        None,
        ge=1,
        description="Most records of the source that stay, the same share of each label and split, "
        "chosen by hash; fixed goldens all stay.",
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
        "goldsmith",
        description="Another salt gives another division, and another choice under prepare.limit.",
    )
    assign: FunctionName | None = Field(
        None,
        description="Function of yours, module:function, that says the splits in the source's "
        "place: called with Arrow batches of raw records, it returns train, validation or test.",
    )

    @model_validator(mode="after")
    def _shares_leave_training(self) -> "Splits":
        if self.validation + self.test >= 1.0:
            raise ValueError("validation and test together must leave a share for training")
        if self.folds == 1:
            raise ValueError("one fold holds nothing out: use 0 (off) or at least 2")
        if self.assign and (self.folds or self.by == "hash"):
            other = "folds" if self.folds else "by: hash"
            raise ValueError(f"assign and {other} both say where records go: leave one out")
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


class Schedule(Section):
    """When the deployment of this use case runs by itself."""

    cron: str = Field(description="Five fields: minute, hour, day, month, weekday.")
    timezone: str = Field("UTC", description="IANA name.")
    active: bool = Field(True, description="False registers the schedule paused.")
