"""The use case on policies: public goldens in place of its own, with and without unanswerable questions."""

from pathlib import Path

import pytest

from goldsmith import config, pipeline
from goldsmith.errors import ConfigError
from goldsmith.prepared import Prepared

SETS = ["policyqa/dev.json", "squad_v2_piece/small_shared.json"]


def prepared(path: Path, overrides: list[str]) -> Prepared:
    """The records as `goldsmith run policy-questions --source files` prepares and accepts them."""
    loaded = config.load("policy-questions", "demo", overrides, source="files", path=str(path))
    made = {"raw": pipeline.raw(loaded)}
    for stage in ("load", "validate_raw", "prepare"):
        folders = {name: one.folder for name, one in made.items()}
        made[stage] = pipeline.run_stage(stage, loaded, folders)
    return Prepared(made["prepare"].folder)


@pytest.mark.parametrize("path", SETS)
def test_public_sets_go_through_whether_or_not_every_question_has_an_answer(
    datasets_folder: Path, path: str
) -> None:
    data = prepared(datasets_folder / "question_answering" / path, [])
    assert sum(data.counts["records"].values()) > 300


def test_a_bound_that_goldens_cannot_have_is_refused_with_the_remedy(
    datasets_folder: Path,
) -> None:
    bound = "gates.metrics={unanswered.accuracy: {min: 0.25}}"
    with pytest.raises(ConfigError, match=r"no metric 'unanswered\.accuracy'") as caught:
        prepared(datasets_folder / "question_answering" / SETS[0], [bound])
    assert "--set gates.metrics.unanswered.accuracy=null" in str(caught.value)
