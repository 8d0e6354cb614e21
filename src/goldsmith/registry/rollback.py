"""Rollback: an earlier champion is champion again; one more entry in the ledger."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from goldsmith.errors import DataError
from goldsmith.gates import Verdict
from goldsmith.registry import bundle, seat, versions
from goldsmith.registry.anchor import At, quietly
from goldsmith.registry.deciding import NUMBER_TAG, Promotion, already, mark, named, seen
from goldsmith.registry.ledger import CHAMPION, Entry, Ledger
from goldsmith.registry.seat import Seat
from goldsmith.registry.versions import Version

Look = Callable[[Version], tuple[str, Verdict | None]]  # what speaks against a version, its verdict


class Target(NamedTuple):
    """Whom to go back to.

    Attributes:
        version: None: nobody.
        verdict: its bundle's, if that can be read.
        remark: what is to be said of it, or why there is nobody.
        forced: whether it must not answer and a person wants it all the same.
    """

    version: Version | None
    verdict: Verdict | None
    remark: str
    forced: bool = False


def rollback(
    model: str,
    to: int | None,
    *,
    by: str,
    reason: str,
    force: bool = False,
    name: str = CHAMPION,
    look: Look | None = None,
    at: At = quietly,
) -> Promotion:
    """Make an earlier champion, or a named version, champion again.

    Args:
        model: the registered model's name.
        to: the version; None: the champion before the one that is champion now, leaving out those
            that were rolled back themselves.
        by: who decides.
        reason: in words.
        force: also a version whose bundle does not answer with a passing verdict.
        name: the alias that goes back.
        look: what speaks against a version; `looked_at` if None.
        at: called at each step.

    Returns:
        restored; champion: it is already; or refused, where there is nothing to go back to, the
        version may not answer, or somebody else changed the champion meanwhile.

    Raises:
        UserError: nobody is named, no reason is given, or there is no such version.
        StoreError: MLflow cannot be reached or fails; the champion is as it was, or as the ledger
            says and the next reader sets the alias.
    """
    named(by, reason)
    if to is not None:
        versions.find(model, str(to))
    now = seat.settle(model, False, name)
    at("read")
    if to is not None:
        now.book.refuse_removed(to)
    head = now.book.head
    if head is None:
        return Promotion("refused", f"{model} has no {now.book.title}: nothing to roll back", None)
    if now.champion and _unfinished(now.champion, head, to, by, reason):
        return _finish(now.champion, head)
    if now.champion and now.champion.number == to:
        return already(now.champion, name)
    target = _target(now, to, force, look or looked_at)
    at("judged")
    if target.version is None:
        return Promotion("refused", target.remark, head.version)
    said = f"{reason} ({target.remark})" if target.remark else reason
    decided = Promotion("restored", said, target.version.number)
    shown = seen(target.verdict, decided, head.version) if target.verdict else None
    if shown and target.forced:
        shown = shown.model_copy(update={"passed": False})
    entry = seat.take(now.book, target.version, "rolled_back", by, said, shown, at)
    if entry is None:
        return _overtaken(now.book)
    mark(target.version, decided, head.version, entry)
    return decided


def _unfinished(champion: Version, head: Entry, to: int | None, by: str, reason: str) -> bool:
    """Whether this very rollback was interrupted behind its entry: again would go back once more."""
    said = head.reason == reason or head.reason.startswith(f"{reason} (")
    same = head.kind == "rolled_back" and head.by == by and said
    return same and to in (None, head.version) and champion.tags.get(NUMBER_TAG) != str(head.number)


def _finish(champion: Version, head: Entry) -> Promotion:
    decided = Promotion("restored", head.reason, champion.number)
    mark(champion, decided, head.previous, head)
    return decided


def _target(now: Seat, to: int | None, force: bool, look: Look) -> Target:
    """Whom to go back to; or why there is nobody."""
    model, head = now.book.model, now.book.head
    assert head is not None
    passed_over: list[str] = []
    for number in [to] if to is not None else earlier(now.book):
        version = versions.get(model, number)
        if version is None:
            passed_over.append(f"version {number} was deleted from the registry")
            continue
        objection, verdict = look(version)
        if objection and force:
            return Target(version, verdict, f"although: {objection}", forced=True)
        if not objection:
            return Target(version, verdict, _passed_over(passed_over))
        passed_over.append(f"version {number}: {objection}")
    if to is not None:
        return Target(
            None, None, f"{passed_over[0]}; --force makes it {now.book.title} all the same"
        )
    why = f": {_passed_over(passed_over)}" if passed_over else ""
    return Target(
        None, None, f"before version {head.version} there is no {now.book.title} to go back to{why}; name "
        "a version by --to",
    )  # fmt: skip


def _passed_over(found: list[str]) -> str:
    """Nearer champions that could not answer, in words; empty if there were none."""
    return "; ".join(found[:3])


def earlier(book: Ledger) -> Iterator[int]:
    """Champions before the one of now, latest first, each once; not those that were rolled back, nor
    those that were removed."""
    met = ({book.head.version} if book.head else set()) | book.removed
    for entry in reversed(book.entries):
        if entry.version not in met and not book.rolled_back(entry.version):
            yield entry.version
        met.add(entry.version)


def looked_at(version: Version) -> tuple[str, Verdict | None]:
    """Why a version's bundle must not answer, in words (empty: it may), and its verdict if any.

    Raises:
        StoreError: MLflow cannot be reached or fails: then nobody knows.
    """
    try:
        folder = versions.fetch_bundle(version)
        objection = bundle.objection(folder, version.tags)
        return objection, bundle.read_verdict(folder)
    except DataError as error:
        return str(error), None


def _overtaken(book: Ledger) -> Promotion:
    head = seat.settle(book.model, False, book.name).book.head
    assert head is not None
    reason = (
        f"version {head.version} became {book.title} meanwhile (entry {head.number} of the ledger, "
        f"{head.kind} by {head.by}): nothing was changed; roll back again if it is the wrong one"
    )
    return Promotion("refused", reason, head.version)
