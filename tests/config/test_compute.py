"""compute: what each field means, and what does not go together."""

from pathlib import Path

import pytest

from goldsmith import config
from goldsmith.config import plugins
from goldsmith.config.compute import Compute
from goldsmith.errors import ConfigError
from tests.families.installing import LEXICON_SETTINGS, install

NAME = "financial-entities"  # batches of 8


def refused(*overrides: str) -> str:
    with pytest.raises(ConfigError) as found:
        config.load(NAME, overrides=list(overrides))
    return str(found.value)


@pytest.mark.parametrize(
    ("given", "pool", "workers"),
    [
        ({}, "cpu", 1),
        ({"gpus": 0, "processes": 4}, "cpu", 4),
        ({"gpus": 1}, "gpu", 1),
        ({"gpus": 4}, "gpu", 4),
        ({"gpus": 4, "processes": 4, "pool": "big"}, "big", 4),
    ],
)
def test_pool_and_processes_follow_from_the_gpus(
    given: dict[str, object], pool: str, workers: int
) -> None:
    found = Compute.model_validate(given)
    assert (found.work_pool, found.workers) == (pool, workers)


@pytest.mark.parametrize(
    ("override", "parts"),
    [
        ("compute.gpus=3", ["compute: 3 training processes", "batch_size of 8", "1, 2, 4, 8", "a multiple of 3"]),
        ("compute={gpus: 0, processes: 16}", ["compute: 16 training processes"]),
        ("compute.processes=2", ["compute: processes is 2: set gpus"]),
        ("compute={gpus: 2, processes: 4}", ["each GPU has one process"]),
        ("compute.gpus=-1", ["compute.gpus", "greater than or equal to 0"]),
        ("compute.device=cuda", ["compute.device is no more: compute.gpus"]),
        ("model.precision=bf16", ["model.precision is no more", "compute.precision"]),
        ("compute.gpu=1", ["unknown key 'compute.gpu'", "did you mean gpus?"]),
        ("model.presision=bf16", ["unknown key 'model.presision'", "did you mean revision?"]),
    ],
)  # fmt: skip
def test_what_cannot_be_is_named_where_it_stands(override: str, parts: list[str]) -> None:
    said = refused(override)
    assert said.startswith((f"--set {override.partition('=')[0]}: ", f"use_cases/{NAME}.yaml: "))
    for part in parts:
        assert part in said


def test_a_family_that_trains_in_one_process_says_so(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(install(tmp_path / "site")))
    plugins.load.cache_clear()
    (project / "use_cases" / "toy.yaml").write_text(LEXICON_SETTINGS, encoding="utf-8")
    assert config.load("toy", overrides=["compute.gpus=1"]).compute.workers == 1
    with pytest.raises(ConfigError, match="2 training processes, but toy_lexicon trains in one"):
        config.load("toy", overrides=["compute.gpus=2"])
    plugins.load.cache_clear()
    config.usecase.use_case_type.cache_clear()
