"""A page in an input line: `tokens` with `boxes`, and the page's `width` and `height`."""

from collections.abc import Mapping
from typing import Any

from goldsmith import layout
from goldsmith.errors import DataError
from goldsmith.families.token_classification.runtime import read_sentence
from goldsmith.readers.pages import Box, box_of, real
from goldsmith.records import TaggedPage, TaggedTokens
from goldsmith.text import join_words, require_whole


def read_page(line: Mapping[str, Any]) -> tuple[str, list[tuple[int, int]], TaggedTokens]:
    """The text of an input line, where its words begin and end, and the words as a record.

    A token may be what recognition boxed, such as a whole line: it is split as goldens are. Without
    `boxes` it is a sentence.

    Raises:
        DataError: neither `text` nor `tokens`, boxes that are not those of the tokens, a box that is
            none, or a width or height that is no length.
    """
    if line.get("boxes") is None:
        return read_sentence(line)
    tokens, boxes = line.get("tokens"), _boxes(line)
    if not isinstance(tokens, list) or not all(isinstance(one, str) for one in tokens):
        raise DataError("`boxes` are of `tokens` (a list of strings), which it lacks")
    require_whole(*tokens)
    if len(tokens) != len(boxes):
        raise DataError(f"{len(boxes)} `boxes` for {len(tokens)} `tokens`: every token has one")
    text, starts = join_words(tokens)
    found = [
        ((start + first, start + last), own)
        for token, box, (start, _) in zip(tokens, boxes, starts, strict=True)
        for first, last, own in layout.pieces(token, box)
    ]
    offsets = [place for place, _ in found]
    words = tuple(text[a:b] for a, b in offsets)
    size = _length(line, "width"), _length(line, "height")
    return text, offsets, TaggedPage("", "", words, (), "", *size, tuple(box for _, box in found))


def _boxes(line: Mapping[str, Any]) -> list[Box]:
    boxes = line["boxes"]
    if not isinstance(boxes, list):
        raise DataError("`boxes` is no list of boxes, left, top, right, bottom each")
    found = []
    for number, box in enumerate(boxes):
        place = f"boxes[{number}]"
        if not isinstance(box, list | tuple) or len(box) != 4:
            raise DataError(f"{place} is not four numbers (left, top, right, bottom)")
        found.append(box_of([real(side, "a side", place) for side in box], place))
    return found


def _length(line: Mapping[str, Any], name: str) -> float:
    """A page's width or height; 0 if unknown."""
    if line.get(name) is None:
        return 0.0
    found = real(line[name], f"`{name}`", "the page")
    if found < 0:
        raise DataError(f"`{name}` is negative ({found:g}); leave it out where it is not known")
    return found
