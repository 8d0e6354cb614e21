"""What `ask` is made of: who finds, who reads, and the answer that they give together."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from goldsmith import config, pipeline
from goldsmith.artifacts import Store, digest
from goldsmith.cli import instead
from goldsmith.errors import UserError
from goldsmith.families.retrieval.chunking import Place, corpus_of
from goldsmith.families.retrieval.index import Hit, Index
from goldsmith.families.retrieval.runtime import Retriever
from goldsmith.records import Corpus, Passage
from goldsmith.registry import versions
from goldsmith.registry.opening import open_version
from goldsmith.settings import Settings
from goldsmith.stages import index as indexing

K1, B = 1.2, 0.75  # of BM25 where no use case says another


@dataclass(frozen=True)
class Finder:
    """Who finds passages.

    Attributes:
        index: of what is looked in.
        retriever: the champion; None: BM25 alone.
        about: the `model` of what it finds.
        in_files: whether a passage's id is its place in a file.
        note: what people must know of it.
    """

    index: Index
    retriever: Retriever | None
    about: dict[str, Any]
    in_files: bool
    note: str = ""

    def find(self, question: str, count: int) -> list[tuple[Passage, Hit]]:
        """The best passages, best first."""
        if self.retriever is None:
            (hits,) = self.index.search_words([question], count)
        else:
            vectors, fusion = self.retriever.embed_queries([question]), self.retriever.fusion
            (hits,) = self.index.search(vectors, [question], fusion, count)
        return [(self.index.passages[hit.place], hit) for hit in hits]


@dataclass(frozen=True)
class Reader:
    """Who reads the answer: a predictor, and the `model` of its answers."""

    predictor: Any
    about: dict[str, Any]


def finder(use_case: str | None, usual: str, documents: Path | None, profile: str | None) -> Finder:
    """The champion of a use case over the documents, or over what the use case indexes.

    Args:
        use_case: its name; None: the usual one, and without its champion BM25 alone.
        usual: that name.
        documents: a folder of texts.
        profile: of the use case.

    Raises:
        UserError: a named use case that is none of retrieval or has no champion; no documents.
    """
    # Bad documents are refused before any model is fetched.
    corpus = corpus_of(documents) if documents else None
    loaded = config.load(use_case or usual, profile, instead=instead.ANSWERS)
    family: Any = loaded.model
    if family.record.kind != "query":
        raise UserError(
            f"{loaded.name} finds no documents (family {family.family}): name a use case of retrieval"
        )
    try:
        version = versions.find(loaded.model_name)
    except UserError as error:
        if use_case or corpus is None:
            raise
        note = f"{error}; until then the passages are found by BM25 alone"
        return Finder(Index.build(corpus, None, K1, B), None, {"name": "bm25"}, True, note)
    retriever: Any
    retriever, found = open_version(version)
    about = {"name": version.model, "version": version.number, "sha256": found["sha256"]}
    in_files = corpus is not None or loaded.index.documents is not None
    corpus = corpus or _corpus_of(loaded)
    return Finder(indexed(retriever, found, corpus, documents), retriever, about, in_files)


def _corpus_of(loaded: config.UseCase) -> Corpus:
    """What a use case indexes: its goldens' corpus is loaded where it is not yet."""
    pinned = pipeline.pinned(loaded)
    made = {"raw": pipeline.raw(pinned).folder}
    return indexing.corpus_for(pinned, pipeline.run_stage("load", pinned, made).folder)[0]


def indexed(
    retriever: Retriever, encoder: dict[str, str], corpus: Corpus, documents: Path | None
) -> Index:
    """The index of a corpus by an encoder, made now or before; no training is needed."""
    about = {"variant": encoder["variant"], "sha256": encoder["sha256"]}
    key = digest(["index", retriever.mark, corpus.digest])

    def make(out: Path) -> None:
        indexing.write(retriever, corpus, out, about, str(documents or ""))

    return Index.open(Store(Settings().artifacts).ensure("index", key, make, {}).folder)


def reader(use_case: str, profile: str | None) -> Reader:
    """The champion of a use case of questions.

    Raises:
        UserError: a use case of something else, or one without a champion.
    """
    loaded = config.load(use_case, profile, instead=instead.ANSWERS)
    family: Any = loaded.model
    if family.record.kind != "question":
        raise UserError(
            f"{use_case} reads no answers (family {family.family}): name a use case of questions with --qa"
        )
    version = versions.find(loaded.model_name)
    predictor, found = open_version(version)
    about = {"name": version.model, "version": version.number, "sha256": found["sha256"]}
    return Reader(predictor, about)


def answered(question: str, found_by: Finder, read_by: Reader, count: int) -> dict[str, Any]:
    """The answer of the best passage that has one, and the passages that were read.

    An answer's score is the reader's times its passage's. Offsets are half-open, in Unicode code points
    of the document; of one that is no file, of its text.
    """
    hits = found_by.find(question, count)
    lines = [{"question": question, "context": passage.text} for passage, _ in hits]
    answers = read_by.predictor.answer(lines) if lines else []
    candidates = []
    for (passage, hit), items in zip(hits, answers, strict=True):
        first: dict[str, Any] = items[0] if items else {"text": ""}
        if first["text"]:
            place = _place(passage, found_by.in_files)
            score = round(first["score"] * hit.score, 4)
            start, end = place.start + first["start"], place.start + first["end"]
            candidates.append(
                {"text": first["text"], "document": place.document, "start": start, "end": end, "score": score}
            )  # fmt: skip
    best = max(candidates, key=lambda one: one["score"], default=None)
    index = found_by.index
    return {
        "question": question,
        "answer": best,
        "passages": [_shown(passage, hit, found_by.in_files) for passage, hit in hits],
        "retriever": found_by.about,
        "reader": read_by.about,
        "index": {"sha256": _sha256(index), "passages": len(index.passages)},
        "note": found_by.note,
    }


def _place(passage: Passage, in_files: bool) -> Place:
    found = Place.of(passage.document_id) if in_files else None
    return found or Place(passage.document_id, 0, len(passage.text))


def _shown(passage: Passage, hit: Hit, in_files: bool) -> dict[str, Any]:
    place = _place(passage, in_files)
    return {
        "document": place.document, "start": place.start, "end": place.end,
        "title": passage.title, "text": passage.text, "score": round(hit.score, 4),
    }  # fmt: skip


def _sha256(index: Index) -> str:
    """What names an index: its corpus, with the encoder that made it."""
    corpus = index.about.get("corpus", {}).get("sha256") or Corpus.of(index.passages).digest
    return digest([corpus, index.about.get("encoder", {}).get("sha256", "")])
