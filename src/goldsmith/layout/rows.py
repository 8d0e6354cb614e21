"""Words into rows: those that overlap vertically, whatever column they stand in."""

from collections.abc import Sequence

import numpy as np

Indices = list[int]
OVERLAP = 0.5  # of the lower one of word and row: below it the word stands in another row


def rows(boxes: np.ndarray, words: Sequence[int]) -> list[Indices]:
    """The rows from top to bottom, each from left to right.

    Words are taken by their vertical centre. A word joins the row that it overlaps most, if that is
    at least `OVERLAP` of the lower one of the two; a row reaches from the mean top to the mean bottom
    of its words, so that one tall word does not swallow the rows beside it.

    Args:
        boxes: (n, 4) left, top, right, bottom.
        words: the words to group, as places in `boxes`.
    """
    centre = (boxes[:, 1] + boxes[:, 3]).tolist()
    lefts, tops, bottoms = boxes[:, 0].tolist(), boxes[:, 1].tolist(), boxes[:, 3].tolist()
    found: list[Indices] = []
    bands: list[tuple[float, float]] = []
    for word in sorted(words, key=lambda one: (centre[one], lefts[one])):
        top, bottom = tops[word], bottoms[word]
        # Rows come by their centre: further up than the last few there is none that overlaps.
        best, share = -1, -np.inf
        for row in range(max(0, len(found) - 4), len(found)):
            own = _overlap(bands[row], top, bottom)
            if own > share:
                best, share = row, own
        if share < OVERLAP:
            found.append([word])
            bands.append((top, bottom))
            continue
        size = len(found[best])
        found[best].append(word)
        old = bands[best]
        bands[best] = (
            (old[0] * size + top) / (size + 1),
            (old[1] * size + bottom) / (size + 1),
        )
    order = sorted(range(len(found)), key=lambda row: sum(bands[row]))
    return [sorted(found[row], key=lambda one: (lefts[one], one)) for row in order]


def _overlap(band: tuple[float, float], top: float, bottom: float) -> float:
    """Their common height as a share of the lower one; 1 for one without height inside the other."""
    over, under = band
    common = (under if under < bottom else bottom) - (over if over > top else top)
    lower = under - over if under - over < bottom - top else bottom - top
    if lower <= 0:
        return 1.0 if common >= 0 else 0.0
    return common / lower
