"""Counts per document, so that clusters, intervals and comparisons are sums."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from goldsmith.extraction.matching import COMPARISONS, Judged
from goldsmith.families.scores import LabelCounts, precision_recall_f1, ratio

PRIMARY = "micro.f1"
NOTHING, OTHER_VALUE = "(nothing)", "(another value)"
_RIGHT, _ALL = "documents.right", "documents.all"


class FieldScores(LabelCounts):
    """Counts of n documents, by field: `FIELD.tp`, `.fp`, `.fn` under the field's own rule, and
    `FIELD.exact`, `.normalised`, `.edit`: right values under each comparison."""

    def aggregate(self, totals: np.ndarray) -> dict[str, np.ndarray]:
        """micro, macro, weighted and each field's precision, recall and F1; F1 by comparison; share
        of the documents in which all is right."""
        tp, fp, fn = self.cells(totals)
        place = {name: column for column, name in enumerate(self.columns)}
        micro = precision_recall_f1(tp.sum(-1), fp.sum(-1), fn.sum(-1))
        found = {f"micro.{name}": value for name, value in micro.items()}
        both = 2 * tp + fp + fn  # gold values and found values together
        by_label = self.label_metrics(totals)
        for name in COMPARISONS:
            hits = totals[..., [place[f"{label}.{name}"] for label in self.labels]]
            found[f"{name}.f1"] = ratio(2 * hits.sum(-1), both.sum(-1))
            each = ratio(2 * hits, both)
            by_label |= {
                f"label:{label}.{name}_f1": each[..., column]
                for column, label in enumerate(self.labels)
            }
        found["documents.accuracy"] = ratio(totals[..., place[_RIGHT]], totals[..., place[_ALL]])
        return found | by_label


def score(
    judged: Sequence[Judged], fields: Sequence[str], clusters: Mapping[str, str] | None = None
) -> FieldScores:
    """Counts of judged documents.

    Args:
        judged: n documents.
        fields: the fields that are counted.
        clusters: cluster by document id; documents without one are in none.
    """
    columns = [f"{field}.{count}" for field in fields
               for count in ("tp", "fp", "fn", *COMPARISONS)] + [_RIGHT, _ALL]  # fmt: skip
    counts = np.array([_counts(one, fields) for one in judged], dtype=np.int64)
    ids = [one.document_id for one in judged]
    return FieldScores(
        ids, ids, columns, counts.reshape(len(ids), len(columns)), _slices(ids, clusters or {})
    )


def _counts(one: Judged, fields: Sequence[str]) -> list[int]:
    cells: Counter[tuple[str, str]] = Counter()
    for outcome in one.outcomes:
        wrong = outcome.kind != "right"
        cells[outcome.field, "tp"] += not wrong
        cells[outcome.field, "fn"] += wrong and outcome.gold is not None
        cells[outcome.field, "fp"] += (
            wrong and outcome.found is not None and outcome.found.field == outcome.field
        )
    cells.update(one.hits)
    found = [cells[field, count] for field in fields for count in ("tp", "fp", "fn", *COMPARISONS)]
    return [*found, int(one.whole), 1]


def _slices(ids: Sequence[str], clusters: Mapping[str, str]) -> dict[str, np.ndarray]:
    names = sorted({clusters[one] for one in ids if one in clusters}, key=by_number)
    return {name: np.array([clusters.get(one) == name for one in ids]) for name in names}


def by_number(name: str) -> list[str | int]:
    """What names are sorted by, so that cluster 10 comes after cluster 2."""
    return [int(part) if part.isdecimal() else part for part in re.split(r"(\d+)", name)]


def confusion(judged: Iterable[Judged]) -> dict[str, dict[str, int]]:
    """Where the gold values of each field went: gold field -> field it was found as -> how many.

    Beside the fields there are two more columns: the field was found with another value, or nothing
    was found. A row `(nothing)` counts what was found where there is no gold value.
    """
    found: dict[str, Counter[str]] = {}
    for one in (outcome for document in judged for outcome in document.outcomes):
        row = one.field if one.gold else NOTHING
        column = {
            "right": one.field,
            "taken for another": one.taken_as,
            "missed": NOTHING,
            "wrong value": OTHER_VALUE,
            "false alarm": one.field,
        }[one.kind]
        found.setdefault(row, Counter())[column] += 1
    return {row: dict(cells) for row, cells in sorted(found.items())}
