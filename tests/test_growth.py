"""What `benchmarks.scale` counts, times and draws: its figures are for people."""

import shutil
from pathlib import Path

import pytest

from benchmarks import growth, passages, scale
from benchmarks.generated import KINDS
from goldsmith import config

ROWS = (1_000, 10_000, 100_000)


def stages(name: str, *seconds: float) -> list[scale.Figure]:
    rows = zip(ROWS, seconds, strict=True)
    return [scale.Figure(count, name, count, took, 300 + took) for count, took in rows]


def indexed(count: int, peak: float = 700.0, serving: float = 400.0) -> passages.Figure:
    took = count / 500
    return passages.Figure(count, took, peak, 2.0, 5.0 + took / 50, 9.0, 1.0, 1.0, serving)


def test_a_stage_is_timed_without_those_before_it_and_counts_what_it_reads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for folder in ("raw", "use_cases"):
        (tmp_path / folder).mkdir()
    kind = KINDS["texts"]
    kind.write(tmp_path / "raw" / "all.jsonl", 200)
    (tmp_path / "use_cases" / "scale.yaml").write_text(scale.use_case(kind), encoding="utf-8")
    loaded = config.load(scale.NAME)
    works = {name: scale.work(name, loaded) for name in ("validate_prepared", "tokenise")}
    shutil.rmtree(tmp_path / "raw")  # which none of them reads again
    for work in works.values():
        kept = work.do()
    assert works["validate_prepared"].records is None
    assert works["tokenise"].records == len(kept) < 200


def test_a_rate_is_of_the_records_that_a_stage_read() -> None:
    (row,) = scale.table([scale.Figure(1000, "tokenise", 700, 2.0, 300.0)]).splitlines()[2:]
    assert row == "| tokenise | 700 | 2.0 | 350 | 300 |"


def test_passages_are_drawn_with_what_a_query_takes() -> None:
    drawn = growth.figure("passages", [indexed(count) for count in ROWS], 2048)
    drawn.canvas.draw()
    said = [(axes.get_ylabel(), [line.get_label() for line in axes.lines]) for axes in drawn.axes]
    assert said == [
        ("seconds", ["indexing"]),
        ("milliseconds", ["query p50", "of it search"]),
        ("peak memory, MiB", ["indexing", "serving", "limit"]),
    ]
    for axes in drawn.axes:
        assert axes.get_xlabel() == "passages"
        shown = [one.get_text() for one in axes.get_xticklabels(which="both")]
        assert [one for one in shown if one] == ["1,000", "10,000", "100,000"]
        marks = [one.get_text() for one in axes.get_yticklabels(which="both")]
        assert len([one for one in marks if one]) > 1 and not any("$" in one for one in marks)


def test_stages_are_drawn_by_raw_records() -> None:
    found = [*stages("load", 0.61, 5.0, 40.0), *stages("tokenise", 0.7, 0.8, 0.9)]
    drawn = growth.figure("texts", found, 2048)
    drawn.canvas.draw()
    seconds, memory = drawn.axes
    assert seconds.get_xlabel() == memory.get_xlabel() == "records"
    assert [line.get_label() for line in seconds.lines] == ["load", "tokenise"]
    marks = [one.get_text() for one in seconds.get_yticklabels(which="both")]
    assert {"0.5", "1", "50"} <= set(marks) and "100" not in marks


@pytest.mark.parametrize(("given", "most"), [({}, 700), ({"serving": 2100.0}, 2100)])
def test_the_limit_is_for_serving_too(given: dict[str, float], most: float) -> None:
    assert scale.most({"passages": [indexed(1000, **given)], "texts": stages("load", 1, 2, 3)}) == most  # fmt: skip
