"""What is in a stage's key, and what is not."""

from typing import Any

from goldsmith import config, pipeline


def key(stage: str, contents: dict[str, str], overrides: list[str] | None = None) -> str:
    loaded = config.load("financial-entities", overrides=overrides or [])
    return pipeline.key(pipeline.stage(stage), loaded, contents)


def test_a_changed_bound_checks_again_and_trains_nothing_again() -> None:
    bound = ["validation.checks.mojibake={max_count: 3}"]
    loaded: dict[str, Any] = {"load": "1"}
    assert key("validate_raw", loaded) != key("validate_raw", loaded, bound)
    prepare = key("prepare", {"load": "1", "validate_raw": "2"})
    assert prepare == key("prepare", {"load": "1", "validate_raw": "3"}, bound)
    assert prepare != key("prepare", {"load": "9", "validate_raw": "2"})
    train = key("train", {"prepare": "1", "validate_prepared": "2"})
    assert train == key("train", {"prepare": "1", "validate_prepared": "3"}, bound)
    assert train != key("train", {"prepare": "9", "validate_prepared": "2"})


def test_schedule_compute_and_gates_train_nothing_again() -> None:
    contents = {"prepare": "1", "validate_prepared": "2"}
    changed = [
        "promotion=approval",
        "gates.min_support=3",
        "compute.timeout=60",
        "schedule={cron: '0 1 * * *'}",
    ]
    assert key("train", contents) == key("train", contents, changed)
    assert key("train", contents) != key("train", contents, ["seed=14"])


def test_who_decides_is_in_no_key() -> None:
    for one in pipeline.TRAINING:
        contents = dict.fromkeys(one.reads, "1")
        approval = ["promotion={mode: approval, wait_hours: 3}"]
        assert key(one.name, contents) == key(one.name, contents, approval)
