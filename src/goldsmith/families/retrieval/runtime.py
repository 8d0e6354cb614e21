"""The light half: queries in, ranked passages out, on onnxruntime.

Needs numpy, tokenizers, onnxruntime and bm25s; neither torch nor transformers. A retriever ranks the
corpus that a query carries; bound to an index by `over`, what is in the index.
"""

import copy
from abc import ABC, abstractmethod
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import numpy as np

from goldsmith.errors import DataError
from goldsmith.families.base import read_family
from goldsmith.families.onnx import TOKENIZER_FILE, Session, padded
from goldsmith.families.retrieval.encoding import Encoder, mark_of, pooled
from goldsmith.families.retrieval.fusion import Fusion
from goldsmith.families.retrieval.index import Hit, Index
from goldsmith.families.retrieval.metrics import DEPTH
from goldsmith.records import Corpus, Passage, Query
from goldsmith.text import require_whole

LISTED = 10  # passages of an answer
BATCH = 32  # passages embedded at a time: always as many, for int8 depends on its batch
KEPT = 4  # indexes in memory
_MADE: "OrderedDict[tuple[str, str], Index]" = OrderedDict()  # by encoder and corpus


@dataclass(frozen=True)
class Ranking:
    """Passages that answer a query, best first.

    Attributes:
        documents: ids.
        scores: 0..1, of each.
        titles: of each; may be empty.
        logits: (d) the query's embedding, by which encoders are compared.
    """

    documents: tuple[str, ...]
    scores: tuple[float, ...]
    titles: tuple[str, ...]
    logits: np.ndarray

    @property
    def decisions(self) -> Sequence[str]:
        """The first document: further down near ties change places from variant to variant."""
        return (self.documents[0] if self.documents else "",)


class Retriever(ABC):
    """An encoder with its settings; subclasses bring the forward pass alone."""

    def __init__(self, encoder: Encoder, settings: Any, fusion: Fusion, mark: str = "") -> None:
        """Make one; `mark` names the weights, so that equal ones share what they indexed."""
        self.encoder, self.fusion = encoder, fusion
        self._settings, self.mark = settings, mark
        self._index: Index | None = None
        self._own: OrderedDict[tuple[str, str], Index] = _MADE if mark else OrderedDict()

    @abstractmethod
    def forward(self, ids: np.ndarray, mask: np.ndarray) -> np.ndarray:
        """Hidden states: (b, t) int64 each -> (b, t, d) float32."""

    def over(self, index: Index) -> Self:
        """The same retriever, for queries that carry no corpus."""
        self._index = index
        return self

    def fused(self, fusion: Fusion) -> Self:
        """The same encoder with another fusion; what one of them indexes the other has, too."""
        other = copy.copy(self)
        other.fusion = fusion
        return other

    def index(self, corpus: Corpus) -> Index:
        """The index of a corpus, made now or before."""
        key = (self.mark, corpus.digest)
        if key not in self._own:
            settings = self._settings
            self._own[key] = Index.build(corpus, self.embed, settings.k1, settings.b)
        self._own.move_to_end(key)
        while len(self._own) > KEPT:
            self._own.popitem(last=False)
        return self._own[key]

    def embed(self, texts: Sequence[str]) -> np.ndarray:
        """Embeddings of n passages: (n, d) float32 of length 1."""
        return self._embedded(self.encoder.documents(texts), BATCH)

    def embed_queries(self, texts: Sequence[str], batch_size: int = BATCH) -> np.ndarray:
        """Embeddings of n queries: (n, d) float32 of length 1."""
        return self._embedded(self.encoder.queries(texts), batch_size)

    def _embedded(self, rows: Sequence[np.ndarray], batch_size: int) -> np.ndarray:
        order = sorted(range(len(rows)), key=lambda place: len(rows[place]))
        found = np.zeros((len(rows), 0), dtype=np.float32)
        for start in range(0, len(order), batch_size):
            places = order[start : start + batch_size]
            ids, mask = padded([rows[place] for place in places], self.encoder.pad_id)
            vectors = pooled(self.forward(ids, mask), mask)
            if not start:
                found = np.zeros((len(rows), vectors.shape[1]), dtype=np.float32)
            found[places] = vectors
        return found

    def predict(self, records: Sequence[Query], batch_size: int = BATCH) -> list[Ranking]:
        """One ranking a query, in order; an empty query has an empty one.

        Raises:
            DataError: a query without a corpus, and no index.
        """
        found: list[Ranking] = []
        for start in range(0, len(records), batch_size):
            part = list(records[start : start + batch_size])
            vectors = self.embed_queries([one.text for one in part], batch_size)
            for record, vector in zip(part, vectors, strict=True):
                found.append(self._ranking(record, vector))
        return found

    def _ranking(self, record: Query, vector: np.ndarray) -> Ranking:
        index = self.index(record.corpus) if record.corpus is not None else self._index
        if index is None:
            raise DataError(f"query {record.id!r} has no documents to look in")
        if not record.text.strip():
            return ranking([], index, vector)
        (hits,) = index.search(vector[None], [record.text], self.fusion, DEPTH)
        return ranking(hits, index, vector)

    def answer(self, inputs: Sequence[Mapping[str, Any]]) -> list[list[dict[str, Any]]]:
        """`{document_id, title, score}`, best first, for inputs with `query` and `documents`."""
        return answers(self, inputs, self._index is not None)


def ranking(hits: Sequence[Hit], index: Index, vector: np.ndarray) -> Ranking:
    """Hits with the names of what was found."""
    passages = [index.passages[hit.place] for hit in hits]
    return Ranking(
        tuple(one.document_id for one in passages),
        tuple(hit.score for hit in hits),
        tuple(one.title for one in passages),
        vector,
    )


def answers(
    retriever: Any, inputs: Sequence[Mapping[str, Any]], indexed: bool = False
) -> list[list[dict[str, Any]]]:
    """The passages for each input, best first.

    Raises:
        DataError: an input without a query, or without documents where there is no index.
    """
    read = [read_input(line, indexed) for line in inputs]
    return [rendered(one) for one in retriever.predict(read)]


def rendered(found: Ranking) -> list[dict[str, Any]]:
    """The first of a ranking as the items of an output line."""
    items = zip(found.documents, found.titles, found.scores, strict=True)
    return [
        {"document_id": name, "title": title, "score": round(score, 4)}
        for name, title, score in list(items)[:LISTED]
    ]


def read_input(line: Mapping[str, Any], indexed: bool = False) -> Query:
    """The query of an input line, with its documents as its corpus.

    A document is a text, or `{document_id, title, text}` of which the text alone is needed; without
    an id it is called by its place, from 1.

    Raises:
        DataError: it lacks the query or, where there is no index, documents; or one is no text.
    """
    query, given = line.get("query"), line.get("documents")
    if not isinstance(query, str):
        raise DataError("needs `query` (string)")
    require_whole(query)
    if given is None and indexed:
        return Query("", query, ())
    if not isinstance(given, Sequence) or isinstance(given, str):
        raise DataError(
            "needs `documents` beside `query`: a list of texts, or of {document_id, title, text}; "
            "`goldsmith ask` looks in an index"
        )
    passages = [_passage(one, place) for place, one in enumerate(given, start=1)]
    return Query("", query, (), corpus=Corpus.of(passages))


def _passage(given: Any, place: int) -> Passage:
    value = {"text": given} if isinstance(given, str) else given
    if not isinstance(value, Mapping) or not isinstance(value.get("text"), str):
        raise DataError(f"documents[{place - 1}]: needs a text, or `text` (string) in it")
    named = value.get("document_id")
    name, title = str(place if named is None else named), str(value.get("title") or "")
    require_whole(name, title, value["text"])
    return Passage(name, title, value["text"])


class OnnxRetriever(Retriever):
    """A retriever on onnxruntime."""

    def __init__(
        self, session: Session, encoder: Encoder, settings: Any, fusion: Fusion, mark: str
    ) -> None:
        super().__init__(encoder, settings, fusion, mark)
        self._session = session

    @classmethod
    def load(cls, folder: Path, file: str) -> Self:
        """Open a file of an exported folder or bundle, on the cores that this process owns."""
        family, facts = read_family(folder)
        settings: Any = family
        encoder = Encoder(folder / Path(file).parent / TOKENIZER_FILE, settings)
        mark = mark_of(folder / file, settings)
        fusion = Fusion.chosen(settings, facts)
        return cls(Session(folder / file), encoder, settings, fusion, mark)

    def forward(self, ids: np.ndarray, mask: np.ndarray) -> np.ndarray:
        """Run the graph."""
        known = {"input_ids": ids, "attention_mask": mask}
        return self._session.run(["last_hidden_state"], known)[0]


class Bm25:
    """The yardstick, and what is asked where there is no encoder: BM25 alone."""

    def __init__(self, k1: float, b: float) -> None:
        self._k1, self._b = k1, b
        self._made: tuple[str, Index] | None = None

    def predict(self, records: Sequence[Query], batch_size: int = BATCH) -> list[Ranking]:
        """One ranking a query, of the documents that have a word of it."""
        none = np.zeros(0, dtype=np.float32)
        found = []
        for record in records:
            if record.corpus is None:
                raise DataError(f"query {record.id!r} has no documents to look in")
            index = self._index(record.corpus)
            (hits,) = index.search_words([record.text], DEPTH)
            found.append(ranking(hits, index, none))
        return found

    def _index(self, corpus: Corpus) -> Index:
        if self._made is None or self._made[0] != corpus.digest:
            self._made = corpus.digest, Index.build(corpus, None, self._k1, self._b)
        return self._made[1]

    def answer(self, inputs: Sequence[Mapping[str, Any]]) -> list[list[dict[str, Any]]]:
        """`{document_id, title, score}`, best first."""
        return answers(self, inputs)
