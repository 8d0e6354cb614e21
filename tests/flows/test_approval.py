"""Approval by the input of a paused run, against a real Prefect server, with notices to a real webhook."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.command import World, finish, until
from tests.prefect_server import ask, running
from tests.test_notices import SECRET, hook

pytestmark = pytest.mark.slow
# An equal model passes, so that there is something to approve.
EASY = ("--set", "gates.champion={test: non_inferiority, margin: 0.5}")


def asking(*more: str, hours: float = 1) -> tuple[str, ...]:
    """A run that has a candidate and waits so many hours."""
    rule = f"promotion={{mode: approval, wait_hours: {hours:g}}}"
    sets = (rule, *more)
    return ("run", "toy", "--json", *EASY, *(word for one in sets for word in ("--set", one)))


def paused(url: str) -> Any:
    """The approval's flow run that waits for an answer."""
    return until("a paused run", lambda: next(iter(runs(url, "PAUSED")), None))


def runs(url: str, state: str) -> list[Any]:
    found: list[Any] = ask(
        f"{url}/flow_runs/filter", {"flow_runs": {"state": {"type": {"any_": [state]}}}}
    )
    return found


def answer(url: str, run: Any, **given: Any) -> str:
    """Resume a run with an input; how the server took it."""
    found = ask(f"{url}/flow_runs/{run['id']}/resume", {"run_input": given})
    return str(found["status"])


def answered(process: Any) -> dict[str, Any]:
    done = finish(process)
    assert done.status == 0, done.text
    assert SECRET not in done.text
    value: dict[str, Any] = json.loads(done.out)
    return value


def test_a_person_decides_in_prefect(champion: World, tmp_path: Path) -> None:
    with running(tmp_path / "prefect") as url, hook() as (address, notices):
        place = {"PREFECT_API_URL": url, "GOLDSMITH_NOTIFY": address}
        process = champion.start(*asking(), **place)
        waiting = paused(url)
        assert waiting["name"] == "approve toy.demo version 2"
        assert champion.aliases() == {"champion": 1, "candidate": 2}
        assert answer(url, waiting, approve=True, by="Ada", reason="") == "REJECT"
        assert answer(url, waiting, approve=True, by="Ada", reason="seen") == "ACCEPT"
        found = answered(process)
        assert (found["version"], found["outcome"], found["champion"]) == (2, "approved", 2)
        assert champion.aliases() == {"champion": 2}
        (entry,) = champion.query("select value from params where key = 'champion.2'")
        assert {"by": "Ada", "kind": "approved"}.items() <= json.loads(entry[0]).items()
        assert "seen" in json.loads(entry[0])["reason"]

        changed = "gates.max_size_mb=140"
        process = champion.start(*asking(changed), **place)
        answer(url, paused(url), approve=False, by="Ben", reason="not before the audit")
        found = answered(process)
        assert (found["outcome"], found["champion"]) == ("refused", 2)
        assert found["reason"] == "rejected by Ben: not before the audit"
        assert champion.aliases() == {"champion": 2}
        assert champion.tags(3)["rejected.by"] == "Ben"
        again = answered(champion.start(*asking(changed), **place))
        assert (again["version"], again["outcome"]) == (3, "refused")

        late = answered(champion.start(*asking("gates.max_size_mb=130", hours=0.001), **place))
        assert (late["version"], late["outcome"], late["champion"]) == (4, "candidate", 2)
        assert late["reason"].startswith("nobody decided within 0.001 h")
        assert champion.aliases() == {"champion": 2, "candidate": 4}

        told = [(one["version"], one["outcome"]) for one in notices]
        assert told == [
            (2, "candidate"),
            (2, "approved"),
            (3, "candidate"),
            (3, "refused"),
            (4, "candidate"),
        ]
        assert url.removesuffix("/api") in notices[0]["text"]
        shown_by_prefect(url)


def shown_by_prefect(url: str) -> None:
    """What a person sees: every run ended well and says how, artifacts, events."""
    ended = {(one["name"], one["state"]["message"]) for one in runs(url, "COMPLETED")}
    assert len(runs(url, "COMPLETED")) == len(ask(f"{url}/flow_runs/filter", {}))
    assert ("approve toy.demo version 2", "approved by Ada: seen") in ended
    assert ("approve toy.demo version 3", "rejected by Ben: not before the audit") in ended
    assert any(text.startswith("toy.demo version 2 approved: ") for _, text in ended)
    artifacts = ask(f"{url}/artifacts/filter", {})
    texts = [one["data"] for one in artifacts if one["key"] == "toy-promotion"]
    assert any(text.startswith("**toy.demo version 2 waits for a person") for text in texts)
    assert any("goldsmith promote toy@2 --by NAME" in text for text in texts)
    assert all("history.html" in text for text in texts)

    def events() -> set[str]:
        body = {"filter": {"event": {"prefix": ["goldsmith.model."]}}, "limit": 50}
        return {one["event"] for one in ask(f"{url}/events/filter", body)["events"]}

    wanted = {f"goldsmith.model.{word}" for word in ("candidate", "promoted", "refused")}
    until("the events", lambda: wanted <= events(), 30)
