"""MLflow's server going away between two steps of a promotion, or before it has answered."""

from pathlib import Path

import pytest

from goldsmith.errors import StoreError
from goldsmith.registry import creating, store, versions
from tests import lossy, mlflow_server
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


def test_a_version_whose_answer_was_lost_is_not_created_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (
        mlflow_server.running(tmp_path / "server") as url,
        lossy.proxy(url, "/model-versions/create") as (far, lost),
    ):
        monkeypatch.setenv("MLFLOW_TRACKING_URI", far)
        client = store.client()
        creating.ensure_model(client, "served", "a model")
        run = client.create_run("0").info
        tags = {"content": ""}
        made = creating.create_once(client, "served", run.artifact_uri, run.run_id, "one", tags)
        assert (made.number, lost) == (1, [200]), "the server had created it"
        assert [one.version for one in client.search_model_versions("name='served'")] == ["1"]
        again = creating.create_once(client, "served", run.artifact_uri, run.run_id, "two", tags)
        assert again.number == 2
