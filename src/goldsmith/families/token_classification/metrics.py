"""Entity scores: exact span and label, as seqeval counts in strict mode with IOB2."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np

from goldsmith.families.base import Example, Explanation
from goldsmith.families.scores import COUNTS, LabelCounts, by_length, precision_recall_f1, ratio
from goldsmith.records import TaggedTokens
from goldsmith.text import OUTSIDE, Span, bio_spans, label_of

LENGTHS = ((1, 20), (21, 40), (41, None))
MAX_ERRORS = 40


class TagScores(LabelCounts):
    """Columns are `label.tp`, `label.fp`, `label.fn`, and `words.correct`, `words.total`."""

    def aggregate(self, totals: np.ndarray) -> dict[str, np.ndarray]:
        """Precision, recall, F1 per label, micro, macro, weighted; word accuracy. (..., c) ->
        (...)."""
        micro = precision_recall_f1(*(cells.sum(-1) for cells in self.cells(totals)))
        correct, words = (
            totals[..., self.columns.index(f"words.{n}")] for n in ("correct", "total")
        )
        return {
            **{f"micro.{kind}": values for kind, values in micro.items()},
            **self.label_metrics(totals),
            "words.accuracy": ratio(correct, words),
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
    entities = np.array([count for _, count in sizes], dtype=int)
    return {
        "with entities": entities > 0,
        **by_length([size for size, _ in sizes], LENGTHS),
        "1 entity": entities == 1,
        "2 entities": entities == 2,
        "3+ entities": entities >= 3,
    }


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
