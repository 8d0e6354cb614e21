"""evaluate and compare: versions and recorded predictions on the same records."""

import json
import sys
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console

from goldsmith import config
from goldsmith.cli import instead
from goldsmith.cli.running import AsJson, ProfileName, wide_console
from goldsmith.errors import UserError

if TYPE_CHECKING:
    from goldsmith.contests.notes import Note
    from goldsmith.contests.recorded import Recorded
    from goldsmith.registry.versions import Version
    from goldsmith.stages.contest import TestSet

Predictions = Annotated[
    Path | None,
    typer.Option(help="Recorded answers, as docs/formats.md has prediction lines."),
]
Input = Annotated[
    Path | None,
    typer.Option("--input", help="Other goldens than the test records: a file or folder."),
]


def evaluate(
    target: Annotated[
        str, typer.Argument(help="UC@VERSION or UC@ALIAS; UC alone: the champion, or a file's.")
    ],
    predictions: Predictions = None,
    input_path: Input = None,
    output: Annotated[
        Path | None, typer.Option("--output", help="Write the answer as JSON, too.")
    ] = None,
    profile: ProfileName = None,
    as_json: AsJson = False,
) -> None:
    """Score a version or recorded predictions on the test records; registers nothing.

    Example: goldsmith evaluate financial-entities --predictions answers.jsonl
    """
    name, _, wanted = target.partition("@")
    if wanted and predictions is not None:
        raise UserError(
            f"give {target} or --predictions, not both: `goldsmith compare {target} --predictions "
            f"{predictions}` holds one against the other"
        )
    loaded = config.load(name, profile, instead=instead.FIGURES)
    from goldsmith.contests import evaluating

    found = _version(loaded, wanted) if predictions is None else None
    recorded = _recorded(predictions)
    test, notes = _test_set(loaded, input_path, as_json)
    side = _side(loaded, found, recorded, test)
    answer = evaluating.evaluate(loaded, test, side)
    value = {**_about(loaded, input_path, notes), **answer.as_json()}
    if output is not None:
        _write(output, json.dumps(value, indent=1, ensure_ascii=False) + "\n", [predictions])
    if as_json:
        print(json.dumps(value, indent=1, ensure_ascii=False))
        return
    from goldsmith.cli.comparing_tables import print_evaluation

    print_evaluation(wide_console(), answer, _goldens(loaded, input_path), notes)


def compare(
    first: Annotated[str, typer.Argument(help="UC@VERSION or UC@ALIAS.")],
    second: Annotated[
        str | None, typer.Argument(help="Another one; left out with --predictions.")
    ] = None,
    predictions: Predictions = None,
    input_path: Input = None,
    output: Annotated[
        Path | None, typer.Option("--output", help="Where the HTML page goes.")
    ] = None,
    profile: ProfileName = None,
    as_json: AsJson = False,
) -> None:
    """Compare two versions, or one and recorded predictions, record by record, as an HTML page.

    Example: goldsmith compare financial-entities@1 financial-entities@2 --output compared.html
    """
    if (second is None) == (predictions is None):
        raise UserError("give two versions (UC@1 UC@2), or one and --predictions FILE")
    name, _, wanted = first.partition("@")
    loaded = config.load(name, profile, instead=instead.COMPARED)
    from goldsmith.contests import comparing
    from goldsmith.contests.page import render

    one = _version(loaded, wanted)
    other_name, _, other_wanted = (second or name).partition("@")
    other_loaded = (
        loaded if other_name == name else config.load(other_name, profile, instead=instead.COMPARED)
    )
    other = _version(other_loaded, other_wanted) if second else None
    recorded = _recorded(predictions)
    page = output or _default_page(loaded, one, other, predictions)
    _writable(page, [predictions])
    test, notes = _test_set(loaded, input_path, as_json)
    sides = (_side(loaded, one, None, test), _side(other_loaded, other, recorded, test))
    if sides[0].name == sides[1].name:
        sides = (sides[0], replace(sides[1], name=_apart(sides[0].name, second or "")))
    answer = comparing.compare(loaded, test, sides)
    goldens = _goldens(loaded, input_path)
    _write(page, render(loaded, answer, goldens, notes), [predictions])
    if as_json:
        value = {**_about(loaded, input_path, notes), **answer.as_json(), "page": str(page)}
        print(json.dumps(value, indent=1, ensure_ascii=False))
        return
    from goldsmith.cli.comparing_tables import print_comparison

    print_comparison(wide_console(), answer, goldens, notes, page)


def _apart(name: str, asked: str) -> str:
    """Another name for the same version: what was asked for, such as UC@champion."""
    return f"{asked} (version {name.partition('@')[2]})" if asked != name else f"{name}, again"


def _version(loaded: config.UseCase, wanted: str) -> "Version":
    from goldsmith.registry import versions

    return versions.find(loaded.model_name, wanted or versions.CHAMPION)


def _recorded(path: Path | None) -> "Recorded | None":
    from goldsmith.contests.recorded import Recorded

    return None if path is None else Recorded(path)


def _side(
    loaded: config.UseCase,
    version: "Version | None",
    recorded: "Recorded | None",
    test: "TestSet",
) -> Any:
    from goldsmith.contests import sides

    if recorded is not None:
        return sides.of_file(recorded)
    assert version is not None
    return sides.of_version(f"{loaded.name}@{version.number}", version, test)


def _test_set(
    loaded: config.UseCase, path: Path | None, as_json: bool
) -> "tuple[TestSet, tuple[Note, ...]]":
    """The records, and what was left out of goldens that were given."""
    from goldsmith.cli.progress import ProgressView
    from goldsmith.contests import goldens
    from goldsmith.contests.testset import current_test_set

    if path is not None:
        return goldens.read(loaded, path)
    console = Console(stderr=True)
    with ProgressView(console) if not as_json else nullcontext() as view:
        return current_test_set(
            loaded, lambda event: view("test records", event) if view else None
        ), ()


def _goldens(loaded: config.UseCase, path: Path | None) -> str:
    """What is scored on, in words."""
    return (
        str(path) if path is not None else f"the test records of {loaded.name} ({loaded.profile})"
    )


def _about(loaded: config.UseCase, path: Path | None, notes: "tuple[Note, ...]") -> dict[str, Any]:
    about = {"use_case": loaded.name, "profile": loaded.profile, "goldens": _goldens(loaded, path)}
    left = [{"kind": one.kind, "count": one.count, "named": list(one.named)} for one in notes]
    return {**about, "goldens_left_out": left}


def _default_page(
    loaded: config.UseCase, one: "Version", other: "Version | None", predictions: Path | None
) -> Path:
    against = str(other.number) if other else Path(predictions or "").stem
    return Path("reports") / loaded.name / f"compare-{one.number}-{against}.html"


def _writable(path: Path, inputs: list[Path | None]) -> None:
    """Refuse a wrong --output before the work starts."""
    from goldsmith.curation.files import check_output

    check_output(path, [one for one in inputs if one is not None])


def _write(path: Path, text: str, inputs: list[Path | None]) -> None:
    from goldsmith.curation.files import replacing

    with replacing(path, [one for one in inputs if one is not None]) as stream:
        stream.write(text)
    print(f"written: {path}", file=sys.stderr)


def register(app: typer.Typer) -> None:
    """Add the verbs."""
    app.command()(evaluate)
    app.command()(compare)
