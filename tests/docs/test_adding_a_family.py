"""The page and the notebook that add a family from outside the repository do what they say."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest

from notebooks.execute import executed

REPOSITORY = Path(__file__).parents[2]
PAGE = (REPOSITORY / "docs" / "adding-a-family.md").read_text(encoding="utf-8")
FILES = dict(re.findall(r'^```\w+ title="(.+?)"\n(.*?)^```$', PAGE, re.MULTILINE | re.DOTALL))
COMMANDS = re.findall(r"^```sh\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
NOTEBOOK = REPOSITORY / "notebooks" / "adding-a-family.ipynb"


@pytest.fixture
def reader(tmp_path: Path, prefect_home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, where `pip install` needs no network and leaves this environment alone."""
    site = tmp_path / "site"
    ours = f"{site}{os.pathsep}{os.environ.get('PYTHONPATH', '')}"
    for name, value in {
        "PIP_NO_INDEX": "1",
        "PIP_NO_DEPS": "1",
        "PIP_NO_BUILD_ISOLATION": "0",  # pip's own way to say that there is none
        "PIP_NO_CACHE_DIR": "1",
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PIP_TARGET": str(site),
        "PYTHONPATH": ours,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "PREFECT_HOME": str(prefect_home),
    }.items():
        monkeypatch.setenv(name, value)
    folder = tmp_path / "reader"
    folder.mkdir()
    return folder


def outputs(notebook: Any) -> list[list[str]]:
    """What each cell of code put out, as text."""
    return [
        ["".join(one.get("text") or one["data"]["text/plain"]) for one in cell.outputs]
        for cell in notebook.cells
        if cell.cell_type == "code"
    ]


def test_the_notebook_is_committed_executed_and_says_what_the_page_says() -> None:
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))
    written = [
        cell.source.partition("\n") for cell in code if cell.source.startswith("%%writefile")
    ]
    assert {first.split()[1]: text for first, _, text in written} == {
        name: text.rstrip() for name, text in FILES.items()
    }
    said = json.dumps(outputs(notebook))
    assert not re.search(r"/(home|root|tmp|work|Users|site-packages)\b|\d\d:\d\d", said), said


@pytest.mark.slow
def test_the_notebook_runs(reader: Path) -> None:
    found = outputs(executed(NOTEBOOK, reader))
    committed = outputs(nbformat.read(NOTEBOOK, as_version=4))
    assert len(found) == len(committed)
    assert "'outcome': 'promoted'" in "".join(found[-5])
    assert found[-4] == committed[-4], "the verdict"
    assert found[-1] == ["False"]


@pytest.mark.slow
def test_the_page_runs(reader: Path) -> None:
    for name, text in FILES.items():
        (reader / name).parent.mkdir(exist_ok=True)
        (reader / name).write_text(text, encoding="utf-8")
    assert len(COMMANDS) == 2
    for block in COMMANDS:
        done = subprocess.run(
            ["bash", "-eu", "-c", block], cwd=reader, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stdout + done.stderr
    assert "promoted" in done.stdout
    answer = json.loads(done.stdout.splitlines()[-1])
    assert answer["prediction"][0]["label"] == "q-bio"
