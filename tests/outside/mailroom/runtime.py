"""The light half: features to labels. Needs numpy and onnxruntime, neither torch nor transformers."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from goldsmith.families.base import read_family
from goldsmith.families.onnx import Session
from goldsmith.families.sequence_classification.runtime import LabelPrediction, read_input, render
from goldsmith.records import LabelledText
from mailroom.features import features

ALTERNATIVES = 3


class Classifier(ABC):
    """A classifier of texts; subclasses bring the forward pass alone."""

    def __init__(self, folder: Path) -> None:
        family, facts = read_family(folder)
        self._settings: Any = family
        self.labels: list[str] = facts["labels"]

    @abstractmethod
    def forward(self, rows: np.ndarray) -> np.ndarray:
        """(b, f) float32 -> (b, labels) float32."""

    def predict(
        self, records: Sequence[LabelledText], batch_size: int = 32
    ) -> list[LabelPrediction]:
        """One prediction a record, in order; an empty text is for a person."""
        texts = [record.text for record in records]
        batches = (texts[at : at + batch_size] for at in range(0, len(texts), batch_size))
        return [
            self._decode(row, abstain=not text.strip())
            for batch in batches
            for text, row in zip(batch, self.forward(self.features(batch)), strict=True)
        ]

    def features(self, texts: Sequence[str]) -> np.ndarray:
        """(b, f) float32."""
        return features(texts, self._settings.size, self._settings.longest)

    def _decode(self, logits: np.ndarray, abstain: bool) -> LabelPrediction:
        scores = np.exp(logits - logits.max())
        scores /= scores.sum()
        order = np.argsort(-logits, kind="stable")[:ALTERNATIVES]
        ranked = tuple((self.labels[place], float(scores[place])) for place in order)
        return LabelPrediction(*ranked[0], abstain=abstain, logits=logits, ranked=ranked)

    def answer(self, inputs: Sequence[Mapping[str, Any]]) -> list[list[dict[str, Any]]]:
        """The best labels of each text, best first."""
        texts = [read_input(line) for line in inputs]
        records = [LabelledText("", "", text, "") for text in texts]
        return [render(found) for found in self.predict(records)]


class OnnxNgrams(Classifier):
    """The exported graph."""

    def __init__(self, folder: Path, file: str) -> None:
        super().__init__(folder)
        self._session = Session(folder / file)

    def forward(self, rows: np.ndarray) -> np.ndarray:
        """Run the graph."""
        return self._session.run(["logits"], {"features": rows})[0]
