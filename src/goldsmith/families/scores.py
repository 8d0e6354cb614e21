"""Scores are counts per record, so that slices, pooling and bootstraps are sums."""

import json
from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

import numpy as np

COUNTS = ("tp", "fp", "fn")


@dataclass(frozen=True)
class Scores(ABC):
    """Counts of n records.

    Attributes:
        ids: record ids, n.
        documents: resampling units, n; a record without a document is its own.
        columns: names of the counts, c.
        counts: (n, c) int64.
        slices: name -> (n,) bool, the records of a named part.
    """

    ids: list[str]
    documents: list[str]
    columns: list[str]
    counts: np.ndarray
    slices: dict[str, np.ndarray] = field(default_factory=dict)

    @abstractmethod
    def aggregate(self, totals: np.ndarray) -> dict[str, np.ndarray]:
        """Metrics of summed counts: (..., c) -> name -> (...)."""

    @abstractmethod
    def support(self) -> dict[str, int]:
        """Gold mentions by label; empty where there are no labels."""

    def mistakes(self, totals: np.ndarray) -> dict[str, tuple[np.ndarray, np.ndarray]]:
        """Mistakes of summed counts: (..., c) -> label -> (misses (...), false alarms (...)).

        Empty where a family does not count them by label: it has no costs then.
        """
        return {}

    def metrics(self, rows: np.ndarray | None = None) -> dict[str, float]:
        """Metrics over all records, or over those of a boolean mask."""
        totals = (self.counts if rows is None else self.counts[rows]).sum(axis=0)
        return {name: float(value) for name, value in self.aggregate(totals).items()}

    def only(self, rows: np.ndarray) -> Self:
        """The scores of the records of a boolean mask."""
        keep = np.flatnonzero(rows)
        slices = {name: member[keep] for name, member in self.slices.items()}
        ids, documents = ([names[row] for row in keep] for names in (self.ids, self.documents))
        return type(self)(ids, documents, self.columns, self.counts[keep], slices)

    def widened(self, columns: list[str]) -> Self:
        """The same scores with these columns; one that was lacking is 0."""
        wide = self._widened(columns)
        return type(self)(self.ids, self.documents, columns, wide, self.slices)

    def by_document(self) -> tuple[list[str], np.ndarray]:
        """Counts summed by document: names (d) in order of appearance, (d, c)."""
        names = list(dict.fromkeys(self.documents))
        place = {name: row for row, name in enumerate(names)}
        sums = np.zeros((len(names), len(self.columns)), dtype=np.int64)
        np.add.at(sums, [place[name] for name in self.documents], self.counts)
        return names, sums

    @classmethod
    def pooled(cls, parts: Sequence[Self]) -> Self:
        """The scores of several disjoint sets of records as one; a column one lacks is 0 there."""
        columns = list(dict.fromkeys(name for part in parts for name in part.columns))
        return cls(
            [name for part in parts for name in part.ids],
            [name for part in parts for name in part.documents],
            columns,
            np.concatenate([part._widened(columns) for part in parts]),
            {
                name: np.concatenate([part.slices[name] for part in parts])
                for name in parts[0].slices
            },
        )

    def _widened(self, columns: list[str]) -> np.ndarray:
        wide = np.zeros((len(self.ids), len(columns)), dtype=np.int64)
        wide[:, [columns.index(name) for name in self.columns]] = self.counts
        return wide

    def save(self, path: Path) -> None:
        """Write as JSON, a list of counts a record."""
        value: dict[str, Any] = {
            "columns": self.columns,
            "slices": sorted(self.slices),
            "records": [
                {"id": name, "document": document, "counts": counts, "slices": member}
                for name, document, counts, member in zip(
                    self.ids, self.documents, self.counts.tolist(), self._membership(), strict=True
                )
            ],
        }
        path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")

    def _membership(self) -> list[list[int]]:
        masks = [self.slices[name] for name in sorted(self.slices)]
        return [[int(mask[row]) for mask in masks] for row in range(len(self.ids))]

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read what `save` wrote."""
        value = json.loads(path.read_text(encoding="utf-8"))
        rows = value["records"]
        width = len(value["columns"])
        counts = np.array([row["counts"] for row in rows], dtype=np.int64).reshape(-1, width)
        member = np.array([row["slices"] for row in rows], dtype=bool)
        member = member.reshape(len(rows), len(value["slices"]))
        slices = {name: member[:, place] for place, name in enumerate(value["slices"])}
        return cls(
            [row["id"] for row in rows],
            [row["document"] for row in rows],
            value["columns"],
            counts,
            slices,
        )


class LabelCounts(Scores):
    """Scores whose columns are `LABEL.tp`, `LABEL.fp`, `LABEL.fn` a label, and others behind."""

    @property
    def labels(self) -> list[str]:
        """The labels, in the order of the columns."""
        return [name.removesuffix(".tp") for name in self.columns if name.endswith(".tp")]

    def support(self) -> dict[str, int]:
        """Gold mentions by label."""
        totals = dict(zip(self.columns, self.counts.sum(axis=0).tolist(), strict=True))
        return {label: totals[f"{label}.tp"] + totals[f"{label}.fn"] for label in self.labels}

    def mistakes(self, totals: np.ndarray) -> dict[str, tuple[np.ndarray, np.ndarray]]:
        """What is missed of a label, and what is given it wrongly."""
        _, fp, fn = self.cells(totals)
        return {label: (fn[..., i], fp[..., i]) for i, label in enumerate(self.labels)}

    def cells(self, totals: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """True positives, false positives, false negatives: (..., c) -> (..., labels) each."""
        place = {name: column for column, name in enumerate(self.columns)}
        labels = self.labels
        tp, fp, fn = (
            totals[..., [place[f"{label}.{count}"] for label in labels]] for count in COUNTS
        )
        return tp, fp, fn

    def label_metrics(self, totals: np.ndarray) -> dict[str, np.ndarray]:
        """Precision, recall and F1 per label, macro and weighted. (..., c) -> name -> (...).

        Macro is over the labels that occur in gold or prediction, as scikit-learn has it.
        """
        tp, fp, fn = self.cells(totals)
        seen, support = (tp + fp + fn) > 0, tp + fn
        metrics: dict[str, np.ndarray] = {}
        for kind, values in precision_recall_f1(tp, fp, fn).items():
            metrics[f"macro.{kind}"] = ratio((values * seen).sum(-1), seen.sum(-1))
            metrics[f"weighted.{kind}"] = ratio((values * support).sum(-1), support.sum(-1))
            metrics |= {
                f"label:{name}.{kind}": values[..., i] for i, name in enumerate(self.labels)
            }
        return metrics


def ratio(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    """part / whole, 0 where whole is 0."""
    out = np.zeros_like(part, dtype=float)
    return np.divide(part, whole, out=out, where=np.asarray(whole) > 0)


def precision_recall_f1(tp: np.ndarray, fp: np.ndarray, fn: np.ndarray) -> dict[str, np.ndarray]:
    """The three of counts of one shape; 0 where nothing is to be found."""
    return {
        "precision": ratio(tp, tp + fp),
        "recall": ratio(tp, tp + fn),
        "f1": ratio(2 * tp, 2 * tp + fp + fn),
    }


def by_length(
    words: Sequence[int], lengths: Sequence[tuple[int, int | None]], of: str = ""
) -> dict[str, np.ndarray]:
    """(n) bool by name, the records of each range of lengths.

    Args:
        words: n numbers of words.
        lengths: least and most of each range; None: any more.
        of: what has the words, before the range's name.
    """
    sizes = np.array(words, dtype=int)
    named = [(f"{low}-{high}" if high else f"{low}+", low, high) for low, high in lengths]
    return {
        f"{of}{name} words": (sizes >= low) & (sizes <= (high or sizes.max(initial=low)))
        for name, low, high in named
    }


def split_name(metric: str) -> tuple[str, str]:
    """The label and the kind of a metric's name; an empty label for an overall one.

    >>> split_name("label:Rate.f1"), split_name("micro.f1")
    (('Rate', 'f1'), ('', 'micro.f1'))
    """
    if not metric.startswith("label:"):
        return "", metric
    label, _, kind = metric.removeprefix("label:").rpartition(".")
    return label, kind


def beside(primary: str, metrics: Iterable[str]) -> list[str]:
    """The overall metrics of the primary one's group, itself among them, in their order.

    >>> beside("micro.f1", ["micro.recall", "micro.f1", "macro.f1"])
    ['micro.recall', 'micro.f1']
    >>> beside("accuracy", ["accuracy", "coverage", "macro.f1", "label:A.f1"])
    ['accuracy', 'coverage']
    """
    group = primary.rpartition(".")[0]
    overall = (name for name in metrics if not split_name(name)[0])
    return [name for name in overall if name.rpartition(".")[0] == group]


def label_kind(primary: str, metrics: Iterable[str]) -> str:
    """Which kind of a label's metrics is looked at first; empty where there are none.

    That of the primary metric, else F1, else the last.

    >>> label_kind("accuracy", ["accuracy", "label:A.precision", "label:A.f1", "label:A.share"])
    'f1'
    """
    kinds = [kind for label, kind in map(split_name, metrics) if label]
    wanted = (primary.rpartition(".")[2], "f1", *kinds[-1:])
    return next((kind for kind in wanted if kind in kinds), "")
