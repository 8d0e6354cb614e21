"""The yardstick: hand-written regular expressions over the words joined by one space."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from goldsmith.config.sections import Pattern
from goldsmith.families.token_classification.runtime import TagPrediction, answers
from goldsmith.records import TaggedTokens
from goldsmith.text import OUTSIDE, join_words


class PatternTagger:
    """Tags the words under group `value` of each match; an earlier rule's words stay its own."""

    def __init__(self, patterns: Sequence[Pattern]) -> None:
        self._rules = [(rule.label, re.compile(rule.pattern, re.IGNORECASE)) for rule in patterns]

    def predict(self, records: Sequence[TaggedTokens], batch_size: int = 32) -> list[TagPrediction]:
        """One tag a word."""
        return [self._tag(record.tokens) for record in records]

    def answer(self, inputs: Sequence[Mapping[str, Any]]) -> list[list[dict[str, Any]]]:
        """Spans for text or tokens."""
        return answers(self, inputs)

    def _tag(self, tokens: Sequence[str]) -> TagPrediction:
        text, offsets = join_words(tokens)
        tags = [OUTSIDE] * len(tokens)
        for label, pattern in self._rules:
            for match in pattern.finditer(text):
                start, end = match.span("value")
                places = [i for i, (a, b) in enumerate(offsets) if a < end and b > start]
                if places and all(tags[place] == OUTSIDE for place in places):
                    tags[places[0]] = f"B-{label}"
                    for place in places[1:]:
                        tags[place] = f"I-{label}"
        return TagPrediction(tags, [1.0] * len(tokens), np.zeros((len(tokens), 0)))
