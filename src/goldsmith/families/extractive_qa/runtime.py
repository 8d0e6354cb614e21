"""The light half: questions in, answers out, on onnxruntime.

Needs numpy, tokenizers and onnxruntime; neither torch nor transformers.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Self

import numpy as np

from goldsmith.errors import DataError
from goldsmith.families.base import read_family
from goldsmith.families.extractive_qa.decoding import (
    AnswerPrediction,
    Rules,
    Span,
    decode,
    probabilities,
)
from goldsmith.families.extractive_qa.windows import Encoded, Encoder
from goldsmith.families.onnx import TOKENIZER_FILE, Session, padded
from goldsmith.records import Question
from goldsmith.text import require_whole

RECORDS = 1000  # encoded at a time
NO_ANSWER_ITEM: dict[str, Any] = {"start": None, "end": None, "text": ""}


class Reader(ABC):
    """A reader of questions; subclasses bring the forward pass alone."""

    def __init__(self, encoder: Encoder, rules: Rules, threshold: float | None) -> None:
        self.encoder, self._rules, self._threshold = encoder, rules, threshold

    @abstractmethod
    def forward(self, ids: np.ndarray, mask: np.ndarray, type_ids: np.ndarray) -> np.ndarray:
        """Start and end logits: (b, t) int64 each -> (b, t, 2) float32."""

    def predict(self, records: Sequence[Question], batch_size: int = 32) -> list[AnswerPrediction]:
        """One prediction a record, in order; batches hold windows of like length."""
        found: list[AnswerPrediction] = []
        for start in range(0, len(records), RECORDS):
            part = [(one.question, one.context) for one in records[start : start + RECORDS]]
            found += self._read(part, batch_size)
        return found

    def _read(self, pairs: Sequence[tuple[str, str]], batch_size: int) -> list[AnswerPrediction]:
        encoded = self.encoder.encode(pairs)
        logits = iter(self._logits(encoded, batch_size))
        return [
            decode([next(logits) for _ in one.windows], one, text, self._rules, self._threshold)
            for one, (_, text) in zip(encoded, pairs, strict=True)
        ]

    def _logits(self, encoded: Sequence[Encoded], batch_size: int) -> Iterator[np.ndarray]:
        """(t, 2) of every window of every question, in order."""
        windows = [window for one in encoded for window in one.windows]
        order = sorted(range(len(windows)), key=lambda place: len(windows[place].ids))
        found: dict[int, np.ndarray] = {}
        for start in range(0, len(order), batch_size):
            places = order[start : start + batch_size]
            ids, mask = padded([windows[place].ids for place in places], self.encoder.pad_id)
            types, _ = padded([windows[place].type_ids for place in places], 0)
            for place, row in zip(places, self.forward(ids, mask, types), strict=True):
                found[place] = row[: len(windows[place].ids)].copy()
        return (found[place] for place in range(len(windows)))

    def answer(self, inputs: Sequence[Mapping[str, Any]]) -> list[list[dict[str, Any]]]:
        """`{start, end, text, score}`, best first, for inputs with `question` and `context`."""
        return answers(self, inputs)


def answers(reader: Any, inputs: Sequence[Mapping[str, Any]]) -> list[list[dict[str, Any]]]:
    """The answers for each input, best first; no answer has neither start nor end.

    Raises:
        DataError: an input without question or context.
    """
    read = [read_input(line) for line in inputs]
    records = [Question("", "", "", context, question, ()) for question, context in read]
    return [rendered(one) for one in reader.predict(records)]


def read_input(line: Mapping[str, Any]) -> tuple[str, str]:
    """Question and context of an input line.

    Raises:
        DataError: it lacks one of them, or one is no text.
    """
    question, context = line.get("question"), line.get("context")
    if isinstance(question, str) and isinstance(context, str):
        require_whole(question, context)
        return question, context
    raise DataError("needs `question` and `context` (strings)")


def rendered(prediction: AnswerPrediction) -> list[dict[str, Any]]:
    """A prediction as the items of an output line; scores are shares of what is listed."""
    scores, none = probabilities(prediction)
    items = [
        {"start": span.start, "end": span.end, "text": span.text, "score": round(score, 4)}
        for span, score in zip(prediction.spans, scores, strict=False)
    ]
    if prediction.threshold is None and items:
        return items
    place = sum(span.margin > (prediction.threshold or 0.0) for span in prediction.spans)
    items.insert(place, {**NO_ANSWER_ITEM, "score": round(none, 4)})
    return items


class OnnxReader(Reader):
    """A reader on onnxruntime."""

    def __init__(
        self, session: Session, encoder: Encoder, rules: Rules, threshold: float | None
    ) -> None:
        super().__init__(encoder, rules, threshold)
        self._session = session

    @classmethod
    def load(cls, folder: Path, file: str) -> Self:
        """Open a file of an exported folder or bundle, on the cores that this process owns."""
        family, facts = read_family(folder)
        settings: Any = family
        encoder = encoder_of(settings, folder / Path(file).parent)
        return cls(Session(folder / file), encoder, rules_of(settings), facts["threshold"])

    def forward(self, ids: np.ndarray, mask: np.ndarray, type_ids: np.ndarray) -> np.ndarray:
        """Run the graph."""
        known = {"input_ids": ids, "attention_mask": mask, "token_type_ids": type_ids}
        return np.stack(self._session.run(["start_logits", "end_logits"], known), axis=-1)


class WholeContext:
    """The yardstick: the whole context is the answer."""

    def predict(self, records: Sequence[Question], batch_size: int = 32) -> list[AnswerPrediction]:
        """The context of each record; none where it is empty."""
        none = np.zeros((0, 2), dtype=np.float32)
        return [
            AnswerPrediction(
                [Span(0, len(one.context), one.context, 0.0)] if one.context.strip() else [],
                None, none,
            )
            for one in records
        ]  # fmt: skip

    def answer(self, inputs: Sequence[Mapping[str, Any]]) -> list[list[dict[str, Any]]]:
        """The context."""
        return answers(self, inputs)


def encoder_of(settings: Any, folder: Path) -> Encoder:
    """The encoder of a family's settings, with the tokenizer of a folder."""
    return Encoder(
        folder / TOKENIZER_FILE, settings.max_length, settings.stride, settings.max_question
    )


def rules_of(settings: Any) -> Rules:
    """What may be an answer, from a family's settings."""
    return Rules(settings.max_answer, settings.align_to_words, settings.alternatives)
