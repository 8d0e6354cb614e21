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

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain

import numpy as np

from goldsmith.layout.columns import MIN_ROWS, Columns
from goldsmith.layout.rows import Indices, Sides, rows
from goldsmith.records import OcrPage

Line = tuple[int, ...]
"""Words of a line from left to right, as places in the page's `words`."""
Block = tuple[Line, ...]
"""Lines from top to bottom."""

BLOCK = 1.0


def blocks(page: OcrPage) -> list[Block]:
    """The blocks of a page in reading order; every word is in exactly one line of one block."""
    return blocks_of(boxes_of(page))


def blocks_of(boxes: np.ndarray) -> list[Block]:
    """As `blocks`, of (n, 4) left, top, right, bottom of the words."""
    if not len(boxes):
        return []
    return list(_blocks(Sides(boxes), range(len(boxes)), word_height(boxes)))


def lines(page: OcrPage) -> list[Line]:
    """The lines of a page in reading order."""
    return lines_of(boxes_of(page))


def lines_of(boxes: np.ndarray) -> list[Line]:
    """As `lines`, of (n, 4) left, top, right, bottom of the words."""
    return [line for block in blocks_of(boxes) for line in block]


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
    sides = chain.from_iterable(page.boxes)
    return np.fromiter(sides, dtype=np.float64).reshape(len(page.words), 4)


def word_height(boxes: np.ndarray) -> float:
    """The median height of n words; 1 where none has a height."""
    heights = boxes[:, 3] - boxes[:, 1]
    positive = heights[heights > 0]
    return float(np.median(positive)) if len(positive) else 1.0


def _blocks(sides: Sides, words: Sequence[int], height: float) -> Iterator[Block]:
    grouped = rows(sides, words)
    columns = Columns(sides, grouped, height)
    for start in range(len(grouped) - MIN_ROWS + 1):
        found = columns.find(start)
        if found:
            end, divided = found
            if start:
                yield from _paragraphs(sides, grouped[:start], height)
            for side in divided:
                yield from _blocks(sides, side, height)
            below = [word for row in grouped[end:] for word in row]
            yield from _blocks(sides, below, height)
            return
    yield from _paragraphs(sides, grouped, height)


def _paragraphs(sides: Sides, grouped: list[Indices], height: float) -> Iterator[Block]:
    """Rows as blocks: a gap between two of them begins another one."""
    block: list[Line] = []
    bottom = -np.inf
    for row in grouped:
        if block and min(map(sides.top.__getitem__, row)) - bottom > BLOCK * height:
            yield tuple(block)
            block = []
        block.append(tuple(row))
        bottom = max(map(sides.bottom.__getitem__, row))
    if block:
        yield tuple(block)
