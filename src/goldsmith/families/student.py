"""Student's t, for tests on few documents: numpy alone, no scipy."""

import math
from functools import cache
from statistics import NormalDist

import numpy as np

_NORMAL = NormalDist()
_POINTS = 1001


def upper_tail(t: float, freedom: float) -> float:
    """P(T > t) of Student's t with `freedom` degrees of freedom, to about 1e-6."""
    x = np.linspace(0.0, abs(t), _POINTS)
    log_scale = math.lgamma((freedom + 1) / 2) - math.lgamma(freedom / 2)
    scale = math.exp(log_scale) / math.sqrt(freedom * math.pi)
    density = scale * (1 + x * x / freedom) ** (-(freedom + 1) / 2)
    inner = float(np.trapezoid(density, x))
    return 0.5 - inner if t >= 0 else 0.5 + inner


def expanded(p_value: float, units: int) -> float:
    """A percentile bootstrap's one-sided p-value made honest for few units.

    The bootstrap takes the spread of n units for known and divides by n, not n - 1; what it calls
    z = Phi^-1(1 - p) is Student's t * sqrt(n / (n - 1)) (Hesterberg 2015, expanded percentile).
    With fewer than two units nothing can be shown: 1.
    """
    if units < 2:
        return 1.0
    z = _NORMAL.inv_cdf(1 - min(max(p_value, 1e-12), 1 - 1e-12))
    return upper_tail(z * math.sqrt((units - 1) / units), units - 1)


@cache
def expanded_level(alpha: float, units: int) -> float:
    """The bootstrap p-value at which `expanded` is alpha; 0 with fewer than two units."""
    if units < 2:
        return 0.0
    low, high = 0.0, 40.0  # of z; `expanded` falls as z rises
    for _ in range(50):
        z = (low + high) / 2
        wide = upper_tail(z * math.sqrt((units - 1) / units), units - 1) > alpha
        low, high = (z, high) if wide else (low, z)
    return 1 - _NORMAL.cdf(low)
