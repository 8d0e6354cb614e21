"""Gates: figures against thresholds, with a reason in words for each. Pure: reads and writes
nothing."""

from collections.abc import Iterable, Mapping, Sequence
from fnmatch import fnmatchcase
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from goldsmith.config.gates import ChampionGate, Gates
from goldsmith.errors import near
from goldsmith.families.bootstrap import paired_bootstrap
from goldsmith.families.scores import Scores

SCHEMA = 1
Op = Literal[">=", "<=", ">"]


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Gate(_Value):
    """One figure and what became of it. `passed` is None where there was too little evidence."""

    name: str
    slice: str = ""
    variant: str = ""
    value: float | None
    op: Op
    threshold: float
    passed: bool | None
    reason: str


class VariantHash(_Value):
    """An exported file that was judged."""

    name: str
    sha256: str


class Verdict(_Value):
    """All gates of one model, and whether it may be champion. Schema in docs/formats.md."""

    schema_version: int = SCHEMA
    passed: bool
    estimate: Literal["test", "folds"]
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


class Comparison(_Value):
    """What a comparison with a champion came to.

    Attributes:
        better: whether it earned the champion's place; None: it cannot be judged, a person decides.
        reason: in words.
        gates: the gates that were looked at.
    """

    better: bool | None
    reason: str
    gates: tuple[Gate, ...] = ()


class Figures(_Value):
    """What the gates look at, for one exported variant.

    Attributes:
        metrics: name -> value on the held-out records.
        reference: the trained model's metrics on the same records.
        support: gold mentions by label on those records.
        agreement: share of decisions equal to the trained model's.
        logit_difference: largest absolute difference of one logit.
        size_mb: size of the file in 10^6 bytes.
        p95_ms: p95 latency in milliseconds by batch size.
    """

    name: str
    sha256: str
    metrics: dict[str, float]
    reference: dict[str, float]
    support: dict[str, int]
    agreement: float
    logit_difference: float
    size_mb: float
    p95_ms: dict[str, float]


def _gate(
    name: str, value: float, op: Op, threshold: float, what: str, variant: str = "", part: str = ""
) -> Gate:
    passed = {">=": value >= threshold, "<=": value <= threshold, ">": value > threshold}[op]
    relation = {
        (">=", True): "at least", (">=", False): "below", ("<=", True): "at most",
        ("<=", False): "above", (">", True): "above", (">", False): "not above",
    }[op, passed]  # fmt: skip
    reason = f"{what} is {value:.4g}, {relation} {threshold:.4g}"
    return Gate(
        name=name, slice=part, variant=variant, value=round(float(value), 6), op=op,
        threshold=threshold, passed=passed, reason=reason,
    )  # fmt: skip


def metric_bounds(pattern: str, names: Iterable[str]) -> list[str]:
    """The metrics that a key of `gates.metrics` bounds.

    Raises:
        KeyError: it bounds none; the message has the near names.
    """
    known = list(names)
    found = [name for name in known if name == pattern or fnmatchcase(name, pattern)]
    if not found:
        raise KeyError(f"gates.metrics: no metric {pattern!r}: {near(pattern, known)}")
    return found


def metric_gates(figures: Figures, gates: Gates) -> list[Gate]:
    """Absolute bounds, overall and by label; a label with thin support gives no evidence."""
    found: list[Gate] = []
    for pattern, bound in gates.metrics.items():
        for name in metric_bounds(pattern, figures.metrics):
            limits: list[tuple[Op, float | None]] = [(">=", bound.min), ("<=", bound.max)]
            for op, limit in limits:
                if limit is not None:
                    found.append(_metric_gate(name, op, limit, figures, gates))
    return found


def _metric_gate(name: str, op: Op, limit: float, figures: Figures, gates: Gates) -> Gate:
    label = name.removeprefix("label:").rpartition(".")[0] if name.startswith("label:") else ""
    gate = _gate(name, figures.metrics[name], op, limit, name, figures.name, label)
    support = figures.support.get(label, 0) if label else sum(figures.support.values())
    if support >= gates.min_support:
        return gate
    thin = f"not enough evidence: {support} test mentions, gates.min_support is {gates.min_support}"
    refused = gates.on_thin_support == "refuse"
    return gate.model_copy(update={"passed": False if refused else None, "reason": thin})


def variant_gates(figures: Figures, gates: Gates, primary: str) -> list[Gate]:
    """What an export must keep of the trained model: agreement, the metric, logits."""
    bounds = gates.variant(figures.name)
    loss = figures.reference[primary] - figures.metrics[primary]
    found = [
        _gate("parity.agreement", figures.agreement, ">=", bounds.min_agreement,
              "agreement with the trained model", figures.name),
        _gate("parity.loss", loss, "<=", bounds.max_loss,
              f"loss of {primary} against the trained model", figures.name),
    ]  # fmt: skip
    if bounds.max_logit_difference is not None:
        found.append(
            _gate("parity.logits", figures.logit_difference, "<=", bounds.max_logit_difference,
                  "largest logit difference", figures.name)
        )  # fmt: skip
    return found


def cost_gates(figures: Figures, gates: Gates) -> list[Gate]:
    """Size and latency."""
    size = _gate(
        "size_mb", figures.size_mb, "<=", gates.max_size_mb, "file size in MB", figures.name
    )
    waits = [
        _gate(f"p95_ms.batch_{batch}", figures.p95_ms[batch], "<=", limit,
              f"p95 latency of a batch of {batch} in ms", figures.name)
        for batch, limit in sorted(gates.max_p95_ms.items(), key=lambda item: int(item[0]))
        if batch in figures.p95_ms
    ]  # fmt: skip
    return [size, *waits]


def judge(
    variants: Sequence[Figures],
    chosen: str,
    gates: Gates,
    primary: str,
    estimate: Literal["test", "folds"],
    model_sha256: str,
    data_md5: str,
    goldens_md5: str = "",
) -> Verdict:
    """The verdict on a model: every gate of the chosen variant, and parity of the others.

    A variant that fails its own gates is left out; the model is refused when the chosen one fails.

    Args:
        variants: figures of each exported variant.
        chosen: the variant that will answer.
        primary: the metric that parity looks at.
        estimate: whether the figures come from a test split or from pooled folds.
        model_sha256: of the torch weights.
        data_md5: of the raw data.
        goldens_md5: of the fixed test set; empty without one.
    """
    found: list[Gate] = []
    kept: list[Figures] = []
    for figures in variants:
        own = variant_gates(figures, gates, primary)
        if figures.name == chosen:
            own += [*metric_gates(figures, gates), *cost_gates(figures, gates)]
        found += own
        if all(gate.passed is not False for gate in own):
            kept.append(figures)
    answers = any(figures.name == chosen for figures in kept)
    return Verdict(
        passed=answers,
        estimate=estimate,
        chosen=chosen,
        model_sha256=model_sha256,
        data_md5=data_md5,
        goldens_md5=goldens_md5,
        variants=tuple(VariantHash(name=one.name, sha256=one.sha256) for one in kept),
        gates=tuple(found),
    )


def champion_gate(
    challenger: Scores, champion: Scores, metric: str, settings: ChampionGate, seed: int = 0
) -> Gate:
    """Whether the challenger is better (or no worse) than the champion on the same records."""
    found = paired_bootstrap(challenger, champion, metric, settings.resamples, seed, settings.alpha)
    gain = f"{metric} differs from the champion's by {found.mean:+.4f} [{found.low:+.4f}, {found.high:+.4f}]"
    op: Op
    if settings.test == "superiority":
        passed = found.p_value <= settings.alpha
        said = "better" if passed else "not shown to be better"
        value, op, threshold = found.p_value, "<=", settings.alpha
    else:
        passed = found.lower >= -settings.margin
        said = "no worse" if passed else "may be worse"
        value, op, threshold = found.lower, ">=", -settings.margin
    return Gate(
        name=f"champion.{settings.test}", value=round(value, 6), op=op, threshold=threshold,
        passed=passed, reason=f"{said}: {gain} on {found.documents} documents",
    )  # fmt: skip


def as_json(verdict: Verdict) -> dict[str, Any]:
    """The verdict as documented: `schema` in place of `schema_version`."""
    value = verdict.model_dump(mode="json")
    return {"schema": value.pop("schema_version"), **value}


def from_json(value: Mapping[str, Any]) -> Verdict:
    """Read what `as_json` wrote."""
    fields = dict(value)
    return Verdict(schema_version=fields.pop("schema"), **fields)
