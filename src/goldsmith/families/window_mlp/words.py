"""What a word says by itself: pieces with an embedding each, affixes, shape, rules; kept once known.

Needs numpy, and tokenizers for the pieces of a base; neither torch nor transformers.
"""

import re
import threading
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np

from goldsmith.families.onnx import open_tokenizer

NGRAMS = (3, 4)  # characters, with the marks of the word's ends
MOST_PIECES = 40
LONGEST = 20  # characters of a word that its n-grams see; of a longer one its two ends
AFFIX_BUCKETS, AFFIX_DIMENSION, AFFIX_LENGTHS = 2048, 16, (1, 2, 3, 4)
KNOWN_WORDS = 50_000  # kept at most: some 20 MB
NOTHING = 0  # the piece and the affix that fill up rows; their embedding is zero
LETTERS = re.compile(r"[^\W\d_]")

SHAPES = (
    "is a word", "lower", "title", "upper", "mixed case", "initial capital", "has digit", "digits",
    "no letter or digit", "hyphen", "full stop", "ampersand", "apostrophe", "one character",
    "up to 3 characters", "more than 8 characters", "not ASCII",
)  # fmt: skip


class Pieces(Protocol):
    """What a word's embedding is the mean of."""

    @property
    def count(self) -> int:
        """How many pieces there are, with `NOTHING`."""

    def of(self, word: str) -> list[int]:
        """The pieces of a word, each from 1 up to below `count`."""


class Ngrams:
    """The whole word and its character n-grams, in lower case, hashed (as in fastText)."""

    def __init__(self, buckets: int, lengths: Sequence[int]) -> None:
        self.count, self._lengths = buckets + 1, tuple(lengths)

    def of(self, word: str) -> list[int]:
        """At most `MOST_PIECES`."""
        folded = word.lower()
        cut = folded if len(folded) <= LONGEST else folded[: LONGEST // 2] + folded[-LONGEST // 2 :]
        marked = f"<{cut}>"
        grams = [
            marked[start : start + length]
            for length in self._lengths
            for start in range(len(marked) - length + 1)
        ]
        return [bucket(gram, self.count - 1) for gram in [f"={folded}", *grams]][:MOST_PIECES]


class Subwords:
    """A base's subwords, without the special ones."""

    def __init__(self, path: Path) -> None:
        self._tokenizer = open_tokenizer(path)
        self.count = self._tokenizer.get_vocab_size() + 1

    def of(self, word: str) -> list[int]:
        """At most `MOST_PIECES`, from the front."""
        # No vocabulary needs more of a word than its first letters to fill the row.
        ids = self._tokenizer.encode(word[:1000], add_special_tokens=False).ids
        return [place + 1 for place in ids[:MOST_PIECES]]


def bucket(text: str, count: int) -> int:
    """A place from 1 to count, the same on every machine; half a character counts as `?`."""
    return 1 + zlib.crc32(text.encode(errors="replace")) % count


def affixes(word: str) -> list[int]:
    """Hashed prefixes and suffixes of the word as it is written; of a shorter word fewer."""
    ends = [length for length in AFFIX_LENGTHS if length <= len(word)]
    return [bucket(f"^{word[:n]}", AFFIX_BUCKETS) for n in ends] + [
        bucket(f"{word[-n:]}$", AFFIX_BUCKETS) for n in ends
    ]


def shape(word: str) -> list[bool]:
    """Whether each of `SHAPES` holds."""
    letters = "".join(LETTERS.findall(word))
    lower, upper = letters.islower(), letters.isupper()
    title = letters[:1].isupper() and (len(letters) == 1 or letters[1:].islower())
    digits = [sign.isdigit() for sign in word]
    return [
        True, lower, title, upper and len(letters) > 1, bool(letters) and not (lower or upper or title),
        word[:1].isupper(), any(digits), bool(digits) and all(digits),
        not any(map(str.isalnum, word)), "-" in word, "." in word, "&" in word,
        "'" in word or "\u2019" in word, len(word) == 1, len(word) <= 3, len(word) > 8, not word.isascii(),
    ]  # fmt: skip


@dataclass(frozen=True)
class WordRows:
    """What u words say by themselves.

    Attributes:
        pieces: (u, p) int32, filled up with `NOTHING`; p is the most that one of them has.
        share: (u, 1) float32, one over the number of pieces; 0 of a word without any.
        affixes: (u, 8) int32, filled up with `NOTHING`.
        shape: (u, `SHAPES` and rules) float32; all 0 beyond the ends of a sentence.
    """

    pieces: np.ndarray
    share: np.ndarray
    affixes: np.ndarray
    shape: np.ndarray


class WordTable:
    """Rows of words, worked out once; the first row is what lies beyond a sentence's ends."""

    def __init__(
        self, pieces: Pieces, rules: Mapping[str, str], known_words: int = KNOWN_WORDS
    ) -> None:
        self.pieces, self._rules = pieces, [re.compile(rule) for rule in rules.values()]
        self.width = len(SHAPES) + len(self._rules)
        self._most = known_words
        self._lock = threading.Lock()
        self._forget(1024)

    def _forget(self, rows: int) -> None:
        self._place: dict[str | None, int] = {None: 0}
        self._pieces = np.zeros((rows, MOST_PIECES), dtype=np.int32)
        self._counts = np.zeros(rows, dtype=np.int32)
        self._share = np.zeros((rows, 1), dtype=np.float32)
        self._affixes = np.zeros((rows, 2 * len(AFFIX_LENGTHS)), dtype=np.int32)
        self._shape = np.zeros((rows, self.width), dtype=np.float32)

    def rows(self, words: Sequence[str | None]) -> WordRows:
        """The rows of words; None is what lies beyond an end."""
        # A service answers in several threads: rows must not move while they are read.
        with self._lock:
            places = np.array(self._places(words))
            widest = int(self._counts[places].max(initial=1))
            return WordRows(
                self._pieces[places, :widest],
                self._share[places],
                self._affixes[places],
                self._shape[places],
            )

    def _places(self, words: Sequence[str | None]) -> list[int]:
        known = self._place
        try:
            return [known[word] for word in words]
        except KeyError:
            new = {word for word in words if word is not None and word not in known}
        if len(known) + len(new) > self._most:
            new = {word for word in words if word is not None}
            self._forget(max(len(new) + 1, 1024))
        for word in sorted(new):
            self._learn(word)
        return [self._place[word] for word in words]

    def _learn(self, word: str) -> None:
        place = len(self._place)
        if place == len(self._counts):
            self._grow()
        pieces, ends = self.pieces.of(word), affixes(word)
        self._pieces[place, : len(pieces)] = pieces
        self._counts[place] = len(pieces)
        self._share[place] = 1 / len(pieces) if pieces else 0
        self._affixes[place, : len(ends)] = ends
        self._shape[place] = [*shape(word), *(bool(rule.fullmatch(word)) for rule in self._rules)]
        self._place[word] = place

    def _grow(self) -> None:
        for name in ("_pieces", "_counts", "_share", "_affixes", "_shape"):
            rows = getattr(self, name)
            setattr(self, name, np.concatenate([rows, np.zeros_like(rows)]))
