"""The light half: words to ids, rows of a table to tags. Needs numpy and onnxruntime."""

import json
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from goldsmith.families.base import read_family
from goldsmith.families.token_classification.runtime import TagPrediction, answers, decode
from goldsmith.records import TaggedTokens

WORDS_FILE = "words.json"
UNKNOWN = 0


def read_words(path: Path) -> dict[str, int]:
    """Ids of the known words, from 1."""
    words: list[str] = json.loads(path.read_text(encoding="utf-8"))
    return {word: place for place, word in enumerate(words, start=1)}


class Lexicon(ABC):
    """A tagger by table; subclasses look the rows up."""

    def __init__(self, words: Mapping[str, int], labels: Sequence[str]) -> None:
        self._words, self.labels = words, list(labels)

    @abstractmethod
    def rows(self, ids: np.ndarray) -> np.ndarray:
        """(w,) int64 -> (w, labels) float32."""

    def predict(self, records: Sequence[TaggedTokens], batch_size: int = 32) -> list[TagPrediction]:
        """One prediction a record, in order."""
        found = []
        for record in records:
            ids = np.array(
                [self._words.get(word, UNKNOWN) for word in record.tokens], dtype=np.int64
            )
            found.append(decode(self.rows(ids), self.labels))
        return found

    def answer(self, inputs: Sequence[Mapping[str, Any]]) -> list[list[dict[str, Any]]]:
        """Spans for text or tokens."""
        return answers(self, inputs)


class OnnxLexicon(Lexicon):
    """The exported graph."""

    def __init__(self, folder: Path, file: str) -> None:
        import onnxruntime

        _, facts = read_family(folder)
        super().__init__(read_words((folder / file).with_name(WORDS_FILE)), facts["labels"])
        self._session = onnxruntime.InferenceSession(
            str(folder / file), providers=["CPUExecutionProvider"]
        )

    def rows(self, ids: np.ndarray) -> np.ndarray:
        """Run the graph."""
        result: np.ndarray = self._session.run(["logits"], {"words": ids})[0]
        return result
