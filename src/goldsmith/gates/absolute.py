"""Gates that need no other model: bounds of figures, parity of variants, size and latency."""

from goldsmith.config.gates import Gates
from goldsmith.gates.figures import Figures, Named, metric_bounds, named
from goldsmith.gates.verdict import Gate, Op, bounded


def metric_gates(figures: Figures, gates: Gates) -> list[Gate]:
    """Bounds overall, by label and by slice; what has thin support gives no evidence."""
    found: list[Gate] = []
    known = named(figures)
    for pattern, bound in gates.metrics.items():
        for name in metric_bounds(pattern, known):
            limits: list[tuple[Op, float | None]] = [(">=", bound.min), ("<=", bound.max)]
            for op, limit in limits:
                if limit is not None:
                    found.append(_metric_gate(name, known[name], op, limit, figures.name, gates))
    return found


def _metric_gate(
    name: str, figure: Named, op: Op, limit: float, variant: str, gates: Gates
) -> Gate:
    gate = bounded(name, figure.value, op, limit, name, variant, figure.part)
    if figure.support >= gates.min_support:
        return gate
    thin = (
        f"not enough evidence: {figure.support} test {figure.unit}, "
        f"gates.min_support is {gates.min_support}"
    )
    refused = gates.on_thin_support == "refuse"
    return gate.model_copy(update={"passed": False if refused else None, "reason": thin})


def variant_gates(figures: Figures, gates: Gates, primary: str) -> list[Gate]:
    """What an export must keep of the trained model, and of itself in batches of another size."""
    bounds = gates.variant(figures.name)
    loss = figures.reference[primary] - figures.metrics[primary]
    found = [
        bounded("parity.agreement", figures.agreement, ">=", bounds.min_agreement,
                "agreement with the trained model", figures.name),
        bounded("parity.loss", loss, "<=", bounds.max_loss,
                f"loss of {primary} against the trained model", figures.name),
        bounded("parity.batches", figures.batch_agreement, ">=", bounds.min_batch_agreement,
                "agreement of batches of 1 with batches of 32", figures.name),
    ]  # fmt: skip
    if bounds.max_logit_difference is not None:
        found.append(
            bounded("parity.logits", figures.logit_difference, "<=", bounds.max_logit_difference,
                    "largest logit difference", figures.name)
        )  # fmt: skip
    return found


def running_gates(figures: Figures, gates: Gates) -> list[Gate]:
    """What running the variant takes: size and latency."""
    size = bounded(
        "size_mb", figures.size_mb, "<=", gates.max_size_mb, "file size in MB", figures.name
    )
    waits = [
        bounded(f"p95_ms.batch_{batch}", figures.p95_ms[batch], "<=", limit,
                f"p95 latency of a batch of {batch} in ms", figures.name)
        for batch, limit in sorted(gates.max_p95_ms.items(), key=lambda item: int(item[0]))
        if batch in figures.p95_ms
    ]  # fmt: skip
    return [size, *waits]
