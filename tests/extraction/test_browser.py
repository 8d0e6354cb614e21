"""The error browser: what its own script shows of errors, one by one and by thousands."""

import json
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from goldsmith.config.evaluation import FieldRule
from goldsmith.extraction import drawing
from goldsmith.extraction.judging import score_sides
from goldsmith.extraction.scores import confusion
from goldsmith.extraction.summary import summarise
from goldsmith.records import Field, OcrPage
from goldsmith.reporting.extraction import ExtractionData, render
from tests.extraction.values import value

EVIL = "</script><img src=x onerror=alert(1)><b>&amp;"
needs_node = pytest.mark.skipif(
    not shutil.which("node"), reason="no node to run the page's script in"
)


def summary(
    gold: Sequence[Field],
    found: Sequence[Field],
    pages: Sequence[OcrPage] = (),
    clusters: dict[str, str] | None = None,
) -> ExtractionData:
    scored = score_sides(gold, found, {"*": FieldRule()}, clusters)
    return summarise(
        scored.scores, [(one.document_id, one.outcomes) for one in scored.judged], pages,
        confusion=confusion(scored.judged), title="T", about="A", costs={},
    )  # fmt: skip


def seen(data: ExtractionData, folder: Path, *steps: str) -> list[dict[str, Any]]:
    """What the script shows at first and after each step."""
    page = folder / "report.html"
    page.write_text(render(data), encoding="utf-8")
    command = ["node", str(Path(__file__).with_name("page.js")), str(page), *steps]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    states: list[dict[str, Any]] = json.loads(done.stdout)
    return states


def placed(
    document: str, field: str, text: str, page: int = 1, box: tuple[float, ...] = (1, 1, 5, 2)
) -> Field:
    return Field(f"{document}:{field}", document, field, text, page, box)


def page_of(document: str, number: int = 1, size: float = 10, words: tuple[str, ...] = ("w",)) -> OcrPage:  # fmt: skip
    boxes = tuple((0.1, 0.1, 0.9, 0.9) for _ in words)
    return OcrPage(f"{document}:{number}", document, number, size, size, words, boxes)


def mixed(documents: int) -> tuple[list[Field], list[Field], dict[str, str]]:
    """By document number: date wrong in each, total missed in every second; two clusters in turn."""
    names = [f"d{number}" for number in range(documents)]
    gold = [placed(name, field, "1") for name in names for field in ("date", "total")]
    found = [placed(name, "date", "2") for name in names]
    found += [placed(name, "total", "1") for name in names[1::2]]
    return gold, found, {name: f"cluster {place // 2 % 2}" for place, name in enumerate(names)}


@needs_node
def test_filters_combine_count_and_stand_in_the_address(tmp_path: Path) -> None:
    gold, found, clusters = mixed(48)
    states = seen(
        summary(gold, found, [page_of("d0")], clusters), tmp_path,
        "more=", "kind=missed", "cluster=cluster 1", "field=date", "hash=", "hash=field=total", "hash=field=nonsense",
    )  # fmt: skip
    first, more, missed, both, none, cleared, linked, unknown = states
    assert first["count"] == "72 errors in 48 documents" and (first["cards"], first["more"]) == (20, True)  # fmt: skip
    assert more["cards"] == 40
    assert first["options"]["field"] == {"": "all (72)", "date": "date (48)", "total": "total (24)"}
    assert missed["count"] == "24 errors in 24 documents" and missed["fields"] == ["total"]
    assert missed["options"]["field"] == {"": "all (24)", "date": "date (0)", "total": "total (24)"}
    assert both["count"] == "12 errors in 12 documents" and both["kinds"] == ["missed"]
    assert both["hash"] == "#kind=missed&cluster=cluster+1"
    assert none["count"] == "0 errors in 0 documents" and none["cards"] == 0
    assert cleared["count"] == first["count"] and cleared["chosen"]["kind"] == ""
    assert linked["fields"] == ["total"] and linked["scrolled"]
    assert unknown["count"] == first["count"]


@needs_node
def test_gold_and_found_boxes_are_drawn_on_their_own_pages(tmp_path: Path) -> None:
    gold = [placed("d", "date", "1", 2), placed("d", "total", "3", 0), placed("d", "id", "x", 3, (5, 5, 1, 1))]  # fmt: skip
    found = [placed("d", "date", "2", 4), placed("d", "total", "3", 0)]
    data = summary(gold, found, [page_of("d", number) for number in range(1, 6)])
    (document,) = data.documents
    assert [one.page for one in document.pages] == [2, 4], "where something is wrong"
    (state,) = seen(data, tmp_path)
    assert state["boxes"] == [["gold wrong"], ["found wrong"]], "a box that is none is not drawn"
    assert state["words"] == 2


@needs_node
def test_pages_without_words_without_boxes_and_in_shares_of_the_page(tmp_path: Path) -> None:
    gold = [value("a", "date", "1"), placed("b", "date", "1", 1, (0.1, 0.1, 0.2, 0.2)), value("c", "date", "1")]  # fmt: skip
    found = [value("a", "date", "2"), value("b", "date", "2"), value("c", "date", "2")]
    pages = [page_of("a", words=()), page_of("b", size=1)]
    (state,) = seen(summary(gold, found, pages), tmp_path)
    assert state["notes"] == ["a page has no words", "no page of it was given"]
    assert state["boxes"] == [[], ["gold wrong"]] and state["words"] == 1
    assert state["views"][1].split()[3] > "1414", "as high as paper, where the unit does not say"


@needs_node
def test_what_documents_say_is_text_and_what_differs_is_marked(tmp_path: Path) -> None:
    gold = [placed(EVIL, EVIL, f"27, {EVIL} 5")]
    data = summary(gold, [placed(EVIL, EVIL, f"27,{EVIL} S")], [page_of(EVIL, words=(EVIL,))], {EVIL: EVIL})  # fmt: skip
    html = render(data)
    assert EVIL not in html and "<img" not in html and html.count("<script") == 2
    (state,) = seen(data, tmp_path)
    assert state["values"] == [f"27, {EVIL} 5", f"27,{EVIL} S"] and state["fields"] == [EVIL]
    assert state["marked"] == [" ", "5", "S"]


def test_without_a_fault_there_is_nothing_to_browse() -> None:
    gold, *_ = mixed(3)
    html = render(summary(gold, gold))
    assert "every value of every document is right" in html and "<script" not in html
    one = render(summary(gold[:2], [gold[0], placed("d0", "total", "9")]))
    assert "1 document with goldens, 1 of them" in one and 'href="#field=total"' in one
    assert 'href="#field=date"' not in one, "it has no errors to be shown"


def test_thousands_of_errors_keep_the_page_small_and_every_kind_is_drawn() -> None:
    gold, found, clusters = mixed(7000)
    last = next(n for n, one in enumerate(found) if one.document_id == "d4999")
    found[last] = value("d4999", "total", "1")  # the gold value of date is missed in one alone
    pages = [page_of(f"d{number}", words=("word",) * 100) for number in range(7000)]
    data = summary(gold, found, pages, clusters)
    assert (len(data.documents), data.left_out, data.faulty) == (5000, 2000, 7000)
    drawn = [one for one in data.documents if one.pages]
    assert len(drawn) == drawing.MAX_DRAWN and drawn[-1].id == "d4999"
    assert all(one.left_out == 1 for one in data.documents if not one.pages)
    html = render(data)
    assert "2,000 more documents" in html and len(html) < 4e6
