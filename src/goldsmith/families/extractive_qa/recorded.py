"""Answers that any system gave, as predictions: the inverse of the reader's own answers."""

from collections.abc import Mapping
from typing import Any, TypeGuard

import numpy as np

from goldsmith.families.base import Recorded
from goldsmith.families.extractive_qa.decoding import AnswerPrediction, Span
from goldsmith.records import Question

NO_ANSWERS = "answers that are neither a list of answers nor a text (read as no answer)"
NO_TEXT = "answers without a `text` and without whole numbers `start` < `end` (read as no answer)"
BEYOND = "answers that reach beyond the context (read by their `text`)"
OTHER_TEXT = "answers whose `text` is not what stands at their offsets (read by their offsets)"
NOT_THERE = "answers whose text does not stand in the context (scored as they are)"

ELSEWHERE = -1
Fault = tuple[str, str]


def read_answer(record: Question, answer: Any) -> Recorded:
    """The first of a list of `{start, end, text}`, or a text alone, as SQuAD's predictions are.

    Offsets are half-open, in Unicode code points. A text without offsets is looked for in the
    context. None, an empty list and an empty text are no answer.
    """
    faults: list[Fault] = []
    first: Any = answer
    if isinstance(answer, list):
        first = answer[0] if answer else None
    elif not isinstance(answer, str) and answer is not None:
        faults.append((NO_ANSWERS, f"{record.id}: {str(answer)[:40]}"))
        first = None
    if isinstance(first, str):
        first = {"text": first}
    span = None if first is None else _span(first, record, faults)
    logits = np.zeros((0, 2), dtype=np.float32)
    return Recorded(AnswerPrediction([span] if span else [], None, logits), tuple(faults))


def _span(first: Any, record: Question, faults: list[Fault]) -> Span | None:
    given: Mapping[str, Any] = first if isinstance(first, Mapping) else {}
    start, end, text = given.get("start"), given.get("end"), given.get("text")
    if text == "" and start is None and end is None:
        return None
    said = f"{record.id}: {str(first)[:40]}"
    if _whole(start) and _whole(end) and start < end:
        if end <= len(record.context):
            here = record.context[start:end]
            if isinstance(text, str) and text.strip() != here.strip():
                faults.append((OTHER_TEXT, said))
            return Span(start, end, here, 0.0)
        faults.append((BEYOND, said))
    if not isinstance(text, str):
        faults.append((NO_TEXT, said))
        return None
    return _found(text, record, faults, said)


def _found(text: str, record: Question, faults: list[Fault], said: str) -> Span | None:
    if not text.strip():
        return None
    place = record.context.find(text)
    if place < 0:
        faults.append((NOT_THERE, said))
        return Span(ELSEWHERE, ELSEWHERE, text, 0.0)
    return Span(place, place + len(text), text, 0.0)


def _whole(value: Any) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0
