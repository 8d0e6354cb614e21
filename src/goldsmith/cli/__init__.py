"""The `goldsmith` command: one file per group of verbs; heavy imports happen inside the verbs."""

import atexit
import gc
import logging
import sys
from importlib.metadata import version

import typer

from goldsmith.errors import GoldsmithError
from goldsmith.settings import Settings, join_stack, local_prefect_home, quiet_environment

INTERRUPTED = 130

app = typer.Typer(
    name="goldsmith",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    help="Turn goldens (labelled data) into gated, registered ONNX models.",
    epilog="Start with [bold]goldsmith run financial-entities[/bold]; state lies in .goldsmith/.",
)


@app.callback(invoke_without_command=True)
def _options(
    show_version: bool = typer.Option(False, "--version", help="Print the version and leave."),
) -> None:
    if show_version:
        print(version("goldsmith"))
        raise typer.Exit()


def _register_verbs() -> None:
    from goldsmith.cli import (
        answering,
        asking,
        clearing,
        comparing,
        data,
        deploying,
        extraction,
        goldens,
        looking,
        new,
        passport,
        promoting,
        reproducing,
        running,
        runs,
        stack,
    )

    verbs = (running, looking, passport, reproducing, answering, asking, comparing, promoting, data,
             extraction, goldens, new, deploying, stack, runs, clearing)  # fmt: skip
    for module in verbs:
        module.register(app)


def main() -> None:
    """Run the command; a user's mistake is a message and a status, never a traceback."""
    # At its end the interpreter looks through all objects several times: a second after a run.
    atexit.register(gc.freeze)
    quiet_environment()
    join_stack(Settings())
    local_prefect_home(Settings())
    _warnings_to_people()
    _register_verbs()
    sys.exit(_run())


def _warnings_to_people() -> None:
    """Print what our modules warn of, whatever a library does to logging."""
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("warning: %(message)s"))
    logging.getLogger("goldsmith").addHandler(handler)


def _run() -> int:
    try:
        app()
    except GoldsmithError as error:
        print(f"error: {error}", file=sys.stderr)
        return error.exit_status
    except SystemExit as leaving:
        if leaving.code == INTERRUPTED:
            return _interrupted()
        raise
    except Exception as error:
        # Interrupted inside its own machinery, Prefect fails over its half-made state.
        if _came_of_interrupt(error):
            return _interrupted()
        raise
    return 0


def _interrupted() -> int:
    print("interrupted: finished stages are kept; run again to go on", file=sys.stderr)
    return INTERRUPTED


def _came_of_interrupt(error: BaseException | None) -> bool:
    while error is not None:
        if isinstance(error, KeyboardInterrupt):
            return True
        error = error.__cause__ or error.__context__
    return False


if __name__ == "__main__":
    main()
