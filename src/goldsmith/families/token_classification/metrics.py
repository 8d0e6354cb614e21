"""Entity scores: exact span and label, as seqeval counts in strict mode with IOB2."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np

from goldsmith.families.base import Example, Explanation
from goldsmith.families.scores import Scores
from goldsmith.records import TaggedTokens
from goldsmith.text import OUTSIDE, Span, bio_spans, label_of

COUNTS = ("tp", "fp", "fn")
LENGTHS = ((1, 20), (21, 40), (41, None))
MAX_ERRORS = 40


class TagScores(Scores):
    """Columns are `label.tp`, `label.fp`, `label.fn`, and `words.correct`, `words.total`."""

    @property
    def labels(self) -> list[str]:
        """The labels, in the order of the columns."""
        return [name.removesuffix(".tp") for name in self.columns if name.endswith(".tp")]

    def support(self) -> dict[str, int]:
        """Gold mentions by label."""
        totals = dict(zip(self.columns, self.counts.sum(axis=0).tolist(), strict=True))
        return {label: totals[f"{label}.tp"] + totals[f"{label}.fn"] for label in self.labels}

    def mistakes(self, totals: np.ndarray) -> dict[str, tuple[np.ndarray, np.ndarray]]:
        """Entities missed and found where none is, by label."""
        place = {name: column for column, name in enumerate(self.columns)}
        return {
            label: (totals[..., place[f"{label}.fn"]], totals[..., place[f"{label}.fp"]])
            for label in self.labels
        }

    def aggregate(self, totals: np.ndarray) -> dict[str, np.ndarray]:
        """Precision, recall, F1 per label, micro, macro, weighted; word accuracy. (..., c) ->
        (...)."""
        labels = self.labels
        tp, fp, fn = (  # each (..., labels)
            totals[..., [self.columns.index(f"{label}.{count}") for label in labels]].astype(float)
            for count in COUNTS
        )
        metrics = _prf("micro", tp.sum(-1), fp.sum(-1), fn.sum(-1))
        seen, support = (tp + fp + fn) > 0, tp + fn
        for kind, values in _prf("", tp, fp, fn).items():
            metrics[f"macro{kind}"] = _ratio((values * seen).sum(-1), seen.sum(-1))
            metrics[f"weighted{kind}"] = _ratio((values * support).sum(-1), support.sum(-1))
            metrics |= {f"label:{name}{kind}": values[..., i] for i, name in enumerate(labels)}
        correct, words = (
            totals[..., self.columns.index(f"words.{n}")] for n in ("correct", "total")
        )
        metrics["words.accuracy"] = _ratio(correct.astype(float), words)
        return metrics


def _ratio(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    """part / whole, 0 where whole is 0."""
    return np.divide(part, whole, out=np.zeros_like(part, dtype=float), where=np.asarray(whole) > 0)


def _prf(name: str, tp: np.ndarray, fp: np.ndarray, fn: np.ndarray) -> dict[str, np.ndarray]:
    return {
        f"{name}.precision": _ratio(tp, tp + fp),
        f"{name}.recall": _ratio(tp, tp + fn),
        f"{name}.f1": _ratio(2 * tp, 2 * tp + fp + fn),
    }


def score(
    goldens: Sequence[TaggedTokens], predictions: Sequence[Any], tags: Sequence[str]
) -> TagScores:
    """Count entities per record.

    Args:
        goldens: n records with gold tags.
        predictions: n predictions with `tags`, one a word.
        tags: tag names whose labels have columns even where nothing carries them.
    """
    found: list[tuple[TaggedTokens, set[Span], set[Span], int]] = []
    for gold, prediction in zip(goldens, predictions, strict=True):
        same = sum(a == b for a, b in zip(gold.tags, prediction.tags, strict=True))
        found.append((gold, set(bio_spans(gold.tags)), set(bio_spans(prediction.tags)), same))
    known = {label for tag in tags if (label := label_of(tag))}
    labels = sorted(known | {span.label for _, gold, guess, _ in found for span in gold | guess})
    columns = [f"{label}.{count}" for label in labels for count in COUNTS]
    counts = [
        [*_cells(gold, guess, labels), same, len(record.tokens)]
        for record, gold, guess, same in found
    ]
    return TagScores(
        [record.id for record, *_ in found],
        [record.document_id or record.id for record, *_ in found],
        [*columns, "words.correct", "words.total"],
        np.array(counts, dtype=np.int64).reshape(len(found), len(columns) + 2),
        _slices([(len(record.tokens), len(gold)) for record, gold, *_ in found]),
    )


def _cells(gold: set[Span], guess: set[Span], labels: list[str]) -> list[int]:
    hit, false, missed = (
        Counter(span.label for span in spans)
        for spans in (gold & guess, guess - gold, gold - guess)
    )
    return [count[label] for label in labels for count in (hit, false, missed)]


def _slices(sizes: list[tuple[int, int]]) -> dict[str, np.ndarray]:
    words = np.array([size for size, _ in sizes], dtype=int)
    entities = np.array([count for _, count in sizes], dtype=int)
    slices = {"with entities": entities > 0}
    for low, high in LENGTHS:
        name = f"{low}-{high} words" if high else f"{low}+ words"
        slices[name] = (words >= low) & (words <= (high or words.max(initial=low)))
    slices |= {"1 entity": entities == 1, "2 entities": entities == 2, "3+ entities": entities >= 3}
    return slices


def explain(goldens: Sequence[TaggedTokens], predictions: Sequence[Any]) -> Explanation:
    """Confusion by word, with O, and the records with most wrong words."""
    pairs: Counter[tuple[str, str]] = Counter()
    errors: list[tuple[int, Example]] = []
    for gold, prediction in zip(goldens, predictions, strict=True):
        words = [
            (word, label_of(right) or "", label_of(guess) or "")
            for word, right, guess in zip(gold.tokens, gold.tags, prediction.tags, strict=True)
        ]
        pairs.update((right or OUTSIDE, guess or OUTSIDE) for _, right, guess in words)
        if list(gold.tags) != list(prediction.tags):
            wrong = sum(right != guess for _, right, guess in words)
            errors.append((wrong, Example(gold.id, words)))
    labels = [*sorted({name for pair in pairs for name in pair} - {OUTSIDE}), OUTSIDE]
    confusion = np.array([[pairs[right, guess] for guess in labels] for right in labels])
    errors.sort(key=lambda item: -item[0])
    shown = [example for _, example in errors[:MAX_ERRORS]]
    return Explanation(labels, confusion, shown, counted="word")
