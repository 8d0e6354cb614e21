"""The gates section of a use case: what a model must pass to be champion."""

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, field_validator, model_validator

from goldsmith.config.behaviour import AnyCase, Line
from goldsmith.config.sections import Section, Share


class Bound(Section):
    """Least and greatest allowed value of a metric."""

    min: float | None = Field(None, description="Least allowed value.")
    max: float | None = Field(None, description="Greatest allowed value.")

    @model_validator(mode="after")
    def _bounds_something(self) -> "Bound":
        if self.min is None and self.max is None:
            raise ValueError("give min or max")
        return self


def _without_nulls(bounds: Any) -> Any:
    """A layer takes a bound of the layers below it away by null."""
    if not isinstance(bounds, dict):
        return bounds
    return {name: bound for name, bound in bounds.items() if bound is not None}


Bounds = Annotated[dict[str, Bound], BeforeValidator(_without_nulls)]


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
    min_batch_agreement: Share = Field(
        0.97, description="Share of decisions that are equal in batches of 1 and of 32."
    )


class Cost(Section):
    """What a mistake about one label costs, in any unit, the same for all labels."""

    miss: float | None = Field(
        None, ge=0, description="Of a gold mention that was not found; none: as `*` says, else 1."
    )
    false_alarm: float | None = Field(
        None, ge=0, description="Of a mention found where none is; none: as `*` says, else 1."
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
    min_documents: int = Field(
        20,
        ge=2,
        description="Fewest common unseen test documents to compare on; with fewer a person decides.",
    )


BatchSize = Literal["1", "32"]


def _default_latencies() -> dict[BatchSize, float]:
    return {"1": 250.0, "32": 5000.0}


def _variant_defaults() -> dict[str, VariantGates]:
    return {
        "fp32": VariantGates(max_logit_difference=0.01, min_batch_agreement=0.999),
        "int8": VariantGates(min_agreement=0.97, max_loss=0.02),
    }


class Gates(Section):
    """What a model must pass to be champion; no part of any training key."""

    metrics: Bounds = Field(
        default_factory=dict,
        description="Bounds by metric name; `label:*.f1` means every label, `slice:*.micro.f1` every "
        "slice of the test records; null takes away a bound of a layer below.",
    )
    min_support: int = Field(
        10, ge=0, description="Fewest test mentions to judge a label or a slice by."
    )
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
    costs: dict[str, Cost] = Field(
        default_factory=dict,
        description="Cost of mistakes by label, `*` for all others; makes the metric "
        "`cost.per_100_records`.",
    )
    behaviour: tuple[AnyCase, ...] = Field(
        (), description="Behavioural cases that the variant that answers must pass."
    )
    champion: ChampionGate = Field(
        default_factory=ChampionGate, description="Against the champion."
    )

    @property
    def sample(self) -> Line:
        """An input line that shows what is asked: the first case's that leaves nothing empty."""
        return next((case.input for case in self.behaviour if all(case.input.values())), {})

    @field_validator("variants")
    @classmethod
    def _every_variant(cls, value: dict[str, VariantGates]) -> dict[str, VariantGates]:
        return _variant_defaults() | value

    @field_validator("behaviour")
    @classmethod
    def _names_once(cls, value: tuple[AnyCase, ...]) -> tuple[AnyCase, ...]:
        names = [case.name for case in value]
        for name in names:
            if names.count(name) > 1:
                raise ValueError(f"two cases are called {name!r}")
        return value

    def variant(self, name: str) -> VariantGates:
        """The bounds of a variant; one that nobody named must keep what fp32 keeps."""
        return self.variants.get(name, VariantGates())
