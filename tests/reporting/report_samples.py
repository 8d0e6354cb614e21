"""Values that the tests of the reporting module share."""

from typing import Any

from goldsmith.reporting.data import (
    ErrorRow,
    GateRow,
    LabelRow,
    ParityRow,
    PointRow,
    ReportData,
    SliceRow,
    VariantRow,
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


def build(**other: Any) -> ReportData:
    return ReportData(**{**SAMPLE, **other})


SAMPLE: dict[str, Any] = {
    "use_case": "financial_entity_tagging", "profile": "demo", "title": "Financial entities",
    "model_name": "financial-entity-tagging.demo", "passed": True, "chosen": "fp32",
    "estimate": "test", "primary": "micro.f1", "value": 0.9123, "interval": (0.8912, 0.9314),
    "metrics": {"micro.f1": 0.9123, "macro.f1": 0.8444, f"label:{RATE}.f1": 0.9},
    "baseline": {"micro.f1": 0.6321},
    "labels": (
        LabelRow(label=RATE, precision=0.951, recall=0.962, f1=0.956, support=1312,
                 baseline_f1=0.713),
        LabelRow(label=AMOUNT, precision=0.8, recall=0.7, f1=0.747, support=7,
                 baseline_f1=None),
    ),
    "slices": (SliceRow(name="41+ words", records=33, precision=0.9, recall=0.8, f1=0.847),),
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
