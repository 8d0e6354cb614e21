"""What depends on the machine, from the environment; nothing here is part of a use case."""

import fcntl
import json
import os
from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from goldsmith.errors import StoreError

STACK_FILE = "stack.json"  # of a running `goldsmith up`: the variables that lead to it

# Users run our commands on private data: no library under us reports home unless it is told to.
_QUIET = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "MLFLOW_DISABLE_TELEMETRY": "true",
    "GX_ANALYTICS_ENABLED": "false",
    "DVC_NO_ANALYTICS": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    # Not telemetry, but noise and surprises of the same libraries.
    "TOKENIZERS_PARALLELISM": "false",
    "GIT_PYTHON_REFRESH": "quiet",
    "PREFECT_RESULTS_DEFAULT_SERIALIZER": "json",
    "PREFECT_LOGGING_TO_API_WHEN_MISSING_FLOW": "ignore",
    # A busy machine takes longer than Prefect's 20 s to start its temporary server.
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "180",
    "MLFLOW_ENABLE_ARTIFACTS_PROGRESS_BAR": "false",
    "MLFLOW_LOGGING_LEVEL": "ERROR",
    "MLFLOW_SUPPRESS_PRINTING_URL_TO_STDOUT": "true",
    "TRANSFORMERS_NO_ADVISORY_WARNINGS": "1",
    "HF_HUB_DISABLE_PROGRESS_BARS": "1",
    "HF_HUB_VERBOSITY": "error",
}


class Settings(BaseSettings):
    """Places and secrets of this machine; each is an environment variable."""

    model_config = SettingsConfigDict(env_prefix="GOLDSMITH_", frozen=True, extra="ignore")

    home: Path = Field(Path(".goldsmith"), description="Machine state: stores, locks, checkpoints.")
    mirror: str = Field(
        "",
        validation_alias="GOLDSMITH_ARTIFACTS",
        description="Where finished artifacts and checkpoints are mirrored: a folder or "
        "s3://bucket/prefix; empty: nowhere.",
    )
    profile: str = Field("demo", description="Profile of a run that names none.")
    use_cases: Path = Field(Path("use_cases"), description="Folder of the use cases' YAML files.")
    mlflow_uri: str = Field(
        "", validation_alias="MLFLOW_TRACKING_URI", description="MLflow's store; empty: SQLite."
    )
    notify: SecretStr = Field(
        SecretStr(""),
        description="Where notices go: an http(s) webhook, or TYPE/NAME of a Prefect notification "
        "block; empty: nowhere.",
    )

    gpu_locks: Path = Field(
        Path("/tmp/goldsmith-gpus"),
        description="Folder of the locks by which trainings share this machine's GPUs: the same for "
        "every home, user and container.",
    )

    @property
    def artifacts(self) -> Path:
        """Root of the artifact store."""
        return self.home.absolute() / "artifacts"

    @property
    def tracking_uri(self) -> str:
        """MLflow's tracking and registry URI: MLFLOW_TRACKING_URI, else SQLite in the home."""
        return self.mlflow_uri or f"sqlite:///{self.home.absolute()}/mlflow/mlflow.db"


def cores() -> int:
    """Cores that this process may use: its affinity, or OMP_NUM_THREADS where that is fewer.

    More threads than cores slow matrix work down tenfold.
    """
    owned = len(os.sched_getaffinity(0))
    asked = os.environ.get("OMP_NUM_THREADS", "")
    return min(owned, int(asked)) if asked.isdigit() and int(asked) else owned


def quiet_environment() -> None:
    """Switch the libraries' telemetry off in this process and its children; a user's value wins."""
    for name, value in _QUIET.items():
        os.environ.setdefault(name, value)


def join_stack(settings: Settings) -> None:
    """Use the servers of the stack that runs in our home, unless the user names others."""
    if any(f"PREFECT_{name}" in os.environ for name in ("API_URL", "PROFILE")):
        return
    try:
        with (settings.home / STACK_FILE).open("r+", encoding="utf-8") as stream:
            try:
                fcntl.flock(stream, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:  # held by the stack as long as it lives
                found = json.loads(stream.read() or "{}")
                found.pop("pid", None)
                for name, value in found.items():
                    os.environ.setdefault(name, value)
    except (OSError, ValueError):
        return


def local_prefect_home(settings: Settings) -> None:
    """Keep Prefect's state in our home unless the user points Prefect elsewhere."""
    if not any(f"PREFECT_{name}" in os.environ for name in ("API_URL", "HOME", "PROFILE")):
        os.environ["PREFECT_HOME"] = str(settings.home.absolute() / "prefect")


def make_prefect_home() -> None:
    """Make the folder of PREFECT_HOME, where one is set: Prefect makes no more than its last part.

    Raises:
        StoreError: it cannot be made.
    """
    home = os.environ.get("PREFECT_HOME")
    try:
        if home:
            Path(home).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            f"{home} cannot be made: {error.strerror}; set GOLDSMITH_HOME (or PREFECT_HOME) to a "
            "folder that can be written"
        ) from None
