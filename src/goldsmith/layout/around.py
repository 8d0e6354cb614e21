"""What stands around each word of a page: neighbours on its line, above and below, and its place."""

from collections.abc import Sequence
from itertools import chain
from typing import NamedTuple

import numpy as np

from goldsmith.layout.reading import Line, boxes_of, lines_of
from goldsmith.records import OcrPage

NONE = -1
BLOCK = 256  # words that are compared with all others at a time


class Surroundings(NamedTuple):
    """The neighbours of n words, the nearest first, as places in the page's `words`; -1: none.

    Attributes:
        left, right: (n, k) int64, on the word's line.
        above, below: (n, k) int64, that overlap the word horizontally, by vertical distance.
        position: (n, 4) float32, as `positions`.
    """

    left: np.ndarray
    right: np.ndarray
    above: np.ndarray
    below: np.ndarray
    position: np.ndarray


def surroundings(page: OcrPage, k: int = 2) -> Surroundings:
    """The k nearest neighbours of each word in each direction, and where it stands.

    Raises:
        ValueError: k is less than 1.
    """
    if k < 1:
        raise ValueError(f"k is {k}: at least one neighbour is needed")
    boxes = boxes_of(page)
    found = _Lines(lines_of(boxes))
    left, right = _beside(found, k)
    above, below = _over_and_under(boxes, found, k)
    return Surroundings(left, right, above, below, _positions(page, boxes, found))


def positions(page: OcrPage | None, words: int = 0) -> np.ndarray:
    """(n, 4) float32 in 0..1 of a page's n words: x of the centre by the page's width, y by its height,
    the place on its line (0 the first word, 1 the last), the place of its line on the page.

    Where the page's size is unknown, the words' own extent from the corner stands for it.

    Args:
        page: None where there is no page.
        words: n, where there is no page: all of them get zeros.
    """
    if page is None:
        return np.zeros((words, 4), dtype=np.float32)
    boxes = boxes_of(page)
    return _positions(page, boxes, _Lines(lines_of(boxes)))


class _Lines:
    """The n words of lines, one line after the other.

    Attributes:
        words: (n,) int64, places on the page.
        line: (n,) int64, of each of `words` the number of its line.
        rank: (n,) int64, of each of `words` its place on that line.
        sizes: words of each line.
    """

    def __init__(self, lines: Sequence[Line]) -> None:
        self.words = np.fromiter(chain.from_iterable(lines), dtype=np.int64)
        self.sizes = np.fromiter(map(len, lines), dtype=np.int64)
        self.line = np.repeat(np.arange(len(lines)), self.sizes)
        firsts = np.cumsum(self.sizes) - self.sizes
        self.rank = np.arange(len(self.words)) - firsts[self.line]


def _positions(page: OcrPage, boxes: np.ndarray, found: _Lines) -> np.ndarray:
    result = np.zeros((len(boxes), 4), dtype=np.float32)
    if not len(boxes):
        return result
    size = (page.width or boxes[:, 2].max(), page.height or boxes[:, 3].max())
    for axis, length in enumerate(size):
        centre = (boxes[:, axis] + boxes[:, axis + 2]) / 2
        # Boxes may reach beyond the page; a place on it does not.
        result[:, axis] = np.clip(centre / length, 0, 1) if length > 0 else 0
    result[found.words, 2] = found.rank * (1 / np.maximum(found.sizes - 1, 1))[found.line]
    result[found.words, 3] = found.line / max(len(found.sizes) - 1, 1)
    return result


def _beside(found: _Lines, k: int) -> tuple[np.ndarray, np.ndarray]:
    words = found.words
    left = np.full((len(words), k), NONE, dtype=np.int64)
    right = left.copy()
    for step in range(1, min(k, len(words) - 1) + 1):
        before, after = words[:-step], words[step:]
        together = found.line[:-step] == found.line[step:]
        left[after[together], step - 1] = before[together]
        right[before[together], step - 1] = after[together]
    return left, right


def _over_and_under(boxes: np.ndarray, found: _Lines, k: int) -> tuple[np.ndarray, np.ndarray]:
    size = len(boxes)
    above = np.full((size, k), NONE, dtype=np.int64)
    below = above.copy()
    words = _Downwards(boxes, found)
    # The smallest numbers that count the words: to compare them takes a fraction of the time.
    kind = np.min_scalar_type(size)
    number = np.arange(size, dtype=kind)
    higher = np.searchsorted(words.centre, words.centre, "left").astype(kind)
    lower = np.searchsorted(words.centre, words.centre, "right").astype(kind)
    for start in range(0, size, BLOCK):
        some = slice(start, start + BLOCK)
        crosses = words.left < words.right[some, None]
        crosses &= words.right > words.left[some, None]
        one, other = _pairs((crosses & (number < higher[some, None]))[:, ::-1])
        words.nearest(one + start, size - 1 - other, above)
        one, other = _pairs(crosses & (number >= lower[some, None]))
        words.nearest(one + start, other, below)
    return above, below


class _Downwards:
    """The n words of a page by their vertical centres.

    Attributes:
        left, right, centre: (n,) edges, and vertical centres.
    """

    def __init__(self, boxes: np.ndarray, found: _Lines) -> None:
        centre = (boxes[:, 1] + boxes[:, 3]) / 2
        self._order = np.argsort(centre, kind="stable")
        self.left, self.right, self.centre = (
            one[self._order] for one in (boxes[:, 0], boxes[:, 2], centre)
        )
        self._middle = (self.left + self.right) / 2
        line = np.empty(len(boxes), dtype=np.int64)
        line[found.words] = found.line
        self._line = line[self._order]

    def nearest(self, one: np.ndarray, other: np.ndarray, target: np.ndarray) -> None:
        """Write each word's k nearest others, that stand on another line, into (n, k) of the page: by
        vertical distance, then by how far aside their middles are, then the earlier.

        Args:
            one: (m,) words, ascending.
            other: (m,) others of each, the nearest first.
            target: (n, k) by the page's own numbers, as what is written.
        """
        size, k = target.shape
        apart = self._line[one] != self._line[other]
        one, other = one[apart], other[apart]
        far = np.abs(self.centre[other] - self.centre[one])
        near = far <= _furthest(one, far, size, k)
        one, other, far = one[near], other[near], far[near]
        aside = np.abs(self._middle[other] - self._middle[one])
        other = self._order[other]
        other = other[np.lexsort((other, aside, far, one))]
        rank = _ranks(one, size)
        kept = rank < k
        target[self._order[one[kept]], rank[kept]] = other[kept]


def _pairs(found: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """As `np.nonzero` of (m, n) bool, in half the time."""
    flat = np.flatnonzero(found)
    row = flat // found.shape[1]
    return row, flat - row * found.shape[1]


def _furthest(one: np.ndarray, far: np.ndarray, size: int, k: int) -> np.ndarray:
    """How far the k-th other is, or the last one of less than k, for each of (m,).

    Args:
        one: (m,) ascending numbers below `size`.
        far: (m,) ascending where `one` is the same.
    """
    counts = np.bincount(one, minlength=size)
    last = np.cumsum(counts) - counts + np.minimum(counts, k) - 1
    return far[last[one]]


def _ranks(one: np.ndarray, size: int) -> np.ndarray:
    """The place of each of (m,) ascending numbers below `size` among those that are the same."""
    counts = np.bincount(one, minlength=size)
    return np.arange(len(one)) - (np.cumsum(counts) - counts)[one]
