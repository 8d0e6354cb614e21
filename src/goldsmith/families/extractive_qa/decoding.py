"""Logits of windows to the best answers; light.

An answer's margin is its start logit plus its end logit, less those of "no answer" in the same
window: the log odds of the answer against none there. So margins of several windows compare, and
one threshold on them says when a question is left unanswered (the null score difference of the
SQuAD 2.0 script of Devlin et al. 2018, taken within each window).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple, Self

import numpy as np

from goldsmith.families.extractive_qa.windows import NO_ANSWER, Encoded, Window


class Span(NamedTuple):
    """A possible answer: `context[start:end] == text`; start is -1 for a text from elsewhere."""

    start: int
    end: int
    text: str
    margin: float


@dataclass(frozen=True)
class Rules:
    """What may be an answer: its most subwords, whether it ends where words end; how many."""

    max_answer: int
    align_to_words: bool
    alternatives: int


@dataclass(frozen=True)
class AnswerPrediction:
    """The answers to one question.

    Attributes:
        spans: the best ones, best first; empty where nothing can be an answer.
        threshold: margin above which the first is given; None: it always is.
        logits: (t, 2) start and end logits of all windows one after the other.
    """

    spans: list[Span]
    threshold: float | None
    logits: np.ndarray

    @property
    def answer(self) -> Span | None:
        """What is answered; None: the context has no answer."""
        if not self.spans or (self.threshold is not None and self.margin <= self.threshold):
            return None
        return self.spans[0]

    @property
    def text(self) -> str:
        """The answer's text; empty for none."""
        return self.answer.text if self.answer else ""

    @property
    def margin(self) -> float:
        """Of the best span; minus infinity without one."""
        return self.spans[0].margin if self.spans else -np.inf

    @property
    def decisions(self) -> list[str]:
        """Start and end, each a decision; both empty for no answer."""
        found = self.answer
        if found is None:
            return ["", ""]
        return [str(found.start), str(found.end)] if found.start >= 0 else [found.text] * 2

    def at(self, threshold: float | None) -> Self:
        """The same answers under another threshold."""
        return replace(self, threshold=threshold)


def decode(
    logits: Sequence[np.ndarray],
    encoded: Encoded,
    text: str,
    rules: Rules,
    threshold: float | None,
) -> AnswerPrediction:
    """The best answers over all windows of a question.

    Args:
        logits: (t, 2) of each window.
        encoded: the windows.
        text: the context.
        rules, threshold: of the model.
    """
    best: dict[tuple[int, int], float] = {}
    for window, values in zip(encoded.windows, logits, strict=True):
        for first, last, margin in _of_window(values, window, encoded, rules):
            place = _inner(
                text, encoded.context.offsets[first, 0], encoded.context.offsets[last, 1]
            )
            if place[0] < place[1]:
                best[place] = max(margin, best.get(place, -np.inf))
    ranked = sorted(best, key=lambda place: (-best[place], place))[: rules.alternatives]
    spans = [Span(start, end, text[start:end], best[start, end]) for start, end in ranked]
    return AnswerPrediction(spans, threshold, np.concatenate(logits))


def _of_window(
    logits: np.ndarray, window: Window, encoded: Encoded, rules: Rules
) -> list[tuple[int, int, float]]:
    """(first, last, margin) of the best answers of a window; places among the context's subwords.

    Every pair of the window is looked at: (size, max_answer) sums.
    """
    part = slice(window.start, window.start + window.size)
    context, inside = encoded.context, logits[window.first : window.first + window.size]
    seen = context.offsets[part, 0] < context.offsets[part, 1]
    begins, ends = seen, seen
    if rules.align_to_words:
        begins, ends = seen & context.begins[part], seen & context.ends[part]
    starts = np.where(begins, inside[:, 0].astype(np.float64), -np.inf)
    stops = np.where(ends, inside[:, 1].astype(np.float64), -np.inf)
    widest = min(rules.max_answer, window.size)
    if not widest:
        return []
    beyond = np.append(stops, np.full(widest - 1, -np.inf))
    sums = starts[:, None] + np.lib.stride_tricks.sliding_window_view(beyond, widest)
    flat = sums.ravel()
    count = min(rules.alternatives, len(flat))
    places = np.argpartition(-flat, count - 1)[:count]
    null = float(logits[NO_ANSWER].astype(np.float64).sum())
    return [
        (window.start + place // widest, window.start + place // widest + place % widest, margin)
        for place in places.tolist()
        if np.isfinite(margin := float(flat[place]) - null)
    ]


def _inner(text: str, start: int, end: int) -> tuple[int, int]:
    """The range without white space at its ends, which some tokenizers count to a word."""
    inner = text[start:end]
    left, right = len(inner) - len(inner.lstrip()), len(inner) - len(inner.rstrip())
    return int(start) + left, int(end) - right


def probabilities(prediction: AnswerPrediction) -> tuple[list[float], float]:
    """Softmax over the margins of the spans, and over the threshold as that of no answer."""
    none = -np.inf if prediction.threshold is None else prediction.threshold
    odds = np.array([*(span.margin for span in prediction.spans), none])
    if not np.isfinite(odds).any():
        return [], 1.0
    weights = np.exp(odds - odds.max())
    *found, rest = (weights / weights.sum()).tolist()
    return found, rest
