"""What validating and preparing cost, beside the same checks row by row and in pandas.

    python -m benchmarks.data [--rows 10000 100000 1000000] [--repeat 3]

Prints a table: median seconds, rows a second and peak memory of each side, every measurement in a
process of its own, sides alternating. Libraries are imported before the clock starts. `contract`
is all that Goldsmith does before training: raw validation, prepare, prepared validation, with
MinHash across splits. The other sides do the raw record checks alone, `checks` is ours of that.
"""

import argparse
import hashlib
import json
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from goldsmith.config.sections import Prepare, Splits, Validation
from goldsmith.records import arrow_schema
from goldsmith.settings import quiet_environment
from goldsmith.text import is_tag, normalise
from goldsmith.validation.profile.texts import PATTERNS

KIND = "tagged_tokens"
WORDS = 25
LABELS = ("Rate", "Amount", "Name", "Place")


def write_goldens(folder: Path, rows: int) -> None:
    """`records.parquet` of sentences of about 25 words with two entities each."""
    random = np.random.default_rng(rows)
    words = np.array([f"word{number}" for number in range(20_000)])
    tags = np.array(["O"] + [f"B-{label}" for label in LABELS])
    schema = arrow_schema(KIND)
    with pq.ParquetWriter(folder / "records.parquet", schema) as writer:
        for start in range(0, rows, 50_000):
            count = min(50_000, rows - start)
            sizes = random.integers(10, 2 * WORDS - 10, count)
            offsets = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int32)
            tokens = words[random.integers(0, len(words), offsets[-1])]
            coded = np.zeros(offsets[-1], dtype=np.int64)
            for _ in range(2):
                coded[offsets[:-1] + random.integers(0, 10, count)] = random.integers(1, 5, count)
            numbers = range(start, start + count)
            writer.write_table(
                pa.table(
                    [
                        pa.array([f"r{number}" for number in numbers]),
                        pa.array([f"d{number // 5}" for number in numbers]),
                        pa.ListArray.from_arrays(offsets, pa.array(tokens.tolist(), pa.string())),
                        pa.ListArray.from_arrays(offsets, pa.array(tags[coded].tolist())),
                        pa.array([""] * count),
                    ],
                    schema=schema,
                )
            )


def contract_side(folder: Path) -> Callable[[], Any]:
    """Everything before training."""
    import great_expectations  # noqa: F401  its import is not what is measured

    from goldsmith.prepare import prepare
    from goldsmith.validation.contract import check_prepared

    checks = checks_side(folder)

    def work() -> None:
        checks()
        out = folder / "prepared"
        out.mkdir(exist_ok=True)
        prepare(KIND, folder / "records.parquet", Prepare(), Splits(), out)
        check_prepared(KIND, out / "records.parquet", 0, LABELS, Validation())

    return work


def checks_side(folder: Path) -> Callable[[], Any]:
    """Our raw record checks."""
    import great_expectations  # noqa: F401

    from goldsmith.validation.contract import check_raw

    return lambda: check_raw(KIND, folder, Validation())


def _in_python(pattern: str) -> re.Pattern[str]:
    """A pattern of ours, written for RE2, as Python's `re` takes it."""
    for ours, theirs in (
        (r"\s\p{Ll}", r"\sa-zß-ÿ"),
        (r"\p{Ll}", "[a-zß-ÿ]"),
        (r"\p{L}", r"[^\W\d_]"),
    ):
        pattern = pattern.replace(ours, theirs)
    return re.compile(pattern)


_COMPILED = {name: _in_python(pattern) for name, pattern in PATTERNS.items()}


def check_row(row: dict[str, Any]) -> dict[str, Any]:
    """The record checks on one row, in plain Python."""
    text = " ".join(row["tokens"])
    previous, dangling = "O", False
    for tag in row["tags"]:
        dangling |= tag.startswith("I-") and previous[2:] != tag[2:]
        previous = tag
    found = {name: bool(pattern.search(text)) for name, pattern in _COMPILED.items()}
    return found | {
        "equal_lengths": len(row["tokens"]) != len(row["tags"]),
        "legal_tags": not all(map(is_tag, row["tags"])),
        "dangling_inside": dangling,
        "empty_tokens": not all(token.strip() for token in row["tokens"]),
        "empty_text": not text.strip(),
        "oversized_text": len(text) > 100_000 or len(row["tokens"]) > 2000,
        "text_key": hashlib.blake2b(normalise(text).encode(), digest_size=8).hexdigest(),
        "target_key": " ".join(row["tags"]),
    }


def _decide(frame: Any) -> None:
    frame["duplicates"] = frame.duplicated(["text_key", "target_key"])
    frame["conflicts"] = frame.groupby("text_key")["target_key"].transform("nunique") > 1
    frame["unique_ids"] = frame["id"].duplicated()
    assert not frame.drop(columns=["id", "text_key", "target_key"]).any(axis=None)


def map_side(folder: Path) -> Callable[[], Any]:
    """`datasets.map` over the rows, then pandas for what takes the whole set."""
    import datasets

    datasets.disable_progress_bars()

    def work() -> None:
        with tempfile.TemporaryDirectory() as cache:
            data = datasets.Dataset.from_parquet(str(folder / "records.parquet"), cache_dir=cache)
            old = [name for name in data.column_names if name != "id"]
            _decide(data.map(check_row, remove_columns=old).to_pandas())

    return work


def pandas_side(folder: Path) -> Callable[[], Any]:
    """A pandas frame of the records, checked by apply."""
    import pandas as pd

    def work() -> None:
        frame = pd.read_parquet(folder / "records.parquet")
        rows = frame.apply(lambda row: check_row({"tokens": row.tokens, "tags": row.tags}), axis=1)
        _decide(pd.DataFrame(rows.tolist()).assign(id=frame["id"]))

    return work


SIDES = {
    "contract": contract_side,
    "checks": checks_side,
    "datasets.map": map_side,
    "pandas": pandas_side,
}


def measure(side: str, folder: Path) -> dict[str, float]:
    """Seconds and peak MiB of one side in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.data", "--one", side, str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{side} failed:\n{done.stderr[-2000:]}")
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def one(side: str, folder: Path) -> None:
    """Measure here, and print JSON."""
    work = SIDES[side](folder)
    started = time.perf_counter()
    work()
    seconds = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    print(json.dumps({"seconds": seconds, "peak": peak}))


def main() -> None:
    """Measure every side at every size, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--one", nargs=2, metavar=("SIDE", "FOLDER"), help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    quiet_environment()
    if chosen.one:
        one(chosen.one[0], Path(chosen.one[1]))
        return
    print("| records | side | seconds | records/s | peak MiB |\n|---|---|---|---|---|")
    for rows in chosen.rows:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            write_goldens(folder, rows)
            runs = [{side: measure(side, folder) for side in SIDES} for _ in range(chosen.repeat)]
            for side in SIDES:
                seconds = statistics.median(run[side]["seconds"] for run in runs)
                peak = max(run[side]["peak"] for run in runs)
                print(
                    f"| {rows:,} | {side} | {seconds:.1f} | {rows / seconds:,.0f} | {peak:,.0f} |",
                    flush=True,
                )


if __name__ == "__main__":
    main()
