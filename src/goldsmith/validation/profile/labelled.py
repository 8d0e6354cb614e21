"""Faults of labelled texts."""

from pathlib import Path
from typing import Any

import numpy as np

from goldsmith import columns
from goldsmith.columns import Batch
from goldsmith.config.sections import Validation
from goldsmith.validation.profile.labels import has_label, odd_names, seen

RARE = 2  # a label that comes so seldom may be a text in the wrong column


class LabelledFaults:
    """Flags of labelled texts."""

    def __init__(self, bounds: Validation, folder: Path) -> None:
        self._bounds = bounds
        self._longer: list[np.ndarray] = []
        self._texts: list[Any] = []

    def of_batch(self, batch: Batch) -> dict[str, np.ndarray]:
        """(b) flags by check."""
        import pyarrow.compute as pc

        label, text = columns.flat(batch.column("label")), columns.flat(batch.column("text"))
        self._longer.append(
            np.asarray(pc.greater(pc.count_substring(label, " "), pc.count_substring(text, " ")))
        )
        self._texts.append(pc.utf8_slice_codeunits(pc.utf8_trim_whitespace(text), 0, 100))
        return {"empty_label": np.asarray(pc.equal(pc.utf8_trim_whitespace(label), ""))}

    def of_all(self, labels: Any) -> dict[str, np.ndarray]:
        """(n) flags label_set, and label_in_text for texts and labels that changed places."""
        import pyarrow as pa
        import pyarrow.compute as pc

        support = columns.count(labels)
        rare = [name for name, count in support.items() if count <= RARE]
        odd = {name for name in odd_names(support, self._bounds.labels) if name.strip()}
        texts = pa.chunked_array(self._texts, pa.string())
        known = pa.array([name for name, count in support.items() if count > RARE], pa.string())
        swapped = np.asarray(pc.is_in(texts, known)) & has_label(labels, rare)
        longer = np.concatenate(self._longer) & has_label(labels, rare)
        return {
            "label_set": has_label(labels, odd),
            "label_set.seen": seen(labels, odd),
            "label_in_text": swapped | longer,
        }
