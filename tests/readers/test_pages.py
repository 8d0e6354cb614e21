"""OCR results of every form as pages, and what is no page."""

import gzip
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldsmith import layout
from goldsmith.config import plugins
from goldsmith.curation import files
from goldsmith.errors import DataError
from goldsmith.readers.ocr_json import document
from goldsmith.records import OcrPage
from tests.readers.files import read

SCHEMAS = Path(__file__).parents[2] / "docs" / "schemas"

SROIE = "72,25,326,25,326,64,72,64,TAN, WOON\r\n10.5,5,9,70,11,80,10,81,B \n\n"
TSV_HEAD = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n"
TSV = (
    f"{TSV_HEAD}1\t1\t0\t0\t0\t0\t0\t0\t600\t800\t-1\t\n"
    "4\t1\t1\t1\t1\t0\t10\t20\t90\t12\t-1\n"
    '5\t1\t1\t1\t1\t1\t10\t20\t40\t12\t96.5\t"Total\n'
    "5\t1\t1\t1\t1\t2\t60\t20\t40\t12\t90\t 8.20\n"
    "5\t1\t1\t1\t1\t3\t60\t20\t40\t12\t95\t \n"
    "1\t2\t0\t0\t0\t0\t0\t0\t600\t800\t-1\t\n"
)
HOCR = """<?xml version="1.0"?><html><body>
<div class='ocr_page' title='image "a; b.png"; bbox 100 50 700 850; ppageno 0'>
<p class='ocr_par'><span class='ocr_line' title="bbox 110 60 200 80">
<span class='ocrx_word' title='bbox 110 60 150 80; x_wconf 96'><strong>Fish &amp; <em>chips</em></strong></span>
<span class='ocrx_word' title='bbox 160 60 200 80; x_wconf 50'><span class='ocrx_cinfo' title='bbox 1 2 3 4'>8</span><span class='ocrx_cinfo'>.20</span>
<span class='ocrx_word' title='bbox 210 60 220 80; x_wconf 70'>unclosed
</p><p class='ocr_par'>no word</p>
<span class='ocrx_word' title='bbox 1 1 2 2'> </span></div>
<div class='ocr_page'></div></body></html>"""


def geometry(left: float, top: float, width: float, height: float) -> dict[str, Any]:
    return {"BoundingBox": {"Left": left, "Top": top, "Width": width, "Height": height}}


BLOCKS: list[dict[str, Any]] = [
    {"BlockType": "PAGE", "Id": "p1"},
    {"BlockType": "LINE", "Text": "Total 8.20", "Geometry": geometry(0.1, 0.1, 0.5, 0.1)},
    {"BlockType": "WORD", "Text": "Total", "Confidence": 99.0, "Geometry": geometry(-0.005, 0.1, 0.25, 0.1), "Id": "w1"},
    {"BlockType": "WORD", "Text": "8.20", "Confidence": 90, "Geometry": geometry(0.5, 0.1, 0.25, 0.125)},
    {"BlockType": "TABLE"},
]  # fmt: skip
OPEN: dict[str, Any] = {
    "document_id": 7,
    "split": "dev",
    "pages": [
        {"width": 600, "height": 800.5, "unit": "pixel", "words": [
            {"text": "Total", "box": [10, 20, 50, 32], "score": 0.5},
            {"text": "8.20", "box": [40, 20, 100, 32], "score": 1},
        ]},
        {"words": []},
    ],
}  # fmt: skip


def reader_of(form: str, **section: Any) -> Any:
    return plugins.load("readers", form).model_validate({"format": form, **section})


def pages(folder: Path, form: str, name: str, content: str, **section: Any) -> list[OcrPage]:
    (folder / name).write_text(content, encoding="utf-8")
    return read(reader_of(form, **section), folder / name)


def test_sroie(tmp_path: Path) -> None:
    (found,) = pages(tmp_path, "sroie", "007.csv", SROIE)
    assert found == OcrPage(
        "007:1", "007", 1, 0, 0, ("TAN, WOON", "B"), ((72, 25, 326, 64), (9, 5, 11, 81))
    )


def test_tesseract(tmp_path: Path) -> None:
    first, second = pages(tmp_path, "tesseract", "scan.tsv", TSV)
    assert first == OcrPage(
        "scan:1", "scan", 1, 600, 800, ('"Total', "8.20"), ((10, 20, 50, 32), (60, 20, 100, 32)), (0.965, 0.9)
    )  # fmt: skip
    assert second == OcrPage("scan:2", "scan", 2, 600, 800, (), ())


def test_hocr(tmp_path: Path) -> None:
    first, second = pages(tmp_path, "hocr", "scan.hocr", HOCR)
    assert first.words == ("Fish & chips", "8.20", "unclosed")
    assert first.boxes == ((10, 10, 50, 30), (60, 10, 100, 30), (110, 10, 120, 30))
    assert (first.width, first.height, first.scores) == (600, 800, (0.96, 0.5, 0.7))
    assert second == OcrPage("scan:2", "scan", 2, 0, 0, (), ())


def test_textract(tmp_path: Path) -> None:
    last = {"Blocks": [{"BlockType": "PAGE", "Page": 2}]}
    (found,) = pages(tmp_path, "textract", "scan.json", json.dumps({"Blocks": BLOCKS}))
    assert found.words == ("Total", "8.20") and found.scores == (0.99, 0.9)
    assert found.boxes == ((0, 0.1, 0.245, 0.2), (0.5, 0.1, 0.75, 0.225))
    assert (found.width, found.height) == (1, 1)
    several = json.dumps([{"Blocks": BLOCKS}, last])
    by_line = pages(tmp_path, "textract", "scan.json", several, level="line")
    assert [one.words for one in by_line] == [("Total 8.20",), ()]


def test_the_open_layout(tmp_path: Path) -> None:
    jsonschema.validate(OPEN, json.loads((SCHEMAS / "ocr_json.json").read_text()))
    first, second = pages(tmp_path, "ocr_json", "a.json", json.dumps(OPEN))
    assert first == OcrPage(
        "7:1", "7", 1, 600, 800.5, ("Total", "8.20"), ((10, 20, 50, 32), (40, 20, 100, 32)), (0.5, 1.0), "validation"
    )  # fmt: skip
    assert second == OcrPage("7:2", "7", 2, 0, 0, (), (), split="validation")
    unnamed = {"pages": OPEN["pages"][1:]}
    both = pages(tmp_path, "ocr_json", "train.jsonl", f"{json.dumps(OPEN)}\n{json.dumps(unnamed)}")
    assert [one.id for one in both] == ["7:1", "7:2", "train:2:1"] and both[2].split == "train"
    listed = pages(tmp_path, "ocr_json", "b.json", json.dumps([OPEN, unnamed]))
    assert [one.id for one in listed] == ["7:1", "7:2", "b:2:1"]


SIDE = st.floats(0, 1000)


@st.composite
def any_page(draw: Any) -> OcrPage:
    words = draw(st.lists(st.text(min_size=1, max_size=5).map(str.strip).filter(bool), max_size=5))
    boxes = tuple(
        (a, b, a + c, b + d)
        for a, b, c, d in (draw(st.tuples(SIDE, SIDE, SIDE, SIDE)) for _ in words)
    )
    scores = tuple(draw(st.floats(0, 1)) for _ in words) if words and draw(st.booleans()) else ()
    number = draw(st.integers(1, 9))
    return OcrPage(f"d:{number}", "d", number, draw(SIDE), draw(SIDE), tuple(words), boxes, scores)


@settings(max_examples=40)
@given(page=any_page())
def test_what_is_written_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, page: OcrPage
) -> None:
    folder = tmp_path_factory.mktemp("page")
    assert pages(folder, "ocr_json", "a.json", json.dumps(document([page]))) == [page]
    files.write([page], folder / "b.jsonl", [])
    assert read(reader_of("ocr_json"), folder / "b.jsonl") == [page]
    rows = [f"{x},{y},{right},{y},{right},{bottom},{x},{bottom},{word}"
            for word, (x, y, right, bottom) in zip(page.words, page.boxes, strict=True)]  # fmt: skip
    if not any(
        sign in word for word in page.words for sign in "\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029"
    ):
        (found,) = pages(folder, "sroie", "c.csv", "\n".join(rows))
        assert (found.words, found.boxes) == (page.words, page.boxes)


FORMS = [
    ("sroie", "a.csv", SROIE),
    ("tesseract", "a.tsv", TSV),
    ("hocr", "a.hocr", HOCR),
    ("textract", "a.json", json.dumps({"Blocks": BLOCKS})),
    ("ocr_json", "a.json", json.dumps(OPEN)),
]


@pytest.mark.parametrize(("form", "name", "content"), FORMS, ids=[one[0] for one in FORMS])
def test_packed_files_are_read_alike(tmp_path: Path, form: str, name: str, content: str) -> None:
    plain = pages(tmp_path, form, name, content)
    packed = tmp_path / "packed"
    packed.mkdir()
    (packed / f"{name}.gz").write_bytes(gzip.compress(content.encode()))
    assert read(reader_of(form), packed) == plain


@pytest.mark.parametrize(("form", "name", "content"), FORMS, ids=[one[0] for one in FORMS])
def test_a_file_cut_anywhere_is_read_or_refused_by_name(
    tmp_path: Path, form: str, name: str, content: str
) -> None:
    for end in range(0, len(content), 7):
        try:
            pages(tmp_path, form, name, content[:end])
        except DataError as error:
            assert name in str(error) and len(str(error)) < 400


def test_overlapping_boxes_are_kept(tmp_path: Path) -> None:
    box = "0,0,10,0,10,10,0,10"
    (found,) = pages(tmp_path, "sroie", "a.csv", f"{box},A\n{box},B\n5,5,9,5,9,9,5,9,C")
    assert found.words == ("A", "B", "C") and found.boxes[0] == found.boxes[1]


@pytest.mark.parametrize("form", ["sroie", "tesseract"])
def test_an_empty_document_is_a_page_without_words(tmp_path: Path, form: str) -> None:
    content = {"sroie": "", "tesseract": TSV_HEAD + TSV.splitlines()[1] + "\n"}[form]
    (found,) = pages(tmp_path, form, "a.csv" if form == "sroie" else "a.tsv", content)
    assert found.words == () and found.boxes == () and found.text == ""


def word(**change: Any) -> str:
    return json.dumps({"pages": [{"words": [{"text": "A", "box": [1, 2, 3, 4]} | change]}]})


def block(**change: Any) -> str:
    return json.dumps({"Blocks": [BLOCKS[0], BLOCKS[2] | change]})


def span(title: str) -> str:
    return f"<div class=ocr_page>\n<span class=ocrx_word title='{title}'>A</span></div>"


FAULTS = [
    ("sroie", "1,2,3\n", "a.csv:1: 3 columns where eight coordinates and a text are needed: '1,2,3'"),
    ("sroie", "\n1,2,3,x,5,6,7,8,T", "a.csv:2: coordinate 4 is not a number but 'x'"),
    ("sroie", "1,2,3,nan,5,6,7,8,T", "coordinate 4 is not a number but 'nan'"),
    ("sroie", "-1,2,3,4,5,6,7,8,T", "a.csv:1: the box (-1, 2, 7, 8) has a negative side"),
    ("tesseract", "", "a.tsv: an empty file: Tesseract's TSV begins with a header"),
    ("tesseract", "level\tpage\n", "a.tsv:1: column 'page_num' is missing: did you mean page?"),
    ("tesseract", f"{TSV_HEAD}5\t1\n", "a.tsv:2: 2 columns where the header has 12"),
    ("tesseract", TSV.replace("5\t1\t1", "9\t1\t1"), "a.tsv:4: level '9' is none of 1 (page) to 5"),
    ("tesseract", TSV.replace("10\t20\t40", "10\t20\t-40"), "a.tsv:4: the box (10, 20, -30, 32) has a neg"),
    ("tesseract", TSV.replace("50\t20\t40", "50\t20\tinf").replace("\t60\t20\t40", "\t60\t20\tinf"), "width is not a number but 'inf'"),
    ("tesseract", TSV.replace("96.5", "101"), "a.tsv:4: the confidence 101 is not within 0 and 100"),
    ("tesseract", TSV.replace("5\t1\t", "5\t0\t"), "a.tsv:4: a page number is a whole number from 1, not 0"),
    ("hocr", "<p>text</p>", "a.hocr: no element of class ocr_page in it"),
    ("hocr", "", "a.hocr: no element of class ocr_page in it"),
    ("hocr", "<span class=ocrx_word>A</span>", "a.hocr:1: a word (ocrx_word) before the first page"),
    ("hocr", span("x_wconf 3"), "a.hocr:2: the word 'A' has no bbox in its title"),
    ("hocr", span("bbox 1 2 3"), "a.hocr:2: bbox has 3 sides where four are needed"),
    ("hocr", span("bbox 9 2 3 4"), "a.hocr:2: the box (9, 2, 3, 4) is inside out"),
    ("hocr", span("bbox 1 2 3 -4"), "a.hocr:2: the box (1, 2, 3, -4) has a negative side"),
    ("textract", "[]", "a.json: no answer of Textract: it has no page"),
    ("textract", "{}", "a.json: no answer of Textract: it has no list Blocks"),
    ("textract", '{"blocks": []}', "did you mean blocks?"),
    ("textract", block(Text=None), "Blocks[1] (w1): a block WORD without Text"),
    ("textract", block(Geometry={}), "Blocks[1] (w1): no Geometry.BoundingBox with Left"),
    ("textract", block(Geometry=geometry(-0.2, 0, 1, 1)), "(w1): the box (-0.2, 0, 0.8, 1) has a negative"),
    ("textract", block(Geometry=geometry(0.2, 0, -0.1, 1)), "the box (0.2, 0, 0.1, 1) is inside out"),
    ("textract", block(Geometry=geometry(float("nan"), 0, 1, 1)), "Left is not a number but 'nan'"),
    ("textract", block(Page=0), "a page number is a whole number from 1, not 0"),
    ("ocr_json", "{}", "a.json: pages is missing: there are none"),
    ("ocr_json", "[1]", "a.json: [0]: Input should be a valid dictionary"),
    ("ocr_json", '{"pages": [{"word": []}]}', "a.json: pages[0].words is missing: did you mean word?"),
    ("ocr_json", word(box=[1, 2, 3]), "pages[0].words[0].box: List should have at least 4 items"),
    ("ocr_json", word(box=[1, 2, 3, "4"]), "pages[0].words[0].box[3]: Input should be a valid number, not '4'"),
    ("ocr_json", word(box=[1, 2, 3, float("inf")]), "box[3]: Input should be a finite number, not 'inf'"),
    ("ocr_json", word(box=[-1, 2, 3, 4]), "a.json: pages[0].words[0]: the box (-1, 2, 3, 4) has a negative"),
    ("ocr_json", word(box=[5, 2, 3, 4]), "pages[0].words[0]: the box (5, 2, 3, 4) is inside out"),
    ("ocr_json", word(score=2), "pages[0].words[0].score: Input should be less than or equal to 1"),
    ("ocr_json", '{"split": "tset", "pages": []}', "unknown split 'tset': did you mean test?"),
]  # fmt: skip


@pytest.mark.parametrize(("form", "content", "said"), FAULTS)
def test_faults(tmp_path: Path, form: str, content: str, said: str) -> None:
    name = next(name for one, name, _ in FORMS if one == form)
    with pytest.raises(DataError) as caught:
        pages(tmp_path, form, name, content)
    assert said in str(caught.value) and name in str(caught.value)
    assert len(str(caught.value)) < 300


def test_receipts_of_sroie_in_reading_order(datasets_folder: Path) -> None:
    folder = datasets_folder / "ocr_documents" / "sroie_receipts" / "box"
    found = {one.document_id: one for one in read(reader_of("sroie"), folder)}
    assert len(found) == 416 and sum(len(one.words) for one in found.values()) == 22_022
    assert "ROUNDING ADJ............ -0.01 RM 60.30 CASH" in layout.ordered(found["001"]).text
    written = [[found["003"].words[word] for word in line] for line in layout.lines(found["003"])]
    assert ["DOC NO", "CS00031663", "DATE", "25/12/2018"] in written
    assert ["TOTAL SALES (INCLUSIVE OF GST) :", "80.90"] in written
    second = layout.ordered(found["002"]).text
    assert "TOTAL RM 33.92 ROUNDING ADJUSTMENT -RM 0.02 TOTAL ROUNDED RM 33.90" in second
