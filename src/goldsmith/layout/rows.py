"""Words into rows: those that overlap vertically, whatever column they stand in."""

from collections.abc import Sequence

import numpy as np

Indices = list[int]
OVERLAP = 0.5  # of the lower one of word and row: below it the word stands in another row
LATEST = 4  # rows come by their centre: further up than the last few there is none that overlaps


class Sides:
    """The sides of n words as lists, for rules that take one word after the other.

    Attributes:
        left, top, right, bottom: n floats each.
        down: n places by vertical centre, then by left edge; words that agree in both share one.
        across: n places by left edge, then by number.
    """

    def __init__(self, boxes: np.ndarray) -> None:
        """Of (n, 4) left, top, right, bottom."""
        self.left, self.top, self.right, self.bottom = boxes.T.tolist()
        left, centre = boxes[:, 0], boxes[:, 1] + boxes[:, 3]
        order = np.lexsort((left, centre))
        differs = (np.diff(left[order]) != 0) | (np.diff(centre[order]) != 0)
        self.down = _inverse(order, np.concatenate([[0], np.cumsum(differs)]))
        self.across = _inverse(np.argsort(left, kind="stable"), np.arange(len(boxes)))


def _inverse(order: np.ndarray, places: np.ndarray) -> list[int]:
    """The place of each word, of the places of words in order."""
    found = np.empty_like(order)
    found[order] = places
    return found.tolist()


def rows(sides: Sides, words: Sequence[int]) -> list[Indices]:
    """The rows from top to bottom, each from left to right.

    Words are taken by their vertical centre. A word joins the row that it overlaps most, if that is
    at least `OVERLAP` of the lower one of the two; a row reaches from the mean top to the mean bottom
    of its words, so that one tall word does not swallow the rows beside it.

    Args:
        sides: of all words of the page.
        words: the words to group, as places in `sides`.
    """
    found: list[Indices] = []
    bands: list[tuple[float, float]] = []
    tops, bottoms = sides.top, sides.bottom
    for word in sorted(words, key=sides.down.__getitem__):
        top, bottom = tops[word], bottoms[word]
        best, most = -1, 0.0
        for row in range(max(0, len(bands) - LATEST), len(bands)):
            over, under = bands[row]
            if over <= bottom and under >= top:
                share = _overlap(over, under, top, bottom)
                if share > most:
                    best, most = row, share
        if most < OVERLAP:
            found.append([word])
            bands.append((top, bottom))
            continue
        size = len(found[best])
        found[best].append(word)
        over, under = bands[best]
        bands[best] = (over * size + top) / (size + 1), (under * size + bottom) / (size + 1)
    order = sorted(range(len(found)), key=lambda row: sum(bands[row]))
    return [sorted(found[row], key=sides.across.__getitem__) for row in order]


def _overlap(over: float, under: float, top: float, bottom: float) -> float:
    """The common height of two that meet as a share of the lower one's; 1 where that has none."""
    common = (under if under < bottom else bottom) - (over if over > top else top)
    lower = under - over if under - over < bottom - top else bottom - top
    return common / lower if lower > 0 else 1.0
