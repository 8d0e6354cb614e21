"""How a record that is too long to be read at once is divided into windows. Knows no tokenizer.

Windows begin and end at words and overlap; each word is read in one of them, and only there: in
training it is a target there, in prediction its logits are taken from there.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple


class Words(NamedTuple):
    """The words of one window, as half-open ranges of places in the record.

    Attributes:
        start, end: what the model is shown.
        first, last: what is read of it; over all windows these ranges divide the record.
    """

    start: int
    end: int
    first: int
    last: int


def divide(sizes: Sequence[int], room: int, stride: int) -> list[Words]:
    """Divide a record into windows, each as full as its words allow.

    Neighbours share the most words that have `stride` subwords or fewer; fewer still where the next
    word needs the room. The words that they share are divided at the middle of what they share: each
    is read where it stands farther from the edge of its window.

    Args:
        sizes: subwords of each word, none above `room`.
        room: subwords that a window holds.
        stride: subwords that neighbours share, below `room`.

    >>> divide([1, 1, 1, 1, 1, 1, 1, 1], room=5, stride=2)
    [Words(start=0, end=5, first=0, last=4), Words(start=3, end=8, first=4, last=8)]
    """
    places = [0, *accumulate(sizes)]  # of each word's first subword, and the end of the last
    shown = [(0, bisect_right(places, room) - 1)]
    while (end := shown[-1][1]) < len(sizes):
        # The next window must hold the first word that this one does not.
        needed = places[end + 1] - room
        start = bisect_left(places, max(places[end] - stride, needed))
        shown.append((start, bisect_right(places, places[start] + room) - 1))
    # A word lies left of the middle of [a, b) where its own middle does: first + last <= a + b.
    middles = [left + right for left, right in pairwise(places)]
    cuts = [
        bisect_right(middles, places[after[0]] + places[before[1]])
        for before, after in pairwise(shown)
    ]
    reads = pairwise([0, *cuts, len(sizes)])
    return [Words(*window, *read) for window, read in zip(shown, reads, strict=True)]
