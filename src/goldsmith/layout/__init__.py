"""The layout of OCR pages: lines, blocks, reading order, and what stands around each word.

`layout.lines(page)`, `blocks(page)`, `ordered(page)`, `split(page)`, `positions(page)` and
`surroundings(page)`.
Knows numpy and records alone, so that a model's light runtime can use it.
"""

from goldsmith.layout.around import NONE, Surroundings, positions, surroundings
from goldsmith.layout.reading import Block, Line, blocks, lines, ordered
from goldsmith.layout.splitting import pieces, split

__all__ = [
    "NONE",
    "Block",
    "Line",
    "Surroundings",
    "blocks",
    "lines",
    "ordered",
    "pieces",
    "positions",
    "split",
    "surroundings",
]
