"""Tasks that change the registry: register, promote, and what a person decided on a candidate."""

import time
from dataclasses import replace
from typing import Any

from prefect import runtime, task
from prefect.artifacts import create_markdown_artifact
from prefect.states import Completed, State

from goldsmith.registry import approval as refusals
from goldsmith.registry.promotion import OUTCOME_TAG, Promotion
from goldsmith.registry.versions import Version
from goldsmith.stages import approval, release
from tasks import notices, places
from tasks.chain import LISTENER, Chain, announce
from tasks.decision import Decision
from tasks.retries import DELAYS, can_pass
from tasks.showing import promotion_markdown
from tasks.temporary_server import lasting_server

LONGEST = 300  # characters of a state's message
SILENT = ("kept", "champion", "adhoc")  # outcomes that ask nobody for anything


@task(name="register", retries=len(DELAYS), retry_delay_seconds=DELAYS, retry_condition_fn=can_pass)
def register(chain: Chain) -> State[Any]:
    """Register the judged bundle; an equal version is found again."""
    started, report = time.monotonic(), announce("register")
    report({"type": "start"})
    version = release.register(chain.config, chain.made, str(runtime.flow_run.id or ""))
    chain.version, chain.seconds["register"] = version, time.monotonic() - started
    word = "registered" if version.new else "registered before"
    text = f"{version.model} version {version.number} {word}"
    report({"type": "note", "text": text})
    _done("register", not version.new, chain)
    return Completed(message=text)


@task(name="promote", retries=len(DELAYS), retry_delay_seconds=DELAYS, retry_condition_fn=can_pass)
def promote(chain: Chain) -> State[Any]:
    """Let the version be champion, or candidate, if it earned it."""
    started, version = time.monotonic(), registered(chain)
    announce("promote")({"type": "start"})
    decided = approval.promote(chain.config, chain.made, version)
    news = version.tags.get(OUTCOME_TAG) != decided.outcome
    return _ended("promote", chain, decided, started, news)


@task(name="decide")
def decide(chain: Chain, answer: Decision | None) -> State[Any]:
    """Carry out what a person said of the candidate; judged again against who is champion by now."""
    started, version = time.monotonic(), registered(chain)
    announce("decide")({"type": "start"})
    before = chain.decided
    assert before is not None
    yes = answer is not None and answer.approve
    if not yes and approval.settled(version.model, version.number):
        reason = f"version {version.number} became champion meanwhile"
        decided, news = Promotion("champion", reason, version.number), False
    elif answer is None:
        reason = f"nobody decided: {before.reason}"
        decided, news = Promotion("candidate", reason, before.champion, before.gates), False
    else:
        by, reason = answer.by.strip(), answer.reason.strip()
        news = True
        if answer.approve:
            decided = approval.approve(chain.config, chain.made, version, by=by, reason=reason)
            if decided.outcome == "approved":
                decided = replace(decided, reason=f"by {by}: {decided.reason}")
        else:
            decided = refusals.reject(version, before.champion, by=by, reason=reason)
    return _ended("decide", chain, decided, started, news)


def registered(chain: Chain) -> Version:
    """The version that the run registered."""
    assert chain.version is not None
    return chain.version


def asks(chain: Chain) -> bool:
    """Whether this run waits for a person: it has a candidate, is told to wait, and can be found."""
    rule, decided = chain.config.promotion, chain.decided
    waiting = decided is not None and decided.outcome == "candidate"
    # On the temporary server of a single run nobody could answer.
    if not (rule.approval and rule.wait_hours and waiting and lasting_server()):
        return False
    version = registered(chain)
    text = f"waiting up to {rule.wait_hours:g} h for a person's decision: {places.run() or ''}"
    report = announce("decide")
    report({"type": "note", "text": text.strip(": ")})
    report({"type": "note", "text": f"or: {places.approve(chain.config.name, version)}"})
    return True


def question(chain: Chain) -> dict[str, Any]:
    """The parameters of the approval's flow run."""
    version, decided = registered(chain), chain.decided
    assert decided is not None
    text = (
        f"**May {version.model} version {version.number} be champion?**\n\n{decided.reason}\n\n"
        f"`{places.show(chain.config.name, version)}` shows it. With yes it is compared again with "
        "who is champion by then."
    )
    return {
        "model": version.model,
        "version": version.number,
        "question": text,
        "wait_hours": chain.config.promotion.wait_hours,
    }


def _ended(stage: str, chain: Chain, decided: Promotion, started: float, news: bool) -> State[Any]:
    """Keep, show and tell what became of the version."""
    version, report, name = registered(chain), announce(stage), chain.config.name
    chain.decided, chain.seconds[stage] = decided, time.monotonic() - started
    report({"type": "note", "text": f"{version.model} version {version.number}: {decided.outcome}: {decided.reason}"})  # fmt: skip
    command = places.approve(name, version)
    if decided.outcome == "candidate":
        report({"type": "note", "text": f"to make it champion: {command}"})
    page = places.history(version.model, report)
    links = [("history of the champions", page)] if page else []
    text = promotion_markdown(version, decided, [*links, *places.registry(version)], command)
    create_markdown_artifact(text, key=f"{name}-promotion", description="what became of it")
    if news and decided.outcome not in SILENT:
        cause = chain.cause.words if chain.cause else ""
        notice = notices.of_promotion(name, version, decided, places.run(), cause)
        warning = notices.tell(notice)
        if warning:
            report({"type": "note", "text": f"warning: {warning}"})
    _done(stage, False, chain)
    return Completed(message=f"{decided.outcome}: {decided.reason}"[:LONGEST])


def _done(stage: str, cached: bool, chain: Chain) -> None:
    LISTENER.get()(stage, {"type": "done", "cached": cached, "seconds": chain.seconds[stage]})
