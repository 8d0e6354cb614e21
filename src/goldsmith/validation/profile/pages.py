"""Faults of pages of OCR documents."""

from pathlib import Path
from typing import Any

import numpy as np

from goldsmith.columns import Batch
from goldsmith.config.sections import Validation

SLIP = 0.01  # of the page: recognition rounds, and rotated words reach over the edge


class PageFaults:
    """Flags of pages: those without a word, and those whose boxes reach beyond them."""

    def __init__(self, bounds: Validation, folder: Path) -> None:
        self._records = 0

    def of_batch(self, batch: Batch) -> dict[str, np.ndarray]:
        """(b) flags by check; where the page's size is unknown, no box is beyond it."""
        self._records += batch.num_rows
        names = ("width", "height", "boxes")
        rows = zip(*(batch.column(name).to_pylist() for name in names), strict=True)
        found = [(not boxes, _beyond(width, height, boxes)) for width, height, boxes in rows]
        flags = np.array(found, dtype=bool).reshape(-1, 2)
        return {"empty_page": flags[:, 0], "boxes_on_page": flags[:, 1]}

    def of_all(self, labels: Any) -> dict[str, np.ndarray]:
        """(n) flag label_set: pages carry no label."""
        return {"label_set": np.zeros(self._records, dtype=bool)}


def _beyond(width: float, height: float, boxes: list[list[float]]) -> bool:
    bounds = (width * (1 + SLIP), height * (1 + SLIP))
    return any(
        length > 0 and any(box[axis] > length for box in boxes)
        for axis, length in ((2, bounds[0]), (3, bounds[1]))
    )
