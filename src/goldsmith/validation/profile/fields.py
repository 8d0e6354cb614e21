"""Faults of gold values of document fields."""

import re
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import numpy as np

from goldsmith import columns
from goldsmith.columns import Batch
from goldsmith.config.sections import Validation
from goldsmith.validation.profile.labels import has_label, odd_names, seen

NEARLY_ALL = 0.95
MIN_VALUES = 20
_NUMBER = re.compile(r"[-+]?[\d., ']*\d")
_DATE = re.compile(
    r"\d{1,4}\s*[-/.\s]\s*(?:\d{1,2}|[A-Za-z]{3,9})\s*[-/.,\s]\s*\d{1,4}.*|[A-Za-z]{3,9}\.? ?\d{1,2},? \d{4}"
)


def shape(value: str) -> str:
    """What a value looks like: date, number, amount (a number with a sign or currency), or text.

    >>> [shape(value) for value in ("25/12/2018", "43459", "RM 8.20", "Tan Woon Yann")]
    ['date', 'number', 'amount', 'text']
    """
    value = value.strip()
    if _DATE.fullmatch(value):
        return "date"
    if _NUMBER.fullmatch(value):
        return "number"
    if any(c.isdigit() for c in value) and sum(c.isalpha() for c in value) <= 3:
        return "amount"
    return "text"


class FieldFaults:
    """Flags of field values; a field's usual shape is told when all its values are known."""

    def __init__(self, bounds: Validation, folder: Path) -> None:
        self._bounds = bounds
        self._shapes: list[str] = []
        self._fields: list[str] = []

    def of_batch(self, batch: Batch) -> dict[str, np.ndarray]:
        """(b) flags by check."""
        import pyarrow.compute as pc

        values = columns.flat(batch.column("value"))
        self._fields += batch.column("field").to_pylist()
        self._shapes += [shape(value) for value in values.to_pylist()]
        return {"empty_value": np.asarray(pc.equal(pc.utf8_trim_whitespace(values), ""))}

    def of_all(self, labels: Any) -> dict[str, np.ndarray]:
        """(n) flags label_set, field_vocabulary and value_shape."""
        support = columns.count(labels)
        listed = self._bounds.fields
        unknown = set(support) - set(listed) if listed is not None else set()
        return {
            "label_set": has_label(labels, odd_names(support, None)),
            "field_vocabulary": has_label(labels, unknown),
            "field_vocabulary.seen": seen(labels, unknown),
            "value_shape": self._odd_shapes(),
        }

    def _odd_shapes(self) -> np.ndarray:
        by_field: dict[str, Counter[str]] = defaultdict(Counter)
        for field, found in zip(self._fields, self._shapes, strict=True):
            by_field[field][found] += 1
        usual = {}
        for field, found_shapes in by_field.items():
            name, count = found_shapes.most_common(1)[0]
            total = found_shapes.total()
            if total >= MIN_VALUES and count / total >= NEARLY_ALL:
                usual[field] = (
                    {name, "amount", "number"} if name in ("amount", "number") else {name}
                )
        rows = zip(self._fields, self._shapes, strict=True)
        return np.array([field in usual and kind not in usual[field] for field, kind in rows], bool)
