"""Reading order: rows, columns of running text, blocks.

The rule, for a region that begins as the whole page:

1. Words that overlap vertically by half form a row (`rows`).
2. Rows that follow one another and leave a white strip free, at least `GAP` word heights wide, are
   columns if there are at least `MIN_ROWS` of them on either side, and if on either side the middle
   row fills at least `FILL` of the side's width and is at least `TEXT` word heights wide. Then what
   stands above comes first, then the left side, the right side, and what stands below, each by this
   same rule. So newspapers are read by columns and tables by rows: a price or a quantity is too
   narrow to be text, and a word and a sum far apart in one row fill no side.
3. What has no columns is read row by row; rows further apart than `BLOCK` word heights begin a block.

A word height is the median over the page.
"""

from collections.abc import Iterator
from dataclasses import replace
from statistics import median

import numpy as np

from goldsmith.layout.rows import Indices, rows
from goldsmith.records import OcrPage

Line = tuple[int, ...]
"""Words of a line from left to right, as places in the page's `words`."""
Block = tuple[Line, ...]
"""Lines from top to bottom."""

GAP = 1.0
MIN_ROWS = 5
FILL = 0.6
TEXT = 12.0
BLOCK = 1.0

Strip = tuple[float, float]


def blocks(page: OcrPage) -> list[Block]:
    """The blocks of a page in reading order; every word is in exactly one line of one block."""
    if not page.words:
        return []
    boxes = boxes_of(page)
    height = word_height(boxes)
    return list(_blocks(boxes, list(range(len(boxes))), height))


def lines(page: OcrPage) -> list[Line]:
    """The lines of a page in reading order."""
    return [line for block in blocks(page) for line in block]


def ordered(page: OcrPage) -> OcrPage:
    """The page with its words in reading order, their boxes and scores with them. Idempotent where
    no two words of a line begin at one place."""
    order = [word for line in lines(page) for word in line]
    scores = tuple(page.scores[word] for word in order) if page.scores else ()
    return replace(
        page,
        words=tuple(page.words[word] for word in order),
        boxes=tuple(page.boxes[word] for word in order),
        scores=scores,
    )


def boxes_of(page: OcrPage) -> np.ndarray:
    """(n, 4) float64 left, top, right, bottom of the words."""
    return np.array(page.boxes, dtype=np.float64).reshape(len(page.words), 4)


def word_height(boxes: np.ndarray) -> float:
    """The median height of n words; 1 where none has a height."""
    heights = boxes[:, 3] - boxes[:, 1]
    positive = heights[heights > 0]
    return float(np.median(positive)) if len(positive) else 1.0


def _blocks(boxes: np.ndarray, words: Indices, height: float) -> Iterator[Block]:
    grouped = rows(boxes, words)
    for start in range(len(grouped) - MIN_ROWS + 1):
        found = _columns(boxes, grouped, start, height)
        if found:
            end, sides = found
            if start:
                yield from _paragraphs(boxes, grouped[:start], height)
            for side in sides:
                yield from _blocks(boxes, side, height)
            below = [word for row in grouped[end:] for word in row]
            yield from _blocks(boxes, below, height)
            return
    yield from _paragraphs(boxes, grouped, height)


def _columns(
    boxes: np.ndarray, grouped: list[Indices], start: int, height: float
) -> tuple[int, tuple[Indices, Indices]] | None:
    """The longest run of rows from `start` that is in columns: its end, and the words of its sides."""
    free = [(-np.inf, np.inf)]
    ends: list[tuple[int, list[Strip]]] = []
    for end in range(start, len(grouped)):
        free = _still_free(free, boxes[grouped[end]], GAP * height)
        if len(free) >= 3:  # two of them are the margins
            ends.append((end + 1, free))
        elif ends or end > start:  # one row alone may be of one column
            break
    lasting = [len(strips) for _, strips in ends[1:]] + [0]
    for place in reversed(range(len(ends))):
        end, strips = ends[place]
        if end - start < MIN_ROWS:
            break
        if lasting[place] == len(strips):  # the next row leaves them all: the longer run was tried
            continue
        run = [word for row in grouped[start:end] for word in row]
        for left, right in strips[1:-1]:
            middle = (left + right) / 2
            sides = (
                [word for word in run if boxes[word, 2] <= middle],
                [word for word in run if boxes[word, 2] > middle],
            )
            if all(_is_text(boxes, side, height) for side in sides):
                return end, sides
    return None


def _still_free(free: list[Strip], row: np.ndarray, least: float) -> list[Strip]:
    """The vertical strips that a further row leaves free, as far as they are wide enough."""
    for left, _, right, _ in row.tolist():
        parts: list[Strip] = []
        for start, end in free:
            if right <= start or left >= end:
                parts.append((start, end))
            else:
                parts += [
                    part for part in ((start, left), (right, end)) if part[1] - part[0] >= least
                ]
        free = parts
    return free


def _is_text(boxes: np.ndarray, words: Indices, height: float) -> bool:
    """Whether one side of a strip is a column of running text."""
    grouped = rows(boxes, words)
    if len(grouped) < MIN_ROWS:
        return False
    widths = (boxes[:, 2] - boxes[:, 0]).tolist()
    filled = median(sum(widths[word] for word in row) for row in grouped)
    width = boxes[words, 2].max() - boxes[words, 0].min()
    return bool(filled >= max(FILL * width, TEXT * height))


def _paragraphs(boxes: np.ndarray, grouped: list[Indices], height: float) -> Iterator[Block]:
    """Rows as blocks: a gap between two of them begins another one."""
    block: list[Line] = []
    bottom = -np.inf
    for row in grouped:
        if block and boxes[row, 1].min() - bottom > BLOCK * height:
            yield tuple(block)
            block = []
        block.append(tuple(row))
        bottom = boxes[row, 3].max()
    if block:
        yield tuple(block)
