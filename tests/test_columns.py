"""Columns of strings: folding and hashing many texts at once is folding and hashing each."""

import random

import numpy as np
import pyarrow as pa
import pytest

from goldsmith import columns
from goldsmith.columns import tags
from goldsmith.text import normalise
from goldsmith.validation.minhash import MIN_WORDS, signatures

PIECES = [
    "A",
    "b",
    " ",
    "  ",
    "\t",
    "\n",
    "\x1c",
    "\x00",
    "é",
    "Ⅳ",
    "ß",
    "\u00a0",
    "İ",
    "2.25",
    "%",
]


@pytest.mark.parametrize("kind", [pa.string(), pa.large_string()])
def test_folding_a_column_is_folding_each_text(kind: pa.DataType) -> None:
    rng = random.Random(3)
    texts = ["".join(rng.choices(PIECES, k=rng.randint(0, 6))) for _ in range(3000)]
    whole = pa.array(texts, kind)
    assert columns.fold(whole).to_pylist() == [normalise(text) for text in texts]
    part = whole.slice(1234, 500)  # a slice keeps the buffers of the whole
    assert columns.fold(part).to_pylist() == [normalise(text) for text in texts[1234:1734]]
    assert columns.fold(pa.array([], kind)).to_pylist() == []


def test_keys_are_the_same_on_every_machine() -> None:
    """They are kept with registered versions, so they may never change."""
    found = columns.keys(pa.array(["the company's notes", "", "é"]))
    assert found.tolist() == [12654582364096100727, 3244421341483603138, 17839895020865391795]


def test_signatures_do_not_depend_on_what_stands_beside() -> None:
    rng = random.Random(5)
    words = [f"w{number}" for number in range(500)]
    texts = [" ".join(rng.choices(words, k=rng.randint(1, 400))) for _ in range(900)]
    bands, minima = signatures(pa.array(texts))
    for place in (0, 1, 450, 899):
        alone_bands, alone_minima = signatures(pa.array([texts[place]]))
        assert np.array_equal(bands[place], alone_bands[0])
        assert np.array_equal(minima[place], alone_minima[0])
    short = np.array([len(text.split()) < MIN_WORDS for text in texts])
    assert np.array_equal(bands[:, 0] == 0, short)


def test_signatures_of_nothing() -> None:
    for texts in ([], [""], ["", "one two", ""]):
        bands, minima = signatures(pa.array(texts, pa.string()))
        assert bands.shape[0] == minima.shape[0] == len(texts)
        assert not bands.any()


def test_coded_tags_are_those_of_the_lists_asked_for() -> None:
    whole = pa.array([["O", "B-A"], ["I-A"], ["B-B"]])
    assert tags.coded(whole) is tags.coded(whole)
    assert tags.coded(whole.slice(1, 2)).names == ["I-A", "B-B"]
    for number in range(50):  # memory is used again: what was there before must not answer
        assert tags.coded(pa.array([[f"B-{number}"]])).names == [f"B-{number}"]
