"""The machine's settings: a home that is not there yet."""

import os
from pathlib import Path

import pytest

from goldsmith.errors import StoreError
from goldsmith.settings import (
    Settings,
    cores,
    local_prefect_home,
    make_prefect_home,
    quiet_environment,
)


@pytest.fixture(autouse=True)
def no_prefect_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PREFECT_HOME", "")  # so that what a test sets is undone
    monkeypatch.delenv("PREFECT_HOME")


def test_a_fresh_home_holds_a_prefect_home(home: Path) -> None:
    """Prefect itself makes only the last folder, and without it its server never starts."""
    local_prefect_home(Settings())
    assert not home.exists()
    make_prefect_home()
    assert (home / "prefect").is_dir()


def test_a_home_that_cannot_be_made_is_named(home: Path) -> None:
    home.write_text("a file in its place", encoding="utf-8")
    local_prefect_home(Settings())
    with pytest.raises(StoreError, match="GOLDSMITH_HOME"):
        make_prefect_home()


def test_a_prefect_home_of_the_users_stays(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PREFECT_API_URL", "http://127.0.0.1:4200/api")
    local_prefect_home(Settings())
    assert "PREFECT_HOME" not in os.environ
    make_prefect_home()
    assert not home.exists()


def test_cores_are_those_owned_or_fewer(monkeypatch: pytest.MonkeyPatch) -> None:
    owned = len(os.sched_getaffinity(0))
    for asked, found in (("1", 1), ("", owned), ("0", owned), ("many", owned), ("999", owned)):
        monkeypatch.setenv("OMP_NUM_THREADS", asked)
        assert cores() == found


def test_telemetry_is_off_but_a_users_value_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DO_NOT_TRACK", "0")
    monkeypatch.delenv("GX_ANALYTICS_ENABLED", raising=False)
    quiet_environment()
    assert (os.environ["DO_NOT_TRACK"], os.environ["GX_ANALYTICS_ENABLED"]) == ("0", "false")


def test_mlflow_lies_in_the_home_unless_told_otherwise(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert Settings().tracking_uri == f"sqlite:///{home}/mlflow/mlflow.db"
    assert Settings().artifacts == home / "artifacts"
    monkeypatch.setenv("MLFLOW_TRACKING_URI", "http://example.org")
    assert Settings().tracking_uri == "http://example.org"
