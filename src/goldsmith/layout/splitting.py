"""Boxes that hold several words, such as whole lines, as a box a word."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from goldsmith.records import OcrPage
from goldsmith.text import split_words

Piece = tuple[int, int, tuple[float, ...]]
"""Of a word in a box's text: where it begins and ends (characters, half-open), and its own box."""


def pieces(text: str, box: Sequence[float]) -> Iterator[Piece]:
    """The words of a box's text, by `goldsmith.text.split_words`; each has the share of the box's
    width that its characters have of the text's, as in a type whose letters are all of one width."""
    left, top, right, bottom = box
    wide = (right - left) / max(len(text), 1)
    for start, end in split_words(text):
        yield start, end, (left + start * wide, top, left + end * wide, bottom)


def split(page: OcrPage) -> OcrPage:
    """The page with every box split into its words, in the order that they have; each has its box's
    score. Idempotent where no word is empty."""
    found = [
        (text[start:end], own, place)
        for place, (text, box) in enumerate(zip(page.words, page.boxes, strict=True))
        for start, end, own in pieces(text, box)
    ]
    return replace(
        page,
        words=tuple(word for word, _, _ in found),
        boxes=tuple(box for _, box, _ in found),
        scores=tuple(page.scores[place] for _, _, place in found) if page.scores else (),
    )
