"""The half of `benchmarks.scale` that is retrieval: passages indexed, then queried one by one.

The encoder is the packaged MiniLM as it comes, exported to int8: how fast an index is does not depend
on what its encoder has learnt.
"""

import json
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from benchmarks.words import drawn, sizes, words

QUERIES = 200
WORDS, QUERY_WORDS = 60, 8  # of a passage on average, and of a query
DEPTH = 10
STEPS = ("encoder", "index", "query")
SEED = 13


class Figure(NamedTuple):
    """What indexing and querying so many passages took.

    Attributes:
        rows: how many passages.
        seconds: of indexing.
        peak: MiB of the process that indexed, libraries included.
        folder: MB of the index on disk.
        p50, p95: milliseconds of a query, from its text to its passages, one at a time.
        search: milliseconds of that behind the encoder, median.
        recall: share of the 10 nearest passages by exact search in double precision that are among
            the encoder's 10, mean over queries.
        serving: MiB of the process that answered.
    """

    rows: int
    seconds: float
    peak: float
    folder: float
    p50: float
    p95: float
    search: float
    recall: float
    serving: float


def corpus(count: int) -> Iterator[str]:
    """So many generated texts, the same ones each time."""
    random, known = np.random.default_rng(SEED), words()
    for size in sizes(random, WORDS, count):
        yield " ".join(drawn(random, known, int(size)))


def encoder(folder: Path) -> None:
    """Write `exported/`: the base as a retriever that nobody trained."""
    from transformers import AutoModel

    from goldsmith import bases, finetune
    from goldsmith.config.plugins import load
    from goldsmith.families.base import write_family
    from goldsmith.families.retrieval.interchange import write_sentence_transformers

    family: Any = load("families", "retrieval").model_validate(
        {"family": "retrieval", "base": "packaged:minilm"}
    )
    base, model = bases.resolve(family.base), folder / "model"
    for made in (model, folder / "exported"):
        made.mkdir()
    finetune.save(AutoModel.from_pretrained(base, local_files_only=True), base, model)
    write_sentence_transformers(model, family)
    write_family(model, family, [], weight=0.5)
    family.export(model, folder / "exported")


def index(folder: Path, count: int) -> dict[str, float]:
    """Index `count` passages into `index/`."""
    from goldsmith.records import Corpus, Passage
    from goldsmith.stages.index import write

    passages = [Passage(f"p{place}", "", text) for place, text in enumerate(corpus(count))]
    retriever, out = _retriever(folder), folder / "index"
    out.mkdir()
    started = time.perf_counter()
    write(retriever, Corpus.of(passages), out, {"variant": "int8"}, "")
    seconds = time.perf_counter() - started
    size = sum(path.stat().st_size for path in out.rglob("*") if path.is_file())
    return {"seconds": seconds, "folder": size / 1e6}


def query(folder: Path, count: int) -> dict[str, float]:
    """Ask the index, a query at a time; the words of a query are those of some passage."""
    from goldsmith.families.retrieval.fusion import Fusion
    from goldsmith.families.retrieval.index import Index

    found = Index.open(folder / "index")
    retriever = _retriever(folder).over(found)
    random = np.random.default_rng(SEED)
    asked = random.integers(0, count, QUERIES).tolist()
    texts = [" ".join(found.passages[place].text.split()[:QUERY_WORDS]) for place in asked]
    retriever.answer([{"query": texts[0]}])  # the first one opens what is mapped
    whole, behind = [], []
    for text in texts:
        started = time.perf_counter()
        retriever.answer([{"query": text}])
        whole.append(time.perf_counter() - started)
        vector = retriever.embed_queries([text])
        started = time.perf_counter()
        found.search(vector, [text], retriever.fusion, DEPTH)
        behind.append(time.perf_counter() - started)
    vectors = retriever.embed_queries(texts)
    hits = found.search(vectors, texts, Fusion("none"), DEPTH)
    return {
        "p50": 1e3 * statistics.median(whole),
        "p95": 1e3 * float(np.quantile(whole, 0.95)),
        "search": 1e3 * statistics.median(behind),
        "recall": _recall([[hit.place for hit in one] for one in hits], vectors, found.vectors),
    }


def _recall(found: Sequence[Sequence[int]], queries: np.ndarray, vectors: np.ndarray) -> float:
    shares = []
    for places, one in zip(found, queries.astype(np.float64), strict=True):
        near = np.concatenate(
            [
                vectors[at : at + 8192].astype(np.float64) @ one
                for at in range(0, len(vectors), 8192)
            ]
        )
        exact = np.argpartition(-near, min(DEPTH, len(near)) - 1)[:DEPTH]
        shares.append(len(set(places) & set(exact.tolist())) / len(exact))
    return statistics.mean(shares)


def _retriever(folder: Path) -> Any:
    from goldsmith.families import base

    return base.open(folder / "exported", "int8")


def step(name: str, folder: Path, count: int) -> None:
    """Do one of `STEPS` in this process; prints JSON."""
    work = {"index": index, "query": query}
    said = encoder(folder) if name == "encoder" else work[name](folder, count)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    print(json.dumps((said or {}) | {"peak": peak}))


def measure(count: int, folder: Path, root: Path, environment: dict[str, str]) -> Figure:
    """Every step on so many passages, each in a process of its own, in an empty folder."""
    said = {}
    for name in STEPS:
        command = [sys.executable, "-m", "benchmarks.scale", "--one", name]
        command += ["--folder", str(folder), "--rows", str(count)]
        done = subprocess.run(
            command, capture_output=True, text=True, cwd=root, env=environment, check=False
        )
        if done.returncode:
            raise SystemExit(f"{name} of {count:,} passages failed:\n{done.stderr[-2000:]}")
        said[name] = json.loads(done.stdout.splitlines()[-1])
    made, asked = said["index"], said["query"]
    own = {name: asked[name] for name in ("p50", "p95", "search", "recall")}
    return Figure(
        count, made["seconds"], made["peak"], made["folder"], **own, serving=asked["peak"]
    )


def table(figures: Sequence[Figure]) -> str:
    """The figures as Markdown, a row a number of passages."""
    lines = [
        "| passages | indexing s | passages/s | peak MiB | index MB | query p50 ms | p95 ms "
        "| of it search ms | recall@10 | serving MiB |",
        "|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for one in figures:
        lines.append(
            f"| {one.rows:,} | {one.seconds:.1f} | {one.rows / one.seconds:,.0f} "
            f"| {one.peak:,.0f} | {one.folder:,.1f} | {one.p50:.1f} | {one.p95:.1f} "
            f"| {one.search:.1f} | {one.recall:.4f} | {one.serving:,.0f} |"
        )
    return "\n".join(lines)
