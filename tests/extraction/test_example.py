"""The example extractor, and the receipts that it is tried on."""

from goldsmith.example_extractor import extract, lines
from goldsmith.extraction.judging import score_sides
from goldsmith.records import Field, OcrPage
from goldsmith.sources.generators import receipt_goldens, receipt_pages, receipt_results
from goldsmith.sources.generators._receipts import Options, receipts

CLEAN = Options(documents=60, noise=0, lost=0)


def page(*texts: str) -> OcrPage:
    """A page of lines, each word in a box of its own."""
    words, boxes = [], []
    for row, text in enumerate(texts):
        left = 10.0
        for word in text.split():
            words.append(word)
            boxes.append((left, row * 20.0, left + 9 * len(word), row * 20.0 + 15))
            left += 9 * (len(word) + 1)
    return OcrPage("p", "p", 1, 500, 500, tuple(words), tuple(boxes))


def found(*texts: str) -> dict[str, str]:
    return {one.field: one.value for one in extract(page(*texts))}


def test_words_become_lines_wherever_they_stand_in_the_list() -> None:
    one = page("Jade Books", "Total 3.00")
    order = (3, 0, 2, 1)
    mixed = OcrPage("p", "p", 1, 500, 500, tuple(one.words[i] for i in order), tuple(one.boxes[i] for i in order))  # fmt: skip
    assert [line.text for line in lines(mixed)] == ["Jade Books", "Total 3.00"]


def test_rules_find_the_four_fields() -> None:
    assert found(
        "TAX INVOICE", "Jade Books Ltd", "12 Mill Lane,", "4000 Nordhavn", "Tel 555-1", "Pen 2.00",
        "Subtotal 2.00", "Grand Total 2.12", "Cash 10.00", "Date: 3 Feb 2021",
    ) == {
        "company": "Jade Books Ltd", "address": "12 Mill Lane, 4000 Nordhavn", "total": "2.12",
        "date": "3 Feb 2021",
    }  # fmt: skip


def test_a_page_without_words_or_fields_gives_nothing() -> None:
    assert found() == {}
    assert "total" not in found("Jade Books", "Subtotal 2.00", "Cash 3.00")


def test_the_three_generators_write_the_same_receipts() -> None:
    small = Options(documents=5)
    sides = [
        list(one.generate(3, small)) for one in (receipt_goldens, receipt_results, receipt_pages)
    ]
    assert all({row["document_id"] for row in side} == {f"r{i:04d}" for i in range(5)} for side in sides)  # fmt: skip
    assert {row["split"] for side in sides for row in side} == {"test"}
    longer = list(receipt_goldens.generate(3, Options(documents=9)))
    assert longer[: len(sides[0])] == sides[0], "more documents leave the first alone"
    assert list(receipt_goldens.generate(4, small)) != sides[0]


def test_gold_boxes_lie_around_the_words_of_the_value() -> None:
    for one in receipts(7, CLEAN):
        for gold in one.gold:
            left, top, right, bottom = gold.box
            inside = [
                word for word, box in zip(one.page.words, one.page.boxes, strict=True)
                if left - 2 <= box[0] and box[2] <= right + 2 and top - 2 <= box[1] and box[3] <= bottom + 2
            ]  # fmt: skip
            assert " ".join(inside).casefold() == gold.value.casefold()


def test_the_rules_are_good_and_not_perfect_and_a_bad_scanner_makes_them_worse() -> None:
    def f1(options: Options) -> float:
        seen = list(receipts(13, options))
        gold: list[Field] = [it for one in seen for it in one.gold]
        results = [it for one in seen for it in extract(one.page)]
        return score_sides(gold, results, {}).scores.metrics()["micro.f1"]

    assert 0.8 < f1(CLEAN) < 0.99
    assert f1(Options(documents=60, noise=0.3)) < f1(CLEAN) - 0.1
