"""Sentences as what the net reads: the one function for training, evaluation and serving."""

from collections.abc import Mapping, Sequence
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
        self._gazetteers = [_Gazetteer(entries) for entries in gazetteers.values()]
        self.own = ENDS + len(gazetteers)
        self.columns = 2 * window + 1

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
        windows = np.lib.stride_tricks.sliding_window_view(
            np.array(rows, dtype=np.int32), 2 * self.window + 1
        )
        # Between two sentences lie as many ends as a window reaches: they are nobody's middle.
        if len(sizes) == 1:
            windows = windows[: sizes[0]]
        else:
            kept = np.arange(sizes.sum()) + np.repeat(np.arange(len(sizes)) * self.window, sizes)
            windows = windows[kept]
        return Encoded(self.table.rows(list(local)), windows, self._own(sentences, sizes))

    def _own(self, sentences: Sequence[Sequence[str]], sizes: np.ndarray) -> np.ndarray:
        own = np.zeros((int(sizes.sum()), self.own), dtype=np.float32)
        after = np.cumsum(sizes)
        filled = sizes > 0
        own[(after - sizes)[filled], 0] = 1
        own[after[filled] - 1, 1] = 1
        for column, gazetteer in enumerate(self._gazetteers, start=ENDS):
            for sentence, start in zip(sentences, (after - sizes).tolist(), strict=True):
                for place in gazetteer.places(sentence):
                    own[start + place, column] = 1
        return own


class _Gazetteer:
    """Words and phrases to be found in any case."""

    def __init__(self, entries: Sequence[str]) -> None:
        # Goldens may hold `Inc.` as one word; our splitter makes two of it.
        folded = [entry.casefold() for entry in entries]
        split = {tuple(entry[a:b] for a, b in split_words(entry)) for entry in folded}
        phrases = sorted(split | {tuple(entry.split()) for entry in folded})
        # By the first word, as it may be written: most words of a text are looked up but once.
        self._words = {phrase[0] for phrase in phrases if len(phrase) == 1}
        self._phrases: dict[str, list[tuple[str, ...]]] = {}
        for phrase in phrases:
            if len(phrase) > 1:
                self._phrases.setdefault(phrase[0], []).append(phrase)

    def places(self, sentence: Sequence[str]) -> set[int]:
        """Places of the words that stand in an entry."""
        folded = [word.casefold() for word in sentence]
        found = {place for place, word in enumerate(folded) if word in self._words}
        if self._phrases:
            for place, word in enumerate(folded):
                for phrase in self._phrases.get(word, ()):
                    if tuple(folded[place : place + len(phrase)]) == phrase:
                        found.update(range(place, place + len(phrase)))
        return found
