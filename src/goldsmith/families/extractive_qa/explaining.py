"""What the report shows of a reader: its wrong answers, and what its threshold costs; light."""

import re
from collections.abc import Sequence
from typing import Any

import numpy as np

from goldsmith.families.base import Example, Explanation, Table
from goldsmith.families.extractive_qa.metrics import figures, is_answerable
from goldsmith.records import Question

MAX_ERRORS = 40
AROUND = 12  # words shown on either side of an answer
MARK = "answer"
CUT = "…"
STEPS = 10  # rows of the threshold's table


def explain(goldens: Sequence[Question], predictions: Sequence[Any]) -> Explanation:
    """The worst answers in their contexts; figures with and without answer; the threshold."""
    pairs = list(zip(goldens, predictions, strict=True))
    # Of equally wrong answers the surest are the most telling.
    ranked = sorted(pairs, key=lambda pair: (figures(pair[0], pair[1].text)[1], -_sureness(*pair)))
    wrong = [pair for pair in ranked if not figures(pair[0], pair[1].text)[0]]
    return Explanation(
        [],
        np.zeros((0, 0), dtype=np.int64),
        [_example(*pair) for pair in wrong[:MAX_ERRORS]],
        [_by_kind(pairs), *_by_threshold(pairs)],
    )


def _sureness(record: Question, prediction: Any) -> float:
    """How far the margin lies from the threshold; 0 where there is none."""
    if prediction.threshold is None or not np.isfinite(prediction.margin):
        return 0.0
    return float(abs(prediction.margin - prediction.threshold))


def _example(record: Question, prediction: Any) -> Example:
    """The context around the gold answer and the given one; a question without an answer says so."""
    found = prediction.answer
    gold = _ranges([(one.start, one.start + len(one.text)) for one in record.answers[:1]])
    guess = _ranges([(found.start, found.end)] if found is not None else [])
    words = [
        (word.group(), MARK if _touches(word, gold) else "", MARK if _touches(word, guess) else "")
        for word in re.finditer(r"\S+", record.context)
    ]
    asked = record.question
    if not is_answerable(record):
        asked += " (the context has no answer)"
    elif found is None:
        asked += " (no answer was given)"
    elif found.start < 0:
        asked += f" (answered with a text of its own: {found.text[:80]!r})"
    return Example(record.id, _excerpt(words), asked)


def _ranges(ranges: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    return [(start, end) for start, end in ranges if start >= 0]


def _touches(word: "re.Match[str]", ranges: Sequence[tuple[int, int]]) -> bool:
    return any(word.start() < end and start < word.end() for start, end in ranges)


def _excerpt(words: Sequence[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    """The marked words and some around them; what is left out between them is one mark."""
    marked = [place for place, (_, gold, guess) in enumerate(words) if gold or guess]
    near = np.zeros(len(words), dtype=bool)
    for place in marked or [0]:
        near[max(0, place - AROUND) : place + AROUND + 1] = True
    found: list[tuple[str, str, str]] = []
    for word, kept in zip(words, near, strict=True):
        if kept:
            found.append(word)
        elif not found or found[-1][0] != CUT:
            found.append((CUT, "", ""))
    return found


def _by_kind(pairs: Sequence[tuple[Question, Any]]) -> Table:
    """Figures of the questions with an answer, and of those without."""
    rows: list[list[str | float | None]] = []
    for name, wanted in (("with an answer", True), ("without one", False)):
        some = [pair for pair in pairs if is_answerable(pair[0]) == wanted]
        if some:
            found = np.array([figures(record, one.text) for record, one in some], dtype=float)
            given = sum(one.answer is not None for _, one in some)
            em, f1 = found.mean(axis=0).tolist()
            rows.append([name, len(some), given, round(em, 4), round(f1, 4)])
    return Table(
        "Questions with and without an answer",
        ("questions", "number", "answered", "exact match", "F1"),
        rows,
        "No answer is right where the context has none, and wrong elsewhere.",
    )


def _by_threshold(pairs: Sequence[tuple[Question, Any]]) -> list[Table]:
    """What other thresholds would give on these questions; nothing where all have an answer."""
    some = [pair for pair in pairs if np.isfinite(pair[1].margin)]
    thresholds = {one.threshold for _, one in pairs} - {None}
    if not thresholds or all(is_answerable(record) for record, _ in some):
        return []
    margins = np.array([one.margin for _, one in some])
    cuts = np.quantile(margins, np.linspace(0, 1, STEPS)[:-1]).tolist()
    rows = [_row(pairs, cut, "") for cut in cuts]
    rows += [_row(pairs, float(cut), "chosen on validation") for cut in thresholds]
    rows.sort(key=lambda row: float(row[0] or 0.0))
    table = Table(
        "Threshold for no answer",
        ("threshold", "answered", "exact match", "F1", "accuracy without an answer", ""),
        rows,
        "A question is answered where the best answer's log odds against none are above the "
        "threshold. Only the chosen one is judged; the others show what it trades.",
    )
    return [table]


def _row(pairs: Sequence[tuple[Question, Any]], cut: float, words: str) -> list[str | float | None]:
    under = [(record, one.at(cut)) for record, one in pairs]
    found = np.array([figures(record, one.text) for record, one in under], dtype=float)
    without = [one.answer is None for record, one in under if not is_answerable(record)]
    given = sum(one.answer is not None for _, one in under) / len(under)
    em, f1 = found.mean(axis=0).tolist()
    right = sum(without) / len(without) if without else None
    figures_ = (given, em, f1, right)
    return [
        round(cut, 2), *(None if one is None else round(one, 4) for one in figures_), words
    ]  # fmt: skip
