"""The champion's seat: the ledger says whose it is, and the alias follows.

Everybody who looks for the champion, to serve it or to challenge it, brings the alias up to the ledger:
so a promoter that died between the two leaves nothing behind, and neither does one that slept.
"""

import hashlib
import logging
from dataclasses import dataclass
from datetime import UTC, datetime

from goldsmith.errors import DataError, StoreError
from goldsmith.gates import Verdict
from goldsmith.registry import ledger, marks, store, versions
from goldsmith.registry.anchor import At, quietly
from goldsmith.registry.bundle import read_verdict
from goldsmith.registry.ledger import CHAMPION, Entry, Kind, Ledger
from goldsmith.registry.versions import Version

ROUNDS = 50  # of reading again: each is lost to somebody else's change, so more means a fault
MOVED_TAG = "champion.moved_by_hand"

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Seat:
    """The ledger at one moment, and the version at its head; None: none, or it was deleted."""

    book: Ledger
    champion: Version | None


def settle(model: str, must_be_there: bool = True, name: str = CHAMPION) -> Seat:
    """Read the ledger, and bring the alias up to it.

    With an empty ledger, an alias on a version that has a passing verdict becomes entry 1; on
    another version it is removed. With entries, the last one counts, and the alias is set to it.

    Args:
        model: the registered model's name.
        must_be_there: whether a champion whose version was deleted from the registry is an error.
        name: the alias that the ledger is of.

    Raises:
        StoreError: MLflow cannot be reached or fails, the ledger is gone for good, or the
            champion's version was deleted from the registry.
    """
    for _ in range(ROUNDS):
        book = ledger.read(model, name)
        stands = book.alias
        if book.head is None:
            if stands is None:
                return Seat(book, None)
            _adopt(book, stands)
            continue
        seated = versions.get(model, book.head.version)
        if seated is None:
            if must_be_there:
                raise _deleted(model, book)
            return Seat(book, None)
        if stands == seated.number:
            return Seat(book, seated)
        if not _repair(book, stands):
            return Seat(book, seated)
    raise StoreError(f"{model}: the alias {name!r} was moved {ROUNDS} times while it was read; run again")  # fmt: skip


def take(
    book: Ledger,
    version: Version,
    kind: Kind,
    by: str,
    reason: str,
    verdict: Verdict | None,
    at: At = quietly,
) -> Entry | None:
    """Make a version champion if nobody else became champion since the ledger was read.

    Args:
        book: the ledger that was judged against.
        version: who takes the seat.
        kind: how it came to be.
        by: who decided.
        reason: in words.
        verdict: what is stored as promotion.json; None: there is none, a person forced it.
        at: called at each step.

    Returns:
        The entry; None: somebody was faster, judge again.

    Raises:
        StoreError: MLflow cannot be reached or fails. Either nothing changed, or the version is
            champion and the next reader sets the alias.
    """
    text = marks.text(verdict) if verdict else b""
    entry = Entry(
        number=len(book.entries) + 1,
        version=version.number,
        kind=kind,
        by=by,
        reason=reason,
        verdict=hashlib.sha256(text).hexdigest() if text else "",
        file_sha256=marks.answering_sha256(verdict),
        previous=book.head.version if book.head else None,
        at=datetime.now(UTC).isoformat(timespec="seconds"),
    )
    if text:
        marks.keep(version, text, entry.file)
        marks.keep(version, text, marks.PROMOTION_FILE)
    at("stored")
    if not ledger.append(book, entry, at):
        return None
    at("written")
    client = store.client()
    with store.reaching():
        store.again(
            lambda: client.set_registered_model_alias(version.model, book.name, str(version.number))
        )
    at("aliased")
    settle(version.model, name=book.name)
    at("checked")
    return entry


def _repair(book: Ledger, stands: int | None) -> bool:
    """Set the alias to the ledger's head; False: the store does not let us."""
    head = book.head
    assert head is not None
    client = store.client()
    try:
        with store.reaching():
            store.again(
                lambda: client.set_registered_model_alias(book.model, book.name, str(head.version))
            )
            moved = stands is not None and stands != head.previous
            if moved and (version := versions.get(book.model, int(stands or 0))):
                marks.tag(version, {MOVED_TAG: f"alias {book.name} taken back: entry {head.number} of the ledger says version {head.version}"})  # fmt: skip
    except StoreError as error:
        log.warning("%s: the alias %r stands at %s, the %s is version %d, and it cannot be set: %s",
                    book.model, book.name, f"version {stands}" if stands else "none", book.title, head.version, error)  # fmt: skip
        return False
    where = f"stood at version {stands}" if stands else "was missing"
    remedy = f"; to make version {stands} {book.title}: goldsmith promote {_use_case(book.model)}@{stands} --by NAME --reason R --force"  # fmt: skip
    log.warning(
        "%s: the alias %r %s, the ledger says version %d (entry %d): set back, for a promotion was "
        "interrupted or the alias was moved by hand%s",
        book.model, book.name, where, head.version, head.number, remedy if stands else "",
    )  # fmt: skip
    return True


def _verdict_of(version: Version, name: str) -> Verdict | None:
    if name == CHAMPION:
        return read_verdict(versions.fetch_bundle(version))
    from goldsmith.registry.results import looked_at  # which registers, and so knows the seat

    return looked_at(version)[1]


def _adopt(book: Ledger, stands: int) -> None:
    """Take an alias from before the ledger into it, or take it away."""
    version = versions.get(book.model, stands)
    verdict = None
    if version is not None:
        try:
            verdict = _verdict_of(version, book.name)
        except (DataError, StoreError):
            # What was registered as passed is not thrown out because a store is away for a while.
            if version.tags.get("verdict") == "passed":
                raise
    if version is not None and verdict is not None and verdict.passed:
        reason = f"the alias {book.name!r} stood at it before there was a ledger"
        take(book, version, "adopted", "goldsmith", reason, verdict)
        return
    client = store.client()
    with store.reaching():
        client.delete_registered_model_alias(book.model, book.name)
        if version is not None:
            marks.tag(version, {MOVED_TAG: f"alias {book.name} removed: no passing verdict"})
    log.warning(
        "%s: the alias %r stood at version %d, which has no passing verdict, and the ledger is empty: "
        "removed; to make it %s all the same: goldsmith promote %s@%d --by NAME --reason R --force",
        book.model, book.name, stands, book.title, _use_case(book.model), stands,
    )  # fmt: skip


def _deleted(model: str, book: Ledger) -> StoreError:
    assert book.head is not None
    return StoreError(
        f"{model}: its {book.title}, version {book.head.version} (entry {book.head.number} of the ledger), "
        f"was deleted from the registry; go back to the one before: goldsmith rollback "
        f"{_use_case(model)} --reason R, or name another: goldsmith promote "
        f"{_use_case(model)}@VERSION --by NAME --reason R"
    )


def _use_case(model: str) -> str:
    return model.partition(".")[0]
