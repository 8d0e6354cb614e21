"""Server smoke test: a real Prefect server, a use case with a cron, and runs that get planned.

`.venv/bin/python .ci/server_smoke.py` in the repository root; prints what it saw, leaves nothing.
Guards against versions under which a server stays healthy and its crons never plan a run.
"""

import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests import prefect_server  # noqa: E402

CRON = 'schedule: {cron: "0 3 * * 1", timezone: UTC}\n'


def project_with_cron(folder: Path) -> Path:
    """A working directory whose one use case is the repository's, on a schedule."""
    text = (ROOT / "use_cases" / "financial-entities.yaml").read_text(encoding="utf-8")
    (folder / "use_cases").mkdir(parents=True)
    text = text if "\nschedule:" in text else text + "\n" + CRON
    (folder / "use_cases" / "financial-entities.yaml").write_text(text, encoding="utf-8")
    return folder


def main() -> int:
    """Returns the exit status."""
    with tempfile.TemporaryDirectory() as scratch:
        project = project_with_cron(Path(scratch) / "project")
        with prefect_server.running(Path(scratch) / "prefect") as url:
            print(f"server healthy at {url}")
            print(prefect_server.register(url, project, "--profile", "demo").rstrip())
            found = prefect_server.scheduled_runs(url, "training/financial-entities.demo")
            print(f"scheduled runs: {found}")
    print("server stopped")
    return 0 if found else 1


if __name__ == "__main__":
    sys.exit(main())
