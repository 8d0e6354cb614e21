"""The quick code reads pages as the plain rules do."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldsmith import layout
from goldsmith.layout import around
from goldsmith.records import OcrPage
from tests.layout import plain

Box = tuple[float, float, float, float]
HIGH = 4


def page(boxes: list[Box]) -> OcrPage:
    words = tuple(f"w{number}" for number in range(len(boxes)))
    return OcrPage("d:1", "d", 1, 0, 0, words, tuple(boxes))


def box(left: float, top: float, wide: float, high: float) -> Box:
    return left, top, left + wide, top + high


SIDE = st.integers(0, 60).map(float)
HEIGHT = st.integers(0, 12).map(float) | st.sampled_from([4.0, 40.0])
SCATTERED = st.lists(st.builds(box, SIDE, SIDE, SIDE, HEIGHT), max_size=30)


@st.composite
def columned(draw: st.DrawFn) -> list[Box]:
    """Columns of lines side by side, as of text or of a table, at times a word across them."""
    found: list[Box] = []
    left = 0.0
    for _ in range(draw(st.integers(2, 3))):
        wide = draw(st.sampled_from([60.0, 80.0, 50.0, 10.0]))
        first, slope = draw(st.sampled_from([0.0, 2.0, 6.0])), draw(st.sampled_from([0.0, 0.02]))
        for row in range(draw(st.integers(5, 9))):
            filled = wide * draw(st.sampled_from([1.0, 1.0, 0.3]))
            for start in (0.0, 21.0, 42.0, 63.0):
                if start < filled:
                    top = first + 6 * row + slope * (left + start)
                    found.append(box(left + start, top, min(filled - start, 20.0), HIGH))
        left += wide + draw(st.sampled_from([HIGH, 9.0]))
    stray = st.builds(
        box, SIDE, SIDE, st.sampled_from([0.0, 5.0, 80.0]), st.sampled_from([4.0, 9.0])
    )
    found += draw(st.just([]) | st.lists(stray, max_size=2))
    return draw(st.permutations(found))


@settings(max_examples=200, deadline=None)
@given(SCATTERED | columned())
def test_pages_are_read_as_the_plain_rules_say(boxes: list[Box]) -> None:
    found = page(boxes)
    blocks = plain.blocks(found)
    assert layout.blocks(found) == blocks
    lines = [line for block in blocks for line in block]
    assert layout.lines(found) == lines
    assert layout.ordered(found).words == tuple(found.words[n] for line in lines for n in line)
    for k in (1, 3):
        seen = layout.surroundings(found, k)
        expected = plain.surroundings(found, lines, k)
        for side, its in zip(seen[:4], expected, strict=True):
            assert side.tolist() == its
    for number, line in enumerate(lines):
        place = seen.position[list(line)]
        assert np.array_equal(place[:, 2], np.linspace(0, 1, len(line), dtype=np.float32))
        assert np.all(place[:, 3] == np.float32(number / max(len(lines) - 1, 1)))


def test_a_page_of_more_words_than_are_compared_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    boxes = [box(7.0 * (n * n % 13), 5.0 * (n // 6), 9.0, HIGH) for n in range(90)]
    found = page(boxes)
    whole = layout.surroundings(found, 3)
    monkeypatch.setattr(around, "BLOCK", 16)
    parts = layout.surroundings(found, 3)
    assert all(np.array_equal(one, other) for one, other in zip(whole, parts, strict=True))
    assert whole.below.tolist() == plain.surroundings(found, layout.lines(found), 3)[3]


def test_half_of_the_rows_as_wide_as_text_are_enough() -> None:
    boxes = [
        box(left, 6.0 * row, wide, HIGH)
        for left in (0.0, 70.0)
        for row, wide in enumerate([48.0, 5.0, 48.0, 5.0, 48.0])
    ]
    assert layout.lines(page(boxes)) == [(n,) for n in range(10)]
    narrower = [(left, top, right - 0.5, bottom) for left, top, right, bottom in boxes]
    assert len(layout.lines(page(narrower))) == 5
