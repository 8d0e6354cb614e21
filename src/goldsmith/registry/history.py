"""The champions of a model over time, gathered from the ledger and the versions' tags."""

import tempfile
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from goldsmith.errors import UserError
from goldsmith.registry import ledger, store
from goldsmith.registry.ledger import Entry
from goldsmith.registry.promotion import OUTCOME_TAG, REASON_TAG
from goldsmith.reporting.history import HistoryData, VersionRow, render
from goldsmith.reporting.seats import ChangeRow, Measured
from goldsmith.settings import Settings

if TYPE_CHECKING:
    from mlflow.entities.model_registry import ModelVersion

PAGE = "history.html"  # among the artifacts of the ledger run
MOST_VERSIONS = 200  # on the page, without those that were champion
LONGEST = 600  # characters of a reason


def gather(model: str) -> HistoryData:
    """What the page shows of a registered model.

    Raises:
        UserError: there is no version of it.
        StoreError: MLflow cannot be reached or fails, or the ledger is gone for good.
    """
    entries = ledger.read(model).entries
    client = store.client()
    with store.reaching():
        found = client.search_model_versions(f"name='{model}'", max_results=10_000)
    versions = {int(one.version): one for one in found}
    if not versions:
        use_case = model.partition(".")[0]
        raise UserError(f"{model} has no version yet: run `goldsmith run {use_case}` first")
    tags = {number: dict(one.tags) for number, one in versions.items()}
    seated = {one.version for one in entries}
    others = sorted((number for number in versions if number not in seated), reverse=True)
    changes = tuple(_change(one, tags.get(one.version, {})) for one in entries if not one.removed)
    measured = [one.measured for one in changes if one.measured]
    newest = _measured(tags[max(versions)])
    return HistoryData(
        model=model,
        metric=measured[-1].metric if measured else newest.metric if newest else "",
        changes=changes,
        others=tuple(_other(versions[number], tags[number]) for number in others[:MOST_VERSIONS]),
        left_out=max(0, len(others) - MOST_VERSIONS),
    )


def write(model: str, path: Path) -> None:
    """Write the page to a file.

    Raises:
        UserError: there is no version of the model, or the file cannot be written.
        StoreError: MLflow cannot be reached or fails.
    """
    page = render(gather(model))
    try:
        path.write_text(page, encoding="utf-8")
    except OSError as error:
        raise UserError(f"{path} cannot be written: {error.strerror}") from None


def log(model: str) -> str:
    """Lay the page beside the ledger in MLflow, over the one before; where it can be looked at.

    Returns:
        A link; empty where there is no ledger yet.

    Raises:
        StoreError: MLflow cannot be reached or fails.
    """
    run_id = ledger.read(model).run_id
    if run_id is None:
        return ""
    client = store.client()
    with store.reaching(), tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / PAGE
        path.write_text(render(gather(model)), encoding="utf-8")
        client.log_artifact(run_id, str(path))
        run = client.get_run(run_id)
    shown = mlflow_page(f"#/experiments/{run.info.experiment_id}/runs/{run_id}/artifacts")
    return shown or f"{run.info.artifact_uri}/{PAGE}"


def mlflow_page(place: str) -> str:
    """A link into MLflow's pages; empty where MLflow is no server."""
    parts = urlsplit(Settings().tracking_uri)
    if parts.scheme not in ("http", "https"):
        return ""
    host = parts.netloc.rpartition("@")[2]  # without a password
    return f"{parts.scheme}://{host}{parts.path.rstrip('/')}/{place}"


def _change(entry: Entry, tags: Mapping[str, str]) -> ChangeRow:
    return ChangeRow(
        number=entry.number,
        version=entry.version,
        kind=entry.kind,
        when=entry.at,
        by=entry.by,
        reason=_short(entry.reason),
        verdict=entry.verdict,
        measured=_measured(tags),
        data=tags.get("goldens_md5") or tags.get("data_md5", ""),
    )


def _other(version: "ModelVersion", tags: Mapping[str, str]) -> VersionRow:
    when = datetime.fromtimestamp(version.creation_timestamp / 1000, UTC)
    verdict = tags.get("verdict", "not judged")
    return VersionRow(
        version=int(version.version),
        when=when.isoformat(timespec="seconds"),
        outcome=tags.get(OUTCOME_TAG, verdict),
        reason=_short(tags.get(REASON_TAG, "")),
        measured=_measured(tags),
    )


def _measured(tags: Mapping[str, str]) -> Measured | None:
    """The primary metric as the version's tags give it; None for a version without."""
    try:
        value, low, high = (float(tags[f"primary.{name}"]) for name in ("value", "low", "high"))
    except (KeyError, ValueError):
        return None
    return Measured(metric=tags.get("primary", "primary metric"), value=value, low=low, high=high)


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 3]}..."
