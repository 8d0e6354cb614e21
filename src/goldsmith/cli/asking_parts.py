"""What `ask` is made of: who finds, who reads, and the answer that they give together."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from goldsmith import config
from goldsmith.cli import instead
from goldsmith.cli.indexes import corpus_of as corpus_of_use_case
from goldsmith.cli.indexes import indexed, named
from goldsmith.errors import ConfigError, UserError
from goldsmith.families.retrieval.chunking import Place, corpus_of, left_out
from goldsmith.families.retrieval.index import Hit, Index
from goldsmith.families.retrieval.runtime import Retriever
from goldsmith.records import Passage
from goldsmith.registry import versions
from goldsmith.registry.opening import open_version

K1, B = 1.2, 0.75  # of BM25 where no use case says another


@dataclass(frozen=True)
class Finder:
    """Who finds passages.

    Attributes:
        index: of what is looked in.
        retriever: the champion; None: BM25 alone.
        about: the `model` of what it finds.
        in_files: whether a passage's id is its place in a file.
        notes: what people must know of it.
    """

    index: Index
    retriever: Retriever | None
    about: dict[str, Any]
    in_files: bool
    notes: tuple[str, ...] = ()

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


class _Needs(NamedTuple):
    """What a use case has to be asked of: the record type, and what is said of another one."""

    record: str
    lacks: str
    remedy: str


QUERIES = _Needs("query", "finds no documents", "name one of retrieval with --use-case")
QUESTIONS = _Needs("question", "reads no answers", "name one of questions with --qa")


class _Seated(NamedTuple):
    use_case: config.UseCase
    version: versions.Version


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
    notes = tuple(left_out(documents, corpus)) if documents and corpus else ()
    must = use_case is not None or corpus is None
    seated = _champion(use_case or usual, must, profile, QUERIES)
    if isinstance(seated, str):
        assert corpus is not None  # else it had to be there
        index = Index.build(corpus, None, K1, B)
        notes += (f"{seated}; until then passages are found by BM25 alone",)
        return Finder(index, None, {"name": "bm25"}, True, notes)
    retriever: Any
    retriever, found = open_version(seated.version)
    own = seated.use_case.index.documents
    corpus = corpus or corpus_of_use_case(seated.use_case)
    index = indexed(retriever, found, corpus, str(documents or own or ""))
    return Finder(index, retriever, _about(seated, found), bool(documents or own), notes)


def reader(use_case: str | None, usual: str, profile: str | None) -> tuple[Reader | None, str]:
    """The champion of a use case of questions; or None, and why nobody reads.

    Args:
        use_case: its name; None: the usual one, and without its champion nobody.
        usual: that name.
        profile: of the use case.

    Raises:
        UserError: a named use case that is of something else or has no champion.
    """
    seated = _champion(use_case or usual, use_case is not None, profile, QUESTIONS)
    if isinstance(seated, str):
        return None, f"{seated}; until then no answer is read out of the passages"
    predictor, found = open_version(seated.version)
    return Reader(predictor, _about(seated, found)), ""


def _champion(name: str, must: bool, profile: str | None, needs: _Needs) -> _Seated | str:
    """A use case and its champion; where it need not be there, why it is not."""
    try:
        loaded = config.load(name, profile, instead=instead.ANSWERS)
    except ConfigError as error:
        if must or profile:
            raise
        return str(error)
    family: Any = loaded.model
    try:
        if family.record.kind != needs.record:
            raise UserError(f"{name} {needs.lacks} (family {family.family}): {needs.remedy}")
        return _Seated(loaded, versions.find(loaded.model_name))
    except UserError as error:
        if must:
            raise
        return str(error)


def _about(seated: _Seated, found: dict[str, str]) -> dict[str, Any]:
    version = seated.version
    return {"name": version.model, "version": version.number, "sha256": found["sha256"]}


def answered(
    question: str, found_by: Finder, read_by: Reader | None, count: int, notes: Sequence[str] = ()
) -> dict[str, Any]:
    """The answer of the best passage that has one, and the passages that were read.

    An answer's score is the reader's times its passage's. Offsets are half-open, in Unicode code points
    of the document; of one that is no file, of its text.

    Args:
        question: what is asked.
        found_by: who finds.
        read_by: who reads; None: nobody, and `answer` is null.
        count: passages at most.
        notes: what people must know, beside the finder's.
    """
    hits = found_by.find(question, count)
    read = _read(question, found_by, read_by, hits) if read_by else []
    return {
        "question": question,
        "answer": max(read, key=lambda one: one["score"], default=None),
        "passages": [_shown(passage, hit, found_by.in_files) for passage, hit in hits],
        "retriever": found_by.about,
        "reader": read_by.about if read_by else None,
        "index": named(found_by.index),
        "notes": [*found_by.notes, *notes],
    }


def _read(
    question: str, found_by: Finder, read_by: Reader, hits: Sequence[tuple[Passage, Hit]]
) -> list[dict[str, Any]]:
    """The first answer of each passage that has one, where it stands."""
    lines = [{"question": question, "context": passage.text} for passage, _ in hits]
    answers = read_by.predictor.answer(lines) if lines else []
    found = []
    for (passage, hit), items in zip(hits, answers, strict=True):
        first: dict[str, Any] = items[0] if items else {"text": ""}
        if first["text"]:
            place = _place(passage, found_by.in_files)
            score = round(first["score"] * hit.score, 4)
            start, end = place.start + first["start"], place.start + first["end"]
            found.append(
                {"text": first["text"], "document": place.document, "start": start, "end": end, "score": score}
            )  # fmt: skip
    return found


def _place(passage: Passage, in_files: bool) -> Place:
    found = Place.of(passage.document_id) if in_files else None
    return found or Place(passage.document_id, 0, len(passage.text))


def _shown(passage: Passage, hit: Hit, in_files: bool) -> dict[str, Any]:
    place = _place(passage, in_files)
    return {
        "document": place.document, "start": place.start, "end": place.end,
        "title": passage.title, "text": passage.text, "score": round(hit.score, 4),
    }  # fmt: skip
