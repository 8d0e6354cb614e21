"""Texts as subwords, hidden states as embeddings: the same for training and serving; light."""

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from goldsmith.families.onnx import open_tokenizer, pad_id

ENCODED_AT_ONCE = 1000  # texts


class Encoder:
    """Texts as subwords of a tokenizer's file, cut to a length."""

    def __init__(self, file: Path, settings: Any) -> None:
        self._tokenizer = open_tokenizer(file)
        self._tokenizer.enable_truncation(settings.max_length)
        self.pad_id = pad_id(self._tokenizer)
        self._prefixes = (settings.query_prefix, settings.document_prefix)

    def queries(self, texts: Sequence[str]) -> list[np.ndarray]:
        """Subword ids of each, (t) int32."""
        return list(self._ids(self._prefixes[0], texts))

    def documents(self, texts: Sequence[str]) -> list[np.ndarray]:
        """Subword ids of each, (t) int32."""
        return list(self._ids(self._prefixes[1], texts))

    def _ids(self, prefix: str, texts: Sequence[str]) -> Iterator[np.ndarray]:
        """Of the tokenizer's own results, which are large, only some exist at once."""
        for start in range(0, len(texts), ENCODED_AT_ONCE):
            part = [prefix + text for text in texts[start : start + ENCODED_AT_ONCE]]
            for one in self._tokenizer.encode_batch(part):
                yield np.array(one.ids, dtype=np.int32)


def pooled(hidden: np.ndarray, mask: np.ndarray) -> np.ndarray:
    """Mean over the subwords, of length 1 (Reimers and Gurevych 2019): (b, t, d) -> (b, d)."""
    weights = mask[..., None].astype(np.float32)
    mean = (hidden * weights).sum(axis=1) / np.maximum(weights.sum(axis=1), 1e-9)
    length = np.linalg.norm(mean, axis=1, keepdims=True)
    found: np.ndarray = (mean / np.maximum(length, 1e-12)).astype(np.float32)
    return found


def mark_of(file: Path, settings: Any) -> str:
    """A digest of the weights and of every setting that an embedding or a BM25 table depends on."""
    found = hashlib.sha256()
    with file.open("rb") as stream:
        while block := stream.read(1 << 20):
            found.update(block)
    names = ("max_length", "query_prefix", "document_prefix", "k1", "b")
    found.update(repr([getattr(settings, name) for name in names]).encode())
    return found.hexdigest()
