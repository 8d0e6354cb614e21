"""Gold answers as places in windows; light."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from goldsmith import bases
from goldsmith.families.extractive_qa.metrics import is_answerable
from goldsmith.families.extractive_qa.runtime import encoder_of
from goldsmith.families.extractive_qa.windows import NO_ANSWER, Context, Encoded, Window
from goldsmith.records import Answer, Question

RECORDS = 1000  # encoded at a time


def subwords_of(answer: Answer, context: Context) -> tuple[int, int] | None:
    """First and last of the context's subwords that an answer touches; None if it touches none."""
    start, end = answer.start, answer.start + len(answer.text)
    touched = np.flatnonzero((context.offsets[:, 0] < end) & (context.offsets[:, 1] > start))
    return (int(touched[0]), int(touched[-1])) if len(touched) else None


def places(found: tuple[int, int] | None, window: Window) -> tuple[int, int]:
    """Start and end of an answer among a window's subwords; both NO_ANSWER where it is not whole
    in it."""
    if found is None or found[0] < window.start or found[1] >= window.start + window.size:
        return NO_ANSWER, NO_ANSWER
    shift = window.first - window.start
    return found[0] + shift, found[1] + shift


def target(record: Question, encoded: Encoded) -> list[tuple[int, int]] | None:
    """Start and end in each window, of the first answer that is whole in one; None: it is lost.

    A question without an answer has NO_ANSWER in every window.
    """
    none = [(NO_ANSWER, NO_ANSWER)] * len(encoded.windows)
    if not is_answerable(record):
        return none
    for answer in record.answers:
        found = subwords_of(answer, encoded.context)
        here = [places(found, window) for window in encoded.windows]
        if here != none:
            return here
    return None


def lost(settings: Any, records: Sequence[Question]) -> list[int]:
    """1 for each record of which no answer is whole in a window."""
    result = [0] * len(records)
    # A subword is a byte at least: a record of few bytes is one window.
    room = settings.max_length - settings.max_question
    long = [
        place
        for place, one in enumerate(records)
        if len(one.context.encode()) > room - 4 and is_answerable(one)
    ]
    if not long:
        return result
    encoder = encoder_of(settings, bases.resolve(settings.base, settings.revision))
    for start in range(0, len(long), RECORDS):
        part = [records[place] for place in long[start : start + RECORDS]]
        encoded = encoder.encode([(one.question, one.context) for one in part])
        for place, one, found in zip(long[start:], part, encoded, strict=False):
            result[place] = int(target(one, found) is None)
    return result
