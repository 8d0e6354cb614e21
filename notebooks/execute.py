"""Runs notebooks from top to bottom: `python notebooks/execute.py [--write] NOTEBOOK...`.

Each runs in an empty folder of its own. Fails at the first cell that does; with --write keeps the new
outputs, without anything of this machine.
"""

import argparse
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient

CELL_SECONDS = 900


def executed(path: Path, folder: Path) -> Any:
    """The notebook with what its cells put out in a folder.

    Raises:
        nbclient.exceptions.CellExecutionError: a cell fails.
    """
    notebook = nbformat.read(path, as_version=4)
    resources = {"metadata": {"path": str(folder)}}
    NotebookClient(
        notebook, timeout=CELL_SECONDS, kernel_name="python3", resources=resources
    ).execute()
    return notebook


def cleaned(notebook: Any) -> Any:
    """The notebook without times of execution and the versions of this machine."""
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
    notebook.metadata.pop("language_info", None)
    return notebook


def main() -> int:
    """Returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("notebooks", nargs="+", type=Path)
    parser.add_argument("--write", action="store_true", help="keep the outputs")
    chosen = parser.parse_args()
    # Else the editor's or the machine's own progress bars and colours stand in the outputs.
    os.environ |= {"NO_COLOR": "1", "TERM": "dumb"}
    for path in chosen.notebooks:
        with tempfile.TemporaryDirectory() as folder:
            found = cleaned(executed(path, Path(folder)))
        if chosen.write:
            nbformat.write(found, path)
        print(f"{path}: {len(found.cells)} cells")
    return 0


if __name__ == "__main__":
    sys.exit(main())
