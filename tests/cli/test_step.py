"""goldsmith step: the whole chain file by file in a working tree, as dvc.yaml runs it."""

import json

from goldsmith.pipeline import TRAINING
from tests.command import World


def test_chain_by_steps_ends_with_model_and_verdict(fresh: World, trained: World) -> None:
    names = [stage.name for stage in TRAINING if stage.name != "generate"]
    for name in names:
        done = fresh.run("step", name, "toy")
        assert done.status == 0, done.text
        assert f"{name}: made in" in done.out
    verdict = json.loads((fresh.folder / "reports/toy/judge/verdict.json").read_text("utf-8"))
    assert verdict["passed"]
    assert (fresh.folder / "models/toy/exported/model/onnx/fp32/model.onnx").is_file()
    assert fresh.versions() == [], "register and promote are the flow's"
    # The flow made the same from the same: keys do not know who calls.
    for name in names:
        assert [path.name for path in fresh.made(name)] == [
            path.name for path in trained.made(name)
        ], name

    again = fresh.run("step", "train", "toy")
    assert "train: made before" in again.out
    changed = fresh.run("step", "judge", "toy", "--set", "gates={max_size_mb: 0.001}")
    assert changed.status == 0, changed.text
    verdict = json.loads((fresh.folder / "reports/toy/judge/verdict.json").read_text("utf-8"))
    assert not verdict["passed"]
