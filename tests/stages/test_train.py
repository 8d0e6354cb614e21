"""Where training runs, and how long it may."""

import os
from pathlib import Path
from typing import Any

import psutil
import pytest

from goldsmith import config, gpus
from goldsmith.config.compute import Compute
from goldsmith.errors import ConfigError
from goldsmith.families import launching
from goldsmith.families.extractive_qa import ExtractiveQa
from goldsmith.stages.train import Clock, batches, gpus_for
from tests.leases.test_leases import Machine, machine
from tests.stages import training

__all__ = ["machine"]  # a fixture

THERE = len(gpus.visible())


def test_training_takes_a_gpu_where_there_is_one_unless_told_otherwise() -> None:
    assert gpus_for(Compute()) == min(THERE, 1)
    assert gpus_for(Compute(gpus=0)) == gpus_for(Compute(gpus=0, processes=4)) == 0


def test_gpus_that_are_not_there_are_refused_before_any_work(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tasks.chain import Chain
    from tasks.preflight import preflight

    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "")
    chain = Chain(config.load("toy", overrides=["compute.gpus=2"]))
    said = r"compute.gpus is 2, but .* no NVIDIA GPU \(.*\): run it where .* `--set compute.gpus=0`"
    with pytest.raises(ConfigError, match=said):
        preflight.fn(chain)


def test_a_job_waits_for_its_gpus_and_sees_no_other(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GOLDSMITH_GPU_LOCKS", str(machine.folder))
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "2,0")
    machine.start("other", devices="0")
    events: list[dict[str, Any]] = []

    def report(event: dict[str, Any]) -> None:
        events.append(event)
        machine.kill("other")

    job = {"gpus": 2, "what": "toy"}
    lease = launching.lease_of(job, report, {"2": "pci-2", "0": "pci-0"})
    assert lease is not None and lease.devices == ("2", "0")
    assert os.environ["CUDA_VISIBLE_DEVICES"] == "2,0"
    assert [event["lease"] for event in events] == ["waiting", "held"]
    assert "0 held by process" in events[0]["text"] and events[1]["text"] == "trains on GPU 2, 0"
    lease.close()
    assert launching.lease_of({"gpus": 0}, report) is None
    assert os.environ["CUDA_VISIBLE_DEVICES"] == ""


def test_waiting_for_a_gpu_is_no_training_time() -> None:
    now = [0.0]
    clock = Clock(60.0, lambda: now[0])

    def after(seconds: float, **event: Any) -> bool:
        now[0] += seconds
        clock.look({"type": "note", **event})
        return clock.is_over()

    assert not after(50.0)
    assert not after(1.0, lease="waiting")
    assert not after(4000.0, lease="waiting")
    assert not after(4000.0, lease="held")
    assert not after(8.0)
    assert after(2.0)


def test_what_became_of_a_batch_is_said_in_the_report() -> None:
    loaded = config.load("financial-entities")  # batches of 8
    assert batches(loaded, {"steps": 3}) == {}
    assert batches(loaded, {"processes": 2, "accumulate": 4}) == {
        "Batches": "8 records, 2 processes, 4 parts of 1, as memory held no more"
    }


def test_a_model_trained_with_precision_among_its_settings_opens() -> None:
    given = {"family": "extractive_qa", "base": "packaged:minilm", "precision": "bf16"}
    opened = ExtractiveQa.model_validate(given, context={"trained": True})
    assert not hasattr(opened, "precision")


def test_training_on_a_processor_keeps_few_kernels_unless_the_user_says_otherwise(
    tmp_path: Path, tiny_base: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("OMP_WAIT_POLICY", "ACTIVE")
    monkeypatch.delenv("ONEDNN_PRIMITIVE_CACHE_CAPACITY", raising=False)
    training.write(tmp_path, tiny_base, epochs=1)
    before = set(psutil.Process().children())  # servers of other tests' fixtures
    seen: list[dict[str, str]] = []

    def look(event: dict[str, Any]) -> None:
        new = set(psutil.Process().children()) - before
        seen.extend(one.environ() for one in new if not seen)

    training.run("out", report=look)
    assert seen[0]["ONEDNN_PRIMITIVE_CACHE_CAPACITY"] == "64"
    assert seen[0]["OMP_WAIT_POLICY"] == "ACTIVE"
