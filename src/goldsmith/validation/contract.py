"""The data contract of a whole data set: raw records as they came, prepared records as trained on."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from goldsmith import columns
from goldsmith.config.checks import checks_of
from goldsmith.config.sections import Validation as Bounds
from goldsmith.prepared import TEXT_KEY
from goldsmith.splits import TRAIN
from goldsmith.validation import suites
from goldsmith.validation.checking import Validation, result, run_suite
from goldsmith.validation.near import near_copies
from goldsmith.validation.profile import profile_records
from goldsmith.validation.profile.labels import has_label
from goldsmith.validation.profile.queries import profile_corpus

PROFILE_FILE = "profile.parquet"
USUAL_SUPPORT = (5, 1)  # mentions in training and in test of a label that no use case speaks of
CORPUS_CHECKS = ("unique_documents", "empty_documents")


def check_raw(kind: str, folder: Path, bounds: Bounds) -> tuple[Validation, Any]:
    """Hold loaded records to the contract.

    Args:
        kind: the record type.
        folder: with `records.parquet`, and `corpus.parquet` for queries.
        bounds: the use case's section `validation`.

    Returns:
        the result, and the profile (a pyarrow.Table) that it was taken on.
    """
    table = profile_records(kind, folder, bounds)
    names = [name for name in checks_of(kind, "raw") if name in table.column_names]
    frame = _frame(table)
    measured = ["text_key", "target_key", "n_chars", "n_tokens", "n_targets"]
    checks = run_suite(
        frame, [*suites.whole_table([*measured, *names], bounds), *suites.flags(names, bounds)]
    )
    corpus = folder / "corpus.parquet"
    if corpus.is_file():
        documents = profile_corpus(corpus).to_pandas()
        checks += run_suite(documents, suites.flags(list(CORPUS_CHECKS), bounds))
    return result("validate_raw", table.num_rows, checks), table


def _frame(table: Any) -> Any:
    import pandas as pd

    kept = [name for name in table.column_names if name != "labels"]
    return table.select(kept).to_pandas(types_mapper={_string(): pd.StringDtype("pyarrow")}.get)


def _string() -> Any:
    import pyarrow as pa

    return pa.string()


@dataclass(frozen=True)
class PreparedTable:
    """What the contract asks of prepared records, n rows.

    Attributes:
        ids: n strings.
        parts: (n) the split of each record, or its fold.
        folds: number of folds; 0: parts are splits.
        texts: n strings, folded.
        sizes: (n) characters of the texts as they are.
        text_key: (n) hashes of the texts.
        labels: n lists of strings.
    """

    ids: Any
    parts: np.ndarray
    folds: int
    texts: Any
    sizes: np.ndarray
    text_key: np.ndarray
    labels: Any

    @classmethod
    def read(cls, kind: str, path: Path, folds: int) -> "PreparedTable":
        """From a prepared folder's `records.parquet`."""
        import pyarrow as pa
        import pyarrow.compute as pc

        names = ("ids", "parts", "texts", "sizes", "labels", "keys")
        found: dict[str, list[Any]] = {name: [] for name in names}
        for batch in columns.batches(path, without=("raw_tags", "in_training")):
            found["ids"].append(columns.flat(batch.column("id")))
            name = "fold" if folds else "split"
            found["parts"].append(np.array(batch.column(name).to_pylist(), dtype=str))
            # All texts in one array may be more than the 2 GiB that 32-bit offsets reach.
            texts = columns.texts(kind, batch)
            found["texts"].append(columns.fold(texts).cast(pa.large_string()))
            found["sizes"].append(np.asarray(pc.utf8_length(texts)).astype(np.int64))
            found["keys"].append(np.asarray(batch.column(TEXT_KEY)))
            found["labels"].append(columns.labels(kind, batch))
        arrays = {name: pa.concat_arrays(found[name]) for name in ("ids", "texts", "labels")}
        parts, sizes, keys = (np.concatenate(found[name]) for name in ("parts", "sizes", "keys"))
        return cls(parts=parts, folds=folds, sizes=sizes, text_key=keys, **arrays)

    @property
    def training(self) -> np.ndarray:
        """(n) whether some model trains on a record; goldens kept apart are in no fold (-1)."""
        return self.parts != "-1" if self.folds else self.parts == TRAIN

    @property
    def heldout(self) -> np.ndarray:
        """(n) whether some model is chosen or judged on a record."""
        return np.ones(len(self.parts), dtype=bool) if self.folds else self.parts != TRAIN


def check_prepared(
    kind: str,
    path: Path,
    folds: int,
    names: Sequence[str],
    bounds: Bounds,
    lost: np.ndarray | None = None,
) -> tuple[Validation, dict[str, Any]]:
    """Hold prepared records to the contract.

    Args:
        kind: the record type.
        path: the prepared `records.parquet`.
        folds: number of folds; 0 for splits.
        names: every label that is to be learnt.
        bounds: the use case's section `validation`.
        lost: (n) whether a record has a target that the model's length cuts off.

    Returns:
        the result, and a summary (counts by label, records by length) to compare later data with.
    """
    import pandas as pd

    table = PreparedTable.read(kind, path, folds)
    support = _support(table, names)
    frame = pd.DataFrame({"id": table.ids.to_pandas(), **_leaks(table, bounds)})
    alone = [row.id for row in support.itertuples() if row.heldout_total and not row.train]
    frame["unknown_labels"] = has_label(table.labels, alone) & table.heldout
    frame["unknown_labels.seen"] = ", ".join(alone[:3])
    if lost is not None:
        frame["lost_spans"] = lost
    checks = run_suite(frame, suites.flags(list(frame.columns), bounds))
    if len(support):
        label_checks = _label_flags(support, folds, bounds)
        checks += run_suite(label_checks, suites.flags(list(label_checks.columns), bounds))
    summary = {"labels": columns.count(table.labels), "lengths": _lengths(table.sizes)}
    return result("validate_prepared", len(table.parts), checks), summary


def _support(table: PreparedTable, names: Sequence[str]) -> Any:
    """One row a label: mentions in training, in test, and held out; with folds, over all folds."""
    import pandas as pd
    import pyarrow as pa

    def mentions(wanted: np.ndarray) -> dict[str, int]:
        return columns.count(pa.chunked_array([table.labels.filter(pa.array(wanted))]))

    if table.folds:
        whole = mentions(table.training)
        by_fold = [mentions(table.parts == str(fold)) for fold in range(table.folds)]
        train = {name: whole[name] - max(found.get(name, 0) for found in by_fold) for name in whole}
        heldout = mentions(table.heldout)
        test, total = whole, heldout
    else:
        train, test = mentions(table.training), mentions(table.parts == "test")
        heldout, total = mentions(table.heldout), mentions(np.ones(len(table.parts), dtype=bool))
    rows = sorted({*names, *total})
    return pd.DataFrame(
        {
            "id": rows,
            "train": [train.get(name, 0) for name in rows],
            "test": [test.get(name, 0) for name in rows],
            "heldout_total": [heldout.get(name, 0) for name in rows],
            "total": [total.get(name, 0) for name in rows],
        }
    )


def _label_flags(support: Any, folds: int, bounds: Bounds) -> Any:
    train = support["total" if folds else "train"]
    flags = support[["id"]].copy()
    least = [bounds.min_train_support, bounds.min_test_support]
    least_train, least_test = (
        usual if stated is None else stated
        for stated, usual in zip(least, USUAL_SUPPORT, strict=True)
    )
    flags["train_support"] = train < least_train
    flags["train_support.seen"] = train
    flags["test_support"] = support["test"] < least_test
    flags["test_support.seen"] = support["test"]
    flags["imbalance"] = support["total"] * bounds.max_imbalance < support["total"].max()
    flags["imbalance.seen"] = support["total"]
    return flags


def _leaks(table: PreparedTable, bounds: Bounds) -> dict[str, np.ndarray]:
    """(n) flags leakage (equal texts in two parts) and near_duplicates, with whom."""
    import pandas as pd

    keys = table.text_key
    frame = pd.DataFrame({"key": keys, "part": pd.factorize(table.parts)[0]})
    leakage = np.zeros(len(frame), dtype=bool)
    twice = np.flatnonzero(frame["key"].duplicated(keep=False).to_numpy())
    if len(twice):
        parts = frame.iloc[twice].groupby("key")["part"].transform("nunique")
        leakage[twice] = parts.to_numpy() > 1
    near = np.zeros(len(frame), dtype=bool)
    seen = np.full(len(frame), "", dtype=object)
    ours, theirs = near_copies(
        table.texts, table.training, table.heldout, bounds.near_duplicate, frame["part"].to_numpy()
    )
    other = keys[ours] != keys[theirs]
    near[ours[other]] = True
    ids = table.ids
    for one, copy in list(zip(ours[other], theirs[other], strict=True))[:20]:
        seen[one] = f"{ids[int(one)]} is near {ids[int(copy)]}"
    return {"leakage": leakage, "near_duplicates": near, "near_duplicates.seen": seen}


def _lengths(sizes: np.ndarray) -> dict[str, int]:
    """Records by length: the power of two up to which their characters reach."""
    powers, found = np.unique(
        np.ceil(np.log2(np.maximum(sizes, 1))).astype(int), return_counts=True
    )
    return {str(2 ** int(power)): int(count) for power, count in zip(powers, found, strict=True)}
