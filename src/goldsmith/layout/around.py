"""What stands around each word of a page: neighbours on its line, above and below, and its place."""

from typing import NamedTuple

import numpy as np

from goldsmith.layout.reading import Line, boxes_of, lines
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
    found = lines(page)
    left, right = _beside(len(page.words), found, k)
    above, below = _over_and_under(boxes_of(page), found, k)
    return Surroundings(left, right, above, below, _positions(page, found))


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
    return _positions(page, lines(page))


def _positions(page: OcrPage, found: list[Line]) -> np.ndarray:
    result = np.zeros((len(page.words), 4), dtype=np.float32)
    if not page.words:
        return result
    boxes = boxes_of(page)
    size = (page.width or boxes[:, 2].max(), page.height or boxes[:, 3].max())
    for axis, length in enumerate(size):
        centre = (boxes[:, axis] + boxes[:, axis + 2]) / 2
        # Boxes may reach beyond the page; a place on it does not.
        result[:, axis] = np.clip(centre / length, 0, 1) if length > 0 else 0
    for number, line in enumerate(found):
        result[list(line), 2] = np.linspace(0, 1, len(line)) if len(line) > 1 else 0
        result[list(line), 3] = number / (len(found) - 1) if len(found) > 1 else 0
    return result


def _beside(size: int, found: list[Line], k: int) -> tuple[np.ndarray, np.ndarray]:
    left = np.full((size, k), NONE, dtype=np.int64)
    right = left.copy()
    for line in found:
        for place, word in enumerate(line):
            before, after = line[max(0, place - k) : place][::-1], line[place + 1 : place + 1 + k]
            left[word, : len(before)] = before
            right[word, : len(after)] = after
    return left, right


def _over_and_under(boxes: np.ndarray, found: list[Line], k: int) -> tuple[np.ndarray, np.ndarray]:
    size = len(boxes)
    above = np.full((size, k), NONE, dtype=np.int64)
    below = above.copy()
    line_of = np.zeros(size, dtype=np.int64)
    for number, line in enumerate(found):
        line_of[list(line)] = number
    for start in range(0, size, BLOCK):
        words = slice(start, start + BLOCK)
        up, aside = _distances(boxes, line_of, words)
        for target, distance in ((above, up), (below, -up)):
            _nearest(np.where(distance > 0, distance, np.inf), aside, target[words])
    return above, below


def _nearest(far: np.ndarray, aside: np.ndarray, target: np.ndarray) -> None:
    """Write the places of the k nearest into (m, k): by (m, n) distances, then by how far aside they
    are, then the earlier. What is infinitely far is none."""
    k = min(target.shape[1], far.shape[1])
    furthest = np.partition(far, k - 1, axis=1)[:, k - 1 : k]
    word, other = np.nonzero((far <= furthest) & (far < np.inf))
    order = np.lexsort((other, aside[word, other], far[word, other], word))
    word, other = word[order], other[order]
    rank = np.arange(len(word)) - np.searchsorted(word, word)
    kept = rank < k
    target[word[kept], rank[kept]] = other[kept]


def _distances(
    boxes: np.ndarray, line_of: np.ndarray, words: slice
) -> tuple[np.ndarray, np.ndarray]:
    """How far above some words, and how far aside, each of the n words stands: (m, n) each.

    Above, it is not a number for those that do not overlap horizontally or stand on one line.
    """
    left, right = boxes[:, 0], boxes[:, 2]
    centre, middle = (boxes[:, 1] + boxes[:, 3]) / 2, (left + right) / 2
    crosses = (left < right[words, None]) & (right > left[words, None])
    crosses &= line_of != line_of[words, None]
    up = np.where(crosses, centre[words, None] - centre, np.nan)
    return up, np.abs(middle - middle[words, None])
