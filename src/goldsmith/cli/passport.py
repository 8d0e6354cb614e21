"""show and verify: what is known of a version, and whether it still holds."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console

from goldsmith import config
from goldsmith.cli.running import AsJson, ProfileName
from goldsmith.errors import DataError, UserError

Target = Annotated[str, typer.Argument(help="UC@VERSION or UC@ALIAS.")]


if TYPE_CHECKING:
    from goldsmith.registry.ledger import Entry


def show(
    target: Annotated[str, typer.Argument(help="UC, UC@VERSION or UC@ALIAS.")],
    profile: ProfileName = None,
    page: Annotated[
        Path | None,
        typer.Option("--history", metavar="PAGE.html", help="Write the champions over time here."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show a use case's versions and what became of them, or one version's passport and verdict.

    Example: goldsmith show financial-entities@champion
    """
    from goldsmith.cli import passport_tables

    name, _, wanted = target.partition("@")
    loaded = config.load_any(name, profile)
    if isinstance(loaded, config.Evaluation):
        _show_results(loaded, wanted, page, as_json)
        return
    if page is not None:
        _write_history(loaded, wanted, page)
        return
    found = _version_facts(loaded.model_name, wanted) if wanted else _use_case_facts(loaded)
    if as_json:
        print(json.dumps(found, indent=1, ensure_ascii=False))
        return
    if wanted:
        passport_tables.print_version(Console(), found)
    else:
        passport_tables.print_versions(Console(), loaded, found)


def _show_results(loaded: config.Evaluation, wanted: str, page: Path | None, as_json: bool) -> None:
    """Versions of a use case of `kind: evaluation`, or one of them with its verdict."""
    from goldsmith.cli import extraction_tables

    if page is not None:
        raise UserError(f"--history is of champions, and {loaded.name} is of kind: evaluation: leave it out")  # fmt: skip
    found = _results_version(loaded, wanted) if wanted else _results_versions(loaded)
    if as_json:
        print(json.dumps(found, indent=1, ensure_ascii=False))
    elif wanted:
        extraction_tables.print_version(Console(), found)
    else:
        extraction_tables.print_versions(Console(), found)


def _results_versions(loaded: config.Evaluation) -> dict[str, Any]:
    from goldsmith.registry import ledger, seat, versions

    seat.settle(loaded.model_name, False, ledger.ACCEPTED)  # whoever looks sets a moved alias right
    listing = [
        {"version": one.number, "aliases": list(one.aliases), **_own_tags(one.tags)}
        for one in versions.all_versions(loaded.model_name)
    ]
    settings = loaded.model_dump(mode="json")
    return {"model": loaded.model_name, "versions": listing, "config": settings}


def _results_version(loaded: config.Evaluation, wanted: str) -> dict[str, Any]:
    from goldsmith.registry import versions
    from goldsmith.registry.files import fetch_file

    version = versions.find(loaded.model_name, _accepted(loaded, wanted))
    files = {name: fetch_file(version, f"{name}.json") for name in ("verdict", "passport")}
    for name, path in files.items():
        if path is None:
            raise DataError(f"{version.model} version {version.number}: MLflow's store has no {name}.json of it")  # fmt: skip
    report = fetch_file(version, "report.html")
    return {
        "version": {"model": version.model, "number": version.number, "run": version.run_id,
                    "aliases": list(version.aliases), "report": str(report or ""),
                    **_own_tags(version.tags)},
        **{name: _read(path) for name, path in files.items()},
    }  # fmt: skip


def _accepted(loaded: config.Evaluation, wanted: str) -> str:
    """The number or alias that is meant; whoever looks sets a moved alias right."""
    from goldsmith.registry import ledger, seat, versions

    if wanted == versions.CHAMPION:
        raise UserError(f"{loaded.name} is of kind: evaluation and has no champion: {loaded.name}@{ledger.ACCEPTED} is what later results are held against")  # fmt: skip
    head = seat.settle(loaded.model_name, False, ledger.ACCEPTED).book.head
    if head is None and wanted in ("", ledger.ACCEPTED):
        raise UserError(f"{loaded.model_name} has no accepted version: `goldsmith show {loaded.name}` lists what there is")  # fmt: skip
    return wanted or ledger.ACCEPTED


def _write_history(loaded: config.UseCase, wanted: str, page: Path) -> None:
    from goldsmith.registry import history

    if wanted:
        raise UserError(f"--history is of all champions: goldsmith show {loaded.name} --history {page}")  # fmt: skip
    history.write(loaded.model_name, page)
    print(f"wrote {page}")


def _use_case_facts(loaded: config.UseCase) -> dict[str, Any]:
    from goldsmith.registry import seat, versions

    # Whoever looks sets a moved alias right.
    book = seat.settle(loaded.model_name, must_be_there=False).book
    listing = [
        {"version": one.number, "aliases": list(one.aliases), **_own_tags(one.tags),
         **_taken_back(book.rolled_back(one.number))}
        for one in versions.all_versions(loaded.model_name)
    ]  # fmt: skip
    return {
        "model": loaded.model_name,
        "versions": listing,
        "config": loaded.model_dump(mode="json"),
    }


def _taken_back(entry: "Entry | None") -> dict[str, str]:
    """What a version's tags cannot say: they stand as it was promoted."""
    if entry is None:
        return {}
    reason = f"by {entry.by} (entry {entry.number} of the ledger): {entry.reason}"
    return {"promotion": "rolled_back", "promotion.reason": reason}


def _own_tags(tags: Mapping[str, str]) -> dict[str, str]:
    return {
        name: value
        for name, value in sorted(tags.items())
        if not name.startswith(("goldsmith.", "mlflow."))
    }


def _version_facts(model: str, wanted: str) -> dict[str, Any]:
    from goldsmith.registry import bundle, versions

    version = versions.find(model, wanted)
    folder = versions.fetch_bundle(version)
    return {
        "version": {"model": model, "number": version.number, "aliases": list(version.aliases),
                    "run": version.run_id, "bundle": str(folder), **_own_tags(version.tags)},
        "objection": bundle.objection(folder, version.tags),
        "verdict": _read(folder / bundle.VERDICT_FILE),
        "passport": _read(folder / bundle.PASSPORT_FILE),
    }  # fmt: skip


def _read(path: Any) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise DataError(
            f"{path}: missing or not readable: `goldsmith verify` says what else is; delete the "
            "folder, and it is fetched again from MLflow"
        ) from None


def verify(target: Target, profile: ProfileName = None, as_json: AsJson = False) -> None:
    """Check every hash of a version's passport against what is stored; exit 1 if one does not hold.

    Example: goldsmith verify financial-entities@champion
    """
    from goldsmith import verifying
    from goldsmith.cli import passport_tables
    from goldsmith.registry import versions
    from goldsmith.verifying import results

    name, _, wanted = target.partition("@")
    loaded = config.load_any(name, profile)
    if isinstance(loaded, config.Evaluation):
        version = versions.find(loaded.model_name, _accepted(loaded, wanted))
        items = results.verify(version)
    else:
        version = versions.find(loaded.model_name, wanted or versions.CHAMPION)
        items = verifying.verify(version)
    sound = verifying.sound(items)
    if as_json:
        listing = [one._asdict() for one in items]
        found = {
            "model": version.model,
            "version": version.number,
            "holds": sound,
            "items": listing,
        }
        print(json.dumps(found, indent=1, ensure_ascii=False))
    else:
        title = f"{version.model} version {version.number}"
        passport_tables.print_items(Console(), title, items, sound)
    if not sound:
        raise typer.Exit(1)


def register(app: typer.Typer) -> None:
    """Add the verbs."""
    app.command()(show)
    app.command()(verify)
