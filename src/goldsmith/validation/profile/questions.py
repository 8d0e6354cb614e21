"""Faults of questions with answers in a context."""

from pathlib import Path
from typing import Any

import numpy as np

from goldsmith import columns
from goldsmith.columns import Batch
from goldsmith.config.sections import Validation

CHECKS = ("answer_offsets", "empty_answer", "no_answer_consistent", "answer_cuts_word")


class QuestionFaults:
    """Flags of questions; all of them can be told record by record."""

    def __init__(self, bounds: Validation, folder: Path) -> None:
        self._records = 0

    def of_batch(self, batch: Batch) -> dict[str, np.ndarray]:
        """(b) flags by check."""
        import pyarrow.compute as pc

        contexts, answers = batch.column("context").to_pylist(), batch.column("answers").to_pylist()
        impossible = batch.column("is_impossible").to_pylist()
        found = [_faults(*row) for row in zip(contexts, answers, impossible, strict=True)]
        table = np.array(found, dtype=bool).reshape(-1, len(CHECKS))
        self._records += batch.num_rows
        empty = pc.equal(pc.utf8_trim_whitespace(columns.flat(batch.column("question"))), "")
        return {
            **{name: table[:, place] for place, name in enumerate(CHECKS)},
            "empty_question": np.asarray(empty),
        }

    def of_all(self, labels: Any) -> dict[str, np.ndarray]:
        """(n) flag label_set: answers and no answers are all there is."""
        return {"label_set": np.zeros(self._records, dtype=bool)}


def _faults(
    context: str, answers: dict[str, list[Any]], impossible: bool
) -> tuple[bool, bool, bool, bool]:
    """Whether the answers are elsewhere, empty, at odds with is_impossible, or cut a word."""
    elsewhere = empty = cuts = False
    for text, start in zip(answers["text"], answers["answer_start"], strict=True):
        end = start + len(text)
        if not text.strip():
            empty = True
        elif start < 0 or context[start:end] != text:
            elsewhere = True
        elif _inside_word(context, start) or _inside_word(context, end):
            cuts = True
    return elsewhere, empty, impossible == bool(answers["text"]), cuts


def _inside_word(context: str, place: int) -> bool:
    """Whether a place parts two letters or two digits; `3M` and `12th` may be parted."""
    if not 0 < place < len(context):
        return False
    before, after = context[place - 1], context[place]
    return (before.isalpha() and after.isalpha()) or (before.isdigit() and after.isdigit())
