"""MLflow's server going away between two steps of a promotion."""

from pathlib import Path

import pytest

from goldsmith.errors import StoreError
from goldsmith.registry import store, versions
from tests import mlflow_server
from tests.command import free_port
from tests.registry.models import Model

pytestmark = pytest.mark.slow


def test_server_gone_between_ledger_and_alias(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = free_port()
    monkeypatch.setenv("MLFLOW_TRACKING_URI", f"http://127.0.0.1:{port}")
    monkeypatch.setenv("MLFLOW_HTTP_REQUEST_MAX_RETRIES", "0")
    model, place = Model("served"), tmp_path / "server"
    with mlflow_server.running(place, port=port):
        store.client().create_registered_model(model.name)
        seated, better = model.add(24), model.add(44)
        model.promote(seated)

        def at(step: str) -> None:
            if step == "written":
                mlflow_server.stop(place)

        with pytest.raises(StoreError, match=f"127.0.0.1:{port}"):
            model.promote(better, at=at)
    with mlflow_server.running(place, port=port):
        assert model.alias == 1, "the promoter died before it set the alias"
        found = versions.champion(model.name)
        assert found is not None and found.number == 2 == model.alias
        assert model.promote(better).outcome == "champion"
        assert (model.champions, model.get(2).tags["champion.number"]) == ([1, 2], "2")
