"""run and step: making models."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from goldsmith import config
from goldsmith.errors import UserError
from goldsmith.settings import make_prefect_home

LOG_WIDTH = 120

UseCaseName = Annotated[str, typer.Argument(help="Use case, as in `goldsmith list`.")]
ProfileName = Annotated[
    str | None, typer.Option("--profile", help="Profile; GOLDSMITH_PROFILE or demo.")
]
Overrides = Annotated[
    list[str] | None,
    typer.Option("--set", help="Override a value: section.key=value; may be repeated."),
]
SettingsFile = Annotated[
    Path | None,
    typer.Option(
        "--settings", metavar="FILE", help="JSON or YAML file of values, below every --set."
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print the answer as JSON.")]


def run(
    use_case: UseCaseName,
    profile: ProfileName = None,
    overrides: Overrides = None,
    settings: SettingsFile = None,
    source: Annotated[str | None, typer.Option(help="One of the use case's `sources`.")] = None,
    path: Annotated[str | None, typer.Option(help="File or folder for that source.")] = None,
    data_rev: Annotated[
        str | None,
        typer.Option(
            "--data-rev", metavar="REV", help="Git revision whose data to run on; no override."
        ),
    ] = None,
    require_promotion: Annotated[
        bool,
        typer.Option("--require-promotion", help="Exit with 3 unless the version is champion."),
    ] = False,
    why: Annotated[
        bool,
        typer.Option(
            "--why", help="Say what changed since the champion and what would run; run nothing."
        ),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Run a use case from goldens to a gated, registered ONNX model.

    Example: goldsmith run financial-entities --set model.epochs=2
    """
    if why and require_promotion:
        raise UserError("--why runs nothing, so there is nothing to promote: leave one of them out")
    layer = config.read_settings(settings)
    loaded: Any = config.load_any(use_case, profile, overrides or (), source, path, data_rev, layer)
    if loaded.kind == "evaluation":
        _judge_results(loaded, layer, overrides, why, require_promotion, as_json)
        return
    if data_rev is not None:
        from goldsmith import versioning

        versioning.find_pointer(loaded.source.location, data_rev)
    if why:
        from goldsmith.cli.why import why as explain

        explain(loaded, as_json, wide_console(as_json))
        return
    console = wide_console(as_json)
    # Values, not the file: the run's parameters say what it did, and any worker can do it again.
    values = layer.tree if layer else None
    given = (use_case, profile, tuple(overrides or ()), source, path, data_rev, values)
    result = _in_prefect(console, _training, given)
    if as_json:
        print(json.dumps(result, indent=1))
    else:
        _print(console, result)
    if require_promotion and result["outcome"] not in ("promoted", "approved", "champion"):
        raise typer.Exit(3)


def _judge_results(
    loaded: config.Evaluation,
    layer: Any,
    overrides: list[str] | None,
    why: bool,
    require_promotion: bool,
    as_json: bool,
) -> None:
    """Run a use case of `kind: evaluation`."""
    if why:
        raise UserError(
            f"--why: {loaded.name} is of kind: evaluation and trains nothing: run it, and what was "
            "done before is not done again"
        )
    from goldsmith.cli.extraction_tables import print_run

    console = wide_console(as_json)
    values = layer.tree if layer else None
    given = (loaded.name, loaded.profile, tuple(overrides or ()), values)
    result = _in_prefect(console, _extraction, given)
    if as_json:
        print(json.dumps(result, indent=1))
    else:
        print_run(console, loaded, result)
    if require_promotion and result["outcome"] not in ("promoted", "champion"):
        raise typer.Exit(3)


def _training(*arguments: Any) -> Any:
    from flows.training import training

    return training(*arguments)


def _extraction(*arguments: Any) -> Any:
    from flows.extraction import extraction

    return extraction(*arguments)


def _in_prefect(
    console: Console, flow: Callable[..., Any], arguments: tuple[Any, ...]
) -> dict[str, Any]:
    """Run a flow in this process, with our own progress."""
    make_prefect_home()
    # People get our progress and our errors; Prefect's own lines go to its server all the same.
    os.environ.setdefault("PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL", "CRITICAL")
    with console.status("starting Prefect") if console.is_terminal else _nothing():
        from tasks.temporary_server import failures_in_words, shelter

        shelter()
        from tasks.chain import LISTENER

    from goldsmith.cli.progress import ProgressView

    with failures_in_words(), ProgressView(console) as view:
        token = LISTENER.set(view)
        try:
            result: dict[str, Any] = flow(*arguments)
        finally:
            LISTENER.reset(token)
    return result


def wide_console(stderr: bool = False) -> Console:
    """The user's terminal; a log file gets lines wide enough for whole labels, or as wide as
    COLUMNS says."""
    console = Console(stderr=stderr)
    if console.is_terminal or os.environ.get("COLUMNS", "").isdigit():
        return console
    return Console(stderr=stderr, width=LOG_WIDTH)


def _nothing() -> Any:
    import contextlib

    return contextlib.nullcontext()


def _print(console: Console, result: dict[str, Any]) -> None:
    from goldsmith.cli.tables import print_run
    from goldsmith.reporting.data import ReportData

    text = (Path(result["folders"]["judge"]) / "report.json").read_text(encoding="utf-8")
    print_run(console, ReportData.model_validate_json(text), result)


def step(
    stage: Annotated[str, typer.Argument(help="Stage, such as prepare or train.")],
    use_case: UseCaseName,
    profile: ProfileName = None,
    overrides: Overrides = None,
    settings: SettingsFile = None,
) -> None:
    """Run one stage on the files in the working tree; dvc.yaml calls this.

    Example: goldsmith step prepare financial-entities
    """
    from goldsmith import artifacts, pipeline
    from goldsmith.cli.progress import ProgressView

    layer = config.read_settings(settings)
    loaded = config.load_any(use_case, profile, overrides or (), settings=layer)
    one = pipeline.stage(stage, loaded.kind)
    inputs = {name: pipeline.workspace_input(name, loaded) for name in one.reads}
    console = Console()
    with ProgressView(console) as view:
        made = pipeline.run_stage(stage, loaded, inputs, lambda event: view(stage, event))
    target = pipeline.out_path(one, use_case)
    artifacts.place(made, target)
    word = "made before" if made.cached else f"made in {made.seconds:.1f} s"
    console.print(f"{stage}: {word}; result in {target}", highlight=False)


def register(app: typer.Typer) -> None:
    """Add the verbs."""
    app.command()(run)
    app.command()(step)
