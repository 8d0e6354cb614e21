"""Notices on the wire: what arrives at a real server, and what is said where none does."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from goldsmith import notices
from goldsmith.registry.promotion import Promotion
from goldsmith.registry.versions import Version
from tasks import notices as telling
from tests.command import free_port

SECRET = "T0K3N"
SAID = "toy.demo version 2 was refused: micro.f1 is 0.71, below 0.75. Look: goldsmith show toy@2"
TWO = Version("toy.demo", 2, "run", {}, ())


@contextmanager
def hook(*statuses: int) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """A webhook that answers with these statuses, then with 200; its address and what it got."""
    got: list[dict[str, Any]] = []
    answers = iter(statuses)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            got.append(json.loads(body))
            self.send_response(next(answers, 200))
            self.send_header("Location", "/elsewhere")
            self.end_headers()

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/{SECRET}", got
    finally:
        server.shutdown()
        server.server_close()


def told(monkeypatch: pytest.MonkeyPatch, target: str) -> str:
    monkeypatch.setenv("GOLDSMITH_NOTIFY", target)
    decided = Promotion("refused", "micro.f1 is 0.71, below 0.75", 1)
    return telling.tell(telling.of_promotion("toy", TWO, decided))


def test_a_webhook_gets_the_notice_once_or_at_the_second_try(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for statuses in ((), (503,)):
        with hook(*statuses) as (url, got):
            assert told(monkeypatch, url) == ""
        assert len(got) == 1 + len(statuses)
        assert got[-1] == {
            "text": SAID, "use_case": "toy", "model": "toy.demo", "version": 2,
            "outcome": "refused", "reason": "micro.f1 is 0.71, below 0.75",
        }  # fmt: skip


@pytest.mark.parametrize(
    ("statuses", "tries", "said"),
    [((500, 500), 2, "answered 500"), ((404,), 1, "answered 404"), ((302,), 1, "answered 302")],
)
def test_a_webhook_that_refuses_is_a_warning_without_its_address(
    statuses: tuple[int, ...], tries: int, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with hook(*statuses) as (url, got):
        warning = told(monkeypatch, url)
    assert len(got) == tries
    assert said in warning and "GOLDSMITH_NOTIFY" in warning
    assert SECRET not in warning and "127.0.0.1" not in warning


@pytest.mark.parametrize(
    ("target", "said"),
    [
        (f"http://127.0.0.1:PORT/{SECRET}", "cannot be reached: Connection refused"),
        (f"http://127.0.0.1:port/{SECRET}", "is no address"),
        (f"http://127.0.0.1/{SECRET} and a space", "is no address"),
        (f"htps://127.0.0.1/{SECRET}", "is neither an http(s) address nor a block's TYPE/NAME"),
        ("", ""),
    ],
)
def test_an_address_that_leads_nowhere(
    target: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    warning = told(monkeypatch, target.replace("PORT", str(free_port())))
    assert (said in warning) if said else not warning
    assert SECRET not in warning and "127.0.0.1" not in warning


def test_who_does_not_answer_is_left_alone() -> None:
    forever = threading.Event()

    def call() -> tuple[str, bool]:
        forever.wait()
        return "", False

    assert notices.within(0.05, call) == ("did not answer within 0.05 s", False)
    forever.set()


def test_a_long_reason_is_cut_and_a_run_without_version_has_none() -> None:
    found = notices.compose("toy", "toy.demo", None, "failed", "x" * 5000, "the log")
    assert found.text.startswith("toy.demo: the run failed: xxx")
    assert len(found.reason) == notices.LONGEST
