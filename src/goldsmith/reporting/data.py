"""What a report shows, as plain frozen values."""

from pydantic import BaseModel, ConfigDict


class _Row(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class LabelRow(_Row):
    """One class: figures of the chosen variant and of the baseline beside it (None: no
    baseline)."""

    label: str
    precision: float
    recall: float
    f1: float
    support: int
    baseline_f1: float | None


class SliceRow(_Row):
    """The same figures on a named part of the records."""

    name: str
    records: int
    precision: float
    recall: float
    f1: float


class GateRow(_Row):
    """One gate; `passed` is None where there was too little evidence to judge."""

    name: str
    slice: str
    variant: str
    value: float | None
    op: str
    threshold: float
    passed: bool | None
    reason: str


class VariantRow(_Row):
    """One exported file: size in 10^6 bytes, latency in milliseconds by batch size ("1", "32")."""

    name: str
    chosen: bool
    kept: bool
    size_mb: float
    p50_ms: dict[str, float]
    p95_ms: dict[str, float]
    metric: float
    loss: float
    agreement: float
    logit_difference: float


class ParityRow(_Row):
    """Agreement of a variant with the trained model, on records of one length, at one batch
    size."""

    variant: str
    words: str
    batch: int
    records: int
    agreement: float
    logit_difference: float


class ErrorRow(_Row):
    """A record that was not tagged right: (word, gold label or "", predicted label or "")."""

    id: str
    words: tuple[tuple[str, str, str], ...]


class PointRow(_Row):
    """One point of the training curve."""

    phase: str
    step: int
    epoch: float
    loss: float


class CostRow(_Row):
    """What the mistakes about one label cost: how many, and what one of them costs."""

    label: str
    misses: int
    false_alarms: int
    miss: float
    false_alarm: float

    @property
    def total(self) -> float:
        """Of all of them, in the unit of `gates.costs`."""
        return self.misses * self.miss + self.false_alarms * self.false_alarm


class CaseRow(_Row):
    """A behavioural case: what was asked, whether it held, and what was found."""

    name: str
    kind: str
    passed: bool
    reason: str
    input: str


class ReportData(_Row):
    """Everything one report shows.

    Attributes:
        use_case, profile, title, model_name: what was trained, and its name in the registry.
        passed, chosen, estimate: the verdict, the variant that answers, `test` or `folds`.
        primary: name of the primary metric, with its value and 95 % bootstrap interval.
        metrics: all overall figures of the chosen variant on the held-out records.
        baseline: the same of the baseline; empty where there is none.
        confusion: (gold, predicted) word counts in the order of `confusion_labels`.
        records: records by split or fold; `trained_on` how many training used.
        checks: (check, passed, what was seen) of both validations.
        facts: further (name, value) pairs for the data and training section.
        costs: what mistakes cost by label; empty without `gates.costs`.
        behaviour: the behavioural cases.
        detectable: smallest gain of the primary metric that these held-out documents would show
            in another version like this one; None: not estimated.
    """

    use_case: str
    profile: str
    title: str
    model_name: str
    passed: bool
    chosen: str
    estimate: str
    primary: str
    value: float
    interval: tuple[float, float]
    metrics: dict[str, float]
    baseline: dict[str, float]
    labels: tuple[LabelRow, ...]
    slices: tuple[SliceRow, ...]
    gates: tuple[GateRow, ...]
    variants: tuple[VariantRow, ...]
    parity: tuple[ParityRow, ...]
    confusion_labels: tuple[str, ...]
    confusion: tuple[tuple[int, ...], ...]
    errors: tuple[ErrorRow, ...]
    history: tuple[PointRow, ...]
    records: dict[str, int]
    trained_on: int
    checks: tuple[tuple[str, bool, str], ...]
    facts: tuple[tuple[str, str], ...]
    costs: tuple[CostRow, ...] = ()
    behaviour: tuple[CaseRow, ...] = ()
    detectable: float | None = None
