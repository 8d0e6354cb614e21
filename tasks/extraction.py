"""Tasks of the flow extraction: results and goldens to a verdict, a version and the alias `accepted`."""

import time
from typing import Any

from prefect import runtime, task
from prefect.artifacts import create_markdown_artifact
from prefect.states import Completed, State

from goldsmith import mirror, pipeline
from goldsmith.registry import store
from goldsmith.registry.deciding import OUTCOME_TAG
from goldsmith.registry.ledger import ACCEPTED
from goldsmith.settings import Settings
from goldsmith.stages import passport
from goldsmith.stages.extraction import judge as judging
from goldsmith.stages.extraction import release
from goldsmith.validation import report as validation_report
from tasks import notices, places
from tasks.chain import LISTENER, Chain, announce
from tasks.preflight import require_version
from tasks.release import SILENT, registered
from tasks.retries import DELAYS, can_pass, can_pass_unattended

SIDES = ("goldens", "results", "pages")
LONGEST = 300  # characters of a state's message


@task(
    name="preflight",
    retries=len(DELAYS),
    retry_delay_seconds=DELAYS,
    retry_condition_fn=can_pass_unattended,
)
def preflight(chain: Chain) -> None:
    """Look that sources, the registry's store and the mirror are there; pin what can move."""
    config: Any = chain.config
    require_version()
    passport.require_clean(config)
    settings = Settings()
    mirror.check(settings.mirror, settings.artifacts)
    chain.config = pipeline.pinned_sides(config)  # type: ignore[assignment]
    store.check()


@task(
    name="load",
    retries=len(DELAYS),
    retry_delay_seconds=DELAYS,
    retry_condition_fn=can_pass_unattended,
)
def load(chain: Chain) -> State[Any]:
    """Take both sides, pages and clusters into the store, and read them into records."""
    config: Any = chain.config
    report = announce("load")
    report({"type": "start"})
    for side in (*SIDES, "clusters"):
        chain.made[f"raw_{side}"] = pipeline.raw_side(config, side, report)
    ends = [chain.perform(f"load_{side}") for side in SIDES]
    cached = all(chain.made[f"load_{side}"].cached for side in SIDES)
    return Completed(name="Cached" if cached else None, message=ends[-1].message)


@task(name="validate")
def validate(chain: Chain) -> State[Any]:
    """Look whether the two sides meet; what does not stops the run here."""
    try:
        return chain.perform("validate_results")
    finally:
        if "validate_results" in chain.made:
            found = validation_report.read(chain.made["validate_results"].folder)
            key = f"{chain.config.name}-validate-results"
            create_markdown_artifact(
                validation_report.markdown(found), key=key, description="validate"
            )


@task(name="score")
def score(chain: Chain) -> State[Any]:
    """Count what is right, wrong, missed and astray, by document and field."""
    return chain.perform("score")


@task(name="judge")
def judge(chain: Chain) -> State[Any]:
    """Hold the figures to the gates."""
    ended = chain.perform("judge_results")
    verdict = judging.read_verdict(chain.made["judge_results"].folder)
    lines = [f"- {gate.name}: {gate.reason}" for gate in verdict.gates]
    head = "**passed**" if verdict.passed else "**refused**"
    text = "\n".join([head, "", *lines])
    create_markdown_artifact(text, key=f"{chain.config.name}-verdict", description="verdict")
    return ended


@task(name="register", retries=len(DELAYS), retry_delay_seconds=DELAYS, retry_condition_fn=can_pass)
def register(chain: Chain) -> State[Any]:
    """Register the judged results; equal ones are found again."""
    config: Any = chain.config
    started, report = time.monotonic(), announce("register")
    report({"type": "start"})
    version = release.register(config, chain.made, str(runtime.flow_run.id or ""))
    chain.version, chain.seconds["register"] = version, time.monotonic() - started
    word = "registered" if version.new else "registered before"
    return _done(chain, "register", f"{version.model} version {version.number} {word}")


@task(name="accept", retries=len(DELAYS), retry_delay_seconds=DELAYS, retry_condition_fn=can_pass)
def accept(chain: Chain) -> State[Any]:
    """Give the version the alias `accepted` if it earned it, and tell what became of it."""
    config: Any = chain.config
    started, version = time.monotonic(), registered(chain)
    announce("accept")({"type": "start"})
    chain.decided = decided = release.accept(config, chain.made, version)
    chain.seconds["accept"] = time.monotonic() - started
    news = version.tags.get(OUTCOME_TAG) != decided.outcome
    if news and decided.outcome not in SILENT:
        found = notices.of_promotion(config.name, version, decided, places.run(), alias=ACCEPTED)
        if warning := notices.tell(found):
            announce("accept")({"type": "note", "text": f"warning: {warning}"})
    said = f"{version.model} version {version.number}: {decided.outcome}: {decided.reason}"
    return _done(chain, "accept", said)


def _done(chain: Chain, stage: str, text: str) -> State[Any]:
    announce(stage)({"type": "note", "text": text})
    cached = stage == "register" and not registered(chain).new
    LISTENER.get()(stage, {"type": "done", "cached": cached, "seconds": chain.seconds[stage]})
    return Completed(message=text[:LONGEST])
