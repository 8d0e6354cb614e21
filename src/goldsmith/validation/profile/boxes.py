"""Boxes and the page that they stand on."""

import numpy as np

from goldsmith.columns import Batch

SLIP = 0.01  # of the page: recognition rounds, and rotated words reach over the edge


def boxes_beyond(batch: Batch) -> np.ndarray:
    """(b) whether a page has a box beyond it; where the page's size is unknown, none is."""
    names = ("width", "height", "boxes")
    rows = zip(*(batch.column(name).to_pylist() for name in names), strict=True)
    return np.array([_beyond(*row) for row in rows], dtype=bool)


def _beyond(width: float, height: float, boxes: list[list[float]]) -> bool:
    bounds = (width * (1 + SLIP), height * (1 + SLIP))
    return any(
        length > 0 and any(box[axis] > length for box in boxes)
        for axis, length in ((2, bounds[0]), (3, bounds[1]))
    )
