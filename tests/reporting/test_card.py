"""The model card, on values built here."""

from goldsmith.reporting.card import card
from goldsmith.reporting.report import render
from tests.reporting.report_samples import AMOUNT, RATE, build, gate


def test_the_card_tells_verdict_figures_variants_and_limits():
    text = card(build(), {"Version": "3"})
    for part in (
        "# Financial entities", "## Verdict: May be champion", "2 of 4 gates passed",
        "micro.f1 is **0.912** (95 % interval 0.891 to 0.931); the baseline has 0.632.",
        f"| {RATE} | 1,312 | 0.951 | 0.962 | 0.956 | 0.713 |",
        "| int8 | left out | 23.1 |", "| fp32 | chosen | 90.4 |", "hold for these goldens only",
        f"not enough evidence to judge: label:{AMOUNT}.f1", "- Seed: 7", "- Version: 3",
        "1 of 2 checks", "(not: tags are BIO)", "goldsmith predict financial_entity_tagging",
        'pipeline("token-classification", model="onnx/fp32", accelerator="ort")',
    ):  # fmt: skip
        assert part in text, part


def test_the_card_of_a_refused_model_without_baseline():
    text = card(build(passed=False, baseline={}, estimate="folds"), {"task": "ner", "folder": "x"})
    assert "## Verdict: Refused" in text and "there is no baseline" in text
    assert "pooled out-of-fold" in text
    assert 'pipeline("ner", model="x", accelerator="ort")' in text and "- task" not in text


def test_cells_of_the_card_keep_to_their_column():
    text = card(build(gates=(gate("a|b", False, "two\nlines"),)), {})
    assert "| a\\|b | fp32 | 0.8765 | >= 0.7654 | **failed** | two lines |" in text


def test_a_baseline_of_nothing_is_still_a_baseline():
    data = build(baseline={"micro.f1": 0.0})
    assert "the baseline has 0.000" in card(data, {})
    assert "+0.912 for the model" in render(data)
