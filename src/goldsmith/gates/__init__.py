"""Gates: figures against thresholds, with a reason in words for each. Pure: reads and writes
nothing.

The order in which a verdict lists them: bounds of figures (overall, by label, by slice, cost),
behaviour, parity, size and latency; in a promotion the comparison with the champion last.
"""

from goldsmith.gates.absolute import metric_gates, running_gates, variant_gates
from goldsmith.gates.behaviour import CaseResult, behaviour_gates, examine
from goldsmith.gates.cases import accept_case
from goldsmith.gates.champion import champion_gate
from goldsmith.gates.costs import COST, cost_metrics, cost_of, unknown_costs
from goldsmith.gates.figures import (
    Figures,
    Part,
    measured,
    metric_bounds,
    metric_names,
    slices_of,
)
from goldsmith.gates.judging import judge
from goldsmith.gates.verdict import (
    SCHEMA,
    Comparison,
    Gate,
    VariantHash,
    Verdict,
    as_json,
    from_json,
    holds,
)

__all__ = [
    "COST",
    "SCHEMA",
    "CaseResult",
    "Comparison",
    "Figures",
    "Gate",
    "Part",
    "VariantHash",
    "Verdict",
    "accept_case",
    "as_json",
    "behaviour_gates",
    "champion_gate",
    "cost_metrics",
    "cost_of",
    "examine",
    "from_json",
    "holds",
    "judge",
    "measured",
    "metric_bounds",
    "metric_gates",
    "metric_names",
    "running_gates",
    "slices_of",
    "unknown_costs",
    "variant_gates",
]
