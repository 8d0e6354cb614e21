"""Versions that are created once, whatever goes away meanwhile."""

import contextlib
import os
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from goldsmith.registry import ledger
from goldsmith.registry.versions import Version, version_of

if TYPE_CHECKING:
    from mlflow import MlflowClient

IDENTITY_TAG = "goldsmith.identity"
RETRIES = "MLFLOW_HTTP_REQUEST_MAX_RETRIES"


def ensure_model(client: "MlflowClient", model: str, text: str) -> None:
    """The registered model, with a description that says what it is."""
    from mlflow.exceptions import MlflowException

    with contextlib.suppress(MlflowException):  # it is there; if it is not, the next call fails
        client.create_registered_model(model)
    if not client.get_registered_model(model).description:  # a person may have written a better one
        client.update_registered_model(model, text)


def by_identity(client: "MlflowClient", model: str, identity: str) -> Version | None:
    """The version that was registered under an identity; None if there is none."""
    for found in client.search_model_versions(f"name='{model}'"):
        equal = found.tags.get(IDENTITY_TAG) == identity
        if equal and int(found.version) not in ledger.read(model).removed:
            return version_of(client.get_model_version(model, str(found.version)))
    return None


def create_once(
    client: "MlflowClient",
    model: str,
    source: str,
    run_id: str,
    identity: str,
    tags: Mapping[str, str],
    description: str | None = None,
    model_id: str | None = None,
) -> Version:
    """Create a version with its tags in one call, and so that a lost answer makes no second one.

    A server that is killed, or whose database is, may have created the version that it never
    answered for. MLflow's client would ask again, and create another: so it asks once, and then
    looks whether the version is there.

    Raises:
        MlflowException: it is not, and the server does not answer.
    """
    from mlflow.exceptions import MlflowException

    try:
        with _asked_once():
            made = client.create_model_version(
                model,
                source,
                run_id,
                tags={**tags, IDENTITY_TAG: identity},
                description=description,
                model_id=model_id,
            )
            number = str(made.version)
    except MlflowException:
        found = by_identity(client, model, identity)
        if found is None:
            raise
        number = str(found.number)
    return version_of(client.get_model_version(model, number), new=True)


@contextlib.contextmanager
def _asked_once() -> Iterator[None]:
    """MLflow's client takes how often it asks again from the environment alone."""
    before = os.environ.get(RETRIES)
    os.environ[RETRIES] = "0"
    try:
        yield
    finally:
        if before is None:
            del os.environ[RETRIES]
        else:
            os.environ[RETRIES] = before
