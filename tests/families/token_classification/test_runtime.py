"""Encoding and decoding by word, and answers with offsets."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from goldsmith.bases import resolve
from goldsmith.config.sections import Pattern
from goldsmith.errors import DataError
from goldsmith.families.onnx import padded
from goldsmith.families.token_classification.encoding import Encoder, Window, word_logits
from goldsmith.families.token_classification.patterns import PatternTagger
from goldsmith.families.token_classification.runtime import TagPrediction, WordTagger, decode
from goldsmith.records import TaggedTokens

LABELS = ["O", "B-Rate", "I-Rate"]


@pytest.fixture(scope="module")
def tokenizer() -> Path:
    return resolve("packaged:minilm") / "tokenizer.json"


def window(*word_of: int | None, words: int = 0) -> Window:
    count = words or 1 + max(word or 0 for word in word_of)
    return Window(list(range(len(word_of))), list(word_of), range(count))


@pytest.mark.parametrize(
    ("subwords", "wanted"), [("first", [[1, 0], [3, 3]]), ("all", [[3, 3], [3, 3]])]
)
def test_logits_by_word(subwords: str, wanted: list[list[float]]) -> None:
    logits = np.array([[9, 9], [1, 0], [5, 6], [3, 3], [9, 9]], dtype=np.float32)
    found = word_logits(logits, window(None, 0, 0, 1, None), subwords)
    assert found.tolist() == wanted


def test_a_word_without_a_subword_is_outside() -> None:
    logits = np.array([[0.0, 5.0]], dtype=np.float32)
    found = decode(word_logits(logits, window(0, words=3), "first"), ["B-A", "O"])
    assert found.tags == ["O", "O", "O"]
    found = decode(word_logits(-logits, window(0, words=3), "all"), ["B-A", "O"])
    assert found.tags == ["B-A", "O", "O"]


def test_decoding_is_canonical_and_scores_are_probabilities() -> None:
    logits = np.log(np.array([[0.2, 0.2, 0.6], [0.1, 0.1, 0.8], [0.7, 0.2, 0.1]]))
    found = decode(logits, LABELS)
    assert found.tags == found.decisions == ["B-Rate", "I-Rate", "O"]
    assert found.scores == pytest.approx([0.6, 0.8, 0.7])
    assert decode(np.zeros((0, 3)), LABELS).tags == []


def test_padding_is_on_the_right() -> None:
    ids, mask = padded([window(0, 1).ids, window(0, 1, 2).ids], 7)
    assert ids.tolist() == [[0, 1, 7], [0, 1, 2]]
    assert mask.tolist() == [[1, 1, 0], [1, 1, 1]]


def test_the_tokenizers_own_padding_and_truncation_do_not_hold(
    tmp_path: Path, tokenizer: Path
) -> None:
    value = json.loads(tokenizer.read_text(encoding="utf-8"))
    assert value["truncation"]["max_length"] == 128  # the packaged one cuts and pads by itself
    (short,), (long,) = Encoder(tokenizer, 256).encode([["a"], ["word"] * 200])
    assert (len(short.ids), len(long.ids)) == (3, 202)


def test_words_keep_their_places(tokenizer: Path) -> None:
    found = Encoder(tokenizer, 64).encode([["at", "2.25", "%"], ["\u200b", "5"], []])
    (rate,), (invisible,), (empty,) = found
    assert rate.word_of == [None, 0, 1, 1, 1, 2, None]
    assert (invisible.reads, set(invisible.word_of)) == (range(2), {None, 1})
    assert empty.reads == range(0)


class FirstIsRate(WordTagger):
    """Says Rate at the subword `2` and O anywhere else: half a number, if read by subword."""

    def forward(self, ids: np.ndarray, mask: np.ndarray) -> np.ndarray:
        two = self.encoder._tokenizer.token_to_id("2")
        hit = (ids == two)[..., None]
        return np.where(hit, [0.0, 5.0, 0.0], [1.0, 0.0, 0.0]).astype(np.float32)


@pytest.mark.parametrize("subwords", ["first", "all"])
def test_a_number_is_never_half_tagged(tokenizer: Path, subwords: str) -> None:
    tagger = FirstIsRate(Encoder(tokenizer, 64), LABELS, subwords)
    sentences = [["at", "2.25", "%"], ["LIBOR"], ["plus", "the", "2.25"]] * 3
    found = tagger.tag(sentences, batch_size=2)
    assert [one.tags for one in found[:3]] == [["O", "B-Rate", "O"], ["O"], ["O", "O", "B-Rate"]]
    spans = tagger.answer([{"text": "plus 2.25% a year"}])[0]
    assert [(one["start"], one["end"], one["text"]) for one in spans] == [(5, 9, "2.25")]


class NumbersAreRates:
    """Tags every word with a digit; a word right behind another continues it."""

    def predict(self, records: Sequence[TaggedTokens]) -> list[TagPrediction]:
        return [self._tag(record.tokens) for record in records]

    def _tag(self, words: Sequence[str]) -> TagPrediction:
        eye = np.eye(3, dtype=np.float32) * 9
        hits = [any(sign.isdigit() for sign in word) for word in words]
        kinds = [(2 if n and hits[n - 1] else 1) if hit else 0 for n, hit in enumerate(hits)]
        return decode(eye[kinds], LABELS)


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ({"text": "plus 2.25%"}, [(5, 9, "2.25")]),
        ({"text": "🙂 plus 2.25%"}, [(7, 11, "2.25")]),
        ({"text": "e\u0301té\u00a0 7  8"}, [(6, 10, "7  8")]),
        ({"tokens": ["🙂", "7", "8", "a"]}, [(2, 5, "7 8")]),
        ({"tokens": ["7"], "text": "8 9"}, [(0, 1, "7")]),
        ({"text": ""}, []),
        ({"tokens": []}, []),
    ],
)
def test_offsets_are_code_points(line: dict[str, Any], wanted: list[tuple[int, int, str]]) -> None:
    from goldsmith.families.token_classification.runtime import answers

    found = answers(NumbersAreRates(), [line])[0]
    assert [(one["start"], one["end"], one["text"]) for one in found] == wanted
    assert all(one["label"] == "Rate" and 0.99 < one["score"] <= 1 for one in found)
    text = line.get("text", "") if "tokens" not in line else " ".join(line["tokens"])
    assert all(text[one["start"] : one["end"]] == one["text"] for one in found)


@pytest.mark.parametrize("line", [{}, {"text": 3}, {"tokens": "a b"}, {"tokens": ["a", 1]}])
def test_an_input_with_neither_text_nor_tokens(line: dict[str, Any]) -> None:
    with pytest.raises(DataError, match="needs `text`"):
        PatternTagger([]).answer([line])


RULES = [
    Pattern(label="Spread", pattern=r"plus (?P<value>[\d.]+)"),
    Pattern(label="Rate", pattern=r"(?P<value>[\d.]+ %)"),
]


@pytest.mark.parametrize(
    ("words", "tags"),
    [
        (["at", "2.25", "%"], ["O", "B-Rate", "I-Rate"]),
        (["PLUS", "2.25", "%"], ["O", "B-Spread", "O"]),  # the earlier rule's words stay its own
        (["plus", "2.25", "or", "3", "%"], ["O", "B-Spread", "O", "B-Rate", "I-Rate"]),
        (["none"], ["O"]),
        ([], []),
    ],
)
def test_patterns(words: list[str], tags: list[str]) -> None:
    record = TaggedTokens("1", "", tuple(words), ())
    assert PatternTagger(RULES).predict([record])[0].tags == tags


def test_patterns_answer_like_every_predictor() -> None:
    found = PatternTagger(RULES).answer([{"text": "plus 2.25 points"}])[0]
    assert found == [{"start": 5, "end": 9, "text": "2.25", "label": "Spread", "score": 1.0}]
