"""Pages as what the net reads: a word's window is on its line, above and below, and it has a place.

The same function for training, evaluation and serving, as `features` is for sentences.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from goldsmith import layout
from goldsmith.families.window_mlp.features import ENDS, Encoded, Features
from goldsmith.families.window_mlp.page_input import read_page
from goldsmith.families.window_mlp.words import WordTable
from goldsmith.records import OcrPage, TaggedPage, TaggedTokens

EDGES = (0.01, 0.03, 0.06, 0.1, 0.15, 0.25, 0.4, 0.6, 0.8, 0.95)
PLACE = 4 * (1 + len(EDGES))  # features of a word for where it stands


class PageWords(tuple[str, ...]):
    """The words of a page, with their boxes; a sentence that is no such has no place."""

    page: OcrPage

    @classmethod
    def of(cls, record: TaggedPage) -> "PageWords":
        """The words of a record."""
        found = cls(record.tokens)
        found.page = OcrPage(
            record.id, "", 1, record.width, record.height, record.tokens, record.boxes
        )
        return found


class PageFeatures(Features):
    """Turns pages, and sentences, into `Encoded`.

    Its windows are the word with `window` words on either side on its line, then `around` words above
    and as many below, the nearest first; `own` has `PLACE` columns more.
    """

    def __init__(
        self,
        table: WordTable,
        window: int,
        gazetteers: Mapping[str, Sequence[str]],
        around: int,
    ) -> None:
        super().__init__(table, window, gazetteers)
        self._around = around
        self.columns += 2 * around
        self.own += PLACE

    def sentences(self, records: Sequence[TaggedTokens]) -> list[Sequence[str]]:
        """The words of records; those of a page know their boxes."""
        return [PageWords.of(one) if isinstance(one, TaggedPage) else one.tokens for one in records]

    def read(self, line: Mapping[str, Any]) -> tuple[str, list[tuple[int, int]], TaggedTokens]:
        """As of `read_page`.

        Raises:
            DataError: as there.
        """
        return read_page(line)

    def encode(self, sentences: Sequence[Sequence[str]]) -> Encoded:
        """All words of the pages, in order; a sentence without boxes is one line."""
        local: dict[str | None, int] = {None: 0}
        sizes = [len(sentence) for sentence in sentences]
        windows = np.zeros((sum(sizes), self.columns), dtype=np.int32)
        own = np.zeros((sum(sizes), self.own), dtype=np.float32)
        start = 0
        for sentence, size in zip(sentences, sizes, strict=True):
            rows = slice(start, start + size)
            start += size
            # The row behind the last word is what -1 says: there is none.
            known = np.array(
                [*(local.setdefault(word, len(local)) for word in sentence), 0], dtype=np.int32
            )
            lines = self._page(sentence, windows[rows], own[rows])
            windows[rows] = known[windows[rows]]
            self._marks(sentence, lines, own[rows])
        return Encoded(self.table.rows(list(local)), windows, own)

    def _page(
        self, sentence: Sequence[str], windows: np.ndarray, own: np.ndarray
    ) -> list[layout.Line]:
        """Write the places of n words' neighbours, and where the words stand; the lines are returned."""
        if not isinstance(sentence, PageWords) or not sentence:
            windows[:, : 2 * self.window + 1] = _beside(len(sentence), self.window)
            windows[:, 2 * self.window + 1 :] = layout.NONE
            return [tuple(range(len(sentence)))] if sentence else []
        found = layout.surroundings(sentence.page, max(self.window, self._around, 1))
        k, m = self.window, self._around
        windows[:, :k] = found.left[:, :k][:, ::-1]
        windows[:, k] = np.arange(len(sentence))
        windows[:, k + 1 : 2 * k + 1] = found.right[:, :k]
        windows[:, 2 * k + 1 : 2 * k + 1 + m] = found.above[:, :m]
        windows[:, 2 * k + 1 + m :] = found.below[:, :m]
        own[:, -PLACE:] = _place(found.position)
        return _lines(found)

    def _marks(
        self, sentence: Sequence[str], lines: Sequence[layout.Line], own: np.ndarray
    ) -> None:
        for line in lines:
            own[line[0], 0] = own[line[-1], 1] = 1
            words = [sentence[place] for place in line]
            for place, column in self._gazetteers.found(words):
                own[line[place], ENDS + column] = 1


def _lines(found: layout.Surroundings) -> list[layout.Line]:
    """The lines, read off the neighbours: to find them again would take as long."""
    following = found.right[:, 0].tolist()
    lines = []
    for place in np.flatnonzero(found.left[:, 0] < 0).tolist():
        line = [place]
        while following[line[-1]] >= 0:
            line.append(following[line[-1]])
        lines.append(tuple(line))
    return lines


def _place(position: np.ndarray) -> np.ndarray:
    """(n, `PLACE`) of (n, 4) positions: each of them, and which of `EDGES` it is beyond."""
    beyond = (position[:, :, None] > np.array(EDGES)).reshape(len(position), -1)
    return np.concatenate([position, beyond], axis=1).astype(np.float32)


def _beside(size: int, k: int) -> np.ndarray:
    """(size, 2k + 1) places of a line's words around each, -1 beyond its ends."""
    places = np.arange(size)[:, None] + np.arange(-k, k + 1)
    return np.where((places >= 0) & (places < size), places, layout.NONE)
