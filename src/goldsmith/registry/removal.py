"""Removing versions for good: announced in the ledger first, so that none becomes champion meanwhile.

An alias or a tag could not keep a version that is being removed from being promoted at that moment,
by somebody who judged it minutes ago. An entry of the ledger does: it names the champion again and
the versions that go. Whoever judged before it is refused by the store, reads it, and finds that the
version may not be champion any more. A removal that dies half way is finished by the next one.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from goldsmith.errors import StoreError
from goldsmith.registry import ledger, seat, store, versions
from goldsmith.registry.anchor import At, quietly
from goldsmith.registry.ledger import Entry
from goldsmith.registry.seat import ROUNDS, Seat
from goldsmith.registry.versions import Version
from goldsmith.settings import Settings

if TYPE_CHECKING:
    from mlflow import MlflowClient
    from mlflow.entities import Run

BY = "goldsmith gc"
MOST = 300  # versions in one entry: MLflow takes 6,000 characters a param
PAGE = 1000
JUDGED_TAG = "verdict"  # of runs of ours, and of nobody else's


def announce(model: str, choose: Callable[[Seat], set[int]], at: At = quietly) -> set[int]:
    """Write into the ledger which versions go; chosen again where somebody was faster.

    Args:
        model: the registered model.
        choose: the versions that may go, by the ledger as it is.
        at: called at each step: read, announced.

    Returns:
        The versions that may be deleted now: none can become champion any more.

    Raises:
        StoreError: MLflow cannot be reached or fails.
    """
    for _ in range(ROUNDS):
        now = seat.settle(model, must_be_there=False)
        at("read")
        going = choose(now)
        new = sorted(going - now.book.removed)[:MOST]
        if not new:
            return going & now.book.removed
        assert now.champion is not None, "without a champion nothing goes"
        _append(now, tuple(new), at)
        at("announced")
    raise StoreError(f"{model}: its ledger changed {ROUNDS} times while versions were to be removed; run again")  # fmt: skip


def _append(now: Seat, going: tuple[int, ...], at: At) -> None:
    head = now.book.head
    assert head is not None
    words = f"the champion stays; removed: {', '.join(map(str, going[:20]))}"
    entry = Entry(
        number=len(now.book.entries) + 1,
        version=head.version,
        kind="adopted",
        by=BY,
        reason=words + (f" and {len(going) - 20} more" if len(going) > 20 else ""),
        file_sha256=head.file_sha256,
        previous=head.version,
        at=datetime.now(UTC).isoformat(timespec="seconds"),
        removed=going,
    )
    ledger.append(now.book, entry, at)


def of_ours(model: str) -> list[Version]:
    """The versions of a model that Goldsmith registered; newest first."""
    from goldsmith.registry.creating import IDENTITY_TAG

    client = store.client()
    named = f"name='{model}'"
    with store.reaching():
        pages = _pages(
            lambda token: client.search_model_versions(named, max_results=PAGE, page_token=token)
        )
        numbers = [int(one.version) for one in pages if IDENTITY_TAG in one.tags]
    found = (versions.get(model, number) for number in sorted(numbers, reverse=True))
    return [one for one in found if one is not None]


def models() -> list[str]:
    """The names of all registered models, whoever made them.

    Raises:
        StoreError: MLflow cannot be reached or fails.
    """
    client = store.client()
    with store.reaching():
        found = _pages(lambda token: client.search_registered_models(page_token=token))
        return sorted(one.name for one in found)


def delete(version: Version) -> None:
    """Delete a version from the registry; its run and files are then nobody's.

    Raises:
        StoreError: MLflow cannot be reached or fails.
    """
    from mlflow.exceptions import MlflowException

    client = store.client()
    with store.reaching():
        try:
            client.delete_model_version(version.model, str(version.number))
        except MlflowException as error:
            if error.error_code != "RESOURCE_DOES_NOT_EXIST":
                raise  # somebody else deleted it


def left_over(names: list[str], going: Mapping[str, str]) -> list[tuple["Run", str]]:
    """The runs of ours in these experiments to which no version refers, or none but those that go.

    Args:
        names: of the experiments.
        going: the runs of versions that go or are gone, by the version as `MODEL version N`.

    Returns:
        Each run with the version that went or goes; empty where there never was one.

    Raises:
        StoreError: MLflow cannot be reached or fails.
    """
    client = store.client()
    with store.reaching():
        experiments = [client.get_experiment_by_name(name) for name in names]
        known = [one.experiment_id for one in experiments if one is not None]
        if not known:
            return []
        used = _used(client, going)
        of_going = {run_id: name for name, run_id in going.items()}
        runs = _pages(lambda token: client.search_runs(
            known, f"tags.{JUDGED_TAG} LIKE '%'", max_results=PAGE, page_token=token))  # fmt: skip
        return [
            (run, of_going.get(run.info.run_id, ""))
            for run in runs
            if not used & {run.info.run_id, *_logged(run)}
        ]


def _used(client: "MlflowClient", going: Collection[str]) -> set[str]:
    """The runs and logged models that registered versions refer to, whoever made them; not those
    that go."""
    used: set[str] = set()
    for one in _pages(lambda token: client.search_model_versions(max_results=PAGE, page_token=token)):  # fmt: skip
        if f"{one.name} version {one.version}" not in going:
            used |= {one.run_id or "", getattr(one, "model_id", None) or ""}
            used |= set(str(one.source).replace("/", " ").split())
    return used - {""}


def _logged(run: "Run") -> set[str]:
    """The ids of the models that a run logged."""
    outputs = getattr(run, "outputs", None)
    return {one.model_id for one in outputs.model_outputs} if outputs else set()


def size(run: "Run") -> int:
    """Bytes of a run's files, those of its logged models among them.

    Raises:
        StoreError: MLflow cannot be reached or fails.
    """
    client = store.client()
    with store.reaching():
        total = _weight(lambda path: client.list_artifacts(run.info.run_id, path))
        for name in _logged(run):
            total += _weight(lambda path, one=name: client.list_logged_model_artifacts(one, path))  # type: ignore[misc]
        return total


def _weight(listing: Callable[[str | None], Any], path: str | None = None) -> int:
    return sum(
        _weight(listing, one.path) if one.is_dir else int(one.file_size or 0)
        for one in listing(path)
    )


def delete_run(run: "Run") -> None:
    """Delete a run's files and those of its logged models, then the run.

    MLflow keeps what it knows of a deleted run until its own `mlflow gc`.

    Raises:
        StoreError: MLflow or its artifact store cannot be reached or fails.
    """
    from mlflow.exceptions import MlflowException

    client, run_id = store.client(), run.info.run_id
    with store.reaching():
        for name in sorted(_logged(run)):
            try:
                found = client.get_logged_model(name)
            except MlflowException as error:
                if error.error_code != "RESOURCE_DOES_NOT_EXIST":
                    raise
                continue  # it was deleted before
            _delete_files(found.artifact_location, name)
            client.delete_logged_model(name)
        _delete_files(run.info.artifact_uri, run_id)
        client.delete_run(run_id)


def _delete_files(uri: str, owner: str) -> None:
    """Delete all below a place, which must be that of its owner alone."""
    from mlflow.store.artifact.artifact_repository_registry import get_artifact_repository

    if owner not in uri:
        return
    try:
        get_artifact_repository(uri, tracking_uri=Settings().tracking_uri).delete_artifacts()
    except OSError as error:
        raise StoreError(f"{uri} cannot be deleted: {error}") from error


def _pages(ask: Callable[[str | None], Any]) -> Iterator[Any]:
    """Everything that MLflow gives a page at a time."""
    token: str | None = None
    while True:
        page = ask(token)
        yield from page
        token = page.token or None
        if token is None:
            return
