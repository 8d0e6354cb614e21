"""One MLflow database for the registry's tests: making one takes seconds, a model in it nothing."""

import itertools
from collections.abc import Iterator

import pytest

from goldsmith.registry import ledger, store
from tests.registry.models import Model

NUMBERS = itertools.count()


@pytest.fixture(scope="session")
def shared_store(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The URI of a SQLite store that is never empty again."""
    return f"sqlite:///{tmp_path_factory.mktemp('mlflow')}/mlflow.db"


@pytest.fixture
def model(shared_store: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Model]:
    """A registered model of this test alone, without versions."""
    monkeypatch.setenv("MLFLOW_TRACKING_URI", shared_store)
    found = Model(f"model-{next(NUMBERS)}")
    store.client().create_registered_model(found.name)
    yield found
    numbers = [entry.number for entry in ledger.read(found.name).entries]
    assert numbers == list(range(1, len(numbers) + 1))
