"""Values that the tests of the reporting module share."""

from typing import Any

from goldsmith.reporting.data import (
    ConfusedRow,
    ErrorRow,
    GainRow,
    GateRow,
    LabelRow,
    ParityRow,
    PointRow,
    ReportData,
    SliceRow,
    TableRow,
    VariantRow,
    YardstickRow,
)  # fmt: skip

RATE, AMOUNT = "DebtInstrumentInterestRateStatedPercentage", "DebtInstrumentFaceAmount"


def gate(name: str, passed: bool | None, reason: str, **other: Any) -> GateRow:
    values = {"slice": "", "variant": "fp32", "value": 0.8765, "op": ">=", "threshold": 0.7654}
    return GateRow(name=name, passed=passed, reason=reason, **{**values, **other})


def variant(name: str, **other: Any) -> VariantRow:
    values = {
        "chosen": False, "kept": True, "size_mb": 90.4, "p50_ms": {"1": 5.123, "32": 120.3},
        "p95_ms": {"1": 6.3, "32": 141.2}, "metric": 0.912, "loss": 0.0, "agreement": 0.99999,
        "logit_difference": 0.0002,
    }  # fmt: skip
    return VariantRow(name=name, **{**values, **other})


def yardstick(
    name: str, metrics: dict[str, float], mean: float, near: float = 0.02
) -> YardstickRow:
    gain = GainRow(mean=mean, low=mean - near, high=mean + near, better=mean > near)
    return YardstickRow(name=name, metrics=metrics, gain=gain)


def build(**other: Any) -> ReportData:
    return ReportData(**{**SAMPLE, **other})


def routing(**other: Any) -> ReportData:
    """Text classification with many labels, no better than its probe."""
    mail = "Hello,\nmy card is gone. " + "Please help me. " * 60 + "Anna"
    values: dict[str, Any] = {
        "use_case": "mail", "title": "Mail routing", "primary": "accuracy", "value": 0.905,
        "metrics": {"accuracy": 0.905, "coverage": 0.8, "accepted.accuracy": 0.95, "macro.f1": 0.88},
        "yardsticks": (yardstick("probe", {"accuracy": 0.9, "macro.f1": 0.87}, 0.005),),
        "labels": tuple(
            LabelRow(label=f"team {n}", figures={"precision": 0.8, "recall": 0.7, "f1": n / 30},
                     support=12, yardstick=0.5)
            for n in range(30)
        ),
        "slices": (SliceRow(name="all", records=360, figures={"accuracy": 0.9, "coverage": 0.8}),),
        "gates": (gate("accuracy", True, "fine"),), "counted": "record",
        "confusion_labels": (), "confusion": (),
        "confused": (ConfusedRow(gold="team 0", predicted="team 1", count=9, share=0.75),),
        "errors": (ErrorRow(id="m-1", words=((mail, "cards", "accounts"),)),),
        "tables": (
            TableRow(title="Sent to a person", columns=("threshold", "records", "coverage"),
                     rows=((0.5, 1200, 0.91), (0.9, 800, 0.6))),
        ),
    }  # fmt: skip
    return build(**{**values, **other})


def reading(**other: Any) -> ReportData:
    """Question answering: no labels, no confusion."""
    words = (
        ("An employee who leaves gives notice. " * 20, "", ""), ("within 30 days", "answer", ""),
        ("of the day on which", "", ""), ("the form", "", "answer"), ("was handed in.", "", ""),
    )  # fmt: skip
    values: dict[str, Any] = {
        "use_case": "policies", "title": "Policy questions", "primary": "f1", "value": 0.7,
        "metrics": {"f1": 0.7, "em": 0.5, "answered.f1": 0.68, "unanswered.accuracy": 0.81},
        "yardsticks": (yardstick("whole_context", {"f1": 0.263, "em": 0.0}, 0.437),),
        "labels": (), "confusion_labels": (), "confusion": (), "label_kind": "",
        "slices": (SliceRow(name="all", records=90, figures={"f1": 0.7, "em": 0.5}),),
        "gates": (gate("f1", True, "fine"),), "counted": "record",
        "errors": (ErrorRow(id="q-1", asked="How long is the notice?", words=words),),
        "tables": (
            TableRow(title="No-answer threshold", columns=("threshold", "f1"),
                     rows=(("-1.5", 0.613), ("0.0", None)), note="Chosen on validation."),
        ),
        "sample": {"question": "How long?", "context": "It's 30 days."},
    }  # fmt: skip
    return build(**{**values, **other})


SAMPLE: dict[str, Any] = {
    "use_case": "financial_entity_tagging", "profile": "demo", "title": "Financial entities",
    "model_name": "financial-entity-tagging.demo", "passed": True, "chosen": "fp32",
    "estimate": "test", "primary": "micro.f1", "value": 0.9123, "interval": (0.8912, 0.9314),
    "metrics": {"micro.f1": 0.9123, "macro.f1": 0.8444, f"label:{RATE}.f1": 0.9},
    "yardsticks": (yardstick("patterns", {"micro.f1": 0.6321, f"label:{RATE}.f1": 0.713}, 0.28),),
    "label_kind": "f1", "counted": "word",
    "labels": (
        LabelRow(label=RATE, figures={"precision": 0.951, "recall": 0.962, "f1": 0.956},
                 support=1312, yardstick=0.713),
        LabelRow(label=AMOUNT, figures={"precision": 0.8, "recall": 0.7, "f1": 0.747}, support=7),
    ),
    "slices": (SliceRow(name="41+ words", records=33, figures={"micro.recall": 0.8,
                                                               "micro.f1": 0.847}),),
    "gates": (
        gate("micro.f1", True, "micro.f1 is fine"),
        gate("parity.agreement", False, "agreement is below", variant="int8"),
        gate(f"label:{AMOUNT}.f1", None, "not enough evidence: 7 test mentions", slice=AMOUNT),
        gate("size_mb", True, "small enough", op="<=", value=None),
    ),
    "variants": (
        variant("fp32", chosen=True),
        variant("int8", kept=False, size_mb=23.1, agreement=0.9641, logit_difference=1.83),
    ),
    "parity": (
        ParityRow(variant="int8", words="21-40", batch=32, records=64, agreement=0.9512,
                  logit_difference=1.7),
    ),
    "confusion_labels": (RATE, AMOUNT, "O"),
    "confusion": ((30, 2, 1), (0, 5, 2), (4, 0, 4821)),
    "errors": (
        ErrorRow(id="r-1", words=(("at", "", ""), ("4.5", RATE, ""), ("%", RATE, ""),
                                  ("of", "", AMOUNT), ("70", AMOUNT, RATE), ("8", RATE, RATE))),
    ),
    "history": tuple(
        PointRow(phase=phase, step=step, epoch=step / 10, loss=1 / step)
        for phase in ("auxiliary", "kept") for step in (10, 20, 30)
    ),
    "records": {"train": 820, "test": 120}, "trained_on": 641,
    "checks": (("ids are unique", True, "940 rows"), ("tags are BIO", False, "row 3")),
    "facts": (("Seed", "7"),),
}  # fmt: skip
