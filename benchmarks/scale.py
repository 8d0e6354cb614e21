"""How time and memory grow with the number of records, from raw files to what training reads.

    python -m benchmarks.scale [--rows 1000000] [--kind texts sentences] [--picture growth.png]

Generated records, a hundredth of `--rows`, a tenth and all of them, go through load (the snapshot
included), validate_raw, prepare, validate_prepared and tokenise (what training keeps of every
training record), each stage in a process of its own. `texts` are labelled texts of about 40 words,
`sentences` tagged sentences as long as FiNER-139's, of which `--rows 1100000` is its size. Prints a
table a kind: seconds, records a second, and the peak memory of the process, libraries included. The
picture shows both on logarithmic axes. Ends with status 1 where a stage needs more than `--limit`.
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


def words() -> np.ndarray:
    """The plain English words of the packaged tokenizer: one subword each, as in real texts."""
    from goldsmith import bases

    file = bases.resolve("packaged:minilm") / bases.TOKENIZER
    vocabulary = json.loads(file.read_text(encoding="utf-8"))["model"]["vocab"]
    return np.array(sorted(one for one in vocabulary if one.isascii() and one.isalpha()))


def _drawn(random: np.random.Generator, known: np.ndarray, count: int) -> np.ndarray:
    """Words with the long tail that languages have: their ranks are spread evenly by logarithm."""
    return known[(len(known) ** random.random(count)).astype(np.int64) - 1]


def _sizes(random: np.random.Generator, mean: int, count: int) -> np.ndarray:
    """Lengths with a long tail around a mean: log-normal, sigma 0.5."""
    return np.maximum(random.lognormal(np.log(mean) - 0.125, 0.5, count), 5).astype(np.int64)


def write_texts(file: Path, rows: int) -> None:
    """Labelled texts; the first words hint at the label."""
    random, known = np.random.default_rng(rows), words()
    with file.open("w", encoding="utf-8") as stream:
        for start in range(0, rows, BLOCK):
            count = min(BLOCK, rows - start)
            ends = np.cumsum(_sizes(random, 40, count))
            drawn = _drawn(random, known, ends[-1])
            topics = random.integers(0, TOPICS, count)
            for place, own in enumerate(np.split(drawn, ends[:-1])):
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
            ends = np.cumsum(_sizes(random, 48, count))
            drawn = _drawn(random, known, ends[-1])
            for place, own in enumerate(np.split(drawn, ends[:-1])):
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
# Retrieval's passages take a table of their own: they are indexed and queried, not prepared.


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


def measure(kind: Kind, rows: int, folder: Path) -> list[Figure]:
    """Every stage on so many records, in an empty folder."""
    (folder / "use_cases").mkdir()
    (folder / "use_cases" / f"{NAME}.yaml").write_text(use_case(kind), encoding="utf-8")
    (folder / "raw").mkdir()
    kind.write(folder / "raw" / "all.jsonl", rows)
    places = [str(ROOT / "src"), str(ROOT), os.environ.get("PYTHONPATH", "")]
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(filter(None, places)),
        "GOLDSMITH_HOME": str(folder / ".goldsmith"),
        "GOLDSMITH_USE_CASES": str(folder / "use_cases"),
    }
    found = []
    for name in STAGES:
        command = [sys.executable, "-m", "benchmarks.scale", "--one", name]
        done = subprocess.run(
            command, capture_output=True, text=True, cwd=folder, env=environment, check=False
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


def draw(by_kind: dict[str, list[Figure]], limit: int, file: Path) -> None:
    """Seconds and peak memory by number of records, a column a kind, on logarithmic axes."""
    import matplotlib

    matplotlib.use("agg")
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(
        2, len(by_kind), figsize=(5 * len(by_kind), 7), squeeze=False, sharex="col"
    )
    for (kind, figures), (above, below) in zip(by_kind.items(), axes.T, strict=True):
        for name in STAGES:
            own = [found for found in figures if found.stage == name]
            rows = [found.rows for found in own]
            above.plot(rows, [found.seconds for found in own], marker="o", label=name)
            below.plot(rows, [found.peak for found in own], marker="o", label=name)
        below.axhline(limit, color="grey", linestyle="--", label="limit")
        above.set(title=kind, xscale="log", yscale="log", ylabel="seconds")
        below.set(xlabel="records", xscale="log", yscale="log", ylabel="peak memory, MiB")
        below.legend(fontsize="small")
    figure.tight_layout()
    figure.savefig(file, dpi=120)


def main() -> None:
    """Measure, print the tables, draw."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--kind", nargs="+", choices=KINDS, default=list(KINDS))
    parser.add_argument("--picture", type=Path, default=Path("growth.png"))
    parser.add_argument("--limit", type=int, default=2048, help="MiB a stage may need")
    parser.add_argument("--one", choices=STAGES, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    quiet_environment()
    if chosen.one:
        one(chosen.one)
        return
    found: dict[str, list[Figure]] = {}
    for kind in chosen.kind:
        found[kind] = []
        for part in STEPS:
            with tempfile.TemporaryDirectory() as folder:
                rows = max(chosen.rows // part, 100)
                found[kind] += measure(KINDS[kind], rows, Path(folder))
        print(f"{kind}\n\n{table(found[kind])}\n", flush=True)
    draw(found, chosen.limit, chosen.picture)
    print(f"picture: {chosen.picture}")
    if any(one.peak > chosen.limit for figures in found.values() for one in figures):
        raise SystemExit(f"a stage needs more than {chosen.limit:,} MiB")


if __name__ == "__main__":
    main()
