"""What a word says by itself, and what its sentence says of it."""

import threading
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldsmith.bases import resolve
from goldsmith.families.window_mlp.features import Features
from goldsmith.families.window_mlp.words import (
    MOST_PIECES,
    NGRAMS,
    SHAPES,
    Ngrams,
    Subwords,
    WordTable,
    affixes,
    shape,
)

PIECES = Ngrams(64, NGRAMS)
WORDS = st.text(min_size=1, max_size=60)


def features(window: int = 2, known: int = 50_000, **gazetteers: list[str]) -> Features:
    return Features(WordTable(PIECES, {"year": r"\d{4}"}, known), window, gazetteers)


def shapes(word: str) -> set[str]:
    return {name for name, holds in zip(SHAPES, shape(word), strict=True) if holds}


@given(WORDS)
def test_any_word_has_pieces_and_affixes_within_their_tables(word: str) -> None:
    pieces = PIECES.of(word)
    assert 0 < len(pieces) <= MOST_PIECES
    assert all(0 < place < PIECES.count for place in pieces)
    assert len(shape(word)) == len(SHAPES)
    assert len(affixes(word)) <= 8 and all(place > 0 for place in affixes(word))


def test_pieces_are_pinned() -> None:
    """A trained table is of use only where a word's places stay what they were."""
    assert Ngrams(16384, NGRAMS).of("Inc") == [14597, 6488, 8055, 6904, 7778, 9329]


def test_names_that_share_letters_share_pieces() -> None:
    one, other = (set(Ngrams(16384, NGRAMS).of(word)) for word in ("Velmora", "Velmore"))
    assert 0 < len(one & other) < len(one)


def test_subwords_are_those_of_the_base() -> None:
    pieces = Subwords(Path(resolve("packaged:minilm")) / "tokenizer.json")
    assert pieces.of("company") != pieces.of("river")
    assert len(pieces.of("x" * 100_000)) <= MOST_PIECES
    assert max(pieces.of("unaffable Velmora 4.5")) < pieces.count


@pytest.mark.parametrize(
    ("word", "some", "none"),
    [
        ("Velmora", {"title", "initial capital"}, {"upper", "lower"}),
        ("TRK", {"upper", "initial capital"}, {"title"}),
        ("eMarlin", {"mixed case"}, {"initial capital"}),
        ("A", {"title", "one character"}, {"upper"}),
        ("1999", {"digits", "has digit"}, {"lower", "title"}),
        (".", {"full stop", "no letter or digit"}, {"digits"}),
        ("Malmö", {"not ASCII"}, {"mixed case"}),
    ],
)
def test_shapes(word: str, some: set[str], none: set[str]) -> None:
    assert some <= shapes(word)
    assert not none & shapes(word)


@settings(max_examples=30)
@given(st.lists(st.lists(WORDS, max_size=8), max_size=6), st.integers(0, 3))
def test_a_batch_is_read_as_each_sentence_alone(sentences: list[list[str]], window: int) -> None:
    made = features(window)
    together = made.encode(sentences)
    seen = together.words.shape[together.windows]
    start = 0
    for sentence in sentences:
        alone = made.encode([sentence])
        end = start + len(sentence)
        assert np.array_equal(alone.words.shape[alone.windows], seen[start:end])
        assert np.array_equal(alone.own, together.own[start:end])
        start = end
    assert start == len(seen) == len(together.own)


def test_a_window_ends_with_its_sentence() -> None:
    found = features(1).encode([["a", "B"], [], ["c"]])
    beyond = found.windows == 0
    assert beyond.tolist() == [[True, False, False], [False, False, True], [True, False, True]]
    assert not found.words.shape[0].any() and not found.words.pieces[0].any()
    assert found.own[:, :2].tolist() == [[1, 0], [0, 1], [1, 1]]


def test_a_part_shows_the_same_words() -> None:
    whole = features().encode([["one", "Two", "three", "Two", "1999"]])
    part = whole.part(2, 5)
    assert np.array_equal(part.words.shape[part.windows], whole.words.shape[whole.windows][2:5])
    assert len(part.words.share) < len(whole.words.share) + 1


def test_gazetteers_find_words_and_phrases_in_any_case_however_they_are_split() -> None:
    made = features(0, forms=["inc.", "& Co.", "group"])
    sentence = ["Inc.", "Inc", ".", "INC", "&", "Co.", "&", "Sons", "Group"]
    found = made.encode([sentence]).own[:, 2]
    assert found.tolist() == [1, 1, 1, 0, 1, 1, 0, 0, 1]


def test_rules_are_of_whole_words() -> None:
    found = features(0).encode([["1999", "19990"]])
    assert found.words.shape[found.windows[:, 0], -1].tolist() == [1, 0]


def test_a_full_table_forgets_and_answers_the_same() -> None:
    small, large = features(known=5), features()
    for start in range(0, 40, 3):
        sentence = [f"word{number}" for number in range(start, start + 4)] * 2
        one, other = small.encode([sentence]), large.encode([sentence])
        for name in vars(one.words):
            assert np.array_equal(getattr(one.words, name), getattr(other.words, name)), name


def test_threads_share_a_table() -> None:
    made, wrong = features(known=20), []
    expected = {n: features().encode([[f"w{n}", f"V{n}"]]).words.pieces for n in range(200)}

    def ask(first: int) -> None:
        for number in range(first, 200, 4):
            found = made.encode([[f"w{number}", f"V{number}"]]).words.pieces
            if not np.array_equal(found, expected[number]):
                wrong.append(number)

    threads = [threading.Thread(target=ask, args=(first,)) for first in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
