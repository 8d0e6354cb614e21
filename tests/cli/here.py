"""The command in this process: no second of imports for every call."""

import contextlib
import io
import os
import sys
from functools import cache
from unittest.mock import patch

from goldsmith import cli
from tests.command import Done, World


@cache
def _registered() -> None:
    cli._register_verbs()


def here(world: World, *arguments: str) -> Done:
    """Run the command as `World.run` does, with its folder and home, and its answer caught."""
    _registered()
    out, err = io.StringIO(), io.StringIO()
    with (
        patch.object(sys, "argv", ["goldsmith", *arguments]),
        patch.dict(os.environ, {"GOLDSMITH_HOME": str(world.home)}),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
        contextlib.chdir(world.folder),
    ):
        try:
            status = cli._run()
        except SystemExit as leaving:
            status = int(leaving.code or 0)
    return Done(status, out.getvalue(), err.getvalue())
