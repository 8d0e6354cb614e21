"""How near figures must be, and what is said where they cannot be equal."""

from typing import Any

import pytest

from goldsmith import processor
from goldsmith.errors import GoldsmithError
from goldsmith.rebuilding import comparing, surroundings
from goldsmith.rebuilding.comparing import Figure
from goldsmith.rebuilding.record import Record
from goldsmith.registry.versions import Version
from tests.registry.models import bundle_verdict

TAGS = {"primary.value": "0.9", "primary.low": "0.86", "primary.high": "0.94"}


def record(**passport: Any) -> Record:
    version = Version("toy.demo", 1, "run", TAGS, ())
    return Record(version, passport, bundle_verdict("a"), {"micro.f1": 0.9})


def passport(**changes: Any) -> dict[str, Any]:
    here = {**processor.facts(), "gpus": [], **changes}
    machines = dict.fromkeys(surroundings.COMPUTED, here)
    return {"machines": machines, "config": {"compute": {"device": "cpu"}}}


@pytest.mark.parametrize(
    ("now", "bound", "result"),
    [
        (0.9, 0.0, "same"),
        (0.9000004, 0.0, "same"),  # a verdict holds six decimals
        (0.90001, 0.0, "differs"),
        (0.94, 0.04, "within"),
        (0.8599, 0.04, "differs"),
        (0.5, None, "told"),
        (None, 0.04, "differs"),
        (None, None, "told"),
    ],
)
def test_a_figure_against_its_bound(now: float | None, bound: float | None, result: str) -> None:
    assert Figure("micro.f1", 0.9, now, bound).result == result


def test_equal_on_an_equal_machine_within_the_versions_own_interval_elsewhere() -> None:
    same = comparing.tolerance(record(), "", None)
    assert (same.primary, same.others) == (0.0, 0.0)
    elsewhere = comparing.tolerance(record(), "another processor", None)
    assert (elsewhere.primary, elsewhere.others) == (0.04, None)
    assert "another processor: half of the 95 % interval" in elsewhere.said
    assert comparing.tolerance(record(), "another processor", 0.01).primary == 0.01


def test_what_speaks_against_equal_figures_is_said() -> None:
    assert surroundings.other_machine(passport()) == ""
    more = passport(threads=processor.facts()["threads"] + 1)
    assert "threads" in surroundings.other_machine(more)
    assert surroundings.threads(more) == processor.facts()["threads"]
    assert surroundings.threads(passport(threads=1)) == 1
    assert "processor Other 9000" in surroundings.other_machine(passport(processor="Other 9000"))
    on_gpu = passport(gpus=["NVIDIA H200"]) | {"config": {"compute": {"device": "auto"}}}
    assert "NVIDIA H200" in surroundings.other_machine(on_gpu)
    assert "does not say" in surroundings.other_machine({"config": {}})


def test_a_machine_without_a_gpu_refuses_what_needs_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processor, "GPU_INFO", processor.GPU_INFO / "none")
    with pytest.raises(GoldsmithError, match="no NVIDIA GPU: run this where one is"):
        surroundings.require_device({"config": {"compute": {"device": "cuda"}}})
    assert processor.name() in surroundings.require_device(passport())


def test_libraries_are_held_to_the_lock_of_then(tmp_path: Any) -> None:
    from goldsmith.artifacts import file_sha256
    from goldsmith.stages.passport import libraries

    lock = tmp_path / "requirements.lock"
    lock.write_text("# pins\nnumpy==0.1\npydantic-core[x]==0.2 ; python_version > '3'\nnone==1\n")
    made = {"libraries": {**libraries(), "torch": "0.0"}, "lock_sha256": file_sha256(lock)}
    found = surroundings.other_libraries(made, (tmp_path,))
    assert [one.split()[0] for one in found] == ["none", "numpy", "pydantic-core", "torch"]
    assert "none not installed (then 1)" in found
    assert "then" in surroundings.lock_said(made, (tmp_path,))
    lock.write_text("numpy==0.1\n")  # another than the version's: only the passport tells
    assert [one.split()[0] for one in surroundings.other_libraries(made, (tmp_path,))] == ["torch"]
    assert "is not here" in surroundings.lock_said(made, (tmp_path,))
