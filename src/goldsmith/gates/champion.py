"""Challenger against champion on the same records."""

from goldsmith.config.gates import ChampionGate
from goldsmith.families.bootstrap import Difference, paired_bootstrap
from goldsmith.families.scores import Scores
from goldsmith.gates.verdict import Gate, Op, recorded

_WHOSE = {"champion": "the champion's", "accepted": "that of the accepted results"}


def champion_gate(
    challenger: Scores,
    champion: Scores,
    metric: str,
    settings: ChampionGate,
    seed: int = 0,
    name: str = "champion",
) -> Gate:
    """Whether the challenger is better (or no worse) than the champion on the same records.

    Args:
        challenger, champion: scores of both.
        metric: what is compared.
        settings: which test, at which level.
        seed: of the bootstrap.
        name: of the gate, and what the champion is called.

    Raises:
        ValueError: the two were not scored on the same records, or on none.
    """
    found = paired_bootstrap(challenger, champion, metric, settings.resamples, seed, settings.alpha)
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
        name=f"{name}.{settings.test}", value=recorded(value), op=op, threshold=threshold,
        passed=passed, reason=f"{said}: {_in_words(found, metric, name)}",
    )  # fmt: skip


def _in_words(found: Difference, metric: str, name: str) -> str:
    gain = (
        f"{metric} differs from {_WHOSE.get(name, name)} by {found.mean:+.4f} "
        f"[{found.low:+.4f}, {found.high:+.4f}]"
    )
    if not found.differing:
        return f"{gain}: the two are alike on all {found.documents} documents"
    power = (
        f"the smallest difference that these goldens can detect is {found.detectable:.4f} "
        "(80 % power)"
    )
    return f"{gain} on {found.documents} documents, {found.differing} of which differ; {power}"
