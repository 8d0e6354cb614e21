"""What promotion, approval and rollback have in common: the answer, and what is left of it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, get_args

from goldsmith.errors import UserError
from goldsmith.gates import Comparison, Gate, Verdict
from goldsmith.registry import marks
from goldsmith.registry.ledger import CHAMPION, Entry
from goldsmith.registry.versions import Version

OUTCOME_TAG, AGAINST_TAG, REASON_TAG = "promotion", "promotion.against", "promotion.reason"
NUMBER_TAG = "champion.number"
Moved = Literal["promoted", "approved", "forced", "restored"]
Outcome = (
    Moved | Literal["adopted", "champion", "kept", "candidate", "rolled_back", "adhoc", "refused"]
)
MOVED: tuple[Moved, ...] = get_args(Moved)  # outcomes that change the champion
LONGEST = 4000  # characters of a tag: MLflow takes 5,000

Judge = Callable[[Version], Comparison]  # against the version that is champion now


@dataclass(frozen=True)
class Promotion:
    """What became of a version, and why, in words.

    Attributes:
        outcome: promoted, approved, forced or restored (by a rollback): it is champion now;
            adopted: so by an alias moved by hand; champion: it was already; kept: the champion stays; candidate: a person decides;
            rolled_back: it was taken from its place before, a person decides; adhoc; refused.
        reason: in words.
        champion: number of the version that is champion after it; None: none is.
        gates: of the comparison with the champion before.
    """

    outcome: Outcome
    reason: str
    champion: int | None
    gates: tuple[Gate, ...] = ()


def seen(verdict: Verdict, decided: Promotion, against: int | None) -> Verdict:
    """The promotion.json of a decision: the verdict with the comparison behind it."""
    return verdict.model_copy(
        update={
            "champion_seen": str(against) if against else None,
            "gates": (*verdict.gates, *decided.gates),
            "passed": verdict.passed and decided.outcome in MOVED and decided.outcome != "forced",
        }
    )


def mark(
    version: Version, decided: Promotion, against: int | None, entry: Entry | None = None
) -> None:
    """Leave a decision in the version's tags; the last step, so that it says that all was done.

    Raises:
        StoreError: MLflow cannot be reached or fails.
    """
    tags = tags_of(decided, against)
    if entry is not None:
        marks.no_candidate(version)
        tags[NUMBER_TAG] = str(entry.number)
    marks.tag(version, tags)


def tags_of(decided: Promotion, against: int | None) -> dict[str, str]:
    """A decision as tags."""
    return {
        OUTCOME_TAG: decided.outcome,
        REASON_TAG: decided.reason[:LONGEST],
        AGAINST_TAG: str(against or 0),
    }


def already(version: Version, name: str = CHAMPION) -> Promotion:
    """The answer about a version that is champion, or has another alias that a ledger is of."""
    seat = "the champion" if name == CHAMPION else name
    return Promotion("champion", f"version {version.number} is {seat} already", version.number)


def named(by: str, reason: str) -> None:
    """Refuse a person's decision without a name or a reason.

    Raises:
        UserError: one of them is missing.
    """
    if not by.strip() or not reason.strip():
        raise UserError("a decision needs a name and a reason, which the ledger keeps: --by NAME --reason R")  # fmt: skip
