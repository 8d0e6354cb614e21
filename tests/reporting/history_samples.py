"""A made-up history: promotions, an approval, a rollback, other goldens half-way."""

from goldsmith.reporting.history import HistoryData, VersionRow
from goldsmith.reporting.seats import ChangeRow, Measured

VERDICT = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


def measured(value: float) -> Measured:
    return Measured(metric="micro.f1", value=value, low=value - 0.031, high=value + 0.027)


def change(number: int, version: int, kind: str, value: float | None, data: str) -> ChangeRow:
    return ChangeRow(
        number=number,
        version=version,
        kind=kind,
        when=f"2025-0{1 + number}-17T09:3{number}:00+00:00",
        by="goldsmith" if kind in ("promoted", "adopted") else "Ada Lovelace",
        reason="better: micro.f1 differs from the champion's by +0.0213 [+0.0081, +0.0342] on 412 "
        "documents",
        verdict=VERDICT,
        measured=None if value is None else measured(value),
        data=data,
    )


SAMPLE = HistoryData(
    model="financial-entities",
    metric="micro.f1",
    changes=(
        change(1, 1, "adopted", None, "a"),
        change(2, 2, "promoted", 0.741, "a"),
        change(3, 4, "promoted", 0.763, "a"),
        change(4, 7, "approved", 0.802, "b"),
        change(5, 4, "rolled_back", 0.763, "a"),
        change(6, 9, "forced", 0.811, "b"),
    ),
    others=(
        VersionRow(
            version=10, when="2025-08-02T10:00:00+00:00", outcome="candidate",
            reason="better: `promotion: approval`: a person decides", measured=measured(0.82),
        ),
        VersionRow(
            version=8, when="2025-07-02T10:00:00+00:00", outcome="refused",
            reason="rejected by <b>Ben</b>: not before the audit", measured=measured(0.79),
        ),
        VersionRow(
            version=3, when="2025-03-02T10:00:00+00:00", outcome="kept",
            reason="not shown to be better", measured=None,
        ),
    ),
    left_out=1200,
)  # fmt: skip
