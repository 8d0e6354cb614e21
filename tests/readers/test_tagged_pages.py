"""Pages whose words are tagged where a gold value stands, and what is no such folder."""

import json
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from goldsmith.errors import DataError
from goldsmith.readers.tagged_pages import NO_GOLDENS, TaggedPages
from goldsmith.records import TaggedPage
from tests.readers.files import read

LINES = (
    "10,0,210,0,210,10,10,10,ACME TRADING SDN. BHD.",
    "10,20,90,20,90,30,10,30,12 JALAN X",
    "10,40,210,40,210,50,10,50,ACME Trading SDN. BHD.",
)


def reader(**section: Any) -> TaggedPages:
    known = {"fields": {"company": "ORG"}, "pages": {"format": "sroie"}}
    return TaggedPages.model_validate({**known, **section})


def folder(at: Path, lines: tuple[str, ...] = LINES, **values: Any) -> Path:
    for name in ("pages", "goldens"):
        (at / name).mkdir(exist_ok=True)
    (at / "pages" / "001.csv").write_text("\n".join(lines), encoding="utf-8")
    (at / "goldens" / "001.json").write_text(json.dumps(values), encoding="utf-8")
    return at


def spans(found: TaggedPage) -> list[tuple[str, str]]:
    return [(word, tag) for word, tag in zip(found.tokens, found.tags, strict=True) if tag != "O"]


def test_a_value_is_tagged_at_its_first_place(tmp_path: Path) -> None:
    (found,) = read(reader(), folder(tmp_path, company="Acme trading  Sdn.Bhd."))
    assert found.id == "001:1" and found.document_id == "001" and found.missing == ()
    assert found.tokens[:6] == ("ACME", "TRADING", "SDN", ".", "BHD", ".")
    assert found.tags == ("B-ORG", *["I-ORG"] * 5, *["O"] * (len(found.tokens) - 6))
    assert len(found.boxes) == len(found.tokens)
    # 22 characters in 200 units: the first four are ACME, the last one the full stop.
    width = 200 / 22
    assert found.boxes[0] == pytest.approx((10, 0, 10 + 4 * width, 10))
    assert found.boxes[5] == pytest.approx((210 - width, 0, 210, 10))


def test_words_come_in_reading_order(tmp_path: Path) -> None:
    (found,) = read(reader(), folder(tmp_path, LINES[::-1], company="12 Jalan X"))
    assert spans(found) == [("12", "B-ORG"), ("JALAN", "I-ORG"), ("X", "I-ORG")]
    assert found.tokens[6:9] == ("12", "JALAN", "X")


def test_a_value_goes_from_a_word_to_a_word_over_lines(tmp_path: Path) -> None:
    lines = (
        "0,0,90,0,90,10,0,10,KEDAI ABC",
        "0,20,90,20,90,30,0,30,TRADING",
        "0,40,9,40,9,50,0,50,ABCD",
    )
    (found,) = read(reader(), folder(tmp_path, lines, company="abc trading"))
    assert [word for word, _ in spans(found)] == ["ABC", "TRADING"]
    (cut,) = read(reader(), folder(tmp_path, lines, company="BCD"))
    assert spans(cut) == [] and cut.missing == ("company",)


def test_fields_that_overlap_and_two_values_of_one_field(tmp_path: Path) -> None:
    fields = {"company": "ORG", "owner": "PER"}
    at = folder(tmp_path)
    rows = [
        {"document_id": "001", "field": field, "value": value}
        for field, value in (
            ("owner", "Acme"), ("company", "ACME TRADING SDN. BHD."), ("company", "Jalan"),
            ("company", "Jalan"),
        )
    ]  # fmt: skip
    (at / "goldens" / "001.json").unlink()
    table = at / "goldens" / "values.jsonl"
    table.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    (found,) = read(reader(fields=fields, goldens={"format": "fields"}), at)
    # The company, named first, has the first place; the owner's is the next one.
    assert found.tags[0] == "B-ORG" and found.missing == ()
    assert spans(found)[6:] == [("JALAN", "B-ORG"), ("ACME", "B-PER")]


def test_what_is_not_on_the_page_is_told(tmp_path: Path) -> None:
    at = folder(tmp_path, company="Nowhere Ltd")
    (at / "pages" / "002.csv").write_text(LINES[1], encoding="utf-8")
    (at / "pages" / "003.csv").write_text("", encoding="utf-8")  # a page without words
    (at / "goldens" / "003.json").write_text('{"company": "ACME"}', encoding="utf-8")
    found = read(reader(), at)
    assert [(one.document_id, one.missing) for one in found] == [
        ("001", ("company",)),
        ("002", (NO_GOLDENS,)),
    ]


def test_a_document_without_the_field_has_nothing_to_tag(tmp_path: Path) -> None:
    (found,) = read(reader(), folder(tmp_path, company=None, total="5.00"))
    assert found.missing == () and spans(found) == []


def test_a_row_and_back(tmp_path: Path) -> None:
    (found,) = read(reader(), folder(tmp_path, company="ACME"))
    again = TaggedPage.from_row(json.loads(json.dumps(found.row())))
    assert again == found and type(again) is TaggedPage


def test_documents_that_do_not_meet(tmp_path: Path) -> None:
    at = folder(tmp_path, company="ACME")
    (at / "goldens" / "001.json").rename(at / "goldens" / "scan-1.json")
    with pytest.raises(DataError, match=r"no document has both.* 001, gold values of scan-1"):
        read(reader(), at)
    with pytest.raises(DataError, match="pages_at and goldens_at"):
        reader().files(at / "pages" / "001.csv")
    with pytest.raises(DataError, match="box: no such file or folder"):
        reader(pages_at="box").files(at)


def test_boxes_that_are_none_are_refused_by_their_line(tmp_path: Path) -> None:
    at = folder(tmp_path, ("10,0,-1,0,-1,9,10,9,ACME",), company="ACME")
    with pytest.raises(DataError, match=r"001\.csv:1: the box .* negative side"):
        read(reader(), at)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"fields": {}}, "fields"),
        ({"fields": {"company": " "}}, "company: an empty tag"),
        ({"pages": {"format": "fields"}}, "ocr_page records are needed, and format fields"),
        ({"goldens": {"format": "sroie"}}, "field records are needed, and format sroie"),
        ({"pages_at": "goldens"}, "both goldens: which files are pages"),
        ({"pages_at": "a/box", "goldens_at": "a/key"}, "both lie in a: let the path name"),
        ({"pages_at": "../box"}, "below the path"),
    ],
)
def test_settings_that_cannot_be_meant(wrong: dict[str, Any], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        reader(**wrong)
