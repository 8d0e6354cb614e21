"""The page of champions over time: offline, everything in it, nothing of a user's as markup."""

import re

from goldsmith.reporting.history import HistoryData, render
from goldsmith.reporting.seats import MOST, seats_picture
from tests.reporting.history_samples import SAMPLE, change


def test_every_entry_and_every_other_version_is_on_the_page() -> None:
    page = render(SAMPLE).replace("<wbr>", "")
    assert page.startswith("<!doctype html>")
    assert not re.search(r'(?:src|href)="(?!#)', page) and "default-src 'none'" in page
    for part in (
        "Version 9", "champion since 2025-07-17 09:36 UTC", "version 10 waits for a person",
        "Ada Lovelace", "rolled back to", "forced", "0.802", "0.771 to 0.829", "9f86d081884c",
        "not before the audit", "1,200 older ones are not shown",
    ):  # fmt: skip
        assert part in page, part
    assert "&lt;b&gt;Ben" in page and "<b>Ben" not in page
    rows = re.findall(r'data-name="Entry">(\d+)<', page)
    assert rows == ["6", "5", "4", "3", "2", "1"]


def test_the_picture_has_each_champion_and_says_where_the_goldens_changed() -> None:
    picture = seats_picture(SAMPLE.changes, "micro.f1")
    assert picture.count("95 % interval") == 5  # one champion has no figure
    assert re.findall(r">(v\d+)<", picture) == [f"v{one.version}" for one in SAMPLE.changes]
    assert picture.count("<title>other goldens from here on") == 3
    assert "rolled back to" in picture and "nan" not in picture


def test_a_long_history_shows_its_end_and_an_empty_one_says_so() -> None:
    many = tuple(change(1, number, "promoted", 0.5, "a") for number in range(1, 200))
    assert seats_picture(many, "micro.f1").count("95 % interval") == MOST
    assert ">v199<" in seats_picture(many, "micro.f1")
    empty = HistoryData(model="toy", metric="", changes=(), others=())
    page = render(empty)
    assert "No champion" in page and "<svg" not in page
