"""What to say of code that is not ours: where it stands, and what it raised."""

import importlib
import inspect
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

MAX_SAID = 200
_IMPORTING = ("<frozen", str(Path(importlib.__file__).parent))


def shown(file: Path) -> str:
    """A file by its path below the working directory, else by its two last names."""
    try:
        return file.resolve().relative_to(Path.cwd().resolve()).as_posix()
    except ValueError:
        return "/".join(file.parts[-2:])


def shown_at(function: Callable[..., Any]) -> str:
    """Where a function stands: `features/mail.py:12`; where that cannot be told, its name."""
    written = getattr(inspect.unwrap(function), "__code__", None)
    if written is None:
        return getattr(function, "__qualname__", type(function).__name__)
    return f"{shown(Path(written.co_filename))}:{written.co_firstlineno}"


def said(error: BaseException, function: Callable[..., Any] | None = None) -> str:
    """What somebody's code raised and where, on one line: `KeyError: 'x' (features/a.py:3: x[y])`.

    Args:
        error: the exception.
        function: what was called: the innermost line in its file is named; else the last line.
    """
    text = " ".join(str(error).split())
    what = f"{type(error).__name__}: {text[:MAX_SAID]}" if text else type(error).__name__
    if isinstance(error, SyntaxError) and error.filename:
        return f"{what} ({shown(Path(error.filename))}:{error.lineno})"
    called = traceback.extract_tb(error.__traceback__)[1:]  # the first one is who asks
    frames = [one for one in called if not one.filename.startswith(_IMPORTING)]
    own = getattr(getattr(function, "__code__", None), "co_filename", None)
    inside = [one for one in frames if own and Path(one.filename) == Path(own)]
    frame = (inside or frames)[-1] if frames else None
    if frame is None:
        return what
    return f"{what} ({shown(Path(frame.filename))}:{frame.lineno}: {(frame.line or '')[:80]})"
