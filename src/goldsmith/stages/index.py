"""index: the corpus as the exported encoder sees it; new documents are indexed without training."""

from pathlib import Path
from typing import Any

from goldsmith.config import UseCase
from goldsmith.errors import ConfigError
from goldsmith.families import base
from goldsmith.families.retrieval.chunking import corpus_of, left_out
from goldsmith.families.retrieval.index import Index
from goldsmith.families.retrieval.runtime import Retriever
from goldsmith.prepared import CORPUS_FILE, read_corpus
from goldsmith.records import Corpus
from goldsmith.stages import Context
from goldsmith.stages.evaluate import read_json
from goldsmith.stages.export import FACTS_FILE, MODEL_FOLDER
from goldsmith.stages.judge import choose


def run(context: Context) -> None:
    """Index the goldens' corpus, or the folder that `index.documents` names.

    Raises:
        ConfigError: a use case without a corpus.
        DataError: a folder without documents.
    """
    family: Any = context.config.model
    if family.record.kind != "query":
        raise ConfigError(
            f"{context.config.name}: family {family.family} has no corpus, so there is nothing to index"
        )
    variants = read_json(context.inputs["export"] / FACTS_FILE)
    chosen = choose(variants, context.config, family.primary)
    (sha256,) = [item["sha256"] for item in variants if item["name"] == chosen]
    retriever: Any = base.open(context.inputs["export"] / MODEL_FOLDER, chosen)
    corpus, documents = corpus_for(context.config, context.inputs["load"])
    write(retriever, corpus, context.out, {"variant": chosen, "sha256": sha256}, documents)
    notes = left_out(Path(documents), corpus) if documents else []
    notes += [f"indexed {len(corpus.passages):,} passages of {documents or 'the goldens'}"]
    for text in notes:
        context.report({"type": "note", "text": text})


def corpus_for(config: UseCase, loaded: Path) -> tuple[Corpus, str]:
    """What a use case indexes, and the folder that it comes from; empty for the goldens' corpus."""
    documents = config.index.documents
    if documents is None:
        return read_corpus(loaded / CORPUS_FILE), ""
    return corpus_of(Path(documents)), documents


def write(
    retriever: Retriever, corpus: Corpus, out: Path, encoder: dict[str, Any], documents: str
) -> Index:
    """Write the index of a corpus; its `index.json` names the encoder and the corpus.

    The encoder's `mark` is of its weights and settings, so that others find what they can use.
    """
    index = retriever.index(corpus)
    about = {
        "encoder": {**encoder, "mark": retriever.mark},
        "corpus": {"sha256": corpus.digest, "documents": documents},
        "dimension": int(index.vectors.shape[1]),
    }
    index.save(out, about)
    return index
