"""The code behind a name: files of the project, and installed packages; both by digest.

Needs no import of what it looks at.
"""

import ast
import hashlib
import importlib.util
from collections.abc import Iterator
from functools import cache
from importlib import metadata
from pathlib import Path

PROJECT = "project:"  # before a path below the working directory
PACKAGE = "package:"  # before the name of an installed package
_OURS = "goldsmith"


def local_file(module: str) -> Path | None:
    """The file of a module below the working directory; None where it is not there."""
    base = Path.cwd().joinpath(*module.split("."))
    candidates = (base.with_suffix(".py"), base / "__init__.py")
    return next((path for path in candidates if path.is_file()), None)


def local_modules(like: str) -> list[str]:
    """The modules in the folder of the working directory where a module should have been."""
    *folders, _ = like.split(".")
    inside = Path.cwd().joinpath(*folders)
    stems = (path.stem for path in inside.glob("*.py") if path.stem.isidentifier())
    return [".".join([*folders, stem]) for stem in stems]


def installed_file(module: str) -> Path | None:
    """The file of an installed module; None where there is none."""
    try:
        spec = importlib.util.find_spec(module)
    except (ImportError, ValueError):
        return None
    return Path(spec.origin) if spec and spec.origin and spec.has_location else None


def code_of(name: str) -> dict[str, str]:
    """Digests of the code of a `module:function`, by name; empty where there is no such module.

    Of the project: the module's file and whatever it imports from the project, in turn
    (`project:features/mail.py`). Of an installed package: the package (`package:name`).
    """
    module = name.partition(":")[0]
    if local_file(module) is None:
        return packaged(module) if installed_file(module) else {}
    here = Path.cwd()
    return {
        f"{PROJECT}{file.relative_to(here).as_posix()}": file_digest(file.name, file.read_bytes())
        for file in project_files(module)
    }


def project_files(module: str) -> list[Path]:
    """The file of a module of the project and those that it imports from there; sorted."""
    return sorted(_reached(module, set()))


def _reached(module: str, seen: set[Path]) -> set[Path]:
    """The files of a module, of the packages that it is in, and of what they import."""
    parts = module.split(".")
    for size in range(1, len(parts) + 1):
        name = ".".join(parts[:size])
        file = local_file(name)
        if file is None or file in seen:
            continue
        seen.add(file)
        package = name if file.name == "__init__.py" else name.rpartition(".")[0]
        for imported in _imports(file, package):
            _reached(imported, seen)
    return seen


def _imports(file: Path, package: str) -> Iterator[str]:
    try:
        tree = ast.parse(file.read_bytes())
    except (SyntaxError, ValueError):
        return  # importing it says what is wrong
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1]
            start = ".".join([*(above if node.level else []), *filter(None, [node.module])])
            yield from (f"{start}.{one.name}" if start else one.name for one in node.names)


def packaged(module: str) -> dict[str, str]:
    """Digest of the installed package that a module is in; empty for a module of Goldsmith."""
    top = module.partition(".")[0]
    return {} if top == _OURS else {f"{PACKAGE}{top}": _package(top)}


@cache
def _package(top: str) -> str:
    """Digest of a top-level package's files and of the distribution that brought it.

    The files themselves, since an editable installation's RECORD does not list them; the RECORD,
    since a distribution may hold more than this package, such as compiled libraries beside it.
    """
    spec = importlib.util.find_spec(top)
    folders = list(spec.submodule_search_locations or ()) if spec else []
    found = hashlib.sha256()
    for folder in map(Path, folders):
        files = (path for path in folder.rglob("*") if "__pycache__" not in path.parts)
        found.update(_digest(sorted(filter(Path.is_file, files)), folder).encode())
    if spec and spec.origin and not folders:
        found.update(_digest([Path(spec.origin)], Path(spec.origin).parent).encode())
    for name in metadata.packages_distributions().get(top, []):
        found.update(_distribution(name).encode())
    return found.hexdigest()


def _distribution(name: str) -> str:
    """Name, version and RECORD of a distribution, without what only its installation wrote."""
    one = metadata.distribution(name)
    rows = [
        f"{file.as_posix()} {file.hash.value}"
        for file in one.files or ()
        if file.hash
        and not file.parts[0].endswith(".dist-info")
        and not file.name.startswith(("__editable__", "_editable"))
        and file.suffix != ".pth"
    ]
    return "\n".join([f"{name} {one.version}", *sorted(rows)])


def _digest(files: list[Path], below: Path) -> str:
    digests = [file_digest(str(file.relative_to(below)), file.read_bytes()) for file in files]
    return hashlib.sha256("\n".join(digests).encode()).hexdigest()


def file_digest(name: str, content: bytes) -> str:
    """Digest of a file's name and content."""
    return hashlib.sha256(f"{name}\0".encode() + content).hexdigest()
