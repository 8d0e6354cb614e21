"""Near-duplicates: copies with a word changed are found, strangers are not, and no text is its own."""

from random import Random

import numpy as np
import pyarrow as pa
import pytest

from goldsmith.columns import fold
from goldsmith.validation.near import near_copies
from tests.faults.clean import messages

WORDS = [f"word{number}" for number in range(4000)]


def found(training: list[str], heldout: list[str], least: float = 0.8) -> list[tuple[int, int]]:
    """Pairs of places: in training, in held-out."""
    texts = fold(pa.array(training + heldout, pa.string()))
    ours = np.arange(len(texts)) < len(training)
    left, right = near_copies(texts, ours, ~ours, least, ours.astype(int))
    return list(zip(left.tolist(), (right - len(training)).tolist(), strict=True))


def drawn(count: int, words: int, seed: int = 0) -> list[str]:
    draw = Random(seed)
    return [" ".join(draw.choices(WORDS, k=words)) for _ in range(count)]


@pytest.mark.parametrize("words", [25, 60, 300])
def test_a_changed_word_is_seen_through(words: int) -> None:
    heldout, draw = drawn(400, words), Random(1)
    copies = []
    for text in heldout:
        parts = text.split()
        parts[draw.randrange(words)] = "other"
        copies.append(" ".join(parts))
    pairs = found(copies, heldout)
    assert len(pairs) >= 0.97 * 400  # MinHash: near-certain, not certain
    assert all(one == other for one, other in pairs)


def test_strangers_are_not_near() -> None:
    assert found(drawn(600, 30, 2), drawn(600, 30, 3)) == []


def test_texts_of_one_hand_are_not_near() -> None:
    goldens = messages()
    texts = [[row["text"] for row in goldens.part(split)] for split in ("train", "test")]
    assert found(*texts) == []


def test_every_pair_is_as_alike_as_asked() -> None:
    text = drawn(1, 40)[0]
    changed = " ".join([*text.split()[:34], *drawn(1, 6, 9)[0].split()])  # 33 of 45 pairs of words
    assert found([changed], [text], 0.75) == []
    assert found([changed], [text], 0.7) == [(0, 0)]


def test_case_and_white_space_do_not_hide_a_copy() -> None:
    text = drawn(1, 30)[0]
    assert found([text.upper().replace(" ", "  \n")], [text]) == [(0, 0)]


def test_short_and_empty_texts_have_no_near_copies() -> None:
    assert found(["yes please", "", "  "], ["yes please", "", "no"]) == []
    assert found([], drawn(3, 30)) == found(drawn(3, 30), []) == []


def test_texts_of_one_part_are_not_compared() -> None:
    text = drawn(1, 30)[0]
    texts = fold(pa.array([text, f"{text} again", text.upper()], pa.string()))
    every = np.ones(3, dtype=bool)
    ours, theirs = near_copies(texts, every, every, 0.8, np.array([0, 0, 1]))
    assert list(zip(ours.tolist(), theirs.tolist(), strict=True)) == [(0, 2), (1, 2), (2, 0)]
    assert near_copies(texts, every, every, 0.8, np.zeros(3, dtype=int))[0].tolist() == []


def test_the_nearest_of_many_is_named() -> None:
    text = drawn(1, 40)[0]
    near = text.replace(text.split()[3], "other")
    farther = near.replace(text.split()[30], "another")
    assert found([text], [farther, near], 0.6) == [(0, 1)]
