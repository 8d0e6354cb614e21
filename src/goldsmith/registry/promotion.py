"""Promotion: a passing challenger becomes champion if there is none, or if it is better on the
same records; or because a person says so."""

from collections.abc import Callable
from dataclasses import replace

from goldsmith.errors import GoldsmithError, StoreError
from goldsmith.gates import Comparison, Verdict
from goldsmith.registry import marks, seat
from goldsmith.registry.anchor import At, quietly
from goldsmith.registry.deciding import (
    AGAINST_TAG,
    MOVED,
    NUMBER_TAG,
    OUTCOME_TAG,
    REASON_TAG,
    Judge,
    Outcome,
    Promotion,
    already,
    mark,
    named,
    seen,
    tags_of,
)
from goldsmith.registry.ledger import CHAMPION, Entry
from goldsmith.registry.rollback import rollback
from goldsmith.registry.seat import ROUNDS, Seat
from goldsmith.registry.versions import Version

__all__ = ["AGAINST_TAG", "MOVED", "NUMBER_TAG", "OUTCOME_TAG", "REASON_TAG", "Judge", "Promotion",
           "approve", "promote", "rollback"]  # fmt: skip


def promote(
    version: Version,
    verdict: Verdict,
    compare: Judge,
    *,
    adhoc: bool = False,
    approval: bool = False,
    by: str = "goldsmith",
    name: str = CHAMPION,
    at: At = quietly,
) -> Promotion:
    """Decide on a registered version, and make it champion if it earned it.

    Args:
        version: the challenger.
        verdict: of the absolute gates.
        compare: how it is held against the champion.
        adhoc: whether its data were not the profile's own; such a version is never champion.
        approval: whether a person decides once it has earned it.
        by: who is written into the ledger.
        name: the alias to earn.
        at: called at each step: read, judged, stored, written, aliased, checked.

    Raises:
        StoreError: MLflow cannot be reached or fails; the champion is as it was, or as the ledger
            says and the next reader sets the alias.
    """

    def decide(now: Seat) -> Promotion:
        settled = _unjudged(version, verdict, adhoc, now)
        if settled:
            return settled
        found = compare(now.champion) if now.champion else _first()
        reason = found.reason
        outcome: Outcome = "candidate" if found.better is None else "kept"
        if found.better:
            outcome = "promoted"
        if outcome == "promoted" and approval:
            outcome, reason = "candidate", f"{reason}; `promotion: approval`: a person decides"
        return Promotion(outcome, reason, _seated(now), found.gates)

    return _until_decided(version, verdict, decide, by, at, name=name)


def approve(
    version: Version,
    verdict: Verdict | None,
    compare: Judge,
    *,
    by: str,
    reason: str,
    force: bool = False,
    objection: str = "",
    name: str = CHAMPION,
    at: At = quietly,
) -> Promotion:
    """Make a version champion because a person says so, after judging it against the ledger's head.

    Where the two cannot be compared the person's word is enough. A version that did not pass, that
    lost, or whose data were not the profile's own is refused unless forced.

    Args:
        version: who shall be champion.
        verdict: its bundle's; None: it has none that can be read.
        compare: how it is held against the champion.
        by: who decides.
        reason: in words.
        force: also where that is refused.
        objection: why its bundle must not answer, in words; empty: it may.
        name: the alias that it shall have.
        at: called at each step.

    Raises:
        UserError: nobody is named, or no reason is given.
        StoreError: as in `promote`.
    """
    named(by, reason)

    def decide(now: Seat) -> Promotion:
        if now.champion and now.champion.number == version.number:
            return already(version, name)
        absolute = objection or _objection(version, verdict)
        if absolute and not force:
            return Promotion("refused", absolute, _seated(now))
        found = _judged(compare, now, force)
        against = absolute or (found.reason if found.better is False else "")
        if against and not force:
            return Promotion("refused", against, _seated(now), found.gates)
        said = f"{reason} (although: {against})" if against else reason
        if not against and found.better is None:
            said = f"{reason} (not compared: {found.reason})"
        return Promotion("forced" if against else "approved", said, _seated(now), found.gates)

    return _until_decided(version, verdict, decide, by, at, must_be_there=False, name=name)


def _until_decided(
    version: Version,
    verdict: Verdict | None,
    decide: Callable[[Seat], Promotion],
    by: str,
    at: At,
    must_be_there: bool = True,
    name: str = CHAMPION,
) -> Promotion:
    """Decide against the ledger's head; where somebody else was faster, against the new one."""
    for _ in range(ROUNDS):
        now = seat.settle(version.model, must_be_there, name)
        at("read")
        now.book.refuse_removed(version.number)
        decided = decide(now)
        at("judged")
        against = _seated(now)
        if decided.outcome == "champion":
            _mend(version, now)
            return decided
        entry: Entry | None = None
        if decided.outcome in ("promoted", "approved", "forced"):
            shown = seen(verdict, decided, against) if verdict else None
            entry = seat.take(now.book, version, decided.outcome, by, decided.reason, shown, at)
            if entry is None:
                continue
            decided = replace(decided, champion=version.number)
        elif _said_before(version, decided, against):
            return decided
        else:
            if verdict:
                marks.put_down(version, seen(verdict, decided, against))
            at("stored")
            if decided.outcome == "candidate":
                marks.make_candidate(version)
        mark(version, decided, against, entry)
        return decided
    raise StoreError(
        f"{version.model}: another version became champion {ROUNDS} times while version "
        f"{version.number} was judged; nothing was changed for it: run again"
    )


def _unjudged(version: Version, verdict: Verdict, adhoc: bool, now: Seat) -> Promotion | None:
    """What needs no look at the champion's answers."""
    seated = _seated(now)
    if now.champion and now.champion.number == version.number:
        return already(version, now.book.name)
    if not verdict.passed:
        return Promotion("refused", _why_refused(verdict), seated)
    if adhoc:
        reason = "data other than the profile's own (source=adhoc): the alias stays where it is"
        return Promotion("adhoc", reason, seated)
    back = now.book.rolled_back(version.number, marks.answering_sha256(verdict))
    if back:
        reason = f"its file was rolled back by {back.by} (entry {back.number} of the ledger): {back.reason}"  # fmt: skip
        return Promotion("rolled_back", reason, seated)
    if version.tags.get(OUTCOME_TAG) == "kept" and version.tags.get(AGAINST_TAG) == str(seated):
        return Promotion("kept", version.tags.get(REASON_TAG, ""), seated)
    return None


def _first() -> Comparison:
    return Comparison(better=True, reason="the first version that passes every gate")


def _judged(compare: Judge, now: Seat, force: bool) -> Comparison:
    """The comparison; with force also where it fails, for the record."""
    if now.champion is None:
        if now.book.head is None:
            return _first()
        gone = f"version {now.book.head.version}, {now.book.title} before, was deleted from the registry"
        return Comparison(better=None, reason=gone)
    try:
        return compare(now.champion)
    except GoldsmithError as error:
        if not force:
            raise
        return Comparison(better=None, reason=f"could not be compared: {error}")


def _objection(version: Version, verdict: Verdict | None) -> str:
    """What speaks against a person's wish before any comparison, in words; empty: nothing."""
    if verdict is None or not verdict.passed:
        return f"it has no passing verdict: {_why_refused(verdict) if verdict else 'none at all'}"
    if version.tags.get("source") == "adhoc":
        return "its data were not the profile's own (source=adhoc)"
    return ""


def _why_refused(verdict: Verdict) -> str:
    return verdict.failed[0].reason if verdict.failed else "no variant passed its gates"


def _seated(now: Seat) -> int | None:
    return now.book.head.version if now.book.head else None


def _said_before(version: Version, decided: Promotion, against: int | None) -> bool:
    return all(version.tags.get(name) == value for name, value in tags_of(decided, against).items())


def _mend(version: Version, now: Seat) -> None:
    """Set the tags that a promoter who died between alias and tags did not."""
    head = now.book.head
    if head is None or version.tags.get(NUMBER_TAG) == str(head.number):
        return
    outcome: Outcome = "restored" if head.kind == "rolled_back" else head.kind
    mark(version, Promotion(outcome, head.reason, version.number), head.previous, head)
