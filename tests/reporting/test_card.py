"""The model card, on values built here."""

from goldsmith.reporting.card import About, card
from goldsmith.reporting.report import render
from tests.reporting.report_samples import AMOUNT, RATE, build, gate, reading, routing, yardstick

SAID = About(
    purpose="To find <debt>.",
    limits=("Tables are not read.",),
    base="own/base",
    base_licence="mit",
    data_licence="CC-BY-SA-4.0",
    intervals={f"label:{RATE}.f1": (0.941, 0.968)},
    hashes=(("Data md5", "abc.dir"),),
    task="token-classification",
)


def test_the_card_tells_verdict_figures_variants_and_limits():
    text = card(build(facts=(("Data md5", "abc.dir"), ("Seed", "7"))), SAID)
    for part in (
        "# Financial entities", "## Verdict: May be champion", "2 of 4 gates passed",
        "micro.f1 is **0.912** (95 % interval 0.891 to 0.931); that of the patterns is 0.632.",
        f"| {RATE} | 1,312 | 0.951 | 0.962 | 0.956 | 0.941 to 0.968 | 0.713 |",
        "| int8 | left out | 23.1 |", "| fp32 | chosen | 90.4 |", "hold for these goldens only",
        f"not enough evidence to judge: label:{AMOUNT}.f1", "- Seed: 7",
        "1 of 2 checks", "(not: tags are BIO)", "goldsmith predict financial_entity_tagging",
        'pipeline("token-classification", model="onnx/fp32", accelerator="ort")',
        "## Purpose\n\nTo find &lt;debt>.\n\nTo predict", "## Limits\n\n- Tables are not read.\n",
        "Its base is `own/base`", "- data: CC-BY-SA-4.0\n- base model own/base: mit\n",
        "## Hashes", "- Data md5: `abc.dir`",
    ):  # fmt: skip
        assert part in text, part
    assert text.count("abc.dir") == 1


def test_the_card_of_a_refused_model_without_baseline_of_which_nobody_said_anything():
    data = build(passed=False, yardsticks=(), estimate="folds")
    text = card(data, About(task="ner", folder="x"))
    assert "## Verdict: Refused" in text and "there is no yardstick" in text
    assert "pooled out-of-fold" in text and "## Purpose\n\nTo predict" in text
    assert "- data: not stated\n" in text and "base model" not in text and "## Hashes" not in text
    assert 'pipeline("ner", model="x", accelerator="ort")' in text


def test_cells_of_the_card_keep_to_their_column():
    text = card(build(gates=(gate("a|b", False, "two\nlines"),)), About())
    assert "| a\\|b | fp32 | 0.8765 | >= 0.7654 | **failed** | two lines |" in text


def test_a_baseline_of_nothing_is_still_a_baseline():
    data = build(yardsticks=(yardstick("patterns", {"micro.f1": 0.0}, 0.912),))
    assert "that of the patterns is 0.000" in card(data, About())
    assert "+0.912 (95 % interval" in render(data)


def test_the_card_of_a_family_without_labels_and_of_one_with_many() -> None:
    text = card(reading(), About(task="question-answering"))
    assert "To answer inputs like its goldens" in text and "| label |" not in text
    assert "## No-answer threshold\n\nChosen on validation.\n\n| threshold | f1 |" in text
    assert "| -1.5 | 0.613 |" in text and "| 0.0 | – |" in text
    assert "| figure | model | whole context |\n| --- | --- | --- |\n| f1 | 0.700 | 0.263 |" in text
    assert 'pipeline("question-answering", model=' in text
    assert "with Optimum" not in card(reading(), About()) and "Optimum" not in card(
        reading(), About()
    )
    text = card(routing(), About())
    assert "To predict these 30 labels" in text and "team 0, team 1, " in text
    assert "| team 7 | 12 |" in text and "| slice | records | accuracy | coverage |" in text
    assert (
        "\nNo better than the probe, with accuracy 0.900 on the same records: the difference"
        in text
    )
