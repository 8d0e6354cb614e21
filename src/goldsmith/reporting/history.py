"""The champions of a model over time as one HTML page: self-contained, offline, light or dark."""

from goldsmith.reporting.report import environment
from goldsmith.reporting.seats import KINDS, ChangeRow, Measured, Row, seats_picture

TEMPLATE = "history.html.j2"
WAITING = ("candidate", "rolled_back")  # outcomes after which a person decides
TONES = {
    "promoted": "passed", "champion": "passed", "approved": "approved", "forced": "failed",
    "rolled_back": "thin", "candidate": "thin", "refused": "failed",
}  # fmt: skip


class VersionRow(Row):
    """A version that never was champion: what became of it, and why."""

    version: int
    when: str
    outcome: str
    reason: str
    measured: Measured | None


class HistoryData(Row):
    """Everything the page shows.

    Attributes:
        model: registered model's name.
        metric: name of the primary metric.
        changes: the ledger, oldest first.
        others: versions that never were champion, newest first; `left_out` more are not shown.
    """

    model: str
    metric: str
    changes: tuple[ChangeRow, ...]
    others: tuple[VersionRow, ...]
    left_out: int = 0


def render(data: HistoryData) -> str:
    """The whole page; the same data give the same text."""
    from markupsafe import Markup

    head = data.changes[-1] if data.changes else None
    return environment().get_template(TEMPLATE).render(
        data=data,
        head=head,
        waiting=[one for one in data.others if one.outcome in WAITING][:3],
        changes=list(reversed(data.changes)),
        kinds=KINDS,
        tones=TONES,
        picture=Markup(seats_picture(data.changes, data.metric)),
    )  # fmt: skip
