"""Evaluation: a use case of `kind: evaluation`, which judges what a system that is not ours found."""

import re
from functools import cache
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, SerializeAsAny, create_model, field_validator, model_validator

from goldsmith.config import plugins
from goldsmith.config.compute import Compute
from goldsmith.config.gates import Bounds, ChampionGate, Cost
from goldsmith.config.sections import Schedule, Section, Share
from goldsmith.config.usecase import NAME_PATTERN
from goldsmith.errors import near

SIDES = ("results", "goldens", "pages")
RECORDS = {"results": "field", "goldens": "field", "pages": "ocr_page"}
REST = "*"
_LABEL = re.compile(r"label:([^*?\[]+)\.[a-z0-9_]+")
# Share of the documents, values or boxes that may be at fault; a check that is not here only warns.
ALLOWED = {
    "doubled_goldens": 0.0,
    "unknown_fields": 0.0,
    "results_without_goldens": 0.05,
    "goldens_without_results": 0.2,
    "wrong_boxes": 0.01,
    "empty_values": 0.01,
}


class FieldRule(Section):
    """When a found value of a field counts as right."""

    value: Literal["text", "date", "amount", "company"] = Field(
        "text", description="What the values are: how two writings of one value are told."
    )
    compare: Literal["exact", "normalised", "edit"] = Field(
        "normalised",
        description="exact: the same characters; normalised: the same value; edit: that, or within "
        "max_distance.",
    )
    max_distance: Share = Field(
        0.1,
        description="Greatest edit distance under `edit`, as a share of the longer text's characters.",
    )
    many: bool = Field(
        False, description="Whether a document may have several values; else a second is a fault."
    )


class ResultsChecks(Section):
    """How much may be wrong with either side."""

    allow: dict[str, Share] = Field(
        default_factory=dict, description="Share at fault that passes, by check."
    )

    @field_validator("allow")
    @classmethod
    def _known_checks(cls, value: dict[str, float]) -> dict[str, float]:
        for name in value:
            if name not in ALLOWED:
                raise ValueError(f"unknown check {name!r}: {near(name, ALLOWED)}")
        return value

    def allowed(self, check: str) -> float | None:
        """The share at fault that passes a check; None: it only warns."""
        return self.allow.get(check, ALLOWED.get(check))


class ResultsGates(Section):
    """What results must pass to be accepted."""

    metrics: Bounds = Field(
        default_factory=dict,
        description="Bounds by metric name; `label:total.f1` is of a field, `label:*.f1` of every one, "
        "`slice:*.micro.f1` of every cluster; null takes away a bound of a layer below.",
    )
    min_support: int = Field(
        10, ge=0, description="Fewest gold values to judge a field or a cluster by."
    )
    on_thin_support: Literal["refuse", "pass"] = Field(
        "refuse", description="What `not enough evidence` does to the verdict."
    )
    costs: dict[str, Cost] = Field(
        default_factory=dict,
        description="Cost of mistakes by field, `*` for all others; makes the metric "
        "`cost.per_100_records`, a record being a document.",
    )
    accepted: ChampionGate = Field(
        default_factory=ChampionGate, description="Against the accepted results."
    )


class Evaluation(Section):
    """One use case of `kind: evaluation` under one profile."""

    name: str = Field(pattern=NAME_PATTERN, description="Name, as its file's and its model's.")
    profile: str = Field(description="Profile that was chosen.")
    title: str = Field(description="One line for lists and reports.")
    kind: Literal["evaluation"] = Field(description="evaluation")
    seed: int = Field(13, ge=0, description="Seed of the bootstrap.")
    results: SerializeAsAny[Section] = Field(description="Where the system's results come from.")
    goldens: SerializeAsAny[Section] = Field(description="Where the gold values come from.")
    pages: SerializeAsAny[Section] | None = Field(
        None, description="Where the documents' words and boxes come from; none: no pictures."
    )
    clusters: str | None = Field(
        None,
        description="JSON file of document id to cluster, as `goldsmith goldens cluster` writes.",
    )
    fields: dict[str, FieldRule] = Field(
        default_factory=dict,
        description="Rules by field, `*` for all others; with rules and no `*`, no other field may "
        "occur.",
    )
    validation: ResultsChecks = Field(
        default_factory=ResultsChecks, description="How much may be wrong with either side."
    )
    gates: ResultsGates = Field(
        default_factory=ResultsGates, description="What acceptance asks for."
    )
    compute: Compute = Field(default_factory=Compute, description="Where it runs.")
    schedule: Schedule | None = Field(None, description="When it runs by itself.")
    adhoc: tuple[str, ...] = Field(
        (),
        description="Overrides of goldens or rules in this run: such a version is never accepted.",
    )

    @field_validator("clusters")
    @classmethod
    def _is_there(cls, value: str | None) -> str | None:
        if value is not None and not Path(value).expanduser().is_file():
            raise ValueError("no such file: `goldsmith goldens cluster` writes one")
        return value

    @model_validator(mode="after")
    def _sides_have_their_records(self) -> "Evaluation":
        for side, wanted in RECORDS.items():
            source: Any = getattr(self, side)
            if source is not None and source.reader.record.kind != wanted:
                raise ValueError(
                    f"{side}: {wanted} records are needed, and this source gives "
                    f"{source.reader.record.kind}"
                )
        return self

    @model_validator(mode="after")
    def _sides_are_taken_as_they_are(self) -> "Evaluation":
        for side in SIDES:
            source: Any = getattr(self, side)
            for name in ("prepare", "label"):
                if getattr(source, name, None):
                    raise ValueError(
                        f"{side}.{name}: no function changes what a system found or what is gold: "
                        "change the files"
                    )
        return self

    @model_validator(mode="after")
    def _gates_are_of_fields(self) -> "Evaluation":
        if not self.fields or REST in self.fields:
            return self
        bounded = (_LABEL.fullmatch(name) for name in self.gates.metrics)
        named = {f"gates.metrics: no field {one[1]!r}": one[1] for one in bounded if one}
        named |= {f"gates.costs: no field {one!r}": one for one in self.gates.costs if one != REST}
        for fault, name in named.items():
            if name not in self.fields:
                raise ValueError(f"{fault}: {near(name, self.fields)}")
        return self

    @property
    def model_name(self) -> str:
        """Name in the registry: the use case's for `full`, with the profile's name else."""
        return self.name if self.profile == "full" else f"{self.name}.{self.profile}"

    def section(self, name: str) -> Any:
        """One section as plain values, for keys and passports."""
        return self.model_dump(mode="json")[name]

    def rule(self, field: str) -> FieldRule:
        """The rule of a field: its own, else that of `*`."""
        return rule_of(self.fields, field)


def rule_of(rules: dict[str, FieldRule], field: str) -> FieldRule:
    """The rule of a field: its own, else that of `*`, else values are compared normalised."""
    return rules.get(field) or rules.get(REST) or FieldRule()


@cache
def evaluation_type(results: str, goldens: str, pages: str | None) -> type[Evaluation]:
    """Evaluation with the sections of the named sources.

    Raises:
        ConfigError: unknown source.
    """
    found: dict[str, Any] = {
        "results": (plugins.load("sources", results), Field(description="The results.")),
        "goldens": (plugins.load("sources", goldens), Field(description="The goldens.")),
    }
    if pages:
        found["pages"] = (plugins.load("sources", pages), Field(description="The pages."))
    return create_model("Evaluation", __base__=Evaluation, **found)
