"""Faults of pages of OCR documents."""

from pathlib import Path
from typing import Any

import numpy as np

from goldsmith.columns import Batch
from goldsmith.config.sections import Validation
from goldsmith.validation.profile.boxes import boxes_beyond


class PageFaults:
    """Flags of pages: those without a word, and those whose boxes reach beyond them."""

    def __init__(self, bounds: Validation, folder: Path) -> None:
        self._records = 0

    def of_batch(self, batch: Batch) -> dict[str, np.ndarray]:
        """(b) flags by check; where the page's size is unknown, no box is beyond it."""
        import pyarrow.compute as pc

        self._records += batch.num_rows
        empty = pc.equal(pc.list_value_length(batch.column("boxes")), 0)
        return {
            "empty_page": np.asarray(empty).astype(bool),
            "boxes_on_page": boxes_beyond(batch),
        }

    def of_all(self, labels: Any) -> dict[str, np.ndarray]:
        """(n) flag label_set: pages carry no label."""
        return {"label_set": np.zeros(self._records, dtype=bool)}
