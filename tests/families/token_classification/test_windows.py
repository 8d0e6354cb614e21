"""Records that are too long to be read at once: windows, and what is read of each."""

import json
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from goldsmith import bases
from goldsmith.errors import ConfigError
from goldsmith.families.token_classification import TokenClassification
from goldsmith.families.token_classification.encoding import Encoder
from goldsmith.families.token_classification.runtime import OnnxTagger, TagPrediction, WordTagger
from goldsmith.families.token_classification.training import TorchTagger
from goldsmith.families.token_classification.training.examples import IGNORED, Examples
from goldsmith.families.token_classification.windows import divide
from goldsmith.finetune import LengthBuckets
from goldsmith.readers.conll import Conll
from goldsmith.records import TaggedTokens

LABELS = ["O", "B-PER", "I-PER", "B-ORG", "I-ORG"]
TAGS = st.sampled_from(LABELS)
ODD = [
    "",
    "[SEP]",
    "🙂",
    "e\u0301té",
    "x" * 300,
    "\u4e2d\u6587",
    "-",
    "antidisestablishmentarianism",
]
WORDS = st.one_of(
    st.sampled_from(["the", "of", "van", "Laan", "2.25", "refinancing", *ODD]),
    st.text(max_size=8),
)
SENTENCES = st.lists(st.tuples(WORDS, TAGS), max_size=60) | st.lists(
    st.tuples(WORDS, st.just("O")), max_size=60
)


@pytest.fixture(scope="module")
def base() -> Path:
    return bases.resolve("packaged:minilm")


@pytest.fixture(scope="module")
def encoders(base: Path) -> Callable[[int, int], Encoder]:
    made: dict[tuple[int, int], Encoder] = {}

    def encoder(max_length: int, stride: int = 0) -> Encoder:
        key = max_length, stride
        if key not in made:
            made[key] = Encoder(base / "tokenizer.json", max_length, stride)
        return made[key]

    return encoder


@given(st.data())
def test_windows_hold_what_they_may_and_divide_the_words(data: st.DataObject) -> None:
    room = data.draw(st.integers(1, 20))
    stride = data.draw(st.integers(0, room - 1))
    sizes = data.draw(st.lists(st.integers(0, room), max_size=80))
    windows = divide(sizes, room, stride)
    assert [place for one in windows for place in range(one.first, one.last)] == [
        *range(len(sizes))
    ]
    for one in windows:
        assert sum(sizes[one.start : one.end]) <= room
        assert one.start <= one.first <= one.last <= one.end
    for before, after in pairwise(windows):
        assert before.start < after.start < before.end + 1 <= after.end
        assert sum(sizes[after.start : before.end]) <= stride
        # One word more would be too much for the stride, or for the word that has to fit.
        more = sum(sizes[after.start - 1 : before.end])
        assert more > stride or more + sizes[before.end] > room
        for word in range(after.start, before.end):
            to_the_right = sum(sizes[word + 1 : before.end])
            to_the_left = sum(sizes[after.start : word])
            assert (
                to_the_right <= to_the_left if word >= after.first else to_the_left <= to_the_right
            )
    if sum(sizes) <= room:
        assert len(windows) == 1


@settings(max_examples=40, deadline=None)
@given(SENTENCES, st.sampled_from([(8, 0), (8, 4), (16, 4), (300, 64)]))
def test_windows_are_the_record_piece_by_piece(
    encoders: Any, pairs: list[tuple[str, str]], sizes: tuple[int, int]
) -> None:
    words = [word for word, _ in pairs]
    ((whole,),) = encoders(10**9).encode([words])
    (windows,) = encoders(*sizes).encode([words])
    assert [word for one in windows for word in one.reads] == [*range(len(words))]
    inner = [
        (window.reads[word], one)
        for window in windows
        for one, word in zip(window.ids, window.word_of, strict=True)
        if word is not None
    ]
    room, found = sizes[0] - 2, dict[int, list[int]]()
    for word, one in zip(whole.word_of, whole.ids, strict=True):
        if word is not None and len(found.setdefault(word, [])) < room:
            found[word].append(one)
    assert inner == [(word, one) for word, ids in found.items() for one in ids]
    assert all(len(one.ids) <= sizes[0] for one in windows)
    assert all((one.ids[0], one.ids[-1]) == (whole.ids[0], whole.ids[-1]) for one in windows)
    assert encoders(*sizes).unread(words) == [
        place
        for place in range(len(words))
        if not 0 < sum(word == place for word in whole.word_of) <= room
    ]


class Perfect(WordTagger):
    """Knows the gold tag of every subword that is shown as a target, and says O of all others."""

    def __init__(self, encoder: Encoder, records: Sequence[TaggedTokens], subwords: str) -> None:
        super().__init__(encoder, LABELS, subwords)
        self.examples = Examples(records, encoder, LABELS, subwords)

    def predict(self, records: Sequence[TaggedTokens], batch_size: int = 32) -> list[TagPrediction]:
        self._left: dict[tuple[int, ...], list[list[int]]] = {}
        for one in self.examples:
            self._left.setdefault(tuple(one["input_ids"]), []).append(one["targets"])
        return super().predict(records, batch_size)

    def forward(self, ids: np.ndarray, mask: np.ndarray) -> np.ndarray:
        result = np.zeros((*ids.shape, len(LABELS)), dtype=np.float32)
        result[..., 0] = 1.0
        for row, (line, seen) in enumerate(zip(ids, mask, strict=True)):
            # Equal windows of several records: in their order, which sorting by length keeps.
            targets = self._left[tuple(line[: seen.sum()].tolist())].pop(0)
            for place, target in enumerate(targets):
                if target != IGNORED:
                    result[row, place] = np.eye(len(LABELS))[target] * 5
        return result


@settings(max_examples=40, deadline=None)
@given(
    st.lists(SENTENCES, max_size=4),
    st.sampled_from([(8, 0), (8, 4), (16, 8), (64, 16)]),
    st.sampled_from(["first", "all"]),
    st.integers(1, 5),
)
def test_perfect_logits_give_every_gold_tag_back(
    encoders: Any,
    pairs: list[list[tuple[str, str]]],
    sizes: tuple[int, int],
    subwords: str,
    batch_size: int,
) -> None:
    encoder = encoders(*sizes)
    records = [
        TaggedTokens(str(n), "", tuple(w for w, _ in one), tuple(t for _, t in one))
        for n, one in enumerate(pairs)
    ]
    tagger = Perfect(encoder, records, subwords)
    found = tagger.predict(records, batch_size)
    for record, one in zip(records, found, strict=True):
        best = [LABELS[place] for place in one.logits.argmax(axis=-1)] if record.tokens else []
        for place, (gold, tag) in enumerate(zip(record.tags, best, strict=True)):
            if one.logits[place].any():
                assert tag == gold
            else:  # no subword at all
                assert place in encoder.unread(record.tokens)
    targets = [target for one in tagger.examples for target in one["targets"] if target != IGNORED]
    if subwords == "first":
        assert len(targets) == sum(len(one.logits[one.logits.any(axis=-1)]) for one in found)
    windows = encoder.encode([one.tokens for one in records])
    places = iter(range(len(tagger.examples)))
    of_records = [[next(places) for _ in each] for each in windows]
    assert tagger.examples.negatives == [
        mine for mine, one in zip(of_records, records, strict=True) if {*one.tags} <= {"O"}
    ]


@pytest.fixture(scope="module")
def taggers(tiny_base: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, Any]:
    """A tagger of random weights with windows of 32 subwords, in torch and in ONNX."""
    import torch
    from transformers import AutoModelForTokenClassification

    from goldsmith.families.base import write_family
    from goldsmith.finetune import load_base, save

    torch.manual_seed(3)
    folder, out = (tmp_path_factory.mktemp(name) for name in ("torch", "onnx"))
    family = TokenClassification(
        family="token_classification", base=str(tiny_base), max_length=32, label_subwords="all"
    )
    model = load_base(AutoModelForTokenClassification, tiny_base, dropout=0.0, labels=LABELS)
    torch.nn.init.normal_(model.classifier.weight, std=2.0)
    save(model, tiny_base, folder)
    write_family(folder, family, LABELS)
    family.export(folder, out)
    return TorchTagger.load(folder), OnnxTagger.load(out, "onnx/fp32/model.onnx")


def test_onnx_equals_torch_and_batches_equal_single_records(taggers: tuple[Any, Any]) -> None:
    rng = np.random.default_rng(5)
    known = ["the", "of", "van", "Laan", "2.25", "refinancing", "🙂", "x" * 10_000, "\u200b"]
    sentences = [list(rng.choice(known, size)) for size in (0, 1, 3, 25, 40, 41, 90, 400, 2)]
    torch_tagger, onnx = taggers
    together = torch_tagger.tag(sentences, batch_size=4)
    assert {tag for one in together for tag in one.tags} >= {"O", "B-PER", "B-ORG"}
    for single in ([torch_tagger.tag([one])[0] for one in sentences], onnx.tag(sentences, 7)):
        for ours, theirs, words in zip(single, together, sentences, strict=True):
            assert ours.tags == theirs.tags and len(ours.tags) == len(words)
            np.testing.assert_allclose(ours.logits, theirs.logits, atol=1e-4)


def test_a_record_of_one_window_is_read_as_before(taggers: tuple[Any, Any]) -> None:
    tagger = taggers[0]
    words = ["van", "der", "Laan", "denied", "it"] * 4
    alone = tagger.tag([words])[0]
    ((window,),) = tagger.encoder.encode([words])
    logits = tagger.forward(np.array([window.ids]), np.ones((1, len(window.ids)), dtype=np.int64))
    by_hand = [
        logits[0, [place for place, word in enumerate(window.word_of) if word == one]].mean(axis=0)
        for one in range(len(words))
    ]
    np.testing.assert_allclose(alone.logits, by_hand, atol=1e-5)


def test_very_long_and_empty_inputs(taggers: tuple[Any, Any]) -> None:
    text = "Dr. van der Laan of the Rose 2.25 % " * 6000
    assert len(text) > 200_000
    lines = [{"text": text}, {"text": ""}, {"text": "a" * 10_000}, {"tokens": ["b" * 10_000, "c"]}]
    found = taggers[1].answer(lines)
    assert len(found) == 4 and len(found[0]) > 1000 and found[1] == []
    assert found[0][-1]["end"] > 199_000
    assert all(text[one["start"] : one["end"]] == one["text"] for one in found[0])


def test_negatives_rotate_by_record() -> None:
    """Records 0 to 5 have two windows each and no entity, 12 and 13 are windows of one with some."""
    pool = [[place, place + 1] for place in range(0, 12, 2)]
    sampler = LengthBuckets([5] * 14, 2, seed=1, rotating=pool, share=0.5)
    seen = []
    for epoch in range(4):
        sampler.epoch = epoch
        order = list(sampler)
        assert len(order) == len(sampler) == 8 and {12, 13} < set(order)
        seen.append(set(order) - {12, 13})
        assert all((place in seen[-1]) == (place + 1 in seen[-1]) for place in range(0, 12, 2))
    assert seen[0] | seen[1] == set(range(12)) and (seen[0], seen[1]) == (seen[2], seen[3])


def family(**settings: Any) -> TokenClassification:
    return TokenClassification(family="token_classification", base="packaged:minilm", **settings)


def test_a_stride_that_does_not_advance_is_refused() -> None:
    assert family(max_length=100, stride=50).stride == 50
    with pytest.raises(
        ValidationError, match=r"stride: 51 is more than half of max_length \(100\)"
    ):
        family(max_length=100, stride=51)
    assert json.loads(family(max_length=8).model_dump_json())["stride"] is None


def test_only_what_no_window_holds_is_lost() -> None:
    words = ("the",) * 300 + ("antidisestablishmentarianism", "Rose", "\u200b", "e\u0301", "🙂")
    tags = ("O",) * 300 + ("B-PER", "I-PER", "B-ORG", "B-PER", "B-ORG")
    records = [TaggedTokens("1", "", words, tags), TaggedTokens("2", "", ("Rose",), ("B-PER",))]
    assert family(max_length=64).lost_targets(records) == [1, 0]  # what has no subword
    assert family(max_length=8).lost_targets(records) == [2, 0]  # and a word of seven


@pytest.mark.parametrize(("max_length", "stride"), [(16, 4), (64, None), (512, 128)])
def test_no_word_of_long_filings_is_lost(
    datasets_folder: Path, base: Path, max_length: int, stride: int | None
) -> None:
    """Cut at 512 subwords, 179 words of the test part of this set were read by nobody."""
    path = datasets_folder / "financial_entity_tagging" / "sec_filings_ner" / "FIN5.txt"
    records = list(Conll().read([path], path))
    settings = family(max_length=max_length, stride=stride)
    assert sum(settings.lost_targets(records)) == 0
    windows = settings.encoder(base).encode([one.tokens for one in records])
    assert max(map(len, windows)) > 1 or max_length == 512
    for record, ours in zip(records, windows, strict=True):
        read = {one.reads[word] for one in ours for word in one.word_of if word is not None}
        assert read == set(range(len(record.tokens)))


def test_a_base_reads_no_more_than_it_has_places_for() -> None:
    assert family(max_length=512).identity()
    with pytest.raises(ConfigError, match=r"max_length: 513 is more than packaged:minilm .* 512"):
        family(max_length=513).identity()
