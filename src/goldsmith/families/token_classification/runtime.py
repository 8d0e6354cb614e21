"""The light half: words to subwords, subword logits to tags, tags to spans, and the ONNX tagger.

Training, evaluation, parity, the command and a service all use this encoder and this decoder, so
none of them can differ. Needs numpy, tokenizers and onnxruntime; neither torch nor transformers.
"""

import json
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import numpy as np

from goldsmith.errors import DataError
from goldsmith.families.base import read_family
from goldsmith.families.onnx import TOKENIZER_FILE, Session, open_tokenizer, pad_id, padded
from goldsmith.records import TaggedTokens
from goldsmith.text import OUTSIDE, bio_spans, canonical_bio, join_words, split_words


@dataclass(frozen=True)
class TagPrediction:
    """The tags of one record.

    Attributes:
        tags: w canonical BIO tags, one a word.
        scores: w probabilities of the chosen tags.
        logits: (w, labels) float; a word cut off by the length limit has zeros and tag O.
    """

    tags: list[str]
    scores: list[float]
    logits: np.ndarray

    @property
    def decisions(self) -> list[str]:
        """One decision a word."""
        return self.tags


@dataclass(frozen=True)
class Encoded:
    """One record as subwords: t ids, and for each the place of its word, None for special ones."""

    ids: list[int]
    word_of: list[int | None]
    words: int


class Encoder:
    """Words to subwords, with the tokenizer of a model folder; no padding, cut at max_length."""

    def __init__(self, tokenizer_file: Path, max_length: int) -> None:
        self._tokenizer = open_tokenizer(tokenizer_file)
        self._tokenizer.enable_truncation(max_length)
        self.pad_id = pad_id(self._tokenizer)

    def encode(self, sentences: Sequence[Sequence[str]]) -> list[Encoded]:
        """Encode sentences of words."""
        batch = self._tokenizer.encode_batch(
            [list(words) for words in sentences], is_pretokenized=True
        )
        return [
            Encoded(found.ids, found.word_ids, len(words))
            for found, words in zip(batch, sentences, strict=True)
        ]


def word_logits(logits: np.ndarray, encoded: Encoded, subwords: str) -> np.ndarray:
    """Logits by word: of its first subword, or the mean over all of them.

    (t, labels) -> (w, labels), so that a number of many subwords is never half tagged.
    """
    result = np.zeros((encoded.words, logits.shape[-1]), dtype=np.float32)
    counts = np.zeros(encoded.words, dtype=np.int64)
    for place, word in enumerate(encoded.word_of):
        if word is not None and (subwords == "all" or counts[word] == 0):
            result[word] += logits[place]
            counts[word] += 1
    return result / np.maximum(counts, 1)[:, None]


def decode(logits: np.ndarray, labels: Sequence[str]) -> TagPrediction:
    """The best tag of each word, made canonical. (w, labels) -> w tags."""
    if not len(logits):
        return TagPrediction([], [], logits)
    exp = np.exp(logits - logits.max(axis=-1, keepdims=True))
    best = logits.argmax(axis=-1)
    scores = (exp.max(axis=-1) / exp.sum(axis=-1)).tolist()
    read = np.abs(logits).sum(axis=-1) > 0
    tags = [labels[i] if seen else OUTSIDE for i, seen in zip(best, read, strict=True)]
    return TagPrediction(canonical_bio(tags), scores, logits)


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
        """Tag sentences of words."""
        encoded = self.encoder.encode(sentences)
        order = sorted(range(len(encoded)), key=lambda place: len(encoded[place].ids))
        result: dict[int, TagPrediction] = {}
        for start in range(0, len(order), batch_size):
            places = order[start : start + batch_size]
            batch = [encoded[place] for place in places]
            logits = self.forward(*padded([one.ids for one in batch], self.encoder.pad_id))
            for place, one, row in zip(places, batch, logits, strict=True):
                result[place] = decode(word_logits(row, one, self._subwords), self.labels)
        return [result[place] for place in range(len(encoded))]

    def answer(self, inputs: Sequence[Mapping[str, Any]]) -> list[list[dict[str, Any]]]:
        """Spans for text or tokens."""
        return answers(self, inputs)


def answers(tagger: Any, inputs: Sequence[Mapping[str, Any]]) -> list[list[dict[str, Any]]]:
    """Spans `{start, end, text, label, score}` for inputs with `text` or `tokens`.

    Offsets are Unicode code points, half-open; for `tokens` over the tokens joined by one space.

    Raises:
        DataError: an input with neither.
    """
    read = [read_input(line) for line in inputs]
    records = [
        TaggedTokens("", "", tuple(text[a:b] for a, b in offsets), ()) for text, offsets in read
    ]
    predictions = tagger.predict(records)
    return [
        _render(text, offsets, prediction)
        for (text, offsets), prediction in zip(read, predictions, strict=True)
    ]


def read_input(line: Mapping[str, Any]) -> tuple[str, list[tuple[int, int]]]:
    """The text of an input line, and where its words begin and end.

    Raises:
        DataError: it has neither `text` nor `tokens`.
    """
    tokens, text = line.get("tokens"), line.get("text")
    if isinstance(tokens, list) and all(isinstance(token, str) for token in tokens):
        return join_words(tokens)
    if isinstance(text, str):
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
        encoder = Encoder(folder / Path(file).parent / TOKENIZER_FILE, settings.max_length)
        return cls(Session(folder / file), encoder, facts["labels"], settings.label_subwords)

    def forward(self, ids: np.ndarray, mask: np.ndarray) -> np.ndarray:
        """Run the graph."""
        return self._session.run(["logits"], {"input_ids": ids, "attention_mask": mask})[0]


def read_labels(folder: Path) -> list[str]:
    """Label names of a transformers model folder, by their ids."""
    names = json.loads((folder / "config.json").read_text(encoding="utf-8"))["id2label"]
    return [names[str(place)] for place in range(len(names))]
