"""Which index a retriever looks in: that of its use case, or of a folder, made now or before."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from goldsmith import config, pipeline
from goldsmith.artifacts import Store, digest
from goldsmith.families.retrieval.index import INDEX_FILE, Index
from goldsmith.families.retrieval.runtime import Retriever
from goldsmith.records import Corpus
from goldsmith.settings import Settings
from goldsmith.stages import index as indexing

STAGE = "index"


def corpus_of(loaded: config.UseCase) -> Corpus:
    """What a use case indexes: its goldens' corpus is loaded where it is not yet."""
    pinned = pipeline.pinned(loaded)
    made = {"raw": pipeline.raw(pinned).folder}
    return indexing.corpus_for(pinned, pipeline.run_stage("load", pinned, made).folder)[0]


def indexed(
    retriever: Retriever, encoder: Mapping[str, str], corpus: Corpus, documents: str = ""
) -> Index:
    """The index of a corpus by an encoder: a run's, or one made here before; else it is made now.

    Args:
        retriever: the encoder.
        encoder: its `variant` and `sha256`.
        corpus: what is looked in.
        documents: the folder that it comes from; empty for goldens.
    """
    about = {"variant": encoder["variant"], "sha256": encoder["sha256"]}
    store = Store(Settings().artifacts)

    def make(out: Path) -> None:
        indexing.write(retriever, corpus, out, about, documents)

    key = _made(store, retriever.mark, corpus.digest) or digest(
        [STAGE, retriever.mark, corpus.digest]
    )
    return Index.open(store.ensure(STAGE, key, make, {}).folder)


def _made(store: Store, mark: str, corpus: str) -> str | None:
    """The key of an index of that encoder and corpus; None: there is none yet."""
    for one in store.all(STAGE):
        about = json.loads((one.folder / INDEX_FILE).read_text(encoding="utf-8"))
        if (about["encoder"].get("mark"), about["corpus"]["sha256"]) == (mark, corpus):
            return one.key
    return None


def named(index: Index) -> dict[str, Any]:
    """What names an index in an answer: digest of its corpus and of the encoder that made it."""
    corpus = index.about.get("corpus", {}).get("sha256") or Corpus.of(index.passages).digest
    encoder = index.about.get("encoder", {}).get("sha256", "")
    return {"sha256": digest([corpus, encoder]), "passages": len(index.passages)}


class Searching:
    """A version's retriever for lines that may carry no documents: those are asked of the index."""

    def __init__(
        self, loaded: config.UseCase, retriever: Retriever, encoder: Mapping[str, str]
    ) -> None:
        self._loaded, self._retriever, self._encoder = loaded, retriever, encoder
        self._index: Index | None = None

    def open(self) -> None:
        """Open the index, or make it.

        Raises:
            UserError: there is nothing to index.
        """
        documents = self._loaded.index.documents or ""
        found = indexed(self._retriever, self._encoder, corpus_of(self._loaded), documents)
        self._index, self._retriever = found, self._retriever.over(found)

    def answer(self, inputs: Sequence[Mapping[str, Any]]) -> list[list[dict[str, Any]]]:
        """As `Predictor.answer`; the index is opened when the first line needs it."""
        if self._index is None and any(line.get("documents") is None for line in inputs):
            self.open()
        return self._retriever.answer(inputs)

    def about(self, line: Mapping[str, Any]) -> dict[str, Any]:
        """The `index` of an answered line; nothing where it brought its documents."""
        if self._index is None or line.get("documents") is not None:
            return {}
        return {"index": named(self._index)}
