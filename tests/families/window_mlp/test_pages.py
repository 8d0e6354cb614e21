"""What the net reads of a page: its windows on the line, above, below, its place; pages as input."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldsmith import layout
from goldsmith.errors import DataError
from goldsmith.families.window_mlp import WindowMlp
from goldsmith.families.window_mlp.features import Encoded
from goldsmith.families.window_mlp.pages import PLACE, PageFeatures
from goldsmith.families.window_mlp.training import TorchWindow
from goldsmith.families.window_mlp.training.net import Net
from goldsmith.records import OcrPage, TaggedPage, TaggedTokens
from goldsmith.text import join_words

LABELS = ["O", "B-ORG", "I-ORG"]


def family(**more: Any) -> WindowMlp:
    known = {"family": "window_mlp", "layout": "page", "window": 2, "around": 1, "buckets": 64}
    return WindowMlp.model_validate({**known, "dimension": 4, "hidden": 8, **more})


def page(*words: tuple[str, float, float, float, float], width: float = 100) -> TaggedPage:
    """Words as (text, left, top, right, bottom)."""
    boxes = tuple(one[1:] for one in words)
    return TaggedPage("p", "d", tuple(one[0] for one in words), (), "", width, 50, boxes)


# a b c
# d e
GRID = page(
    ("a", 0, 0, 10, 10), ("b", 20, 0, 30, 10), ("c", 40, 0, 50, 10),
    ("d", 0, 20, 10, 30), ("e", 20, 20, 30, 30),
)  # fmt: skip


def shown(encoded: Encoded, features: PageFeatures, known: str) -> list[str]:
    """The windows by the words' own letters, `.` for nothing."""
    rows = {
        encoded.words.pieces[place].tobytes(): place for place in range(len(encoded.words.share))
    }
    assert len(rows) == len(encoded.words.share)
    letters = ["."]
    for word in known:
        alone = features.encode([[word]]).words.pieces[1]
        padded = np.zeros(encoded.words.pieces.shape[1], dtype=alone.dtype)
        padded[: len(alone)] = alone
        letters.insert(rows[padded.tobytes()], word)
    return ["".join(letters[place] for place in row) for row in encoded.windows]


def encoded(features: PageFeatures, *records: TaggedTokens) -> Encoded:
    return features.encode(features.sentences(records))


def test_a_window_is_on_its_line_then_above_then_below() -> None:
    features: Any = family(buckets=16384).features(Path())
    found = encoded(features, GRID)
    # two to the left, the word, two to the right; above; below
    assert shown(found, features, "abcde") == [
        "..abc.d",
        ".abc..e",
        "abc....",
        "..de.a.",
        ".de..b.",
    ]
    assert found.own[:, 0].tolist() == [1, 0, 0, 1, 0]
    assert found.own[:, 1].tolist() == [0, 0, 1, 0, 1]


def test_a_place_is_where_the_word_stands() -> None:
    features: Any = family().features(Path())
    own = encoded(features, GRID).own[:, -PLACE:]
    position = layout.positions(OcrPage("", "", 1, 100, 50, GRID.tokens, GRID.boxes))
    assert np.array_equal(own[:, :4], position)
    assert own[2, 0] == pytest.approx(0.45) and own[3, 1] == pytest.approx(0.5)
    # b, in the middle of its line, is beyond 0.4 of it and not beyond 0.6
    beyond = own[:, 4:].reshape(5, 4, -1)
    assert beyond[1, 2].tolist() == [1] * 7 + [0] * 3


def test_the_order_of_the_words_changes_nothing() -> None:
    features: Any = family(gazetteers={"forms": ["b c"]}).features(Path())
    order = [3, 1, 4, 0, 2]
    turned = TaggedPage(
        "p", "d", tuple(GRID.tokens[n] for n in order), (), "", 100, 50,
        tuple(GRID.boxes[n] for n in order),
    )  # fmt: skip
    net = tagger(family(gazetteers={"forms": ["b c"]}))
    whole, other = net.predict([GRID])[0].logits, net.predict([turned])[0].logits
    assert np.allclose(whole[order], other, atol=1e-6)
    assert encoded(features, turned).own[:, 2].tolist() == [0, 1, 0, 0, 1]


def test_words_without_boxes_are_a_line_without_a_place() -> None:
    features: Any = family().features(Path())
    found = encoded(features, TaggedTokens("1", "", ("a", "b", "c"), ()), GRID)
    plain: Any = family(layout="line").features(Path())
    assert np.array_equal(found.windows[:3, :5], plain.encode([("a", "b", "c")]).windows)
    assert not found.windows[:3, 5:].any() and not found.own[:3, -PLACE:].any()
    assert np.array_equal(found.own[3:], encoded(features, GRID).own)


def tagger(settings: WindowMlp) -> TorchWindow:
    features = settings.features(Path())
    return TorchWindow(Net(settings, features, 3).eval(), features, LABELS, "cpu")


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from("abcd"), *[st.integers(0, 40)] * 4), max_size=12).map(
        lambda words: page(*((w, x, y, x + dx, y + dy) for w, x, y, dx, dy in words))
    )
)
def test_serving_reads_a_page_as_training_does(found: TaggedPage) -> None:
    features: Any = family().features(Path())
    line = {
        "tokens": list(found.tokens), "boxes": [list(box) for box in found.boxes],
        "width": found.width, "height": found.height,
    }  # fmt: skip
    text, offsets, served = features.read(line)
    assert [text[a:b] for a, b in offsets] == list(found.tokens)
    one, other = encoded(features, found), encoded(features, served)
    assert np.array_equal(one.windows, other.windows) and np.array_equal(one.own, other.own)


def test_a_token_that_holds_a_line_is_split_and_keeps_its_offsets() -> None:
    features: Any = family().features(Path())
    tokens = ["ACME LTD.", "", "12 JALAN"]
    line = {"tokens": tokens, "boxes": [[0, 0, 90, 10], [0, 0, 0, 0], [0, 20, 80, 30]]}
    text, offsets, found = features.read(line)
    assert text == join_words(tokens)[0]
    assert [text[a:b] for a, b in offsets] == ["ACME", "LTD", ".", "12", "JALAN"]
    assert found.boxes[1] == pytest.approx((50, 0, 80, 10)) and found.width == 0


def test_pages_without_words_have_no_spans() -> None:
    net = tagger(family())
    assert net.answer([{"tokens": [], "boxes": []}, {"text": ""}]) == [[], []]
    assert net.predict([page()])[0].tags == []


BOX = [0, 0, 9, 9]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ({"tokens": ["a", "b"], "boxes": [BOX]}, "1 `boxes` for 2 `tokens`"),
        ({"tokens": ["a"], "boxes": [[0, -1, 9, 9]]}, r"boxes\[0\]: the box .* negative side"),
        ({"tokens": ["a"], "boxes": [[9, 0, 0, 9]]}, r"boxes\[0\]: the box .* is inside out"),
        ({"tokens": ["a"], "boxes": [[0, 0, 9]]}, r"boxes\[0\] is not four numbers"),
        ({"tokens": ["a"], "boxes": [[0, 0, 9, "x"]]}, r"boxes\[0\]: a side is not a number"),
        ({"tokens": ["a"], "boxes": [[0, 0, 9, float("nan")]]}, "a side is not a number"),
        ({"tokens": ["a"], "boxes": "0 0 9 9"}, "`boxes` is no list of boxes"),
        ({"text": "a", "boxes": [BOX]}, "`boxes` are of `tokens`"),
        ({"tokens": ["a"], "boxes": [BOX], "width": -5}, "`width` is negative"),
        ({"tokens": ["a"], "boxes": [BOX], "height": "tall"}, "`height` is not a number"),
        ({"tokens": ["\ud800"], "boxes": [BOX]}, "half of a surrogate pair"),
    ],
)
def test_pages_that_are_none(line: dict[str, Any], said: str) -> None:
    with pytest.raises(DataError, match=said):
        family().check_input(line)
    with pytest.raises(DataError, match=said):
        tagger(family()).answer([line])


def test_a_net_of_lines_passes_boxes_over() -> None:
    line = {"tokens": ["a"], "boxes": "anything"}
    family(layout="line").check_input(line)
    assert tagger(family(layout="line")).answer([line]) is not None
