"""What a machine does to a run: full disks, stores that are away, damaged artifacts."""

import json
from pathlib import Path

import pytest

from tests.command import World, ended_well, free_port
from tests.toys import write_goldens


def test_disk_full_while_writing(fresh: World) -> None:
    """No file may grow beyond 4 kB: the table of records does not fit."""
    done = fresh.run("step", "load", "toy", limit=4_000)
    ended_well(done, 1, "cannot write", "GOLDSMITH_HOME", "File too large")
    assert fresh.made("load") == [] and not (fresh.folder / "data" / "records").exists()
    after = fresh.run("step", "load", "toy")
    assert after.status == 0, after.text


@pytest.mark.slow
def test_disk_full_in_a_whole_run(champion: World) -> None:
    """The new goldens (5 MB) do not fit; Prefect's and MLflow's databases do."""
    write_goldens(champion.folder / "more", seed=3, sizes=(30_000, 60, 80))
    champion.run("run", "toy", "--require-promotion")
    room = max(path.stat().st_size for path in champion.prefect_home.rglob("prefect.db*"))
    done = champion.run("run", "toy", "--path", "more", limit=room + 1_000_000)
    ended_well(done, 1, "cannot write", "GOLDSMITH_HOME", "File too large")
    assert champion.versions() == [1] and champion.aliases() == {"champion": 1}


@pytest.mark.slow
def test_disk_full_in_training_process(fresh: World) -> None:
    """The trained weights (4 MB) do not fit; what was done before is kept."""
    for stage in ("load", "validate_raw", "prepare", "validate_prepared"):
        assert fresh.run("step", stage, "toy").status == 0
    done = fresh.run("step", "train", "toy", limit=1_000_000)
    ended_well(done, 1, "training process", "run again", lines=20)
    assert fresh.made("train") == []
    assert not (fresh.folder / "models").exists()
    after = fresh.run("step", "train", "toy")
    assert after.status == 0, after.text
    assert len(fresh.made("train")) == 1


def test_store_that_is_away_is_found_before_training(fresh: World) -> None:
    uri = f"http://127.0.0.1:{free_port()}"
    done = fresh.run("run", "toy", MLFLOW_TRACKING_URI=uri)
    ended_well(done, 1, uri, "cannot be reached", "MLFLOW_TRACKING_URI")
    assert fresh.made("load") == [] and fresh.made("train") == []


def test_password_of_a_store_is_not_shown(fresh: World) -> None:
    uri = f"postgresql://me:secret@127.0.0.1:{free_port()}/mlflow"
    done = fresh.run("predict", "toy", "--text", "a", MLFLOW_TRACKING_URI=uri)
    ended_well(done, 1, "cannot be reached")
    assert "secret" not in done.text


@pytest.mark.slow
@pytest.mark.parametrize(
    "damage",
    [
        pytest.param("no manifest", marks=pytest.mark.nightly),
        "short file",
        pytest.param("left-over partial", marks=pytest.mark.nightly),
    ],
)
def test_half_written_artifact_is_made_again(champion: World, damage: str) -> None:
    folder = champion.made("judge")[0]
    if damage == "no manifest":
        (folder / "artifact.json").unlink()
    elif damage == "short file":
        path = folder / "report.html"
        path.write_bytes(path.read_bytes()[:100])
    else:
        partial = folder.with_name(f".partial-{folder.name}")
        folder.rename(partial)
        (partial / "artifact.json").unlink()
    answer = champion.train()
    assert not answer["cached"]["judge"] and answer["cached"]["train"]
    assert Path(answer["folders"]["judge"], "report.html").stat().st_size > 1000
    assert not list(folder.parent.glob(".partial-*"))
    assert (answer["version"], answer["new"]) == (1, False)
    assert champion.aliases() == {"champion": 1}


def test_manifest_that_is_not_json_counts_as_none(champion: World) -> None:
    folder = champion.made("judge")[0]
    (folder / "artifact.json").write_text("{", encoding="utf-8")
    assert not champion.train()["cached"]["judge"]
    assert json.loads((folder / "artifact.json").read_text("utf-8"))["stage"] == "judge"
