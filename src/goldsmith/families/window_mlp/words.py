"""What a word says by itself: pieces with an embedding each, affixes, shape, rules; kept once known.

Needs numpy, and tokenizers for the pieces of a base; neither torch nor transformers.
"""

import re
import threading
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import Protocol

import numpy as np

from goldsmith.families.onnx import open_tokenizer

NGRAMS = (3, 4)  # characters, with the marks of the word's ends
MOST_PIECES = 40
LONGEST = 20  # characters of a word that its n-grams see; of a longer one its two ends
AFFIX_BUCKETS, AFFIX_DIMENSION, AFFIX_LENGTHS = 2048, 16, (1, 2, 3, 4)
AFFIXES = [
    [slice(n + 1) for n in AFFIX_LENGTHS[:count]]
    + [slice(-n - 1, None) for n in AFFIX_LENGTHS[:count]]
    for count in range(len(AFFIX_LENGTHS) + 1)
]  # by a word's length, as it stands between the marks of its ends
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
        grams = _grams(len(cut) + 2, self._lengths)
        buckets = self.count - 1
        return [bucket(f"={folded}", buckets), *_hashed(f"<{cut}>", grams, buckets)][:MOST_PIECES]


@lru_cache(1024)
def _grams(size: int, lengths: tuple[int, ...]) -> list[slice]:
    """Where the n-grams of so many characters stand."""
    return [
        slice(start, start + length) for length in lengths for start in range(size - length + 1)
    ]


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
    return _hashed(f"^{word}$", AFFIXES[min(len(word), len(AFFIX_LENGTHS))], AFFIX_BUCKETS)


def _hashed(text: str, cuts: Iterable[slice], count: int) -> list[int]:
    """The buckets of some parts of a text."""
    if not text.isascii():
        return [bucket(text[cut], count) for cut in cuts]
    written = text.encode()  # a character is a byte: cut the same, and ready for the hash
    return [1 + code % count for code in map(zlib.crc32, map(written.__getitem__, cuts))]


def shape(word: str) -> list[bool]:
    """Whether each of `SHAPES` holds."""
    alphabetic = word.isalpha()
    letters = word if alphabetic else "".join(LETTERS.findall(word))
    lower, upper = letters.islower(), letters.isupper()
    title = letters[:1].isupper() and (len(letters) == 1 or letters[1:].islower())
    return [
        True, lower, title, upper and len(letters) > 1, bool(letters) and not (lower or upper or title),
        word[:1].isupper(), not alphabetic and any(map(str.isdigit, word)), word.isdigit(),
        not alphabetic and not any(map(str.isalnum, word)), "-" in word, "." in word, "&" in word,
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
        self.pieces = pieces
        self._rules = [re.compile(rule).fullmatch for rule in rules.values()]
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
        self._learn(sorted(new))
        return [self._place[word] for word in words]

    def _learn(self, words: Sequence[str]) -> None:
        first = len(self._place)
        new = slice(first, first + len(words))
        while new.stop > len(self._counts):
            self._grow()
        pieces = [self.pieces.of(word) for word in words]
        counts = list(map(len, pieces))
        self._counts[new] = counts
        self._share[new, 0] = [1 / count if count else 0 for count in counts]
        _fill(self._pieces[new], pieces)
        _fill(self._affixes[new], [affixes(word) for word in words])
        shapes = chain.from_iterable(map(self._shape_of, words))
        self._shape[new] = np.frombuffer(bytes(shapes), dtype=np.bool_).reshape(-1, self.width)
        self._place.update(zip(words, range(new.start, new.stop), strict=True))

    def _shape_of(self, word: str) -> list[bool]:
        return shape(word) + [matches(word) is not None for matches in self._rules]

    def _grow(self) -> None:
        for name in ("_pieces", "_counts", "_share", "_affixes", "_shape"):
            rows = getattr(self, name)
            setattr(self, name, np.concatenate([rows, np.zeros_like(rows)]))


def _fill(rows: np.ndarray, values: Sequence[Sequence[int]]) -> None:
    """Write n sequences into the fronts of (n, w) rows."""
    counts = np.array(list(map(len, values)))
    flat = np.array(list(chain.from_iterable(values)), dtype=rows.dtype)
    rows[np.arange(rows.shape[1]) < counts[:, None]] = flat
