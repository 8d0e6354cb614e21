"""How time and memory grow with the number of records, from raw files to what training reads.

    python -m benchmarks.scale [--rows 1000000] [--passages 100000]
                               [--kind texts sentences passages] [--pictures FOLDER]

Generated records, a hundredth of `--rows`, a tenth and all of them, go through load (the snapshot
included), validate_raw, prepare, validate_prepared and tokenise (what training keeps of every
training record), each stage in a process of its own. `texts` are labelled texts of about 40 words,
`sentences` tagged sentences as long as FiNER-139's, of which `--rows 1100000` is its size. Prints a
table a kind: the records that the stage read, seconds, records a second, and the peak memory of the
process, libraries included. `passages`, a hundredth of `--passages`, a tenth and all, are indexed and
then queried one by one: see `benchmarks.passages`. What is printed is drawn on logarithmic axes, too,
in `growth-KIND.png`. Ends with status 1 where a stage, or who answers, needs more than `--limit`.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks import growth, passages
from benchmarks.generated import KINDS, Kind
from goldsmith import processor
from goldsmith.settings import cores, quiet_environment

ROOT = Path(__file__).resolve().parents[1]
STEPS = (100, 10, 1)  # parts of --rows
FEWEST = 100  # records
NAME = "scale"
STAGES = ("load", "validate_raw", "prepare", "validate_prepared", "tokenise")
PASSAGES = "passages"  # they are indexed and queried, not prepared


class Figure(NamedTuple):
    """What a stage took on some records.

    Attributes:
        rows: raw records.
        stage: its name.
        records: those that it read.
        seconds: of the stage alone; of load with the snapshot.
        peak: MiB of the process, libraries included.
    """

    rows: int
    stage: str
    records: int
    seconds: float
    peak: float


def use_case(kind: Kind) -> str:
    """The YAML of the use case that reads the generated file."""
    source = {"kind": "files", "path": "raw", "reader": {"format": kind.format}}
    model = {"family": kind.family, "base": "packaged:minilm"}
    demo = {"demo": {"source": source}}
    return json.dumps({"title": "Growth", "seed": 13, "model": model, "profiles": demo})


class Work(NamedTuple):
    """What is measured.

    Attributes:
        do: makes it, and nothing that it is made from.
        records: that it reads; None: all.
    """

    do: Callable[[], Any]
    records: int | None = None


def work(name: str, config: Any) -> Work:
    """A stage whose inputs are made already; load takes its snapshot itself."""
    if name == "tokenise":
        return tokenise(config)
    return Work(partial(made, name, config) if name == "load" else ready(name, config))


def ready(name: str, config: Any) -> Callable[[], Any]:
    """Makes a stage's artifact; those before it are taken from the store, or made, now."""
    from goldsmith import pipeline

    inputs = {
        read: pipeline.raw(config).folder if read == pipeline.RAW else made(read, config).folder
        for read in pipeline.stage(name).reads
    }
    return partial(pipeline.make_stage, name, config, inputs)


def made(name: str, config: Any) -> Any:
    """A stage's artifact, made with all before it."""
    return ready(name, config)()


def tokenise(config: Any) -> Work:
    """Makes what training keeps of the training records; what it imports is imported."""
    from goldsmith import bases
    from goldsmith.prepared import FINAL, Prepared
    from goldsmith.splits import TRAIN

    family, base = config.model, bases.resolve(config.model.base)
    data = Prepared(made("prepare", config).folder)
    count: int = data.counts["in_training"][TRAIN]
    if family.family == "token_classification":
        from goldsmith.families.token_classification.training.examples import Examples

        encoder = family.encoder(base)
        rule = family.label_subwords
        return Work(lambda: Examples(data.training(FINAL), encoder, data.labels, rule), count)
    from goldsmith.families.onnx import TOKENIZER_FILE
    from goldsmith.families.sequence_classification.runtime import Encoder

    texts = Encoder(base / TOKENIZER_FILE, family.max_length, 0)
    return Work(lambda: texts.encode(record.text for record in data.training(FINAL)), count)


def one(name: str) -> None:
    """Measure a stage in this process, whose working directory holds the use case; prints JSON."""
    import great_expectations  # noqa: F401  its import is not what is measured

    from goldsmith import config

    loaded = config.load(NAME)
    measured = work(name, loaded)
    started = time.perf_counter()
    kept = measured.do()  # as training holds on to it
    seconds = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    print(json.dumps({"seconds": seconds, "peak": peak, "records": measured.records}))
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
        found.append(Figure(rows, name, said["records"] or rows, said["seconds"], said["peak"]))
    return found


def table(figures: Sequence[Figure]) -> str:
    """The figures as Markdown, a row a stage and number of records."""
    lines = ["| stage | records | seconds | records/s | peak MiB |", "|---|---:|---:|---:|---:|"]
    for name in STAGES:
        for one in (found for found in figures if found.stage == name):
            lines.append(
                f"| {name} | {one.records:,} | {one.seconds:.1f} "
                f"| {one.records / one.seconds:,.0f} | {one.peak:,.0f} |"
            )
    return "\n".join(lines)


def grown(kind: str, rows: int) -> Any:
    """The figures of a kind for each part of `rows`; its table is printed."""
    found: list[Any] = []
    for count in sorted({max(rows // part, FEWEST) for part in STEPS}):
        with tempfile.TemporaryDirectory() as folder:
            at = Path(folder)
            if kind == PASSAGES:
                found.append(passages.measure(count, at, ROOT, environment(at)))
            else:
                found += measure(KINDS[kind], count, at)
    print(f"{kind}\n\n{passages.table(found) if kind == PASSAGES else table(found)}\n", flush=True)
    return found


def most(found: Mapping[str, Sequence[Any]]) -> float:
    """MiB of the largest process, of those that answer queries too."""
    every = [one for figures in found.values() for one in figures]
    return max(max(one.peak, getattr(one, "serving", 0.0)) for one in every)


def main() -> None:
    """Measure, print the tables, draw."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0], allow_abbrev=False)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--passages", type=int, default=100_000)
    parser.add_argument("--kind", nargs="+", choices=(*KINDS, PASSAGES), default=[*KINDS, PASSAGES])
    parser.add_argument("--pictures", type=Path, default=Path(), help="folder that takes them")
    parser.add_argument("--limit", type=int, default=2048, help="MiB a process may need")
    parser.add_argument("--one", choices=(*STAGES, *passages.STEPS), help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    quiet_environment()
    if chosen.one in passages.STEPS:
        return passages.step(chosen.one, chosen.folder, chosen.rows)
    if chosen.one:
        return one(chosen.one)
    print(f"{processor.name()}, cores: {cores()}\n", flush=True)
    rows = {kind: chosen.passages if kind == PASSAGES else chosen.rows for kind in chosen.kind}
    found = {kind: grown(kind, count) for kind, count in rows.items()}
    for kind, figures in found.items():
        file = chosen.pictures / f"growth-{kind}.png"
        growth.draw(kind, figures, chosen.limit, file)
        print(f"picture: {file}")
    if most(found) > chosen.limit:
        raise SystemExit(f"a process needs more than {chosen.limit:,} MiB")


if __name__ == "__main__":
    main()
