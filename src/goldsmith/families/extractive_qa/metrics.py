"""Exact match and F1 as SQuAD's official script counts them (Rajpurkar et al. 2016 and 2018)."""

import re
import string
from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np

from goldsmith.families.scores import Scores, by_length, ratio
from goldsmith.records import Question

_PUNCTUATION = str.maketrans("", "", string.punctuation)
_ARTICLES = re.compile(r"\b(a|an|the)\b")
NO_ANSWER = "no_answer"  # the label, among `Prepared.labels`, of questions without an answer
MILLION = 1_000_000  # a record's F1 is kept in millionths, so that columns are whole numbers
LENGTHS = ((0, 100), (101, 200), (201, 400), (401, None))
ANSWERED = ("answered.records", "answered.em", "answered.f1")
UNANSWERED = ("unanswered.records", "unanswered.correct")


def normalised(text: str) -> str:
    """Lower case, without ASCII punctuation and articles, single blanks: evaluate-v2.0.py's.

    >>> normalised("The  U.S.-led (a) plan")
    'usled plan'
    """
    plain = text.lower().translate(_PUNCTUATION)
    return " ".join(_ARTICLES.sub(" ", plain).split())


def token_f1(gold: str, guess: str) -> float:
    """F1 of the words of two texts as bags; of two without words 1, of one 0."""
    ours, theirs = normalised(guess).split(), normalised(gold).split()
    if not ours or not theirs:
        return float(ours == theirs)
    same = sum((Counter(ours) & Counter(theirs)).values())
    return 2 * same / (len(ours) + len(theirs))


def golds(record: Question) -> list[str]:
    """The right texts: those of the answers that have words, else none at all, the empty one."""
    texts = [] if record.is_impossible else [answer.text for answer in record.answers]
    return [text for text in texts if normalised(text)] or [""]


def is_answerable(record: Question) -> bool:
    """Whether its context answers a question."""
    return golds(record) != [""]


def figures(record: Question, text: str) -> tuple[bool, float]:
    """Exact match and F1 of an answer, the best over the gold ones; an empty text is no answer."""
    right, guess = golds(record), normalised(text)
    exact = any(normalised(gold) == guess for gold in right)
    return exact, max(token_f1(gold, text) for gold in right)


class AnswerScores(Scores):
    """Counts of questions with and, where the goldens know such, without an answer.

    `answered.f1` is in millionths of a record.
    """

    def support(self) -> dict[str, int]:
        """Nothing: there are no labels."""
        return {}

    def aggregate(self, totals: np.ndarray) -> dict[str, np.ndarray]:
        """em and f1 over all; over those with an answer; accuracy on those without. (..., c) ->
        (...)."""
        at = {name: totals[..., place].astype(float) for place, name in enumerate(self.columns)}
        records, em, f1 = at[ANSWERED[0]], at[ANSWERED[1]], at[ANSWERED[2]] / MILLION
        apart = UNANSWERED[0] in at
        others, right = (at[name] if apart else np.zeros_like(records) for name in UNANSWERED)
        found = {
            "f1": ratio(f1 + right, records + others),
            "em": ratio(em + right, records + others),
            "answered.f1": ratio(f1, records),
            "answered.em": ratio(em, records),
        }
        return found | ({"unanswered.accuracy": ratio(right, others)} if apart else {})


def score(
    goldens: Sequence[Question], predictions: Sequence[Any], labels: Sequence[str]
) -> AnswerScores:
    """Count right answers per record.

    Args:
        goldens: n records.
        predictions: n predictions with `text`.
        labels: with `no_answer` there are columns for such questions even where none is among
            the goldens.
    """
    apart = NO_ANSWER in labels or any(not is_answerable(one) for one in goldens)
    columns = [*ANSWERED, *(UNANSWERED if apart else ())]
    counts = [
        _cells(gold, prediction.text, apart)
        for gold, prediction in zip(goldens, predictions, strict=True)
    ]
    return AnswerScores(
        [one.id for one in goldens],
        [one.document_id or one.id for one in goldens],
        columns,
        np.array(counts, dtype=np.int64).reshape(len(counts), len(columns)),
        by_length([len(one.context.split()) for one in goldens], LENGTHS, "context of "),
    )


def _cells(record: Question, text: str, apart: bool) -> list[int]:
    exact, f1 = figures(record, text)
    if is_answerable(record):
        return [1, int(exact), round(f1 * MILLION), *([0, 0] if apart else [])]
    return [0, 0, 0, 1, int(exact)]
