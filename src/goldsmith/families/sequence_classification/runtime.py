"""The light half: texts to subwords, logits to ranked labels with scores, and the ONNX classifier.

Training, evaluation, parity, the command and a service all use this encoder and this decoder, so
none of them can differ. Needs numpy, tokenizers and onnxruntime; neither torch nor transformers.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Self

import numpy as np

from goldsmith.errors import DataError
from goldsmith.families.base import read_family
from goldsmith.families.onnx import TOKENIZER_FILE, Session, open_tokenizer, padded
from goldsmith.families.sequence_classification.calibration import Calibration, probabilities
from goldsmith.records import LabelledText
from goldsmith.text import require_whole

DIGITS = 6  # of a score in an answer
ENCODED_AT_ONCE = 1000  # texts


@dataclass(frozen=True)
class LabelPrediction:
    """The label of one text.

    Attributes:
        label: the best one; empty where a recorded system gave none.
        score: its calibrated probability.
        abstain: whether a person should decide.
        logits: (k) float, one a label; of a recorded answer none.
        ranked: the best labels with their scores, best first.
        threshold: least score that was accepted.
    """

    label: str
    score: float
    abstain: bool
    logits: np.ndarray
    ranked: tuple[tuple[str, float], ...] = ()
    threshold: float = 0.0

    @property
    def decisions(self) -> list[str]:
        """The label alone: abstaining hangs on one figure that any export moves a little."""
        return [self.label]


@dataclass(frozen=True, slots=True)
class Encoded:
    """One text as subwords.

    Attributes:
        ids: (t) int32, at least one.
        empty: whether none of them is the text's own.
        cut: whether the text goes on beyond them.
    """

    ids: np.ndarray
    empty: bool
    cut: bool


class Encoder:
    """Texts to subwords, with the tokenizer of a model folder; no padding, cut at max_length."""

    def __init__(self, tokenizer_file: Path, max_length: int, pad_id: int) -> None:
        self._tokenizer = open_tokenizer(tokenizer_file)
        self._tokenizer.enable_truncation(max_length)
        self.pad_id = pad_id

    def encode(self, texts: Iterable[str]) -> list[Encoded]:
        """Encode texts; of the tokenizer's own results, which are large, only some exist at once."""
        result: list[Encoded] = []
        rest = iter(texts)
        while batch := list(islice(rest, ENCODED_AT_ONCE)):
            found = self._tokenizer.encode_batch(batch)
            result += [self._one(text, one) for text, one in zip(batch, found, strict=True)]
        return result

    def _one(self, text: str, found: Any) -> Encoded:
        # A byte-level tokenizer has subwords for blanks, others have none.
        empty = not text.strip() or all(found.special_tokens_mask)
        # A decoder may have no special subwords, and no model reads nothing at all.
        ids = np.array(found.ids or [self.pad_id], dtype=np.int32)
        return Encoded(ids, empty, bool(found.overflowing))


def decode(
    logits: np.ndarray,
    empty: bool,
    labels: Sequence[str],
    calibration: Calibration,
    alternatives: int,
) -> LabelPrediction:
    """The labels of one text, best first. (k) -> a prediction.

    A text without a subword of its own says nothing: its label is for a person, whatever its score.
    """
    scores = probabilities(logits, calibration.temperature)
    order = np.argsort(-logits, kind="stable")[:alternatives]
    best = int(order[0])
    score = float(scores[best])
    return LabelPrediction(
        label=labels[best],
        score=score,
        abstain=empty or score < calibration.threshold,
        logits=logits,
        ranked=tuple((labels[place], float(scores[place])) for place in order),
        threshold=calibration.threshold,
    )


class TextClassifier(ABC):
    """A classifier of texts; subclasses bring the forward pass alone."""

    def __init__(
        self,
        encoder: Encoder,
        labels: Sequence[str],
        calibration: Calibration | None = None,
        alternatives: int = 1,
    ) -> None:
        self.encoder, self.labels = encoder, list(labels)
        self.calibration, self._alternatives = calibration or Calibration(), alternatives

    @abstractmethod
    def forward(self, ids: np.ndarray, mask: np.ndarray) -> np.ndarray:
        """Logits: (b, t) int64 ids and mask -> (b, labels) float32."""

    def predict(
        self, records: Sequence[LabelledText], batch_size: int = 32
    ) -> list[LabelPrediction]:
        """One prediction a record, in order; batches hold texts of like length."""
        return self.classify([record.text for record in records], batch_size)

    def classify(self, texts: Sequence[str], batch_size: int = 32) -> list[LabelPrediction]:
        """Classify texts."""
        encoded = self.encoder.encode(texts)
        found: list[LabelPrediction | None] = [None] * len(encoded)
        for places, ids, mask in batches(encoded, batch_size, self.encoder.pad_id):
            for place, row in zip(places, self.forward(ids, mask), strict=True):
                found[place] = decode(
                    row, encoded[place].empty, self.labels, self.calibration, self._alternatives
                )
        return [one for one in found if one is not None]

    def answer(self, inputs: Sequence[Mapping[str, Any]]) -> list[list[dict[str, Any]]]:
        """The best labels for each text, best first: `{label, score}`, the first with `abstain`.

        Raises:
            DataError: an input without `text`.
        """
        return [render(one) for one in self.classify([read_input(line) for line in inputs])]


def batches(
    encoded: Sequence[Encoded], batch_size: int, pad_id: int
) -> Iterator[tuple[list[int], np.ndarray, np.ndarray]]:
    """Places, ids and attention mask, (b, t) int64, of batches of texts of like length."""
    order = sorted(range(len(encoded)), key=lambda place: len(encoded[place].ids))
    for start in range(0, len(order), batch_size):
        places = order[start : start + batch_size]
        yield places, *padded([encoded[place].ids for place in places], pad_id)


def read_input(line: Mapping[str, Any]) -> str:
    """The text of an input line.

    Raises:
        DataError: it has none, or it is no text.
    """
    text = line.get("text")
    if not isinstance(text, str):
        raise DataError("needs `text` (a string)")
    require_whole(text)
    return text


def render(prediction: LabelPrediction) -> list[dict[str, Any]]:
    """A prediction as the `prediction` of an output line."""
    items: list[dict[str, Any]] = [
        {"label": label, "score": round(score, DIGITS)} for label, score in prediction.ranked
    ]
    items[0]["abstain"] = prediction.abstain
    return items


def calibration_of(facts: Mapping[str, Any]) -> Calibration:
    """What a model folder's `family.json` says of its scores."""
    return Calibration(facts["temperature"], facts["threshold"])


class OnnxClassifier(TextClassifier):
    """A classifier on onnxruntime."""

    def __init__(self, session: Session, *rest: Any) -> None:
        super().__init__(*rest)
        self._session = session

    @classmethod
    def load(cls, folder: Path, file: str) -> Self:
        """Open a file of an exported folder or bundle, on the cores that this process owns."""
        family, facts = read_family(folder)
        settings: Any = family
        encoder = Encoder(
            folder / Path(file).parent / TOKENIZER_FILE, settings.max_length, facts["pad_id"]
        )
        session = Session(folder / file)
        return cls(session, encoder, facts["labels"], calibration_of(facts), settings.alternatives)

    def forward(self, ids: np.ndarray, mask: np.ndarray) -> np.ndarray:
        """Run the graph."""
        return self._session.run(["logits"], {"input_ids": ids, "attention_mask": mask})[0]
