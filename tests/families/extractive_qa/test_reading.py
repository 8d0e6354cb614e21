"""Windows hold every subword; answers are slices of the context inside one window."""

from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError
from tokenizers import Tokenizer
from tokenizers.models import WordLevel

from goldsmith.bases import resolve
from goldsmith.errors import ConfigError, DataError
from goldsmith.families.extractive_qa import ExtractiveQa
from goldsmith.families.extractive_qa.decoding import Rules, decode
from goldsmith.families.extractive_qa.runtime import Reader, WholeContext
from goldsmith.families.extractive_qa.targets import target
from goldsmith.families.extractive_qa.windows import Encoded, Encoder
from goldsmith.families.onnx import TOKENIZER_FILE, open_tokenizer
from goldsmith.records import Answer, Question

MINILM = resolve("packaged:minilm") / TOKENIZER_FILE
MAX_LENGTH, STRIDE, MAX_QUESTION = 40, 8, 12
WORDS = st.lists(
    st.sampled_from(["fee", "internationalisation", "£3.50", "3M", "don't", "(b)", "ｅ́", "\u200b", "契約"]),
    max_size=90,
).map(" ".join)  # fmt: skip


@cache
def encoder(stride: int = STRIDE) -> Encoder:
    return Encoder(MINILM, MAX_LENGTH, stride, MAX_QUESTION)


class RandomReader(Reader):
    """Logits drawn from a seed, whatever is asked."""

    def forward(self, ids: np.ndarray, mask: np.ndarray, type_ids: np.ndarray) -> np.ndarray:
        return np.random.default_rng(len(ids)).normal(size=(*ids.shape, 2)).astype(np.float32)


@pytest.mark.parametrize("stride", [0, 8, 20])
@pytest.mark.parametrize("words", [0, 3, 20, 21, 300])
def test_windows_are_those_of_the_tokenizers_own_truncation(stride: int, words: int) -> None:
    question, context = "What is the fee?", "premium " * words
    theirs = open_tokenizer(MINILM)
    theirs.enable_truncation(MAX_LENGTH, stride=stride, strategy="only_second")
    whole = theirs.encode(question, context)
    wanted = [whole, *whole.overflowing]
    (found,) = encoder(stride).encode([(question, context)])
    assert [(one.ids, one.type_ids) for one in found.windows] == [
        (one.ids, one.type_ids) for one in wanted
    ]


@settings(max_examples=60, deadline=None)
@given(WORDS, WORDS)
def test_windows_cover_the_context_and_answers_lie_in_one(question: str, context: str) -> None:
    rules = Rules(max_answer=5, align_to_words=True, alternatives=4)
    (one,) = encoder().encode([(question, context)])
    covered: set[int] = set()
    for window in one.windows:
        assert len(window.ids) == len(window.type_ids) <= MAX_LENGTH
        assert window.first <= MAX_QUESTION + 2
        inside = range(window.start, window.start + window.size)
        assert window.ids[window.first : window.first + window.size] == one.context.ids[inside.start : inside.stop]  # fmt: skip
        covered.update(inside)
    assert covered == set(range(len(one.context.ids)))
    # Every visible character of the context lies in some subword.
    seen = {place for start, end in one.context.offsets.tolist() for place in range(start, end)}
    assert all(place in seen or not mark.isalnum() for place, mark in enumerate(context))
    (found,) = RandomReader(encoder(), rules, None).predict([asked(question, context)])
    for span in found.spans:
        assert 0 <= span.start < span.end and context[span.start : span.end] == span.text
        touched = np.flatnonzero((one.context.offsets[:, 0] < span.end) & (one.context.offsets[:, 1] > span.start))  # fmt: skip
        assert len(touched) <= 5
        assert any(w.start <= touched[0] and touched[-1] < w.start + w.size for w in one.windows)
        assert not span.text[0].isspace() and not span.text[-1].isspace()
    assert [one.margin for one in found.spans] == sorted((s.margin for s in found.spans), reverse=True)  # fmt: skip
    assert len({(span.start, span.end) for span in found.spans}) == len(found.spans) <= 4


def asked(question: str, context: str) -> Question:
    return Question("q", "", "", context, question, ())


def brute_force(logits: list[np.ndarray], one: Encoded, text: str, widest: int) -> dict[Any, float]:
    """Every pair of places of every window, one after the other."""
    found: dict[Any, float] = {}
    for window, values in zip(one.windows, logits, strict=True):
        null = float(values[0, 0]) + float(values[0, 1])
        for i in range(window.size):
            for j in range(i, min(i + widest, window.size)):
                start = int(one.context.offsets[window.start + i, 0])
                end = int(one.context.offsets[window.start + j, 1])
                margin = float(values[window.first + i, 0]) + float(values[window.first + j, 1]) - null  # fmt: skip
                found[start, end] = max(margin, found.get((start, end), -np.inf))
    return found


def test_the_best_answers_are_those_of_looking_at_every_pair() -> None:
    context = "The fee is 3 euro and is due in May of each year, unless waived by us. " * 4
    (one,) = encoder().encode([("What fee?", context)])
    assert len(one.windows) > 2
    rng = np.random.default_rng(3)
    logits = [rng.normal(size=(len(window.ids), 2)).astype(np.float32) for window in one.windows]
    found = decode(logits, one, context, Rules(6, False, 5), None)
    wanted = sorted(brute_force(logits, one, context, 6).values(), reverse=True)[:5]
    assert [span.margin for span in found.spans] == pytest.approx(wanted)
    best = found.spans[0].margin
    assert found.at(best - 1e-6).text == found.spans[0].text
    assert found.at(best).answer is None and found.at(best).decisions == ["", ""]


def test_odd_inputs() -> None:
    reader = RandomReader(encoder(), Rules(5, True, 2), 0.0)
    endless, huge = "why " * 5000, "a word " * 28_572  # 200,000 characters
    inputs = [
        {"question": "What?", "context": ""},
        {"question": "", "context": "x" * 200_000},
        {"question": endless, "context": "The fee is 3 euro."},
        {"question": "What?", "context": huge},
        {"question": "What?", "context": "\u200b\n"},
    ]
    found = reader.answer(inputs)
    nothing = [{"start": None, "end": None, "text": "", "score": 1.0}]
    assert found[0] == found[4] == nothing
    for line, answer in zip(inputs, found, strict=True):
        assert sum(item["score"] for item in answer) == pytest.approx(1, abs=1e-3)
        assert sum(item["start"] is None for item in answer) == 1
        scores = [item["score"] for item in answer]
        assert scores == sorted(scores, reverse=True)
        for item in answer:
            if item["start"] is not None:
                assert line["context"][item["start"] : item["end"]] == item["text"]
    assert reader.predict([]) == [] and reader.answer([]) == []
    with pytest.raises(DataError, match="needs `question` and `context`"):
        reader.answer([{"question": "What?", "text": "The fee"}])
    whole = WholeContext().answer(inputs[:3])
    assert whole[0] == nothing and [item["text"] for item in whole[2]] == ["The fee is 3 euro."]


def family(**settings: Any) -> ExtractiveQa:
    return ExtractiveQa.model_validate(
        {"family": "extractive_qa", "base": "packaged:minilm", **settings}
    )


def test_answers_that_no_window_holds_are_counted() -> None:
    context = "word " * 30 + "the fee is 3 euro a year " + "word " * 30
    answers = [Answer(text, context.index(text)) for text in ("the fee is 3 euro", "a year")]
    narrow = family(max_length=40, max_question=8, stride=0)
    places = narrow.lost_targets(
        [
            Question("1", "", "", context, "What fee?", tuple(answers[:1])),
            Question("2", "", "", context, "What fee?", tuple(answers)),
            Question("3", "", "", context, "What fee?", (), True),
            Question("4", "", "", "the fee", "What fee?", (Answer("fee", 4),)),
        ]
    )
    # Windows of 34 subwords meet before "euro": the first answer is parted, the second is not.
    assert places == [1, 0, 0, 0]
    wide = family(max_length=40, max_question=8, stride=16)
    assert wide.lost_targets([Question("1", "", "", context, "What fee?", tuple(answers))]) == [0]
    (one,) = encoder().encode([("What fee?", context)])
    found = target(Question("1", "", "", context, "What fee?", tuple(answers[1:])), one)
    held = {
        one.windows[place].ids[start : end + 1] == open_tokenizer(MINILM).encode("a year", add_special_tokens=False).ids
        for place, (start, end) in enumerate(found or [])
        if end
    }  # fmt: skip
    assert held == {True}


@pytest.mark.parametrize(
    ("settings_", "said"),
    [
        ({"stride": 320}, "stride (320) must be less than the 316 subwords"),
        ({"max_length": 64}, "leaves fewer than 16 subwords of context"),
        ({"lora": {"rank": 0}}, "greater than or equal to 1"),
        ({"lora": {"rnak": 4}}, "Extra inputs are not permitted"),
    ],
)
def test_settings_that_cannot_be(settings_: dict[str, Any], said: str) -> None:
    with pytest.raises(ValidationError) as caught:
        family(**settings_)
    assert said in str(caught.value)


def test_a_base_without_a_token_for_no_answer_is_refused(tmp_path: Path) -> None:
    Tokenizer(WordLevel({"[UNK]": 0}, unk_token="[UNK]")).save(str(tmp_path / TOKENIZER_FILE))
    with pytest.raises(ConfigError, match=r"no \[CLS\] before a pair of texts"):
        Encoder(tmp_path / TOKENIZER_FILE, 64, 8, 8)
