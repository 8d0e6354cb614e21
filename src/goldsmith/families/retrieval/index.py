"""The index: a corpus's embeddings, its BM25 tables and its passages; exact search; light.

As a folder: `embeddings.npy` (n, d) float32, mapped into memory; `bm25/` as bm25s writes it;
`passages.jsonl` and, to find the k-th, `offsets.npy`; `index.json` says what made it.
"""

import json
import mmap
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, NamedTuple, overload

import numpy as np

from goldsmith.errors import DataError
from goldsmith.families.retrieval.feedback import expanded, moved
from goldsmith.families.retrieval.fusion import Fusion, fuse, top
from goldsmith.families.retrieval.lexical import Lexical, terms
from goldsmith.records import Corpus, Passage

INDEX_FILE = "index.json"
VECTORS_FILE = "embeddings.npy"
PASSAGES_FILE = "passages.jsonl"
OFFSETS_FILE = "offsets.npy"
BM25_FOLDER = "bm25"
SCHEMA = 1
BLOCK = 8192  # embeddings that are multiplied at a time

Embed = Callable[[Sequence[str]], np.ndarray]


class Hit(NamedTuple):
    """A passage that was found: its place in the index, and its score 0..1; below 0 a cosine is 0."""

    place: int
    score: float


def body(passage: Passage) -> str:
    """What is read of a passage: its title and its text."""
    return f"{passage.title}\n{passage.text}".strip()


class Index:
    """n passages that queries are asked of.

    Attributes:
        passages: n.
        vectors: (n, d) float32, of length 1; (n, 0) where BM25 alone is asked.
        about: what the folder says of itself; empty in memory.
    """

    def __init__(
        self, passages: Sequence[Passage], vectors: np.ndarray, lexical: Lexical,
        about: dict[str, Any] | None = None,
    ) -> None:  # fmt: skip
        self.passages, self.vectors, self._lexical = passages, vectors, lexical
        self.about = about or {}

    @classmethod
    def build(cls, corpus: Corpus, embed: Embed | None, k1: float, b: float) -> "Index":
        """Make one in memory; without `embed` for BM25 alone."""
        texts = [body(one) for one in corpus.passages]
        vectors = embed(texts) if embed and texts else np.zeros((len(texts), 0), dtype=np.float32)
        return cls(corpus.passages, vectors, Lexical.build(texts, k1, b))

    def dense(self, queries: np.ndarray) -> np.ndarray:
        """Cosines: (b, d) -> (b, n) float32, exact, block by block."""
        found = np.zeros((len(queries), len(self.passages)), dtype=np.float32)
        if self.vectors.shape[1] and len(queries):
            for start in range(0, len(self.vectors), BLOCK):
                found[:, start : start + BLOCK] = queries @ self.vectors[start : start + BLOCK].T
        return found

    def lexical(self, texts: Sequence[str]) -> np.ndarray:
        """BM25: (b, n) float32."""
        return self._lexical.scores(texts)

    def search(
        self, queries: np.ndarray, texts: Sequence[str], fusion: Fusion, count: int
    ) -> list[list[Hit]]:
        """The best passages of each query, best first.

        Args:
            queries: (b, d) embeddings.
            texts: b.
            fusion: how both scores are put together.
            count: how many.
        """
        with_words = fusion.kind != "none"
        shape = (len(queries), len(self.passages))
        lexical = self.lexical(texts) if with_words else np.zeros(shape, dtype=np.float32)
        return ranked(self.fused(queries, texts, lexical, fusion), count)

    def fused(
        self, queries: np.ndarray, texts: Sequence[str], lexical: np.ndarray, fusion: Fusion
    ) -> np.ndarray:
        """The scores of both, of a second asking where the fusion wants feedback: (b, n).

        Args:
            queries: (b, d) embeddings.
            texts: b.
            lexical: (b, n) BM25 scores.
            fusion: how.
        """
        found = fuse(self.dense(queries), lexical, fusion)
        if not fusion.feedback or not found.size:
            return found
        best = [top(row, fusion.feedback) for row in found]
        if self.vectors.shape[1]:
            pairs = zip(queries, best, strict=True)
            queries = np.stack([moved(query, self.vectors[places]) for query, places in pairs])
        if fusion.kind != "none":
            asked = zip(texts, found, best, strict=True)
            again = [self._expanded(text, places, row[places]) for text, row, places in asked]
            lexical = self._lexical.weighted(again)
        return fuse(self.dense(queries), lexical, fusion)

    def _expanded(self, text: str, places: np.ndarray, scores: np.ndarray) -> Mapping[str, float]:
        read = [(terms(body(self.passages[place])), score)
                for place, score in zip(places.tolist(), scores.tolist(), strict=True)]  # fmt: skip
        worded = [one for one in read if one[0]]
        return expanded(
            self._lexical.known(text), [one for one, _ in worded], [score for _, score in worded]
        )

    def search_words(self, texts: Sequence[str], count: int) -> list[list[Hit]]:
        """The best passages by BM25 alone; one without any of the words is not among them."""
        scores = self.lexical(texts)
        best = np.maximum(scores.max(axis=1, initial=0.0, keepdims=True), 1e-9)
        return [[hit for hit in hits if hit.score > 0] for hits in ranked(scores / best, count)]

    def save(self, folder: Path, about: dict[str, Any]) -> None:
        """Write the folder."""
        np.save(folder / VECTORS_FILE, self.vectors)
        self._lexical.save(folder / BM25_FOLDER)
        offsets = [0]
        with (folder / PASSAGES_FILE).open("wb") as stream:
            for one in self.passages:
                stream.write((json.dumps(asdict(one), ensure_ascii=False) + "\n").encode())
                offsets.append(stream.tell())
        np.save(folder / OFFSETS_FILE, np.array(offsets, dtype=np.int64))
        facts = {"schema": SCHEMA, "passages": len(self.passages), **about}
        text = json.dumps(facts, indent=1, ensure_ascii=False) + "\n"
        (folder / INDEX_FILE).write_text(text, encoding="utf-8")

    @classmethod
    def open(cls, folder: Path) -> "Index":
        """Open a folder, mapped into memory.

        Raises:
            DataError: not an index, or one of another schema.
        """
        try:
            about = json.loads((folder / INDEX_FILE).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            raise DataError(f"{folder}: not an index: no readable {INDEX_FILE}") from None
        if about.get("schema") != SCHEMA:
            raise DataError(f"{folder}: an index of schema {about.get('schema')!r}, not {SCHEMA}")
        vectors = np.load(folder / VECTORS_FILE, mmap_mode="r")
        passages = _StoredPassages(folder)
        return cls(passages, vectors, Lexical.load(folder / BM25_FOLDER, len(passages)), about)


def ranked(scores: np.ndarray, count: int) -> list[list[Hit]]:
    """The best of (b, n) scores by query; scores out of 0..1 rank as they are."""
    return [[Hit(int(place), _shown(row[place])) for place in top(row, count)] for row in scores]


def _shown(score: float) -> float:
    return min(max(float(score), 0.0), 1.0)


class _StoredPassages(Sequence[Passage]):
    """The passages of a folder; one is read when it is asked for."""

    def __init__(self, folder: Path) -> None:
        self._offsets = np.load(folder / OFFSETS_FILE)
        self._bytes: Any = b""
        if self._offsets[-1]:
            with (folder / PASSAGES_FILE).open("rb") as stream:
                self._bytes = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)

    def __len__(self) -> int:
        return len(self._offsets) - 1

    def __iter__(self) -> Iterator[Passage]:
        return (self._at(place) for place in range(len(self)))

    @overload
    def __getitem__(self, place: int) -> Passage: ...
    @overload
    def __getitem__(self, place: slice) -> list[Passage]: ...
    def __getitem__(self, place: int | slice) -> Passage | list[Passage]:
        if isinstance(place, slice):
            return [self._at(one) for one in range(*place.indices(len(self)))]
        return self._at(place)

    def _at(self, place: int) -> Passage:
        start, end = self._offsets[place], self._offsets[place + 1]
        return Passage(**json.loads(self._bytes[int(start) : int(end)]))
