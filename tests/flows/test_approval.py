"""Approval by the input of a paused run, against a real Prefect server, with notices to a real webhook."""

import json
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.error import HTTPError

import pytest

from tests.command import DEADLINE, World, finish, until
from tests.prefect_server import ask, running
from tests.test_notices import SAID, SECRET, hook, told


def easy(world: World) -> None:
    """Let an equal model pass, so that there is something to approve."""
    file = world.use_case()
    rule = "gates:\n  champion: {test: non_inferiority, margin: 0.5}\n"
    file.write_text(file.read_text("utf-8").replace("gates:\n", rule), encoding="utf-8")


def asking(*more: str, hours: float = 1) -> tuple[str, ...]:
    """A run that has a candidate and waits so many hours."""
    rule = f"promotion={{mode: approval, wait_hours: {hours:g}}}"
    sets = (rule, *more)
    return ("run", "toy", "--json", *(word for one in sets for word in ("--set", one)))


def slowly(what: str, found: Callable[[], Any], seconds: float = DEADLINE) -> Any:
    """`until` at a pace that leaves the server, on its one SQLite file, time for others."""
    pace = threading.Event()
    return until(what, lambda: found() or pace.wait(0.5), seconds)


def paused(url: str) -> Any:
    """The approval's flow run that waits for an answer."""
    return slowly("a paused run", lambda: next(iter(runs(url, "PAUSED")), None))


def runs(url: str, state: str) -> list[Any]:
    found: list[Any] = ask(
        f"{url}/flow_runs/filter", {"flow_runs": {"state": {"type": {"any_": [state]}}}}
    )
    return found


def resume(url: str, run: Any, **given: Any) -> Any:
    """Resume a run with an input; how the server took it, BUSY where it could not."""
    try:
        return ask(f"{url}/flow_runs/{run['id']}/resume", {"run_input": given})
    except HTTPError:
        return {"status": "BUSY"}


def answer(url: str, run: Any, **given: Any) -> None:
    """Resume a run as soon as its form is there: Prefect saves it after the state."""
    slowly("the form", lambda: resume(url, run, **given)["status"] == "ACCEPT")


def given(place: str) -> str:
    """What Prefect keeps of a form; empty before it is there."""
    try:
        return str(ask(place))
    except HTTPError:
        return ""


def answered(process: Any) -> dict[str, Any]:
    done = finish(process)
    assert done.status == 0, done.text
    assert SECRET not in done.text
    value: dict[str, Any] = json.loads(done.out)
    return value


def test_without_a_server_a_candidate_waits_for_the_command(champion: World) -> None:
    easy(champion)
    with hook(500, 500) as (address, notices):
        given = [word for word in asking() if word != "--json"]
        done = champion.run(*given, GOLDSMITH_NOTIFY=address)
    assert done.status == 0, done.text
    assert "version 2: candidate: " in done.text
    assert "goldsmith promote toy@2 --by NAME --reason" in done.text
    assert (
        "the notice (toy.demo candidate) was not sent: GOLDSMITH_NOTIFY answered 500" in done.text
    )
    assert len(notices) == 2 and SECRET not in done.text
    assert champion.aliases() == {"champion": 1, "candidate": 2}
    (page,) = champion.home.rglob("history.html")
    assert "version 2 waits for a person" in page.read_text(encoding="utf-8")
    shown = champion.run("show", "toy", "--history", "page.html")
    assert shown.status == 0 and "wrote page.html" in shown.out
    assert (champion.folder / "page.html").read_text("utf-8") == page.read_text("utf-8")


@pytest.mark.slow
def test_a_person_decides_in_prefect(
    champion: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    easy(champion)
    with running(tmp_path / "prefect") as url, hook() as (address, notices):
        place = {"PREFECT_API_URL": url, "GOLDSMITH_NOTIFY": address}
        process = champion.start(*asking(), **place)
        waiting = paused(url)
        assert waiting["name"] == "approve toy.demo version 2"
        assert champion.aliases() == {"champion": 1, "candidate": 2}
        place_of_form = f"{url}/flow_runs/{waiting['id']}/input/paused-decision-description"
        slowly("the form", lambda: given(place_of_form))
        assert "May toy.demo version 2 be champion?" in given(place_of_form)
        for empty in ("", " "):
            refused = resume(url, waiting, approve=True, by="Ada", reason=empty)
            assert refused["status"] != "ACCEPT"
        answer(url, waiting, approve=True, by="Ada", reason="seen")
        found = answered(process)
        assert (found["version"], found["outcome"], found["champion"]) == (2, "approved", 2)
        assert champion.aliases() == {"champion": 2}
        (entry,) = champion.query("select value from params where key = 'champion.2'")
        written = {"by": "Ada", "reason": "seen", "kind": "approved", "version": 2, "previous": 1}
        assert written.items() <= json.loads(entry[0]).items()

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
        assert late["reason"].startswith("nobody decided: ")
        assert champion.aliases() == {"champion": 2, "candidate": 4}

        # The run that waits anew sees that the command was faster.
        process = champion.start(*asking("gates.max_size_mb=130"), **place)
        paused(url)
        command = ("promote", "toy@4", "--by", "Cy", "--reason", "late but good")
        assert champion.run(*command, GOLDSMITH_NOTIFY=address).status == 0
        found = answered(process)
        assert (found["version"], found["outcome"], found["champion"]) == (4, "champion", 4)
        assert champion.aliases() == {"champion": 4}

        told = [(one["version"], one["outcome"]) for one in notices]
        assert told == [
            (2, "candidate"),
            (2, "approved"),
            (3, "candidate"),
            (3, "refused"),
            (4, "candidate"),
            (4, "approved"),
        ]
        assert url.removesuffix("/api") in notices[0]["text"]
        shown_by_prefect(url)
        through_a_block(url, address, notices, monkeypatch)


def shown_by_prefect(url: str) -> None:
    """What a person sees: every run ended well and says how, artifacts, events."""
    ended = {(one["name"], one["state"]["message"]) for one in runs(url, "COMPLETED")}
    assert len(runs(url, "COMPLETED")) == len(ask(f"{url}/flow_runs/filter", {}))
    assert ("approve toy.demo version 2", "approved by Ada: seen") in ended
    assert ("approve toy.demo version 3", "rejected by Ben: not before the audit") in ended
    assert any(text == "toy.demo version 2 approved: by Ada: seen" for _, text in ended)
    artifacts = ask(f"{url}/artifacts/filter", {})
    texts = [one["data"] for one in artifacts if one["key"] == "toy-promotion"]
    assert any(text.startswith("**toy.demo version 2 waits for a person") for text in texts)
    assert any("goldsmith promote toy@2 --by NAME" in text for text in texts)
    assert all("history.html" in text for text in texts)

    def events() -> set[str]:
        body = {"filter": {"event": {"prefix": ["goldsmith.model."]}}, "limit": 50}
        return {one["event"] for one in ask(f"{url}/events/filter", body)["events"]}

    wanted = {f"goldsmith.model.{word}" for word in ("candidate", "promoted", "refused")}
    slowly("the events", lambda: wanted <= events())


def through_a_block(
    url: str, address: str, notices: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A notification block of the server sends the text; one that is not there is a warning."""
    from prefect.blocks.notifications import CustomWebhookNotificationBlock
    from prefect.settings import PREFECT_API_URL, temporary_settings

    with temporary_settings({PREFECT_API_URL: url}):
        block = CustomWebhookNotificationBlock(
            name="team", url=address, method="POST", json_data={"text": "{{body}}"}
        )
        block.save("team")
        assert told(monkeypatch, "custom-webhook/team") == ""
        assert notices[-1] == {"text": SAID}
        warning = told(monkeypatch, "custom-webhook/teem")
    assert "names no block on this Prefect server: did you mean custom-webhook/team?" in warning
