"""Columns of running text among the rows of a region; the rule is told in `reading`."""

from itertools import pairwise
from statistics import median

from goldsmith.layout.rows import Indices, Sides, rows

GAP = 1.0
MIN_ROWS = 5
FILL = 0.6
TEXT = 12.0
ROUNDING = 1e-9  # widths are added up in another order for a rough look than for the rule

Span = tuple[float, float]
"""From left to right."""


class Columns:
    """Finds the runs of a region's rows that are in columns."""

    def __init__(self, sides: Sides, grouped: list[Indices], height: float) -> None:
        """Of the words' sides, the rows and the height of a word."""
        self._sides, self._grouped, self._height = sides, grouped, height
        self._least = GAP * height
        self._covered = [
            _joined([(sides.left[word], sides.right[word]) for word in row], self._least)
            for row in grouped
        ]

    def find(self, start: int) -> tuple[int, tuple[Indices, Indices]] | None:
        """The longest run of rows from `start` that is in columns: its end, the words of either side."""
        ends = self._runs(start)
        lasting = [len(covered) for _, covered in ends[1:]] + [0]
        for place in reversed(range(len(ends))):
            end, covered = ends[place]
            if end - start < MIN_ROWS:
                break
            if lasting[place] == len(covered):  # the next row leaves all: the longer run was tried
                continue
            run = [word for row in self._grouped[start:end] for word in row]
            for (_, left), (right, _) in pairwise(covered):
                found = self._divided(run, (left + right) / 2)
                if found:
                    return end, found
        return None

    def _runs(self, start: int) -> list[tuple[int, list[Span]]]:
        """The runs of rows from `start` that leave a white strip free: their ends, what they cover."""
        covered: list[Span] = []
        found: list[tuple[int, list[Span]]] = []
        for end in range(start, len(self._grouped)):
            if covered != self._covered[end]:
                covered = _joined(sorted(covered + self._covered[end]), self._least)
            if len(covered) > 1:
                found.append((end + 1, covered))
            elif end > start:  # one row alone may be of one column
                break
        return found

    def _divided(self, run: Indices, middle: float) -> tuple[Indices, Indices] | None:
        """The words left and right of the middle of a strip, if both sides are running text."""
        edges = self._sides.right
        right = [word for word in run if edges[word] > middle]
        if not self._may_be_text(right):
            return None
        left = [word for word in run if edges[word] <= middle]
        found = self._may_be_text(left) and self._is_text(left) and self._is_text(right)
        return (left, right) if found else None

    def _may_be_text(self, words: Indices) -> bool:
        """A quick look: of `MIN_ROWS` rows half at least are as wide as text."""
        left, right = self._sides.left, self._sides.right
        least = (MIN_ROWS + 1) // 2 * TEXT * self._height * (1 - ROUNDING)
        return len(words) >= MIN_ROWS and sum([right[word] - left[word] for word in words]) >= least

    def _is_text(self, words: Indices) -> bool:
        """Whether one side of a strip is a column of running text."""
        left, right = self._sides.left, self._sides.right
        found = rows(self._sides, words)
        if len(found) < MIN_ROWS:
            return False
        filled = median(sum(right[word] - left[word] for word in row) for row in found)
        width = max(right[word] for word in words) - min(left[word] for word in words)
        return filled >= max(FILL * width, TEXT * self._height)


def _joined(spans: list[Span], least: float) -> list[Span]:
    """Spans, by their left edges, with those in one that leave less than `least` free between them."""
    start, reach = spans[0]
    found: list[Span] = []
    for left, right in spans:
        if left - reach >= least:
            found.append((start, reach))
            start, reach = left, right
        elif right > reach:
            reach = right
    found.append((start, reach))
    return found
