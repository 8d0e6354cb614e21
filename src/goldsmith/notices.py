"""Notices: one short text about a model to where GOLDSMITH_NOTIFY says; a webhook's side of it.

A webhook's address often is its only secret, so no text here holds it, an error's neither. That a
notice cannot be sent is a warning in words and never an error: a run must not fail over it.
"""

import contextvars
import json
import queue
import threading
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from http.client import HTTPException
from urllib.error import HTTPError, URLError
from urllib.request import HTTPRedirectHandler, Request, build_opener

SECONDS = 10.0  # of one try, name lookup included
TRIES = 2
LONGEST = 500  # characters of a reason: a notice is read on a phone
WEB = ("http://", "https://")


@dataclass(frozen=True)
class Notice:
    """What happened to a model, for a person to read and a program to sort.

    Attributes:
        text: all of it in words, and where to look.
        use_case, model, version: whose; version None: a run that came to none.
        outcome: promoted, approved, forced, restored, candidate, rolled_back, refused, failed, skipped
            or quarantined.
        reason: why, in words.
    """

    text: str
    use_case: str
    model: str
    version: int | None
    outcome: str
    reason: str


WORDS = {
    "promoted": "is champion now",
    "approved": "is champion now",
    "forced": "is champion now, by force",
    "candidate": "waits for approval",
    "refused": "was refused",
    "restored": "is champion again, by a rollback",
    "rolled_back": "was rolled back before, and waits for a person",
    "failed": "the run failed",
    "skipped": "a triggered run was skipped",
    "quarantined": "new goldens are in quarantine",
}


ACCEPTED_WORDS = WORDS | {
    "promoted": "is accepted now",
    "approved": "is accepted now",
    "forced": "is accepted now, by force",
    "restored": "is accepted again, by a rollback",
}


def compose(
    use_case: str,
    model: str,
    version: int | None,
    outcome: str,
    reason: str,
    where: str,
    cause: str = "",
    words: Mapping[str, str] = WORDS,
) -> Notice:
    """A notice about a version or a run.

    Args:
        use_case, model, version, outcome, reason: see Notice.
        where: where to look: a link, a command or a folder.
        cause: what triggered the run, in words; empty: nothing did.
        words: what outcomes are called; ACCEPTED_WORDS for judged results.
    """
    reason = reason if len(reason) <= LONGEST else f"{reason[: LONGEST - 3]}..."
    about = f"{model} version {version}" if version is not None else f"{model}:"
    because = f" Triggered by {cause}." if cause else ""
    text = f"{about} {words.get(outcome, outcome)}: {reason}.{because} Look: {where}"
    return Notice(text, use_case, model, version, outcome, reason)


def post(url: str, notice: Notice) -> str:
    """Send a notice to a webhook, as a JSON object; what went wrong in words, empty if nothing."""
    failure = ""
    for _ in range(TRIES):
        failure, lasting = within(SECONDS, lambda: _post(url, notice))
        if not failure or lasting:
            break
    return failure


def within(seconds: float, call: Callable[[], tuple[str, bool]]) -> tuple[str, bool]:
    """What a call answers, or that it did not within so many seconds; it is left to itself then."""
    answers: queue.SimpleQueue[tuple[str, bool]] = queue.SimpleQueue()
    context = contextvars.copy_context()
    threading.Thread(target=lambda: answers.put(context.run(call)), daemon=True).start()
    try:
        return answers.get(timeout=seconds)
    except queue.Empty:
        return f"did not answer within {seconds:g} s", False


class _NoRedirect(HTTPRedirectHandler):
    """Following one would turn the POST into a GET and lose the notice unnoticed."""

    def redirect_request(self, *args: object, **named: object) -> None:
        """None: an answer like any other."""


def _post(url: str, notice: Notice) -> tuple[str, bool]:
    """What went wrong, and whether it will again."""
    body = json.dumps(asdict(notice)).encode()
    try:
        request = Request(url, body, {"Content-Type": "application/json"})
        build_opener(_NoRedirect).open(request, timeout=SECONDS).close()
    except HTTPError as error:
        error.close()
        return f"answered {error.code}", error.code < 500 and error.code != 429
    except URLError as error:
        cause = error.reason
        words = cause.strerror if isinstance(cause, OSError) else ""
        return f"cannot be reached: {words or type(cause).__name__}", False
    except OSError as error:
        return f"cannot be reached: {error.strerror or type(error).__name__}", False
    except (HTTPException, ValueError):
        return "is no address that can be asked", True
    return "", False
