"""The index stage: an artifact of its own, made anew for new documents without any training."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from goldsmith import config, pipeline
from goldsmith.artifacts import Artifact
from goldsmith.errors import ConfigError
from goldsmith.families import base
from goldsmith.families.retrieval.index import Index
from goldsmith.pipeline import key
from tests.toys import write_queries

STAGES = ("load", "validate_raw", "prepare", "validate_prepared", "train", "evaluate", "export")


@pytest.fixture
def seekers(tmp_path: Path, tiny_base: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory with a use case of retrieval on toy queries and the tiny base."""
    (tmp_path / "use_cases").mkdir()
    write_queries(tmp_path / "data" / "raw" / "seek", sizes=(60, 20, 20))
    source = {"kind": "files", "path": "data/raw/seek", "reader": {"format": "queries"}}
    value = {
        "title": "Seek",
        "model": {"family": "retrieval", "base": str(tiny_base), "epochs": 2, "max_length": 32},
        "validation": {"min_rows": 10, "min_train_support": 5, "min_test_support": 5},
        "profiles": {"demo": {"source": source}},
    }
    (tmp_path / "use_cases" / "seek.yaml").write_text(json.dumps(value), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(loaded: Any, stages: tuple[str, ...], made: dict[str, Artifact]) -> dict[str, Artifact]:
    for stage in stages:
        folders = {name: one.folder for name, one in made.items()}
        made[stage] = pipeline.run_stage(stage, loaded, folders)
    return made


def test_only_new_documents_change_the_index_key(seekers: Path) -> None:
    folder = seekers / "pages"
    folder.mkdir()
    (folder / "a.txt").write_text("A page.", encoding="utf-8")
    plain = config.load("seek")
    indexed = config.load("seek", overrides=["index.documents=pages"])
    contents = dict.fromkeys(("load", "export", "prepare", "validate_prepared"), "c")
    for stage in (pipeline.stage("train"), pipeline.stage("prepare")):
        assert key(stage, plain, contents) == key(stage, indexed, contents)
    first = key(pipeline.stage("index"), indexed, contents)
    assert first != key(pipeline.stage("index"), plain, contents)
    (folder / "b.txt").write_text("Another.", encoding="utf-8")
    assert key(pipeline.stage("index"), indexed, contents) != first


@pytest.mark.slow
def test_new_documents_are_indexed_without_training(seekers: Path, tmp_path: Path) -> None:
    plain = config.load("seek")
    made = run(plain, (*STAGES, "index"), {"raw": pipeline.raw(plain)})
    index = Index.open(made["index"].folder)
    assert len(index.passages) == 24 and index.vectors.shape == (24, 32)
    assert np.allclose(np.linalg.norm(index.vectors, axis=1), 1.0, atol=1e-3)
    (seekers / "pages").mkdir()
    (seekers / "pages" / "a.md").write_text("# Leave\n\nThe leave is long.", encoding="utf-8")
    other = config.load("seek", overrides=["index.documents=pages"])
    again = run(other, (*STAGES, "index"), {"raw": pipeline.raw(other)})
    assert all(again[stage].cached for stage in STAGES)
    assert not again["index"].cached
    found = Index.open(again["index"].folder)
    assert [one.document_id for one in found.passages] == ["a.md:9-27"]
    assert found.about["encoder"] == index.about["encoder"]
    assert found.about["corpus"]["documents"] == "pages"
    _opens_with_sentence_transformers(made)


def _opens_with_sentence_transformers(made: dict[str, Artifact]) -> None:
    from sentence_transformers import SentenceTransformer

    retriever: Any = base.open(made["export"].folder / "model", "fp32")
    theirs = SentenceTransformer(str(made["train"].folder / "final"), device="cpu")
    texts = ["parcel late 3", "invoice charged twice and refund"]
    assert np.allclose(theirs.encode(texts), retriever.embed_queries(texts), atol=1e-4)


def test_a_family_without_a_corpus_has_nothing_to_index(project: Path) -> None:
    with pytest.raises(ConfigError, match="has no corpus, so there is nothing to index"):
        pipeline.run_stage("index", config.load("toy"), {"load": project, "export": project})
