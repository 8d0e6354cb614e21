"""What judging comes to: gates, the verdict on a model, the comparison with a champion."""

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

SCHEMA = 1
Op = Literal[">=", "<=", ">"]
Estimate = Literal["test", "folds"]


class Value(BaseModel):
    """Base of all that judging gives: frozen, no key beyond the known ones."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Gate(Value):
    """One figure and what became of it. `passed` is None where there was too little evidence."""

    name: str
    slice: str = ""
    variant: str = ""
    value: float | None
    op: Op
    threshold: float
    passed: bool | None
    reason: str


class VariantHash(Value):
    """An exported file that was judged."""

    name: str
    sha256: str


class Verdict(Value):
    """All gates of one model, and whether it may be champion. Schema in docs/formats.md."""

    schema_version: int = SCHEMA
    passed: bool
    estimate: Estimate
    chosen: str
    model_sha256: str
    data_md5: str
    goldens_md5: str = ""
    champion_seen: str | None = None
    variants: tuple[VariantHash, ...]
    gates: tuple[Gate, ...]

    @property
    def failed(self) -> list[Gate]:
        """The gates that did not pass."""
        return [gate for gate in self.gates if gate.passed is False]


class Comparison(Value):
    """What a comparison with a champion came to.

    Attributes:
        better: whether it earned the champion's place; None: it cannot be judged, a person decides.
        reason: in words.
        gates: the gates that were looked at.
    """

    better: bool | None
    reason: str
    gates: tuple[Gate, ...] = ()


def holds(value: float, op: Op, threshold: float) -> bool:
    """Whether a figure is within a bound, as it is recorded: 0.81 - 0.79 is no more than 0.02."""
    shown = recorded(value)
    return {">=": shown >= threshold, "<=": shown <= threshold, ">": shown > threshold}[op]


def recorded(value: float) -> float:
    """A figure to the six decimals that a verdict holds."""
    return round(float(value), 6)


def bounded(
    name: str, value: float, op: Op, threshold: float, what: str, variant: str = "", part: str = ""
) -> Gate:
    """A figure held against a threshold; `what` names it in the reason."""
    passed = holds(value, op, threshold)
    relation = {
        (">=", True): "at least", (">=", False): "below", ("<=", True): "at most",
        ("<=", False): "above", (">", True): "above", (">", False): "not above",
    }[op, passed]  # fmt: skip
    reason = f"{what} is {value:.4g}, {relation} {threshold:.4g}"
    return Gate(
        name=name, slice=part, variant=variant, value=recorded(value), op=op,
        threshold=threshold, passed=passed, reason=reason,
    )  # fmt: skip


def as_json(verdict: Verdict) -> dict[str, Any]:
    """The verdict as documented: `schema` in place of `schema_version`."""
    value = verdict.model_dump(mode="json")
    return {"schema": value.pop("schema_version"), **value}


def from_json(value: Mapping[str, Any]) -> Verdict:
    """Read what `as_json` wrote."""
    fields = dict(value)
    return Verdict(schema_version=fields.pop("schema"), **fields)
