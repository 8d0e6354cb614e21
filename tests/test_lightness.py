"""What must be light to import, looked at in a fresh process."""

import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[1]
HEAVY = {"torch", "transformers", "mlflow", "dvc", "datasets", "great_expectations", "prefect"}

HELP = """
import contextlib, io
from goldsmith.cli import main
sys.argv = ["goldsmith", "--help"]
with contextlib.suppress(SystemExit), contextlib.redirect_stdout(io.StringIO()) as shown:
    main()
assert "Usage" in shown.getvalue(), shown.getvalue()
"""
LOAD = """
from goldsmith import config
assert [config.load_any(name, profile) for name in config.names() for profile in config.profiles(name)]
"""
RUNTIME = "import goldsmith.families.token_classification.runtime"


def loaded_by(code: str) -> set[str]:
    """The top-level modules that a fresh process holds after some code."""
    tail = "print(*{name.partition('.')[0] for name in sys.modules})"
    found = subprocess.run(
        [sys.executable, "-c", f"import sys\n{code}\n{tail}"],
        capture_output=True, text=True, cwd=REPOSITORY,
    )  # fmt: skip
    assert found.returncode == 0, found.stderr
    return set(found.stdout.split())


@pytest.mark.parametrize(
    ("code", "heavy"),
    [
        (HELP, HEAVY),
        (LOAD, HEAVY),
        (RUNTIME, {"torch", "transformers", "pyarrow", "pandas", "datasets", "prefect", "mlflow"}),
    ],
    ids=["help", "every use case", "runtime"],
)
def test_light(code: str, heavy: set[str]) -> None:
    modules = loaded_by(code)
    assert "goldsmith" in modules
    assert not modules & heavy
