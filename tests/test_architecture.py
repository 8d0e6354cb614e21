"""Who may import what: the layers by import-linter, the libraries by a look at the sources."""

import ast
import subprocess
import sys
from fnmatch import fnmatchcase
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[1]
PACKAGES = ("src/goldsmith", "tasks", "flows", "deployments")
TRAINS = (
    "src/goldsmith/families/*/training*",
    "src/goldsmith/families/*/export*",
    "src/goldsmith/finetune/*",
    "src/goldsmith/exporting.py",
)
# A library, and the only files that may import it.
ROOMS = {
    "prefect": ("tasks/*", "flows/*", "deployments/*", "src/goldsmith/cli/*"),
    "mlflow": ("src/goldsmith/registry/*",),
    "dvc": ("src/goldsmith/versioning/*",),
    "boto3": ("src/goldsmith/storage/*.py",),
    "huggingface_hub": ("src/goldsmith/hub.py",),
    "great_expectations": ("src/goldsmith/validation/*",),
    "torch": (*TRAINS, "src/goldsmith/families/launching.py"),  # torchrun
    "transformers": TRAINS,
}


def imports(source: str) -> set[str]:
    """The top-level names that a source imports, wherever in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found.update(name.name.partition(".")[0] for name in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            found.add((node.module or "").partition(".")[0])
    return found


def test_the_layers_hold() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    found = subprocess.run([linter], cwd=REPOSITORY, capture_output=True, text=True)
    assert found.returncode == 0, found.stdout[-2000:] + found.stderr[-2000:]
    assert "1 kept, 0 broken" in found.stdout


@pytest.mark.parametrize("library", ROOMS)
def test_a_library_stays_in_its_room(library: str) -> None:
    files = [file for package in PACKAGES for file in (REPOSITORY / package).rglob("*.py")]
    names = [
        file.relative_to(REPOSITORY).as_posix()
        for file in files
        if library in imports(file.read_text(encoding="utf-8"))
    ]
    assert names, f"nothing imports {library}: is it still in use?"
    astray = [name for name in names if not any(fnmatchcase(name, room) for room in ROOMS[library])]
    assert not astray


def test_imports_inside_functions_count() -> None:
    assert imports("def f():\n    from dvc.repo import Repo\n    import torch.nn as n") == {
        "dvc",
        "torch",
    }
