"""Words to subwords, in windows, and subword logits back to words; light.

Needs numpy and tokenizers. Training, evaluation, parity, the command and a service all use it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from goldsmith.families.onnx import open_tokenizer, pad_id
from goldsmith.families.token_classification.casing import mark_capitals, mark_id
from goldsmith.families.token_classification.windows import divide

BATCH = 1000  # sentences whose encodings are held at once: they are much larger than their ids


@dataclass(frozen=True)
class Window:
    """What the model is shown at once: a record, or a part of one.

    Attributes:
        ids: t subwords, special ones included.
        word_of: t places in `reads`; None for special subwords, marks of capitals, and words that a
            neighbour reads.
        reads: the words of the record that are read here. The windows of a record divide its words.
        marks: places of the marks of capitals; the subword behind is the first of a word.
    """

    ids: list[int]
    word_of: list[int | None]
    reads: range
    marks: tuple[int, ...] = ()


class Encoder:
    """Words to subwords, with the tokenizer of a model folder; no padding."""

    def __init__(
        self, tokenizer_file: Path, max_length: int, stride: int = 0, mark_case: bool = False
    ) -> None:
        """Open a tokenizer.

        Args:
            tokenizer_file: a `tokenizer.json`.
            max_length: subwords of a window, special ones included.
            stride: subwords that neighbouring windows share.
            mark_case: mark capitals for a base that lower-cases; see `casing`.

        Raises:
            DataError: the file holds no tokenizer.
            ConfigError: the tokenizer takes no marks.
        """
        self._tokenizer = open_tokenizer(tokenizer_file)
        if mark_case:
            mark_capitals(self._tokenizer)
        self.mark_id = mark_id(self._tokenizer) if mark_case else None
        self._max_length, self._stride = max_length, stride
        self.pad_id = pad_id(self._tokenizer)

    def encode(self, sentences: Sequence[Sequence[str]]) -> list[list[Window]]:
        """The windows of each sentence of words, in order; one where it fits, also if empty."""
        result: list[list[Window]] = []
        for start in range(0, len(sentences), BATCH):
            batch = [list(words) for words in sentences[start : start + BATCH]]
            found = self._tokenizer.encode_batch(batch, is_pretokenized=True)
            result += map(self._read, found, map(len, batch))
        return result

    def unread(self, words: Sequence[str]) -> list[int]:
        """Places of the words of which the model is shown no subword, or not all."""
        found = self._tokenizer.encode(list(words), is_pretokenized=True)
        room = self._max_length - found.word_ids.count(None)
        sizes = _sizes(found.word_ids, len(words))
        return np.flatnonzero((sizes == 0) | (sizes > room)).tolist()

    def _read(self, found: Any, words: int) -> list[Window]:
        windows = self._windows(found, words)
        return windows if self.mark_id is None else [_beside(one, self.mark_id) for one in windows]

    def _windows(self, found: Any, words: int) -> list[Window]:
        """A word that no window holds is cut to the subwords that one does."""
        if len(found.ids) <= self._max_length:
            return [Window(found.ids, found.word_ids, range(words))]
        inner = [place for place, word in enumerate(found.word_ids) if word is not None]
        before, after = found.ids[: inner[0]], found.ids[inner[-1] + 1 :]
        room = self._max_length - len(before) - len(after)
        sizes = _sizes(found.word_ids, words)
        starts = np.concatenate([[0], np.cumsum(np.minimum(sizes, room))])  # (w + 1)
        word_of = np.repeat(np.arange(words), sizes)  # (subwords)
        rank = np.arange(len(word_of)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        kept = rank < room
        ids, word_of = np.array(found.ids)[inner][kept], word_of[kept]
        result = []
        for start, end, first, last in divide(np.diff(starts).tolist(), room, self._stride):
            shown = slice(starts[start], starts[end])
            places: list[int | None] = [
                word - first if first <= word < last else None for word in word_of[shown].tolist()
            ]
            result.append(
                Window(
                    [*before, *ids[shown].tolist(), *after],
                    [*[None] * len(before), *places, *[None] * len(after)],
                    range(first, last),
                )
            )
        return result


def _beside(window: Window, mark: int) -> Window:
    """A window whose marks belong to no word."""
    before: list[int | None] = [None, *window.word_of]
    marks = [
        place
        for place, (one, word) in enumerate(zip(window.ids[:-1], window.word_of, strict=False))
        if one == mark and word is not None and before[place] != word == before[place + 2]
    ]
    word_of = [None if place in marks else word for place, word in enumerate(window.word_of)]
    return replace(window, word_of=word_of, marks=tuple(marks))


def _sizes(word_of: Sequence[int | None], words: int) -> np.ndarray:
    """(w) subwords of each word."""
    return np.bincount([word for word in word_of if word is not None], minlength=words)


def word_logits(logits: np.ndarray, window: Window, subwords: str) -> np.ndarray:
    """Logits of the words that a window reads: of the first subword, or the mean over all of them.

    (t, labels) -> (w, labels), so that a number of many subwords is never half tagged. A word without
    a subword has zeros.
    """
    result = np.zeros((len(window.reads), logits.shape[-1]), dtype=np.float32)
    counts = np.zeros(len(window.reads), dtype=np.int64)
    for place, word in enumerate(window.word_of):
        if word is not None and (subwords == "all" or counts[word] == 0):
            result[word] += logits[place]
            counts[word] += 1
    return result / np.maximum(counts, 1)[:, None]
