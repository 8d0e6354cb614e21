"""Sentences as what the net reads: the one function for training, evaluation and serving."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from goldsmith.families.token_classification.runtime import read_sentence
from goldsmith.families.window_mlp.words import WordRows, WordTable
from goldsmith.records import TaggedTokens
from goldsmith.text import split_words

ENDS = 2  # features of a word for being its sentence's first, and its last


@dataclass(frozen=True)
class Encoded:
    """The words of some sentences, one after the other.

    Attributes:
        words: of the different ones among them, and of what lies beyond an end: that is the first.
        windows: (t, `Features.columns`) int32, rows of `words`: of a sentence's words each in the
            middle of its neighbours.
        own: (t, `Features.own`) float32: what the sentence says of the word in the middle.
    """

    words: WordRows
    windows: np.ndarray
    own: np.ndarray

    def part(self, start: int, end: int) -> "Encoded":
        """Of the words [start, end), with no rows but theirs."""
        used, windows = np.unique(self.windows[start:end], return_inverse=True)
        words = WordRows(*(rows[used] for rows in vars(self.words).values()))
        shaped = windows.reshape(-1, self.windows.shape[1]).astype(np.int32)
        return replace(self, words=words, windows=shaped, own=self.own[start:end])


class Features:
    """Turns sentences into `Encoded`."""

    def __init__(
        self, table: WordTable, window: int, gazetteers: Mapping[str, Sequence[str]]
    ) -> None:
        self.table, self.window = table, window
        self._gazetteers = _Gazetteers(list(gazetteers.values()))
        self.own = ENDS + len(gazetteers)
        self.columns = 2 * window + 1
        self._reach = np.arange(2 * window + 1)

    def sentences(self, records: Sequence[TaggedTokens]) -> list[Sequence[str]]:
        """The words of records, as `encode` takes them."""
        return [record.tokens for record in records]

    def read(self, line: Mapping[str, Any]) -> tuple[str, list[tuple[int, int]], TaggedTokens]:
        """The text of an input line, where its words begin and end, and the words as a record.

        Raises:
            DataError: it has neither `text` nor `tokens`, or they are no text.
        """
        return read_sentence(line)

    def encode(self, sentences: Sequence[Sequence[str]]) -> Encoded:
        """All words of the sentences, in order; no window looks beyond its sentence."""
        local: dict[str | None, int] = {None: 0}
        ends = [0] * self.window
        rows = list(ends)
        for sentence in sentences:
            rows += [local.setdefault(word, len(local)) for word in sentence]
            rows += ends
        rows += [0, *ends]  # without any word there is a window too
        sizes = np.array([len(sentence) for sentence in sentences], dtype=np.int64)
        firsts = np.arange(sizes.sum())
        if len(sizes) > 1:
            # Between two sentences lie as many ends as a window reaches: they are nobody's middle.
            firsts += np.repeat(np.arange(len(sizes)) * self.window, sizes)
        windows = np.array(rows, dtype=np.int32)[firsts[:, None] + self._reach]
        return Encoded(self.table.rows(list(local)), windows, self._own(sentences, sizes))

    def _own(self, sentences: Sequence[Sequence[str]], sizes: np.ndarray) -> np.ndarray:
        own = np.zeros((int(sizes.sum()), self.own), dtype=np.float32)
        after = np.cumsum(sizes)
        filled = sizes > 0
        own[(after - sizes)[filled], 0] = 1
        own[after[filled] - 1, 1] = 1
        for sentence, start in zip(sentences, (after - sizes).tolist(), strict=True):
            for place, column in self._gazetteers.found(sentence):
                own[start + place, ENDS + column] = 1
        return own


class _Gazetteers:
    """Lists of words and phrases to be found in any case."""

    def __init__(self, lists: Sequence[Sequence[str]]) -> None:
        # By the first word, as it may be written: most words of a text are looked up but once.
        self._phrases: dict[str, list[tuple[int, tuple[str, ...]]]] = {}
        for number, entries in enumerate(lists):
            # Goldens may hold `Inc.` as one word; our splitter makes two of it.
            folded = [entry.casefold() for entry in entries]
            split = {tuple(entry[a:b] for a, b in split_words(entry)) for entry in folded}
            for phrase in sorted(split | {tuple(entry.split()) for entry in folded}):
                self._phrases.setdefault(phrase[0], []).append((number, phrase))

    def found(self, sentence: Sequence[str]) -> Iterator[tuple[int, int]]:
        """Places of the words that stand in an entry, each with the number of its list."""
        if not self._phrases:
            return
        folded = [word.casefold() for word in sentence]
        for place, word in enumerate(folded):
            for number, phrase in self._phrases.get(word, ()):
                if tuple(folded[place : place + len(phrase)]) == phrase:
                    yield from ((place + step, number) for step in range(len(phrase)))
