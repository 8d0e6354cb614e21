"""The light half: words to tags, tags to spans, and the net in onnxruntime.

Spans, their decoding and the reading of inputs are those of token classification.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Self

import numpy as np

from goldsmith.families.base import read_family
from goldsmith.families.onnx import Session
from goldsmith.families.token_classification.runtime import TagPrediction, answers, decode
from goldsmith.families.window_mlp.features import Encoded, Features
from goldsmith.records import TaggedTokens

MOST_WORDS = 4096  # that the net reads at once; a longer text is read in parts, in the same windows


class WindowTagger(ABC):
    """A tagger over windows of words; subclasses bring the forward pass alone."""

    def __init__(self, features: Features, labels: Sequence[str]) -> None:
        self.features, self.labels = features, list(labels)

    @abstractmethod
    def forward(self, encoded: Encoded) -> np.ndarray:
        """Logits of t words: (t, labels) float32."""

    def predict(self, records: Sequence[TaggedTokens], batch_size: int = 32) -> list[TagPrediction]:
        """One prediction a record, in order."""
        return self.tag(self.features.sentences(records), batch_size)

    def tag(self, sentences: Sequence[Sequence[str]], batch_size: int = 32) -> list[TagPrediction]:
        """Tag sentences of words, `batch_size` at once."""
        starts = range(0, len(sentences), batch_size)
        return [
            one for start in starts for one in self._batch(sentences[start : start + batch_size])
        ]

    def _batch(self, sentences: Sequence[Sequence[str]]) -> list[TagPrediction]:
        encoded = self.features.encode(sentences)
        count = len(encoded.own)
        if count > MOST_WORDS:
            starts = range(0, count, MOST_WORDS)
            parts = [self.forward(encoded.part(at, at + MOST_WORDS)) for at in starts]
            logits = np.concatenate(parts)
        elif count:
            logits = self.forward(encoded)
        else:
            logits = np.zeros((0, len(self.labels)), dtype=np.float32)
        found, start = [], 0
        for sentence in sentences:
            found.append(decode(logits[start : start + len(sentence)], self.labels))
            start += len(sentence)
        return found

    def answer(self, inputs: Sequence[Mapping[str, Any]]) -> list[list[dict[str, Any]]]:
        """Spans for text or tokens, or for a page where the features read pages."""
        return answers(self, inputs, self.features.read)


class OnnxWindow(WindowTagger):
    """The exported net."""

    def __init__(self, session: Session, features: Features, labels: Sequence[str]) -> None:
        super().__init__(features, labels)
        self._session = session

    @classmethod
    def load(cls, folder: Path, file: str) -> Self:
        """Open a file of an exported folder or bundle, on the cores that this process owns."""
        family, facts = read_family(folder)
        settings: Any = family
        features = settings.features(folder / Path(file).parent)
        return cls(Session(folder / file), features, facts["labels"])

    def forward(self, encoded: Encoded) -> np.ndarray:
        """Run the graph."""
        known = {**vars(encoded.words), "windows": encoded.windows, "own": encoded.own}
        return self._session.run(["logits"], known)[0]
