"""Sentences whose names know their tags, and what generators of such sentences share."""

from collections.abc import Sequence
from typing import NamedTuple

_NEAR = 0.75  # share of common pairs of words from which two sentences are too much alike


class Span(NamedTuple):
    """A name in a sentence: its tokens [start, end) and its tag."""

    start: int
    end: int
    tag: str


class Sentence(NamedTuple):
    """Tokens and the names among them, in order."""

    tokens: tuple[str, ...]
    names: tuple[Span, ...]


def forms(sentence: Sentence) -> set[str]:
    """The sentence, and what is left without one word or name where that is nearly all of it.

    Sentences that share a form are near-copies to the data contract.
    """
    words = [token.casefold() for token in sentence.tokens]
    found = {" ".join(words)}
    parts = [(place, place + 1) for place in range(len(words))]
    for start, end in parts + [(name.start, name.end) for name in sentence.names]:
        pairs = end - start + 1 - (start == 0) - (end == len(words))
        if (len(words) - 1 - pairs) / (len(words) - 1 + pairs) >= _NEAR:
            found.add(" ".join((*words[:start], "_", *words[end:])))
    return found


def bio(length: int, spans: Sequence[Span]) -> list[str]:
    """BIO tags of spans that do not overlap."""
    tags = ["O"] * length
    for span in spans:
        tags[span.start : span.end] = [f"B-{span.tag}"] + [f"I-{span.tag}"] * (
            span.end - span.start - 1
        )
    return tags
