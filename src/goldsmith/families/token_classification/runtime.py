"""The light half: windows to tags, tags to spans, and the ONNX tagger.

Training, evaluation, parity, the command and a service all use one encoder and this decoder, so
none of them can differ. Needs numpy, tokenizers and onnxruntime; neither torch nor transformers.
"""

import json
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import numpy as np

from goldsmith.errors import DataError
from goldsmith.families.base import read_family
from goldsmith.families.onnx import Session, padded
from goldsmith.families.token_classification.encoding import Encoder, Window, word_logits
from goldsmith.records import TaggedTokens
from goldsmith.text import OUTSIDE, bio_spans, canonical_bio, join_words, require_whole, split_words


@dataclass(frozen=True)
class TagPrediction:
    """The tags of one record.

    Attributes:
        tags: w canonical BIO tags, one a word.
        scores: w probabilities of the chosen tags.
        logits: (w, labels) float; a word without a subword has zeros and tag O.
    """

    tags: list[str]
    scores: list[float]
    logits: np.ndarray

    @property
    def decisions(self) -> list[str]:
        """One decision a word."""
        return self.tags


def decode(logits: np.ndarray, labels: Sequence[str]) -> TagPrediction:
    """The best tag of each word, made canonical. (w, labels) -> w tags."""
    if not len(logits):
        return TagPrediction([], [], logits)
    # The best tag's own term of the softmax is exp(0).
    scores = 1 / np.exp(logits - logits.max(axis=-1, keepdims=True)).sum(axis=-1)
    best, read = logits.argmax(axis=-1), np.asarray(logits.any(axis=-1))
    chosen = zip(best.tolist(), read.tolist(), strict=True)
    tags = [labels[place] if seen else OUTSIDE for place, seen in chosen]
    return TagPrediction(canonical_bio(tags), scores.tolist(), logits)


class WordTagger(ABC):
    """A tagger over words; subclasses bring the forward pass alone."""

    def __init__(self, encoder: Encoder, labels: Sequence[str], subwords: str) -> None:
        self.encoder, self.labels, self._subwords = encoder, list(labels), subwords

    @abstractmethod
    def forward(self, ids: np.ndarray, mask: np.ndarray) -> np.ndarray:
        """Subword logits: (b, t) int64 ids and mask -> (b, t, labels) float32."""

    def predict(self, records: Sequence[TaggedTokens], batch_size: int = 32) -> list[TagPrediction]:
        """One prediction a record, in order; batches hold records of like length."""
        return self.tag([record.tokens for record in records], batch_size)

    def tag(self, sentences: Sequence[Sequence[str]], batch_size: int = 32) -> list[TagPrediction]:
        """Tag sentences of words; a batch holds `batch_size` windows, whosever they are."""
        encoded = self.encoder.encode(sentences)
        windows = [window for one in encoded for window in one]
        read = iter(self._read(windows, batch_size))
        return [decode(np.concatenate([next(read) for _ in one]), self.labels) for one in encoded]

    def _read(self, windows: Sequence[Window], batch_size: int) -> list[np.ndarray]:
        """Logits of the words that each window reads, (w, labels) each."""
        result = [np.zeros((len(one.reads), len(self.labels)), dtype=np.float32) for one in windows]
        # Without a special subword, as with GPT-2, a window may show nothing at all.
        shown = [place for place, one in enumerate(windows) if one.ids]
        order = sorted(shown, key=lambda place: len(windows[place].ids))
        for start in range(0, len(order), batch_size):
            places = order[start : start + batch_size]
            ids, mask = padded([windows[place].ids for place in places], self.encoder.pad_id)
            for place, row in zip(places, self.forward(ids, mask), strict=True):
                result[place] = word_logits(row, windows[place], self._subwords)
        return result

    def answer(self, inputs: Sequence[Mapping[str, Any]]) -> list[list[dict[str, Any]]]:
        """Spans for text or tokens."""
        return answers(self, inputs)


def read_sentence(line: Mapping[str, Any]) -> tuple[str, list[tuple[int, int]], TaggedTokens]:
    """The text of an input line, where its words begin and end, and the words as a record.

    Raises:
        DataError: as of `read_input`.
    """
    text, offsets = read_input(line)
    return text, offsets, TaggedTokens("", "", tuple(text[a:b] for a, b in offsets), ())


def answers(
    tagger: Any,
    inputs: Sequence[Mapping[str, Any]],
    read: Callable[[Mapping[str, Any]], Any] = read_sentence,
) -> list[list[dict[str, Any]]]:
    """Spans `{start, end, text, label, score}` for inputs with `text` or `tokens`.

    Offsets are Unicode code points, half-open; for `tokens` over the tokens joined by one space.

    Args:
        tagger: predicts records.
        inputs: the lines.
        read: makes text, offsets and record of a line, as `read_sentence` does.

    Raises:
        DataError: an input with neither.
    """
    found = [read(line) for line in inputs]
    predictions = tagger.predict([record for _, _, record in found])
    return [
        _render(text, offsets, prediction)
        for (text, offsets, _), prediction in zip(found, predictions, strict=True)
    ]


def read_input(line: Mapping[str, Any]) -> tuple[str, list[tuple[int, int]]]:
    """The text of an input line, and where its words begin and end.

    Raises:
        DataError: it has neither `text` nor `tokens`, or they are no text.
    """
    tokens, text = line.get("tokens"), line.get("text")
    if isinstance(tokens, list) and all(isinstance(token, str) for token in tokens):
        require_whole(*tokens)
        return join_words(tokens)
    if isinstance(text, str):
        require_whole(text)
        return text, split_words(text)
    raise DataError("needs `text` (a string) or `tokens` (a list of strings)")


def _render(
    text: str, offsets: Sequence[tuple[int, int]], prediction: TagPrediction
) -> list[dict[str, Any]]:
    spans = []
    for first, last, label in bio_spans(prediction.tags):
        start, end = offsets[first][0], offsets[last - 1][1]
        score = float(np.mean(prediction.scores[first:last]))
        spans.append(
            {
                "start": start,
                "end": end,
                "text": text[start:end],
                "label": label,
                "score": round(score, 4),
            }
        )
    return spans


class OnnxTagger(WordTagger):
    """A tagger on onnxruntime."""

    def __init__(
        self, session: Session, encoder: Encoder, labels: Sequence[str], subwords: str
    ) -> None:
        super().__init__(encoder, labels, subwords)
        self._session = session

    @classmethod
    def load(cls, folder: Path, file: str) -> Self:
        """Open a file of an exported folder or bundle, on the cores that this process owns."""
        family, facts = read_family(folder)
        settings: Any = family
        encoder = settings.encoder(folder / Path(file).parent)
        return cls(Session(folder / file), encoder, facts["labels"], settings.label_subwords)

    def forward(self, ids: np.ndarray, mask: np.ndarray) -> np.ndarray:
        """Run the graph."""
        return self._session.run(["logits"], {"input_ids": ids, "attention_mask": mask})[0]


def read_labels(folder: Path) -> list[str]:
    """Label names of a transformers model folder, by their ids."""
    names = json.loads((folder / "config.json").read_text(encoding="utf-8"))["id2label"]
    return [names[str(place)] for place in range(len(names))]
