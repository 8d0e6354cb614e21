"""What a report shows, as plain frozen values."""

from typing import Any

from pydantic import BaseModel, ConfigDict

PROPER_NAMES = {"bm25": "BM25"}  # of yardsticks


class _Row(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class LabelRow(_Row):
    """One class: figures of the chosen variant by kind, such as `f1`.

    `yardstick` is the first yardstick's figure of the report's `label_kind`; None: it has none.
    """

    label: str
    support: int
    figures: dict[str, float]
    yardstick: float | None = None


class SliceRow(_Row):
    """Overall figures of the primary metric's group on a named part of the records."""

    name: str
    records: int
    figures: dict[str, float]


class GainRow(_Row):
    """The model's primary metric less a yardstick's on the same records, by a paired bootstrap.

    `low` and `high` bound the 95 % interval; `better` is one-sided, at the level of
    `gates.champion`.
    """

    mean: float
    low: float
    high: float
    better: bool


class YardstickRow(_Row):
    """What the model is reported beside; `gain` is None where the two cannot be compared."""

    name: str
    metrics: dict[str, float]
    gain: GainRow | None = None

    @property
    def words(self) -> str:
        """The name as people write it."""
        return PROPER_NAMES.get(self.name, self.name.replace("_", " "))

    @property
    def heading(self) -> str:
        """The name above a column."""
        return self.words[:1].upper() + self.words[1:]

    @property
    def phrase(self) -> str:
        """The name in a sentence."""
        return self.words if self.name in PROPER_NAMES else f"the {self.words}"


class ConfusedRow(_Row):
    """A pair of labels that was taken for one another; `share` is of the gold label's."""

    gold: str
    predicted: str
    count: int
    share: float


class TableRow(_Row):
    """A table of the family's own."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str | int | float | None, ...], ...]
    note: str = ""


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
    """A record that was answered wrong, piece by piece: (text, gold label or "", predicted label or
    ""); `asked` is what was asked of it."""

    id: str
    words: tuple[tuple[str, str, str], ...]
    asked: str = ""


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
        yardsticks: what the model is reported beside, the most telling first.
        label_kind: of a label's figures the one that is looked at first.
        confusion: (gold, predicted) counts in the order of `confusion_labels`, of what `counted`
            says; empty where there are none, or too many labels for a picture.
        confused: the pairs that were taken for one another most often.
        tables: of the family's own.
        sample: an input line as the use case has them; empty where it shows none.
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
    yardsticks: tuple[YardstickRow, ...] = ()
    label_kind: str = ""
    labels: tuple[LabelRow, ...]
    slices: tuple[SliceRow, ...]
    gates: tuple[GateRow, ...]
    variants: tuple[VariantRow, ...]
    parity: tuple[ParityRow, ...]
    confusion_labels: tuple[str, ...]
    confusion: tuple[tuple[int, ...], ...]
    counted: str = "record"
    confused: tuple[ConfusedRow, ...] = ()
    tables: tuple[TableRow, ...] = ()
    errors: tuple[ErrorRow, ...]
    history: tuple[PointRow, ...]
    records: dict[str, int]
    trained_on: int
    checks: tuple[tuple[str, bool, str], ...]
    facts: tuple[tuple[str, str], ...]
    costs: tuple[CostRow, ...] = ()
    behaviour: tuple[CaseRow, ...] = ()
    detectable: float | None = None
    sample: dict[str, Any] = {}

    @property
    def yardstick(self) -> YardstickRow | None:
        """The one that is shown first."""
        return self.yardsticks[0] if self.yardsticks else None
