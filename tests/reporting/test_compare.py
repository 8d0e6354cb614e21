"""The comparison's page for other families than tagging, on values built here."""

from typing import Any

from goldsmith.reporting import compare, report
from goldsmith.reporting.compare import CompareData, DifferenceRow, FlipRow, Range, SideRow
from tests.reporting.test_report import outline, plain, section

LONG = "a request that was sent on to the department of claims and of complaints before"


def row(name: str, mean: float, count: int | None = None) -> DifferenceRow:
    figure = Range(value=0.5, low=0.4, high=0.6)
    change = Range(value=mean, low=mean - 0.1, high=mean + 0.1)
    return DifferenceRow(
        name=name, count=count, first=figure, second=figure, change=change, p_value=0.4
    )


def page(**other: Any) -> str:
    side = {"model": "", "sha256": "", "objection": "", "notes": ()}
    values: dict[str, Any] = {
        "title": "Mail", "use_case": "mail", "profile": "demo", "goldens": "g", "records": 9,
        "first": SideRow(name="mail@1", **side), "second": SideRow(name="mail@2", **side),
        "left_out": 0, "documents": 9, "differing": 3, "primary": "accuracy", "detectable": 0.1,
        "alpha": 0.05, "overall": (row("accuracy", 0.0),), "labels": (), "slices": (), "flips": (),
        "counts": {"right to wrong": 1}, "same": (7, 1), "remarks": (),
    }  # fmt: skip
    return compare.render(CompareData(**{**values, **other}))


def test_a_text_is_shown_once_with_the_wrong_label_of_each() -> None:
    words = (("my card is gone\nAnna", "cards", "fees"),)
    flip = FlipRow(id="m1", kind="right to wrong", mistakes=(0, 2), words=((), words))
    shown = plain(section(page(flips=(flip,)), "flips"))
    assert shown.count("my card is gone") == 1 and "mail@1 right mail@2 fees → cards" in shown
    assert "2 wrong" not in shown and "legend" not in section(page(flips=(flip,)), "flips")


def test_a_question_is_shown_above_both_answers() -> None:
    words = (("in", "", ""), ("30 days", "answer", ""), ("or", "", "answer"))
    flip = FlipRow(
        id="q1", kind="right to wrong", mistakes=(0, 1), words=((), words), asked="When?"
    )
    found = page(flips=(flip,))
    shown = plain(section(found, "flips"))
    assert "q1 When? mail@1 right mail@2 in 30 days answer or answer" in shown
    assert outline(found).open == [] and 'id="classes"' not in found and '"#classes"' not in found


def test_many_and_long_labels_are_named_whole_and_folded() -> None:
    labels = tuple(row(f"{LONG} {n}", n / 100, 3) for n in range(report.OPEN_LABELS + 3))
    found = page(labels=labels)
    open_ones, _, folded = section(found, "classes").partition("<details>")
    assert open_ones.count("<tr>") == report.OPEN_LABELS + 1 and folded.count("<tr>") == 3 + 1
    assert f"{LONG} 27" in plain(open_ones) and f"{LONG} 0" in plain(folded)
    picture = plain(section(found, "figures")).partition("Metric")[0]
    # Once in what the mouse shows, and once in the picture, on as many lines as it takes.
    assert picture.count("complaints before") == 2 * report.OPEN_LABELS
