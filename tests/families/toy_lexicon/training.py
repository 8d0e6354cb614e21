"""Counting."""

from pathlib import Path
from typing import Any, Self

import numpy as np
from toy_lexicon.runtime import UNKNOWN, WORDS_FILE, Lexicon, read_words

from goldsmith.families.base import Family, Run, read_family, write_family
from goldsmith.families.token_classification.metrics import score
from goldsmith.prepared import Prepared

TABLE_FILE = "table.npy"


def train(family: Any, data: Prepared, part: str, out: Path, run: Run) -> dict[str, Any]:
    """Log counts of each tag by word; row 0, of unknown words, is all O."""
    import json

    records = data.training(part)
    words = sorted({word for record in records for word in record.tokens})
    (out / WORDS_FILE).write_text(json.dumps(words, ensure_ascii=False), encoding="utf-8")
    number = read_words(out / WORDS_FILE)
    counts = np.full((len(words) + 1, len(data.labels)), 1e-3)
    counts[:, 0] += family.smoothing
    for record in records:
        for word, tag in zip(record.tokens, record.tags, strict=True):
            counts[number[word], data.labels.index(tag)] += 1
    counts[UNKNOWN, 0] += 1
    np.save(out / TABLE_FILE, np.log(counts).astype(np.float32))
    assert isinstance(family, Family)
    write_family(out, family, data.labels)
    run.report({"type": "progress", "step": 1, "steps": 1, "epoch": 1.0, "loss": 0.0,
                "tokens_per_second": 0, "padding_share": 0.0})  # fmt: skip
    watched = data.validation(part)
    watched = watched if len(watched) else records
    monitor = score(list(watched), TableTagger.load(out).predict(watched), data.labels).metrics()
    return {
        "records": len(records),
        "steps": 1,
        "epochs": 1,
        "monitor": {"micro.f1": monitor["micro.f1"]},
        "monitored_on": "validation" if len(data.validation(part)) else "training",
        "monitored_records": len(watched),
        "timing": {},
    }


class TableTagger(Lexicon):
    """The table as trained."""

    def __init__(self, words: dict[str, int], labels: list[str], table: np.ndarray) -> None:
        super().__init__(words, labels)
        self._table = table

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Open a trained folder."""
        _, facts = read_family(folder)
        return cls(read_words(folder / WORDS_FILE), facts["labels"], np.load(folder / TABLE_FILE))

    def rows(self, ids: np.ndarray) -> np.ndarray:
        """Look up."""
        found: np.ndarray = self._table[ids]
        return found
