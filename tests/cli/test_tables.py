"""The tables that a run ends with, of every family; and how wide they are."""

import shlex
from io import StringIO
from typing import Any

import pytest
from rich.console import Console

from goldsmith.cli.running import LOG_WIDTH, wide_console
from goldsmith.cli.tables import asked, print_run
from goldsmith.reporting.data import ReportData
from tests.reporting.report_samples import build, reading, routing

RESULT: dict[str, Any] = {
    "seconds": {"train": 2.0}, "cached": {"train": False}, "version": 3, "champion": 3, "new": True,
    "model": "m.demo", "outcome": "promoted", "reason": "the first", "folders": {"judge": "j", "export": "e"},
}  # fmt: skip


def printed(data: ReportData) -> str:
    console = Console(record=True, width=100, file=StringIO())
    print_run(console, data, RESULT)
    text = console.export_text()
    return " ".join(text.translate(str.maketrans("│┃", "  ")).split())


def test_a_tagger_is_shown_by_figure_and_class() -> None:
    text = printed(build())
    assert "figure model 95 % interval patterns" in text
    assert "micro.f1 0.912 0.891 to 0.931 0.632" in text and "macro.f1 0.844" in text
    assert "1,312 0.951 0.962 0.956 0.713" in text and "No better" not in text
    assert "predict financial_entity_tagging --input lines.jsonl" in text


def test_a_text_classifier_no_better_than_its_probe_says_so() -> None:
    text = printed(routing())
    assert "No better than the probe, with accuracy 0.900 on the same records" in text
    assert "The 25 weakest of 30 classes" in text and "team 24" in text and "team 25" not in text
    assert "Sent to a person" in text and "0.500 1,200 0.910" in text


def test_a_reader_has_no_classes_and_is_asked_a_question() -> None:
    text = printed(reading())
    assert "Classes" not in text and "f1 0.700" in text and "whole context" in text
    assert "Chosen on validation." in text
    assert shlex.split(asked(reading())) == [
        "--question",
        "How long?",
        "--context",
        "It's 30 days.",
    ]
    assert "goldsmith predict policies --question" in text


def test_a_log_is_as_wide_as_columns_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    assert wide_console().width == LOG_WIDTH
    monkeypatch.setenv("COLUMNS", "70")
    assert wide_console().width == 70 and wide_console(stderr=True).stderr
