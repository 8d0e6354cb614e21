"""Lines, blocks, reading order and surroundings of pages."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldsmith import layout
from goldsmith.records import OcrPage

Placed = tuple[str, float, float, float, float]


def page(*words: Placed, width: float = 0, height: float = 0) -> OcrPage:
    """Words as (text, left, top, right, bottom)."""
    boxes = tuple((left, top, right, bottom) for _, left, top, right, bottom in words)
    return OcrPage("d:1", "d", 1, width, height, tuple(one[0] for one in words), boxes)


def written(found: OcrPage) -> list[str]:
    return [" ".join(found.words[word] for word in line) for line in layout.lines(found)]


def text_line(name: str, left: float, right: float, top: float) -> list[Placed]:
    """A line of four words that fill it."""
    width = (right - left) / 4
    return [
        (f"{name}{part}", left + part * width, top, left + (part + 0.9) * width, top + 10)
        for part in range(4)
    ]


def newspaper(rows: int = 6, slope: float = 0.0) -> list[Placed]:
    """A headline over two columns of `rows` lines; the right one lies `slope` lower."""
    found: list[Placed] = [("HEAD", 0, 0, 150, 14), ("LINE", 155, 0, 300, 14)]
    for row in range(rows):
        found += text_line(f"l{row}.", 0, 140, 30 + 14 * row)
        found += text_line(f"r{row}.", 160, 300, 30 + 14 * row + slope)
    return [*found, ("FOOT", 0, 200, 150, 212), ("NOTE", 155, 200, 300, 212)]


def test_words_that_overlap_by_half_are_a_line() -> None:
    found = page(
        ("b", 50, 2, 90, 14), ("a", 0, 0, 40, 10), ("c", 0, 12, 40, 22), ("tall", 95, 0, 99, 13)
    )
    assert written(found) == ["a b tall", "c"]


@pytest.mark.parametrize("slope", [0.0, 3.0, 7.0])
def test_running_text_is_read_by_columns(slope: float) -> None:
    found = written(page(*reversed(newspaper(slope=slope))))
    firsts = [line.split(".")[0] for line in found]
    assert firsts == [
        "HEAD LINE",
        *(f"l{n}" for n in range(6)),
        *(f"r{n}" for n in range(6)),
        "FOOT NOTE",
    ]


def test_tables_are_read_by_rows() -> None:
    rows = [
        (("item", 0, y, 120, y + 10), ("1", 200, y, 206, y + 10), ("8.20", 250, y, 280, y + 10))
        for y in range(0, 120, 14)
    ]
    assert set(written(page(*(word for row in rows for word in row)))) == {"item 1 8.20"}
    few = newspaper(rows=4)
    assert any("l0.3 r0.0" in line for line in written(page(*few)))


def test_a_gap_begins_a_block() -> None:
    tops = (0, 12, 24, 60, 72)
    found = layout.blocks(page(*(("w", 0, top, 30, top + 10) for top in tops)))
    assert [len(block) for block in found] == [3, 2]


COORDINATE = st.integers(0, 60)
PAGES = st.lists(st.tuples(COORDINATE, COORDINATE, COORDINATE, COORDINATE), max_size=25).map(
    lambda boxes: page(
        *(
            (f"w{n}", float(x), float(y), float(x + w), float(y + h))
            for n, (x, y, w, h) in enumerate(boxes)
        )
    )
)


@settings(max_examples=60)
@given(PAGES)
def test_every_word_stands_in_one_line_and_has_a_place(found: OcrPage) -> None:
    lines = layout.lines(found)
    assert sorted(word for line in lines for word in line) == list(range(len(found.words)))
    assert [line for block in layout.blocks(found) for line in block] == lines
    ordered = layout.ordered(found)
    assert sorted(zip(ordered.words, ordered.boxes, strict=True)) == sorted(
        zip(found.words, found.boxes, strict=True)
    )
    around = layout.surroundings(found, 3)
    size = len(found.words)
    assert around.position.shape == (size, 4) and around.position.dtype == np.float32
    assert ((around.position >= 0) & (around.position <= 1)).all()
    for neighbours in around[:4]:
        assert neighbours.shape == (size, 3) and neighbours.dtype == np.int64
        assert ((neighbours >= -1) & (neighbours < size)).all()
        assert not (neighbours == np.arange(size)[:, None]).any()
    for word in range(size):
        for right in around.right[word, :1]:
            assert right < 0 or around.left[right, 0] == word


def test_what_stands_around_a_word() -> None:
    """a b c
    d e
    f"""
    found = page(
        ("a", 0, 0, 10, 10), ("b", 20, 0, 30, 10), ("c", 40, 0, 50, 10),
        ("d", 0, 20, 10, 30), ("e", 20, 20, 30, 30), ("f", 0, 40, 30, 50), width=100, height=50,
    )  # fmt: skip
    around = layout.surroundings(found, 2)
    assert around.left.tolist() == [[-1, -1], [0, -1], [1, 0], [-1, -1], [3, -1], [-1, -1]]
    assert around.right.tolist() == [[1, 2], [2, -1], [-1, -1], [4, -1], [-1, -1], [-1, -1]]
    assert around.above.tolist() == [[-1, -1]] * 3 + [[0, -1], [1, -1], [3, 4]]
    assert around.below.tolist() == [[3, 5], [4, 5], [-1, -1], [5, -1], [5, -1], [-1, -1]]
    assert np.allclose(around.position[4], [0.25, 0.5, 1, 0.5])
    assert np.allclose(layout.positions(found), around.position)


def test_without_a_page_or_words() -> None:
    assert layout.positions(None, 3).tolist() == [[0.0] * 4] * 3
    empty = page()
    assert layout.lines(empty) == layout.blocks(empty) == [] and layout.ordered(empty) == empty
    assert layout.positions(empty).shape == (0, 4)
    assert layout.surroundings(empty).left.shape == (0, 2)
    with pytest.raises(ValueError, match="at least one neighbour"):
        layout.surroundings(empty, 0)


def test_scores_go_with_their_words() -> None:
    one = OcrPage("d:1", "d", 1, 0, 0, ("b", "a"), ((20, 0, 30, 10), (0, 0, 10, 10)), (0.2, 0.1))
    found = layout.ordered(one)
    assert (found.words, found.scores) == (("a", "b"), (0.1, 0.2))
    assert layout.ordered(found) == found


def test_where_the_size_is_unknown_the_words_own_extent_stands_for_it() -> None:
    found = layout.positions(page(("a", 0, 0, 10, 10), ("b", 30, 0, 50, 10)))
    assert np.allclose(found[:, 0], [0.1, 0.8])


def test_a_box_of_several_words_becomes_a_box_a_word() -> None:
    found = OcrPage(
        "d:1", "d", 1, 0, 0, ("No. 12", "", "x"), ((0, 0, 60, 10), (0, 0, 0, 0), (5, 20, 5, 30)),
        (0.9, 0.1, 0.5),
    )  # fmt: skip
    split = layout.split(found)
    assert split.words == ("No", ".", "12", "x")
    assert split.boxes == ((0, 0, 20, 10), (20, 0, 30, 10), (40, 0, 60, 10), (5, 20, 5, 30))
    assert split.scores == (0.9, 0.9, 0.9, 0.5)
    assert layout.split(split) == split
