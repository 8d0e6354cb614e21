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

# Well above the check's bound: the more values are wrong, the fewer have the usual shape.
NEARLY_ALL = 0.85
MIN_VALUES = 20
_DATE_NAME = re.compile(r"(?:^|[\W_])(?:date|dato|datum|fecha)(?:$|[\W_])")
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?|\d{10}|\d{13}")
_FIGURE = {"number": "amount"}  # 8.20 and RM 8.20 stand in one field
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


def is_serial(field: str, value: str) -> bool:
    """Whether a date is written as a spreadsheet or a clock counts it.

    Told by the field's name, for where every date is so, numbers are the usual shape.

    >>> is_serial("invoice_date", "43459"), is_serial("invoice_date", "20181225")
    (True, False)
    """
    return bool(_SERIAL.fullmatch(value.strip()) and _DATE_NAME.search(field.casefold()))


class FieldFaults:
    """Flags of field values; a field's usual shape is told when all its values are known."""

    def __init__(self, bounds: Validation, folder: Path) -> None:
        self._bounds = bounds
        self._shapes: list[str] = []
        self._fields: list[str] = []
        self._serials: list[bool] = []

    def of_batch(self, batch: Batch) -> dict[str, np.ndarray]:
        """(b) flags by check."""
        import pyarrow.compute as pc

        values = columns.flat(batch.column("value"))
        fields, written = batch.column("field").to_pylist(), values.to_pylist()
        self._fields += fields
        self._shapes += [shape(value) for value in written]
        self._serials += map(is_serial, fields, written)
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
        kinds = [_FIGURE.get(found, found) for found in self._shapes]
        by_field: dict[str, Counter[str]] = defaultdict(Counter)
        for field, kind in zip(self._fields, kinds, strict=True):
            by_field[field][kind] += 1
        usual = {}
        for field, found in by_field.items():
            name, count = found.most_common(1)[0]
            if found.total() >= MIN_VALUES and count / found.total() >= NEARLY_ALL:
                usual[field] = name
        rows = zip(self._fields, kinds, strict=True)
        odd = np.array([usual.get(field, kind) != kind for field, kind in rows], bool)
        return odd | np.array(self._serials, bool)
