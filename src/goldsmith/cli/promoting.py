"""promote and rollback: a person moves the champion, or says which judged results are accepted."""

import json
import sys
from contextlib import nullcontext
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console

from goldsmith import config
from goldsmith.cli import accepting
from goldsmith.cli.running import AsJson, ProfileName
from goldsmith.errors import GoldsmithError, UserError

if TYPE_CHECKING:
    from goldsmith.gates import Comparison
    from goldsmith.registry.promotion import Judge, Promotion
    from goldsmith.registry.versions import Version

REFUSED = 3

Reason = Annotated[str, typer.Option(help="Why, in words; the ledger keeps it.")]
Force = Annotated[bool, typer.Option("--force", help="Also where that is refused; recorded so.")]


def promote(
    target: Annotated[str, typer.Argument(help="UC@VERSION or UC@candidate.")],
    by: Annotated[str, typer.Option(help="Who decides; the ledger keeps it.")],
    reason: Reason,
    force: Force = False,
    new_ledger: Annotated[
        bool,
        typer.Option("--new-ledger", help="Begin a new ledger, where MLflow has the old no more."),
    ] = False,
    profile: ProfileName = None,
    as_json: AsJson = False,
) -> None:
    """Make a version champion; it is compared with the champion on the test records once more.

    Refused (exit status 3) where it has no passing verdict, loses, or was made
    from other data than the profile's own, unless --force. Where the two cannot
    be compared, the word of the person is enough. Judged results of a use case of
    kind: evaluation get the alias `accepted` the same way.

    Example: goldsmith promote financial-entities@3 --by Ada --reason "seen on
    last week's filings"
    """
    name, _, wanted = target.partition("@")
    if not wanted:
        raise UserError(f"{target}: name the version too: goldsmith promote {name}@VERSION; `goldsmith show {name}` lists them")  # fmt: skip
    loaded: Any = config.load_any(name, profile)
    from goldsmith.registry import ledger, promotion, versions
    from goldsmith.registry.deciding import named
    from goldsmith.registry.rollback import looked_at

    named(by, reason)
    version = versions.find(loaded.model_name, wanted)
    if new_ledger:
        ledger.begin_anew(loaded.model_name)
    if loaded.kind == "evaluation":
        decided = accepting.approve(
            loaded, version, by=by, reason=reason, force=force, quiet=as_json
        )
        _carry_on(loaded, version, decided, as_json)
        return
    objection, verdict = looked_at(version)
    judge = _judge(loaded, version, as_json)
    decided = promotion.approve(
        version, verdict, judge, by=by, reason=reason, force=force, objection=objection
    )
    _carry_on(loaded, version, decided, as_json)


def rollback(
    use_case: Annotated[str, typer.Argument(help="Use case, as in `goldsmith list`.")],
    reason: Reason,
    to: Annotated[
        int | None, typer.Option(help="Version; the champion before this one if none is named.")
    ] = None,
    by: Annotated[str, typer.Option(help="Who decides; the user of this machine.")] = "",
    force: Force = False,
    profile: ProfileName = None,
    as_json: AsJson = False,
) -> None:
    """Make an earlier champion champion again; the one of now is promoted only by a person again.

    Refused (exit status 3) where there is none to go back to, or where its
    bundle does not answer with a passing verdict, unless --force.

    Example: goldsmith rollback financial-entities --reason "misses new notes"
    """
    name, _, wanted = use_case.partition("@")
    if wanted:
        raise UserError(f"{use_case}: give the version by --to: goldsmith rollback {name} --to {wanted} --reason R")  # fmt: skip
    loaded: Any = config.load_any(name, profile)
    from goldsmith.registry import promotion, versions

    by = by or _user()
    if loaded.kind == "evaluation":
        decided = accepting.rollback(loaded, to, by=by, reason=reason, force=force)
    else:
        decided = promotion.rollback(loaded.model_name, to, by=by, reason=reason, force=force)
    version = versions.get(loaded.model_name, decided.champion) if decided.champion else None
    _carry_on(loaded, version, decided, as_json)


def _judge(loaded: Any, version: "Version", as_json: bool) -> "Judge":
    """Scores both on the test records as they are now; prepared only if it comes to that."""

    def compare(champion: "Version") -> "Comparison":
        from goldsmith.contests.testset import current_test_set
        from goldsmith.stages import contest

        console = Console(stderr=True)
        words = f"comparing version {version.number} with the champion, version {champion.number}"
        waiting = console.is_terminal and not as_json
        with console.status(words) if waiting else nullcontext():
            return contest.of_version(loaded, current_test_set(loaded), version)(champion)

    return compare


def _user() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (KeyError, OSError):
        raise UserError("this machine does not say who you are: give --by NAME") from None


def _carry_on(loaded: Any, version: "Version | None", decided: "Promotion", as_json: bool) -> None:
    """Publish, tell and print; a refusal is exit status 3."""
    from goldsmith.registry.promotion import MOVED
    from goldsmith.stages import release

    judged = loaded.kind == "evaluation"
    if version is not None and not judged:
        release.publish(loaded, version, decided)
    if version is not None and decided.outcome in MOVED:
        _tell(loaded, version, decided)
    answer = {
        "model": loaded.model_name,
        "version": version.number if version else None,
        "outcome": decided.outcome,
        "reason": decided.reason,
        "champion": decided.champion,
        "gates": [gate.model_dump(mode="json") for gate in decided.gates],
    }
    if as_json:
        print(json.dumps(answer, indent=1, ensure_ascii=False))
    elif decided.outcome == "refused":
        print(f"refused: {decided.reason}", file=sys.stderr)
    elif decided.outcome == "champion":
        print(f"{loaded.model_name}: {decided.reason}")
    else:
        word = "accepted" if judged else "champion"
        print(f"{loaded.model_name}: version {decided.champion} is {word} ({decided.outcome}): {decided.reason}")  # fmt: skip
    if decided.outcome == "refused":
        raise typer.Exit(REFUSED)


def _tell(loaded: Any, version: "Version", decided: "Promotion") -> None:
    """Send the notice and draw the history anew; neither takes back what was decided."""
    from goldsmith.registry import history
    from goldsmith.registry.ledger import ACCEPTED, CHAMPION
    from tasks import notices

    judged = loaded.kind == "evaluation"
    try:
        if not judged:
            history.log(version.model)
        alias = ACCEPTED if judged else CHAMPION
        warning = notices.tell(notices.of_promotion(loaded.name, version, decided, alias=alias))
    except GoldsmithError as error:
        warning = str(error)
    if warning:
        print(f"warning: {warning}", file=sys.stderr)


def register(app: typer.Typer) -> None:
    """Add the verbs."""
    app.command()(promote)
    app.command()(rollback)
