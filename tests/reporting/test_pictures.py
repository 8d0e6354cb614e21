"""The pictures of a report: what they draw, where and in which colour."""

import re
from xml.etree import ElementTree

import pytest

from goldsmith.reporting.data import PointRow
from goldsmith.reporting.pictures import (
    confusion_picture,
    curve_picture,
    interval_picture,
    kind_of,
    name_lines,
)  # fmt: skip
from tests.reporting.report_samples import AMOUNT, RATE, build

NAMESPACE = "http://www.w3.org/2000/svg"


def texts(picture: str) -> list[str]:
    found = ElementTree.fromstring(picture).iter(f"{{{NAMESPACE}}}text")
    return [item.text or "" for item in found]


def test_confusion_colours_by_share_of_the_row_and_keeps_every_word_of_a_name():
    picture = confusion_picture((RATE, AMOUNT, "O"), ((30, 2, 1), (0, 5, 2), (1, 0, 4821)))
    found = texts(picture)
    assert "4,821" in found and "90.9 %" in found and "< 0.1 %" in found
    assert RATE in "".join(found) and all(len(text) <= 24 for text in found)
    titles = re.findall(r"<title>(.*?)</title>", picture)
    assert len(titles) == 7 and titles[1] == f"gold {RATE}, predicted {AMOUNT}: 2 (6.1 %)"
    cells = re.findall(r"--(hit|missed|false|wrong),#\w+\);fill-opacity:([\d.]+)", picture)
    assert [kind for kind, _ in cells] == [
        "hit",
        "wrong",
        "missed",
        "hit",
        "missed",
        "false",
        "hit",
    ]
    assert float(cells[0][1]) == pytest.approx(0.1 + 0.8 * 30 / 33, abs=1e-3)


def test_many_labels_have_numbered_columns_and_an_empty_row_no_share():
    names = [f"Label{n}WithAVeryLongNameThatNeverEndsAtAllOrSo" for n in range(9)]
    picture = confusion_picture(
        names, [[12_345 if i == j == 1 else 0 for j in range(9)] for i in range(9)]
    )
    found = texts(picture)
    assert {str(n) for n in range(1, 10)} <= set(found) and "12k" in found
    assert any(text.endswith("· 9") for text in found)


def test_a_phase_that_counts_anew_is_drawn_after_the_one_before():
    picture = curve_picture(build().history)
    paths = re.findall(r'<path d="M([\d.,L]+)" style="fill:none;stroke:([^;]+)', picture)
    (_, first), (_, second) = legend = paths[:2]
    assert len(legend) == 2 and first != second
    curves = [[float(pair.split(",")[0]) for pair in d.split("L")] for d, _ in paths[2:]]
    assert len(curves) == 2 and curves[0][-1] < curves[1][0]
    assert [len(curve) for curve in curves] == [3, 3]
    assert {"auxiliary", "kept", "60"} <= set(texts(picture))


def test_odd_histories_are_drawn_or_left_out():
    def point(step: int, loss: float) -> PointRow:
        return PointRow(phase="", step=step, epoch=0, loss=loss)

    assert curve_picture(()) == "" and curve_picture((point(1, float("nan")),)) == ""
    assert "<circle" in curve_picture((point(0, 0.0),))
    long = curve_picture([point(n, 1.0) for n in range(5000)])
    assert max(map(len, re.findall(r'd="([^"]*)"', long))) < 300 * 14


def test_the_interval_lies_around_its_figure():
    picture = interval_picture(0.5, (0.4, 0.7), ("patterns", 0.2))
    boxes = re.findall(r'<rect x="([\d.]+)" y="[\d.]+" width="([\d.]+)"', picture)
    (_, _), (low, wide), (mark, _) = [(float(x), float(w)) for x, w in boxes]
    assert low < mark < low + wide and "patterns 0.200" in picture
    assert "patterns" not in interval_picture(0.5, (0.4, 0.7), None)


@pytest.mark.parametrize(
    ("gold", "predicted", "kind"),
    [("A", "A", "hit"), ("A", "", "missed"), ("", "A", "false"), ("A", "B", "wrong"), ("", "", "")],
)
def test_kinds_of_decisions(gold, predicted, kind):
    assert kind_of(gold, predicted) == kind


def test_names_break_between_words_and_lose_nothing():
    name = "LineOfCreditFacilityMaximumBorrowingCapacity"
    assert name_lines(name, 16) == ["LineOfCredit", "FacilityMaximum", "Borrowing", "Capacity"]
    assert name_lines("x" * 40, 16) == ["x" * 16, "x" * 16, "x" * 8]
    assert name_lines("PER", 16) == ["PER"]
