"""Training and torch prediction, nothing exported: what also runs on transformers 5, for which
optimum's export is not ready (`make test-transformers5`)."""

from pathlib import Path

import pytest

from goldsmith import config
from goldsmith.artifacts import file_sha256
from tests.families.kinds import KILLED, KINDS, killed, train

pytestmark = pytest.mark.nightly  # on the usual version the contract test has all of it


@pytest.mark.parametrize("name", [name for name in KINDS if not name.endswith("-outside")])
def test_every_family_trains_predicts_and_resumes(
    name: str, bases: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    kind = KINDS[name]
    made = train(kind, tmp_path, bases, tmp_path)
    assert made.facts["monitor"][made.family.primary] > kind.fewest
    found = made.family.reference(made.trained).predict(made.records)
    scores = made.family.score(made.records, found, made.data.labels)
    assert scores.metrics()[made.family.primary] > kind.fewest
    if KILLED not in kind.differs:
        events: list[dict[str, object]] = []
        again = tmp_path / "again"
        made.training(again, killed(made, tmp_path / "killed"), events.append)
        assert any(event["type"] == "resume" for event in events)
        weights = [file_sha256(one / "model.safetensors") for one in (made.trained, again)]
        assert weights[0] == weights[1]
    config.usecase.use_case_type.cache_clear()
