"""Where to look: links to Prefect's and MLflow's pages, and the commands that show or approve."""

from collections.abc import Callable
from typing import Any

from goldsmith.errors import GoldsmithError
from goldsmith.registry import history as histories
from goldsmith.registry.versions import Version
from goldsmith.settings import Settings
from tasks.temporary_server import lasting_server


def run() -> str:
    """The page of the flow run; empty where no server shows one."""
    from prefect import runtime
    from prefect.utilities.urls import url_for

    if not (lasting_server() and runtime.flow_run.id):
        return ""
    return url_for("flow-run", runtime.flow_run.id) or ""


def show(use_case: str, version: Version) -> str:
    """The command that shows a version."""
    return f"goldsmith show {_target(use_case, version)}"


def approve(use_case: str, version: Version) -> str:
    """The command by which a person makes a version champion."""
    return f"goldsmith promote {_target(use_case, version)} --by NAME --reason WHY"


def _target(use_case: str, version: Version) -> str:
    profile = version.model.partition(".")[2] or "full"
    option = "" if profile == Settings().profile else f" --profile {profile}"
    return f"{use_case}@{version.number}{option}"


def registry(version: Version) -> list[tuple[str, str]]:
    """(words, link) of the version in MLflow, where MLflow is a server."""
    found = histories.mlflow_page(f"#/models/{version.model}/versions/{version.number}")
    return [("the version in MLflow", found)] if found else []


def history(model: str, report: Callable[[dict[str, Any]], None]) -> str:
    """Draw the champions' history anew, and say where it lies; a failure is no more than a note."""
    try:
        return histories.log(model)
    except GoldsmithError as error:
        report({"type": "note", "text": f"warning: the history page was not written: {error}"})
        return ""
