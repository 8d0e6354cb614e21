"""The report page, on values built here."""

import re
from html.parser import HTMLParser

import pytest

from goldsmith.reporting import report
from goldsmith.reporting.card import About, card
from goldsmith.reporting.data import ErrorRow, PointRow
from tests.reporting.report_samples import (
    AMOUNT,
    RATE,
    build,
    gate,
    reading,
    routing,
    variant,
    yardstick,
)

NAMESPACE = "http://www.w3.org/2000/svg"
VOID = {"meta", "wbr", "br", "link", "img", "hr", "input"}


def plain(page: str) -> str:
    """What can be read on a page, in one line."""
    body = re.sub(r"<wbr>", "", page.partition("<body>")[2] or page)
    return " ".join(re.sub(r"<[^>]*>", " ", body).split())


def section(page: str, name: str) -> str:
    found = re.search(rf'<section id="{name}">.*?</section>', page, re.S)
    assert found, name
    return found[0]


class _Outline(HTMLParser):
    """Every attribute, every element and whether the elements close in order."""

    def __init__(self) -> None:
        super().__init__()
        self.attributes: list[tuple[str, str, str]] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes += [(tag, name, value or "") for name, value in attrs]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def outline(page: str) -> _Outline:
    found = _Outline()
    found.feed(page)
    found.close()
    return found


def test_the_page_refers_to_nothing_outside_of_it():
    page = report.render(build())
    rest = page.replace(f'xmlns="{NAMESPACE}"', "")
    assert not re.search(r"https?:|@import|url\(|//\w", rest)
    links = [value for _, name, value in outline(page).attributes if name in ("src", "href")]
    assert links and all(link.startswith("#") for link in links)
    assert all(f'id="{link[1:]}"' in page for link in links)
    assert not re.search(r"<(script|link|img|iframe|object)\b", page)


def test_elements_are_closed_in_order_also_with_nothing_to_show():
    for data in (
        build(),
        build(errors=(), history=(), yardsticks=(), slices=(), checks=(), gates=()),
    ):
        assert outline(report.render(data)).open == []


def test_words_labels_and_names_are_escaped():
    evil = "<script>alert(1)</script>"
    data = build(
        title=evil,
        errors=(ErrorRow(id=evil, words=((evil, evil, ""), ('"><b onx=1>', "", evil))),),
        confusion_labels=(evil, AMOUNT, "O"),
        history=tuple(PointRow(phase=p, step=1, epoch=1, loss=1) for p in (evil, "b")),
        checks=((evil, False, evil),),
        facts=((evil, evil),),
        gates=(gate(evil, False, evil),),
    )
    page = report.render(data)
    assert "<script" not in page and "<b onx" not in page
    assert "&lt;script&gt;" in page
    assert "<script" not in card(
        data,
        About(purpose=evil, limits=(evil,), base=evil, base_licence=evil, hashes=((evil, "0"),)),
    )


def test_the_same_data_give_the_same_page_and_card():
    assert report.render(build()) == report.render(build())
    assert card(build(), About(base="b")) == card(build(), About(base="b"))
    assert report.render(build()) != report.render(build(value=0.5))


def test_every_gate_is_listed_with_its_result_and_the_urgent_ones_come_first():
    words = plain(section(report.render(build()), "gates"))
    for one in build().gates:
        assert one.name in words and one.reason in words
    assert [words.count(state) for state in ("failed", "passed")] == [1, 2]
    order = [words.index(name) for name in ("parity.agreement", f"label:{AMOUNT}.f1", "size_mb")]
    assert order == sorted(order)
    assert "0.8765 ≥ 0.7654" in words and "– ≤ 0.7654" in words


@pytest.mark.parametrize(("passed", "refuses"), [(None, False), (False, True)])
def test_thin_evidence_is_told_apart_from_failure_and_says_when_it_refuses(passed, refuses):
    one = gate("macro.f1", passed, "not enough evidence: 3 test mentions")
    page = section(report.render(build(gates=(one,))), "gates")
    assert re.search(r'class="state tone-thin">not enough evidence<', page)
    assert "tone-failed" not in page
    assert ("refuses" in page) is refuses


def test_the_verdict_is_a_badge():
    good, bad = report.render(build()), report.render(build(passed=False))
    assert re.search(r'class="badge yes">.*?May be champion', good) and "badge no" not in good
    assert re.search(r'class="badge no">.*?Refused', bad) and "badge yes" not in bad


def test_headline_figures_show_the_interval_baseline_size_and_latency():
    words = plain(report.render(build()))
    for text in (
        "0.912 95 % interval 0.891 to 0.931",
        "micro.f1 of the patterns 0.632",
        "+0.280 (95 % interval +0.260",
        "90.4 MB",
        "5.12 ms",
    ):
        assert text in words


def test_every_label_shows_its_figures_and_the_baseline():
    words = plain(section(report.render(build()), "classes"))
    assert f"{RATE} 1,312 0.951 0.962 0.956 0.713" in words
    assert f"{AMOUNT} 7 0.800 0.700 0.747 –" in words
    assert "Precision Recall F1 Patterns, f1" in words and "label:" not in words
    words = plain(section(report.render(build()), "figures"))
    assert "micro.f1 0.912 0.632 macro.f1 0.844 –" in words and "label:" not in words


def test_variants_say_what_became_of_them():
    words = plain(section(report.render(build()), "variants"))
    assert "fp32 chosen 90.4 5.12 / 6.30 120 / 141 0.912 0.0000 99.99 % 0.0002" in words
    assert "int8 left out 23.1" in words
    assert "21-40 32 64 95.12 % 1.7" in words
    refused = build(variants=(variant("fp32", chosen=True, kept=False), variant("int8")))
    words = plain(section(report.render(refused), "variants"))
    assert "fp32 chosen, refused" in words and "int8 kept" in words


def test_an_unmeasured_latency_and_a_missing_variant_are_dashes():
    page = report.render(
        build(variants=(variant("fp32", chosen=True, p50_ms={}, p95_ms={"8": 2.0}),))
    )
    assert "– ms" in plain(page) and "– / 2.00" in plain(page)
    assert "– MB" in plain(report.render(build(variants=())))


def test_errors_are_marked_by_kind_and_tallied():
    page = section(report.render(build()), "errors")
    marks = re.findall(r'<mark class="tone-(\w+)" title="[^"]*">(.*?)<b>', page)
    assert marks == [("missed", "4.5 %"), ("false", "of"), ("wrong", "70"), ("hit", "8")]
    words = plain(page)
    assert "1 missed 1 false alarm 1 wrong label" in words
    assert f"70 {RATE} → {AMOUNT}" in words


def test_a_record_whose_labels_agree_differs_in_borders_only():
    error = ErrorRow(id="r-2", words=(("5", RATE, RATE), ("6", RATE, RATE)))
    words = plain(report.render(build(errors=(error,))))
    assert "only the border differs" in words


def test_many_errors_are_folded_away_but_all_are_there():
    many = tuple(ErrorRow(id=f"r-{n}", words=((f"w{n}", RATE, ""),)) for n in range(20))
    page = section(report.render(build(errors=many)), "errors")
    shown, _, folded = page.partition("<details>")
    assert shown.count("<mark") == report.OPEN_ERRORS
    assert folded.count("<mark") == 20 - report.OPEN_ERRORS
    assert "14 more" in folded


def test_a_page_without_errors_history_or_baseline_says_so():
    words = plain(
        report.render(
            build(errors=(), history=(), yardsticks=(), confusion_labels=(), confusion=())
        )
    )
    for text in ("No record was answered wrong", "No training curve", "nothing is reported beside"):
        assert text in words
    assert "Patterns" not in words and "Confusion" not in words


def test_pooled_folds_are_mentioned_only_where_they_are():
    assert "pooled out-of-fold" in report.render(build(estimate="folds"))
    assert "pooled out-of-fold" not in report.render(build())


def test_data_and_training_are_told():
    words = plain(report.render(build()))
    assert "used 641 records" in words and "train 820" in words and "940 records" in words
    assert "ids are unique passed 940 rows" in words and "tags are BIO failed row 3" in words
    assert "Seed 7" in words


def test_agreement_never_rounds_up_to_all():
    assert report.agreement(0.999999) == "99.99 %"
    assert report.agreement(1.0) == "100.00 %"
    assert report.agreement(0.9641) == "96.41 %"


def test_a_model_no_better_than_its_yardstick_says_so_first() -> None:
    words = plain(report.render(routing()))
    assert (
        "No better than the probe, with accuracy 0.900 on the same records: the difference is +0.005 "
        "(95 % interval -0.015 to +0.025); training bought nothing that these records show."
    ) in words
    assert words.index("No better") < words.index("Latency, one record")
    worse = (
        yardstick("probe", {"accuracy": 0.9}, -0.1),
        yardstick("rules", {"accuracy": 0.1}, 0.8),
    )
    page = report.render(routing(yardsticks=worse))
    assert "Worse than the probe" in page and "than the rules" not in page
    figures = plain(section(page, "figures"))
    assert "accuracy 0.905 0.900 0.100" in figures
    assert "less that of the probe: -0.100" in figures and ", not significantly better." in figures
    assert "less that of the rules: +0.800" in figures and ", significant." in figures
    named = report.render(routing(yardsticks=(yardstick("bm25", {"accuracy": 0.1}, 0.8),)))
    assert "accuracy of BM25 0.100" in plain(named) and "less that of BM25:" in plain(named)
    assert "No better" not in report.render(build()) and "Worse" not in report.render(build())


def test_many_labels_stay_readable() -> None:
    page = report.render(routing())
    shown, _, folded = section(page, "classes").partition("<details>")
    assert shown.count("team ") == report.OPEN_LABELS and folded.count("team ") == 5
    assert plain(shown).index("team 0 ") < plain(shown).index("team 1 ") and "team 29" in plain(
        folded
    )
    assert "25 weakest of 30 labels by f1" in plain(shown)
    words = plain(section(page, "confusion"))
    assert "<svg" not in section(page, "confusion") and "team 0 team 1 9 75.0 %" in words
    assert "Confusion by record" in words and "Accuracy" not in plain(section(page, "slices"))
    assert "all 360 0.900 0.800" in plain(section(page, "slices"))


def test_a_family_without_labels_has_no_classes_and_no_confusion() -> None:
    page = report.render(reading())
    assert outline(page).open == [] and "#classes" not in page and 'id="confusion"' not in page
    words = plain(section(page, "own-1"))
    assert (
        "No-answer threshold Chosen on validation. Of the model as trained, on held-out records. threshold f1 -1.5 0.613 0.0 –"
        in words
    )
    assert "f1 of the whole context 0.263" in plain(page)
    for one in (reading(), routing()):
        links = [
            value for _, name, value in outline(report.render(one)).attributes if name == "href"
        ]
        assert all(f'id="{link[1:]}"' in report.render(one) for link in links)


def test_errors_of_a_text_and_of_a_question_read_as_what_they_are() -> None:
    page = section(report.render(routing()), "errors")
    words = plain(page)
    assert "m-1 accounts → cards Hello, my card is gone." in words and "<mark" not in page
    assert "characters…]" in words and words.count("Please help me.") < 50 and "Anna" in words
    assert "legend" not in page
    page = section(report.render(reading()), "errors")
    words = plain(page)
    assert "1 missed 1 false alarm How long is the notice? […" in words
    assert re.findall(r'<mark class="tone-(\w+)"', page) == ["missed", "false"]
    assert "wrong label" not in words and "struck through" not in words
