"""Marks for capitals: what a base that lower-cases is shown, by our encoder and by transformers."""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

from goldsmith import bases
from goldsmith.errors import ConfigError
from goldsmith.families.onnx import open_tokenizer
from goldsmith.families.token_classification import TokenClassification
from goldsmith.families.token_classification.casing import MARK, mark_capitals, mark_folder, mark_id
from goldsmith.families.token_classification.encoding import Encoder
from goldsmith.families.token_classification.training.examples import IGNORED, Examples
from goldsmith.records import TaggedTokens

FILE = bases.resolve("packaged:minilm") / "tokenizer.json"
PLAIN, MARKED = open_tokenizer(FILE), open_tokenizer(FILE)
mark_capitals(MARKED)
MARK_ID = MARKED.token_to_id(MARK)
TRICKY = [
    "Maria",
    "van",
    "IBM",
    "eBay",
    "McDonald's",
    "U.S.",
    "Århus",
    "École",
    "É́",
    "ǅ",
    "",
    "东京",
    "\u200bOdd",
    "[SEP]",
]
WORDS = st.sampled_from(TRICKY) | st.text(
    st.characters(exclude_characters=MARK, exclude_categories=["Cs", "Co", "Cn", "Z", "Cc"]),
    max_size=8,
)


@given(st.lists(WORDS, max_size=20))
def test_a_word_with_a_capital_gets_a_mark_and_nothing_else_changes(words: list[str]) -> None:
    plain = PLAIN.encode(words, is_pretokenized=True)
    marked = MARKED.encode(words, is_pretokenized=True)
    marks = [place for place, one in enumerate(marked.ids) if one == MARK_ID]
    rest = [place for place in range(len(marked.ids)) if place not in marks]
    assert [marked.ids[place] for place in rest] == plain.ids
    assert [marked.word_ids[place] for place in rest] == plain.word_ids
    capitals = [
        place for place, word in enumerate(words) if word and unicodedata.category(word[0]) == "Lu"
    ]
    assert [marked.word_ids[place] for place in marks] == capitals


def test_running_text_is_marked_too_and_keeps_its_offsets() -> None:
    text = "Maria sings in\nParis , as Ærø does"
    found = MARKED.encode(text, add_special_tokens=False)
    assert found.tokens.count(MARK) == 3
    read = [text[a:b].lower() for one, (a, b) in zip(found.tokens, found.offsets, strict=True) if one != MARK]  # fmt: skip
    assert "".join(read) == "".join(text.lower().split())


def test_marking_twice_or_a_base_that_keeps_capitals_changes_nothing(tmp_path: Path) -> None:
    cased = Tokenizer.from_file(str(FILE))
    cased.normalizer = normalizers.BertNormalizer(lowercase=False)
    mark_capitals(cased)
    assert mark_id(cased) is None and mark_id(MARKED) == MARK_ID
    for one in (cased, MARKED):
        one.save(str(tmp_path / "tokenizer.json"))
        before = (tmp_path / "tokenizer.json").read_bytes()
        mark_folder(tmp_path)
        assert (tmp_path / "tokenizer.json").read_bytes() == before


def test_a_tokenizer_that_changes_no_case_gets_no_marks() -> None:
    for normalizer in (None, normalizers.NFC()):
        foreign = Tokenizer(models.WordLevel({"[UNK]": 0, MARK: 1}, unk_token="[UNK]"))
        foreign.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
        if normalizer is not None:
            foreign.normalizer = normalizer
        mark_capitals(foreign)
        assert mark_id(foreign) is None


def test_a_tokenizer_that_would_read_the_mark_as_a_part_of_the_word_is_refused(
    tmp_path: Path,
) -> None:
    whole = Tokenizer(models.WordLevel({"hansen": 0, "[UNK]": 1}, unk_token="[UNK]"))
    whole.normalizer = normalizers.Lowercase()
    whole.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    whole.save(str(tmp_path / "tokenizer.json"))
    (tmp_path / "config.json").write_text('{"model_type": "bert"}', encoding="utf-8")
    (tmp_path / "model.safetensors").write_bytes(b"")
    family = TokenClassification(
        family="token_classification", base=str(tmp_path), mark_case=True, max_length=8
    )
    with pytest.raises(ConfigError, match=r"mark_case.*does not read a mark apart.*cased"):
        family.identity()


def test_transformers_reads_as_we_do(tmp_path: Path) -> None:
    from transformers import AutoTokenizer

    for name in ("tokenizer.json", "tokenizer_config.json", "config.json", "vocab.txt"):
        if (FILE.parent / name).is_file():
            (tmp_path / name).write_bytes((FILE.parent / name).read_bytes())
    mark_folder(tmp_path)
    words = ["Maria", "Hansen", "of", "the", "U.S.", "bank"]
    ours = MARKED.encode(words, is_pretokenized=True)
    for theirs in (
        AutoTokenizer.from_pretrained(tmp_path),
        AutoTokenizer.from_pretrained(tmp_path, use_fast=False),
    ):
        assert theirs(words, is_split_into_words=True)["input_ids"] == ours.ids
        assert theirs(" ".join(words))["input_ids"] == ours.ids


@pytest.mark.parametrize("max_length", [256, 8])
@pytest.mark.parametrize("subwords", ["first", "all"])
def test_marks_are_read_for_no_word_and_learn_what_goes_on(max_length: int, subwords: str) -> None:
    words, tags = (
        ["Ann", "Hansenius", "met", "Bo", "^", "^Up", "x^2"],
        ["B-PER", "I-PER", "O", "B-PER", "O", "O", "B-PER"],
    )
    labels = ["O", "B-PER", "I-PER"]
    encoder = Encoder(FILE, max_length, 2, mark_case=True)
    (windows,) = encoder.encode([words])
    read = [
        (window.reads[word], one)
        for window in windows
        for one, word in zip(window.ids, window.word_of, strict=True)
        if word is not None
    ]
    plain = PLAIN.encode(words, is_pretokenized=True, add_special_tokens=False)
    whole = list(zip(plain.word_ids, plain.ids, strict=True))
    # A mark that the text itself has before a word is as one of ours.
    assert read == [(word, one) for word, one in whole if (word, one) != (5, MARK_ID)]
    record = TaggedTokens(id="1", document_id="1", tokens=tuple(words), tags=tuple(tags))
    taught = [
        labels[goal]
        for one in Examples([record], encoder, labels, subwords)
        for word, goal in zip(one["input_ids"], one["targets"], strict=True)
        if word == MARK_ID and goal != IGNORED
    ]
    # Ann, Hansenius, Bo, the word ^, ^Up, and x^2, whose ^ is no mark.
    assert taught == ["O", "I-PER", "O", "O", "O", *["B-PER"][: subwords == "all"]]
