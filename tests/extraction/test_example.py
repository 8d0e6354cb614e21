"""The example extractor, and the receipts that it is tried on: made up ones, and the public ones."""

from pathlib import Path

import pytest

from benchmarks import receipts as benchmark
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


@pytest.mark.parametrize(
    ("head", "company"),
    [
        (["OLIVE BAUER", "Copper Kettle & Co", "7 Mill Lane"], "Copper Kettle & Co"),  # a stamp above
        (["Welcome", "Tinker Shop", "(AB0123456-X)", "7 Mill Lane"], "Tinker Shop"),
        (["JADE BOOKS LTD (987654-K)", "7 Mill Lane"], "JADE BOOKS LTD"),
        (["JADE BOOKS LTD (North branch)", "7 Mill Lane"], "JADE BOOKS LTD"),
        (["SALT AND PEPPER", "TRADING (NORTH", "COAST) SDN BHD"], "SALT AND PEPPER TRADING (NORTH COAST) SDN BHD"),
        (["Olive Bauer", "Restaurant Copper Kettle", "7 Mill Lane"], "Restaurant Copper Kettle"),
        (["Tinker Shop", "formerly Jade Books", "Pens and paper"], "Tinker Shop"),
    ],
)  # fmt: skip
def test_a_name_is_told_by_its_words_or_by_what_is_below(head: list[str], company: str) -> None:
    assert found(*head, "Tel 555-1", "Pen 2.00", "Ink 3.00")["company"] == company


@pytest.mark.parametrize(
    ("head", "address"),
    [
        (["Jade Ltd", "(987654-K)", "No. 7, Mill Lane , ", "40000 Nordhavn"], "No. 7, Mill Lane, 40000 Nordhavn"),
        (["Jade Ltd", "Reg no 20011234567", "Level 2, Quay House", "Quay Walk", "Westermoor", "GST ID: 1"],
         "Level 2, Quay House Quay Walk Westermoor"),
        (["Jade Ltd", "Everything for the kitchen", "12-3 Quay Walk", "016-555 0123"], "12-3 Quay Walk"),
        (["Jade Ltd", "7 Mill Lane", "Station: 4"], "7 Mill Lane"),
    ],
)  # fmt: skip
def test_an_address_is_from_its_first_line_to_the_first_about_something_else(
    head: list[str], address: str
) -> None:
    assert (
        found(*head, "Pen 2.00", "Ink 3.00", "Total 5.00", "A", "B", "C", "D")["address"] == address
    )


@pytest.mark.parametrize(
    ("sums", "total"),
    [
        (["Total 4.98", "Rounding 0.02", "Total rounded 5.00"], "5.00"),
        (["Total 4.98", "Rounding 0.02", "Sum to pay 5.00", "Cash 10.00", "Change 5.00"], "5.00"),
        (["Nothing says it 5.00", "Card 5.00", "Change .00"], "5.00"),
        (["Total (incl GST) RM1,005.00", "Total includes GST 0.30"], "1,005.00"),
        (["Total 5.00", "Cash 9.00", "Change 1.00"], "5.00"),  # misread: no amount is the difference
        (["Total 5.00", "GST summary", "Total 4.70 0.30"], "5.00"),
        (["Total 5.00", "Total qty 3.00", "Total savings 1.00", "Total excl. GST 4.70"], "5.00"),
    ],
)  # fmt: skip
def test_the_total_is_what_was_paid_less_the_change_or_what_is_called_so(
    sums: list[str], total: str
) -> None:
    assert found("Jade Ltd", "7 Mill Lane", "Pen 2.00", "Ink 3.00", *sums)["total"] == total


def test_an_amount_in_a_box_of_its_own_belongs_to_the_label_left_of_it() -> None:
    words = ("Jade Ltd", "TOTAL (INCL GST)", "CASH", "5.00", "10.00")
    boxes = ((10.0, 0.0, 90.0, 15.0), (10.0, 40.0, 120.0, 55.0), (10.0, 60.0, 60.0, 75.0),
             (300.0, 44.0, 340.0, 59.0), (300.0, 63.0, 350.0, 78.0))  # fmt: skip
    (total,) = (
        one for one in extract(OcrPage("p", "p", 1, 0, 0, words, boxes)) if one.field == "total"
    )
    assert (total.value, total.box) == ("5.00", boxes[3])


def test_long_lines_take_no_time() -> None:
    for sign in (".", " ", "-", "#", "(", "1", "a", "no.", "co ", "1,", "1-1 ", "no 1."):
        text = sign * 5000
        box = (0.0, 0.0, 9.0, 9.0)
        extract(OcrPage("p", "p", 1, 0, 0, (text,) * 3, (box, (0, 20, 9, 29), (0, 40, 9, 49))))


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


def test_what_the_rules_reach_on_public_receipts(
    datasets_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = datasets_folder / benchmark.RECEIPTS
    if not folder.is_dir():
        pytest.skip(f"no public receipts in {folder}")
    scores = benchmark.scored(folder)
    assert [len(one.ids) for one in scores.values()] == [416, 191, 225]
    reached = scores["all"].metrics()
    floors = {
        "micro": 0.88,
        "label:company": 0.9,
        "label:date": 0.96,
        "label:address": 0.69,
        "label:total": 0.96,
    }
    assert {name: least for name, least in floors.items() if reached[f"{name}.f1"] < least} == {}
    assert scores["odd"].metrics()["micro.f1"] > 0.87, "the half that no rule was written for"
    benchmark.print_table(scores)
    assert capsys.readouterr().out.count("\n| ") == 4


def test_results_as_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "p.csv").write_text("1,1,90,1,90,9,1,9,Jade, Books Ltd\n", encoding="utf-8")

    def run(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["receipts", *arguments])
        return (benchmark.main(), *capsys.readouterr())

    status, out, _ = run(str(tmp_path), "--reader", "sroie")
    assert status == 0 and '"document_id": "p", "field": "company"' in out
    for arguments, said in (
        (["x", "--reader", "srie"], "did you mean sroie?"),
        (["x", "--reader", "conll"], "valid: "),
        ([str(tmp_path / "nowhere")], "no such file"),
    ):
        status, out, err = run(*arguments)
        assert (status, out) == (2, "") and said in err
