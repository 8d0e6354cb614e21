"""Student's t, for tests on few documents."""

import math
from functools import cache


def expanded(p_value: float, units: int) -> float:
    """A percentile bootstrap's one-sided p-value made honest for few units.

    The bootstrap takes the spread of n units for known and divides by n, not n - 1; what it calls
    z = Phi^-1(1 - p) is Student's t * sqrt(n / (n - 1)) (Hesterberg 2015, expanded percentile).
    With fewer than two units nothing can be shown: 1.
    """
    from scipy.special import ndtri, stdtr

    if units < 2:
        return 1.0
    z = -ndtri(min(max(p_value, 1e-12), 1 - 1e-12))
    return float(stdtr(units - 1, -z * math.sqrt((units - 1) / units)))


@cache
def expanded_level(alpha: float, units: int) -> float:
    """The bootstrap p-value at which `expanded` is alpha; 0 with fewer than two units."""
    from scipy.special import ndtr, stdtrit

    if units < 2:
        return 0.0
    return float(ndtr(stdtrit(units - 1, alpha) * math.sqrt(units / (units - 1))))
