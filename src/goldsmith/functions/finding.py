"""From `module:function` to the function, and what to say where there is none."""

import importlib
import inspect
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from goldsmith.errors import ConfigError, near
from goldsmith.foreign import said, shown
from goldsmith.functions import code

_IMPORTED: dict[str, dict[str, str]] = {}  # module -> what it was imported from
_ADDED: list[str] = []  # to sys.path: the project's folder


@dataclass(frozen=True)
class Function:
    """A function of the user's own.

    Attributes:
        field: where the use case names it, such as `source.prepare`.
        name: `module:function`.
        call: the function.
    """

    field: str
    name: str
    call: Callable[..., Any]

    def __str__(self) -> str:
        return f"{self.field} {self.name}"


def find(field: str, name: str) -> Function:
    """Import a function.

    A module of the working directory is imported anew when one of its files has changed, so that
    what is called is what `code_of` hashes.

    Raises:
        ConfigError: no such module or function, or its module fails while it is imported.
    """
    module_name, _, attribute = name.partition(":")
    module = _module(field, name, module_name)
    found = getattr(module, attribute, None)
    if found is None:
        own = (key for key, value in vars(module).items() if inspect.isfunction(value))
        known = [key for key in own if not key.startswith("_")]
        raise ConfigError(
            f"{field}: {_shown(module)} has no function {attribute!r}: {near(attribute, known)}"
        )
    if not callable(found):
        raise ConfigError(f"{field}: {name} is {type(found).__name__}, which cannot be called")
    return Function(field, name, found)


def _module(field: str, name: str, module: str) -> ModuleType:
    local = code.local_file(module)
    if local is None and code.installed_file(module) is None:
        raise ConfigError(
            f"{field}: no module {module!r} for {name}, neither a file "
            f"{module.replace('.', '/')}.py in {Path.cwd()} nor an installed one: "
            f"{near(module, code.local_modules(module))}"
        )
    if local is not None:
        _make_current(module)
    bytecode, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    try:
        found = importlib.import_module(module)
    except (Exception, SystemExit) as error:
        raise ConfigError(f"{field}: {name} does not import: {said(error)}") from None
    finally:
        # Python takes a changed file of the same second and size for its old bytecode.
        sys.dont_write_bytecode = bytecode
    if local is not None and Path(found.__file__ or "").resolve() != local.resolve():
        raise ConfigError(
            f"{field}: {local.relative_to(Path.cwd())} is hidden by the installed "
            f"{found.__file__}: give its module or folder another name"
        )
    return found


def _make_current(module: str) -> None:
    """Let the next import find the files of this working directory as they are now."""
    here = str(Path.cwd())
    for earlier in [one for one in _ADDED if one != here]:
        _ADDED.remove(earlier)
        sys.path[:] = [one for one in sys.path if one != earlier]
    if here not in sys.path:
        # Last, so that no file of a project hides an installed package.
        sys.path.append(here)
        _ADDED.append(here)
    now = {"": here, **code.code_of(f"{module}:")}
    if _IMPORTED.get(module) == now:
        return
    files = {file.resolve() for file in code.project_files(module)}
    top = module.partition(".")[0]
    for name, one in list(sys.modules.items()):
        file = getattr(one, "__file__", None)
        if name.partition(".")[0] == top or (file and Path(file).resolve() in files):
            del sys.modules[name]
    importlib.invalidate_caches()
    _IMPORTED[module] = now


def _shown(module: ModuleType) -> str:
    return shown(Path(module.__file__ or module.__name__))
