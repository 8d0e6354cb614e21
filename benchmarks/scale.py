"""How time and memory grow with the number of records, from raw files to what training reads.

    python -m benchmarks.scale [--rows 1000000] [--passages 100000]
                               [--kind texts sentences passages] [--picture growth.png]

Generated records, a hundredth of `--rows`, a tenth and all of them, go through load (the snapshot
included), validate_raw, prepare, validate_prepared and tokenise (what training keeps of every
training record), each stage in a process of its own. `texts` are labelled texts of about 40 words,
`sentences` tagged sentences as long as FiNER-139's, of which `--rows 1100000` is its size. Prints a
table a kind: seconds, records a second, and the peak memory of the process, libraries included. The
picture shows both on logarithmic axes. Ends with status 1 where a stage needs more than `--limit`.
`passages`, a hundredth of `--passages`, a tenth and all, are indexed and then queried one by one: see
`benchmarks.passages`.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from benchmarks import growth, passages
from benchmarks.words import drawn, sizes, words
from goldsmith.settings import quiet_environment

ROOT = Path(__file__).resolve().parents[1]
STEPS = (100, 10, 1)  # parts of --rows, smallest first
BLOCK = 10_000  # records that are generated at a time
LABELS = ("Rate", "Amount", "Name", "Place")
TOPICS = 8
NAME = "scale"


class Kind(NamedTuple):
    """What is generated.

    Attributes:
        write: takes a file and a number of records.
        family: that learns from them.
        format: reads them.
    """

    write: Callable[[Path, int], None]
    family: str
    format: str


class Figure(NamedTuple):
    """What a stage took on some records.

    Attributes:
        rows: records.
        stage: its name.
        seconds: of the stage alone.
        peak: MiB of the process, libraries included.
    """

    rows: int
    stage: str
    seconds: float
    peak: float


def write_texts(file: Path, rows: int) -> None:
    """Labelled texts; the first words hint at the label."""
    random, known = np.random.default_rng(rows), words()
    with file.open("w", encoding="utf-8") as stream:
        for start in range(0, rows, BLOCK):
            count = min(BLOCK, rows - start)
            ends = np.cumsum(sizes(random, 40, count))
            tokens = drawn(random, known, ends[-1])
            topics = random.integers(0, TOPICS, count)
            for place, own in enumerate(np.split(tokens, ends[:-1])):
                topic = int(topics[place])
                own[0] = known[topic]
                line = {"id": f"r{start + place}", "text": " ".join(own), "label": f"topic {topic}"}
                stream.write(json.dumps(line) + "\n")


def write_sentences(file: Path, rows: int) -> None:
    """Tagged sentences of 48 words on average, two of them tagged."""
    random, known = np.random.default_rng(rows), words()
    with file.open("w", encoding="utf-8") as stream:
        for start in range(0, rows, BLOCK):
            count = min(BLOCK, rows - start)
            ends = np.cumsum(sizes(random, 48, count))
            tokens = drawn(random, known, ends[-1])
            for place, own in enumerate(np.split(tokens, ends[:-1])):
                tags = ["O"] * len(own)
                for where, label in zip(*random.integers(0, (len(own), 4), (2, 2)).T, strict=True):
                    tags[where], own[where] = f"B-{LABELS[label]}", str(start + place)
                number = start + place
                line = {
                    "id": f"r{number}", "document_id": f"d{number // 50}",
                    "tokens": own.tolist(), "ner_tags": tags,
                }  # fmt: skip
                stream.write(json.dumps(line) + "\n")


KINDS = {
    "texts": Kind(write_texts, "sequence_classification", "texts"),
    "sentences": Kind(write_sentences, "token_classification", "tokens"),
}
PASSAGES = "passages"  # they are indexed and queried, not prepared


def use_case(kind: Kind) -> str:
    """The YAML of the use case that reads the generated file."""
    source = {"kind": "files", "path": "raw", "reader": {"format": kind.format}}
    model = {"family": kind.family, "base": "packaged:minilm"}
    demo = {"demo": {"source": source}}
    return json.dumps({"title": "Growth", "seed": 13, "model": model, "profiles": demo})


def made(name: str, config: Any) -> Any:
    """A stage's artifact; those before it are taken from the store, or made."""
    from goldsmith import pipeline

    reads = [*pipeline.stage(name).reads]
    inputs = {
        read: pipeline.raw(config).folder if read == pipeline.RAW else made(read, config).folder
        for read in reads
    }
    return pipeline.make_stage(name, config, inputs)


def tokenise(config: Any) -> Callable[[], Any]:
    """Makes what training keeps of the training records; what it imports is imported."""
    from goldsmith import bases
    from goldsmith.prepared import Prepared

    family, base = config.model, bases.resolve(config.model.base)
    data = Prepared(made("prepare", config).folder)
    if family.family == "token_classification":
        from goldsmith.families.token_classification.training.examples import Examples

        encoder = family.encoder(base)
        return lambda: Examples(data.training("final"), encoder, data.labels, family.label_subwords)
    from goldsmith.families.onnx import TOKENIZER_FILE
    from goldsmith.families.sequence_classification.runtime import Encoder

    texts = Encoder(base / TOKENIZER_FILE, family.max_length, 0)
    return lambda: texts.encode(record.text for record in data.training("final"))


STAGES = ("load", "validate_raw", "prepare", "validate_prepared", "tokenise")


def one(name: str) -> None:
    """Measure a stage in this process, whose working directory holds the use case; prints JSON."""
    import great_expectations  # noqa: F401  its import is not what is measured

    from goldsmith import config

    loaded = config.load(NAME)
    work = tokenise(loaded) if name == "tokenise" else lambda: made(name, loaded)
    started = time.perf_counter()
    kept = work()  # as training holds on to it
    seconds = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    print(json.dumps({"seconds": seconds, "peak": peak}))
    del kept


def environment(folder: Path) -> dict[str, str]:
    """This process's, with a home and use cases in a folder."""
    places = [str(ROOT / "src"), str(ROOT), os.environ.get("PYTHONPATH", "")]
    return {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(filter(None, places)),
        "GOLDSMITH_HOME": str(folder / ".goldsmith"),
        "GOLDSMITH_USE_CASES": str(folder / "use_cases"),
    }


def measure(kind: Kind, rows: int, folder: Path) -> list[Figure]:
    """Every stage on so many records, in an empty folder."""
    (folder / "use_cases").mkdir()
    (folder / "use_cases" / f"{NAME}.yaml").write_text(use_case(kind), encoding="utf-8")
    (folder / "raw").mkdir()
    kind.write(folder / "raw" / "all.jsonl", rows)
    found = []
    for name in STAGES:
        command = [sys.executable, "-m", "benchmarks.scale", "--one", name]
        done = subprocess.run(
            command,
            capture_output=True,
            text=True,
            cwd=folder,
            env=environment(folder),
            check=False,
        )
        if done.returncode:
            raise SystemExit(f"{name} of {rows:,} records failed:\n{done.stderr[-2000:]}")
        said = json.loads(done.stdout.splitlines()[-1])
        found.append(Figure(rows, name, said["seconds"], said["peak"]))
    return found


def table(figures: Sequence[Figure]) -> str:
    """The figures as Markdown, a row a stage and number of records."""
    lines = ["| stage | records | seconds | records/s | peak MiB |", "|---|---:|---:|---:|---:|"]
    for name in STAGES:
        for one in (found for found in figures if found.stage == name):
            lines.append(
                f"| {name} | {one.rows:,} | {one.seconds:.1f} | {one.rows / one.seconds:,.0f} "
                f"| {one.peak:,.0f} |"
            )
    return "\n".join(lines)


def grown(kind: str, rows: int) -> Any:
    """The figures of a kind for each part of `rows`; its table is printed."""
    found: list[Any] = []
    for part in STEPS:
        count = max(rows // part, 100)
        with tempfile.TemporaryDirectory() as folder:
            at = Path(folder)
            if kind == PASSAGES:
                found.append(passages.measure(count, at, ROOT, environment(at)))
            else:
                found += measure(KINDS[kind], count, at)
    print(f"{kind}\n\n{passages.table(found) if kind == PASSAGES else table(found)}\n", flush=True)
    return found


def main() -> None:
    """Measure, print the tables, draw."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--passages", type=int, default=100_000)
    parser.add_argument("--kind", nargs="+", choices=(*KINDS, PASSAGES), default=[*KINDS, PASSAGES])
    parser.add_argument("--picture", type=Path, default=Path("growth.png"))
    parser.add_argument("--limit", type=int, default=2048, help="MiB a stage may need")
    parser.add_argument("--one", choices=(*STAGES, *passages.STEPS), help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    quiet_environment()
    if chosen.one in passages.STEPS:
        return passages.step(chosen.one, chosen.folder, chosen.rows)
    if chosen.one:
        return one(chosen.one)
    rows = {kind: chosen.passages if kind == PASSAGES else chosen.rows for kind in chosen.kind}
    found = {kind: grown(kind, count) for kind, count in rows.items()}
    growth.draw(found, chosen.limit, chosen.picture)
    print(f"picture: {chosen.picture}")
    peaks = [one.peak for figures in found.values() for one in figures]
    if max(peaks) > chosen.limit:
        raise SystemExit(f"a stage needs more than {chosen.limit:,} MiB")


if __name__ == "__main__":
    main()
