"""What Prefect's UI shows of a verdict: the outcome first, failed gates never left out, bounded."""

from pathlib import Path

from goldsmith.gates import Gate, Verdict
from goldsmith.registry.promotion import Promotion
from goldsmith.registry.versions import Version
from tasks.showing import (
    MOST_ROWS,
    metrics_rows,
    promotion_markdown,
    verdict_line,
    verdict_markdown,
)


def gate(name: str, passed: bool | None, **more: str) -> Gate:
    reason = more.pop("reason", f"{name} is 0.71, below 0.75")
    return Gate(
        name=name, value=0.71, op=">=", threshold=0.75, passed=passed, reason=reason, **more
    )


def verdict(*gates: Gate) -> Verdict:
    passed = all(one.passed is not False for one in gates)
    return Verdict(
        passed=passed, estimate="test", chosen="int8", model_sha256="m", data_md5="d",
        variants=(), gates=gates,
    )  # fmt: skip


def test_metrics_stand_beside_those_of_the_yardstick() -> None:
    found = metrics_rows(
        {"model": {"f1": 0.5, "label:A.f1": 0.1}, "probe": {"f1": 0.25, "em": 1.0}}
    )
    assert found == [
        {"figure": "em", "model": "", "probe": "1.0000"},
        {"figure": "f1", "model": "0.5000", "probe": "0.2500"},
    ]


def test_the_outcome_stands_first_and_gates_in_groups() -> None:
    found = verdict(
        gate("label:Rate|%.f1", True), gate("micro.f1", False), gate("parity.loss", True),
        gate("micro.f1", None, slice="long"), gate("behaviour.direction", False),
    )  # fmt: skip
    assert verdict_line(found) == "refused: micro.f1 is 0.71, below 0.75 (and 1 more)"
    text = verdict_markdown(found, "Toy", Path("/work/report.html"), "0f1e")
    lines = text.splitlines()
    assert lines[0] == "**refused: micro.f1 is 0.71, below 0.75 (and 1 more)**"
    assert "[report.html](file:///work/report.html)" in text
    assert [line[4:] for line in lines if line.startswith("### ")] == [
        "Quality", "Per class", "Per slice", "Behaviour", "Exported files",
    ]  # fmt: skip
    assert "| micro.f1 | 0.71 | >= 0.75 | **failed** | micro.f1 is 0.71, below 0.75 |" in lines
    assert "| micro.f1 long | 0.71 | >= 0.75 | not enough evidence |" in text
    assert "label:Rate\\|%.f1" in text
    assert verdict_line(verdict(gate("a", True), gate("b", None))) == (
        "passed: 1 of 2 gates, 1 without enough evidence"
    )


def test_a_verdict_of_a_thousand_gates_is_bounded_and_keeps_what_failed() -> None:
    many = [gate(f"label:L{number}.f1", number != 999) for number in range(1000)]
    text = verdict_markdown(verdict(*many), "Toy", Path("/work/report.html"), "0f1e")
    assert text.count("\n| label:") == MOST_ROWS
    assert "\n| label:L999.f1 |" in text and "940 more gates: see the report." in text


def test_a_candidate_comes_with_its_command_and_nothing_of_a_reason_is_markup() -> None:
    version = Version("toy.demo", 2, "run", {}, ())
    decided = Promotion("candidate", "better, says [Ada](http://evil)\n# all", 1, ())
    text = promotion_markdown(
        version, decided, [("history", "file:///h.html")], "goldsmith promote"
    )
    assert text.startswith("**toy.demo version 2 waits for a person's decision**")
    assert "better, says \\[Ada\\](http://evil) \\# all" in text
    assert "```\ngoldsmith promote\n```" in text and "- [history](file:///h.html)" in text
