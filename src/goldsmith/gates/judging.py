"""The verdict on a model from all that was measured of it."""

from collections.abc import Sequence

from goldsmith.config.gates import Gates
from goldsmith.gates.absolute import metric_gates, running_gates, variant_gates
from goldsmith.gates.behaviour import CaseResult, behaviour_gates
from goldsmith.gates.figures import Figures
from goldsmith.gates.verdict import Estimate, Gate, VariantHash, Verdict


def judge(
    variants: Sequence[Figures],
    chosen: str,
    gates: Gates,
    primary: str,
    estimate: Estimate,
    model_sha256: str,
    data_md5: str,
    goldens_md5: str = "",
    cases: Sequence[CaseResult] = (),
) -> Verdict:
    """The verdict on a model: every gate of the chosen variant, and parity of the others.

    A variant that fails its own gates is left out; the model is refused when the chosen one fails.

    Args:
        variants: figures of each exported variant.
        chosen: the variant that will answer.
        gates: what the use case asks for.
        primary: the metric that parity looks at.
        estimate: whether the figures come from a test split or from pooled folds.
        model_sha256: of the torch weights.
        data_md5: of the raw data.
        goldens_md5: of the fixed test set; empty without one.
        cases: the chosen variant's behaviour.
    """
    found: list[Gate] = []
    kept: list[Figures] = []
    for figures in variants:
        own: list[Gate] = []
        if figures.name == chosen:
            own += [*metric_gates(figures, gates), *behaviour_gates(cases, figures.name)]
        own += variant_gates(figures, gates, primary)
        if figures.name == chosen:
            own += running_gates(figures, gates)
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
