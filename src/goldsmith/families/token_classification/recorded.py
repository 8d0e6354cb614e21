"""Spans that any system gave, as tags: the inverse of the tagger's own answers."""

from collections.abc import Sequence
from typing import Any, TypeGuard

import numpy as np

from goldsmith.errors import near
from goldsmith.families.base import Recorded
from goldsmith.families.token_classification.runtime import TagPrediction
from goldsmith.records import TaggedTokens
from goldsmith.text import Span, join_words, label_of, spans_to_bio

NO_LIST = "answers that are no list of spans"
NO_SPAN = "spans without whole numbers `start` < `end` and a `label` (left out)"
BEYOND = "spans beyond the text, or of no word (left out)"
CUT = "spans that do not begin and end with a word (read as the words that they touch)"
OTHER_TEXT = "spans whose `text` is not what stands at their offsets (read by their offsets)"
OVERLAP = "spans that overlap an earlier one (left out)"
UNKNOWN = "spans with a label that the goldens do not have (false alarms)"

Fault = tuple[str, str]


def read_answer(record: TaggedTokens, answer: Any, labels: Sequence[str]) -> Recorded:
    """The tags of a list of spans `{start, end, label}`, half-open, in Unicode code points.

    Args:
        record: the words; offsets are over them joined by one space.
        answer: the list; None counts as an empty one.
        labels: tag names whose labels the goldens have.
    """
    text, offsets = join_words(record.tokens)
    known = {label for tag in labels if (label := label_of(tag))}
    spans: list[Span] = []
    faults: list[Fault] = []
    if not isinstance(answer, list):
        if answer is not None:
            faults.append((NO_LIST, f"{record.id}: {str(answer)[:40]}"))
        answer = []
    for one in answer:
        found = _words(one, text, offsets, faults, record.id)
        if found is None:
            continue
        if any(found.start < other.end and other.start < found.end for other in spans):
            faults.append((OVERLAP, f"{record.id}: {_shown(one)}"))
            continue
        if found.label not in known:
            faults.append((UNKNOWN, f"{found.label} ({near(found.label, known)})"))
        spans.append(found)
    return Recorded(_prediction(spans, len(record.tokens)), tuple(faults))


def _words(
    one: Any, text: str, offsets: Sequence[tuple[int, int]], faults: list[Fault], name: str
) -> Span | None:
    """A span of code points as one of words; None for one that cannot be used."""
    given: dict[str, Any] = one if isinstance(one, dict) else {}
    start, end, label = given.get("start"), given.get("end"), given.get("label")
    said = f"{name}: {_shown(one)}"
    if not (_whole(start) and _whole(end) and isinstance(label, str) and label and start < end):
        faults.append((NO_SPAN, said))
        return None
    touched = [place for place, (a, b) in enumerate(offsets) if a < end and start < b]
    if not touched or end > len(text):
        faults.append((BEYOND, said))
        return None
    exact = (offsets[touched[0]][0], offsets[touched[-1]][1]) == _stripped(text, start, end)
    if not exact:
        faults.append((CUT, said))
    if isinstance(given.get("text"), str) and given["text"].strip() != text[start:end].strip():
        faults.append((OTHER_TEXT, said))
    return Span(touched[0], touched[-1] + 1, label)


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    """The range without the spaces at its ends."""
    inner = text[start:end]
    return start + len(inner) - len(inner.lstrip(" ")), end - len(inner) + len(inner.rstrip(" "))


def _whole(value: Any) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _shown(one: Any) -> str:
    if not isinstance(one, dict):
        return str(one)[:40]
    return f"{one.get('start')} to {one.get('end')} {str(one.get('label'))[:40]}"


def _prediction(spans: Sequence[Span], length: int) -> TagPrediction:
    tags = spans_to_bio(spans, length)
    return TagPrediction(tags, [1.0] * length, np.zeros((length, 0), dtype=np.float32))
