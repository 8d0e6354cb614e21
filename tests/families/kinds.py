"""Every family on toy goldens, in each form in which its code differs: what the contract holds for."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from goldsmith import config
from goldsmith.families.base import Family, Run
from goldsmith.prepare import prepare
from goldsmith.prepared import CORPUS_FILE, COUNTS_FILE, FINAL, Prepared
from goldsmith.records import arrow_schema
from goldsmith.stages.train import write_job
from tests.command import until
from tests.toys import (
    write_goldens,
    write_names,
    write_pages,
    write_queries,
    write_questions,
    write_texts,
)

SIZES = (150, 40, 40)
RATES = {"learning_rate": 0.005, "head_learning_rate": 0.01}
TUNED = {"base": "{tiny}", "epochs": 6, **RATES}
QA = {**TUNED, "family": "extractive_qa", "max_length": 96, "max_question": 16, "stride": 32}
LABELS = {
    "base": "{tiny}", "family": "sequence_classification", "head": "random", "epochs": 7,
    "learning_rate": 0.003, "head_learning_rate": 0.01, "freeze_embeddings": False,
}  # fmt: skip
# Many epochs, each of some hundredths of a second: a training that can be killed half-way.
SMALL = {
    "family": "window_mlp", "epochs": 30, "batch_size": 64, "patience": 0, "dimension": 16,
    "buckets": 512, "hidden": 32, "window": 2, "gazetteers": {"money": ["$", "credit line"]},
}  # fmt: skip
SEEKS = {
    "base": "{tiny}", "family": "retrieval", "epochs": 4, "learning_rate": 0.003, "max_length": 32,
    "freeze_embeddings": False, "batch_size": 8,
}  # fmt: skip
# The head begins as the probe, so it is trained as gently as the base.
DECODER = {**LABELS, "base": "{gpt2}", "head": "probe", "epochs": 4, "head_learning_rate": 0.003}

KILLED, PIPELINES = "killed and resumed", "pipelines of others"  # parts of the contract
NOT_THEIRS = "a net that neither transformers nor optimum knows"
NOWHERE: Mapping[str, str] = {}


@dataclass(frozen=True)
class Kind:
    """One row of the table.

    Attributes:
        model: the `model` section; {tiny}, {gpt2}, {llama} stand for the toy bases.
        reader, goldens: the format of (or the reader's section for) the toy goldens, and what writes them.
        line: the input line of a record.
        of_text: the input line that has the model read a text.
        nothing: the answer to an empty text.
        gold: fields of a record that hold what was labelled, and nothing in their place.
        fewest: what the primary metric reaches at least, on validation.
        unlabelled: whether there are no labels to have support.
        differs: why a part of the contract (KILLED, PIPELINES) is not held against it here.
    """

    model: dict[str, Any]
    reader: str | dict[str, Any]
    goldens: Callable[..., Path]
    line: Callable[[Any], dict[str, Any]]
    of_text: Callable[[str], dict[str, Any]]
    gold: dict[str, Any]
    nothing: Callable[[Any], bool]
    fewest: float = 0.5
    unlabelled: bool = False
    differs: Mapping[str, str] = field(default_factory=dict)


def _tagged(differs: Mapping[str, str] = NOWHERE, **model: Any) -> Kind:
    return Kind(
        model, "tokens", write_goldens,
        line=lambda record: {"tokens": list(record.tokens)},
        of_text=lambda text: {"text": text},
        gold={"tags": ()},
        nothing=lambda answer: answer == [],
        fewest=0.3, differs=differs,
    )  # fmt: skip


def _paged(**model: Any) -> Kind:
    reader = {
        "format": "tagged_pages", "fields": {"rate": "Rate", "amount": "Amount"},
        "pages": {"format": "ocr_json"}, "goldens": {"format": "fields"},
    }  # fmt: skip
    return replace(
        _tagged(**model), reader=reader, goldens=write_pages,
        line=lambda record: {
            "tokens": list(record.tokens), "boxes": [list(box) for box in record.boxes],
            "width": record.width, "height": record.height,
        },
    )  # fmt: skip


def _labelled(differs: Mapping[str, str] = NOWHERE, **model: Any) -> Kind:
    return Kind(
        model, "texts", write_texts,
        line=lambda record: {"text": record.text},
        of_text=lambda text: {"text": text},
        gold={"label": ""},
        nothing=lambda answer: answer[0]["abstain"] is True,
        fewest=0.7, differs=differs,
    )  # fmt: skip


def _asked(differs: Mapping[str, str] = NOWHERE, **model: Any) -> Kind:
    return Kind(
        model, "questions", write_questions,
        line=lambda record: {"question": record.question, "context": record.context},
        of_text=lambda text: {"question": "which rate ?", "context": text},
        gold={"answers": (), "is_impossible": False},
        nothing=lambda answer: answer[0]["start"] is None,
        fewest=0.3, differs=differs, unlabelled=True,
    )  # fmt: skip


def _sought(**model: Any) -> Kind:
    return Kind(
        model, "queries", write_queries,
        line=lambda record: {
            "query": record.text,
            "documents": [asdict(one) for one in record.corpus.passages],
        },
        of_text=lambda text: {"query": text, "documents": ["parcel late", "refund paid", "", "code"]},
        gold={"relevant": ()},
        nothing=lambda answer: answer == [],
        fewest=0.5, unlabelled=True,
    )  # fmt: skip


KINDS = {
    "tagger": _tagged(
        family="token_classification", **TUNED,
        differs={KILLED: "killed in a flow, by tests/misuse/test_kills.py"},
    ),
    "tagger-marked": replace(
        _tagged(
            family="token_classification", mark_case=True, label_subwords="all",
            **{**TUNED, "epochs": 12}, freeze_embeddings=False,
            differs={KILLED: "trained as `tagger` is"},
        ),
        goldens=write_names, fewest=0.8,
    ),
    "tagger-outside": _tagged(
        family="toy_lexicon",
        differs={KILLED: "counts words once: nothing to resume", PIPELINES: NOT_THEIRS},
    ),
    "classifier-outside": _labelled(
        family="hashed_ngrams", size=1024, steps=60,
        differs={KILLED: "killed in tests/families/test_outside.py", PIPELINES: NOT_THEIRS},
    ),
    "window": _tagged(embedding="base", base="{tiny}", **SMALL, differs={PIPELINES: NOT_THEIRS}),
    "window-characters": _tagged(
        **SMALL, rules={"amount": r"\d+(?:[.,]\d+)*"},
        differs={KILLED: "trained as `window` is", PIPELINES: NOT_THEIRS},
    ),
    "window-page": _paged(
        **SMALL, layout="page",
        differs={KILLED: "trained as `window` is", PIPELINES: NOT_THEIRS},
    ),
    "classifier": _labelled(**LABELS, differs={KILLED: "trained as `classifier-gpt2` is"}),
    # As both use cases of texts train the packaged base.
    "classifier-mean": _labelled(
        **{**LABELS, "pooling": "mean", "head": "probe", "epochs": 4, "head_learning_rate": 0.003}
    ),
    "classifier-gpt2": _labelled(**DECODER),
    "classifier-llama": _labelled(
        **{**DECODER, "base": "{llama}"}, differs={KILLED: "trained as `classifier-gpt2` is"}
    ),
    "reader": _asked(**QA, freeze_embeddings=False),
    "reader-lora": _asked(
        **{**QA, "learning_rate": 0.01, "epochs": 10}, lora={"rank": 16},
        differs={KILLED: "killed with its adapters in tests/families/extractive_qa"},
    ),
    "retriever": _sought(**SEEKS),
}  # fmt: skip


@dataclass(frozen=True)
class Made:
    """One kind's model, trained and exported on the toy goldens."""

    kind: Kind
    family: Family
    data: Prepared
    at: Path
    variants: list[str]
    facts: dict[str, Any]
    path: str  # PYTHONPATH with the outside family's package

    @property
    def trained(self) -> Path:
        return self.at / "trained"

    @property
    def exported(self) -> Path:
        return self.at / "exported"

    @property
    def records(self) -> list[Any]:
        """The held-out ones."""
        return list(self.data.heldout(FINAL))

    def blind(self, record: Any) -> Any:
        """A record without what was labelled."""
        return replace(record, **self.kind.gold)

    def skip_where_it_differs(self, part: str) -> None:
        """Skip a test of a part of the contract that does not hold for this kind, and say why."""
        if part in self.kind.differs:
            pytest.skip(self.kind.differs[part])

    def training(self, out: Path, checkpoints: Path, report: Any) -> dict[str, Any]:
        """Train in this process."""
        out.mkdir()
        return self.family.train(self.data, FINAL, out, Run(report, checkpoints, "cpu", 13))


def make(kind: Kind, at: Path, bases: dict[str, str], package: Path) -> Made:
    """Train and export in this process, without pipeline, store or flow; `at` is where we are."""
    made = train(kind, at, bases, package)
    made.exported.mkdir()
    variants = [variant.name for variant in made.family.export(made.trained, made.exported)]
    return replace(made, variants=variants)


def train(kind: Kind, at: Path, bases: dict[str, str], package: Path) -> Made:
    """Train in this process; nothing is exported."""
    text = json.dumps(kind.model)
    for name, folder in bases.items():
        text = text.replace(f"{{{name}}}", folder)
    section = {"format": kind.reader} if isinstance(kind.reader, str) else kind.reader
    reader = {"kind": "files", "path": "data/raw/toy", "reader": section}
    value = {"title": "Toy", "model": json.loads(text), "profiles": {"demo": {"source": reader}}}
    (at / "use_cases").mkdir()
    (at / "use_cases" / "toy.yaml").write_text(json.dumps(value), encoding="utf-8")
    kind.goldens(at / "data" / "raw" / "toy", sizes=SIZES)
    loaded = config.load("toy")
    family = loaded.model
    assert isinstance(family, Family)
    path = os.pathsep.join([str(package), os.environ.get("PYTHONPATH", "")])
    made = Made(kind, family, prepared(loaded, at), at, [], {}, path)
    events: list[dict[str, Any]] = []
    facts = made.training(made.trained, at / "checkpoints", events.append)
    assert any(event["type"] == "progress" for event in events)
    return replace(made, facts=facts)


def prepared(loaded: Any, at: Path) -> Prepared:
    source, folder = loaded.source, at / "prepared"
    folder.mkdir()
    kind = source.reader.record.kind
    files = source.reader.files(source.location)
    records = source.reader.read(files, source.location)
    table = pa.Table.from_pylist([one.row() for one in records], arrow_schema(source.reader.record))
    pq.write_table(table, at / "raw.parquet")
    if kind == "query":
        passages = [asdict(one) for one in source.reader.corpus(files, source.location)]
        corpus = pa.Table.from_pylist(passages, arrow_schema("passage"))
        pq.write_table(corpus, folder / CORPUS_FILE)
    counts = prepare(kind, at / "raw.parquet", loaded.prepare, loaded.splits, folder)
    (folder / COUNTS_FILE).write_text(json.dumps(counts), encoding="utf-8")
    return Prepared(folder)


def killed(made: Made, at: Path) -> Path:
    """Checkpoints of a training process of its own that was killed once there was a whole one."""
    at.mkdir()
    write_job(at, made.family, made.data, FINAL, 0, 13)
    process = subprocess.Popen(
        [sys.executable, "-m", "goldsmith.families", str(at)],
        env={**os.environ, "PYTHONPATH": made.path},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        until(
            "a checkpoint",
            lambda: list(at.glob("checkpoints/**/complete.json")) or process.poll() is not None,
        )
    finally:
        process.kill()
        process.wait()
    assert not (at / "facts.json").exists(), "it ended before it could be killed"
    return at / "checkpoints"
