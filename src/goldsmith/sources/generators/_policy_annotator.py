"""Annotates questions as people do: mostly right, now and then with a slip."""

import re
from collections.abc import Mapping
from random import Random
from typing import Any

from goldsmith.sources.generators._policy_sections import Asked
from goldsmith.sources.generators._policy_writer import Span

_NEXT_WORD = re.compile(r"[^\w\n]{0,2}\w+")


def answers(
    asked: Asked, context: str, noise: float, weights: Mapping[str, float], draw: Random
) -> list[dict[str, Any]]:
    """Return the answers of an annotator who errs on a share `noise` of the questions.

    Args:
        weights: of the slips `missed`, `neighbour` and `boundary`. On a question without an
            answer the slip is always that of the neighbour.
    """
    spans = asked.answers
    if draw.random() < noise:
        spans = _slip(asked, context, weights, draw)
    return [{"text": context[start:end], "answer_start": start} for start, end in spans]


def _slip(
    asked: Asked, context: str, weights: Mapping[str, float], draw: Random
) -> tuple[Span, ...]:
    if not asked.answers:
        return (draw.choice(asked.others),)
    moved = _moved(asked.answers, context)
    possible = {
        "missed": weights["missed"],
        "neighbour": weights["neighbour"] * bool(asked.others),
        "boundary": weights["boundary"] * bool(moved),
    }
    slip = draw.choices(list(possible), list(possible.values()))[0]
    if slip == "neighbour":
        return (draw.choice(asked.others),)
    return (draw.choice(moved),) if slip == "boundary" else ()


def _moved(right: tuple[Span, ...], context: str) -> list[Span]:
    """The spans that begin or end a word too soon or too late."""
    start, end = right[0]
    words = context[start:end].split(" ")
    found = []
    if len(words) > 2:
        found = [Span(start + len(words[0]) + 1, end), Span(start, end - len(words[-1]) - 1)]
    after = _NEXT_WORD.match(context, end)
    if after:
        found.append(Span(start, after.end()))
    return [span for span in found if span not in right]
